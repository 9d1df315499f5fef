// This run held against those before: what is new, what stands, what is gone.
import type { Compared, History, Listener, Open, Remembered, Remembrance, RunLine } from '../model/history.ts'
import type { Result, Severity } from '../model/result.ts'
import { changesBetween } from './changes.ts'
import { fold, oldest, timeToFix } from './fold.ts'
import { absences } from './judged.ts'
import { countSites, remember, tailOf } from './remember.ts'
import { trendOf } from './trend.ts'

/** What a comparison needs beside the result. */
export interface Comparing {
  /** The number of this run. */
  readonly run: number
  readonly finished: Date
  /** The rules that were run, by id. */
  readonly rules: readonly string[]
  /** Who wants to be told of changes. */
  readonly listeners: readonly Listener[]
  /** Whether a finding that stands without being judged leaves the exit code at 0. */
  tolerates(severity: Severity): boolean
}

/** The result with its history, the line that is to be written, and what is remembered once it is. */
export interface Comparison {
  readonly result: Result & { readonly history: History }
  readonly line: RunLine
  readonly after: Remembrance
}

/** Compares a result with what is remembered. Pure: nothing is written. */
export function compare(
  before: Remembrance,
  result: Result,
  { run, finished, rules, listeners, tolerates }: Comparing,
): Comparison {
  const now = remember(result)
  const renamed = renamings(before, now, result)
  const gone = new Set(renamed.map(r => r.from))
  const present = new Set(now.map(f => f.fingerprint))
  const absent = absences(result, rules)
  const resolved: { readonly finding: Open; readonly caveat: string | null }[] = []
  const waiting: { readonly finding: Open; readonly why: string }[] = []
  for (const finding of before.open.values()) {
    if (present.has(finding.fingerprint) || gone.has(finding.fingerprint)) continue
    const answer = absent(finding)
    if (answer.gone) resolved.push({ finding, caveat: answer.caveat })
    else waiting.push({ finding, why: answer.why })
  }
  // Nobody may take for clean what was found and not looked at again.
  const exit_code =
    result.exit_code === 0 && waiting.some(w => w.finding.waived === null && !tolerates(w.finding.severity))
      ? 3
      : result.exit_code
  const line: RunLine = {
    schema_version: 1,
    kind: 'run',
    run,
    started_at: result.started_at,
    finished_at: finished.toISOString(),
    tool: result.tool,
    exit_code,
    result: null,
    summary: result.summary,
    sites: countSites(result, [
      ...now.map(f => ({ ...f, not_judged: null })),
      ...waiting.map(w => ({ ...w.finding, not_judged: w.why })),
    ]),
    failed: result.devices.filter(d => d.state === 'failed').map(d => d.name),
    findings: now.filter(f => !same(f, before.open.get(f.fingerprint))),
    resolved: resolved.map(({ finding: { fingerprint }, caveat }) =>
      caveat === null ? { fingerprint } : { fingerprint, caveat },
    ),
    renamed,
    not_judged: grouped(waiting),
    tell: [],
  }
  const after = fold(before, [line])
  const last = before.runs.at(-1)
  const compared = [
    ...now.map(f => comparedOf(after.open.get(f.fingerprint) as Open, run)),
    ...waiting.map(w => comparedOf(after.open.get(w.finding.fingerprint) as Open, run)),
    ...resolved.map(r => ({ ...shownOf(r.finding), status: 'resolved' as const, not_judged: null, caveat: r.caveat })),
  ]
  const changes = changesBetween(before, line, compared)
  const told: RunLine = { ...line, tell: listeners.filter(l => changes.length > 0 || before.told[l] < (last?.run ?? 0)) }
  const first = oldest(after)
  const history: History = {
    run,
    previous: last ? { run: last.run, started_at: last.started_at, exit_code: last.exit_code } : null,
    finished_at: line.finished_at,
    last_success_at: after.runs.findLast(succeeded)?.started_at ?? null,
    counts: count(compared),
    findings: compared,
    changes,
    oldest_open: first && { fingerprint: first.fingerprint, first_seen: first.first_seen },
    time_to_fix: timeToFix(after.past),
    trend: trendOf(after.runs),
  }
  return { result: { ...result, exit_code, history }, line: told, after: fold(before, [told]) }
}

/** A run that gave a verdict. Which it could not give is counted elsewhere. */
export const succeeded = ({ summary: { duplicate, single, none } }: Pick<RunLine, 'summary'>): boolean =>
  duplicate + single + none > 0

/** Whether what is remembered of a finding is still right. */
const same = (finding: Remembered, known: Open | undefined): boolean =>
  known !== undefined &&
  (Object.keys(finding) as (keyof Remembered)[]).every(key => JSON.stringify(finding[key]) === JSON.stringify(known[key]))

const shownOf = ({ fingerprint, rule, severity, copies, site, subject, message, waived, first_seen, last_seen }: Open) => {
  const weight = copies === undefined ? { severity } : { severity, copies }
  return { fingerprint, rule, ...weight, site, subject, message, waived, first_seen, last_seen }
}

const comparedOf = (open: Open, run: number): Compared => ({
  ...shownOf(open),
  status: open.first_run === run ? 'new' : 'standing',
  not_judged: open.not_judged,
  caveat: null,
})

function count(compared: readonly Compared[]): History['counts'] {
  const standing = compared.filter(c => c.waived === null)
  const of = (status: Compared['status']) => standing.filter(c => c.status === status).length
  return {
    new: of('new'),
    standing: of('standing'),
    not_judged: standing.filter(c => c.not_judged !== null).length,
    resolved: of('resolved'),
    accepted: compared.filter(c => c.waived !== null && c.status !== 'resolved').length,
  }
}

/** A segment that gets another name, as with one more subnet, takes its findings along: same rule, same thing, common subnet and router. */
function renamings(before: Remembrance, now: readonly Remembered[], { segments }: Result): RunLine['renamed'] {
  const there = new Set(segments.map(s => s.id))
  const keyOf = ({ rule, subject }: Remembered, segment: string, subnet: string) =>
    `${rule}\n${tailOf(subject, segment)}\n${subnet}`
  const bySubnet = new Map<string, Remembered[]>()
  for (const finding of now)
    for (const subnet of finding.segment?.subnets ?? []) {
      const key = keyOf(finding, finding.segment?.id ?? '', subnet)
      bySubnet.set(key, [...(bySubnet.get(key) ?? []), finding])
    }
  return [...before.open.values()].flatMap(old => {
    const { segment, devices, fingerprint } = old
    if (segment === null || there.has(segment.id)) return []
    const near = segment.subnets.flatMap(subnet => bySubnet.get(keyOf(old, segment.id, subnet)) ?? [])
    const heir = near.find(f => f.devices.some(d => devices.includes(d)))
    return heir ? [{ from: fingerprint, to: heir.fingerprint }] : []
  })
}

function grouped(waiting: readonly { readonly finding: Open; readonly why: string }[]): RunLine['not_judged'] {
  const byReason = new Map<string, string[]>()
  for (const { finding, why } of waiting) {
    const own = byReason.get(why)
    if (own) own.push(finding.fingerprint)
    else byReason.set(why, [finding.fingerprint])
  }
  return Array.from(byReason, ([reason, fingerprints]) => ({ reason, fingerprints }))
}
