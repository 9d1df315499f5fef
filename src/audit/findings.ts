// Runs the rules and turns their remarks into findings that can be told apart from run to run.
import type { Audit, Remark, Rule } from '../analyze/rule.ts'
import { type About, aboutOf } from '../analyze/waivers.ts'
import type { Device } from '../model/device.ts'
import { fingerprintOf } from '../model/fingerprint.ts'
import type { Network } from '../model/network.ts'
import { whereIs } from '../model/place.ts'
import type { Evidence, Finding, Severity } from '../model/result.ts'
import { scopeOf } from './scope.ts'

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** What a rule said, with what identifies it; the lines it cites are not quoted yet. */
export interface Remarked {
  readonly rule: Rule
  readonly remark: Remark
  readonly fingerprint: string
  readonly severity: Severity
}

/** An audit and what was said of it. */
export interface Remarks extends Audit {
  readonly remarks: readonly Remarked[]
}

/**
 * Worst first; within a severity in the order of the rules. A rule that throws becomes a finding of its own. What was said of the
 * judgements of an `earlier` audit is taken over with them.
 */
export function remarksOf(audit: Audit, rules: readonly Rule[], earlier?: Remarks): Remarked[] {
  const remarked = (rule: Rule, remark: Remark): Remarked => {
    return { rule, remark, fingerprint: fingerprintOf(rule.id, remark.subject), severity: remark.severity ?? rule.severity }
  }
  const common = earlier && commonOf(audit, earlier)
  const all = rules.flatMap(rule => {
    const say = (judgements: Audit['judgements']) =>
      Array.from(rule.check({ ...audit, judgements }), remark => remarked(rule, remark))
    try {
      const said = common?.said(rule)
      return common && said ? [...said, ...say(common.fresh)].sort(common.inOrder) : say(audit.judgements)
    } catch (error) {
      const message = `the rule ${rule.id} failed and says nothing about this audit: ${error instanceof Error ? error.message : error}`
      return [remarked(rule, { subject: `rule ${rule.id}`, severity: 'error', message, evidence: [] })]
    }
  })
  return all.sort((a, b) => ORDER[a.severity] - ORDER[b.severity])
}

/** What an audit has in common with an earlier one. */
interface Common {
  /** The judgements that are new. */
  readonly fresh: Audit['judgements']
  /** What a rule said of the others; undefined where it has to look at all of them. */
  said(rule: Rule): readonly Remarked[] | undefined
  /** Remarks in the order of the judgements that they follow from. */
  inOrder(a: Remarked, b: Remarked): number
}

function commonOf({ judgements }: Audit, earlier: Remarks): Common {
  const place = new Map(judgements.map((judgement, n) => [judgement, n]))
  const was = new Set(earlier.judgements)
  const placeOf = ({ remark: { follows } }: Remarked) => (follows && place.get(follows)) ?? -1
  const said = new Map<Rule, Remarked[]>()
  /** What they said follows from no judgement: they failed. */
  const failed = new Set<Rule>()
  for (const remarked of earlier.remarks) {
    const { rule, remark } = remarked
    if (!rule.local) continue
    if (!remark.follows) failed.add(rule)
    else if (place.has(remark.follows)) {
      const there = said.get(rule)
      if (there) there.push(remarked)
      else said.set(rule, [remarked])
    }
  }
  return {
    fresh: judgements.filter(j => !was.has(j)),
    said: rule => (rule.local && !failed.has(rule) ? (said.get(rule) ?? []) : undefined),
    inOrder: (a, b) => placeOf(a) - placeOf(b),
  }
}

/** What each remark is about, for those who accept findings. */
export const aboutEach = (all: readonly Remarked[], network: Network): About[] =>
  all.map(({ rule, remark, fingerprint, severity }) =>
    aboutOf(remark, { rule: rule.id, subject: remark.subject, fingerprint, severity, ...copiesOf(remark) }, network),
  )

/**
 * Remarks with the lines they cite, quoted; `waived` says of each why it is accepted. `as` gives the device with the file to name, where
 * that is not the one it was read from.
 */
export const toFindings = (
  all: readonly Remarked[],
  textOf: (device: Device, line: number) => string,
  waived: readonly (string | null)[] = [],
  as = (device: Device): Device => device,
): Finding[] =>
  all.map(({ rule, remark, fingerprint, severity }, n) => ({
    rule: rule.id,
    severity,
    fingerprint,
    subject: remark.subject,
    message: remark.message,
    waived: waived[n] ?? null,
    ...copiesOf(remark),
    evidence: remark.evidence.map(({ device, line, note, from }) => ({
      device: device.device,
      ...(from ? { file: from.file, line } : whereIs(as(device), line)),
      text: from?.text ?? textOf(device, line),
      note,
      ...(from ? {} : within(as(device), line, textOf)),
    })),
  }))

/** Absent where a remark speaks of none. */
const copiesOf = ({ copies }: Remark): Pick<Finding, 'copies'> => (copies === undefined ? {} : { copies })

/** The line that a line stands under, where there is one. */
function within(device: Device, line: number, textOf: (device: Device, line: number) => string): Pick<Evidence, 'within'> {
  const scope = scopeOf(device, line)
  if (scope === null) return {}
  const top = whereIs(device, scope)
  // A device may be kept in several files.
  return top.file === whereIs(device, line).file ? { within: { line: top.line, text: textOf(device, scope) } } : {}
}
