// What could not be judged, by reason: one missing router can be why twenty segments are unknown.
import type { Reason } from '../../model/result.ts'
import type { Pair } from '../places.ts'
import { count, DOUBTS, listed, segmentName } from '../words.ts'
import { type Child, code, el, foreign, type Tree, tag } from './tree.ts'

/** Reasons of one kind that keep the same verdicts back. */
export interface Doubt {
  readonly reasons: readonly Reason[]
  readonly pairs: readonly Pair[]
}

const NO_REASON: Reason = { code: 'inert', message: 'The result gives no reason.', device: null, line: null }

/** The doubts, those that keep the most verdicts back first. */
export const doubtsOf = (pairs: readonly Pair[]): Doubt[] =>
  merge(byReason(pairs)).sort((a, b) => b.pairs.length - a.pairs.length)

function byReason(pairs: readonly Pair[]): Iterable<{ readonly reason: Reason; readonly pairs: Pair[] }> {
  const out = new Map<string, { readonly reason: Reason; readonly pairs: Pair[] }>()
  for (const pair of pairs.filter(p => p.pxe.verdict === 'unknown')) {
    const reasons = pair.pxe.reasons.filter(r => DOUBTS[r.code])
    for (const reason of reasons.length > 0 ? reasons : [NO_REASON]) {
      const key = JSON.stringify([reason.code, reason.device, reason.line, reason.message])
      const group = out.get(key) ?? { reason, pairs: [] }
      out.set(key, group)
      if (group.pairs.at(-1) !== pair) group.pairs.push(pair)
    }
  }
  return out.values()
}

/** Four devices that could not be read at one site are one story, not four. */
function merge(groups: ReturnType<typeof byReason>): Doubt[] {
  const numbers = new Map<Pair, number>()
  const number = (pair: Pair) => numbers.get(pair) ?? numbers.set(pair, numbers.size).size - 1
  const out = new Map<string, { readonly reasons: Reason[]; readonly pairs: Pair[] }>()
  for (const { reason, pairs } of groups) {
    const key = `${reason.code} ${pairs.map(number).join(' ')}`
    const group = out.get(key)
    if (group) group.reasons.push(reason)
    else out.set(key, { reasons: [reason], pairs })
  }
  return [...out.values()]
}

/** The anchor of the card at a place of the list. */
export const doubtId = (n: number): string => `reason-${n + 1}`

/** The label of a doubt. */
export const doubtLabel = ({ reasons }: Doubt): string => DOUBTS[reasons[0]?.code ?? 'inert']?.label ?? 'No reason given'

/** A card: the reason, what would settle it, and the segments that wait for it. */
export function doubtCard(doubt: Doubt, id: string, files: ReadonlyMap<string, string>): Tree {
  const { reasons, pairs } = doubt
  const remedy = DOUBTS[reasons[0]?.code ?? 'inert']?.remedy
  const bySegment = new Map<string, Pair[]>()
  for (const pair of pairs) bySegment.set(pair.segmentId, [...(bySegment.get(pair.segmentId) ?? []), pair])
  const title = `${count(pairs.length, 'verdict')} on ${count(bySegment.size, 'segment')}`
  return el(
    'article',
    { 'class': 'card plain unknown', 'id': id, 'aria-labelledby': `title-${id}` },
    el('div', { class: 'row' }, tag('unknown', '?', doubtLabel(doubt)), el('h3', { id: `title-${id}` }, title)),
    folded(
      reasons.map(({ message, device, line }) => [
        foreign(message),
        device !== null && line !== null && [' ', code(`${files.get(device) ?? device}:${line}`)],
      ]),
      'reasons',
      'reason',
    ),
    remedy && el('p', { class: 'settles' }, el('strong', {}, 'What would settle it: '), remedy),
    folded(
      [...bySegment].map(([segment, own]) => [
        el('a', { href: `#${segment}` }, foreign(own[0] ? segmentName(own[0].segment) : '')),
        el('span', { class: 'soft' }, ' to ', foreign(listed(own.map(p => p.pxe.point)))),
      ]),
      'chips',
      'segment',
    ),
  )
}

/** One router that was not read can keep back every segment of a site: so many are shown, the others on demand. */
const SHOWN = 12
/** And no more than this, which nobody reads; the table of segments has them all. */
const MOST = 600

/** The first few, and the others under a line that says how many they are. */
function folded(items: readonly Child[], kind: string, noun: string): Child {
  const rows = (some: readonly Child[]) =>
    el(
      'ul',
      { class: kind },
      some.map(item => el('li', {}, item)),
    )
  const rest = items.slice(SHOWN)
  return [
    rows(items.slice(0, SHOWN)),
    rest.length > 0 &&
      el(
        'details',
        { class: 'more' },
        el('summary', {}, count(rest.length, `more ${noun}`)),
        rows(rest.slice(0, MOST)),
        rest.length > MOST &&
          el('p', { class: 'soft' }, `And ${rest.length - MOST} more, which the table of all segments lists.`),
      ),
  ]
}
