// Relates devices to one another. Pure; knows no vendor.
import type { Interface } from '../model/device.ts'
import type { PxePoint } from '../model/inventory.ts'
import { ipv4Number } from '../model/ip.ts'
import type {
  Assumptions,
  Attachment,
  Conflict,
  Gap,
  Member,
  Network,
  PlacedDevice,
  RedundancyGroup,
  Segment,
} from '../model/network.ts'
import { type Domain, facesClients, join, type Stand, subnetsOf } from './join.ts'
import { groupKey } from './keys.ts'

/** What is known besides devices, points and gaps. */
export type Known = Partial<Pick<Network, 'captures' | 'assume'>>
const NOTHING: Assumptions = { pairs: false }

/** Builds the network: segments with their attachments and redundancy groups. */
export function correlate(
  devices: readonly PlacedDevice[],
  points: readonly PxePoint[],
  gaps: readonly Gap[],
  { captures = [], assume = NOTHING }: Known = {},
): Network {
  const stands: Stand[] = []
  const blind: Gap[] = []
  for (const placed of devices) {
    // What was not understood on an interface may be a relay, wherever the interface leads.
    const doubtful = new Set([...placed.device.unrecognized, ...placed.device.unresolved].map(u => u.interface))
    for (const i of placed.device.interfaces) {
      const subnets = subnetsOf(i)
      if (facesClients(i) || (subnets.length > 0 && doubtful.has(i.name))) stands.push({ placed, interface: i, subnets })
    }
    blind.push(...blindSpots(placed))
  }
  const attached = new Map<Interface, Attachment>()
  for (const stand of stands) attached.set(stand.interface, toAttachment(stand))
  const segments = join(stands).map(domain => toSegment(domain, attached))
  segments.sort(
    (a, b) =>
      (a.site === b.site ? 0 : a.site < b.site ? -1 : 1) || compareSubnets(a.subnets[0], b.subnets[0]) || (a.id < b.id ? -1 : 1),
  )
  return { devices, points, gaps: [...gaps, ...blind], segments, captures, assume }
}

/** What a device that was read leaves unknown about where it stands. */
function* blindSpots({ device, site }: PlacedDevice): Generator<Gap> {
  const gap = (kind: Gap['kind'], vlan: number | null, reason: string): Gap => ({
    device: device.device,
    site,
    kind,
    vlan,
    reason,
  })
  if (device.complete === false)
    yield gap('truncated', null, `the configuration of ${device.device} is cut short: ${device.incomplete}`)
  const outside = device.unrecognized.find(u => u.interface === null && u.places)
  if (outside)
    yield gap('unplaced', null, `line ${outside.line} of ${device.device} may concern any interface, and was not understood`)
  const placing = new Map<string, number>()
  for (const u of device.unrecognized) if (u.interface !== null && u.places) placing.set(u.interface, u.line)
  for (const i of device.interfaces) {
    const line = placing.get(i.name)
    // Behind a loopback or a management port no clients boot, wherever it stands.
    if (!i.faces_clients && i.relays.length === 0 && i.groups.length === 0) continue
    if (line !== undefined)
      yield gap('unplaced', i.vlan, `line ${line} of ${device.device} may place ${i.name}, and was not understood`)
    else if (i.enabled && subnetsOf(i).length === 0 && i.relays.some(r => r.live))
      yield gap('unplaced', i.vlan, `${i.name} of ${device.device} relays, and its address is not in the configuration`)
  }
}

const toAttachment = (s: Stand): Attachment => ({
  device: s.placed.device,
  interface: s.interface,
  addresses: [...s.interface.addresses].sort((a, b) => Number(a.secondary) - Number(b.secondary)),
})

/** `attached` has the attachment of every interface. */
function toSegment({ stands, clashes }: Domain, attached: ReadonlyMap<Interface, Attachment>): Segment {
  const [{ placed, interface: first }] = stands as [Stand, ...Stand[]]
  const at = (s: Stand) => attached.get(s.interface) as Attachment
  const attachments = stands.map(at)
  const subnets = orderSubnets(stands)
  const vrf = stands.reduce((least, s) => (s.interface.vrf < least ? s.interface.vrf : least), first.vrf)
  const place = subnets[0] ?? `${placed.device.device}:${first.name}`
  // Where one subnet stands for several domains, a router tells them apart.
  const mark = clashes.length > 0 ? ` (${stands.map(s => s.placed.device.device).sort()[0]})` : ''
  return {
    id: `${placed.site} ${vrf} ${place}${mark}`,
    site: placed.site,
    vrf,
    subnets,
    attachments,
    groups: redundancyGroups(attachments),
    conflicts: clashes.map(({ address, own, other }): Conflict => ({ address, own: at(own), other: at(other) })),
  }
}

/** Subnets that are primary somewhere first; within that, IPv4 first and by number. */
function orderSubnets(stands: readonly Stand[]): string[] {
  const primary = new Set(stands.flatMap(s => s.subnets.slice(0, 1)))
  return [...new Set(stands.flatMap(s => s.subnets))].sort(
    (a, b) => Number(primary.has(b)) - Number(primary.has(a)) || compareSubnets(a, b),
  )
}

function compareSubnets(a = '', b = ''): number {
  const six = Number(a.includes(':')) - Number(b.includes(':'))
  if (six !== 0 || a.includes(':') || a === '' || b === '') return six || (a < b ? -1 : a > b ? 1 : 0)
  const [ipA = '', prefixA = ''] = a.split('/')
  const [ipB = '', prefixB = ''] = b.split('/')
  return ipv4Number(ipA) - ipv4Number(ipB) || Number(prefixA) - Number(prefixB)
}

function redundancyGroups(attachments: readonly Attachment[]): RedundancyGroup[] {
  const byKey = new Map<string, Member[]>()
  for (const attachment of attachments)
    for (const group of attachment.interface.groups) {
      const key = groupKey(group)
      byKey.set(key, [...(byKey.get(key) ?? []), { attachment, group }])
    }
  return Array.from(byKey, ([id, members]) => {
    const [{ group }] = members as [Member, ...Member[]]
    return { id, protocol: group.protocol, number: group.id, members }
  })
}
