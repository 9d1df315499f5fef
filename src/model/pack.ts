// What a change pack says of itself: manifest.json, checked before a pack is replaced.
import type { StrategyId } from './remedy.ts'

/** The manifest of a change pack; `schema pack` prints it as JSON Schema. */
export interface PackManifest {
  readonly kind: 'change-pack'
  readonly schema_version: 1
  readonly tool: { readonly name: string; readonly version: string }
  /** ISO 8601, UTC. */
  readonly created_at: string
  /** The result that the pack was made from. */
  readonly result: { readonly file: string; readonly sha256: string; readonly started_at: string }
  /** What was wished for; null where nothing was. */
  readonly strategy: StrategyId | 'server' | null
  readonly prefer: readonly string[]
  /** The devices that the files are for, in the order in which they are changed. */
  readonly devices: readonly {
    readonly name: string
    readonly site: string
    readonly platform: string
    /** What its configuration was read from. */
    readonly source: string
    /** SHA-256 of the configuration that the change was computed from. */
    readonly sha256: string
    readonly file: string
    readonly rollback: string
    readonly fingerprints: readonly string[]
  }[]
  /** Every duplicate of the result, and what became of it. */
  readonly findings: readonly {
    readonly fingerprint: string
    readonly subject: string
    readonly state: 'change' | 'choice' | 'server' | 'withheld' | 'refused' | 'accepted'
    /** Null where none was taken. */
    readonly strategy: StrategyId | null
    /** The router that goes on relaying; null where all do, or nothing was decided. */
    readonly keeps: string | null
    /** Why it is not in the files of the change; null where it is. */
    readonly reason: string | null
  }[]
  /** Every file of the pack but this one. */
  readonly files: readonly { readonly path: string; readonly sha256: string }[]
}
