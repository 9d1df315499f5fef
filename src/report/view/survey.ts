// A result with its parts joined: what every section of the page looks things up in.
import type { Finding, Remediation, Result, ServerWorkaround } from '../../model/result.ts'
import { DUPLICATE_RULE, deviceId, type Pair, pairsOf } from '../places.ts'

/** What the page says of a rule. */
export interface RuleText {
  readonly id: string
  readonly title: string
  /** Why it matters, in Markdown. */
  readonly rationale: string
}

export interface Survey {
  readonly result: Result
  readonly rules: ReadonlyMap<string, RuleText>
  /** True in a browser that runs the page's script: what only that can do is shown. */
  readonly live: boolean
  readonly pairs: readonly Pair[]
  readonly pairOf: ReadonlyMap<Finding, Pair>
  /** Steps of all ways, by fingerprint of the finding. */
  readonly fixes: ReadonlyMap<string, readonly Remediation[]>
  readonly addresses: ReadonlyMap<string, readonly string[]>
  readonly workarounds: ReadonlyMap<string, ServerWorkaround>
  /** Anchors of devices by name. */
  readonly devices: ReadonlyMap<string, string>
  readonly sites: ReadonlyMap<string, string>
  readonly files: ReadonlyMap<string, string>
  /** Duplicates that stand, worst first as in the result. */
  readonly problems: readonly Finding[]
  /** Duplicates that no finding tells of: the rule was left out, or failed. */
  readonly untold: readonly Pair[]
  /** What stands besides the duplicates. */
  readonly others: readonly Finding[]
  readonly accepted: readonly Finding[]
}

/** Joins the parts of a result. */
export function surveyOf(result: Result, rules: readonly RuleText[], live: boolean): Survey {
  const pairs = pairsOf(result)
  const fixes = new Map<string, Remediation[]>()
  for (const step of result.remediations) {
    const steps = fixes.get(step.fingerprint)
    if (steps) steps.push(step)
    else fixes.set(step.fingerprint, [step])
  }
  const standing = result.findings.filter(f => f.waived === null)
  return {
    result,
    rules: new Map(rules.map(rule => [rule.id, rule])),
    live,
    pairs,
    pairOf: new Map(pairs.flatMap(pair => (pair.finding ? [[pair.finding, pair] as const] : []))),
    fixes,
    addresses: new Map(result.points.map(p => [p.name, p.addresses])),
    workarounds: new Map((result.server_workarounds ?? []).map(w => [w.point, w])),
    devices: new Map(result.devices.map((d, n) => [d.name, deviceId(n)])),
    sites: new Map(result.devices.map(d => [d.name, d.site])),
    files: new Map(result.devices.map(d => [d.name, d.file])),
    problems: standing.filter(f => f.rule === DUPLICATE_RULE),
    untold: pairs.filter(p => p.pxe.verdict === 'duplicate' && !p.finding),
    others: standing.filter(f => f.rule !== DUPLICATE_RULE),
    accepted: result.findings.filter(f => f.waived !== null),
  }
}
