// The fix that a report shows for a finding.
import type { Remediation, Result } from '../model/result.ts'
import { type Way, waysOf } from './ways.ts'

/** The way to show, and how many others are proven as well. */
export interface Fix extends Way {
  readonly others: number
}

/** Fingerprints with their first way that is proven on all of its routers; findings without one are not there. */
export function provenFixes({ remediations }: Pick<Result, 'remediations'>): ReadonlyMap<string, Fix> {
  const byFinding = new Map<string, Remediation[]>()
  for (const remediation of remediations) {
    const own = byFinding.get(remediation.fingerprint)
    if (own) own.push(remediation)
    else byFinding.set(remediation.fingerprint, [remediation])
  }
  const fixes = new Map<string, Fix>()
  for (const [fingerprint, own] of byFinding) {
    const ways = waysOf(own).filter(way => way.proven && way.withheld === null)
    const [first] = ways
    if (first) fixes.set(fingerprint, { ...first, others: ways.length - 1 })
  }
  return fixes
}

/** That there are other ways; empty where there is none. Where a person must choose, the caution says so. */
export const othersText = ({ others }: Fix): string =>
  others === 0 ? '' : others === 1 ? 'One other way is proven as well.' : `${others} other ways are proven as well.`
