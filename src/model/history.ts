// What is remembered from run to run, and what a run makes of it.
import type { Severity, Summary } from './result.ts'

/** A finding as it is remembered: what it says, and what has to be judged before it can be called resolved. */
export interface Remembered {
  readonly fingerprint: string
  readonly rule: string
  readonly severity: Severity
  /** Copies of one boot request, where it is about them. */
  readonly copies?: number
  readonly subject: string
  readonly message: string
  /** Why it was accepted; null when it stands. */
  readonly waived: string | null
  /** Where it is; the first one, where it is about devices of several sites. Empty where no device is known. */
  readonly site: string
  /** The devices that it cites, and those on its segment. */
  readonly devices: readonly string[]
  /** The segment it is about, where it is about one; null for a finding about devices. */
  readonly segment: { readonly id: string; readonly subnets: readonly string[] } | null
  /** The PXE point it is about, where it is about one. */
  readonly point: string | null
  /** The PXE points that have to be judged: that one, or all that its segment was judged for. */
  readonly points: readonly string[]
}

/** What one run counted at one site. Findings that were accepted are under `accepted` alone. */
export interface SiteCounts extends Summary {
  /** Devices whose configuration is cut short, or too old. */
  readonly cut: number
  readonly stale: number
  /** Findings by severity. */
  readonly error: number
  readonly warning: number
  readonly info: number
  readonly accepted: number
  /** Findings of earlier runs that stand because they were not judged. */
  readonly not_judged: number
}

/** Who is told of changes. */
export type Listener = 'command' | 'webhook'

/** One run: a line of the history. It holds what changed; the lines before it hold the rest. */
export interface RunLine {
  readonly schema_version: 1
  readonly kind: 'run'
  /** Counts up; clocks may not. */
  readonly run: number
  /** ISO 8601, UTC. */
  readonly started_at: string
  readonly finished_at: string
  readonly tool: { readonly name: string; readonly version: string }
  readonly exit_code: number
  /** The stored result, relative to the state; null where it could not be stored. It goes when its time is over. */
  readonly result: string | null
  readonly summary: Summary
  readonly sites: Readonly<Record<string, SiteCounts>>
  /** Names of the devices that could not be read. */
  readonly failed: readonly string[]
  /** Findings that are new, or of which anything that is remembered has changed. */
  readonly findings: readonly Remembered[]
  readonly resolved: readonly Resolved[]
  /** Findings that go on under another fingerprint, because their segment has another name now. */
  readonly renamed: readonly { readonly from: string; readonly to: string }[]
  /** Findings that stand without being judged, by the reason. */
  readonly not_judged: readonly { readonly reason: string; readonly fingerprints: readonly string[] }[]
  /** Who was to be told of this run. */
  readonly tell: readonly Listener[]
}

/** A finding that is gone. */
export interface Resolved {
  readonly fingerprint: string
  /** What its being gone rests on, where that is not proven. */
  readonly caveat?: string
}

/** Somebody was told of a run, and of all before it. */
export interface ToldLine {
  readonly schema_version: 1
  readonly kind: 'told'
  readonly run: number
  readonly listener: Listener
}

/** A person has closed findings that no run could judge any more. */
export interface CloseLine {
  readonly schema_version: 1
  readonly kind: 'close'
  readonly at: string
  readonly reason: string
  readonly fingerprints: readonly string[]
}

export type HistoryLine = RunLine | ToldLine | CloseLine

/** A finding that no run has seen resolved. */
export interface Open extends Remembered {
  /** The run that found it, and when that started. */
  readonly first_run: number
  readonly first_seen: string
  /** The last run that judged it. */
  readonly last_seen: string
  /** Why the last run could not judge it; null where it did. */
  readonly not_judged: string | null
}

/** A finding that is over. */
export interface Past extends Remembered {
  readonly first_run: number
  readonly first_seen: string
  readonly resolved_run: number
  readonly resolved_at: string
  /** What its being gone rests on, where that is not proven; why a person closed it. */
  readonly caveat: string | null
  /** True where a person closed it and no run saw it gone. */
  readonly closed: boolean
}

/** All that the lines of a history come to. */
export interface Remembrance {
  /** In the order of the file, which is the order of the runs. */
  readonly runs: readonly RunLine[]
  readonly open: ReadonlyMap<string, Open>
  readonly past: readonly Past[]
  /** The last run that each listener was told of, or did not have to be told of. */
  readonly told: Readonly<Record<Listener, number>>
}

/** How a finding stands against the last run. One that could not be judged this time is `standing`, and `not_judged` says why. */
export type Status = 'new' | 'standing' | 'resolved'

/** A finding held against the runs before. */
export interface Compared {
  readonly fingerprint: string
  readonly rule: string
  readonly severity: Severity
  readonly copies?: number
  readonly site: string
  readonly subject: string
  readonly message: string
  readonly waived: string | null
  readonly status: Status
  readonly not_judged: string | null
  /** What `resolved` rests on, where that is not proven. */
  readonly caveat: string | null
  /** Start of the run that found it, and of the last one that judged it: ISO 8601, UTC. */
  readonly first_seen: string
  readonly last_seen: string
}

/** What a result says of the runs before; only with `--state`. */
export interface History {
  readonly run: number
  /** Null for the first run. */
  readonly previous: { readonly run: number; readonly started_at: string; readonly exit_code: number } | null
  readonly finished_at: string
  /** Start of the last run that gave a verdict; null for none yet. */
  readonly last_success_at: string | null
  /** Findings that are not accepted; `standing` includes `not_judged`. `accepted` counts the others that are not resolved. */
  readonly counts: {
    readonly new: number
    readonly standing: number
    readonly not_judged: number
    readonly resolved: number
    readonly accepted: number
  }
  readonly findings: readonly Compared[]
  /** What has changed since the last run, in sentences; empty where nothing has. */
  readonly changes: readonly string[]
  /** The finding that has been open for the most runs; null where none stands. */
  readonly oldest_open: { readonly fingerprint: string; readonly first_seen: string } | null
  /** Over all findings that were ever resolved without having been accepted: how many, and the median time from found to gone. */
  readonly time_to_fix: { readonly findings: number; readonly median_seconds: number | null }
  /** The numbers of the last runs, this one among them; absent in results of earlier versions. */
  readonly trend?: Trend
}

/** What was counted from run to run, the oldest first. */
export interface Trend {
  readonly runs: readonly TrendRun[]
}
export interface TrendRun {
  /** Start of the run: ISO 8601, UTC. */
  readonly at: string
  /** Verdicts. */
  readonly duplicate: number
  readonly unknown: number
  /** Findings of severity error and warning that are not accepted, in all and by site. */
  readonly findings: number
  readonly by_site: Readonly<Record<string, number>>
}
