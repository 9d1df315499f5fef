// A change as a table for spreadsheets and scripts: RFC 4180, one row per finding and what became of it.
import type { Evidence } from '../../model/result.ts'
import type { FindingChange, UnjudgedFinding, Validation } from '../../model/validation.ts'
import { csvText } from '../csv/cells.ts'
import { changeConcerns, unjudgedText } from './concerns.ts'
import { changedFirst } from './evidence.ts'

const HEADER = [
  'state',
  'severity',
  'was',
  'rule',
  'subject',
  'message',
  'why',
  'file',
  'line',
  'peers',
  'accepted',
  'fingerprint',
]

/**
 * What is introduced, then what could not be judged (`unjudged`: findings that are gone and not known to be fixed, verdicts, and
 * whatever else leaves the change open), what is fixed, and what stands as it was. Files are named as in the JSON: those of what is
 * fixed or gone are of the network before.
 */
export function changeCsv(validation: Validation): string {
  const { introduced, fixed, unchanged, unjudged } = validation.findings
  const lines = changedFirst(validation)
  const gone = new Set(unjudged.map(u => u.fingerprint))
  const open = changeConcerns(validation).filter(c => c.open && !gone.has(c.fingerprint))
  return csvText([
    HEADER,
    ...introduced.map(f => rowOf('introduced', f, lines(f))),
    ...unjudged.map(f => rowOf('unjudged', f)),
    ...open.map(({ level, rule, subject, message, evidence, fingerprint }) => [
      'unjudged',
      level,
      '',
      rule,
      subject,
      message,
      '',
      ...placeCells(evidence),
      '',
      fingerprint,
    ]),
    ...fixed.map(f => rowOf('fixed', f)),
    ...unchanged.map(f => rowOf('unchanged', f)),
  ])
}

function rowOf(state: string, change: FindingChange | UnjudgedFinding, evidence?: readonly Evidence[]): string[] {
  const { before, after, rule, subject, fingerprint } = change
  const finding = after ?? before
  return [
    state,
    finding?.severity ?? '',
    after ? (before?.severity ?? '') : '',
    rule,
    subject,
    finding?.message ?? '',
    'why' in change ? unjudgedText(change) : '',
    ...placeCells(evidence ?? finding?.evidence ?? []),
    finding?.waived ?? '',
    fingerprint,
  ]
}

/** The file and line of the first, and the places of the others. */
function placeCells([first, ...peers]: readonly Evidence[]): string[] {
  const lineOf = ({ line }: Evidence) => (line > 0 ? `${line}` : '')
  return [first?.file ?? '', first ? lineOf(first) : '', peers.map(e => [e.file, lineOf(e)].filter(Boolean).join(':')).join('; ')]
}
