// The report for a terminal.
import type { DeviceResult, Result } from '../model/result.ts'
import { countCaveats } from './caveats.ts'
import { wrap } from './columns.ts'
import { headline } from './headline.ts'
import { legibleText } from './legible.ts'
import { pairsOf } from './places.ts'
import { findingsLines } from './text/findings.ts'
import { historyLines } from './text/history.ts'
import { unknownLines } from './text/unknowns.ts'
import { star, verdictTable } from './text/verdicts.ts'
import { count } from './words.ts'

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

/** The report as text, ending with a newline. */
export function text(result: Result, context: TextContext): string {
  const { paint } = context
  const out: string[] = []
  out.push(...verdictTable(result, context), '', ...unknownLines(result, context))
  const shown = context.waived ? result.findings : result.findings.filter(f => f.waived === null)
  out.push(...findingsLines({ ...result, findings: shown }, context))
  const accepted = result.findings.length - shown.length
  if (accepted > 0) out.push(paint('dim', `${count(accepted, 'accepted finding')} not shown; --show-waived shows them.`), '')
  out.push(...historyLines(result, context))
  const { devices } = result
  out.push(
    ...deviceLines(
      'Not read',
      devices.filter(d => d.state === 'failed'),
      context,
    ),
  )
  out.push(
    ...deviceLines(
      'Too old',
      devices.filter(d => d.state === 'collected' && d.stale),
      context,
    ),
  )
  out.push(...summaryLines(result, context))
  return `${out.join('\n')}\n`
}

/** Devices with what is wrong with them. */
function deviceLines(title: string, devices: readonly DeviceResult[], { paint, width }: TextContext): string[] {
  if (devices.length === 0) return []
  const lines = devices.flatMap(d => wrap(legibleText(`${d.name}: ${d.reason}`), width, '  '))
  return [paint('bold', `${title}: ${count(devices.length, 'device')}`), ...lines, '']
}

/** The verdict on the whole, and the numbers. */
function summaryLines(result: Result, { paint, width }: TextContext): string[] {
  const { duplicate, single, none, unknown, segments, devices } = result.summary
  const { verdict, lede } = headline(result, pairsOf(result))
  const { marked } = countCaveats(result)
  const seen = `${count(devices, 'device')}, ${count(segments, 'segment')}, ${count(result.points.length, 'PXE point')}`
  const given = `${duplicate} duplicate, ${unknown} unknown, ${single} single${star(marked.single)}, ${none} none${star(marked.none)}`
  return [
    ...wrap(verdict, width).map(line => paint('bold', line)),
    ...(lede === '' ? [] : wrap(lede, width)),
    ...wrap(`${seen}: ${given}.`, width),
  ]
}
