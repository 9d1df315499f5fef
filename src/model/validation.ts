// The result of a validation: what a change to a network introduces, fixes and leaves. Part of the JSON contract.
import type { Finding, PxeVerdict, ReasonCode, Result, Summary } from './result.ts'

/** One of the two networks. */
export interface ValidationSide {
  /** The folder or revision, as it was named. */
  readonly from: string
  readonly summary: Summary
}

/** A snippet that was tried on a device. */
export interface TriedChange {
  readonly device: string
  readonly file: string
  /** Lines that were not understood: what they may change is unknown. */
  readonly refused: readonly { readonly line: number; readonly text: string }[]
  /** False where all that was tried on the device changes nothing that an audit looks at. */
  readonly effect: boolean
}

/** What is known of a device on one side. */
export interface DeviceSide {
  readonly state: 'collected' | 'failed'
  readonly file: string
  readonly reason: string | null
  /** As in the result of an audit. */
  readonly complete: boolean | null
}

/**
 * A device that is not the same on both sides. `lost`: it could be judged by before, and cannot be now; it is missing, cannot be read,
 * or is cut short. `removed`: it is missing because it is taken out of service, as the user said. `regained`: the reverse of `lost`.
 */
export interface DeviceChange {
  readonly name: string
  readonly site: string
  readonly change: 'changed' | 'appeared' | 'removed' | 'lost' | 'regained'
  readonly before: DeviceSide | null
  readonly after: DeviceSide | null
}

/** Why a verdict is what it is, with the line it rests on; nulls where it rests on none. */
export interface PlacedReason {
  readonly code: ReasonCode
  readonly message: string
  readonly device: string | null
  readonly file: string | null
  readonly line: number | null
  readonly text: string | null
}

/** A verdict on one side. */
export interface VerdictSide extends Omit<PxeVerdict, 'point' | 'reasons'> {
  readonly reasons: readonly PlacedReason[]
}

/** A verdict that changed; null on the side where the segment is not there. */
export interface VerdictChange {
  readonly segment: string
  readonly point: string
  readonly before: VerdictSide | null
  readonly after: VerdictSide | null
}

/** A finding on both sides; null where it is not there. */
export interface FindingChange {
  readonly fingerprint: string
  readonly rule: string
  readonly subject: string
  readonly before: Finding | null
  readonly after: Finding | null
}

/** A finding that is gone and not known to be fixed. */
export interface UnjudgedFinding extends FindingChange {
  /** In words. */
  readonly why: string
}

export interface ValidationFindings {
  /** New, of a higher severity than before, or accepted before and not any more. */
  readonly introduced: readonly FindingChange[]
  readonly fixed: readonly FindingChange[]
  readonly unchanged: readonly FindingChange[]
  /** What they rested on can no longer be judged. */
  readonly unjudged: readonly UnjudgedFinding[]
}

export interface Validation {
  readonly schema_version: 1
  readonly kind: 'validation'
  readonly tool: { readonly name: string; readonly version: string }
  /** ISO 8601, UTC. */
  readonly started_at: string
  /** 0: nothing was introduced. 1: something was. 3: nothing was, and `incomplete` says what could not be judged, beyond tolerance. */
  readonly exit_code: number
  /** `changed`: verdicts and findings are those of segments that the change touches. */
  readonly scope: 'all' | 'changed'
  readonly points: Result['points']
  readonly current: ValidationSide
  readonly proposed: ValidationSide
  /** Snippets, in the order in which they were given; empty where whole configurations were compared. */
  readonly changes: readonly TriedChange[]
  readonly devices: readonly DeviceChange[]
  /** Ids of segments that are on one side only. */
  readonly segments: { readonly appeared: readonly string[]; readonly vanished: readonly string[]; readonly touched: number }
  readonly verdicts: readonly VerdictChange[]
  readonly findings: ValidationFindings
  /** Why the change could not be judged whole, in sentences; empty where it could. What is tolerated is here, too, and says so. */
  readonly incomplete: readonly string[]
}
