// What is in a baseline, and what an audit makes of it.
import { type Baseline, type BaselineEntry, type Comparison, dayOf } from '../model/accepted.ts'
import type { Finding, Result } from '../model/result.ts'
import { isWorse } from '../model/weight.ts'
import { type Identity, isFailure } from './waivers.ts'

/** Why a finding of the baseline is accepted. No waiver reads like this: it ends with its owner in brackets. */
const reasonOf = ({ written_at }: Baseline): string => `in the baseline of ${dayOf(new Date(written_at))}`
const BY_BASELINE = /^in the baseline of \d{4}-\d{2}-\d{2}$/

/** A finding that no waiver accepts. One that an earlier baseline accepted counts as standing: this one decides. */
const stands = ({ waived }: Finding): boolean => waived === null || BY_BASELINE.test(waived)

/** Everything that stands, sorted, so that the same findings make the same file. A rule that failed is never accepted. */
export function baselineOf({ findings, tool }: Pick<Result, 'findings' | 'tool'>, now: Date): Baseline {
  const entries = new Map<string, BaselineEntry>()
  for (const finding of findings) {
    if (!stands(finding) || isFailure(finding)) continue
    const { fingerprint, rule, subject, severity, copies } = finding
    const known = entries.get(fingerprint)
    if (known && !isWorse(finding, known)) continue
    entries.set(fingerprint, { fingerprint, rule, subject, severity, ...(copies === undefined ? {} : { copies }) })
  }
  return { schema_version: 1, tool, written_at: now.toISOString(), findings: [...entries.values()].sort(byPlace) }
}

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
const byPlace = (a: BaselineEntry, b: BaselineEntry): number =>
  order(a.rule, b.rule) || order(a.subject, b.subject) || order(a.fingerprint, b.fingerprint)

/** The file. */
export const baselineText = (baseline: Baseline): string => `${JSON.stringify(baseline, null, 2)}\n`

/** Says of each finding why the baseline accepts it, or null. One that has become worse than its entry is not accepted. */
export function acceptedBy(baseline: Baseline): (finding: Identity) => string | null {
  const worst = new Map<string, BaselineEntry>()
  for (const entry of baseline.findings) {
    const known = worst.get(entry.fingerprint)
    if (!known || isWorse(entry, known)) worst.set(entry.fingerprint, entry)
  }
  const reason = reasonOf(baseline)
  return finding => {
    const known = worst.get(finding.fingerprint)
    return known && !isWorse(finding, known) && !isFailure(finding) ? reason : null
  }
}

/** What is new since the baseline, and which entries have lost their finding. */
export function compare({ findings }: Pick<Result, 'findings'>, baseline: Baseline): Comparison {
  const accepted = acceptedBy(baseline)
  const seen = new Set(findings.map(f => f.fingerprint))
  return {
    fresh: findings.filter(f => stands(f) && accepted(f) === null).map(f => ({ ...f, waived: null })),
    stale: baseline.findings.filter(e => !seen.has(e.fingerprint)),
  }
}

/** The baseline without its stale entries; nothing is added, and it stays the baseline of its day. */
export function prune(baseline: Baseline, { stale }: Comparison): Baseline {
  const gone = new Set(stale)
  return { ...baseline, findings: baseline.findings.filter(e => !gone.has(e)).sort(byPlace) }
}
