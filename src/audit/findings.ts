// Runs the rules and turns their remarks into findings that can be told apart from run to run.
import { createHash } from 'node:crypto'
import type { Audit, Remark, Rule } from '../analyze/rule.ts'
import type { Device } from '../model/device.ts'
import type { Finding, Severity } from '../model/result.ts'

const ORDER: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** The same for the same problem, wherever its lines have moved. */
export const fingerprintOf = (rule: string, subject: string): string =>
  createHash('sha256').update(`${rule}\n${subject}`).digest('hex').slice(0, 16)

/** Worst first; within a severity in the order of the rules. A rule that throws becomes a finding of its own. */
export function findAll(audit: Audit, rules: readonly Rule[], textOf: (device: Device, line: number) => string): Finding[] {
  const findings = rules.flatMap(rule => {
    try {
      return [...rule.check(audit)].map(remark => toFinding(rule, remark, textOf))
    } catch (error) {
      const message = `the rule ${rule.id} failed and says nothing about this audit: ${error instanceof Error ? error.message : error}`
      return [toFinding(rule, { subject: `rule ${rule.id}`, severity: 'error', message, evidence: [] }, textOf)]
    }
  })
  return findings.sort((a, b) => ORDER[a.severity] - ORDER[b.severity])
}

const toFinding = (rule: Rule, remark: Remark, textOf: (device: Device, line: number) => string): Finding => ({
  rule: rule.id,
  severity: remark.severity ?? rule.severity,
  fingerprint: fingerprintOf(rule.id, remark.subject),
  subject: remark.subject,
  message: remark.message,
  waived: null,
  evidence: remark.evidence.map(({ device, line, note }) => ({
    device: device.device,
    file: device.file,
    line,
    text: textOf(device, line),
    note,
  })),
})
