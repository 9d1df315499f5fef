// Findings without a card of their own, by rule; a long list of what is only for information is folded away.
import type { Finding } from '../../model/result.ts'
import { DUPLICATE_RULE, findingId } from '../places.ts'
import { count, SEVERITIES } from '../words.ts'
import { shown } from './duplicates.ts'

/** More findings for information of one rule than this hide what matters. */
const MOST_INFO = 10

/** Findings by rule and severity. `part` tells the same rule in two parts of the page apart. */
export function byRule(findings: readonly Finding[], part: string) {
  const groups = new Map<string, Finding[]>()
  for (const finding of findings.filter(f => f.rule !== DUPLICATE_RULE)) {
    const key = `${part}-${finding.severity}-${finding.rule}`
    const group = groups.get(key)
    if (group) group.push(finding)
    else groups.set(key, [finding])
  }
  return [...groups].map(([id, own]) => ({
    id,
    rule: own[0]?.rule ?? '',
    number: own.length,
    fold: own[0]?.severity === 'info' && own.length > MOST_INFO ? count(own.length, 'finding') : '',
    findings: own.map(view),
  }))
}

const view = (f: Finding) => ({
  id: findingId(f),
  subject: f.subject,
  message: f.message,
  waived: f.waived,
  severity: SEVERITIES[f.severity].label,
  tone: f.waived === null ? SEVERITIES[f.severity].tone : 'none',
  evidence: f.evidence.map(shown),
})
