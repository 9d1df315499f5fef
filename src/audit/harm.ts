// What a fix does, by what is judged before and after it.
import type { Judgement } from '../model/judgement.ts'
import type { Finding, ReasonCode, Severity } from '../model/result.ts'
import type { Candidate } from '../remediate/candidate.ts'

const FAMILIES = [4, 6] as const
/** What may come of routers that were read is no doubt about those that were not: a fix leaves it there. */
const STILL: Readonly<Partial<Record<ReasonCode, string>>> = {
  'dropped-requests': 'requests may be lost',
  'forwarding-unclear': 'a second copy may still arrive',
  'gate-unclear': 'a second copy may still arrive',
  'fabric-unclear': 'a second copy may still arrive',
}
const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 }

/** What is judged of the routers that a fix can touch. */
export interface Look {
  readonly judgements: readonly Judgement[]
  /** By fingerprint. */
  readonly findings: ReadonlyMap<string, Pick<Finding, 'severity' | 'subject'>>
}

/** Why a fix is none, with what is judged before and after it; null where it takes its duplicates away and does nothing else. */
export function harm(before: Look, after: Look, candidates: readonly Candidate[], unlisted: ReadonlySet<string>): string | null {
  const targets = candidates.map(c => c.duplicate)
  if (targets.some(t => after.findings.has(t.fingerprint))) return 'the duplicate would remain'
  const key = (j: Judgement) => `${j.segment.id} ${j.point.name}`
  const wide = candidates.some(c => c.plan.wide)
  const fixed = new Set(targets.map(t => key(t.judgement)))
  const was = new Map(before.judgements.map(j => [key(j), j]))
  for (const now of after.judgements) {
    const then = was.get(key(now))
    was.delete(key(now))
    const { verdict, copies } = now.verdict
    // One setting for a whole pair takes its other duplicates along; so does a relay that leads to two points of one segment.
    const along = wide || targets.some(t => t.judgement.segment.id === now.segment.id)
    if (along && then?.verdict.verdict === 'duplicate' && now.copies.count === 1) fixed.add(key(now))
    if (fixed.has(key(now))) {
      if (now.copies.count !== 1) return `${now.copies.count} copies of each request would arrive`
      const lost = FAMILIES.find(f => now.copies.byFamily[f] === 0 && (then?.copies.byFamily[f] ?? 0) > 0)
      if (lost !== undefined) return `no copy of an IPv${lost} request would arrive any more`
      for (const { code, message } of now.copies.unclear) if (STILL[code]) return `${STILL[code]}: ${message}`
      const beside = now.doubts.find(r => r.device !== null && unlisted.has(r.device))
      if (beside) return `a second copy may still arrive: ${beside.message}`
      // Two copies are two whatever is not known of the segment; with one, what was not known before counts again.
      if (verdict !== 'single' && then?.doubts.length === 0) return `the verdict on ${key(now)} would become ${verdict}`
    } else if (
      then?.verdict.verdict !== verdict ||
      then.verdict.copies !== copies ||
      FAMILIES.some(f => then.copies.byFamily[f] !== now.copies.byFamily[f])
    ) {
      // What is unknown stays unknown whatever is taken off: the relays that are seen have to be as many as before.
      return `the verdict on ${key(now)} would change`
    }
  }
  if (was.size > 0) return 'a segment would disappear'
  // For information, and on the segment in question alone: taking relays off all routers but one leaves that one without
  // failover, which is the price of that remedy and stands in its caution. All else that would appear refuses the fix.
  for (const [fingerprint, { severity, subject }] of after.findings) {
    const then = before.findings.get(fingerprint)
    if (severity === 'info' && (then || fixed.has(subject))) continue
    if (!then || RANK[severity] > RANK[then.severity]) return 'another finding would appear'
  }
  return null
}
