// The result of an audit: the JSON contract. Field names do not change without a new schema version.

import type { History } from './history.ts'
import type { PxeKind, PxePoint } from './inventory.ts'
import type { Reason } from './reason.ts'
import type { StrategyId } from './remedy.ts'
import type { Weight } from './weight.ts'

export type { Reason, ReasonCode } from './reason.ts'
export type { Severity } from './weight.ts'
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
  /** The line of the interface that it stands under, in the same file; absent where there is none near it. */
  readonly within?: { readonly line: number; readonly text: string }
}

export interface Finding extends Weight {
  readonly rule: string
  /** Equal from run to run as long as the problem is the same; independent of line numbers. */
  readonly fingerprint: string
  /** What it is about: a segment and a PXE point, or a device. */
  readonly subject: string
  readonly message: string
  /** Why it was accepted; null when it stands. */
  readonly waived: string | null
  readonly evidence: readonly Evidence[]
}

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
  /** SHA-256 without comments, in which devices write the time of the print; only for what was read over SSH. */
  readonly content_sha256?: string
  readonly collected_at: string | null
  /** False for a truncated capture. Null where nothing proves it whole, or cut; `reason` says so. */
  readonly complete: boolean | null
  /** True where the capture is older than was allowed, or dated in the future; `reason` says so. Absent otherwise. */
  readonly stale?: true
}

/** One step of one way to fix one finding: what to do on one device. The ways of a finding come best first. */
export interface Remediation {
  readonly fingerprint: string
  readonly strategy: StrategyId
  /** The way that this step belongs to; equal for its steps on all devices, unique within the finding. */
  readonly plan: string
  /** The router that goes on relaying; null where all of them do. */
  readonly keeps: string | null
  /**
   * `default`: the way to take unless somebody decides otherwise. `alternative`: would do as well. `person`: nothing tells which
   * of these ways is the right one, so a person must choose.
   */
  readonly choice: 'default' | 'alternative' | 'person'
  readonly device: string
  /** Commands in the order in which they are entered; empty when withheld. */
  readonly apply: string
  readonly rollback: string
  readonly verify: readonly { readonly command: string; readonly expect: string }[]
  readonly caution: string
  /** What the strategy buys and what it costs, in one sentence. */
  readonly trade_off: string
  /**
   * All steps of the plan, applied to the configurations, removed the finding, added no error or warning, changed no other
   * verdict and no other setting, and were taken back by the rollbacks without a trace.
   */
  readonly proven: boolean
  /** Why no snippet is shown; null when one is. */
  readonly withheld: string | null
}

/** What the server itself can do about duplicates (KB 2510665, workaround 2). Nothing in a router's configuration proves it. */
export interface ServerWorkaround {
  /** Name of the PXE point. */
  readonly point: string
  /** PowerShell. */
  readonly apply: string
  readonly rollback: string
  /** The same as a registry file. */
  readonly reg: string
  readonly reg_rollback: string
  readonly verify: readonly { readonly command: string; readonly expect: string }[]
  readonly caution: string
  readonly trade_off: string
}

/** What an audit was told besides the configurations: enough to repeat it. */
export interface Basis {
  readonly points: readonly PxePoint[]
  readonly assume_pairs: boolean
  /** Addresses of host names that are no PXE point's. */
  readonly hosts: Readonly<Record<string, readonly string[]>>
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
  /** One for each PXE point of kind `wds` that a duplicate reaches; absent in results of earlier versions. */
  readonly server_workarounds?: readonly ServerWorkaround[]
  readonly summary: Summary
  /** What the runs before make of it; only where a state was named. */
  readonly history?: History
  /** Absent in results of earlier versions. */
  readonly basis?: Basis
}
