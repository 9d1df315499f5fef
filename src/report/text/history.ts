// What has changed since the last run, in the report for a terminal.
import type { Compared, History } from '../../model/history.ts'
import type { Result } from '../../model/result.ts'
import { ageText, momentText, spanText } from '../ages.ts'
import { wrap } from '../columns.ts'
import { legibleText } from '../legible.ts'
import type { Style, TextContext } from '../text.ts'
import { count } from '../words.ts'

/** More of a kind than this hide the others; `--all`, JSON and HTML have them. */
const MOST = 20

/** What is new, what is gone, and what stands without having been judged; nothing where there is no history. */
export function historyLines({ history, started_at }: Pick<Result, 'history' | 'started_at'>, context: TextContext): string[] {
  if (!history) return []
  const { paint, width, all } = context
  const out = wrap(`${sinceText(history)}: ${countsText(history)}.`, width).map(line => paint('bold', line))
  const shown = context.waived ? history.findings : history.findings.filter(f => f.waived === null)
  const list = (label: string, style: Style, some: readonly Compared[], says: (finding: Compared) => string) => {
    for (const finding of all ? some : some.slice(0, MOST)) {
      const { rule, fingerprint } = finding
      out.push(`${paint(style, label)} ${paint('bold', legibleText(rule))} ${paint('dim', legibleText(fingerprint))}`)
      out.push(...wrap(legibleText(says(finding)), width, '  '))
    }
    if (!all && some.length > MOST) out.push(paint('dim', `and ${some.length - MOST} more ${label}; --all shows them`))
  }
  const fresh = shown.filter(f => f.status === 'new')
  // On the first run everything is new, and stands above already.
  if (history.previous !== null) list('new', 'red', fresh, f => f.subject)
  list(
    'not judged',
    'yellow',
    shown.filter(f => f.not_judged !== null),
    f => `${f.subject}: ${f.not_judged}; last seen ${momentText(f.last_seen)}`,
  )
  list(
    'resolved',
    'green',
    shown.filter(f => f.status === 'resolved'),
    f => resolvedText(f, started_at),
  )
  out.push(...wrap(agesText(history, started_at), width), '')
  return out
}

/** `Since the run of 2026-11-23 08:45 UTC`. */
export const sinceText = ({ previous }: History): string =>
  previous === null ? 'First run with this state' : `Since the run of ${momentText(previous.started_at)}`

/** `1 new, 3 standing (1 not judged), 2 resolved, 1 accepted`. */
export const countsText = ({ counts }: History): string =>
  [
    `${counts.new} new`,
    `${counts.standing} standing${counts.not_judged > 0 ? ` (${counts.not_judged} not judged)` : ''}`,
    `${counts.resolved} resolved`,
    ...(counts.accepted > 0 ? [`${counts.accepted} accepted`] : []),
  ].join(', ')

/** What was resolved, after how long, and on what that rests. */
export const resolvedText = ({ subject, first_seen, caveat }: Compared, now: string): string =>
  `${subject}, after ${ageText(first_seen, now)}${caveat === null ? '' : `; not proven: ${caveat}`}`

/** How old the oldest open finding is, and how long it takes to mend one. */
export function agesText({ oldest_open, time_to_fix }: History, now: string): string {
  const { findings, median_seconds } = time_to_fix
  return [
    oldest_open === null
      ? 'No finding is open.'
      : `The oldest open finding, ${oldest_open.fingerprint}, is from ${momentText(oldest_open.first_seen)} (${ageText(oldest_open.first_seen, now)}).`,
    ...(median_seconds === null ? [] : [`Time to fix: ${spanText(median_seconds)} (median of ${count(findings, 'finding')}).`]),
  ].join(' ')
}
