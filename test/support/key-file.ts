// Key pairs as ssh-keygen writes them.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Person } from './command-line.ts'

/** A key pair on the disk. */
export interface KeyFile {
  /** The private half. */
  readonly path: string
  /** The public half, as `authorized_keys` has it. */
  readonly public: string
}

/** How the key is made. */
export interface KeyOptions {
  readonly type?: 'ed25519' | 'rsa' | 'ecdsa'
  readonly passphrase?: string
  /** In the PEM form of old releases. */
  readonly pem?: true
}

/** Makes a key pair in somebody's .ssh folder. */
export function keyFile(owner: Person, name: string, { type = 'ed25519', passphrase = '', pem }: KeyOptions = {}): KeyFile {
  const path = join(owner.home, '.ssh', name)
  // The folder has to be there, and only its owner may look into it.
  owner.file('.ssh/.keep', '')
  const form = [...(type === 'rsa' ? ['-b', '2048'] : []), ...(pem ? ['-m', 'PEM'] : [])]
  execFileSync('ssh-keygen', ['-q', '-t', type, ...form, '-N', passphrase, '-C', name, '-f', path])
  return { path, public: readFileSync(`${path}.pub`, 'utf8') }
}
