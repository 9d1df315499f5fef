// What a change introduces, fixes and leaves, as a comment on a pull request.
import type { Evidence, Finding } from '../model/result.ts'
import type { FindingChange, UnjudgedFinding, Validation } from '../model/validation.ts'
import { legibleText } from './legible.ts'
import { changeText, placeText, verdictOf } from './validation.ts'
import { count } from './words.ts'

/** A comment of GitHub holds 65,536 characters; rows beyond these are counted. */
const MOST_ROWS = 50
const MOST_FINDINGS = 20
const MOST_LINES = 20
/** Longer lines are cut. */
const LONGEST = 200

/** The validation as GitHub Flavored Markdown, ending with a newline. */
export function validationMarkdown(validation: Validation): string {
  const { findings, verdicts, devices, incomplete, exit_code: code, current, proposed, changes } = validation
  const sign = code === 1 ? ':x:' : incomplete.length === 0 ? ':white_check_mark:' : ':warning:'
  const against =
    changes.length > 0 ? ` with ${changes.map(c => monospaced(c.file)).join(', ')}` : ` against ${monospaced(proposed.from)}`
  const out = [
    `### ${sign} PXE relays: ${heading(validation)}`,
    '',
    `${prose(verdictOf(validation))} (${monospaced(current.from)}${against})`,
    '',
  ]
  if (verdicts.length > 0) {
    out.push('| segment and PXE point | change |', '|---|---|')
    out.push(...verdicts.slice(0, MOST_ROWS).map(v => `| ${prose(placeText(v))} | ${prose(changeText(v))} |`))
    if (verdicts.length > MOST_ROWS) out.push('', `and ${verdicts.length - MOST_ROWS} more.`)
    out.push('')
  }
  out.push(
    ...section(
      'Introduced',
      findings.introduced.filter(f => f.after?.waived === null),
      true,
    ),
  )
  out.push(...section('Gone, and not known to be fixed', findings.unjudged, true))
  out.push(...section('Fixed', findings.fixed, false))
  const gone = devices.filter(d => d.change !== 'changed')
  if (gone.length > 0)
    out.push(
      ...list(
        'Devices that come or go',
        gone.map(d => `${d.name}: ${d.change}${(d.after ?? d.before)?.reason ? `; ${(d.after ?? d.before)?.reason}` : ''}`),
      ),
    )
  if (incomplete.length > 0) out.push(...list('Cannot be judged', incomplete))
  return `${out.join('\n').trimEnd()}\n`
}

function heading({ findings, incomplete }: Validation): string {
  const introduced = findings.introduced.filter(f => f.after?.waived === null).length
  if (introduced > 0) return `the change introduces ${count(introduced, 'finding')}`
  return incomplete.length > 0 ? 'the change could not be judged whole' : 'the change introduces nothing'
}

const list = (title: string, items: readonly string[]): string[] => [
  `**${title}**`,
  '',
  ...items.slice(0, MOST_ROWS).map(item => `- ${prose(item)}`),
  ...(items.length > MOST_ROWS ? [`- and ${items.length - MOST_ROWS} more`] : []),
  '',
]

function section(title: string, changes: readonly (FindingChange | UnjudgedFinding)[], open: boolean): string[] {
  if (changes.length === 0) return []
  const shown = changes.slice(0, MOST_FINDINGS)
  const more = changes.length - shown.length
  return [
    `<details${open ? ' open' : ''}><summary>${title}: ${count(changes.length, 'finding')}</summary>`,
    '',
    ...shown.flatMap(finding),
    ...(more > 0 ? [`and ${more} more.`, ''] : []),
    '</details>',
    '',
  ]
}

function finding(change: FindingChange | UnjudgedFinding): string[] {
  const { severity, rule, message, evidence } = (change.after ?? change.before) as Finding
  const why = 'why' in change ? ` Not judged: ${prose(change.why)}.` : ''
  const lines = evidence.slice(0, MOST_LINES).map(place)
  const more = evidence.length - lines.length
  const fence = '`'.repeat(Math.max(3, ...lines.map(l => longestRun(l) + 1)))
  return [
    `**${severity}** ${monospaced(rule)}: ${prose(message)}.${why}`,
    '',
    ...(lines.length > 0 ? [fence, ...lines, ...(more > 0 ? [`and ${more} more`] : []), fence, ''] : []),
  ]
}

const place = ({ file, line, text }: Evidence): string =>
  legibleText(`${file}:${line}: ${text.trim()}`).replace(/\n/g, ' ').slice(0, LONGEST)
const longestRun = (text: string) => Math.max(0, ...[...text.matchAll(/`+/g)].map(m => m[0].length))

/** Code in a sentence, whatever backticks it holds. */
function monospaced(text: string): string {
  const plain = legibleText(text).replace(/\n/g, ' ')
  const fence = '`'.repeat(longestRun(plain) + 1)
  return plain.includes('`') ? `${fence} ${plain} ${fence}` : `${fence}${plain}${fence}`
}

/** Text of configurations is nobody's markup: no tags, no links, no mentions, no columns. */
const prose = (text: string): string =>
  legibleText(text)
    .replace(/[\\`*_{}[\]<>#|~]/g, '\\$&')
    .replace(/@(?=\w)/g, '@\u200b')
    .replace(/\n/g, ' ')
