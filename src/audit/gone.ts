// Whether a finding that is gone was fixed, or can no longer be judged.
import { NO_SITE } from '../model/inventory.ts'
import type { Network, Segment } from '../model/network.ts'
import type { DeviceResult } from '../model/result.ts'
import type { Remarked } from './findings.ts'
import type { Look } from './look.ts'

/** The network after a change, as far as it was read. */
export interface After {
  readonly look: Look
  readonly results: readonly DeviceResult[]
  /** What its side is called. */
  readonly name: string
  /** Devices that are taken out of service. */
  readonly removed: ReadonlySet<string>
}

/** Says of findings of the network before why they cannot be told to be fixed; null where they are. */
export function goneFrom(before: Network, { look, results, name, removed }: After): (gone: Remarked) => string | null {
  const states = new Map(results.map(r => [r.name, r]))
  const segments = new Map(before.segments.map(s => [s.id, s]))
  const unknown = unknownsOf(look)
  const successors = successorsIn(look.network)
  const unread = (device: string): string | null => {
    const result = states.get(device)
    if (!result) return removed.has(device) ? null : `${device} is not in ${name}`
    if (result.state === 'failed') return `${device} could not be read: ${result.reason}`
    if (result.complete === false || result.stale) return `${device}: ${result.reason}`
    return null
  }
  const first = (reasons: Iterable<string | null>) => [...reasons].find(r => r !== null) ?? null
  return ({ remark }) => {
    const cited = new Set(remark.evidence.map(e => e.device.device))
    const segment = remark.segment ?? segmentNamed(remark.subject, segments)
    const members = segment?.attachments.map(a => a.device.device) ?? []
    const reason = first([...new Set([...cited, ...members])].map(unread))
    if (reason !== null) return reason
    if (!segment) return first([...cited].map(device => misread(device, look.network)))
    const here = successors(segment)
    if (here.length === 0) return siteGap(segment, look.network)
    const points = remark.point ? [remark.point.name] : null
    return first(here.map(s => unknown(s, points)))
  }
}

/** A subject begins with the id of its segment; the longest id that fits is meant. */
function segmentNamed(subject: string, segments: ReadonlyMap<string, Segment>): Segment | undefined {
  for (let end = subject.length; end > 0; end = subject.lastIndexOf(' ', end - 1)) {
    const segment = segments.get(subject.slice(0, end))
    if (segment) return segment
  }
  return undefined
}

/** Says of a segment why its verdict on one of some points, or of all, is not known; null where it is. */
function unknownsOf({ judgements }: Look): (segment: Segment, points: readonly string[] | null) => string | null {
  const found = new Map<Segment, { readonly point: string; readonly why: string }[]>()
  for (const { segment, point, verdict, doubts } of judgements) {
    if (verdict.verdict !== 'unknown') continue
    const there = found.get(segment) ?? []
    found.set(segment, there)
    there.push({ point: point.name, why: doubts[0]?.message ?? 'nothing more is known' })
  }
  return (segment, points) => {
    const one = found.get(segment)?.find(u => points === null || points.includes(u.point))
    return one ? `the verdict on ${segment.id} for ${one.point} is unknown: ${one.why}` : null
  }
}

/** The segments on which what stood on another one stands now. */
function successorsIn({ segments }: Network): (segment: Segment) => Segment[] {
  const byId = new Map(segments.map(s => [s.id, s]))
  const byPlace = new Map<string, Segment>()
  for (const segment of segments)
    for (const { device, interface: i } of segment.attachments) byPlace.set(`${device.device}\n${i.name}`, segment)
  return ({ id, attachments }) => [
    ...new Set(
      [byId.get(id), ...attachments.map(({ device, interface: i }) => byPlace.get(`${device.device}\n${i.name}`))].filter(
        s => s !== undefined,
      ),
    ),
  ]
}

/** What of a site was not seen: a segment that is not there any more may stand there. */
const siteGap = ({ site, id }: Segment, { gaps }: Network): string | null => {
  const gap = gaps.find(g => g.site === site) ?? gaps.find(g => g.site === NO_SITE || site === NO_SITE)
  return gap ? `${id} is gone, and not all of ${site} could be read: ${gap.reason}` : null
}

/** Lines of a device that were not understood: what it is about may stand in them. */
function misread(name: string, { devices }: Network): string | null {
  const device = devices.find(d => d.device.device === name)?.device
  const count = (device?.unrecognized.length ?? 0) + (device?.unresolved.length ?? 0)
  return count > 0 ? `${count === 1 ? 'a line' : `${count} lines`} of ${name} could not be understood` : null
}
