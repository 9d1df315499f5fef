// Boot servers of other sites that a segment's relays lead to all the same.
import type { PxePoint } from '../model/inventory.ts'
import { broadcastOf } from '../model/ip.ts'
import type { Network, Segment } from '../model/network.ts'
import { plain, type Reaching } from './reach.ts'

/**
 * Finds the points that do not serve a segment's site and that one of its live relays leads, or may lead, to.
 * Where a point of the site itself answers on the same target (sites may use the same numbers), that one is meant.
 */
export function foreignPoints(
  { points, hosts }: Network,
  reach: Reaching,
): (segment: Segment, own: readonly PxePoint[]) => readonly PxePoint[] {
  const byTarget = targetsOf(points.filter(p => p.sites !== null))
  if (byTarget.size === 0) return () => NONE
  for (const [name, ips] of hosts)
    for (const ip of ips) for (const point of byTarget.get(ip) ?? []) note(byTarget, plain(name), point)
  return ({ site, attachments }, own) => {
    let found: Set<PxePoint> | undefined
    for (const { interface: i } of attachments)
      for (const relay of i.relays) {
        if (!relay.live) continue
        for (const point of byTarget.get(relay.target) ?? byTarget.get(plain(relay.target)) ?? NONE) {
          if (own.includes(point)) continue
          const { reaches } = reach(relay, i, point)
          if (reaches !== true && reaches !== 'maybe') continue
          if (point.sites?.includes(site) || own.some(p => reach(relay, i, p).reaches === true)) continue
          found ??= new Set()
          found.add(point)
        }
      }
    return found ? [...found] : NONE
  }
}

const NONE: readonly PxePoint[] = []

/** The points by everything that a relay may name them by. */
function targetsOf(points: readonly PxePoint[]): Map<string, PxePoint[]> {
  const byTarget = new Map<string, PxePoint[]>()
  for (const point of points) {
    for (const ip of point.addresses) note(byTarget, ip, point)
    for (const name of point.hostnames) note(byTarget, plain(name), point)
    // Some hosts hear the number of their subnet as well as its broadcast address.
    for (const subnet of point.networks)
      for (const target of [broadcastOf(subnet) ?? subnet, subnet.slice(0, subnet.indexOf('/'))]) note(byTarget, target, point)
  }
  return byTarget
}

function note(byTarget: Map<string, PxePoint[]>, target: string, point: PxePoint): void {
  const there = byTarget.get(target)
  if (!there) byTarget.set(target, [point])
  else if (!there.includes(point)) there.push(point)
}
