// What the user accepts: findings named by a waiver, and findings that a baseline holds. Neither changes a verdict.
import type { Finding, Severity } from './result.ts'

/** A decision to live with some findings. Every scope that is given must fit; one that is null fits everything. */
export interface Waiver {
  /** A rule id; like the scopes it may hold `*` (any text) and `?` (any one character). */
  readonly rule: string
  readonly site: Scope
  readonly device: Scope
  /** Patterns, or subnets in CIDR form that contain those of the finding. */
  readonly subnet: Scope
  readonly point: Scope
  readonly reason: string
  readonly owner: string
  /** The last day on which it holds, `YYYY-MM-DD` in UTC; null for no end. */
  readonly expires: string | null
  /** `FILE:LINE` where it stands. */
  readonly place: string
}

/** Patterns of which one must fit each thing the finding is about; null for no condition. */
export type Scope = readonly string[] | null

/** `soon`: it ends within the next two weeks. */
export type Term = 'holds' | 'soon' | 'expired'

/** Days ahead of its end from which a waiver is `soon`. */
const AHEAD = 14
const DAY = 24 * 60 * 60 * 1000

/** The UTC day of a moment, as `YYYY-MM-DD`. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10)

/** True for `YYYY-MM-DD` that is a day of the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const start = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(start.getTime()) && dayOf(start) === text
}

/** Where a waiver that ends on `expires` stands at a moment. An end that is no day is over: nothing is valid for ever by mistake. */
export function termOf(expires: string | null, now: Date): Term {
  if (expires === null) return 'holds'
  if (!isDay(expires)) return 'expired'
  const ahead = (Date.parse(expires) - Date.parse(dayOf(now))) / DAY
  return ahead < 0 ? 'expired' : ahead <= AHEAD ? 'soon' : 'holds'
}

/** The findings that stood on one day, as a file: what is not among them later on is new. */
export interface Baseline {
  readonly schema_version: 1
  readonly tool: { readonly name: string; readonly version: string }
  /** ISO 8601, UTC. */
  readonly written_at: string
  readonly findings: readonly BaselineEntry[]
}

/** One accepted finding. The fingerprint identifies it; the rest is for people who read the file. */
export interface BaselineEntry {
  readonly fingerprint: string
  readonly rule: string
  readonly subject: string
  /** A finding that has become worse than this is new. */
  readonly severity: Severity
  /** So is one of more copies; absent in baselines of earlier versions. */
  readonly copies?: number
}

/** An audit held against a baseline. */
export interface Comparison {
  /** Findings that stand and are not in the baseline, or worse than there. */
  readonly fresh: readonly Finding[]
  /** Entries whose finding is gone. */
  readonly stale: readonly BaselineEntry[]
}
