// The table of verdicts, worst first.
import type { PxeVerdict, Result, Verdict } from '../../model/result.ts'
import { caveatsOf, countCaveats, starText } from '../caveats.ts'
import { columns, wrap } from '../columns.ts'
import { legibleText } from '../legible.ts'
import type { Style, TextContext } from '../text.ts'
import { count, VERDICT_ORDER } from '../words.ts'
import { place, routers } from './segment.ts'
import { isCrowd, unknownsOf } from './unknowns.ts'

const COLOUR: Readonly<Record<Verdict, Style>> = { duplicate: 'red', unknown: 'yellow', single: 'green', none: 'dim' }

/** One row per segment and PXE point, and what of them is not shown. */
export function verdictTable(result: Result, { paint, width, all }: TextContext): string[] {
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
    `${pxe.verdict.toUpperCase()}${caveatsOf(pxe).length > 0 ? '*' : ''}`,
    pxe.copies === null ? '?' : `${pxe.copies}`,
    place(segment),
    legibleText(pxe.point),
    pxe.survives_failover === null ? '?' : pxe.survives_failover ? 'yes' : 'no',
    routers(segment),
  ])
  const lines = columns([['VERDICT', 'N', 'SEGMENT', 'PXE POINT', 'FAILOVER', 'ROUTERS'], ...rows], width)
  const painted = lines.map((line, n) => paint(n === 0 ? 'dim' : COLOUR[shown[n - 1]?.pxe.verdict ?? 'none'], line))
  const hidden = judged.length - shown.length - crowd.size
  const caveats = countCaveats(result)
  if (rows.length === 0 && crowd.size === 0) painted.splice(0, 1, paint('dim', 'No segment relays to a PXE point.'))
  if (crowd.size > 0)
    painted.push(paint('yellow', `${count(crowd.size, 'verdict')} "unknown" for the reasons below; --all shows them.`))
  if (hidden > 0)
    painted.push(paint('dim', `${count(hidden, 'verdict')} "none" not shown${star(caveats.marked.none)}; --all shows them.`))
  const meaning = starText(caveats)
  if (meaning !== '') painted.push(...wrap(meaning, width).map(line => paint('yellow', line)))
  return painted
}

/** ` (3*)` behind a number of verdicts of which three carry a caveat. */
export const star = (marked: number): string => (marked > 0 ? ` (${marked}*)` : '')
