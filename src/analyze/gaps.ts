// What the audit did not see of a site, and which of its segments that leaves open.
import type { Gap, Network, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'

/** What gaps mean for one segment. */
export interface GapReasons {
  /** Why the segment cannot be judged. */
  readonly doubts: readonly Reason[]
  /** What would be a doubt if the user did not vouch for pairs. */
  readonly assumed: readonly Reason[]
}

/** So many are named; the rest is counted. */
const NAMED = 3
const CODES: Readonly<Record<Gap['kind'], Reason['code']>> = {
  'not-collected': 'device-not-collected',
  'truncated': 'truncated',
  'unplaced': 'no-address',
}

/**
 * A router that was not read, or not whole, or whose interface cannot be placed, may stand on any segment of its site, on
 * those that show two routers as well: nothing says that there is no third. The narrowest scope that is sound is the
 * site, or the segments of one VLAN where the VLAN is known on both sides.
 */
export function gapFinder({ gaps, assume }: Network): (segment: Segment) => GapReasons {
  const bySite = new Map<string, Gap[]>()
  for (const gap of gaps) {
    const there = bySite.get(gap.site)
    if (there) there.push(gap)
    else bySite.set(gap.site, [gap])
  }
  return segment => {
    const there = bySite.get(segment.site)
    if (!there) return NOTHING
    const routers = new Set(segment.attachments.map(a => a.device.device))
    const vlans = vlansOf(segment)
    const own = there.filter(gap => gap.kind === 'truncated' && routers.has(gap.device))
    const others = there.filter(gap => !routers.has(gap.device) && mayStand(gap, vlans)).map(elsewhere)
    if (assume.pairs && routers.size >= 2) return { doubts: named(own), assumed: named(others).map(assumedAway) }
    return { doubts: [...named(own), ...named(others)], assumed: [] }
  }
}

const NOTHING: GapReasons = { doubts: [], assumed: [] }

const assumedAway = (reason: Reason): Reason => ({
  ...reason,
  code: 'assumed-pair',
  message: `two routers are taken for all there are; ${reason.message}`,
})

/** What is missing of a router that does not show on the segment. */
const elsewhere = (gap: Gap): Gap => (gap.kind === 'truncated' ? { ...gap, reason: `${gap.reason}; it may stand here too` } : gap)

/** The VLANs of a segment; undefined where an interface does not say, so that it may be any. */
function vlansOf(segment: Segment): ReadonlySet<number> | undefined {
  const vlans = new Set<number>()
  for (const { interface: i } of segment.attachments) {
    if (i.vlan === null) return undefined
    vlans.add(i.vlan)
  }
  return vlans
}

const mayStand = (gap: Gap, vlans: ReadonlySet<number> | undefined) =>
  gap.vlan === null || vlans === undefined || vlans.has(gap.vlan)

/** The first few as they are, and how many devices more there are. */
function named(gaps: readonly Gap[]): Reason[] {
  const shown = gaps.slice(0, NAMED)
  const more = new Set(gaps.slice(NAMED).map(g => g.device)).size
  const reasons = shown.map((gap): Reason => ({ code: CODES[gap.kind], message: gap.reason, device: gap.device, line: null }))
  const [first] = shown
  if (first && more > 0)
    reasons.push({
      code: CODES[first.kind],
      message: `and ${more} more devices of the site were not read, or not whole`,
      device: null,
      line: null,
    })
  return reasons
}
