// What could not be judged, by reason: one missing router can be why twenty segments are unknown.
import type { Reason, Result } from '../../model/result.ts'
import type { Pair } from '../places.ts'
import { count, DOUBTS, listed, segmentName } from '../words.ts'

/** Reasons of one kind that keep the same verdicts back. */
interface Group {
  readonly reasons: Reason[]
  readonly pairs: readonly Pair[]
}

const NO_REASON: Reason = { code: 'inert', message: 'The result gives no reason.', device: null, line: null }

/** The groups, those that keep the most verdicts back first. */
export function unknownGroups(result: Result, pairs: readonly Pair[]) {
  const files = new Map(result.devices.map(d => [d.name, d.file]))
  return merge(byReason(pairs))
    .sort((a, b) => b.pairs.length - a.pairs.length)
    .map((group, n) => view(group, `reason-${n + 1}`, files))
}

function byReason(pairs: readonly Pair[]): Iterable<{ readonly reason: Reason; readonly pairs: Pair[] }> {
  const out = new Map<string, { readonly reason: Reason; readonly pairs: Pair[] }>()
  for (const pair of pairs.filter(p => p.pxe.verdict === 'unknown')) {
    const doubts = pair.pxe.reasons.filter(r => DOUBTS[r.code])
    for (const reason of doubts.length > 0 ? doubts : [NO_REASON]) {
      const key = JSON.stringify([reason.code, reason.device, reason.line, reason.message])
      const group = out.get(key) ?? { reason, pairs: [] }
      out.set(key, group)
      if (group.pairs.at(-1) !== pair) group.pairs.push(pair)
    }
  }
  return out.values()
}

/** Four devices that could not be read at one site are one story, not four. */
function merge(groups: ReturnType<typeof byReason>): Group[] {
  const numbers = new Map<Pair, number>()
  const number = (pair: Pair) => numbers.get(pair) ?? numbers.set(pair, numbers.size).size - 1
  const out = new Map<string, Group>()
  for (const { reason, pairs } of groups) {
    const key = `${reason.code} ${pairs.map(number).join(' ')}`
    const group = out.get(key)
    if (group) group.reasons.push(reason)
    else out.set(key, { reasons: [reason], pairs })
  }
  return [...out.values()]
}

function view({ reasons, pairs }: Group, id: string, files: ReadonlyMap<string, string>) {
  const doubt = DOUBTS[reasons[0]?.code ?? 'inert']
  const bySegment = new Map<string, Pair[]>()
  for (const pair of pairs) bySegment.set(pair.segmentId, [...(bySegment.get(pair.segmentId) ?? []), pair])
  return {
    id,
    pairs,
    label: doubt?.label ?? 'No reason given',
    remedy: doubt?.remedy ?? '',
    reasons: folded(
      reasons.map(r => ({
        message: r.message,
        at: r.device === null || r.line === null ? '' : `${files.get(r.device) ?? r.device}:${r.line}`,
      })),
      'reason',
    ),
    title: `${count(pairs.length, 'verdict')} on ${count(bySegment.size, 'segment')}`,
    segments: folded(
      [...bySegment].map(([segmentId, own]) => ({
        id: segmentId,
        name: own[0] ? segmentName(own[0].segment) : '',
        points: listed(own.map(p => p.pxe.point)),
      })),
      'segment',
    ),
  }
}

/** One router that was not read can keep back every segment of a site: so many are shown, the others on demand. */
const SHOWN = 12

/** The first few, and the others under a line that says how many they are. */
const folded = <T>(items: readonly T[], noun: string) => ({
  first: items.slice(0, SHOWN),
  rest: items.slice(SHOWN),
  more: count(items.length - SHOWN, `more ${noun}`),
})
