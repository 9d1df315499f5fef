// What a verdict rests on: kept beside it, so that rules and fixes need not find it out again.
import type { Family, Relay } from './device.ts'
import type { PxePoint } from './inventory.ts'
import type { Attachment, Segment } from './network.ts'
import type { Confidence, PxeVerdict, Reason } from './result.ts'

/**
 * `open`: nothing holds the relay back. `shared`: of all relays with this key, only those of one router forward, as far as that can be
 * told (`unclear`: why it cannot).
 * `broken`: the relay names a gate that does not exist, so nothing can be relied upon to hold it back.
 */
export type GateState =
  | { readonly state: 'open' }
  | { readonly state: 'shared'; readonly key: string; readonly unclear?: string }
  | { readonly state: 'broken'; readonly why: string }

/** One relay that takes the segment's broadcasts to the point. */
export interface Path {
  readonly attachment: Attachment
  readonly relay: Relay
  readonly gate: GateState
}

export interface Copies {
  /** The most copies of one request that arrive whichever router is active. */
  readonly count: number
  /** The same for the requests of each IP version. */
  readonly byFamily: Readonly<Record<Family, number>>
  readonly live: readonly Path[]
  /** Would forward to the point too, if what makes them inert were undone. */
  readonly inert: readonly Path[]
  /** Those of them of which sources disagree whether they forward all the same. */
  readonly perhaps: readonly Path[]
  /** Relays of which it cannot be known whether they reach the point. */
  readonly unclear: readonly Reason[]
}

/** The router that should go on relaying when the others stop, and how sure that choice is. */
export interface Preferred {
  readonly attachment: Attachment | undefined
  readonly confidence: Confidence
}

/** One segment and one PXE point, judged. */
export interface Judgement {
  readonly segment: Segment
  readonly point: PxePoint
  readonly copies: Copies
  readonly doubts: readonly Reason[]
  readonly preferred: Preferred
  readonly verdict: PxeVerdict
}
