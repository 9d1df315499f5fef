// A comment on a pull request or merge request.
import type { Result } from '../model/result.ts'
import { countCaveats, starText } from './caveats.ts'
import type { Concern } from './concern.ts'
import { gatheredConcerns } from './concerns.ts'
import { provenFixes } from './fixes.ts'
import type { ReportContext } from './formats.ts'
import { headline } from './headline.ts'
import { detailsText, label } from './markdown/details.ts'
import { inline } from './markdown/escape.ts'
import { placeOf } from './paths.ts'
import { pairsOf } from './places.ts'
import { star } from './text/verdicts.ts'
import { count, listed } from './words.ts'

/** The longest comment that GitHub takes, and, with `--all`, the longest that GitLab does; in characters. */
const GITHUB = 65_536
const GITLAB = 1_000_000
/** Kept free for the sentence that says what was left out. */
const CLOSING = 600
/** Findings for information of one rule beyond this hide what matters. */
const MOST_INFO = 10
const SYMBOL: Readonly<Record<string, string>> = { duplicate: '❌', unknown: '⚠️', single: '✅' }
/** By this a script finds its comment again, to write it anew rather than another one. */
const MARK = '<!-- iphelper-audit -->'

/**
 * The verdict on the whole, a table of everything somebody has to look at, worst first, and under it evidence and fixes to unfold.
 * What does not fit into a comment is left out, and counted.
 */
export function markdown(result: Result, { folder, text }: Pick<ReportContext, 'folder' | 'text'>): string {
  const limit = text.all ? GITLAB : GITHUB
  const all = gatheredConcerns(result)
  const unwaived = all.filter(c => c.accepted === null || text.waived)
  const listedAll = text.all ? unwaived : withoutCrowds(unwaived)
  const fixes = provenFixes(result)
  const out = [headText(result), '\n']
  let room = limit - CLOSING - out.join('').length
  const take = (part: string, atLeast: number): boolean => {
    if (part.length + atLeast > room) return false
    out.push(part)
    room -= part.length
    return true
  }
  let rows = 0
  if (listedAll.length > 0) {
    take('| | rule | what | where |\n|---|---|---|---|\n', 0)
    // The table leaves half of the room to the evidence.
    for (const concern of listedAll) rows += take(rowText(concern, folder), Math.floor(limit / 2)) ? 1 : 0
    take('\n', 0)
  }
  const blocks = listedAll.map(c => detailsText(c, fixes.get(c.fingerprint), folder)).filter(block => block !== '')
  const shown = blocks.filter(block => take(`${block}\n`, 0)).length
  const crowded = unwaived.length - listedAll.length
  const left = {
    findings: listedAll.length - rows,
    blocks: blocks.length - shown,
    accepted: all.length - unwaived.length,
    crowded,
  }
  out.push(closing(left, limit))
  return `${out.join('').trimEnd()}\n`
}

function headText(result: Result): string {
  const { verdict, lede, tone } = headline(result, pairsOf(result))
  const { duplicate, single, none, unknown, segments, devices } = result.summary
  const caveats = countCaveats(result)
  const seen = `${count(devices, 'device')}, ${count(segments, 'segment')}, ${count(result.points.length, 'PXE point')}`
  const given = `${duplicate} duplicate, ${unknown} unknown, ${single} single${star(caveats.marked.single)}, ${none} none${star(caveats.marked.none)}`
  const numbers = `${seen}: ${given}.`.replaceAll('*', '&#42;')
  const meaning = starText(caveats).replaceAll('*', '&#42;')
  return [
    MARK,
    `### ${SYMBOL[tone]} ${verdict}`,
    '',
    ...(lede ? [lede.replaceAll('*', '&#42;'), ''] : []),
    numbers,
    ...(meaning ? ['', meaning] : []),
    '',
  ].join('\n')
}

/** Findings for information beyond the first ones of a rule are not listed. */
function withoutCrowds(concerns: readonly Concern[]): Concern[] {
  const seen = new Map<string, number>()
  return concerns.filter(({ level, rule }) => {
    if (level !== 'info') return true
    const n = (seen.get(rule) ?? 0) + 1
    seen.set(rule, n)
    return n <= MOST_INFO
  })
}

function rowText(concern: Concern, folder: string): string {
  const { rule, message, accepted, evidence } = concern
  const [first] = evidence
  const place = first?.file ? placeOf(first.file, folder) : null
  const at =
    place === null
      ? ''
      : `${place.kind === 'below' ? place.path : (first?.device ?? '')}${first && first.line > 0 ? `:${first.line}` : ''}`
  const said = `${inline(message)}${accepted === null ? '' : ` (accepted: ${inline(accepted)})`}`
  return `| ${label(concern)} | ${inline(rule)} | ${said} | ${inline(at)} |\n`
}

/** How much of each kind is not in the comment. */
interface LeftOut {
  readonly findings: number
  readonly blocks: number
  readonly accepted: number
  /** For information, beyond the first ones of their rule. */
  readonly crowded: number
}

function closing(left: LeftOut, limit: number): string {
  const parts = [
    ...(left.findings > 0 ? [count(left.findings, 'finding')] : []),
    ...(left.blocks > 0 ? [`the evidence of ${count(left.blocks, 'finding')}`] : []),
  ]
  return [
    ...(left.crowded > 0 ? [`${count(left.crowded, 'more finding')} for information; \`--all\` shows them.\n`] : []),
    ...(left.accepted > 0 ? [`${count(left.accepted, 'accepted finding')} not shown.\n`] : []),
    ...(parts.length > 0
      ? [`**Left out here: ${listed(parts)}.** A comment holds ${limit} characters; the HTML report has everything.\n`]
      : []),
  ].join('\n')
}
