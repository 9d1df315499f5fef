// The same subnet seen as two segments: one network or two cannot always be told.
import type { Attachment, Network, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'
import { segmentIndex } from './gates.ts'

/** Finds what else may be the same network as a segment, while both relay; nothing is doubtful where one of them does not. */
export function namesakeFinder(network: Network): (segment: Segment) => readonly Reason[] {
  const several = severalVrfs(network)
  const bySubnet = new Map<string, Segment[]>()
  for (const segment of network.segments)
    if (several.has(segment.site) && relays(segment))
      for (const subnet of segment.subnets) {
        const key = `${segment.site}\n${subnet}`
        const there = bySubnet.get(key)
        if (there) there.push(segment)
        else bySubnet.set(key, [segment])
      }
  const segmentOf = segmentIndex(network)

  const otherVrf = (segment: Segment): Segment | undefined => {
    if (!several.has(segment.site)) return undefined
    const own = routers(segment)
    for (const subnet of segment.subnets)
      for (const other of bySubnet.get(`${segment.site}\n${subnet}`) ?? [])
        if (other !== segment && other.vrf !== segment.vrf && [...routers(other)].every(router => !own.has(router))) return other
    return undefined
  }
  return segment => {
    if ((!several.has(segment.site) && segment.conflicts.length === 0) || !relays(segment)) return NONE
    const other = otherVrf(segment)
    const conflict = segment.conflicts.find(({ own, other }) => {
      const theirs = segmentOf(other.device, other.interface)
      return theirs !== undefined && relays(theirs) && !toldApart(own, other)
    })
    return [...(other ? [sameSubnet(segment, other)] : []), ...(conflict ? [sameAddress(conflict)] : [])]
  }
}

const NONE: readonly Reason[] = []

/** Sites whose segments stand in more than one VRF. */
function severalVrfs({ segments }: Network): ReadonlySet<string> {
  const first = new Map<string, string>()
  const several = new Set<string>()
  for (const { site, vrf } of segments) {
    const known = first.get(site)
    if (known === undefined) first.set(site, vrf)
    else if (known !== vrf) several.add(site)
  }
  return several
}

const relays = (segment: Segment) => segment.attachments.some(a => a.interface.relays.some(r => r.live))
const routers = (segment: Segment) => new Set(segment.attachments.map(a => a.device.device))

/** Two VLANs are two broadcast domains. */
const toldApart = (a: Attachment, b: Attachment) =>
  a.interface.vlan !== null && b.interface.vlan !== null && a.interface.vlan !== b.interface.vlan

/** VRF names are local to a router, so the same subnet under another name, on other routers, may be one network. */
const sameSubnet = (segment: Segment, other: Segment): Reason => ({
  code: 'same-subnet',
  message: `${[...routers(other)].join(', ')} relay${routers(other).size === 1 ? 's' : ''} ${segment.subnets[0]} in VRF ${other.vrf}, here it is in VRF ${segment.vrf}: one network or two cannot be told`,
  device: null,
  line: null,
})

/**
 * An address that is taken twice is mostly the sign of another place that uses the same numbers. Some fabrics give all
 * their gateways one address without any keyword, though, and then it is one network after all.
 */
const sameAddress = ({ address, own, other }: Segment['conflicts'][number]): Reason => ({
  code: 'same-address',
  message: `${other.interface.name} of ${other.device.device} has ${address} too and relays: another network of that number, or a shared gateway, cannot be told`,
  device: own.device.device,
  line: own.addresses.find(a => a.ip === address)?.line ?? own.interface.line,
})
