// What is remembered of a result: its findings with what they depend on, and its numbers per site.
import type { Compared, Remembered, SiteCounts } from '../model/history.ts'
import type { Finding, Result, SegmentResult } from '../model/result.ts'

/** The findings of a result as they are remembered. */
export function remember({ findings, segments, devices }: Pick<Result, 'findings' | 'segments' | 'devices'>): Remembered[] {
  const byId = new Map(segments.map(s => [s.id, s]))
  const siteOf = new Map(devices.map(d => [d.name, d.site]))
  return findings.map(finding => {
    const { fingerprint, rule, severity, subject, message, waived, evidence, copies } = finding
    const segment = segmentOf(finding, byId)
    const cited = evidence.map(e => e.device)
    const point = segment ? pointOf(tailOf(subject, segment.id), segment) : null
    return {
      fingerprint,
      rule,
      severity,
      ...(copies === undefined ? {} : { copies }),
      subject,
      message,
      waived,
      site: segment?.site ?? siteOf.get(cited[0] ?? '') ?? '',
      devices: [...new Set([...cited, ...(segment?.members.map(m => m.device) ?? [])])],
      segment: segment ? { id: segment.id, subnets: segment.subnets } : null,
      point,
      points: point === null ? (segment?.pxe.map(p => p.point) ?? []) : [point],
    }
  })
}

/** The subject of a finding about a segment begins with the segment's id, and other things follow after a blank. */
function segmentOf({ subject }: Finding, byId: ReadonlyMap<string, SegmentResult>): SegmentResult | undefined {
  // The longest id first: one may be the beginning of another.
  for (let end = subject.length; end > 0; end = subject.lastIndexOf(' ', end - 1)) {
    const segment = byId.get(subject.slice(0, end))
    if (segment) return segment
  }
  return undefined
}

/** What follows the id of a segment in a subject. */
export const tailOf = (subject: string, segment: string): string => subject.slice(segment.length + 1)

function pointOf(tail: string, { pxe }: SegmentResult): string | null {
  const named = pxe.map(p => p.point).filter(point => tail === point || tail.startsWith(`${point} `))
  return named.sort((a, b) => b.length - a.length)[0] ?? null
}

const NOTHING: SiteCounts = {
  segments: 0,
  duplicate: 0,
  single: 0,
  none: 0,
  unknown: 0,
  devices: 0,
  failed: 0,
  cut: 0,
  stale: 0,
  error: 0,
  warning: 0,
  info: 0,
  accepted: 0,
  not_judged: 0,
}

/** The numbers of a result, per site; `findings` are those that are not resolved, whether judged or not. */
export function countSites(
  { segments, devices }: Pick<Result, 'segments' | 'devices'>,
  findings: readonly Pick<Compared, 'site' | 'severity' | 'waived' | 'not_judged'>[],
): Record<string, SiteCounts> {
  // Without a prototype: a site may be called constructor.
  const sites: Record<string, Record<keyof SiteCounts, number>> = Object.create(null)
  const add = (site: string, what: keyof SiteCounts) => {
    sites[site] ??= { ...NOTHING }
    sites[site][what]++
  }
  for (const { site, pxe } of segments) {
    add(site, 'segments')
    for (const { verdict } of pxe) add(site, verdict)
  }
  for (const { site, state, complete, stale } of devices) {
    add(site, 'devices')
    if (state === 'failed') add(site, 'failed')
    else if (complete === false) add(site, 'cut')
    else if (stale) add(site, 'stale')
  }
  for (const { site, severity, waived, not_judged } of findings) {
    add(site, waived === null ? severity : 'accepted')
    if (waived === null && not_judged !== null) add(site, 'not_judged')
  }
  return sites
}
