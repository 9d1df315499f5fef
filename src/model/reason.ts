// The reasons that a verdict gives, and their codes.

/** Why a verdict is what it is, or cannot be given. */
export interface Reason {
  readonly code: ReasonCode
  readonly message: string
  readonly device: string | null
  readonly line: number | null
}
export type ReasonCode =
  | 'relays'
  | 'no-relay'
  | 'gated'
  | 'gate-unresolved'
  | 'inert'
  | 'peer-missing'
  | 'gate-unclear'
  | 'forwarding-unclear'
  | 'fabric-unclear'
  | 'dropped-requests'
  | 'device-not-collected'
  | 'truncated'
  | 'unrecognized'
  | 'unresolved-name'
  | 'unresolved-host'
  | 'directed-broadcast'
  | 'unknown-vrf'
  | 'relayed-on'
  | 'no-address'
  | 'server-on-segment'
  | 'same-subnet'
  | 'same-address'
  | 'stale'
  | 'group-off'
  | 'completeness-not-provable'
  | 'assumed-pair'
