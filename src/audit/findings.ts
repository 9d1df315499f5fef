// Runs the rules and turns their remarks into findings that can be told apart from run to run.
import { hash } from 'node:crypto'
import type { Audit, Remark, Rule } from '../analyze/rule.ts'
import { type About, aboutOf } from '../analyze/waivers.ts'
import type { Device } from '../model/device.ts'
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

/** The same for the same problem, wherever its lines have moved. */
const fingerprintOf = (rule: string, subject: string): string => hash('sha256', `${rule}\n${subject}`).slice(0, 16)

/** Worst first; within a severity in the order of the rules. A rule that throws becomes a finding of its own. */
export function remarksOf(audit: Audit, rules: readonly Rule[]): Remarked[] {
  const remarked = (rule: Rule, remark: Remark): Remarked => {
    return { rule, remark, fingerprint: fingerprintOf(rule.id, remark.subject), severity: remark.severity ?? rule.severity }
  }
  const all = rules.flatMap(rule => {
    try {
      return Array.from(rule.check(audit), remark => remarked(rule, remark))
    } catch (error) {
      const message = `the rule ${rule.id} failed and says nothing about this audit: ${error instanceof Error ? error.message : error}`
      return [remarked(rule, { subject: `rule ${rule.id}`, severity: 'error', message, evidence: [] })]
    }
  })
  return all.sort((a, b) => ORDER[a.severity] - ORDER[b.severity])
}

/** What each remark is about, for those who accept findings. */
export const aboutEach = (all: readonly Remarked[], network: Network): About[] =>
  all.map(({ rule, remark, fingerprint, severity }) =>
    aboutOf(remark, { rule: rule.id, subject: remark.subject, fingerprint, severity }, network),
  )

/** Remarks with the lines they cite, quoted; `waived` says of each why it is accepted. */
export const toFindings = (
  all: readonly Remarked[],
  textOf: (device: Device, line: number) => string,
  waived: readonly (string | null)[] = [],
): Finding[] =>
  all.map(({ rule, remark, fingerprint, severity }, n) => ({
    rule: rule.id,
    severity,
    fingerprint,
    subject: remark.subject,
    message: remark.message,
    waived: waived[n] ?? null,
    evidence: remark.evidence.map(({ device, line, note, from }) => ({
      device: device.device,
      ...(from ? { file: from.file, line } : whereIs(device, line)),
      text: from?.text ?? textOf(device, line),
      note,
      ...(from ? {} : within(device, line, textOf)),
    })),
  }))

/** The line that a line stands under, where there is one. */
function within(device: Device, line: number, textOf: (device: Device, line: number) => string): Pick<Evidence, 'within'> {
  const scope = scopeOf(device, line)
  if (scope === null) return {}
  const top = whereIs(device, scope)
  // A device may be kept in several files.
  return top.file === whereIs(device, line).file ? { within: { line: top.line, text: textOf(device, scope) } } : {}
}
