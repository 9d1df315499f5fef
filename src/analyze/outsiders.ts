// Virtual addresses that stand outside of their router's own subnets: the clients' subnet is another one than the routers'.
import { inSubnet, subnetOf } from '../model/ip.ts'
import type { Segment } from '../model/network.ts'
import { tellingAddresses } from './keys.ts'

/** Another segment that may be the same network, and the virtual address that says so. */
export interface Tie {
  readonly other: Segment
  readonly ip: string
}

/**
 * Of `segments` those that a virtual address outside of their subnets ties to another one: to that in whose subnet it lies, or that
 * has it outside as well. EOS takes a VARP address with a mask, NX-OS an HSRP one (subnet VIP): the routers then have addresses in a
 * subnet of their own, which may be another one for each pair of them. `mayBeOne` says what two segments are never one network.
 */
export function tiesOf(segments: readonly Segment[], mayBeOne: (a: Segment, b: Segment) => boolean): ReadonlyMap<Segment, Tie> {
  const found = new Map<Segment, Tie>()
  const outside = segments.flatMap(segment => outsideOf(segment).map(ip => ({ segment, ip })))
  if (outside.length === 0) return found
  const places = new Map<string, Segment[]>()
  const lengths = new Set<number>()
  const note = (segment: Segment, place: string) => {
    const key = `${segment.site}\n${place}`
    const there = places.get(key)
    if (there) there.push(segment)
    else places.set(key, [segment])
  }
  for (const segment of segments)
    for (const subnet of segment.subnets) {
      lengths.add(Number(subnet.slice(subnet.indexOf('/') + 1)))
      note(segment, subnet)
    }
  for (const { segment, ip } of outside) note(segment, ip)
  for (const { segment, ip } of outside) {
    const around = Array.from(lengths).flatMap(n => (n > 32 && !ip.includes(':') ? [] : [subnetOf(ip, n)]))
    for (const place of [ip, ...around])
      for (const other of places.get(`${segment.site}\n${place}`) ?? []) {
        if ((found.has(segment) && found.has(other)) || !mayBeOne(segment, other)) continue
        if (!found.has(segment)) found.set(segment, { other, ip })
        if (!found.has(other)) found.set(other, { other: segment, ip })
      }
  }
  return found
}

const known = new WeakMap<Segment, readonly string[]>()

/** The virtual addresses of a segment that stand outside of its subnets. */
function outsideOf(segment: Segment): readonly string[] {
  const before = known.get(segment)
  if (before) return before
  const ips = new Set<string>()
  for (const { members } of segment.groups)
    for (const { group, attachment } of members) {
      if (!group.enabled || !attachment.interface.enabled) continue
      for (const ip of tellingAddresses(group)) if (!segment.subnets.some(subnet => inSubnet(ip, subnet))) ips.add(ip)
    }
  const found = [...ips]
  known.set(segment, found)
  return found
}
