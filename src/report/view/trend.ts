// Findings over time: one drawing for the network, and a small one for each site.
import type { Trend, TrendRun } from '../../model/history.ts'
import { type Child, el, foreign, type Tree } from './tree.ts'

const SIZE = { width: 640, height: 160, left: 36, bottom: 24, top: 10 }
const SPARK = { width: 120, height: 24 }
/** Sites drawn: those with the most findings now. */
const SITES = 40

const LINES = [
  { key: 'findings', label: 'errors and warnings', tone: 'none' },
  { key: 'unknown', label: 'unknown verdicts', tone: 'unknown' },
  { key: 'duplicate', label: 'duplicates', tone: 'duplicate' },
] as const

/** The drawings and the numbers in them; nothing for fewer than two runs, which make no line. */
export function trendView({ runs }: Trend): Child {
  const [first, last] = [runs[0], runs.at(-1)]
  if (!first || !last || runs.length < 2) return null
  const sites = [...new Set(runs.flatMap(run => Object.keys(run.by_site)))]
    .map(site => ({ site, counts: runs.map(run => run.by_site[site] ?? 0) }))
    .sort((a, b) => (b.counts.at(-1) ?? 0) - (a.counts.at(-1) ?? 0) || (a.site < b.site ? -1 : 1))
  return [
    chart(runs),
    el(
      'div',
      { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Errors and warnings by site' },
      el(
        'table',
        { class: 'sites' },
        el(
          'caption',
          {},
          `Errors and warnings by site over ${runs.length} runs${sites.length > SITES ? `; the ${SITES} sites with the most of ${sites.length}` : ''}.`,
        ),
        el(
          'thead',
          {},
          el(
            'tr',
            {},
            ['Site', 'Over time', 'First', 'Now'].map(name => el('th', { scope: 'col' }, name)),
          ),
        ),
        el(
          'tbody',
          {},
          sites
            .slice(0, SITES)
            .map(({ site, counts }) =>
              el(
                'tr',
                {},
                el('th', { scope: 'row' }, foreign(site)),
                el('td', {}, spark(counts)),
                el('td', {}, counts[0] ?? 0),
                el('td', {}, counts.at(-1) ?? 0),
              ),
            ),
        ),
      ),
    ),
  ]
}

function chart(runs: readonly TrendRun[]): Tree {
  const most = Math.max(1, ...runs.flatMap(run => LINES.map(({ key }) => run[key])))
  const x = placeIn(runs)
  const y = (n: number) => SIZE.top + (1 - n / most) * (SIZE.height - SIZE.top - SIZE.bottom)
  const day = (run: TrendRun | undefined) => run?.at.slice(0, 10) ?? ''
  const said = LINES.map(({ key, label }) => `${label} from ${runs[0]?.[key]} to ${runs.at(-1)?.[key]}`).join(', ')
  return el(
    'figure',
    { class: 'trend' },
    el(
      'svg',
      {
        viewBox: `0 0 ${SIZE.width} ${SIZE.height}`,
        role: 'img',
        'aria-label': `From ${day(runs[0])} to ${day(runs.at(-1))}: ${said}.`,
      },
      [0, most].map(n => [
        el('path', { class: 'grid', d: `M${SIZE.left} ${y(n)} H${SIZE.width}` }),
        el('text', { 'x': SIZE.left - 6, 'y': y(n) + 4, 'text-anchor': 'end' }, n),
      ]),
      LINES.map(({ key, tone }) => el('path', { class: `series ${tone}`, d: lineOf(runs.map((run, n) => [x(n), y(run[key])])) })),
      el('text', { x: SIZE.left, y: SIZE.height - 6 }, day(runs[0])),
      el('text', { 'x': SIZE.width, 'y': SIZE.height - 6, 'text-anchor': 'end' }, day(runs.at(-1))),
    ),
    el(
      'figcaption',
      {},
      LINES.map(({ key, label, tone }) => [el('span', { class: `key ${tone}` }, label), ` ${runs.at(-1)?.[key]} `]),
    ),
  )
}

/** Runs stand where their time puts them; clocks that went back are no reason to draw backwards. */
function placeIn(runs: readonly TrendRun[]): (n: number) => number {
  const times = runs.map(run => Date.parse(run.at))
  const [from = 0, to = 0] = [times[0], times.at(-1)]
  const even = to <= from || times.some((time, n) => !(time >= (times[n - 1] ?? time)))
  return n =>
    SIZE.left + (even ? n / (runs.length - 1) : ((times[n] ?? from) - from) / (to - from)) * (SIZE.width - SIZE.left - 4)
}

const lineOf = (points: readonly (readonly [number, number])[]): string =>
  points.map(([x, y], n) => `${n === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join('')

/** A line without axes; the columns beside it hold its ends. */
function spark(counts: readonly number[]): Tree {
  const most = Math.max(1, ...counts)
  const at = (n: number, i: number): readonly [number, number] => [
    2 + (i / Math.max(1, counts.length - 1)) * (SPARK.width - 4),
    3 + (1 - n / most) * (SPARK.height - 6),
  ]
  return el(
    'svg',
    {
      ...{ 'class': 'spark', 'width': SPARK.width, 'height': SPARK.height },
      'viewBox': `0 0 ${SPARK.width} ${SPARK.height}`,
      'aria-hidden': 'true',
    },
    el('path', { class: 'series findings', d: lineOf(counts.map(at)) }),
  )
}
