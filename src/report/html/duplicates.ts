// One card per duplicate: what arrives twice, which lines do it, and what to change.
import type { Evidence, Finding, Remediation, Result, SegmentMember } from '../../model/result.ts'
import { DUPLICATE_RULE, findingId, type Pair } from '../places.ts'
import { count, failoverText, roleText, SEVERITIES, segmentName } from '../words.ts'

/** The cards, in the order of the findings. */
export function duplicateCards(result: Result, pairs: readonly Pair[]) {
  const byFinding = new Map(pairs.filter(p => p.finding).map(p => [p.finding, p]))
  const fixes = new Map<string, Remediation[]>()
  for (const r of result.remediations) fixes.set(r.fingerprint, [...(fixes.get(r.fingerprint) ?? []), r])
  const addresses = new Map(result.points.map(p => [p.name, p.addresses.join(', ')]))
  return result.findings
    .filter(f => f.rule === DUPLICATE_RULE)
    .map(finding => card(finding, byFinding.get(finding) ?? null, fixes.get(finding.fingerprint) ?? [], addresses))
}

function card(finding: Finding, pair: Pair | null, remediations: readonly Remediation[], addresses: ReadonlyMap<string, string>) {
  const { fingerprint, message, waived, severity } = finding
  return {
    id: findingId(finding),
    fingerprint,
    message,
    waived,
    tone: waived === null ? SEVERITIES[severity].tone : 'none',
    severity: SEVERITIES[severity].label,
    title: pair ? segmentName(pair.segment) : finding.subject,
    point: pair && { name: pair.pxe.point, addresses: addresses.get(pair.pxe.point) ?? '' },
    where: pair && { segment: pair.segmentId, site: pair.segment.site, vrf: pair.segment.vrf },
    copies: pair && count(pair.pxe.copies ?? 0, 'copy', 'copies'),
    survives: pair && failoverText(pair.pxe.survives_failover),
    ...routers(finding, pair),
    fixes: strategies(remediations),
  }
}

/** Every router of the segment side by side, with its lines; then what could not be seen. */
function routers({ evidence }: Finding, pair: Pair | null) {
  const members = pair?.segment.members ?? []
  const names = [...new Set([...members.map(m => m.device), ...evidence.map(e => e.device)])]
  const reasons = pair?.pxe.reasons ?? []
  const cited = new Set(evidence.map(e => `${e.line} ${e.device}`))
  return {
    routers: names.map(name => {
      const lines = evidence.filter(e => e.device === name)
      const remarks = reasons.filter(r => r.device === name && !cited.has(`${r.line} ${name}`)).map(r => r.message)
      return {
        name,
        places: members.filter(m => m.device === name).map(place),
        lines: lines.map(shown),
        remarks,
        idle: lines.length + remarks.length === 0,
      }
    }),
    beyond: reasons.filter(r => r.device === null || !names.includes(r.device)).map(r => r.message),
  }
}

const place = (m: SegmentMember) => ({
  interface: m.interface,
  address: m.address ?? 'address not known',
  role: roleText(m, ' confidence'),
  reason: m.reason,
})

/** A line of evidence with the place to look it up. */
export const shown = ({ device, file, line, text, note }: Evidence) => ({ device, at: `${file}:${line}`, text, note })

const STRATEGIES: Readonly<Record<string, string>> = {
  gate: 'Tie the relays to the active router',
  remove: 'Keep one relay and remove the others',
}

/** The fix, by strategy; within one, the devices in the order in which to change them. */
function strategies(remediations: readonly Remediation[]) {
  return [...new Set(remediations.map(r => r.strategy))].map(strategy => {
    const steps = remediations.filter(r => r.strategy === strategy)
    const [first] = steps
    const shared = steps.length > 1 && steps.every(r => r.caution === first?.caution) ? (first?.caution ?? '') : ''
    const withheld = steps.every(r => r.apply === '')
    return {
      title: withheld ? 'No fix is shown' : `Fix: ${STRATEGIES[strategy] ?? strategy}`,
      proven: steps.every(r => r.proven),
      withheld,
      caution: withheld ? [...new Set(steps.map(r => r.caution))].join(' ') : shared,
      steps: withheld ? [] : steps.map((r, n) => step(r, steps.length > 1 ? `${n + 1} of ${steps.length}` : '', shared)),
    }
  })
}

const step = ({ device, apply, rollback, verify, caution }: Remediation, order: string, shared: string) => ({
  device,
  order,
  apply: linesOf(apply),
  rollback: linesOf(rollback),
  verify,
  caution: shared ? '' : caution,
})

/** Line by line, so that a wrapped command does not look like two; each keeps its line feed, for those who copy. */
const linesOf = (snippet: string): string[] => (snippet === '' ? [] : snippet.split(/(?<=\n)/))
