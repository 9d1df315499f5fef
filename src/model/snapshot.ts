// A snapshot: a folder of collected configurations, and what its manifest says of them.

/** The manifest of a snapshot, beside its configurations. */
export const MANIFEST = 'manifest.json'

/** What it holds; `schema manifest` prints it as JSON Schema. */
export interface Manifest {
  readonly schema_version: 1
  readonly tool: { readonly name: string; readonly version: string }
  /** When the run that the snapshot is from started: ISO 8601, UTC. What was collected before is of an earlier one. */
  readonly started_at?: string | undefined
  readonly written_at: string
  readonly devices: readonly ManifestDevice[]
}

/** One device of a snapshot. */
export interface ManifestDevice {
  readonly name: string
  /** Platform id; null when the text has to tell. */
  readonly platform: string | null
  readonly site: string
  /** Nobody knows at which site it stands, whatever `site` says. */
  readonly adrift?: true | undefined
  /** Whether its configuration is in the folder. */
  readonly status: 'collected' | 'failed'
  /** Why it could not be collected; null when it was. */
  readonly reason: string | null
  readonly command: string | null
  /** Relative to the folder. */
  readonly file: string | null
  readonly collected_at: string
  readonly sha256: string | null
  readonly bytes: number | null
  /** False where nothing proved it whole when it was stored: length and digest then prove no more than that it is the same file. */
  readonly whole?: boolean | undefined
  /** The latest attempt, where it failed and an earlier configuration was kept. */
  readonly attempt?: Attempt | undefined
}

/** An attempt to collect that failed. */
export interface Attempt {
  /** ISO 8601, UTC. */
  readonly at: string
  readonly reason: string
}
