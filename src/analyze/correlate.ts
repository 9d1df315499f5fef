// Relates devices to one another. Pure; knows no vendor.
import type { Device, Group, Interface } from '../model/device.ts'
import type { PxePoint } from '../model/inventory.ts'
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
import { lineOf } from '../model/place.ts'
import { segmentsAgain } from './again.ts'
import {
  type Domain,
  facesClients,
  facesClients6,
  isPlaced,
  isSomewhere,
  join,
  placelessText,
  type Stand,
  subnetsOf,
} from './join.ts'
import { backsUp, groupKey } from './keys.ts'
import { hasDoubts } from './line-doubts.ts'
import { inOrder, orderSubnets } from './order.ts'
import { standingsOf } from './roles.ts'

/** What is known besides devices, points and gaps. */
export interface Known extends Partial<Pick<Network, 'captures' | 'strangers' | 'hosts' | 'assume'>> {
  /** A network some of whose devices these are: its segments are taken over where nothing about them differs. */
  readonly earlier?: Network | undefined
}
const NONE: readonly Conflict[] = []
const NOWHERE: ReadonlyMap<string | null, number> = new Map()
const NO_HOSTS: Network['hosts'] = new Map()
const NOTHING: Assumptions = { pairs: false }

/** Builds the network: segments with their attachments and redundancy groups. */
export function correlate(
  devices: readonly PlacedDevice[],
  points: readonly PxePoint[],
  gaps: readonly Gap[],
  { captures = [], strangers = [], hosts = NO_HOSTS, assume = NOTHING, earlier }: Known = {},
): Network {
  const stands: Stand[] = []
  const blind: Gap[] = []
  for (const placed of devices) {
    // What was not understood on an interface may be a relay, wherever the interface leads.
    const { unrecognized, unresolved } = placed.device
    const doubtful = hasDoubts(placed.device)
      ? new Map([...unrecognized, ...unresolved].map(u => [u.interface, u.line]))
      : NOWHERE
    for (const i of placed.device.interfaces) {
      const subnets = subnetsOf(i)
      if (facesClients(i) || (subnets.length > 0 && (doubtful.has(i.name) || (doubtful.has(null) && facesClients6(i)))))
        stands.push({ placed, interface: i, subnets, attachment: attach(placed.device, i) })
    }
    blind.push(...blindSpots(placed, doubtful))
  }
  const again = segmentsAgain(earlier)
  const segments = inOrder(join(stands).map(domain => again(domain) ?? toSegment(domain)))
  return { devices, points, gaps: [...gaps, ...blind], segments, captures, strangers, hosts, assume }
}

/** What a device that was read leaves unknown about where it stands. `doubtful`: a line that was not understood, by interface. */
function* blindSpots({ device, site, stale }: PlacedDevice, doubtful: ReadonlyMap<string | null, number>): Generator<Gap> {
  const gap = (kind: Gap['kind'], vlan: number | null, reason: string): Gap => ({
    device: device.device,
    site,
    kind,
    vlan,
    reason,
  })
  if (device.complete === false)
    yield gap('truncated', null, `the configuration of ${device.device} is cut short: ${device.incomplete}`)
  if (stale !== null) yield gap('stale', null, `${device.device}: ${stale}`)
  const outside = device.unrecognized.find(u => u.interface === null && u.places)
  if (outside) yield gap('unplaced', null, `${lineOf(device, outside.line)} may concern any interface, and was not understood`)
  const placing = new Map<string, number>()
  for (const u of device.unrecognized) if (u.interface !== null && u.places) placing.set(u.interface, u.line)
  for (const i of device.interfaces) {
    const line = placing.get(i.name)
    // Behind a loopback or a management port no clients boot, wherever it stands.
    if (!i.faces_clients && i.relays.length === 0 && i.groups.length === 0) continue
    if (line !== undefined) yield gap('unplaced', i.vlan, `${lineOf(device, line)} may place ${i.name}, and was not understood`)
    else if (i.enabled && i.relays.some(r => r.live && !isPlaced(i, r.family)))
      yield gap('unplaced', i.vlan, `${i.name} of ${device.device} relays, and ${placelessText(i)}`)
    else if (doubtful.has(i.name) && isSomewhere(i)) {
      const where = lineOf(device, doubtful.get(i.name) as number)
      yield gap('unplaced', i.vlan, `${where} may make ${i.name} relay, and was not understood; ${placelessText(i)}`)
    }
  }
}

const attach = (device: Device, i: Interface): Attachment => ({
  device,
  interface: i,
  addresses: i.addresses.length < 2 ? i.addresses : [...i.addresses].sort((a, b) => Number(a.secondary) - Number(b.secondary)),
})

function toSegment({ stands, clashes }: Domain): Segment {
  const [{ placed, interface: first }] = stands as [Stand, ...Stand[]]
  const attachments = stands.map(s => s.attachment)
  const subnets = orderSubnets(stands)
  const vrf = stands.reduce((least, s) => (s.interface.vrf < least ? s.interface.vrf : least), first.vrf)
  const place = subnets[0] ?? `${placed.device.device}:${first.name}`
  // Where one subnet stands for several domains, a router tells them apart.
  const mark = clashes.length > 0 ? ` (${stands.map(s => s.placed.device.device).sort()[0]})` : ''
  const id = `${placed.site} ${vrf} ${place}${mark}`
  const groups = redundancyGroups(id, attachments)
  return {
    id,
    site: placed.site,
    vrf,
    subnets,
    attachments,
    groups,
    standings: standingsOf({ attachments, groups }),
    conflicts:
      clashes.length === 0
        ? NONE
        : clashes.map(({ address, own, other }): Conflict => ({ address, own: own.attachment, other: other.attachment })),
  }
}

/** The groups of a segment, each with its members. */
function redundancyGroups(segment: string, attachments: readonly Attachment[]): RedundancyGroup[] {
  const found: { id: string; first: Group; members: Member[] }[] = []
  for (const attachment of attachments)
    for (const group of attachment.interface.groups) {
      const there = found.find(f => backsUp(f.first, group))
      if (there) there.members.push({ attachment, group })
      else found.push({ id: groupKey(group), first: group, members: [{ attachment, group }] })
    }
  return found.map(({ id, first, members }) => ({
    id,
    key: `${segment} ${id}`,
    protocol: first.protocol,
    number: first.id,
    members,
  }))
}
