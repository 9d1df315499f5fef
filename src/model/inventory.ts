// What the audit is about: PXE points and devices, as the inventory states them.
import type { Waiver } from './accepted.ts'

/** `wds`: Windows Deployment Services, which the duplicate crashes. `responder`: PXE responder without WDS. */
export type PxeKind = 'wds' | 'responder' | 'other'

/** One boot server with everything it answers on. */
export interface PxePoint {
  readonly name: string
  readonly kind: PxeKind
  readonly addresses: readonly string[]
  /** Addresses it answered on once and does no longer: relays to them are leftovers. */
  readonly retired: readonly string[]
  readonly hostnames: readonly string[]
  /** Subnets it stands in, in CIDR form: a directed broadcast into one of them reaches it. */
  readonly networks: readonly string[]
  /** VRF in which its addresses are meant; null for any. */
  readonly vrf: string | null
  /** Sites it serves; null for all. */
  readonly sites: readonly string[] | null
}

/** How to reach one device over SSH. Secrets are references (`env:NAME`, `file:PATH`), never values. */
export interface Access {
  readonly host: string
  readonly port: number
  readonly username: string
  readonly password: string | null
  readonly enable: string | null
  readonly key: string | null
  /** File with the host keys we trust. */
  readonly known_hosts: string
  /** Offers algorithms that are off by default because they are broken. */
  readonly legacy_algorithms: boolean
  /** Seconds for the whole session. */
  readonly timeout: number
}

export interface InventoryDevice {
  readonly name: string
  readonly site: string
  /** A platform id, or `auto` to tell it from the configuration. */
  readonly platform: string
  /** Where its configuration comes from: a file, or SSH. */
  readonly from: { readonly file: string } | { readonly ssh: Access }
}

/** How old a capture may be before nothing is concluded from it any more. */
export interface MaxAge {
  readonly milliseconds: number
  /** Who said so, in words: `--max-age is 7d`. */
  readonly said: string
}

export interface Inventory {
  readonly file: string
  /** Null where any age will do. */
  readonly max_age: MaxAge | null
  readonly points: readonly PxePoint[]
  readonly devices: readonly InventoryDevice[]
  /** Addresses of host names that are no PXE point's. */
  readonly hosts: ReadonlyMap<string, readonly string[]>
  readonly waivers: readonly Waiver[]
}

/** A configuration as it was collected or read, or why it was not. */
export type Collected = CollectedText | CollectFailure

interface CollectedBase {
  readonly device: string
  readonly site: string
  /** A platform id, or `auto`. */
  readonly platform: string
  /** The file it was read from, or `ssh://host:port`. */
  readonly file: string
}
export interface CollectedText extends CollectedBase {
  readonly state: 'collected'
  readonly text: string
  /** Operational output beside the configuration; absent where there is none. */
  readonly companions?: readonly Companion[]
  /** Reads the text again, where it stands in a file and need not be kept: null when the file has changed since. */
  readonly reread?: () => string | null
  /** SHA-256 of the bytes, in hex. */
  readonly sha256: string
  /** ISO 8601 time, UTC. */
  readonly collected_at: string
  /** Why the capture is known to be cut short; null when only the text can tell. */
  readonly incomplete: string | null
  /** True when it is known from elsewhere that nothing is missing: the prompt came back, a manifest states the length. */
  readonly whole: boolean
}
/** A file with what a device said at run time: output of `show` commands. */
export interface Companion {
  readonly file: string
  /** Empty where the file cannot be read as text. */
  readonly text: string
}
export interface CollectFailure extends CollectedBase {
  readonly state: 'failed'
  /** One sentence: what failed and what to do about it. */
  readonly reason: string
}
