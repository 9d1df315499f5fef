// What each thing on the page can be found by.
import type { DeviceResult, Finding } from '../../model/result.ts'
import { segmentName } from '../words.ts'
import { stateText } from './devices.ts'
import type { Item } from './query.ts'
import type { SegmentRow } from './segments.ts'
import type { Survey } from './survey.ts'

const lower = (texts: readonly string[]): string[] => [...new Set(texts)].map(text => text.toLowerCase())

/** A finding: by where it is and what it says. */
export function findingItem(finding: Finding, survey: Survey): Item {
  const { rule, severity, subject, message, waived, evidence, fingerprint } = finding
  const pair = survey.pairOf.get(finding)
  const devices = [...evidence.map(e => e.device), ...(pair?.segment.members.map(m => m.device) ?? [])]
  const points = pair ? [pair.pxe.point, ...(survey.addresses.get(pair.pxe.point) ?? [])] : []
  return {
    fields: {
      rule: [rule],
      severity: [severity],
      device: lower(devices),
      site: lower(pair ? [pair.segment.site] : devices.flatMap(d => survey.sites.get(d) ?? [])),
      segment: lower(pair ? [segmentName(pair.segment), pair.segment.id] : [subject]),
      ...(pair && { verdict: [pair.pxe.verdict], vrf: lower([pair.segment.vrf]), pxe: lower(points) }),
    },
    text: [
      subject,
      message,
      waived ?? '',
      rule,
      fingerprint,
      ...points,
      ...devices,
      ...evidence.flatMap(e => [e.text, e.note, `${e.file}:${e.line}`]),
    ]
      .join('\n')
      .toLowerCase(),
  }
}

/** A row of the table of segments. */
export function segmentItem({ segment, pair }: SegmentRow, survey: Survey): Item {
  const points = pair ? [pair.pxe.point, ...(survey.addresses.get(pair.pxe.point) ?? [])] : []
  const { members, site, vrf, id } = segment
  return {
    fields: {
      site: [site.toLowerCase()],
      vrf: [vrf.toLowerCase()],
      segment: lower([segmentName(segment), id]),
      device: lower(members.map(m => m.device)),
      pxe: lower(points),
      ...(pair && { verdict: [pair.pxe.verdict] }),
      ...(pair?.finding && { rule: [pair.finding.rule], severity: [pair.finding.severity] }),
    },
    text: [
      id,
      segmentName(segment),
      ...points,
      ...members.map(m => `${m.device} ${m.interface} ${m.address ?? ''}`),
      ...(pair?.pxe.reasons.map(r => r.message) ?? []),
    ]
      .join('\n')
      .toLowerCase(),
  }
}

/** Devices: also by the verdicts of the segments they stand on, and by the rules that cite them. */
export function deviceItems({ result, pairs }: Survey): (device: DeviceResult) => Item {
  const verdicts = new Map<string, Set<string>>()
  const points = new Map<string, Set<string>>()
  const rules = new Map<string, Set<string>>()
  const add = (map: Map<string, Set<string>>, device: string, value: string) => {
    const own = map.get(device)
    if (own) own.add(value)
    else map.set(device, new Set([value]))
  }
  for (const { segment, pxe } of pairs)
    for (const { device } of segment.members) {
      add(verdicts, device, pxe.verdict)
      add(points, device, pxe.point.toLowerCase())
    }
  for (const { rule, evidence } of result.findings) for (const { device } of evidence) add(rules, device, rule)
  const of = (map: Map<string, Set<string>>, device: string) => [...(map.get(device) ?? [])]
  return device => ({
    fields: {
      device: [device.name.toLowerCase()],
      site: [device.site.toLowerCase()],
      platform: lower([device.platform ?? '']),
      state: [stateText(device).toLowerCase()],
      verdict: of(verdicts, device.name),
      pxe: of(points, device.name),
      rule: of(rules, device.name),
    },
    text: [device.name, device.site, device.platform ?? '', stateText(device), device.reason ?? '', device.file]
      .join('\n')
      .toLowerCase(),
  })
}
