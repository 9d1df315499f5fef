// What an audit saw beside the routers that it audited, and what a pack, which reads only those again, does not see.
import type { Result, SegmentResult } from '../model/result.ts'

/**
 * Finds why nothing can be proven of a PXE point on a segment: a router that the inventory does not list relays there too, or another
 * capture of one of its routers says other things. Both name a device that did not fail, or is not old, by itself.
 */
export function besideFinder({
  devices,
}: Pick<Result, 'devices'>): (segment: SegmentResult | undefined, point: string) => string | null {
  const listed = new Set(devices.map(d => d.name))
  const stale = new Set(devices.flatMap(d => (d.stale ? [d.name] : [])))
  return (segment, point) => {
    const reasons = segment?.pxe.find(p => p.point === point)?.reasons ?? []
    const found = reasons.find(
      ({ code, device }) =>
        device !== null && ((code === 'device-not-collected' && !listed.has(device)) || (code === 'stale' && !stale.has(device))),
    )
    return found?.message ?? null
  }
}
