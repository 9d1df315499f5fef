// What changed since the last run, where the audit was told to remember its runs.
import type { Result } from '../../model/result.ts'
import { findingId } from '../places.ts'
import { count, timeText } from '../words.ts'
import { type Child, code, el, foreign } from './tree.ts'
import { type Trend, trendView } from './trend.ts'

/** What the page reads of a result's history. Everything may be missing: a history is an extra, never a reason to fail. */
interface History {
  readonly previous?: { readonly started_at: string } | null
  readonly counts?: { readonly new: number; readonly standing: number; readonly not_judged: number; readonly resolved: number }
  readonly findings?: readonly Compared[]
  readonly oldest_open?: { readonly fingerprint: string; readonly first_seen: string } | null
  /** Runs for the drawing, oldest first. */
  readonly runs?: Trend['runs']
}
interface Compared {
  readonly fingerprint: string
  readonly rule: string
  readonly subject: string
  readonly status: 'new' | 'standing' | 'resolved'
  readonly not_judged: string | null
  readonly caveat: string | null
  readonly first_seen: string
}

const historyOf = (result: Result): History | null => (result as { readonly history?: History }).history ?? null

/** One line for the head: the numbers of what is new, gone and standing. */
export function changesLine(result: Result): Child {
  const history = historyOf(result)
  if (!history?.counts) return null
  const { counts, previous } = history
  const part = (tone: string, n: number, word: string): Child => [
    el('span', { class: `change ${tone}` }, el('strong', {}, n), ` ${word}`),
    ' ',
  ]
  return el(
    'p',
    { class: 'changes' },
    el('a', { href: '#history' }, previous ? `Since ${timeText(previous.started_at)}` : 'First run that is remembered'),
    ' ',
    part(counts.new > 0 ? 'duplicate' : 'none', counts.new, 'new'),
    part('single', counts.resolved, 'resolved'),
    part('none', counts.standing, 'standing'),
    counts.not_judged > 0 && part('unknown', counts.not_judged, 'of them not judged this time'),
  )
}

/** The section with the findings behind the numbers, the oldest open one, and the drawing. */
export function historySection(result: Result): Child {
  const history = historyOf(result)
  if (!history) return null
  const { findings = [], oldest_open, runs = [] } = history
  const there = new Set(result.findings.map(f => f.fingerprint))
  const groups = [
    ['New', 'duplicate', findings.filter(f => f.status === 'new')],
    ['Resolved', 'single', findings.filter(f => f.status === 'resolved')],
    ['Standing, not judged this time', 'unknown', findings.filter(f => f.status === 'standing' && f.not_judged !== null)],
  ] as const
  return el(
    'section',
    { 'aria-labelledby': 'history' },
    el('h2', { id: 'history' }, 'Since the last run'),
    oldest_open &&
      el(
        'p',
        { class: 'lead' },
        'The oldest open finding is from ',
        timeText(oldest_open.first_seen),
        ': ',
        there.has(oldest_open.fingerprint)
          ? el('a', { href: `#${findingId(oldest_open)}` }, code(oldest_open.fingerprint))
          : code(oldest_open.fingerprint),
        '.',
      ),
    groups.map(
      ([title, tone, own]) =>
        own.length > 0 &&
        el(
          'details',
          { class: 'more', open: own.length <= MOST },
          el('summary', {}, el('span', { class: `tag ${tone}` }, title), ' ', count(own.length, 'finding')),
          el(
            'ul',
            { class: 'remarks' },
            own.slice(0, MOST * MOST).map(f => el('li', {}, row(f, there))),
          ),
        ),
    ),
    trendView({ runs }),
  )
}

/** So many are shown without being asked for. */
const MOST = 20

const row = (f: Compared, there: ReadonlySet<string>): Child => [
  there.has(f.fingerprint) ? el('a', { href: `#${findingId(f)}` }, foreign(f.subject)) : foreign(f.subject),
  ' ',
  code(f.rule),
  el('span', { class: 'soft' }, ` found ${timeText(f.first_seen)}`),
  (f.not_judged ?? f.caveat) !== null && [': ', foreign(f.not_judged ?? f.caveat ?? '')],
]
