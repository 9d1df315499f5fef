// Why a device was not collected: a kind to count by, and a sentence for the person who has to do something about it.

/** What went wrong, as summaries count it. */
export type FailureKind =
  /** The name has no address. */
  | 'no-address'
  | 'refused'
  | 'unreachable'
  /** A step, or the whole session, took longer than it may. */
  | 'timed-out'
  /** The device closed the connection. */
  | 'hung-up'
  | 'host-key-unknown'
  | 'host-key-changed'
  /** Nothing in common when keys are agreed on. */
  | 'algorithms'
  /** A credential was sent and not taken. */
  | 'rejected'
  /** A credential that was rejected elsewhere is not used any more. */
  | 'not-tried'
  /** There is no credential, or it cannot be fetched. */
  | 'no-credential'
  /** Something in the way to the device, not the device itself. */
  | 'jump-host'
  /** The device let us in and gave no usable command line. */
  | 'session'
  /** What it printed is no whole configuration. */
  | 'incomplete'
  /** Much smaller than the last good configuration. */
  | 'smaller'
  | 'platform'
  /** What the inventory says of it cannot be used. */
  | 'inventory'
  | 'interrupted'
  /** It could not be stored. */
  | 'storage'
  /** A fault of this program. */
  | 'fault'

/** One failure. */
export interface Failure {
  /** One sentence: what failed; what to do about it. */
  readonly failed: string
  readonly kind: FailureKind
  /** Whether another try is safe: no credential was sent, or it was taken. */
  readonly again: boolean
}

/** A failure that another try would not mend, or would make worse. */
export const failure = (kind: FailureKind, failed: string, again = false): Failure => ({ failed, kind, again })
