// What could not be judged; segments that wait for the same thing are one paragraph.
import type { PxeVerdict, ReasonCode, Result } from '../../model/result.ts'
import { wrap } from '../columns.ts'
import { legibleText } from '../legible.ts'
import type { TextContext } from '../text.ts'
import { DOUBTS } from '../words.ts'
import { place } from './segment.ts'

/** What would have to be known; segments that wait for the same are named together. */
export function unknownLines(result: Result, { paint, width }: TextContext): string[] {
  const unknowns = unknownsOf(result)
  const out = unknowns.flatMap(({ why, places }) => {
    const named = places.slice(0, MOST_PLACES).join(', ')
    const more = places.length > MOST_PLACES ? ` and ${places.length - MOST_PLACES} more` : ''
    return wrap(legibleText(`${named}${more}: ${why}`), width, '  ')
  })
  if (unknowns.some(u => u.unseen && isCrowd(u))) out.push(...wrap(CROWD, width, '  '))
  return out.length === 0 ? [] : [paint('yellow', 'Cannot be judged'), ...out, '']
}

/** Verdicts that are unknown for the same reasons. */
export interface Unknowns {
  readonly why: string
  /** `10.20.11.0/24 (wds-ams)` */
  readonly places: string[]
  readonly verdicts: PxeVerdict[]
  /** Something of the site was not seen. */
  readonly unseen: boolean
}
/** What a router leaves open that was not read, or not whole. */
const UNSEEN: ReadonlySet<ReasonCode> = new Set(['device-not-collected', 'truncated', 'stale', 'no-address'])
const MOST_PLACES = 4
/** So many verdicts that wait for one and the same thing are a crowd: they are counted, not listed one by one. */
const CROWD =
  'A router that was not read whole may stand on any segment of its site. Collect it again, put routers into the sites they stand in, or vouch for pairs with --assume-pairs.'
export const isCrowd = ({ verdicts }: Unknowns) => verdicts.length > 12

/** Every reason or set of reasons that keeps verdicts back, with those it keeps back. */
export function unknownsOf(result: Result): Unknowns[] {
  const found = new Map<string, Unknowns>()
  for (const segment of result.segments) {
    const open = segment.pxe.filter(p => p.verdict === 'unknown')
    if (open.length === 0) continue
    const reasons = open.flatMap(p => p.reasons.filter(r => r.code in DOUBTS))
    const why = [...new Set(reasons.map(r => r.message))].join('; ')
    const there = found.get(why) ?? { why, places: [], verdicts: [], unseen: reasons.some(r => UNSEEN.has(r.code)) }
    found.set(why, there)
    there.places.push(`${place(segment)} (${open.map(p => p.point).join(', ')})`)
    there.verdicts.push(...open)
  }
  return [...found.values()]
}
