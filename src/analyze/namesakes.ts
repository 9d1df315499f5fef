// The same subnet seen as two segments: one network or two cannot always be told.
import { subnetOf } from '../model/ip.ts'
import type { Attachment, Network, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'
import { type SegmentOf, segmentIndex } from './gates.ts'
import { hasDoubts, lineDoubts } from './line-doubts.ts'
import { type Tie, tiesOf } from './outsiders.ts'

/** Finds what else may be the same network as a segment, while both relay, or may; nothing is doubtful where one of them does not. */
export function namesakeFinder(network: Network): (segment: Segment) => readonly Reason[] {
  const mixed = mixedSites(network)
  const bySubnet = new Map<string, Segment[]>()
  for (const segment of network.segments)
    if (mixed.has(segment.site) && relays(segment))
      for (const subnet of segment.subnets) {
        const key = `${segment.site}\n${subnet}`
        const there = bySubnet.get(key)
        if (there) there.push(segment)
        else bySubnet.set(key, [segment])
      }
  const segmentOf = segmentIndex(network)

  const otherVrf = (segment: Segment): Segment | undefined => {
    if (!mixed.has(segment.site)) return undefined
    const own = running(segment)
    for (const subnet of segment.subnets)
      for (const other of bySubnet.get(`${segment.site}\n${subnet}`) ?? [])
        if (other !== segment && other.vrf !== segment.vrf && [...running(other)].every(router => !own.has(router))) return other
    return undefined
  }
  const around = overlaps(bySubnet)
  const ties = tiesOf(network.segments.filter(relays), mayBeOne)
  return segment => {
    const tie = ties.get(segment)
    if ((!mixed.has(segment.site) && segment.conflicts.length === 0 && !tie) || !relays(segment)) return NONE
    const other = otherVrf(segment) ?? around.get(segment)
    const conflict = segment.conflicts.find(({ own, other }) => {
      const theirs = segmentOf(other.device, other.interface)
      return theirs !== undefined && relays(theirs) && !toldApart(own, other)
    })
    return [
      ...(other ? [sameSubnet(segment, other)] : tie ? [sameGateway(segment, tie)] : []),
      ...(conflict ? [sameAddress(conflict, segmentOf)] : []),
    ]
  }
}

const NONE: readonly Reason[] = []

/** Sites whose segments differ in VRF or in the length of their masks: elsewhere no subnet can be seen twice. */
function mixedSites({ segments }: Network): ReadonlySet<string> {
  const first = new Map<string, { readonly vrf: string; readonly masks: Map<boolean, string> }>()
  const mixed = new Set<string>()
  for (const { site, vrf, subnets } of segments) {
    if (mixed.has(site)) continue
    const known = first.get(site) ?? { vrf, masks: new Map<boolean, string>() }
    first.set(site, known)
    if (known.vrf !== vrf) mixed.add(site)
    for (const subnet of subnets) {
      const mask = subnet.slice(subnet.lastIndexOf('/'))
      const six = subnet.includes(':')
      if ((known.masks.get(six) ?? mask) !== mask) mixed.add(site)
      known.masks.set(six, mask)
    }
  }
  return mixed
}

/** Of relaying segments the first other one whose subnet holds one of its own, or lies in it, with other routers. */
function overlaps(bySubnet: ReadonlyMap<string, readonly Segment[]>): Map<Segment, Segment> {
  const found = new Map<Segment, Segment>()
  const prefixes = [...new Set(Array.from(bySubnet.keys(), key => Number(key.slice(key.lastIndexOf('/') + 1))))]
  for (const [key, inner] of bySubnet) {
    const [site = '', subnet = ''] = key.split('\n')
    const [ip = '', own = ''] = subnet.split('/')
    for (const prefix of prefixes) {
      if (prefix >= Number(own) || (prefix > 32 && !ip.includes(':'))) continue
      for (const b of bySubnet.get(`${site}\n${subnetOf(ip, prefix)}`) ?? [])
        for (const a of inner) {
          if ((found.has(a) && found.has(b)) || !mayBeOne(a, b)) continue
          if (!found.has(a)) found.set(a, b)
          if (!found.has(b)) found.set(b, a)
        }
    }
  }
  return found
}

/** Routers that both have keep the two apart, and so do VLANs that differ. */
export function mayBeOne(a: Segment, b: Segment): boolean {
  if (a === b) return false
  const own = running(a)
  return [...running(b)].every(router => !own.has(router)) && a.attachments.some(x => b.attachments.some(y => !toldApart(x, y)))
}

export const relays = (segment: Segment) => isRelaying(segment) || segment.attachments.some(mayRelay)
const isRelaying = (segment: Segment) => segment.attachments.some(a => a.interface.relays.some(r => r.live))

/** Whether a line that was not understood may be a relay of it. */
const mayRelay = ({ device, interface: i }: Attachment) =>
  hasDoubts(device) && (lineDoubts(device, i.name).length > 0 || lineDoubts(device, null).length > 0)
const routers = (segment: Segment) => new Set(segment.attachments.map(a => a.device.device))

/** The routers that are up there: one that is to move has its new interface shut beside the old one, and keeps nothing apart. */
const running = ({ attachments }: Segment) => new Set(attachments.flatMap(a => (a.interface.enabled ? [a.device.device] : [])))

/** Two VLANs are two broadcast domains. */
const toldApart = (a: Attachment, b: Attachment) =>
  a.interface.vlan !== null && b.interface.vlan !== null && a.interface.vlan !== b.interface.vlan

/**
 * VRF names are local to a router, so the same subnet under another name, on other routers, may be one network. So may
 * subnets that overlap: in one routing table they are a mistyped mask, or the same numbers used twice.
 */
const sameSubnet = (segment: Segment, other: Segment): Reason => ({
  code: 'same-subnet',
  message: `${relaying(other)} ${placeIn(segment, other)}: one network or two cannot be told`,
  device: null,
  line: null,
})

/** A virtual address that says that two subnets of routers may have the same clients. */
const sameGateway = (segment: Segment, { other, ip }: Tie): Reason => ({
  code: 'same-subnet',
  message: `${relaying(other)} ${subnetIn(other)}, and the virtual address ${ip} stands outside of ${subnetIn(segment)} or of that: one network or two cannot be told`,
  device: null,
  line: null,
})

const subnetIn = ({ subnets }: Segment) => subnets[0] ?? 'a subnet that cannot be told'

export const relaying = (segment: Segment): string =>
  `${[...routers(segment)].join(', ')} ${isRelaying(segment) ? `relay${routers(segment).size === 1 ? 's' : ''}` : 'may relay'}`

const placeIn = (here: Segment, there: Segment): string => {
  const [own = '', theirs = ''] = [here.subnets[0], there.subnets.find(s => here.subnets.includes(s)) ?? there.subnets[0]]
  if (!here.subnets.includes(theirs)) return `${theirs}, which overlaps ${own}`
  return `${own} in VRF ${there.vrf}, here it is in VRF ${here.vrf}`
}

/**
 * An address that is taken twice is mostly the sign of another place that uses the same numbers. Some fabrics give all
 * their gateways one address without any keyword, though, and then it is one network after all.
 */
const sameAddress = ({ address, own, other }: Segment['conflicts'][number], segmentOf: SegmentOf): Reason => ({
  code: 'same-address',
  message: `${other.interface.name} of ${other.device.device} has ${address} too and ${isRelaying(segmentOf(other.device, other.interface) as Segment) ? 'relays' : 'may relay'}: another network of that number, or a shared gateway, cannot be told`,
  device: own.device.device,
  line: own.addresses.find(a => a.ip === address)?.line ?? own.interface.line,
})
