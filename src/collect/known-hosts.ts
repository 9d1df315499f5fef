// OpenSSH's known_hosts: which keys are on file for a host? See sshd(8), SSH_KNOWN_HOSTS FILE FORMAT.
import { createHash, createHmac } from 'node:crypto'
import { appendFileSync, readFileSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { makeFolder } from './folder.ts'

/** A key on file. */
export interface KnownKey {
  readonly file: string
  readonly line: number
  readonly type: string
  /** The key itself, in base64. */
  readonly key: string
  readonly revoked: boolean
}

/** Files with host keys, each read once for a run. */
export interface KnownHosts {
  /** The keys on file for a name: as `name`, or as `[name]:port` for ports other than 22. */
  find(files: readonly string[], name: string): readonly KnownKey[]
  /** What stood in the way of reading a file, to go behind its name; empty where nothing did. */
  trouble(file: string): string
  /** Puts a key on file. Throws what the file system says. */
  add(file: string, name: string, key: Buffer): void
}

interface Index {
  /** Entries under the plain names they were written for. */
  readonly named: Map<string, KnownKey[]>
  /** Hashed names and patterns, which have to be tried one by one. */
  readonly others: { readonly patterns: string; readonly key: KnownKey }[]
  readonly trouble: string
  lines: number
}

/** Opens the files of a run. */
export function knownHosts(): KnownHosts {
  const indexes = new Map<string, Index>()
  const indexOf = (file: string): Index => {
    const there = indexes.get(file)
    if (there) return there
    const index = read(file)
    indexes.set(file, index)
    return index
  }
  return {
    find(files, name) {
      const wanted = name.toLowerCase()
      const found: KnownKey[] = []
      for (const file of files) {
        const { named, others } = indexOf(file)
        found.push(...(named.get(wanted) ?? []))
        for (const { patterns, key } of others) if (matches(patterns, wanted)) found.push(key)
      }
      return found
    },
    trouble: file => indexOf(file).trouble,
    add(file, name, key) {
      const index = indexOf(file)
      makeFolder(dirname(file), 0o700)
      const type = typeOf(key)
      // A file that was written by hand may lack the line feed at its end.
      const feed = index.lines > 0 && !endsWithLine(file) ? '\n' : ''
      appendFileSync(file, `${feed}${name} ${type} ${key.toString('base64')}\n`, { mode: 0o600 })
      enter(index, name.toLowerCase(), { file, line: ++index.lines, type, key: key.toString('base64'), revoked: false })
    },
  }
}

/**
 * Whether a list of revoked keys has a key (RevokedHostKeys in ssh_config(5): public keys, one a line), or what stands in the way
 * of telling, to go behind the name of the file.
 */
export function revokes(file: string, key: Buffer): boolean | string {
  let text: string
  try {
    text = readFileSync(file, 'latin1')
  } catch (error) {
    return `, which cannot be read (${(error as NodeJS.ErrnoException).code})`
  }
  // The other form that ssh takes: PROTOCOL.krl of OpenSSH.
  if (text.startsWith('SSHKRL')) return ', which is a KRL and not a list of keys'
  const shown = key.toString('base64')
  return text.split('\n').some(row => !row.trim().startsWith('#') && row.trim().split(/\s+/).includes(shown))
}

/** Whether a file can keep a key: `/dev/null`, which many an SSH configuration names, forgets it at once. */
export function keeps(file: string): boolean {
  try {
    return statSync(file).isFile()
  } catch {
    // It may not be there yet; what else stands in the way is told when it is written.
    return true
  }
}

/** As ssh prints it. */
export const fingerprint = (key: Buffer): string =>
  `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`

/** A public key names its type in its first field. */
export function typeOf(key: Buffer): string {
  const length = key.length < 4 ? 0 : key.readUInt32BE(0)
  return length > 0 && length < 64 ? key.toString('latin1', 4, 4 + length) : 'unknown type'
}

/** The name that a server is on file under. */
export const nameOnFile = (host: string, port: number): string => (port === 22 ? host : `[${host}]:${port}`)

const endsWithLine = (file: string): boolean => readFileSync(file, 'utf8').endsWith('\n')

function read(file: string): Index {
  const index: Index = { named: new Map(), others: [], trouble: '', lines: 0 }
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { ...index, trouble: code === 'ENOENT' ? ', a file that does not exist' : `, which cannot be read (${code})` }
  }
  const rows = text.replace(/\r?\n$/, '').split(/\r?\n/)
  for (const [i, row] of rows.entries()) {
    const fields = row.trim().split(/\s+/)
    const marker = fields[0]?.startsWith('@') ? fields.shift() : undefined
    const [patterns, type, key] = fields
    // Certificates are not checked here, so their authorities count for nothing.
    if (!patterns || patterns.startsWith('#') || !type || !key || (marker && marker !== '@revoked')) continue
    // Keys of version 1 of the protocol begin with their length in bits; nobody shows them any more.
    if (/^\d+$/.test(type)) continue
    enter(index, patterns.toLowerCase(), { file, line: i + 1, type, key, revoked: marker === '@revoked' }, patterns)
  }
  index.lines = text === '' ? 0 : rows.length
  return index
}

/** `patterns` as they are written: the base64 of a hashed name must not be in lower case. */
function enter(index: Index, names: string, key: KnownKey, patterns = names): void {
  if (/[*?!|]/.test(names)) index.others.push({ patterns, key })
  else for (const name of new Set(names.split(','))) index.named.set(name, [...(index.named.get(name) ?? []), key])
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
