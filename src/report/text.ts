// The report for a terminal.
import type { Finding, PxeVerdict, Remediation, Result, SegmentResult, Verdict } from '../model/result.ts'
import { columns, wrap } from './columns.ts'
import { headline } from './headline.ts'
import { legibleText } from './legible.ts'
import { pairsOf } from './places.ts'
import { count, DOUBTS, VERDICT_ORDER } from './words.ts'

/** How a terminal wants it. */
export interface TextContext {
  readonly width: number
  /** Paints text; the identity where there are no colours. */
  readonly paint: (style: Style, text: string) => string
  /** Also shows the segments that relay nothing to a PXE point, all findings for information, and every line of evidence. */
  readonly all: boolean
  /** Also shows findings that were accepted. */
  readonly waived: boolean
}
export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan'

const COLOUR: Readonly<Record<Verdict, Style>> = { duplicate: 'red', unknown: 'yellow', single: 'green', none: 'dim' }
/** Evidence beyond this says nothing new on a terminal; JSON and HTML have it all. */
const MOST_EVIDENCE = 6
/** Findings for information are many on a big network, and more of one rule than this hide what matters. */
const MOST_INFO = 10

/** The report as text, ending with a newline. */
export function text(result: Result, context: TextContext): string {
  const { paint, width } = context
  const out: string[] = []
  out.push(...verdictTable(result, context), '', ...unknownLines(result, context))
  const shown = context.waived ? result.findings : result.findings.filter(f => f.waived === null)
  out.push(...findingsLines({ ...result, findings: shown }, context))
  const accepted = result.findings.length - shown.length
  if (accepted > 0) out.push(paint('dim', `${count(accepted, 'accepted finding')} not shown; --show-waived shows them.`), '')
  const failed = result.devices.filter(d => d.state === 'failed')
  if (failed.length > 0) {
    out.push(paint('bold', `Not read: ${count(failed.length, 'device')}`))
    for (const d of failed) out.push(...wrap(legibleText(`${d.name}: ${d.reason}`), width, '  '))
    out.push('')
  }
  const old = result.devices.filter(d => d.state === 'collected' && d.stale)
  if (old.length > 0) {
    out.push(paint('bold', `Too old: ${count(old.length, 'device')}`))
    for (const d of old) out.push(...wrap(legibleText(`${d.name}: ${d.reason}`), width, '  '))
    out.push('')
  }
  const { duplicate, single, none, unknown, segments, devices } = result.summary
  const { verdict, lede } = headline(result, pairsOf(result))
  out.push(...wrap(verdict, width).map(line => paint('bold', line)))
  if (lede !== '') out.push(...wrap(lede, width))
  out.push(
    ...wrap(
      `${count(devices, 'device')}, ${count(segments, 'segment')}, ${count(result.points.length, 'PXE point')}: ${duplicate} duplicate, ${unknown} unknown, ${single} single, ${none} none.`,
      width,
    ),
  )
  return `${out.join('\n')}\n`
}

function verdictTable(result: Result, { paint, width, all }: TextContext): string[] {
  const judged = result.segments.flatMap(segment => segment.pxe.map(pxe => ({ segment, pxe })))
  const order = (v: Verdict) => VERDICT_ORDER.indexOf(v)
  const crowd = all
    ? new Set<PxeVerdict>()
    : new Set(
        unknownsOf(result)
          .filter(isCrowd)
          .flatMap(u => u.verdicts),
      )
  const shown = judged
    .filter(j => all || (j.pxe.verdict !== 'none' && !crowd.has(j.pxe)))
    .sort((a, b) => order(a.pxe.verdict) - order(b.pxe.verdict))
  const rows = shown.map(({ segment, pxe }) => [
    pxe.verdict.toUpperCase(),
    pxe.copies === null ? '?' : `${pxe.copies}`,
    place(segment),
    legibleText(pxe.point),
    pxe.survives_failover === null ? '?' : pxe.survives_failover ? 'yes' : 'no',
    routers(segment),
  ])
  const lines = columns([['VERDICT', 'N', 'SEGMENT', 'PXE POINT', 'FAILOVER', 'ROUTERS'], ...rows], width)
  const painted = lines.map((line, n) => paint(n === 0 ? 'dim' : COLOUR[shown[n - 1]?.pxe.verdict ?? 'none'], line))
  const hidden = judged.length - shown.length - crowd.size
  if (rows.length === 0 && crowd.size === 0) painted.splice(0, 1, paint('dim', 'No segment relays to a PXE point.'))
  if (crowd.size > 0)
    painted.push(paint('yellow', `${count(crowd.size, 'verdict')} "unknown" for the reasons below; --all shows them.`))
  if (hidden > 0) painted.push(paint('dim', `${count(hidden, 'verdict')} "none" not shown; --all shows them.`))
  return painted
}

/** `ams 10.20.10.0/24`, with the VRF unless it is the default one. */
const place = ({ site, vrf, subnets, id }: SegmentResult) =>
  legibleText(
    `${site === 'default' ? '' : `${site} `}${vrf === 'default' ? '' : `${vrf} `}${subnets[0] ?? id}${subnets.length > 1 ? ` +${subnets.length - 1}` : ''}`,
  )

