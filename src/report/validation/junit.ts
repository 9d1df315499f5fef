// A change as JUnit XML: what it does to verdicts and findings, one case each.
import type { Finding } from '../../model/result.ts'
import type { Validation, VerdictChange, VerdictSide } from '../../model/validation.ts'
import { caveatsOf } from '../caveats.ts'
import { doubtsOf } from '../concerns.ts'
import type { ReportContext } from '../formats.ts'
import { findingCase, type JunitUnknown, unjudgedCase } from '../junit/cases.ts'
import { classname, junitXml } from '../junit/report.ts'
import { evidenceText } from '../junit/words.ts'
import type { Outcome, TestCase } from '../junit/xml.ts'
import { DUPLICATE_RULE } from '../places.ts'
import { changeText, verdictOf, withoutEffect } from '../validation.ts'
import { failoverText, VERDICTS } from '../words.ts'
import { unjudgedText } from './concerns.ts'
import { standing, subjectOf } from './evidence.ts'

type Context = Pick<ReportContext, 'folder' | 'junitUnknown'>

/**
 * A case for the change as a whole: an error (or skipped) where it could not be judged whole, so that no report is empty or all
 * passes then. One for each segment and PXE point whose verdict changed: a duplicate that comes fails, `unknown` is an error (or
 * skipped), a duplicate that was one before and a segment that is gone are skipped, the others pass. Then every other finding that
 * is introduced, and those that are gone and not known to be fixed, as in an audit. What stands as before is no case.
 */
export function changeJunit(validation: Validation, context: Context): string {
  const { verdicts, findings, started_at } = validation
  const stands = standing(validation)
  const introduced = findings.introduced.flatMap(f => stands(f) ?? [])
  const duplicates = new Map(introduced.filter(f => f.rule === DUPLICATE_RULE).map(f => [f.subject, f]))
  const told = new Set(verdicts.filter(v => isKnown(v.after)).map(v => duplicates.get(subjectOf(v))))
  return junitXml(
    [
      ['change', [wholeCase(validation, context.junitUnknown)]],
      ['changed verdicts', verdicts.map(v => verdictCase(v, duplicates.get(subjectOf(v)), context))],
      ['introduced findings', introduced.filter(f => !told.has(f)).map(f => findingCase(f, context.folder))],
      [
        'findings not judged',
        findings.unjudged.flatMap(u => (u.before ? [unjudgedCase(u.before, unjudgedText(u), context.junitUnknown)] : [])),
      ],
    ],
    started_at,
  )
}

const isKnown = (side: VerdictSide | null) => side !== null && side.verdict !== 'unknown'

function wholeCase(validation: Validation, unknown: JunitUnknown): TestCase {
  const { incomplete, exit_code } = validation
  const [first, ...others] = incomplete
  const text = [verdictOf(validation), ...withoutEffect(validation), ...incomplete].join('\n')
  const message = `${first}${others.length > 0 ? `, and ${others.length} more` : ''}`
  const outcome: Outcome =
    first === undefined
      ? { kind: 'pass', text }
      : // The exit code is 0 where all of it is tolerated.
        { kind: exit_code === 0 ? 'skipped' : unknown, type: 'incomplete-change', message, text }
  return { classname: 'change.whole', name: 'the change can be judged', outcome }
}

function verdictCase(change: VerdictChange, finding: Finding | undefined, { folder, junitUnknown }: Context): TestCase {
  const named = { classname: classname('verdicts', 'changed'), name: subjectOf(change) }
  const { before, after } = change
  const became = changeText(change)
  const skipped = (type: string): TestCase => ({ ...named, outcome: { kind: 'skipped', type, message: became, text: became } })
  if (!after) return skipped('gone')
  if (after.verdict === 'unknown') {
    const message = `unknown: ${doubtsOf(after)}`
    return { ...named, outcome: { kind: junitUnknown, type: 'unknown', message, text: `${became}\n${message}` } }
  }
  if (after.verdict === 'duplicate') {
    if (!finding && before?.verdict === 'duplicate') return skipped('duplicate')
    const message = finding?.message ?? became
    const text = [became, message, finding ? evidenceText(finding, folder) : ''].filter(Boolean).join('\n')
    return finding && finding.waived !== null
      ? { ...named, outcome: { kind: 'pass', text: `duplicate, accepted: ${finding.waived}\n${text}` } }
      : { ...named, outcome: { kind: 'failure', type: 'duplicate', message, text } }
  }
  const notes = [
    became,
    `${after.verdict}: ${VERDICTS[after.verdict].meaning}; after the loss of a router: ${failoverText(after.survives_failover)}`,
    ...caveatsOf(after).map(r => `caveat: ${r.message}`),
  ]
  return { ...named, outcome: { kind: 'pass', text: notes.join('\n') } }
}
