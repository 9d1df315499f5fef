// What the formats for pipelines tell, whatever was judged: a network as it is, or a change to one. They know nothing else.
import type { Severity } from '../model/result.ts'
import type { Concern, OpenRule } from './concern.ts'
import type { Fix } from './fixes.ts'

/** Something to say of the run itself. */
export interface Notice {
  readonly level: Severity
  readonly text: string
  /** The configuration it is about; null where it is about none. */
  readonly file: string | null
}

/** Everything that a list of problems is made of. */
export interface Account {
  readonly tool: { readonly name: string; readonly version: string }
  /** ISO 8601, UTC. */
  readonly started_at: string
  readonly exit_code: number
  /** What was done: `PXE relay audit`. */
  readonly title: string
  /** Tells reports of one kind from those of another: lists of one are never held against lists of the other. */
  readonly category: string
  /** The verdict on the whole, in sentences. */
  readonly verdict: string
  /** False where anything is wrong, open, or rests on something that is. */
  readonly clean: boolean
  /** Everything somebody has to look at, worst first. */
  readonly concerns: readonly Concern[]
  /** The same, where all that waits for one and the same thing is one. */
  readonly gathered: readonly Concern[]
  /** What the rules are about that only say what could not be judged, by id. */
  readonly openRules: Readonly<Record<string, OpenRule>>
  /** Proven fixes by the fingerprint of their finding. */
  readonly fixes: ReadonlyMap<string, Fix>
  /** The verdict on the whole, and what was not seen. */
  readonly notices: readonly Notice[]
}