const routers = ({ members }: SegmentResult) => legibleText([...new Set(members.map(m => m.device))].join(' '))

/** What would have to be known; segments that wait for the same are named together. */
function unknownLines(result: Result, { paint, width }: TextContext): string[] {
  const unknowns = unknownsOf(result)
  const out = unknowns.flatMap(({ why, places }) => {
    const named = places.slice(0, MOST_PLACES).join(', ')
    const more = places.length > MOST_PLACES ? ` and ${places.length - MOST_PLACES} more` : ''
    return wrap(legibleText(`${named}${more}: ${why}`), width, '  ')
  })
  if (unknowns.some(isCrowd)) out.push(...wrap(CROWD, width, '  '))
  return out.length === 0 ? [] : [paint('yellow', 'Cannot be judged'), ...out, '']
}

/** Verdicts that are unknown for the same reasons. */
interface Unknowns {
  readonly why: string
  /** `10.20.11.0/24 (wds-ams)` */
  readonly places: string[]
  readonly verdicts: PxeVerdict[]
}
const MOST_PLACES = 4
/** So many verdicts that wait for one and the same thing are a crowd: they are counted, not listed one by one. */
const CROWD =
  'A router that was not read whole may stand on any segment of its site. Collect it again, put routers into the sites they stand in, or vouch for pairs with --assume-pairs.'
const isCrowd = ({ verdicts }: Unknowns) => verdicts.length > 12

function unknownsOf(result: Result): Unknowns[] {
  const found = new Map<string, Unknowns>()
  for (const segment of result.segments) {
    const open = segment.pxe.filter(p => p.verdict === 'unknown')
    if (open.length === 0) continue
    const why = [...new Set(open.flatMap(p => p.reasons.filter(r => r.code in DOUBTS).map(r => r.message)))].join('; ')
    const there = found.get(why) ?? { why, places: [], verdicts: [] }
    found.set(why, there)
    there.places.push(`${place(segment)} (${open.map(p => p.point).join(', ')})`)
    there.verdicts.push(...open)
  }
  return [...found.values()]
}

/** Every finding, but for those for information that are one too many of their rule: these are counted. */
function findingsLines({ findings, remediations }: Result, context: TextContext): string[] {
  const { paint, all } = context
  const out: string[] = []
  for (const rule of new Set(findings.map(f => `${f.severity} ${f.rule}`))) {
    const own = findings.filter(f => `${f.severity} ${f.rule}` === rule)
    const shown = all || own[0]?.severity !== 'info' ? own : own.slice(0, MOST_INFO)
    for (const finding of shown) out.push(...findingLines(finding, remediations, context), '')
    const hidden = own.length - shown.length
    if (hidden === 0) continue
    const rest = count(hidden, `more ${own[0]?.rule} finding`)
    out.push(...wrap(`${rest}; --all shows ${hidden === 1 ? 'it' : 'them'}`, context.width).map(line => paint('dim', line)), '')
  }
  return out
}

function findingLines(finding: Finding, remediations: readonly Remediation[], context: TextContext): string[] {
  const { paint, width, all } = context
  const style: Style = finding.severity === 'error' ? 'red' : finding.severity === 'warning' ? 'yellow' : 'cyan'
  const label = finding.waived === null ? paint(style, finding.severity) : paint('dim', 'accepted')
  const out = [`${label} ${paint('bold', finding.rule)} ${paint('dim', finding.fingerprint)}`]
  out.push(...wrap(legibleText(finding.message), width, '  '))
  if (finding.waived !== null) out.push(...wrap(legibleText(`Accepted: ${finding.waived}`), width, '  '))
  const shown = all ? finding.evidence : finding.evidence.slice(0, MOST_EVIDENCE)
  const rows = shown.map(e => [
    `    ${e.file.startsWith('ssh:') ? legibleText(e.device) : fileName(e.file)}:${e.line}`,
    legibleText(e.text.trim()),
  ])
  if (rows.length > 0) out.push(...columns(rows, width).map(line => paint('dim', line)))
  if (shown.length < finding.evidence.length) out.push(paint('dim', `    and ${finding.evidence.length - shown.length} more`))
  const own = remediations.filter(r => r.fingerprint === finding.fingerprint)
  for (const r of own) out.push(...fixLines(r, context))
  const cautions = [...new Set(own.filter(r => r.proven).map(r => r.caution))]
  for (const caution of cautions) out.push(...wrap(legibleText(caution), width, '  ').map(line => paint('yellow', line)))
  return out
}

function fixLines(r: Remediation, { paint, width }: TextContext): string[] {
  if (!r.proven) return wrap(legibleText(r.caution), width, '  ')
  return [
    `  ${paint('green', `fix (${r.strategy}, proven)`)} on ${legibleText(r.device)}:`,
    ...r.apply.split('\n').map(line => `      ${legibleText(line)}`),
  ]
}

const fileName = (file: string) => legibleText(file.slice(file.lastIndexOf('/') + 1))
