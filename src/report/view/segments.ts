// The table of segments: a row for each segment and PXE point.
import type { Reason, SegmentMember, SegmentResult } from '../../model/result.ts'
import { caveatLabel, caveatsOf } from '../caveats.ts'
import { findingId, type Pair } from '../places.ts'
import { count, DOUBTS, failoverText, listed, roleText, segmentName, VERDICT_ORDER, VERDICTS } from '../words.ts'
import type { Survey } from './survey.ts'
import type { Table } from './table.ts'
import { type Child, el, foreign, list, tag } from './tree.ts'
import { type Doubt, doubtId, doubtLabel } from './unknowns.ts'

/** A row. The first of a segment carries its anchor; `pair` is null where no PXE point serves the site. */
export interface SegmentRow {
  readonly segment: SegmentResult
  readonly id: string
  readonly first: boolean
  readonly pair: Pair | null
}

/** The rows, in the order of the result. */
export function segmentRows({ result, pairs }: Survey): SegmentRow[] {
  const bySegment = new Map<string, Pair[]>()
  for (const pair of pairs) {
    const own = bySegment.get(pair.segmentId)
    if (own) own.push(pair)
    else bySegment.set(pair.segmentId, [pair])
  }
  return result.segments.flatMap((segment, n): SegmentRow[] => {
    const id = `segment-${n + 1}`
    const own = bySegment.get(id)
    return own ? own.map((pair, i) => ({ segment, id, first: i === 0, pair })) : [{ segment, id, first: true, pair: null }]
  })
}

/** The table; `doubts` are those that have a card. */
export function segmentTable(survey: Survey, doubts: readonly Doubt[]): Table<SegmentRow> {
  const waiting = new Map<Pair, { id: string; label: string }[]>()
  doubts.forEach((doubt, n) => {
    for (const pair of doubt.pairs)
      waiting.set(pair, [...(waiting.get(pair) ?? []), { id: doubtId(n), label: doubtLabel(doubt) }])
  })
  return {
    id: 'segments',
    caption:
      'Every segment and PXE point, with the verdict and what it rests on. A role is observed where the router said so when it was captured, and otherwise predicted from the configurations, with how sure that is.',
    anchor: row => (row.first ? row.id : null),
    columns: [
      { key: 'segment', label: 'Segment', cell: row => nameCell(row), order: row => segmentName(row.segment), class: 'wide' },
      {
        key: 'pxe',
        label: 'PXE point',
        cell: row => (row.pair ? foreign(row.pair.pxe.point) : 'none serves this site'),
        order: row => row.pair?.pxe.point ?? '',
      },
      {
        key: 'verdict',
        label: 'Verdict',
        cell: row => row.pair && verdictCell(row.pair),
        order: row => (row.pair ? VERDICT_ORDER.indexOf(row.pair.pxe.verdict) : 9),
        class: 'verdict',
      },
      {
        key: 'copies',
        label: 'Copies',
        cell: row => row.pair && (row.pair.pxe.copies === null ? 'not known' : row.pair.pxe.copies),
        order: row => row.pair?.pxe.copies ?? -1,
        class: 'copies',
      },
      {
        key: 'failover',
        label: 'If one router fails',
        cell: row => row.pair && row.pair.pxe.verdict !== 'none' && failoverText(row.pair.pxe.survives_failover),
        order: row => failoverText(row.pair?.pxe.survives_failover ?? null),
        class: 'failover',
      },
      {
        key: 'basis',
        label: 'Rests on',
        cell: row => row.pair && basisCell(row.pair, survey, waiting.get(row.pair) ?? []),
        order: null,
        class: 'basis',
      },
    ],
  }
}

const nameCell = ({ segment, first }: SegmentRow): Child => [
  foreign(segmentName(segment), { class: 'name' }),
  el('span', { class: 'soft' }, ' site ', foreign(segment.site), ', VRF ', foreign(segment.vrf)),
  first && [
    list(
      segment.members.map(m => [foreign(m.device), ' ', foreign(m.interface), el('span', { class: 'soft' }, ` ${roleText(m)}`)]),
      { class: 'plain' },
    ),
    whyRoles(segment.members),
  ],
]

/** Why the routers have the roles they have; what holds for several is said once. */
function whyRoles(members: readonly SegmentMember[]): Child {
  const devices = new Map<string, string[]>()
  for (const { reason, device } of members) devices.set(reason, [...new Set([...(devices.get(reason) ?? []), device])])
  return (
    devices.size > 0 &&
    el(
      'details',
      { class: 'more' },
      el('summary', {}, 'Why these roles'),
      list(
        [...devices].map(([reason, own]) => [foreign(listed(own)), ': ', foreign(reason)]),
        { class: 'plain' },
      ),
    )
  )
}

const verdictCell = ({ pxe }: Pair): Child => [
  tag(pxe.verdict, VERDICTS[pxe.verdict].symbol, VERDICTS[pxe.verdict].label),
  caveatsOf(pxe).length > 0 && [' ', tag('unknown', '', '* Caveat')],
]

/** What is said in full elsewhere, in a card or under a doubt, is only linked here. */
function basisCell({ pxe, finding }: Pair, survey: Survey, doubts: readonly { id: string; label: string }[]): Child {
  const caveats = caveatsOf(pxe)
  const reasons = finding ? [] : pxe.reasons.filter(r => !caveats.includes(r) && (pxe.verdict !== 'unknown' || !DOUBTS[r.code]))
  return [
    finding &&
      el(
        'p',
        {},
        el('a', { href: `#${findingId(finding)}` }, finding.waived === null ? 'Evidence and fix' : 'Evidence (accepted)'),
      ),
    doubts.map(({ id, label }) => el('p', {}, el('a', { href: `#${id}` }, label))),
    list(
      reasons.map(r => foreign(r.message)),
      { class: 'plain' },
    ),
    caveatsView(caveats, survey.devices),
  ]
}

/** By kind. That a capture cannot be proven whole is said in full where the device is listed, and only linked here. */
function caveatsView(caveats: readonly Reason[], places: Survey['devices']): Child {
  return [...new Set(caveats.map(r => r.code))].map(code => {
    const own = caveats.filter(r => r.code === code)
    const linked = code === 'completeness-not-provable' && own.every(r => r.device !== null && places.has(r.device))
    const [first, ...rest] = linked ? [] : own.map(r => r.message)
    return el(
      'div',
      { class: 'caveat' },
      el(
        'p',
        {},
        el('strong', {}, `* ${caveatLabel(code)}:`),
        linked && own.map(({ device }) => [' ', el('a', { href: `#${places.get(device ?? '')}` }, foreign(device ?? ''))]),
        first !== undefined && [' ', foreign(first)],
      ),
      rest.length > 0 &&
        el(
          'details',
          { class: 'more' },
          el('summary', {}, count(rest.length, 'more', 'more')),
          list(
            rest.map(message => foreign(message)),
            { class: 'plain' },
          ),
        ),
    )
  })
}
