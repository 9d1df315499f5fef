// The lists of the page, written out for readers without scripts. What is beyond a number is shorter, or left out and told.
import type { Finding } from '../../model/result.ts'
import { findingId } from '../places.ts'
import { waysOf } from '../ways.ts'
import { count } from '../words.ts'
import { acceptedTable } from './accepted.ts'
import { deviceTable } from './devices.ts'
import { byRule, findingCard, MOST_INFO, ruleHead } from './findings.ts'
import { type Contents, FEW, type Filling } from './page.ts'
import { problemCard, titleOf } from './problem.ts'
import { segmentTable } from './segments.ts'
import type { Survey } from './survey.ts'
import { rowView, type Table, tableView } from './table.ts'
import { type Child, el, foreign, type Tree } from './tree.ts'
import { doubtCard, doubtId } from './unknowns.ts'
import { firstWay, fixState } from './ways.ts'

/** So many are written out in full. */
const MOST = { problems: 50, findings: 300, doubts: 100, rows: 500 }
/** And so many letters of commands, in the lines for the other problems. */
const COMMANDS = 1_000_000

/** All lists of the page. */
export const written = (survey: Survey, { doubts, rows }: Contents): Filling => ({
  problems: problems(survey),
  doubts: [
    doubts.slice(0, MOST.doubts).map((doubt, n) => doubtCard(doubt, doubtId(n), survey.files)),
    missing(doubts.length - MOST.doubts, 'reason'),
  ],
  findings: findings(survey),
  segments: table(segmentTable(survey, doubts), rows),
  waived: table(acceptedTable(survey), survey.accepted),
  devices: table(deviceTable(survey), survey.result.devices),
})

/** Cards for the first, a line for each of the others: with scripts neither is used. */
function problems(survey: Survey): Child {
  const rest = survey.problems.slice(MOST.problems)
  let letters = 0
  const rows = rest.map(f => {
    const steps = survey.fixes.get(f.fingerprint) ?? []
    letters += (waysOf(steps)[0]?.steps ?? []).reduce((sum, step) => sum + step.apply.length, 0)
    return shortRow(f, survey, letters <= COMMANDS)
  })
  return [
    survey.problems.slice(0, MOST.problems).map(f => problemCard(f, survey, { open: survey.problems.length <= FEW, body: true })),
    rest.length > 0 &&
      el(
        'noscript',
        {},
        el(
          'p',
          { class: 'note unknown' },
          `Without scripts, the other ${count(rest.length, 'problem')} are listed in short, each with one way to fix it. `,
          letters > COMMANDS && 'The last of them are listed without the commands, which the JSON of the audit has.',
        ),
        el('table', {}, el('tbody', {}, rows)),
      ),
  ]
}

function shortRow(finding: Finding, survey: Survey, commands: boolean): Tree {
  const steps = survey.fixes.get(finding.fingerprint) ?? []
  return el(
    'tr',
    { id: findingId(finding) },
    el('th', { scope: 'row' }, titleOf(finding, survey.pairOf.get(finding) ?? null)),
    el('td', {}, foreign(finding.message)),
    el('td', {}, fixState(steps).label, commands && [': ', firstWay(steps)]),
  )
}

function findings(survey: Survey): Child {
  const shown = survey.others.slice(0, MOST.findings)
  return [
    byRule(shown).map(([rule, own], n) => {
      const all = own.map(f => findingCard(f, survey))
      const fold = own[0]?.severity === 'info' && own.length > MOST_INFO
      return [
        ruleHead(rule, `rule-${n + 1}`, own.length, survey),
        fold ? el('details', { class: 'fold' }, el('summary', {}, `${count(own.length, 'finding')} for information`), all) : all,
      ]
    }),
    missing(survey.others.length - shown.length, 'finding'),
  ]
}

const table = <Row>(table: Table<Row>, rows: readonly Row[]): Child => [
  tableView(
    table,
    rows.length,
    null,
    false,
    el(
      'tbody',
      {},
      rows.slice(0, MOST.rows).map((row, n) => rowView(table, row, n, false)),
    ),
  ),
  missing(rows.length - MOST.rows, 'row'),
]

/** What a reader without scripts does not see is told. */
const missing = (n: number, noun: string): Child =>
  n > 0 &&
  el(
    'p',
    { class: 'note unknown' },
    `${count(n, `more ${noun}`)} not shown: this page shows them where scripts may run, and the JSON of the audit has them all.`,
  )
