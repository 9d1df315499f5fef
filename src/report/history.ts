// What `history` prints: the runs of a state, and the findings that are open.
import type { Open, Remembrance, RunLine, SiteCounts } from '../model/history.ts'
import { ageText, momentText, spanText } from './ages.ts'
import { columns, wrap } from './columns.ts'
import { legibleText } from './legible.ts'
import type { TextContext } from './text.ts'
import { count } from './words.ts'

/** A run in numbers: what trends are drawn from. */
export interface RunNumbers
  extends Pick<RunLine, 'run' | 'started_at' | 'finished_at' | 'exit_code' | 'result' | 'summary' | 'sites'> {
  /** Findings that nobody accepted: found first by this run, resolved by it, and open after it. */
  readonly new: number
  readonly resolved: number
  readonly open: number
}

/** What a state comes to, for a reader at `now`. */
export interface HistoryView {
  readonly schema_version: 1
  readonly runs: readonly RunNumbers[]
  /** Those that have been open longest first. */
  readonly open: readonly Open[]
  readonly resolved: number
  readonly time_to_fix: { readonly findings: number; readonly median_seconds: number | null }
}

/** Sums a state up. `timeToFix` is the state's own. */
export function historyView(state: Remembrance, time_to_fix: HistoryView['time_to_fix']): HistoryView {
  const tally = (runs: readonly number[]) => {
    const numbers = new Map<number, number>()
    for (const run of runs) numbers.set(run, (numbers.get(run) ?? 0) + 1)
    return numbers
  }
  const past = state.past.filter(p => p.waived === null)
  const standing = [...state.open.values()].filter(f => f.waived === null)
  const first = tally([...past, ...standing].map(f => f.first_run))
  const last = tally(past.filter(p => !p.closed).map(p => p.resolved_run))
  return {
    schema_version: 1,
    runs: state.runs.map(({ run, started_at, finished_at, exit_code, result, summary, sites }) => ({
      run,
      started_at,
      finished_at,
      exit_code,
      result,
      summary,
      sites,
      new: first.get(run) ?? 0,
      resolved: last.get(run) ?? 0,
      open: Object.values(sites).reduce((sum, site) => sum + openIn(site), 0),
    })),
    open: [...state.open.values()].sort((a, b) => a.first_run - b.first_run),
    resolved: past.filter(p => !p.closed).length,
    time_to_fix,
  }
}

const openIn = ({ error, warning, info }: SiteCounts): number => error + warning + info

/** Runs shown without `--all`. */
const MOST_RUNS = 10

/** The same for a terminal, ending with a newline. */
export function historyText(view: HistoryView, { paint, width, all }: TextContext, now: Date): string {
  const { runs, open, time_to_fix } = view
  const shown = all ? runs : runs.slice(-MOST_RUNS)
  const rows = [
    ['run', 'started', 'exit', 'dup', 'unknown', 'failed', 'new', 'resolved', 'open'],
    ...shown.map(r => [
      String(r.run),
      momentText(r.started_at),
      ...[r.exit_code, r.summary.duplicate, r.summary.unknown, r.summary.failed, r.new, r.resolved, r.open].map(String),
    ]),
  ]
  const out = columns(rows, width).map((line, n) => (n === 0 ? paint('bold', line) : line))
  if (shown.length < runs.length) out.push(paint('dim', `and ${runs.length - shown.length} earlier; --all shows them`))
  const standing = open.filter(f => f.waived === null)
  const waiting = standing.filter(f => f.not_judged !== null).length
  out.push(
    '',
    paint('bold', `Open: ${count(standing.length, 'finding')}${waiting > 0 ? ` (${waiting} not judged by the last run)` : ''}`),
  )
  for (const finding of all ? open : standing) out.push(...openLines(finding, now, { paint, width }))
  const accepted = open.length - standing.length
  if (accepted > 0 && !all) out.push(paint('dim', `${count(accepted, 'accepted finding')} not shown; --all shows them.`))
  if (time_to_fix.median_seconds !== null)
    out.push(`Time to fix: ${spanText(time_to_fix.median_seconds)} (median of ${count(time_to_fix.findings, 'finding')}).`)
  return `${out.join('\n')}\n`
}

function openLines(finding: Open, now: Date, { paint, width }: Pick<TextContext, 'paint' | 'width'>): string[] {
  const { severity, rule, fingerprint, message, first_seen, first_run, last_seen, not_judged, waived } = finding
  const label =
    waived === null
      ? paint(severity === 'error' ? 'red' : severity === 'warning' ? 'yellow' : 'cyan', severity)
      : paint('dim', 'accepted')
  return [
    `${label} ${paint('bold', legibleText(rule))} ${paint('dim', legibleText(fingerprint))}`,
    ...wrap(legibleText(message), width, '  '),
    ...wrap(
      `Open for ${ageText(first_seen, now.toISOString())}, since run ${first_run} of ${momentText(first_seen)}.`,
      width,
      '  ',
    ),
    ...(not_judged === null
      ? []
      : wrap(legibleText(`Not judged by the last run: ${not_judged}; last seen ${momentText(last_seen)}.`), width, '  ')),
    ...(waived === null ? [] : wrap(legibleText(`Accepted: ${waived}`), width, '  ')),
  ]
}
