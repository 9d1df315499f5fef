// What became of the lines of a configuration.

/** Every line of a file falls into exactly one class; the four classes add up to `total`. */
export interface LineCounts {
  readonly total: number
  readonly understood: number
  readonly ignored: number
  readonly unmodelled: number
  readonly unrecognized: number
}

/** A line under a keyword we own, in a form we do not know. */
export interface Unrecognized {
  readonly line: number
  readonly text: string
  /** The interface it belongs to; null when it could concern the whole device. */
  readonly interface: string | null
  /** True when it may put an interface into a subnet, a VLAN or a VRF (or take it out): the interface may then stand anywhere. */
  readonly places: boolean
}

/** A snippet behind a configuration: its lines are those that come after so many. */
export interface Appended {
  readonly file: string
  readonly after: number
}

/** A name that is used and leads nowhere, so the relays behind it are unknown. */
export interface Unresolved {
  readonly line: number
  readonly name: string
  /** What it lacks; see LACKS in unresolved.ts. */
  readonly why: 'undefined' | 'empty' | 'detached' | 'closed'
  readonly interface: string | null
}
