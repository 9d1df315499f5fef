// What is in a baseline, and what an audit makes of it.
import { type Baseline, type BaselineEntry, type Comparison, dayOf } from '../model/accepted.ts'
import type { Finding, Result, Severity } from '../model/result.ts'
import { type Identity, isFailure } from './waivers.ts'

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

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
    const { fingerprint, rule, subject, severity } = finding
    const known = entries.get(fingerprint)
    if (!known || RANK[severity] < RANK[known.severity]) entries.set(fingerprint, { fingerprint, rule, subject, severity })
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
  const worst = new Map<string, number>()
  for (const { fingerprint, severity } of baseline.findings)
    worst.set(fingerprint, Math.min(worst.get(fingerprint) ?? RANK.info, RANK[severity]))
  const reason = reasonOf(baseline)
  return finding => {
    const rank = worst.get(finding.fingerprint)
    return rank !== undefined && RANK[finding.severity] >= rank && !isFailure(finding) ? reason : null
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
