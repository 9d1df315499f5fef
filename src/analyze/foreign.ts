// Boot servers of other sites that a segment's relays lead to all the same.
import type { PxePoint } from '../model/inventory.ts'
import type { Network, Segment } from '../model/network.ts'
import type { Reaching } from './reach.ts'

/**
 * Finds the points that do not serve a segment's site and that one of its live relays leads to. Where a point of the site
 * itself answers on the same target (sites may use the same numbers), that one is meant.
 */
export function foreignPoints(
  { points }: Network,
  reach: Reaching,
): (segment: Segment, own: readonly PxePoint[]) => readonly PxePoint[] {
  const limited = points.filter(p => p.sites !== null)
  if (limited.length === 0) return () => NONE
  const byTarget = new Map<string, readonly PxePoint[]>()
  return ({ site, attachments }, own) => {
    const found = new Set<PxePoint>()
    for (const { interface: i } of attachments)
      for (const relay of i.relays) {
        if (!relay.live) continue
        let candidates = byTarget.get(relay.target)
        if (!candidates) byTarget.set(relay.target, (candidates = limited.filter(p => reach(relay, i, p).reaches !== false)))
        if (candidates.length === 0 || own.some(p => reach(relay, i, p).reaches === true)) continue
        for (const point of candidates)
          if (!point.sites?.includes(site) && reach(relay, i, point).reaches === true) found.add(point)
      }
    return found.size > 0 ? [...found] : NONE
  }
}

const NONE: readonly PxePoint[] = []
