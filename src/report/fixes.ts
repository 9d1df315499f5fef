// The fix that a report shows for a finding.
import type { Remediation, Result } from '../model/result.ts'

/**
 * Fingerprints with the first plan of theirs that is proven as a whole. Part of a plan is no fix: a snippet whose
 * counterpart on the other router is missing may leave both relaying, or neither.
 */
export function provenFixes({ remediations }: Pick<Result, 'remediations'>): ReadonlyMap<string, readonly Remediation[]> {
  const plans = new Map<string, Map<string, Remediation[]>>()
  for (const remediation of remediations) {
    const { fingerprint, strategy } = remediation
    const own = plans.get(fingerprint) ?? new Map<string, Remediation[]>()
    plans.set(fingerprint, own)
    const plan = own.get(strategy)
    if (plan) plan.push(remediation)
    else own.set(strategy, [remediation])
  }
  const proven = new Map<string, readonly Remediation[]>()
  for (const [fingerprint, own] of plans) {
    const first = [...own.values()].find(plan => plan.every(r => r.proven))
    if (first) proven.set(fingerprint, first)
  }
  return proven
}
