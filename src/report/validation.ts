// What a change introduces, fixes and leaves, for a terminal.
import type { Evidence, Finding, Severity } from '../model/result.ts'
import type { FindingChange, UnjudgedFinding, Validation, VerdictChange, VerdictSide } from '../model/validation.ts'
import { isWorse } from '../model/weight.ts'
import { columns, wrap } from './columns.ts'
import { legibleText } from './legible.ts'
import type { Style, TextContext } from './text.ts'
import { count, failoverText, listed, VERDICTS } from './words.ts'

/** Lines beyond this say nothing new on a terminal; JSON has them all. */
const MOST_LINES = 4
/** More verdicts, findings, devices or sentences than this are counted, unless all are wanted. */
const MOST = 20

/** The validation as text, ending with a newline. */
export function validationText(validation: Validation, context: TextContext): string {
  const { findings, devices, incomplete, verdicts } = validation
  const { paint, width, waived } = context
  const shown = (all: readonly FindingChange[]) => all.filter(f => waived || standing(f).waived === null)
  const out = [
    ...verdictLines(verdicts, context),
    ...findingLines('Introduced', shown(findings.introduced), 'red', context),
    ...findingLines('Gone, and not known to be fixed', findings.unjudged, 'yellow', context),
    ...findingLines('Fixed', findings.fixed, 'green', context),
  ]
  const others = devices.filter(d => d.change !== 'changed')
  if (others.length > 0) {
    out.push(paint('bold', 'Devices that come or go'))
    out.push(
      ...sentences(
        others.map(d => `${d.name}: ${d.change}${noted((d.after ?? d.before)?.reason)}`),
        context,
      ),
      '',
    )
  }
  if (incomplete.length > 0) out.push(paint('yellow', 'Cannot be judged'), ...sentences(incomplete, context), '')
  for (const sentence of withoutEffect(validation)) out.push(...wrap(legibleText(sentence), width), '')
  out.push(...summaryLines(validation, context))
  return `${out.join('\n')}\n`
}

/** Snippets that do nothing, in sentences: a line with a slip of the pen is one that nobody's keyword begins. */
export const withoutEffect = ({ changes }: Validation): string[] =>
  changes.filter(c => !c.effect).map(({ device, file }) => `${file} changes nothing on ${device} that relaying depends on.`)

/** The first of some sentences, and how many there are more. */
function sentences(said: readonly string[], { width, all }: TextContext): string[] {
  const shown = all ? said : said.slice(0, MOST)
  const more = said.length > shown.length ? [`and ${said.length - shown.length} more; --all shows them`] : []
  return [...shown, ...more].flatMap(s => wrap(legibleText(s), width, '  '))
}

const noted = (reason: string | null | undefined) => (reason ? `; ${reason}` : '')
const standing = ({ before, after }: FindingChange): Finding => (after ?? before) as Finding

/** What a finding that stands on both sides was before, where that makes it new: ` (was info)`, ` (was 2 copies)`; else nothing. */
export function roseText({ before, after }: FindingChange): string {
  if (!before || !after) return ''
  if (before.severity !== after.severity) return ` (was ${before.severity})`
  if (before.waived !== null && after.waived === null) return ' (was accepted)'
  return before.copies !== undefined && isWorse(after, before)
    ? ` (was ${before.copies} ${before.copies === 1 ? 'copy' : 'copies'})`
    : ''
}

/** `10.0.10.0/24 wds`, without what goes without saying. */
export const placeText = ({ segment, point }: Pick<VerdictChange, 'segment' | 'point'>): string =>
  legibleText(`${segment.replace(/^default /, '').replace(/^default /, '')} ${point}`)

/** `single -> duplicate, 1 -> 2 copies`. */
export function changeText({ before, after }: VerdictChange): string {
  if (!before) return `new: ${said(after)}`
  if (!after) return `gone: was ${said(before)}`
  if (before.verdict !== after.verdict || before.copies !== after.copies)
    return before.copies !== null && after.copies !== null
      ? `${before.verdict} -> ${after.verdict}, ${before.copies} -> ${after.copies} copies`
      : `${said(before)} -> ${said(after)}`
  return `${after.verdict}; when a router is lost: ${failoverText(before.survives_failover)} -> ${failoverText(after.survives_failover)}`
}

const said = (side: VerdictSide | null) =>
  side === null ? '' : side.copies === null ? side.verdict : `${side.verdict}, ${count(side.copies, 'copy', 'copies')}`

const STYLES = { duplicate: 'red', unknown: 'yellow', single: 'green', none: 'green' } as const

function verdictLines(verdicts: readonly VerdictChange[], { paint, width, all }: TextContext): string[] {
  if (verdicts.length === 0) return []
  const shown = all ? verdicts : verdicts.slice(0, MOST)
  const out = [paint('bold', 'Verdicts that change')]
  for (const change of shown) {
    // What is gone has no verdict any more: it may as well be gone because its router was not read.
    const symbol = change.after ? VERDICTS[change.after.verdict].symbol : '-'
    const style = change.after ? STYLES[change.after.verdict] : 'dim'
    out.push(...wrap(`${symbol} ${placeText(change)}: ${changeText(change)}`, width, '  ').map(line => paint(style, line)))
    out.push(...sideLines('before', change.before, { width, all }), ...sideLines('after', change.after, { width, all }))
  }
  const hidden = verdicts.length - shown.length
  if (hidden > 0)
    out.push(...wrap(`${count(hidden, 'more verdict changes', 'more verdicts change')}; --all shows them`, width, '  '))
  return [...out, '']
}

