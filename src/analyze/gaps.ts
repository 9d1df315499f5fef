// What the audit did not see of a site, and which of its segments that leaves open.
import { NO_SITE } from '../model/inventory.ts'
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
  'stale': 'stale',
  'unplaced': 'no-address',
}

/**
 * A router that was not read, or not whole, or whose interface cannot be placed, may stand on any segment of its site, on
 * those that show two routers as well: nothing says that there is no third. The narrowest scope that is sound is the
 * site, or the segments of one VLAN where the VLAN is known on both sides. What has no site may stand at any.
 */
export function gapFinder({ gaps, assume }: Network): (segment: Segment) => GapReasons {
  const bySite = new Map<string, Gap[]>()
  for (const gap of gaps) note(bySite, gap.site, gap)
  const loose = (bySite.get(NO_SITE) ?? []).map(gap => ({ ...gap, reason: `${gap.reason}; its site is not known` }))
  const known = new Map<string, SiteGaps>()
  const at = (site: string): SiteGaps => {
    const own = bySite.get(site) ?? []
    const there = known.get(site) ?? siteGaps(site === NO_SITE ? [...own, ...sited(gaps)] : [...own, ...loose])
    known.set(site, there)
    return there
  }
  return segment => {
    if (gaps.length === 0) return NOTHING
    const there = at(segment.site)
    const routers = new Set(segment.attachments.map(a => a.device.device))
    const own = there.partial.size === 0 ? [] : [...routers].flatMap(router => there.partial.get(router) ?? [])
    const others = strangersTo(there, segment).filter(gap => !routers.has(gap.device))
    const named = namedReasons(others)
    const doubts = own.map(reasonOf)
    if (assume.pairs && routers.size >= 2) return { doubts, assumed: named.map(assumedAway) }
    return { doubts: [...doubts, ...named], assumed: [] }
  }
}

/** The gaps of one site, by what narrows them. */
interface SiteGaps {
  /** Of what may stand in any VLAN. */
  readonly anywhere: Gap[]
  readonly inVlan: Map<number, Gap[]>
  /** By device, of those that show in part. */
  readonly partial: Map<string, Gap[]>
}

function siteGaps(gaps: readonly Gap[]): SiteGaps {
  const there = { anywhere: [] as Gap[], inVlan: new Map<number, Gap[]>(), partial: new Map<string, Gap[]>() }
  for (const gap of gaps) {
    if (gap.vlan === null) there.anywhere.push(gap)
    else note(there.inVlan, gap.vlan, gap)
    if (isPartial(gap)) note(there.partial, gap.device, gap)
  }
  return there
}

/** The gaps of sites that have a name, as a segment sees them of which no site is said. */
const sited = (gaps: readonly Gap[]): Gap[] =>
  gaps.flatMap(gap => (gap.site === NO_SITE ? [] : [{ ...gap, reason: `${gap.reason}; the site of this segment is not known` }]))

function note<K>(gaps: Map<K, Gap[]>, key: K, gap: Gap): void {
  const there = gaps.get(key)
  if (there) there.push(gap)
  else gaps.set(key, [gap])
}

/** The gaps that may concern a segment: of its VLANs, or of all where an interface does not say which it stands in. */
function strangersTo({ anywhere, inVlan }: SiteGaps, { attachments }: Segment): readonly Gap[] {
  if (inVlan.size === 0) return anywhere
  const vlans = new Set(attachments.map(a => a.interface.vlan))
  if (vlans.has(null)) return [...anywhere, ...[...inVlan.values()].flat()]
  return [...anywhere, ...[...vlans].flatMap(vlan => (vlan === null ? [] : (inVlan.get(vlan) ?? [])))]
}

/** What such a device shows counts, and what it does not show proves nothing. */
const isPartial = ({ kind }: Gap) => kind === 'truncated' || kind === 'stale'

const NOTHING: GapReasons = { doubts: [], assumed: [] }

const assumedAway = (reason: Reason): Reason => ({
  ...reason,
  code: 'assumed-pair',
  message: `two routers are taken for all there are; ${reason.message}`,
})

const reasonOf = ({ kind, reason, device }: Gap): Reason => ({ code: CODES[kind], message: reason, device, line: null })

/** Of routers that do not show: the first few, and how many more there are. */
function namedReasons(gaps: readonly Gap[]): Reason[] {
  const shown = gaps.slice(0, NAMED)
  const reasons = shown.map(gap => {
    const reason = reasonOf(gap)
    return isPartial(gap) ? { ...reason, message: `${reason.message}; it may stand here too` } : reason
  })
  const more = gaps.length > NAMED ? new Set(gaps.slice(NAMED).map(g => g.device)).size : 0
  const [first] = shown
  if (first && more > 0) {
    const message = `and ${more} more ${more === 1 ? 'device' : 'devices'} of the site were not read, or not whole`
    reasons.push({ code: CODES[first.kind], message, device: null, line: null })
  }
  return reasons
}
