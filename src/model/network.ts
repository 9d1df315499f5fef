// Devices related to one another: who shares a broadcast domain, who backs whom up.
import type { Address, Device, Group, Interface, Protocol } from './device.ts'
import type { PxePoint } from './inventory.ts'

/** A device with the site the audit puts it in. */
export interface PlacedDevice {
  readonly device: Device
  readonly site: string
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
  readonly protocol: Protocol
  readonly number: number | null
  readonly members: readonly Member[]
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
}

/** A device the audit knows of and could not read, or not whole. */
export interface Gap {
  readonly device: string
  readonly site: string
  /**
   * `not-collected`: nothing is known of it. `truncated`: what follows the cut is unknown. `unplaced`: one of its
   * interfaces is up and its address is unknown, so it may stand on any segment.
   */
  readonly kind: 'not-collected' | 'truncated' | 'unplaced'
  readonly reason: string
}

export interface Network {
  readonly devices: readonly PlacedDevice[]
  readonly gaps: readonly Gap[]
  readonly points: readonly PxePoint[]
  readonly segments: readonly Segment[]
}
