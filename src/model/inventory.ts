// What the audit is about: PXE points and devices, as the inventory states them.
import type { Waiver } from './accepted.ts'
import type { Attempt } from './snapshot.ts'

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

/** What a host key that is not on file means: an error; it is put on file; nothing. One that has changed is always an error. */
export type HostKeyPolicy = 'strict' | 'tofu' | 'insecure'

/** Algorithm lists in the words of ssh_config(5), such as `+ssh-rsa`; null for our own. */
export interface Algorithms {
  readonly kex: string | null
  readonly ciphers: string | null
  readonly macs: string | null
  readonly host_keys: string | null
}

/** How to get into one SSH server, a device or a host on the way to it. Secrets are references (`env:NAME`), never values. */
export interface Hop {
  /** Name or address to connect to. */
  readonly host: string
  readonly port: number
  /** Name that its key stands under in known_hosts; null for host and port. */
  readonly host_key_alias: string | null
  readonly username: string
  readonly password: string | null
  /** Private key files, in the order in which they are tried. */
  readonly keys: readonly string[]
  readonly passphrase: string | null
  /** Socket of the SSH agent to use, or `SSH_AUTH_SOCK` for the one that the environment names, `$NAME` for another variable; null for none. */
  readonly agent: string | null
  /** Of the keys that the agent holds, only those whose private or public halves these files are; absent for all. */
  readonly agent_keys?: readonly string[]
  /** Files with the host keys we trust; the first takes new ones. */
  readonly known_hosts: readonly string[]
  /** Further ones, which are only read; absent for none. */
  readonly system_known_hosts?: readonly string[]
  /** A file with keys that no host may show; absent for none. */
  readonly revoked_keys?: string
  readonly host_keys: HostKeyPolicy
  /** Offers algorithms that are off by default because they are broken. */
  readonly legacy_algorithms: boolean
  readonly algorithms: Algorithms
}

/** How to reach one device over SSH. */
export interface Access extends Hop {
  readonly enable: string | null
  /** Seconds for the whole session. */
  readonly timeout: number
  /** Hosts to go through, nearest first. */
  readonly jumps: readonly Hop[]
}

/** What the login servers may be asked to bear; null for no limit. */
export interface LoginBudget {
  readonly per_second: number | null
  readonly in_flight: number | null
}

/** The site of devices of which nobody says where they stand. */
export const NO_SITE = 'default'

export interface InventoryDevice {
  readonly name: string
  readonly site: string
  /** A platform id, or `auto` to tell it from the configuration. */
  readonly platform: string
  readonly role: string | null
  readonly tags: readonly string[]
  /** Groups of the inventory it belongs to. */
  readonly groups: readonly string[]
  /** Where its configuration comes from: a file, or SSH; or why there is no way to it. */
  readonly from: { readonly file: string } | { readonly ssh: Access } | Unusable
}

/** A device that another inventory names and that cannot be reached as it stands there: a router that was not read. */
export interface Unusable {
  /** One sentence. */
  readonly unusable: string
  /** Where it stands: `hosts.yaml:4`. */
  readonly place: string
  /** Its site is not known, so that not even a file of it can be judged. */
  readonly adrift?: true
  /** Not even which sites it may be at is known: every one of them stays open. */
  readonly anywhere?: true
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
  /** Limits on logins: of the whole run, and of the devices of a group. */
  readonly logins: { readonly all: LoginBudget; readonly groups: ReadonlyMap<string, LoginBudget> }
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
  /** The id of the same content in git, where that is known. */
  readonly blob?: string
  /** True where the bytes are those of another capture that the reader knows: the text is empty, and `reread` gives it. */
  readonly unread?: true
  /** ISO 8601 time, UTC. */
  readonly collected_at: string
  /** True where that is the time of a file on disk, which copying it changes. */
  readonly filed?: true
  /** True where no inventory lists it: it is no part of the audit, and may stand beside what is. */
  readonly stranger?: true
  /** A later attempt to collect it that failed; absent where there is none. */
  readonly attempt?: Attempt
  /** Why the capture is known to be cut short; null when only the text can tell. */
  readonly incomplete: string | null
  /** True when it is known from elsewhere that nothing is missing: the prompt came back, a manifest states the length. */
  readonly whole: boolean
  /** True where an inventory or a manifest counts it as a router of its own, and not only a file that lies there. */
  readonly named?: true
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
  /** Its site is not known: it may stand in any of them, whatever `site` says. */
  readonly adrift?: true
}
