// The algorithms we offer when a session's keys are agreed on, in order of preference. What is left out here (key exchange
// and ciphers without `legacy`) is ssh2's default, which needs no help.
import { getCiphers, getHashes } from 'node:crypto'

const HOST_KEYS = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
] as const
// ssh-rsa signs with SHA-1 and ssh-dss has 1024 bits: OpenSSH dropped both (8.8, 7.0).
const OLD_HOST_KEYS = ['ssh-rsa', 'ssh-dss'] as const
const OLD_KEX = ['diffie-hellman-group-exchange-sha1', 'diffie-hellman-group14-sha1', 'diffie-hellman-group1-sha1'] as const
const OLD_CIPHERS = ['aes256-cbc', 'aes192-cbc', 'aes128-cbc', '3des-cbc'] as const
const OLD_MACS = ['hmac-sha1-96', 'hmac-md5', 'hmac-md5-96'] as const

/** What to offer a host. Keys of the types on file for it come first, so that it shows one that can be checked. */
export function offer(legacy: boolean, onFile: readonly string[]) {
  const wanted = onFile.flatMap(type => (type === 'ssh-rsa' ? ['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'] : [type]))
  const all = [...HOST_KEYS, ...(legacy ? OLD_HOST_KEYS : [])]
  const serverHostKey = [...all.filter(a => wanted.includes(a)), ...all.filter(a => !wanted.includes(a))]
  if (!legacy) return { serverHostKey }
  const [ciphers, hashes] = [getCiphers(), getHashes()]
  return {
    serverHostKey,
    kex: added(OLD_KEX),
    cipher: added(
      OLD_CIPHERS.filter(c =>
        ciphers.includes(c === '3des-cbc' ? 'des-ede3-cbc' : c.replace('aes', 'aes-').replace('-cbc', '-cbc')),
      ),
    ),
    hmac: added(OLD_MACS.filter(m => hashes.includes(m.includes('md5') ? 'md5' : 'sha1'))),
  }
}

/** Behind the defaults: only a device that knows nothing better gets one of these. */
const added = <T>(algorithms: readonly T[]) => ({ append: [...algorithms], prepend: [], remove: [] })
