// What a pass rests on that its reader has to know. A pass with a caveat is never shown as a bare one.
import type { Reason, ReasonCode, Result, Verdict } from '../model/result.ts'
import { count, DOUBTS } from './words.ts'

/** A kind of caveat in words. */
interface Kind {
  readonly label: string
  /** What the verdict rests on, as part of a sentence. */
  readonly basis: string
  /** True for what the configurations state: it is known, and changes with one command. */
  readonly stated: boolean
}

/** What says how a verdict was counted, and leaves nothing open. */
const EVIDENCE: ReadonlySet<ReasonCode> = new Set(['relays', 'no-relay', 'gated'])

/** In the order in which they are listed: what leaves most open first. */
const KINDS: Readonly<Partial<Record<ReasonCode, Kind>>> = {
  'assumed-pair': { label: 'Pair assumed', basis: 'two routers taken for all there are', stated: false },
  'completeness-not-provable': { label: 'Not provably whole', basis: 'a capture that nothing proves whole', stated: false },
  'gate-unresolved': { label: 'Condition does not hold', basis: 'a relay whose condition does not hold', stated: false },
  'inert': { label: 'Relay off', basis: 'a relay that is off today', stated: true },
  'group-off': { label: 'Group off', basis: 'a redundancy group that does not run', stated: true },
}

/** A reason that is not known here is a caveat as well: nothing becomes a bare pass for want of a word. */
const OTHER: Kind = { label: 'Caveat', basis: 'something else that is named with them', stated: false }
const kindOf = (code: ReasonCode): Kind => KINDS[code] ?? { ...OTHER, label: DOUBTS[code]?.label ?? OTHER.label }

/** The label of a kind of caveat. */
export const caveatLabel = (code: ReasonCode): string => kindOf(code).label

/** True for the verdicts that a reader takes for a pass. */
export const isPass = (verdict: Verdict): boolean => verdict === 'single' || verdict === 'none'

/** The caveats of a pass; other verdicts have none, for they pass nothing. */
export const caveatsOf = <T extends Pick<Reason, 'code'>>({
  verdict,
  reasons,
}: {
  readonly verdict: Verdict
  readonly reasons: readonly T[]
}): readonly T[] => (isPass(verdict) ? reasons.filter(r => !EVIDENCE.has(r.code)) : [])

/** How many passes a result holds, and how many of them carry which caveat. */
export interface Caveats {
  readonly passes: number
  /** Passes with any caveat. */
  readonly marked: Readonly<Record<Verdict, number>> & { readonly all: number }
  /** Passes with a caveat that leaves something open. */
  readonly open: number
  /** Passes by what they rest on, in words. */
  readonly by: readonly (readonly [basis: string, passes: number])[]
  /** Passes that hold only where two routers are all there are. */
  readonly assumed: number
  /** True where a pair was assumed for any verdict, whatever it is. */
  readonly assuming: boolean
}

/** Counts the caveats of a result. */
export function countCaveats({ segments }: Pick<Result, 'segments'>): Caveats {
  const verdicts = segments.flatMap(s => s.pxe)
  const passes = verdicts.filter(p => isPass(p.verdict)).map(p => ({ pxe: p, kinds: caveatsOf(p).map(r => kindOf(r.code)) }))
  const marked = passes.filter(p => p.kinds.length > 0)
  const of = (verdict: Verdict) => marked.filter(p => p.pxe.verdict === verdict).length
  const bases = [...Object.values(KINDS), OTHER].map(kind => kind.basis)
  return {
    passes: passes.length,
    marked: { duplicate: 0, unknown: 0, single: of('single'), none: of('none'), all: marked.length },
    open: marked.filter(p => p.kinds.some(kind => !kind.stated)).length,
    by: bases
      .map(basis => [basis, marked.filter(p => p.kinds.some(kind => kind.basis === basis)).length] as const)
      .filter(([, n]) => n > 0),
    assumed: marked.filter(p => p.pxe.reasons.some(r => r.code === 'assumed-pair')).length,
    assuming: verdicts.some(p => p.reasons.some(r => r.code === 'assumed-pair')),
  }
}

/** What the star beside a verdict means, for how many; empty where there is none. */
export const starText = ({ passes, marked, by }: Caveats): string =>
  marked.all === 0
    ? ''
    : `* a pass with a caveat, ${marked.all} of ${passes}: it rests on ${by.map(([basis, n]) => `${basis} (${n})`).join(', ')}.`

/** The caveats of a result in sentences, for its head; without their number where that was said already. */
export function caveatSentences({ passes, marked, assumed, assuming }: Caveats, numbered: boolean): string[] {
  const told = `${passesWith(marked.all, passes)} a caveat (*).`
  const pairs =
    assumed > 0
      ? `Pairs were assumed: ${count(assumed, 'pass holds', 'passes hold')} only if two routers are all there are.`
      : 'Pairs were assumed; no pass rests on that.'
  return [...(numbered && marked.all > 0 ? [told] : []), ...(assuming ? [pairs] : [])]
}

/** `2 of 5 passes carry`. */
export const passesWith = (n: number, all: number): string =>
  `${n} of ${count(all, 'pass', 'passes')} ${n === 1 ? 'carries' : 'carry'}`
