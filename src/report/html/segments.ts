// The table of segments: who stands on them, and what was judged.
import type { Reason, Result, SegmentMember } from '../../model/result.ts'
import { caveatLabel, caveatsOf } from '../caveats.ts'
import { deviceId, findingId, type Pair } from '../places.ts'
import { DOUBTS, failoverText, listed, roleText, segmentName, VERDICTS } from '../words.ts'
import type { unknownGroups } from './unknowns.ts'

/** A row per segment, with one for each PXE point within it. */
export function segmentRows({ segments, devices }: Result, pairs: readonly Pair[], unknowns: ReturnType<typeof unknownGroups>) {
  const places = new Map(devices.map((d, n) => [d.name, deviceId(n)]))
  const doubts = new Map<Pair, { id: string; label: string }[]>()
  for (const { id, label, pairs: kept } of unknowns)
    for (const pair of kept) doubts.set(pair, [...(doubts.get(pair) ?? []), { id, label }])
  const bySegment = new Map<string, Pair[]>()
  for (const pair of pairs) bySegment.set(pair.segmentId, [...(bySegment.get(pair.segmentId) ?? []), pair])
  return segments.map((segment, n) => {
    const id = `segment-${n + 1}`
    const own = bySegment.get(id) ?? []
    return {
      id,
      name: segmentName(segment),
      site: segment.site,
      vrf: segment.vrf,
      span: Math.max(1, own.length),
      members: segment.members.map(m => ({ device: m.device, interface: m.interface, role: roleText(m) })),
      why: whyRoles(segment.members),
      verdicts: own.map((pair, i) => ({ first: i === 0, ...verdictCells(pair, places), doubts: doubts.get(pair) ?? [] })),
    }
  })
}

/** What is said in full elsewhere, in a card or under a doubt, is only linked here. */
function verdictCells({ pxe, finding }: Pair, places: ReadonlyMap<string, string>) {
  const caveats = caveatsOf(pxe)
  return {
    point: pxe.point,
    verdict: pxe.verdict,
    ...VERDICTS[pxe.verdict],
    copies: pxe.copies === null ? 'not known' : `${pxe.copies}`,
    survives: pxe.verdict === 'none' ? '' : failoverText(pxe.survives_failover),
    finding: finding && findingId(finding),
    waived: (finding?.waived ?? null) !== null,
    caveats: caveatsView(caveats, places),
    reasons: finding
      ? []
      : pxe.reasons.filter(r => !caveats.includes(r) && (pxe.verdict !== 'unknown' || !DOUBTS[r.code])).map(r => r.message),
  }
}

/** Why the routers have the roles they have; what holds for several is said once. */
function whyRoles(members: readonly SegmentMember[]) {
  const devices = new Map<string, string[]>()
  for (const { reason, device } of members) devices.set(reason, [...new Set([...(devices.get(reason) ?? []), device])])
  return [...devices].map(([reason, own]) => ({ reason, devices: listed(own) }))
}

/** By kind. That a capture cannot be proven whole is said in full where the device is listed, and only linked here. */
function caveatsView(caveats: readonly Reason[], places: ReadonlyMap<string, string>) {
  return [...new Set(caveats.map(r => r.code))].map(code => {
    const own = caveats.filter(r => r.code === code)
    const linked = code === 'completeness-not-provable' && own.every(r => r.device !== null && places.has(r.device))
    const messages = linked ? [] : own.map(r => r.message)
    return {
      label: caveatLabel(code),
      devices: linked ? own.map(({ device }) => ({ name: device ?? '', id: places.get(device ?? '') ?? '' })) : [],
      messages: messages.slice(0, 1),
      rest: messages.slice(1),
      more: `${messages.length - 1} more`,
    }
  })
}
