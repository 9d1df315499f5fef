// From the result to what the templates print: all words and links are decided here, all markup there.
import type { DeviceResult, Finding, Result } from '../../model/result.ts'
import { headline } from '../headline.ts'
import { DUPLICATE_RULE, findingId, type Pair, pairsOf } from '../places.ts'
import { DOUBTS, failoverText, roleText, SEVERITIES, segmentName, timeText, VERDICTS } from '../words.ts'
import { duplicateCards, shown } from './duplicates.ts'
import { unknownGroups } from './unknowns.ts'

/** Everything `report.hbs` prints. */
export function reportView(result: Result) {
  const pairs = pairsOf(result)
  const duplicates = duplicateCards(result, pairs)
  const unknowns = unknownGroups(result, pairs)
  const others = otherFindings(result.findings)
  const unknown = pairs.filter(p => p.pxe.verdict === 'unknown').length
  // A duplicate without a finding: the rule was left out, or failed.
  const untold = pairs
    .filter(p => p.pxe.verdict === 'duplicate' && !p.finding)
    .map(p => ({ id: p.segmentId, name: segmentName(p.segment), point: p.pxe.point }))
  const judged = new Set(pairs.map(p => p.segmentId)).size
  return {
    head: headline(result, pairs),
    duplicates: { number: duplicates.length + untold.length, several: duplicates.length > 1, cards: duplicates, untold },
    unknowns: { number: unknown, groups: unknowns },
    others: { number: others.reduce((n, rule) => n + rule.findings.length, 0), rules: others },
    segments: {
      number: result.segments.length,
      unpaired: result.segments.length - judged,
      rows: segmentRows(result, pairs, unknowns),
    },
    devices: { number: result.devices.length, rows: result.devices.map(deviceRow) },
  }
}

function otherFindings(findings: readonly Finding[]) {
  const others = findings.filter(f => f.rule !== DUPLICATE_RULE)
  return [...new Set(others.map(f => f.rule))].map(rule => ({
    rule,
    findings: others
      .filter(f => f.rule === rule)
      .map(f => ({
        id: findingId(f),
        subject: f.subject,
        message: f.message,
        waived: f.waived,
        severity: SEVERITIES[f.severity].label,
        tone: f.waived === null ? SEVERITIES[f.severity].tone : 'none',
        evidence: f.evidence.map(shown),
      })),
  }))
}

function segmentRows({ segments }: Result, pairs: readonly Pair[], unknowns: ReturnType<typeof unknownGroups>) {
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
      members: segment.members.map(m => ({ device: m.device, interface: m.interface, role: roleText(m.role, m.confidence) })),
      verdicts: own.map((pair, i) => ({ first: i === 0, ...verdictCells(pair), doubts: doubts.get(pair) ?? [] })),
    }
  })
}

/** What is said in full elsewhere, in a card or under a doubt, is only linked here. */
function verdictCells({ pxe, finding }: Pair) {
  return {
    point: pxe.point,
    verdict: pxe.verdict,
    ...VERDICTS[pxe.verdict],
    copies: pxe.copies === null ? 'not known' : `${pxe.copies}`,
    survives: pxe.verdict === 'none' ? '' : failoverText(pxe.survives_failover),
    finding: finding && findingId(finding),
    waived: (finding?.waived ?? null) !== null,
    reasons: finding ? [] : pxe.reasons.filter(r => pxe.verdict !== 'unknown' || !DOUBTS[r.code]).map(r => r.message),
    bare: pxe.verdict === 'none' && pxe.reasons.length === 0,
  }
}

const deviceRow = ({ name, platform, site, state, reason, file, sha256, collected_at, complete, stale }: DeviceResult) => {
  const tone = state === 'failed' ? 'duplicate' : complete === true && !stale ? 'single' : 'unknown'
  return {
    name,
    platform: platform ?? 'not known',
    site,
    file,
    tone,
    symbol: state === 'failed' ? '×' : complete === false || stale ? '!' : complete === null ? '?' : '✓',
    state:
      state === 'failed'
        ? 'Not read'
        : [complete === false ? 'Cut short' : 'Collected', complete === null && 'completeness not provable', stale && 'too old']
            .filter(word => word)
            .join('; '),
    reason: reason ?? '',
    sha256: sha256?.slice(0, 12) ?? '',
    collected: collected_at === null ? null : { iso: collected_at, text: timeText(collected_at) },
  }
}
