// One router as its configuration describes it. The field names are the JSON contract: `facts` prints
// exactly these objects, so nothing here is renamed without a new schema version.

import type { Appended, LineCounts, Unrecognized, Unresolved } from './lines.ts'

export type { Appended, LineCounts, Unrecognized, Unresolved } from './lines.ts'

/** First-hop redundancy protocol; every gateway that answers on several routers at once is `anycast`. */
export type Protocol = 'hsrp' | 'vrrp' | 'glbp' | 'anycast'
/** IP version. */
export type Family = 4 | 6

/** What makes a live relay conditional; `always` is no condition. An edge hears its own clients, and others where the fabric floods. */
export type Gate = 'always' | 'active-router' | 'pair-primary' | 'script' | 'fabric-edge' | 'flooded-edge'

/** Why a configured relay would not forward now. */
export type InertReason =
  | 'interface-down'
  | 'relay-service-off'
  | 'bootp-forwarding-off'
  | 'not-selected'
  | 'no-address'
  | 'wrong-vrf'

/** One address of an interface. `prefix` is the mask length in bits. */
export interface Address {
  readonly ip: string
  readonly prefix: number
  readonly secondary: boolean
  readonly line: number
}

/** One FHRP instance (or anycast gateway) on one interface and one IP version. */
export interface Group {
  readonly protocol: Protocol
  /** Group or virtual-router number; null for anycast, which has none. */
  readonly id: number | null
  readonly version: number | null
  readonly family: Family
  /** The redundancy name as typed; null when the device would make one up. */
  readonly name: string | null
  /** False when shut or never activated (a group that was given no virtual address at all). */
  readonly enabled: boolean
  readonly virtual_addresses: readonly string[]
  /** True when the virtual address is learned from the peer (`standby 1 ip` with nothing behind). */
  readonly learned: boolean
  /** Stated or default priority; null for anycast. */
  readonly priority: number | null
  readonly preempt: boolean
  /** Name of the group whose state this one copies, if any. */
  readonly follow: string | null
  /** True when tracked objects may lower the priority at run time. */
  readonly tracked: boolean
  /** HSRP only; null for no authentication, and on platforms where it is not read. */
  readonly authentication: Authentication | null
  readonly line: number
}

/**
 * How a group authenticates, without the secret itself. `token` is equal for equal settings. Two tokens that differ prove
 * different secrets only where both are `comparable` (clear text); a digest or a key chain's name proves nothing. In a
 * configuration whose secrets were blanked a token names the key it was made with (`md5:KEY:DIGEST`): two prove something
 * only where that is the same. `text:` is sent as it is, `md5:`, `hidden:` and `chain:` as a digest, so one of each never fit;
 * `redacted` alone may be either.
 */
export interface Authentication {
  readonly token: string
  readonly comparable: boolean
  readonly line: number
}

/** One configured way to forward DHCP/PXE broadcasts heard on an interface to one target. */
export interface Relay {
  /** Address, directed broadcast or host name, as typed. */
  readonly target: string
  readonly family: Family
  /** VRF in which the target is looked up; null means that of the interface. */
  readonly vrf: string | null
  /** The HSRP group name the relay is tied to, if any. */
  readonly redundancy: string | null
  /** What else the line says of the relay, as typed (`source-interface Loopback0`); absent when it says no more. */
  readonly options?: string
  readonly gate: Gate
  /** The group whose transitions start and stop the relay by a script; absent where none do. */
  readonly follows?: Pick<Group, 'protocol' | 'id'>
  /**
   * The tunnel (by its VNI) whose requests it leaves alone: another switch heard them at a port. Absent where it relays whatever is
   * heard.
   */
  readonly tunnel?: string
  readonly live: boolean
  readonly inert: InertReason | null
  /** The server group, profile, pool or global list the relay came through; null for a plain line. */
  readonly via: string | null
  /** The line that attaches the interface to `via`; null for a plain line. */
  readonly via_line: number | null
  /** The line that names the target. */
  readonly line: number
}

/** How an interface gets its IPv4 address; anything but `static` and `none` cannot be read from the text. */
export type Addressing = 'static' | 'dynamic' | 'unnumbered' | 'none'

export interface Interface {
  readonly name: string
  readonly description: string | null
  readonly enabled: boolean
  readonly vrf: string
  /** VLAN id, or null when the text cannot tell. */
  readonly vlan: number | null
  readonly addressing: Addressing
  /** False for loopbacks, tunnels and dedicated management ports. */
  readonly faces_clients: boolean
  /** A hardware address the configuration sets, in lower case without separators; null where it is the port's own. */
  readonly mac: string | null
  /** The line that makes relays of this interface add option 82; null where none does. */
  readonly option_82: number | null
  readonly line: number
  readonly addresses: readonly Address[]
  readonly groups: readonly Group[]
  readonly relays: readonly Relay[]
}

/** What an FHRP group does at run time, in the words of HSRP: VRRP's master is `active`, its backup `standby`. */
export type GroupState = 'active' | 'standby' | 'listen' | 'init' | 'unknown'

/** What the device itself said of one group when it was captured (`show standby brief` and its like). */
export interface Observed {
  readonly protocol: Protocol
  /** As the configuration names it, where it has such an interface; else as it was printed. */
  readonly interface: string
  readonly group: number | null
  readonly family: Family
  readonly state: GroupState
  /** Priority in force, after tracking; null where it is not printed. */
  readonly priority: number | null
  /** The active router as this device sees it: an address, or `local`; null where it is not printed or not known. */
  readonly active: string | null
  /** The one that would take over, in the same way; absent where it is not printed or not known. */
  readonly standby?: string
  readonly virtual_address: string | null
  /** The file the output stands in: that of the configuration, or one beside it. */
  readonly file: string
  readonly line: number
  /** The row as printed. */
  readonly text: string
}

/** A pair of switches that forward as one (MLAG, vPC, VSX); only a pair can de-duplicate relays between its two halves. */
export interface Pair {
  readonly domain: string
  /** Address of the other half on the link between the two; null where it is not configured, or not read. */
  readonly peer: string | null
}

export interface Device {
  readonly device: string
  readonly platform: string
  readonly hostname: string | null
  readonly file: string
  /** False for a truncated capture: what is absent then proves nothing. Null where nothing proves it whole, or cut. */
  readonly complete: boolean | null
  /** Why the capture counts as truncated, or why it cannot be proven whole, in words; null when complete. */
  readonly incomplete: string | null
  readonly pair: Pair | null
  /** The tunnels (VNIs) that it bridges VLANs into; absent where there are none. */
  readonly tunnels?: readonly string[]
  readonly interfaces: readonly Interface[]
  readonly lines: LineCounts
  readonly unrecognized: readonly Unrecognized[]
  /** References by name that lead nowhere (server groups, lists, leaders). */
  readonly unresolved: readonly Unresolved[]
  /** Operational output that was captured with the configuration; empty where there was none. */
  readonly observed: readonly Observed[]
  /** Snippets that stand behind the configuration because they are being tried; absent where none does. */
  readonly appended?: readonly Appended[]
}
