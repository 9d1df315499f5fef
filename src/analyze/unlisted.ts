// Routers that nobody lists, of which a configuration lies beside those that are audited.
import type { Interface } from '../model/device.ts'
import { NO_SITE } from '../model/inventory.ts'
import { subnetOf } from '../model/ip.ts'
import type { Network, PlacedDevice, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'

/** An interface of one of them that relays, at one of its addresses. */
interface Stand {
  readonly placed: PlacedDevice
  readonly interface: Interface
  readonly ip: string
}

/**
 * Finds routers that an inventory does not list and that relay in the subnet of a segment: one that was forgotten is a third router,
 * one that is gone is a file to be removed. With the address of a router that is listed it is an older capture of that, or what it
 * took the place of.
 */
export function unlistedFinder({ strangers, devices }: Network): (segment: Segment) => readonly Reason[] {
  if (strangers.length === 0) return () => NONE
  const listed = new Set(devices.flatMap(({ device }) => addressesIn(device.interfaces)))
  const stands = strangers.flatMap(placed =>
    placed.device.interfaces
      .filter(i => i.enabled && i.relays.some(r => r.live) && !addressesIn([i]).some(ip => listed.has(ip)))
      .flatMap(i => addressesIn([i]).map((ip): Stand => ({ placed, interface: i, ip }))),
  )
  if (stands.length === 0) return () => NONE
  /** By the length of a mask: those that stand in each subnet of it. */
  const byLength = new Map<string, Map<string, Stand[]>>()
  const within = (subnet: string): readonly Stand[] => {
    const [ip = '', length = ''] = subnet.split('/')
    const six = ip.includes(':')
    const key = `${six} ${length}`
    let there = byLength.get(key)
    if (!there) {
      byLength.set(key, (there = new Map()))
      for (const stand of stands) {
        if (stand.ip.includes(':') !== six) continue
        const place = subnetOf(stand.ip, Number(length))
        const own = there.get(place)
        if (own) own.push(stand)
        else there.set(place, [stand])
      }
    }
    return there.get(subnet) ?? []
  }
  return segment => {
    const found = new Map<string, Reason>()
    for (const subnet of segment.subnets)
      for (const { placed, interface: i } of within(subnet)) {
        const { device } = placed.device
        if (found.has(device) || !mayStandOn(placed, i, segment)) continue
        const message = `${device}, which is not in the inventory, relays ${subnet} too; add it to the inventory, or remove its configuration`
        found.set(device, { code: 'device-not-collected', message, device, line: null })
      }
    return found.size === 0 ? NONE : [...found.values()]
  }
}

const NONE: readonly Reason[] = []

const addressesIn = (interfaces: readonly Interface[]): string[] => interfaces.flatMap(i => i.addresses.map(a => a.ip))

/** At its site, where that is known, and not in another VLAN than all that stand there. */
const mayStandOn = ({ site }: PlacedDevice, { vlan }: Interface, segment: Segment): boolean =>
  (site === segment.site || site === NO_SITE || segment.site === NO_SITE) &&
  segment.attachments.some(({ interface: { vlan: other } }) => vlan === null || other === null || vlan === other)
