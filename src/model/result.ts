// The result of an audit: the JSON contract. Field names do not change without a new schema version.
import type { History } from './history.ts'
import type { PxeKind } from './inventory.ts'

export type Severity = 'error' | 'warning' | 'info'
/** `none`: no live relay reaches the PXE point. `unknown`: it cannot be judged, and `reasons` says why. */
export type Verdict = 'duplicate' | 'single' | 'none' | 'unknown'
export type Confidence = 'high' | 'medium' | 'low' | 'none'
/** What a router is on a segment; `forwarding` where every member forwards (anycast, GLBP). */
export type Role = 'active' | 'standby' | 'forwarding' | 'alone' | 'down' | 'unknown'

/** One line of a configuration that a finding rests on. */
export interface Evidence {
  readonly device: string
  readonly file: string
  readonly line: number
  readonly text: string
  readonly note: string
}

export interface Finding {
  readonly rule: string
  readonly severity: Severity
  /** Equal from run to run as long as the problem is the same; independent of line numbers. */
  readonly fingerprint: string
  /** What it is about: a segment and a PXE point, or a device. */
  readonly subject: string
  readonly message: string
  /** Why it was accepted; null when it stands. */
  readonly waived: string | null
  readonly evidence: readonly Evidence[]
}

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
  | 'device-not-collected'
  | 'truncated'
  | 'unrecognized'
  | 'unresolved-name'
  | 'unresolved-host'
  | 'directed-broadcast'
  | 'unknown-vrf'
  | 'no-address'
  | 'server-on-segment'
  | 'same-subnet'
  | 'same-address'
  | 'stale'
  | 'group-off'
  | 'completeness-not-provable'
  | 'assumed-pair'

export interface PxeVerdict {
  readonly point: string
  /** Null when the verdict is `unknown`. */
  readonly copies: number | null
  readonly verdict: Verdict
  /** Whether PXE works on after the loss of any one router; null when unknown. */
  readonly survives_failover: boolean | null
  readonly reasons: readonly Reason[]
}

export interface SegmentMember {
  readonly device: string
  readonly interface: string
  readonly address: string | null
  readonly role: Role
  readonly confidence: Confidence
  /** Why the role is what it is said to be, in words. */
  readonly reason: string
  /** True where the device itself said so; false for a prediction from configurations. */
  readonly observed: boolean
}

export interface SegmentResult {
  readonly id: string
  readonly site: string
  readonly vrf: string
  readonly subnets: readonly string[]
  readonly members: readonly SegmentMember[]
  readonly pxe: readonly PxeVerdict[]
}

export interface DeviceResult {
  readonly name: string
  /** Null when the device was not collected and the inventory does not say. */
  readonly platform: string | null
  readonly site: string
  readonly state: 'collected' | 'failed'
  readonly reason: string | null
  readonly file: string
  readonly sha256: string | null
  readonly collected_at: string | null
  /** False for a truncated capture. Null where nothing proves it whole, or cut; `reason` says so. */
  readonly complete: boolean | null
  /** True where the capture is older than was allowed, or dated in the future; `reason` says so. Absent otherwise. */
  readonly stale?: true
}

export interface Remediation {
  readonly fingerprint: string
  /** `gate` or `remove`. */
  readonly strategy: string
  readonly device: string
  readonly apply: string
  readonly rollback: string
  readonly verify: readonly { readonly command: string; readonly expect: string }[]
  readonly caution: string
  /** Applying it to the configuration removed the finding, added no error or warning and changed nothing else. */
  readonly proven: boolean
}

export interface Summary {
  readonly segments: number
  readonly duplicate: number
  readonly single: number
  readonly none: number
  readonly unknown: number
  readonly devices: number
  readonly failed: number
}

export interface Result {
  readonly schema_version: 1
  readonly tool: { readonly name: string; readonly version: string }
  /** ISO 8601, UTC. */
  readonly started_at: string
  readonly exit_code: number
  readonly points: readonly { readonly name: string; readonly kind: PxeKind; readonly addresses: readonly string[] }[]
  readonly devices: readonly DeviceResult[]
  readonly segments: readonly SegmentResult[]
  readonly findings: readonly Finding[]
  readonly remediations: readonly Remediation[]
  readonly summary: Summary
  /** What the runs before make of it; only where a state was named. */
  readonly history?: History
}
