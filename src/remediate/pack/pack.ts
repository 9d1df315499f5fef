// What a change pack is made of: the fixes that were taken, what a person must choose, and what was left out.
import type { PxePoint } from '../../model/inventory.ts'
import type { Segment } from '../../model/network.ts'
import type { PackManifest } from '../../model/pack.ts'
import type { StrategyId } from '../../model/remedy.ts'
import type { ServerWorkaround } from '../../model/result.ts'
import type { Platform } from '../../parse/platform.ts'
import type { Candidate } from '../candidate.ts'

/** One way that was taken, and all duplicates that go with it: one setting for a pair may fix several. */
export interface Fix {
  readonly candidate: Candidate
  /** Fingerprints; its own comes first. */
  readonly fixes: readonly string[]
}

/** A duplicate of which nothing tells which router should go on relaying. */
export interface Choice {
  readonly fingerprint: string
  /** Each proven by itself, on top of the change. */
  readonly ways: readonly Candidate[]
}

/** Many fixes that were proven as one change. */
export interface Change {
  /** In the order in which they were planned: later ones may rest on earlier ones. */
  readonly fixes: readonly Fix[]
  readonly choices: readonly Choice[]
  /** Why there is nothing for a duplicate, by fingerprint. */
  readonly withheld: ReadonlyMap<string, string>
}

/** What a duplicate is about. */
export interface About {
  readonly fingerprint: string
  readonly subject: string
  readonly site: string
  readonly segment: Pick<Segment, 'id' | 'vrf' | 'subnets'>
  /** Name of the PXE point. */
  readonly point: PxePoint['name']
}

/** `change`: in the device files. `choice`: for a person to choose. `server`: in the files of the server. The others have a reason. */
export type State = PackManifest['findings'][number]['state']

/** What became of one duplicate. */
export interface Outcome {
  readonly about: About
  readonly state: State
  /** Why it is not in the device files; null where it is. */
  readonly reason: string | null
}

/** A device as it was when the change was computed. */
export interface Base {
  readonly name: string
  readonly site: string
  readonly platform: Platform
  /** What it was read from. */
  readonly file: string
  readonly sha256: string
}

/** Everything that a pack says. */
export interface Pack {
  readonly tool: { readonly name: string; readonly version: string }
  /** ISO 8601, UTC. */
  readonly created_at: string
  readonly result: { readonly file: string; readonly sha256: string; readonly started_at: string }
  /** What was wished for; `server` where nothing but the server is to be changed. */
  readonly strategy: StrategyId | 'server' | null
  readonly prefer: readonly string[]
  readonly change: Change
  readonly outcomes: readonly Outcome[]
  /** By name. */
  readonly bases: ReadonlyMap<string, Base>
  readonly server: readonly ServerWorkaround[]
}

/** One file of a pack. */
export interface PackFile {
  /** Relative to the pack, with slashes. */
  readonly path: string
  readonly content: string
}
