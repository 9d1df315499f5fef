// Servers, and the interfaces that are relayed to them, while facts are being folded.
import type { Family, InertReason } from '../model/device.ts'
import type { Settings82 } from './option-82.ts'

export interface Server {
  readonly target: string
  readonly family: Family
  readonly vrf: string | null
  readonly line: number
}

/** A relay set: servers on one side, interfaces on the other (a server group, profile, pool or global list). */
export interface DraftSet {
  readonly key: string
  via: string
  line: number
  parent: string | undefined
  within: string | undefined
  servers: Server[]
  lists: { readonly name: string; readonly also: boolean; readonly line: number }[]
  members: Member[]
  vrf: string | undefined
  /** Undefined: as the parent. */
  off: InertReason | null | undefined
  /** Why it is off as long as nothing sets it going. */
  initially: InertReason | undefined
  family: Family | undefined
  yields: boolean
  lends: boolean
  option82: Settings82 | undefined
}
export interface Member {
  readonly interface: string | undefined
  readonly upto: string | undefined
  readonly all: boolean
  readonly vrf: string | undefined
  readonly subnet: string | undefined
  readonly excluded: boolean
  readonly line: number
}