/** The lines a verdict rests on, or what is said of it where it rests on none. */
function sideLines(label: string, side: VerdictSide | null, { width, all }: Pick<TextContext, 'width' | 'all'>): string[] {
  if (!side) return []
  const rows = side.reasons.map(({ file, line, text, message }) =>
    file === null ? ['', legibleText(message)] : [`${fileName(file)}:${line}`, legibleText((text ?? '').trim())],
  )
  const shown = all ? rows : rows.slice(0, MOST_LINES)
  const more = rows.length - shown.length
  if (more > 0) shown.push(['', `and ${more} more`])
  return columns(
    shown.map((row, n) => [`      ${n === 0 ? label.padEnd(6) : '      '}`, ...row]),
    width,
  )
}

function findingLines(
  title: string,
  changes: readonly (FindingChange | UnjudgedFinding)[],
  style: Style,
  context: TextContext,
): string[] {
  if (changes.length === 0) return []
  const { paint, width, all } = context
  const out = [paint('bold', `${title}: ${count(changes.length, 'finding')}`)]
  // They come worst first.
  const shown = all ? changes : changes.slice(0, MOST)
  for (const change of shown) {
    const { severity, message, waived, evidence, rule, fingerprint } = standing(change)
    const rose = roseText(change)
    out.push(`${paint(style, severity)}${rose} ${paint('bold', rule)} ${paint('dim', fingerprint)}`)
    out.push(...wrap(legibleText(message), width, '  '))
    if ('why' in change)
      out.push(...wrap(legibleText(`Not judged: ${change.why}`), width, '  ').map(line => paint('yellow', line)))
    if (waived !== null) out.push(...wrap(legibleText(`Accepted: ${waived}`), width, '  '))
    out.push(...evidenceLines(evidence, context))
  }
  const hidden = changes.length - shown.length
  if (hidden > 0) out.push(paint('dim', `  and ${count(hidden, 'more finding')}; --all shows ${hidden === 1 ? 'it' : 'them'}`))
  return [...out, '']
}

function evidenceLines(evidence: readonly Evidence[], { paint, width, all }: TextContext): string[] {
  const shown = all ? evidence : evidence.slice(0, MOST_LINES)
  const rows = shown.map(e => [`    ${fileName(e.file)}:${e.line}`, legibleText(e.text.trim())])
  const more = evidence.length - shown.length
  return [
    ...(rows.length > 0 ? columns(rows, width).map(line => paint('dim', line)) : []),
    ...(more > 0 ? [paint('dim', `    and ${more} more`)] : []),
  ]
}

const fileName = (file: string) => legibleText(file.slice(file.lastIndexOf('/') + 1))

/** `1 finding (1 error)`. */
export function tally(changes: readonly FindingChange[]): string {
  if (changes.length === 0) return 'nothing'
  const each = (['error', 'warning', 'info'] as readonly Severity[]).flatMap(severity => {
    const n = changes.filter(c => standing(c).severity === severity).length
    return n > 0 ? [`${n} ${severity}`] : []
  })
  return `${count(changes.length, 'finding')} (${each.join(', ')})`
}

/** What is said of the whole, in one sentence. */
export function verdictOf({ findings, incomplete }: Validation): string {
  const open = findings.introduced.filter(f => f.after?.waived === null)
  const accepted = findings.introduced.length - open.length
  const { fixed, unchanged, unjudged } = findings
  const parts = [
    `The change introduces ${tally(open)}`,
    ...(accepted > 0 ? [`introduces ${count(accepted, 'finding that is', 'findings that are')} accepted`] : []),
    `fixes ${tally(fixed)}`,
    unchanged.length === 0
      ? 'leaves none as it was'
      : `leaves ${unchanged.length} as ${unchanged.length === 1 ? 'it was' : 'they were'}`,
  ]
  const lost =
    unjudged.length > 0 ? ` ${count(unjudged.length, 'finding is', 'findings are')} gone and not known to be fixed.` : ''
  return `${listed(parts)}.${lost}${incomplete.length > 0 ? ' Not everything could be judged, which is not a pass.' : ''}`
}

function summaryLines(validation: Validation, { paint, width }: TextContext): string[] {
  const { current, proposed, changes, scope, segments } = validation
  const numbers = ({ summary: s }: Validation['current']) =>
    `${count(s.devices, 'device')}, ${count(s.segments, 'segment')}: ${s.duplicate} duplicate, ${s.unknown} unknown, ${s.single} single, ${s.none} none.`
  const using = changes.length > 0 ? ` with ${listed([...new Set(changes.map(c => c.file))])}` : ''
  const style: Style = validation.exit_code === 1 ? 'red' : validation.incomplete.length === 0 ? 'green' : 'yellow'
  return [
    ...wrap(verdictOf(validation), width).map(line => paint('bold', paint(style, line))),
    ...wrap(legibleText(`Current, ${current.from}: ${numbers(current)}`), width),
    ...wrap(legibleText(`Proposed, ${proposed.from}${using}: ${numbers(proposed)}`), width),
    ...wrap(
      `The change touches ${count(segments.touched, 'segment')}${scope === 'changed' ? '; what stands elsewhere is not counted' : ''}.`,
      width,
    ),
  ]
}
