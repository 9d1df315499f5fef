// Devices related to one another: who shares a broadcast domain, who backs whom up.
import type { Address, Device, Group, Interface, Observed, Protocol } from './device.ts'
import type { PxePoint } from './inventory.ts'
import type { Confidence, Role } from './result.ts'

/** A device with the site the audit puts it in. */
export interface PlacedDevice {
  readonly device: Device
  readonly site: string
  /** Why its capture is too old to be relied upon, in words; null when it is not. */
  readonly stale: string | null
}

/** One interface that stands on a segment, with every address it has there. */
export interface Attachment {
  readonly device: Device
  readonly interface: Interface
  /** Primary address first. Empty when the address cannot be read from the text. */
  readonly addresses: readonly Address[]
}

/** One group on one attachment. */
export interface Member {
  readonly attachment: Attachment
  readonly group: Group
}

/** The groups on one segment that back each other up, across devices and vendors. */
export interface RedundancyGroup {
  readonly id: string
  /** The same, told apart from those of other segments. */
  readonly key: string
  readonly protocol: Protocol
  readonly number: number | null
  readonly members: readonly Member[]
}

/** What one router is on a segment, and how sure that is. */
export interface Standing {
  readonly attachment: Attachment
  readonly role: Role
  readonly confidence: Confidence
  /** Why, in words. */
  readonly reason: string
  /** What was seen at run time, if anything was; it wins over the prediction. */
  readonly observed: Observed | null
  /** The role that priorities, addresses and preemption suggest. */
  readonly predicted: Role
}

/** One broadcast domain as the routers see it. */
export interface Segment {
  /** `site vrf subnet`, stable from run to run. */
  readonly id: string
  readonly site: string
  readonly vrf: string
  /** Primary subnets first, in CIDR form. */
  readonly subnets: readonly string[]
  readonly attachments: readonly Attachment[]
  readonly groups: readonly RedundancyGroup[]
  /** In the order of the attachments. */
  readonly standings: readonly Standing[]
  /** Interfaces elsewhere that have an address of this segment and cannot stand on it for that reason. */
  readonly conflicts: readonly Conflict[]
}

/** Two interfaces with one address that is no shared gateway: one of them stands in another broadcast domain. */
export interface Conflict {
  readonly address: string
  readonly own: Attachment
  readonly other: Attachment
}

/** A capture of a router that the audit holds another capture of; it is left out. */
export interface DuplicateCapture {
  readonly hostname: string
  readonly kept: Device
  readonly left: Device
  /** Interface addresses that both have. */
  readonly addresses: readonly string[]
  /** True where the times of both are those of capturing, so that the newer one is known; else they are times of files, at most. */
  readonly timed?: boolean
}

/** What the user vouches for. */
export interface Assumptions {
  /** No segment has more than two routers: one that shows two is complete, whatever was not read. */
  readonly pairs: boolean
}

/** A device the audit knows of and could not read, or not whole. */
export interface Gap {
  readonly device: string
  readonly site: string
  /**
   * `not-collected`: nothing is known of it. `truncated`: what follows the cut is unknown.
   * `stale`: what it was given since is unknown. `unplaced`: one of its
   * interfaces is up and its address is unknown, so it may stand on any segment.
   */
  readonly kind: 'not-collected' | 'truncated' | 'stale' | 'unplaced'
  /** The VLAN that what is missing must stand in; null when it can be any. */
  readonly vlan: number | null
  readonly reason: string
}

export interface Network {
  readonly devices: readonly PlacedDevice[]
  readonly gaps: readonly Gap[]
  readonly points: readonly PxePoint[]
  readonly segments: readonly Segment[]
  readonly captures: readonly DuplicateCapture[]
  /** Routers that the inventory does not list, and that may stand beside those it does. */
  readonly strangers: readonly PlacedDevice[]
  /** Addresses of host names that are no PXE point's. */
  readonly hosts: ReadonlyMap<string, readonly string[]>
  readonly assume: Assumptions
}
