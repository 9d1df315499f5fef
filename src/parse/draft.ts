// The device while facts are being folded into it. Nothing outside of assemble sees these.
import type { Addressing, Authentication, Family, InertReason, Protocol } from '../model/device.ts'
import type { DraftSet, Server } from './draft-set.ts'
import type { Settings82 } from './option-82.ts'
import type { Zones } from './shut-out.ts'
import type { Trunk, VlanGroup } from './trunk.ts'
import type { Tunneled } from './tunnel.ts'
import type { VlanOff } from './vlan-off.ts'

export interface DraftGroup {
  readonly protocol: Protocol
  readonly id: number | null
  /** Undefined where one number may stand for a group of either family. */
  readonly family: Family | undefined
  line: number
  virtual: string[]
  /** The one of them that another would take the place of. */
  leading: string | undefined
  /** Families whose virtual address is learned from the peer. */
  readonly learned: Set<Family>
  priority: number | undefined
  preempt: boolean | undefined
  name: string | undefined
  follow: string | undefined
  tracked: boolean
  enabled: boolean | undefined
  version: number | undefined
  authentication: Authentication | undefined
  /** Something was said of it that was not only taken back. */
  stated: boolean
}

export interface DraftRelay {
  readonly target: string
  readonly family: Family
  readonly vrf: string | null
  readonly redundancy: string | null
  readonly by: string | null
  readonly options: string | null
  readonly via: string | null
  readonly viaLine: number | null
  readonly off: InertReason | null
  readonly line: number
}

export interface DraftAddress {
  readonly ip: string
  readonly prefix: number
  readonly secondary: boolean
  readonly line: number
}

export interface DraftInterface {
  readonly name: string
  /** How `interfaces` of the device knows it; see interfaceKey. */
  readonly key: string
  readonly line: number
  description: string | null
  enabled: boolean | undefined
  /** Up or down by what it inherits, as long as it does not say so itself. */
  lent: boolean | undefined
  vrf: string | undefined
  /** Lines that the device does not take. */
  refused: number[] | undefined
  /** Relay lines that were taken back, where more may have been meant than the one that says exactly that, if it was there. */
  denied: { readonly target: string; readonly exact: boolean; readonly line: number }[] | undefined
  /** The line that put it into another VRF, or among the ports of the switch, where that may have taken off the addresses it had. */
  moved: number | undefined
  vlan: number | undefined
  trunk: Trunk | undefined
  /** Whether it is a trunk; undefined where no line says so. */
  trunking: boolean | undefined
  /** The line by which it takes on others that are not read. */
  borrows: number | undefined
  /** Of the trunk. */
  readonly trunkGroups: Set<string>
  addressing: Addressing | undefined
  addresses: DraftAddress[]
  mac: string | undefined
  /** It is the gateway of the clients of this device alone, in a fabric. */
  edge: boolean
  groups: Map<string, DraftGroup>
  /** The group spoken of last. */
  lastGroup: DraftGroup | undefined
  relays: DraftRelay[]
  /** Relays that scripts start and stop, by target; undefined for all of them. */
  scripts: Map<string | undefined, Pick<DraftGroup, 'protocol' | 'id'>> | undefined
  /** Families of which it relays nothing. */
  readonly silent: Set<Family>
  option82: Settings82 | undefined
  /** Settings of the relay sets that serve it. */
  setOption82: Settings82 | undefined
  versions: Map<Protocol, number>
}

export interface DraftDevice {
  hostname: string | null
  readonly interfaces: Map<string, DraftInterface>
  readonly switches: Map<string, boolean>
  readonly versions: Map<Protocol, number>
  /** Said away from the interface itself (a routing instance that lists its interfaces). */
  readonly vrfs: Map<string, string>
  /** By the interface; the id where one is said. */
  readonly vlans: Map<string, number | undefined>
  readonly zones: Zones
  /** Trunk groups of VLANs, as lines put them in and take them out, in order. */
  readonly vlanGroups: VlanGroup[]
  /** What keeps VLANs from carrying traffic, and no longer does, in order. */
  readonly vlansOff: VlanOff[]
  readonly lists: Map<string, Server[]>
  /** Lists that a line names without any server, with that line. */
  readonly hollow: Map<string, number>
  readonly sets: Map<string, DraftSet>
  pair: string | null
  pairPeer: string | null
  pairUp: boolean
  /** Whether it says by which link; undefined where a platform need not. */
  pairLink: boolean | undefined
  pairLinkName: string | null
  pairGate: boolean
  tunnelGate: boolean
  /** The VLANs that go into a tunnel, in order, and the interface that is its end. */
  readonly tunneled: Tunneled[]
  tunnelEnd: DraftInterface | undefined
  /** Which interfaces are up or down until they say so, as far as the configuration sets it. */
  initially: { readonly interfaces: RegExp; readonly on: boolean }[]
  option82: Settings82 | undefined
  /** Interfaces that were deleted, and may have some of what they held again when they are opened once more. */
  readonly gone: Set<string>
  /** Lines that the device takes in another way than they read, or not at all, with their interface. */
  readonly refused: { readonly line: number; readonly interface: string | null }[]
}

export const draftDevice = (): DraftDevice => ({
  hostname: null,
  interfaces: new Map(),
  switches: new Map(),
  versions: new Map(),
  vrfs: new Map(),
  vlans: new Map(),
  zones: { of: new Map(), lets: new Map(), barred: new Map() },
  vlanGroups: [],
  vlansOff: [],
  lists: new Map(),
  hollow: new Map(),
  sets: new Map(),
  pair: null,
  pairPeer: null,
  pairUp: true,
  pairLink: undefined,
  pairLinkName: null,
  pairGate: false,
  tunnelGate: false,
  tunneled: [],
  tunnelEnd: undefined,
  initially: [],
  option82: undefined,
  gone: new Set(),
  refused: [],
})

/** How two spellings of one interface name are told to be the same: `Vlan 10`, `vlan10`; `Serial0/0.10 point-to-point`, `Serial0/0.10`. */
export const interfaceKey = (name: string): string => {
  const key = name.toLowerCase().replaceAll(' ', '')
  // The kind of a link is said where the interface is made, and may be left out afterwards.
  return key.endsWith('point') ? key.replace(/(\d)(?:point-to-point|multipoint)$/, '$1') : key
}

/** A copy that does not keep the whole file alive: V8 makes a slice of 13 characters or more point into its source. */
export const own = (text: string): string => (text.length < 13 ? text : ` ${text}`.slice(1))

/** Removes what `gone` says, in place. */
export function drop<T>(list: T[], gone: (item: T) => boolean): void {
  for (let i = list.length; i-- > 0; ) if (gone(list[i] as T)) list.splice(i, 1)
}
