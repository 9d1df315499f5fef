// What to log in to a server with, fetched and ready.
import { readFileSync } from 'node:fs'
import type { Hop } from '../model/inventory.ts'
import { type Failure, failure } from './failure.ts'
import { type Secret, shown } from './secret.ts'
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
    const id = `${path}\0${passphrase?.reference ?? ''}`
    const key = keys.get(id) ?? read(path, passphrase)
    keys.set(id, key)
    return key
  }
}

/** Fetches what the inventory refers to. */
export async function loginTo(
  { username, password, keys: paths, passphrase, agent }: Hop,
  vault: Vault,
  ring: KeyRing,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Login | Failure> {
  const secret = async (reference: string | null, what: string) => (reference === null ? null : await vault.get(reference, what))
  const found = await secret(password, `password of ${username}`)
  if (found && 'failed' in found) return failure('no-credential', found.failed)
  const unlock = paths.length === 0 ? null : await secret(passphrase, `passphrase of ${paths.join(', ')}`)
  if (unlock && 'failed' in unlock) return failure('no-credential', unlock.failed)
  const socket = agent === 'SSH_AUTH_SOCK' ? (env.SSH_AUTH_SOCK ?? null) : agent
  const read = paths.map(path => ring(path, unlock))
  const broken = read.find(k => 'failed' in k)
  const keys = read.flatMap(k => ('failed' in k ? [] : [k]))
  // The user's SSH configuration may name keys that lie in the agent only; what the inventory names must be there.
  if (broken && 'failed' in broken && socket === null && keys.length === 0) return broken
  return { username, agent: socket, keys, password: found }
}

/** What a credential is called in messages and counts: never its value. */
export const credentialName = (username: string, reference: string): string => `${shown(reference)} for ${username}`
