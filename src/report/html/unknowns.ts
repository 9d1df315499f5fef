// What could not be judged, by reason: one missing router can be why twenty segments are unknown.
import type { Reason, Result } from '../../model/result.ts'
import type { Pair } from './places.ts'
import { count, DOUBTS, listed, segmentName } from './words.ts'

interface Group {
  readonly reason: Reason
  readonly pairs: Pair[]
}

const NO_REASON: Reason = { code: 'inert', message: 'The result gives no reason.', device: null, line: null }

/** The reasons, those that keep the most verdicts back first. */
export function unknownGroups(result: Result, pairs: readonly Pair[]) {
  const groups = new Map<string, Group>()
  for (const pair of pairs.filter(p => p.pxe.verdict === 'unknown')) {
    const doubts = pair.pxe.reasons.filter(r => DOUBTS[r.code])
    for (const reason of doubts.length > 0 ? doubts : [NO_REASON]) {
      const key = JSON.stringify([reason.code, reason.device, reason.line, reason.message])
      const group = groups.get(key) ?? { reason, pairs: [] }
      groups.set(key, group)
      group.pairs.push(pair)
    }
  }
  const files = new Map(result.devices.map(d => [d.name, d.file]))
  return [...groups.values()]
    .sort((a, b) => b.pairs.length - a.pairs.length)
    .map((group, n) => view(group, `reason-${n + 1}`, files))
}

function view({ reason, pairs }: Group, id: string, files: ReadonlyMap<string, string>) {
  const segments = [...new Set(pairs.map(p => p.segmentId))]
  const at =
    reason.device === null
      ? ''
      : reason.line === null
        ? reason.device
        : `${files.get(reason.device) ?? reason.device}:${reason.line}`
  return {
    id,
    label: DOUBTS[reason.code]?.label ?? 'No reason given',
    remedy: DOUBTS[reason.code]?.remedy ?? '',
    message: reason.message,
    at,
    verdicts: count(pairs.length, 'verdict'),
    across: count(segments.length, 'segment'),
    segments: segments.map(segmentId => {
      const own = pairs.filter(p => p.segmentId === segmentId)
      return { id: segmentId, name: own[0] ? segmentName(own[0].segment) : '', points: listed(own.map(p => p.pxe.point)) }
    }),
  }
}
