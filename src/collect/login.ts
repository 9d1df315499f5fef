// What to log in to a server with, fetched and ready.
import { readFileSync } from 'node:fs'
import type { Hop } from '../model/inventory.ts'
import { type Failure, failure } from './failure.ts'
import type { Secret } from './secret.ts'
import type { Vault } from './vault.ts'

/** A private key as the SSH client takes it. */
export interface Key {
  readonly path: string
  /** What the SSH library made of the file. */
  readonly parsed: unknown
}

/** What to log in with, in the order in which it is tried. */
export interface Login {
  readonly username: string
  /** Socket of an SSH agent. */
  readonly agent: string | null
  /** Files of the keys that are wanted of those it holds; null for all. */
  readonly agentKeys: readonly string[] | null
  readonly keys: readonly Key[]
  readonly password: Secret | null
}

/** The private keys of one run: each is read and unlocked once, which is slow on purpose. */
export type KeyRing = (path: string, passphrase: Secret | null) => Key | Failure

/** Reads and unlocks key files with `parse`, which says what is wrong as an Error. */
export function keyRing(parse: (file: Buffer, passphrase: string | undefined) => unknown): KeyRing {
  const keys = new Map<string, Key | Failure>()
  const read = (path: string, passphrase: Secret | null): Key | Failure => {
    let file: Buffer
    try {
      file = readFileSync(path)
    } catch (error) {
      return failure(
        'no-credential',
        `the key file ${path} cannot be read (${(error as NodeJS.ErrnoException).code}); check key:`,
      )
    }
    const parsed = parse(file, passphrase?.reveal())
    if (!(parsed instanceof Error)) return { path, parsed }
    const locked = /passphrase|decrypt|bad (?:pass|decrypt)/i.test(parsed.message)
    return failure(
      'no-credential',
      locked
        ? passphrase
          ? `the passphrase (${passphrase.reference}) does not open the key ${path}; correct it`
          : `the key ${path} is protected by a passphrase; set passphrase:, or load it into an SSH agent and set password: agent`
        : `the key ${path} is no private key that this version reads; name the private half, in OpenSSH or PEM form`,
    )
  }
  return (path, passphrase) => {
    const id = `${path}\0${passphrase?.id ?? ''}`
    const key = keys.get(id) ?? read(path, passphrase)
    keys.set(id, key)
    return key
  }
}

/** A secret that is needed, and what a person is asked for where the inventory says `ask`. */
interface Needed {
  readonly reference: string | null
  readonly what: string
}

/** What a hop needs. What is typed for a device is never used on the way to it: the questions differ. */
export const neededFor = (hop: Hop, jump: boolean): { readonly password: Needed; readonly passphrase: Needed } => ({
  password: { reference: hop.password, what: `password of ${hop.username}${jump ? ` on jump host ${hop.host}` : ''}` },
  passphrase: { reference: hop.keys.length === 0 ? null : hop.passphrase, what: `passphrase of ${hop.keys.join(', ')}` },
})

/** What a person is asked for where the password for enable is typed. */
export const enablePassword = ({ username }: Hop): string => `enable password of ${username}`

/** Fetches what the inventory refers to. `jump`: the host is on the way to others. */
export async function loginTo(
  hop: Hop,
  jump: boolean,
  vault: Vault,
  ring: KeyRing,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Login | Failure> {
  const { username, keys: paths, agent, agent_keys: agentKeys = null } = hop
  const fetch = async ({ reference, what }: Needed) => (reference === null ? null : await vault.get(reference, what))
  const needed = neededFor(hop, jump)
  const found = await fetch(needed.password)
  if (found && 'failed' in found) return failure('no-credential', found.failed)
  const unlock = await fetch(needed.passphrase)
  if (unlock && 'failed' in unlock) return failure('no-credential', unlock.failed)
  const variable = agent === 'SSH_AUTH_SOCK' ? agent : /^\$(\w+)$/.exec(agent ?? '')?.[1]
  const socket = variable === undefined ? agent : env[variable] || null
  const read = paths.map(path => ring(path, unlock))
  const broken = read.find(k => 'failed' in k)
  const keys = read.flatMap(k => ('failed' in k ? [] : [k]))
  // The user's SSH configuration may name keys that lie in the agent only; what the inventory names must be there.
  if (broken && 'failed' in broken && socket === null && keys.length === 0) return broken
  return { username, agent: socket, agentKeys, keys, password: found }
}
