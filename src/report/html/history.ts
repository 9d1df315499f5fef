// The section on the runs before.
import type { Compared } from '../../model/history.ts'
import type { Result } from '../../model/result.ts'
import { ageText, momentText } from '../ages.ts'
import { agesText, countsText, sinceText } from '../text/history.ts'

/** What is new, gone, or not judged; null for a result without a history. */
export function historySection({ history, started_at, findings }: Result) {
  if (!history) return null
  const there = new Set(findings.map(f => f.fingerprint))
  const row = (f: Compared) => ({
    link: there.has(f.fingerprint) ? `finding-${f.fingerprint}` : null,
    subject: f.subject,
    rule: f.rule,
    accepted: f.waived !== null,
    said: f.not_judged ?? f.caveat ?? '',
    found: momentText(f.first_seen),
    age: ageText(f.first_seen, started_at),
  })
  const group = (title: string, tone: string, some: readonly Compared[]) => ({
    title,
    tone,
    number: some.length,
    rows: some.map(row),
  })
  return {
    number: history.findings.filter(f => f.status !== 'standing' || f.not_judged !== null).length,
    lead: `${sinceText(history)}: ${countsText(history)}.`,
    ages: agesText(history, started_at),
    groups: [
      group(
        'New',
        'duplicate',
        history.findings.filter(f => f.status === 'new'),
      ),
      group(
        'Standing, not judged this time',
        'unknown',
        history.findings.filter(f => f.not_judged !== null),
      ),
      group(
        'Standing',
        'none',
        history.findings.filter(f => f.status === 'standing' && f.not_judged === null),
      ),
      group(
        'Resolved',
        'single',
        history.findings.filter(f => f.status === 'resolved'),
      ),
    ].filter(g => g.number > 0),
  }
}
