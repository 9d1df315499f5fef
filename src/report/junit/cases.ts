// Findings as test cases.
import type { Finding } from '../../model/result.ts'
import type { ReportContext } from '../formats.ts'
import { classname } from './report.ts'
import { evidenceText } from './words.ts'
import type { TestCase } from './xml.ts'

/** What becomes of a case that could not be judged: neither is a pass. */
export type JunitUnknown = ReportContext['junitUnknown']

/** An error fails, a warning is skipped, information passes with its text. What was accepted passes, and says so. */
export function findingCase(finding: Finding, folder: string): TestCase {
  const { rule, severity, message, waived } = finding
  const text = [message, evidenceText(finding, folder)].filter(Boolean).join('\n')
  if (waived !== null)
    return { ...namesOf(finding), outcome: { kind: 'pass', text: `${severity}, accepted: ${waived}\n${text}` } }
  if (severity === 'info') return { ...namesOf(finding), outcome: { kind: 'pass', text: `info: ${text}` } }
  const kind = severity === 'error' ? 'failure' : 'skipped'
  return { ...namesOf(finding), outcome: { kind, type: rule, message: `${severity}: ${message}`, text } }
}

/**
 * A finding that was there and could not be judged again: one of severity error is an error (or skipped). The others are skipped,
 * as they would not fail either; none of them passes, for JUnit has no other word for what nobody knows.
 */
export function unjudgedCase(
  finding: Pick<Finding, 'rule' | 'severity' | 'subject' | 'message' | 'waived'>,
  why: string,
  unknown: JunitUnknown,
): TestCase {
  const { severity, message, waived } = finding
  const text = `${severity}: ${message}\n${why}`
  if (waived !== null) return { ...namesOf(finding), outcome: { kind: 'pass', text: `accepted: ${waived}\n${text}` } }
  const kind = severity === 'error' ? unknown : 'skipped'
  return { ...namesOf(finding), outcome: { kind, type: 'not-judged', message: `not judged: ${message}`, text } }
}

const namesOf = ({ rule, subject }: Pick<Finding, 'rule' | 'subject'>) => ({
  classname: classname('findings', rule),
  name: subject,
})
