// What changed since the last run, where the audit was told to remember its runs.
import type { Compared } from '../../model/history.ts'
import type { Result } from '../../model/result.ts'
import { ageText, momentText } from '../ages.ts'
import { findingId } from '../places.ts'
import { agesText, sinceText } from '../text/history.ts'
import { count } from '../words.ts'
import { type Child, code, el, foreign } from './tree.ts'
import { trendView } from './trend.ts'

/** How many findings the section tells of: those whose standing is news. */
export const newsOf = ({ history }: Result): number =>
  history?.findings.filter(f => f.status !== 'standing' || f.not_judged !== null).length ?? 0

/** One line for the head: the numbers of what is new, gone and standing. */
export function changesLine({ history }: Result): Child {
  if (!history) return null
  const { counts } = history
  const part = (tone: string, n: number, word: string): Child => [
    ' ',
    el('span', { class: `change ${tone}` }, el('strong', {}, n), ` ${word}`),
  ]
  return el(
    'p',
    { class: 'changes' },
    el('a', { href: '#history' }, sinceText(history)),
    part(counts.new > 0 ? 'duplicate' : 'none', counts.new, 'new'),
    part('single', counts.resolved, 'resolved'),
    part('none', counts.standing, 'standing'),
    counts.not_judged > 0 && part('unknown', counts.not_judged, 'of them not judged this time'),
    counts.accepted > 0 && part('none', counts.accepted, 'accepted'),
  )
}

/** The findings behind the numbers, the oldest open one, and the drawing. */
export function historySection(result: Result): Child {
  const { history, started_at } = result
  if (!history) return null
  const there = new Set(result.findings.map(f => f.fingerprint))
  const { findings, oldest_open } = history
  const groups = [
    ['New', 'duplicate', findings.filter(f => f.status === 'new')],
    ['Resolved', 'single', findings.filter(f => f.status === 'resolved')],
    ['Standing, not judged this time', 'unknown', findings.filter(f => f.not_judged !== null)],
    ['Standing', 'none', findings.filter(f => f.status === 'standing' && f.not_judged === null)],
  ] as const
  return el(
    'section',
    { 'aria-labelledby': 'history', 'class': 'part' },
    el('h2', { id: 'history' }, 'Since the last run ', el('span', { class: 'number' }, newsOf(result))),
    el(
      'p',
      { class: 'lead' },
      agesText(history, started_at),
      oldest_open &&
        there.has(oldest_open.fingerprint) && [' ', el('a', { href: `#${findingId(oldest_open)}` }, 'Look at it'), '.'],
    ),
    groups.map(
      ([title, tone, own]) =>
        own.length > 0 &&
        el(
          'details',
          { class: 'more', open: tone !== 'none' && own.length <= MOST },
          el('summary', {}, el('span', { class: `tag ${tone}` }, title), ' ', count(own.length, 'finding')),
          el(
            'ul',
            { class: 'remarks' },
            own.slice(0, LISTED).map(f => el('li', {}, row(f, there, started_at))),
          ),
          own.length > LISTED && el('p', { class: 'soft' }, `And ${own.length - LISTED} more, which the JSON has.`),
        ),
    ),
    trendView(history.trend ?? { runs: [] }),
  )
}

/** So many are shown without being asked for, and so many at all. */
const MOST = 20
const LISTED = 500

const row = (f: Compared, there: ReadonlySet<string>, now: string): Child => [
  there.has(f.fingerprint) ? el('a', { href: `#${findingId(f)}` }, foreign(f.subject)) : foreign(f.subject),
  ' ',
  code(f.rule),
  el(
    'span',
    { class: 'soft' },
    ` found ${momentText(f.first_seen)} (${ageText(f.first_seen, now)})${f.waived === null ? '' : ', accepted'}`,
  ),
  (f.not_judged ?? f.caveat) !== null && [': ', foreign(f.not_judged ?? f.caveat ?? '')],
]
