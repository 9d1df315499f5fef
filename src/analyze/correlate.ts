// Relates devices to one another. Pure; knows no vendor.
import type { Family, Group } from '../model/device.ts'
import type { PxePoint } from '../model/inventory.ts'
import { ipv4Number, isLinkLocal } from '../model/ip.ts'
import type { Assumptions, Attachment, Gap, Member, Network, PlacedDevice, RedundancyGroup, Segment } from '../model/network.ts'
import { facesClients, join, type Stand, subnetsOf } from './join.ts'

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
    for (const i of placed.device.interfaces) {
      const subnets = subnetsOf(i)
      if (facesClients(i)) stands.push({ placed, interface: i, subnets })
    }
    blind.push(...blindSpots(placed))
  }
  const segments = join(stands).map(toSegment)
  segments.sort(
    (a, b) =>
      (a.site === b.site ? 0 : a.site < b.site ? -1 : 1) || compareSubnets(a.subnets[0], b.subnets[0]) || (a.id < b.id ? -1 : 1),
  )
  return { devices, points, gaps: [...gaps, ...blind], segments, captures, assume }
}

/** What a device that was read leaves unknown about where it stands. */
function* blindSpots({ device, site }: PlacedDevice): Generator<Gap> {
  const gap = (kind: Gap['kind'], reason: string): Gap => ({ device: device.device, site, kind, vlan: null, reason })
  if (device.complete === false)
    yield gap('truncated', `the configuration of ${device.device} is cut short: ${device.incomplete}`)
  const outside = device.unrecognized.find(u => u.interface === null)
  if (outside) yield gap('unplaced', `line ${outside.line} of ${device.device} may concern any interface, and was not understood`)
  for (const i of device.interfaces) {
    const line = device.unrecognized.find(u => u.interface === i.name && (i.addresses.length === 0 || PLACES.test(u.text)))
    if (line) yield gap('unplaced', `line ${line.line} of ${device.device} may place ${i.name}, and was not understood`)
    else if (i.enabled && i.addresses.length === 0 && i.relays.some(r => r.live))
      yield gap('unplaced', `${i.name} of ${device.device} relays, and its address is not in the configuration`)
  }
}

/** What a line says that puts an interface into a subnet or a VRF, in the words of any vendor. */
const PLACES = /\b(add|vrf|vpn-instance|routing-instance)/i

function toSegment(stands: readonly Stand[]): Segment {
  const [{ placed, interface: first }] = stands as [Stand, ...Stand[]]
  const attachments = stands.map(
    (s): Attachment => ({
      device: s.placed.device,
      interface: s.interface,
      addresses: [...s.interface.addresses].sort((a, b) => Number(a.secondary) - Number(b.secondary)),
    }),
  )
  const subnets = orderSubnets(stands)
  const place = subnets[0] ?? `${placed.device.device}:${first.name}`
  return {
    id: `${placed.site} ${first.vrf} ${place}`,
    site: placed.site,
    vrf: first.vrf,
    subnets,
    attachments,
    groups: redundancyGroups(attachments),
    conflicts: [],
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

/**
 * Which groups back each other up: same protocol, number and IP version on one segment, whatever virtual address was
 * typed. HSRP versions 1 and 2 do not hear each other. Anycast gateways have no number: all of a segment are one.
 */
export function groupKey(g: Group): string {
  const version = g.protocol === 'hsrp' ? ` v${g.version}` : ''
  return `${g.protocol}${version} ${g.id ?? ''} ipv${g.family satisfies Family}`
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

/** The virtual addresses of a group that identify it; link-local ones are the same on every link. */
export const tellingAddresses = (g: Group): string[] => g.virtual_addresses.filter(ip => !isLinkLocal(ip))
