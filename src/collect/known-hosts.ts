// OpenSSH's known_hosts: which keys may a host show? See sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.
import { createHash, createHmac } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** The host keys on file for one host. */
export interface KnownHost {
  /** Key types on file, to ask the server for one of them. */
  readonly types: readonly string[]
  /** Null when the key may be trusted, else one sentence why not. */
  judge(key: Buffer): string | null
}

interface Entry {
  readonly line: number
  readonly type: string
  readonly key: string
  readonly revoked: boolean
}

/** Looks a host up. A file that is not there knows nobody; `judge` then says so. */
export function knownHost(file: string, host: string, port: number): KnownHost {
  const { text, trouble } = read(file)
  const name = port === 22 ? host.toLowerCase() : `[${host.toLowerCase()}]:${port}`
  const entries = parse(text).flatMap(({ patterns, ...entry }) => (matches(patterns, name) ? [entry] : []))
  const trusted = entries.filter(e => !e.revoked)
  const place = port === 22 ? host : `${host} port ${port}`
  return {
    types: [...new Set(trusted.map(e => e.type))],
    judge(key) {
      const shown = key.toString('base64')
      const described = `${typeOf(key)} ${fingerprint(key)}`
      const revoked = entries.find(e => e.revoked && e.key === shown)
      if (revoked)
        return `the host key of ${place} (${described}) is revoked in ${file} line ${revoked.line}; find out why before you connect again`
      if (trusted.some(e => e.key === shown)) return null
      const [old] = trusted
      if (old) {
        const known = trusted.map(e => `${e.type} ${fingerprint(Buffer.from(e.key, 'base64'))}`).join(' and ')
        return `the host key of ${place} has changed: ${file} line ${old.line} has ${known}, the device shows ${described}; if the device was replaced, remove the old key and add the new one, else someone may be listening in`
      }
      return `the host key of ${place} (${described}) is not in ${file}${trouble}; compare the fingerprint with the device's console, then run: ssh-keyscan -p ${port} ${host} >> ${file}`
    },
  }
}

/** As ssh prints it. */
export const fingerprint = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`

/** A public key names its type in its first field. */
function typeOf(key: Buffer): string {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0)
  return length > 0 && length < 64 ? key.toString('latin1', 4, 4 + length) : 'unknown type'
}

function read(file: string): { text: string; trouble: string } {
  try {
    return { text: readFileSync(file, 'utf8'), trouble: '' }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { text: '', trouble: code === 'ENOENT' ? ', a file that does not exist' : `, which cannot be read (${code})` }
  }
}

function parse(text: string): (Entry & { readonly patterns: string })[] {
  return text.split(/\r?\n/).flatMap((row, i) => {
    const fields = row.trim().split(/\s+/)
    const marker = fields[0]?.startsWith('@') ? fields.shift() : undefined
    const [patterns, type, key] = fields
    // Certificates are not checked here, so their authorities count for nothing.
    if (!patterns || patterns.startsWith('#') || !type || !key || (marker && marker !== '@revoked')) return []
    return [{ patterns, line: i + 1, type, key, revoked: marker === '@revoked' }]
  })
}

function matches(patterns: string, name: string): boolean {
  const [, salt, hash] = /^\|1\|([^|]+)\|([^|]+)$/.exec(patterns) ?? []
  if (salt !== undefined) return createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest('base64') === hash
  const hits = patterns.split(',').filter(pattern => wildcard(pattern.replace(/^!/, '')).test(name))
  return hits.length > 0 && !hits.some(pattern => pattern.startsWith('!'))
}

const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .toLowerCase()
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*+/g, '.*')
      .replaceAll('?', '.')}$`,
  )
