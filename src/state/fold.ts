// The lines of a history, one after the other, come to what is open and what is over.
import type { HistoryLine, Listener, Open, Past, Remembrance, RunLine } from '../model/history.ts'

/** What is remembered before the first run. */
export const nothing: Remembrance = { runs: [], open: new Map(), past: [], told: { command: 0, webhook: 0 } }

const LISTENERS: readonly Listener[] = ['command', 'webhook']

/** Adds lines to what is remembered. A line that is missing in between costs what it said and no more: the next run says it again. */
export function fold(before: Remembrance, lines: readonly HistoryLine[]): Remembrance {
  const runs = [...before.runs]
  const open = new Map<string, Standing>(
    Array.from(before.open, ([fingerprint, finding]) => [fingerprint, { ...finding }] as const),
  )
  const past = [...before.past]
  const told = { ...before.told }
  const end = (fingerprint: string, resolved_run: number, resolved_at: string, caveat: string | null, closed = false) => {
    const finding = open.get(fingerprint)
    if (!finding) return
    open.delete(fingerprint)
    const { last_seen: _, not_judged: __, ...rest } = finding
    past.push({ ...rest, resolved_run, resolved_at, caveat, closed })
  }
  const waiting = new Set([...open.values()].filter(f => f.not_judged !== null).map(f => f.fingerprint))
  for (const line of lines) {
    if (line.kind === 'told') told[line.listener] = Math.max(told[line.listener], line.run)
    else if (line.kind === 'close')
      for (const fingerprint of line.fingerprints) end(fingerprint, runs.at(-1)?.run ?? 0, line.at, line.reason, true)
    else {
      foldRun(open, waiting, line, runs.at(-1)?.started_at ?? line.started_at)
      for (const { fingerprint, caveat } of line.resolved) end(fingerprint, line.run, line.started_at, caveat ?? null)
      // Who need not be told has heard all there is to hear, unless an earlier run is still untold.
      const last = runs.at(-1)?.run ?? 0
      for (const listener of LISTENERS) if (!line.tell.includes(listener) && told[listener] >= last) told[listener] = line.run
      runs.push(line)
    }
  }
  const { started_at } = runs.at(-1) ?? {}
  if (started_at !== undefined)
    for (const finding of open.values()) if (finding.not_judged === null) finding.last_seen = started_at
  return { runs, open, past, told }
}

/** Written over in place, and only where something changes: years of runs with thousands of findings are read in a second. */
type Standing = { -readonly [K in keyof Open]: Open[K] }

/** `waiting`: the open findings that the last run did not judge; `before`: when that started. */
function foldRun(open: Map<string, Standing>, waiting: Set<string>, line: RunLine, before: string): void {
  const { run, started_at, findings, renamed, not_judged } = line
  const earlier = new Map<string, Open>()
  for (const { from, to } of renamed) {
    const finding = open.get(from)
    const other = earlier.get(to)
    if (finding && (!other || finding.first_run < other.first_run)) earlier.set(to, finding)
    open.delete(from)
  }
  for (const finding of findings) {
    const { first_run = run, first_seen = started_at } = open.get(finding.fingerprint) ?? earlier.get(finding.fingerprint) ?? {}
    open.set(finding.fingerprint, { ...finding, first_run, first_seen, last_seen: started_at, not_judged: null })
  }
  const waited = [...waiting]
  waiting.clear()
  for (const { reason, fingerprints } of not_judged)
    for (const fingerprint of fingerprints) {
      const finding = open.get(fingerprint)
      if (!finding) continue
      if (finding.not_judged === null) finding.last_seen = before
      finding.not_judged = reason
      waiting.add(fingerprint)
    }
  for (const fingerprint of waited) {
    const finding = waiting.has(fingerprint) ? undefined : open.get(fingerprint)
    if (finding) finding.not_judged = null
  }
}

/** The open finding that has stood through the most runs, of those that are not accepted. */
export const oldest = ({ open }: Remembrance): Open | null =>
  [...open.values()].reduce<Open | null>(
    (first, f) => (f.waived === null && (first === null || f.first_run < first.first_run) ? f : first),
    null,
  )

/** How long findings stood until they were resolved: those that nobody had accepted or closed by hand. */
export function timeToFix(past: readonly Past[]): { findings: number; median_seconds: number | null } {
  // A clock that went back makes nothing last less than no time.
  const seconds = past
    .filter(p => p.waived === null && !p.closed)
    .map(p => Math.max(0, (Date.parse(p.resolved_at) - Date.parse(p.first_seen)) / 1000))
    .sort((a, b) => a - b)
  const middle = seconds.slice(Math.floor((seconds.length - 1) / 2), Math.floor(seconds.length / 2) + 1)
  return {
    findings: seconds.length,
    median_seconds: middle.length === 0 ? null : Math.round(middle.reduce((sum, s) => sum + s, 0) / middle.length),
  }
}
