// May the key that a server shows be trusted? Judged before anything secret is sent.
import type { Hop } from '../model/inventory.ts'
import { type Failure, failure } from './failure.ts'
import { fingerprint, type KnownHosts, keeps, nameOnFile, revokes, typeOf } from './known-hosts.ts'

/** What is known of one server's key. */
export interface HostTrust {
  /** Key types on file, to ask the server for one of them. */
  readonly types: readonly string[]
  /** Null when the key may be trusted. */
  judge(key: Buffer): Failure | null
}

/** Looks a server up. `notice` is told of keys that are trusted without having been on file. */
export function hostTrust(hop: Hop, known: KnownHosts, notice: (sentence: string) => void): HostTrust {
  const {
    host,
    port,
    host_key_alias,
    known_hosts: files,
    system_known_hosts: further = [],
    host_keys: policy,
    revoked_keys: list,
  } = hop
  const name = host_key_alias ?? nameOnFile(host, port)
  const all = [...files, ...further]
  const entries = known.find(all, name)
  const trusted = entries.filter(e => !e.revoked)
  // Where nothing is said of the port, the key of the host will do, as it does for ssh (sshconnect.c); another one there is no contradiction.
  const portless = host_key_alias === null && name !== host && entries.length === 0 ? known.find(all, host) : []
  const onFile = [...entries, ...portless]
  const place = port === 22 ? host : `${host} port ${port}`
  const [file = 'known_hosts'] = files
  return {
    types: [...new Set(onFile.filter(e => !e.revoked).map(e => e.type))],
    judge(key) {
      const shown = key.toString('base64')
      const described = () => `${typeOf(key)} ${fingerprint(key)}`
      const revoked = onFile.find(e => e.revoked && e.key === shown)
      if (revoked)
        return failure(
          'host-key-changed',
          `the host key of ${place} (${described()}) is revoked in ${revoked.file} line ${revoked.line}; find out why before you connect again`,
        )
      const listed = list !== undefined && revokes(list, key)
      // As with ssh: a list that cannot be read lets nobody through.
      if (listed)
        return failure(
          listed === true ? 'host-key-changed' : 'host-key-unknown',
          `the host key of ${place} (${described()}) ${listed === true ? `is revoked in ${list}; find out why before you connect again` : `may be revoked in ${list}${listed}; give RevokedHostKeys a list of public keys`}`,
        )
      if (onFile.some(e => !e.revoked && e.key === shown && e.type === typeOf(key))) return null
      const [old] = trusted
      if (old) {
        const keys = trusted.map(e => `${e.type} ${fingerprint(Buffer.from(e.key, 'base64'))}`).join(' and ')
        return failure(
          'host-key-changed',
          `the host key of ${place} has changed: ${old.file} line ${old.line} has ${keys}, the device shows ${described()}; if the device was replaced, remove the old key and add the new one, else someone may be listening in`,
        )
      }
      if (policy === 'insecure') return null
      // A key that is never on file would be believed anew every time: only the word `insecure` says that.
      const kept = files.length > 0 && keeps(file)
      if (policy === 'strict' || !kept) {
        const unreadable = /cannot be read/.test(known.trouble(file))
        const remedy = unreadable
          ? 'make that file readable'
          : `compare the fingerprint with the device's console, then ${host_key_alias === null ? `run: ssh-keyscan -p ${port} ${host} >> ${file}` : `add the key to ${file} under the name ${name}`}`
        return failure(
          'host-key-unknown',
          !kept
            ? `the host key of ${place} (${described()}) is not known, and ${files.length === 0 ? 'UserKnownHostsFile names no file for it; name one' : `${file} keeps no key; name a file`} with known_hosts: in the inventory`
            : `the host key of ${place} (${described()}) is not in ${all.join(' or ')}${known.trouble(file)}; ${remedy}`,
        )
      }
      try {
        known.add(file, name, key)
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException
        return failure(
          'host-key-unknown',
          `the host key of ${place} cannot be put into ${file} (${code}); check that you may write it`,
        )
      }
      notice(`the host key of ${place} (${described()}) was not known, and is now in ${file}`)
      return null
    },
  }
}
