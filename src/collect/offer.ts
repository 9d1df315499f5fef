// The algorithms we offer when a session's keys are agreed on, in order of preference: the SSH library's own (ssh2, README,
// "Default algorithms"), those that only old devices need where they are allowed, and what ssh_config(5) changes.
import { getCiphers, getHashes } from 'node:crypto'
import type { Hop } from '../model/inventory.ts'
import type { CipherAlgorithm, KexAlgorithm, MacAlgorithm, ServerHostKeyAlgorithm } from './ssh.ts'

const [ciphers, hashes] = [getCiphers(), getHashes()]

const KEX: readonly KexAlgorithm[] = [
  'curve25519-sha256@libssh.org',
  'curve25519-sha256',
  'ecdh-sha2-nistp256',
  'ecdh-sha2-nistp384',
  'ecdh-sha2-nistp521',
  'diffie-hellman-group-exchange-sha256',
  'diffie-hellman-group14-sha256',
  'diffie-hellman-group15-sha512',
  'diffie-hellman-group16-sha512',
  'diffie-hellman-group17-sha512',
  'diffie-hellman-group18-sha512',
]
const HOST_KEYS: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
]
const CIPHERS: readonly CipherAlgorithm[] = [
  'aes128-gcm@openssh.com',
  'aes256-gcm@openssh.com',
  'aes128-ctr',
  'aes192-ctr',
  'aes256-ctr',
  'chacha20-poly1305@openssh.com',
]
const MACS: readonly MacAlgorithm[] = [
  'hmac-sha2-256-etm@openssh.com',
  'hmac-sha2-512-etm@openssh.com',
  'hmac-sha1-etm@openssh.com',
  'hmac-sha2-256',
  'hmac-sha2-512',
  'hmac-sha1',
]

/** Broken, and off unless a device needs them: SHA-1 signatures and 1024 bits (dropped by OpenSSH 8.8 and 7.0), CBC, MD5. */
const OLD = {
  kex: ['diffie-hellman-group-exchange-sha1', 'diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'],
  serverHostKey: ['ssh-rsa', 'ssh-dss'],
  cipher: (['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'] as const).filter(c =>
    ciphers.includes(c === '3des-cbc' ? 'des-ede3-cbc' : c.replace('aes', 'aes-').replace('-cbc', '-cbc')),
  ),
  hmac: (['hmac-sha1-96', 'hmac-md5', 'hmac-md5-96'] as const).filter(m => hashes.includes(m.includes('md5') ? 'md5' : 'sha1')),
} as const

/** One list for each thing that is agreed on. */
export interface Offer {
  readonly kex: KexAlgorithm[]
  readonly serverHostKey: ServerHostKeyAlgorithm[]
  readonly cipher: CipherAlgorithm[]
  readonly hmac: MacAlgorithm[]
}

/** What to offer a server. Keys of the types on file for it come first, so that it shows one that can be checked. */
export function offer(
  { legacy_algorithms: legacy, algorithms }: Pick<Hop, 'legacy_algorithms' | 'algorithms'>,
  onFile: readonly string[],
): Offer {
  const lists = <T extends string>(modern: readonly T[], old: readonly T[], said: string | null): T[] =>
    adjusted(legacy ? [...modern, ...old] : modern, [...modern, ...old], said)
  const wanted = onFile.flatMap(type => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : [type]))
  const keys = lists(HOST_KEYS, OLD.serverHostKey, algorithms.host_keys)
  return {
    kex: lists(KEX, OLD.kex, algorithms.kex),
    serverHostKey: [...keys.filter(a => wanted.includes(a)), ...keys.filter(a => !wanted.includes(a))],
    cipher: lists(CIPHERS, OLD.cipher, algorithms.ciphers),
    hmac: lists(MACS, OLD.hmac, algorithms.macs),
  }
}

/** Whether a device that offers these would be content with what is off by default. */
export const isOld = (offered: string): boolean => {
  const old: readonly string[] = [...OLD.kex, ...OLD.serverHostKey, ...OLD.cipher, ...OLD.hmac]
  return offered.split(',').some(a => old.includes(a))
}

/** A list as ssh_config(5) has it: `+` behind ours, `^` in front, `-` without, else instead. Names we cannot do are left out. */
function adjusted<T extends string>(ours: readonly T[], all: readonly T[], said: string | null): T[] {
  if (said === null) return [...ours]
  const [, sign = '', names = ''] = /^([+^-]?)(.*)$/.exec(said.trim()) ?? []
  const fits = (name: string) => names.split(',').some(pattern => wildcard(pattern.trim()).test(name))
  const named = names.split(',').flatMap(pattern => all.filter(a => wildcard(pattern.trim()).test(a)))
  if (sign === '-') return ours.filter(a => !fits(a))
  const rest = ours.filter(a => !named.includes(a))
  const list = sign === '+' ? [...ours, ...named.filter(a => !ours.includes(a))] : sign === '^' ? [...named, ...rest] : named
  // A list of nothing that we can do leaves ours: the device may still agree to it.
  return list.length > 0 ? [...new Set(list)] : [...ours]
}

const wildcard = (pattern: string) =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )
