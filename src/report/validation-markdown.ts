// What a change introduces, fixes and leaves, as a comment on a pull request.
import type { Evidence, Finding } from '../model/result.ts'
import type { FindingChange, UnjudgedFinding, Validation, VerdictChange } from '../model/validation.ts'
import { cutText, oneLine } from './brevity.ts'
import { doubtsOf } from './concerns.ts'
import { fenced, inline } from './markdown/escape.ts'
import { changeText, placeText, roseText, verdictOf, withoutEffect } from './validation.ts'
import { count } from './words.ts'

/** A comment of GitHub holds so many characters. */
const LONGEST_COMMENT = 65_536
/** Longer lines are cut. */
const LONGEST_LINE = 200
/** Sentences may name a file and a remedy, or all routers of a segment. */
const LONGEST_SENTENCE = 600

/** How many there are of each kind before the others are counted. */
interface Most {
  readonly rows: number
  readonly findings: number
  readonly lines: number
}
/** The first with which the comment is short enough; with the last one it always is. */
const MOST: readonly Most[] = [
  { rows: 50, findings: 20, lines: 20 },
  { rows: 50, findings: 20, lines: 4 },
  { rows: 20, findings: 10, lines: 2 },
  { rows: 8, findings: 4, lines: 1 },
  { rows: 1, findings: 1, lines: 0 },
]

/** The validation as GitHub Flavored Markdown, ending with a newline. */
export function validationMarkdown(validation: Validation): string {
  let comment = ''
  for (const most of MOST) {
    comment = render(validation, most)
    if (comment.length <= LONGEST_COMMENT) break
  }
  return comment
}

function render(validation: Validation, most: Most): string {
  const { findings, verdicts, devices, incomplete, exit_code: code, current, proposed, changes } = validation
  const sign = code === 1 ? ':x:' : incomplete.length === 0 ? ':white_check_mark:' : ':warning:'
  const files = [...new Set(changes.map(c => c.file))]
  const against = files.length > 0 ? `with ${files.join(', ')}` : `against ${proposed.from}`
  const out = [
    `### ${sign} PXE relays: ${heading(validation)}`,
    '',
    `${sentence(verdictOf(validation))} (${inline(current.from)} ${inline(against)})`,
    '',
  ]
  for (const idle of withoutEffect(validation)) out.push(sentence(idle), '')
  if (verdicts.length > 0) {
    out.push('| segment and PXE point | change |', '|---|---|')
    out.push(...verdicts.slice(0, most.rows).map(v => `| ${inline(placeText(v))} | ${changeCell(v)} |`))
    if (verdicts.length > most.rows) out.push('', `and ${verdicts.length - most.rows} more.`)
    out.push('')
  }
  const standing = findings.introduced.filter(f => f.after?.waived === null)
  out.push(...section('Introduced', standing, true, most))
  out.push(...section('Gone, and not known to be fixed', findings.unjudged, true, most))
  out.push(...section('Fixed', findings.fixed, false, most))
  const others = devices.filter(d => d.change !== 'changed')
  const said = others.map(({ name, change, before, after }) => {
    const { reason } = after ?? before ?? { reason: null }
    return `${name}: ${change}${reason ? `; ${reason}` : ''}`
  })
  if (said.length > 0) out.push(...list('Devices that come or go', said, most))
  if (incomplete.length > 0) out.push(...list('Cannot be judged', incomplete, most))
  return `${out.join('\n').trimEnd()}\n`
}

/** What became of a verdict; where it is not known any more, why. */
const changeCell = (change: VerdictChange): string =>
  change.after?.verdict === 'unknown'
    ? `${inline(changeText(change))}: ${sentence(doubtsOf(change.after))}`
    : inline(changeText(change))

function heading({ findings, incomplete }: Validation): string {
  const introduced = findings.introduced.filter(f => f.after?.waived === null).length
  if (introduced > 0) return `the change introduces ${count(introduced, 'finding')}`
  return incomplete.length > 0 ? 'the change could not be judged whole' : 'the change introduces nothing'
}

/** Text of configurations is nobody's markup. */
const sentence = (text: string): string => inline(text, LONGEST_SENTENCE)

const list = (title: string, items: readonly string[], { rows }: Most): string[] => [
  `**${title}**`,
  '',
  ...items.slice(0, rows).map(item => `- ${sentence(item)}`),
  ...(items.length > rows ? [`- and ${items.length - rows} more`] : []),
  '',
]

function section(title: string, changes: readonly (FindingChange | UnjudgedFinding)[], open: boolean, most: Most): string[] {
  if (changes.length === 0) return []
  const shown = changes.slice(0, most.findings)
  const more = changes.length - shown.length
  return [
    `<details${open ? ' open' : ''}><summary>${title}: ${count(changes.length, 'finding')}</summary>`,
    '',
    ...shown.flatMap(change => findingLines(change, most)),
    ...(more > 0 ? [`and ${more} more.`, ''] : []),
    '</details>',
    '',
  ]
}

function findingLines(change: FindingChange | UnjudgedFinding, most: Most): string[] {
  const { before, after } = change
  const { severity, rule, message, evidence } = (after ?? before) as Finding
  const rose = roseText(change)
  const why = 'why' in change ? ` Not judged: ${sentence(change.why)}.` : ''
  const lines = evidence.slice(0, most.lines).map(place)
  const more = evidence.length - lines.length
  const block = [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
  return [
    `**${severity}**${rose} ${inline(rule)}: ${sentence(message)}.${why}`,
    '',
    ...(lines.length > 0 ? [fenced(block), ''] : []),
  ]
}

const place = ({ file, line, text }: Evidence): string => cutText(oneLine(`${file}:${line}: ${text}`), LONGEST_LINE)
