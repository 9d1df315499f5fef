// What a listener is told: everything since the last run that it was told of. No line of a configuration is in it, unless that is asked for.
import type { Listener, Past, Remembered } from '../model/history.ts'
import type { Evidence } from '../model/result.ts'
import type { Comparison } from './compare.ts'

/** What is sent as JSON, and what a command finds in its environment. */
export interface News {
  readonly schema_version: 1
  readonly tool: { readonly name: string; readonly version: string }
  readonly run: number
  readonly started_at: string
  readonly exit_code: number
  /** Null for the first run. */
  readonly previous_exit_code: number | null
  /** The last run that this listener was told of; 0 for none. */
  readonly since_run: number
  readonly changes: readonly string[]
  readonly counts: {
    readonly new: number
    readonly resolved: number
    readonly standing: number
    readonly not_judged: number
    readonly accepted: number
  }
  readonly new: readonly Told[]
  readonly resolved: readonly (Told & { readonly caveat: string | null })[]
  readonly failed_devices: readonly string[]
}

/** A finding as it is told. */
export interface Told {
  readonly fingerprint: string
  readonly rule: string
  readonly severity: string
  readonly site: string
  readonly subject: string
  readonly message: string
  readonly first_seen: string
  /** Lines of configurations; only where that is asked for. */
  readonly evidence?: readonly Evidence[]
}

/** What there is to tell a listener of a run. */
export function newsFor(listener: Listener, { result, line, after }: Comparison, withEvidence: boolean): News {
  const since = after.told[listener]
  const { history, tool, started_at, exit_code, findings } = result
  const evidence = new Map(withEvidence ? findings.map(f => [f.fingerprint, f.evidence] as const) : [])
  const tell = (f: Remembered & { readonly first_seen: string }): Told => {
    const { fingerprint, rule, severity, site, subject, message, first_seen } = f
    const lines = evidence.get(fingerprint)
    return { fingerprint, rule, severity, site, subject, message, first_seen, ...(lines && { evidence: lines }) }
  }
  const fresh = [...after.open.values()].filter(f => f.waived === null && f.first_run > since)
  const gone = after.past.filter(p => isNews(p, since))
  const missed = (history.previous?.run ?? 0) > since
  return {
    schema_version: 1,
    tool,
    run: line.run,
    started_at,
    exit_code,
    previous_exit_code: history.previous?.exit_code ?? null,
    since_run: since,
    changes: missed ? [...history.changes, `run ${since + 1} and later could not be told before`] : history.changes,
    counts: {
      new: fresh.length,
      resolved: gone.length,
      standing: [...after.open.values()].filter(f => f.waived === null).length - fresh.length,
      not_judged: history.counts.not_judged,
      accepted: history.counts.accepted,
    },
    new: fresh.map(tell),
    resolved: gone.map(p => ({ ...tell(p), caveat: p.caveat })),
    failed_devices: line.failed,
  }
}

/** Of a finding that came and went unheard nobody has to know, and of one that was closed by hand somebody does. */
const isNews = ({ waived, closed, first_run, resolved_run }: Past, since: number): boolean =>
  waived === null && !closed && resolved_run > since && first_run <= since
