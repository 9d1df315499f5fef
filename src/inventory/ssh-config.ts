// What the user's own OpenSSH client configuration says of a host: ssh_config(5).
import { readdirSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, dirname, isAbsolute, join } from 'node:path'
import SSHConfig from 'ssh-config'
import { Trouble } from '../model/trouble.ts'

/** What is said of one host; undefined where nothing is. Paths are absolute, and tokens written out. */
export interface HostSettings {
  readonly hostname: string | undefined
  readonly port: number | undefined
  readonly user: string | undefined
  readonly identity_files: readonly string[]
  /** Of the keys that an agent holds, only those of `identity_files` are wanted. */
  readonly identities_only: boolean
  readonly identity_agent: string | undefined
  readonly proxy_jump: string | undefined
  readonly known_hosts: readonly string[]
  readonly host_key_alias: string | undefined
  readonly strict_host_keys: string | undefined
  readonly kex: string | undefined
  readonly ciphers: string | undefined
  readonly macs: string | undefined
  readonly host_keys: string | undefined
  /** A command to connect through, which this program never runs. */
  readonly proxy_command: string | undefined
}

/** Looks hosts up in one configuration. */
export type SshConfig = (host: string, user?: string) => HostSettings

/** Includes may include one another this deep, as in OpenSSH. */
const DEPTH = 16

/** Reads a configuration; one that is not there says nothing, unless it was asked for by name (`wanted`). */
export function readSshConfig(file: string, { wanted = false, home = homedir() } = {}): SshConfig {
  const lines = linesOf(file, home, wanted, DEPTH)
  const config = parsed(file, lines)
  const known = new Map<string, HostSettings>()
  return (host, user) => {
    const key = `${user ?? ''}@${host}`
    const found = known.get(key) ?? settingsOf(config, host, user, home)
    known.set(key, found)
    return found
  }
}

function parsed(file: string, lines: readonly string[]): SSHConfig {
  try {
    return SSHConfig.parse(lines.join('\n'))
  } catch (error) {
    const { message } = error as Error
    throw new Trouble(
      'inventory',
      `the SSH configuration ${file} cannot be understood: ${message.replace(/\s+/g, ' ').slice(0, 120)}; correct it, or set ssh: { config: none }`,
    )
  }
}

/** The lines of a file and of those it includes. `Match exec` and canonical names would run programs: they are left out. */
function linesOf(file: string, home: string, wanted: boolean, depth: number): string[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && !wanted) return []
    throw new Trouble(
      'inventory',
      `the SSH configuration ${file} cannot be read (${code}); check the path, or set ssh: { config: none }`,
    )
  }
  return text.split(/\r?\n/).flatMap(line => {
    if (/^\s*CanonicalizeHostname\b/i.test(line)) return []
    const [, included] = /^\s*Include(?:\s+|\s*=\s*)(.*?)\s*$/i.exec(line) ?? []
    if (included === undefined) return [line]
    if (depth === 0) throw new Trouble('inventory', `${file}: Include goes too deep; look for a file that includes itself`)
    return words(included).flatMap(pattern => {
      const path = written(pattern, home)
      return matching(isAbsolute(path) ? path : join(home, '.ssh', path)).flatMap(f => linesOf(f, home, false, depth - 1))
    })
  })
}

/** Files that fit a path whose last part may have wildcards. */
function matching(path: string): string[] {
  if (!/[*?]/.test(basename(path))) return [path]
  const name = new RegExp(
    `^${basename(path)
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
  )
  try {
    return readdirSync(dirname(path))
      .filter(f => name.test(f))
      .sort()
      .map(f => join(dirname(path), f))
  } catch {
    return []
  }
}

function settingsOf(config: SSHConfig, host: string, user: string | undefined, home: string): HostSettings {
  const computed = config.compute(
    { Host: host, ...(user === undefined ? {} : { User: user }) },
    { ignoreCase: true, matchExec: false },
  ) as Readonly<Record<string, string | string[]>>
  const all = (name: string): string[] => [computed[name] ?? []].flat()
  const one = (name: string): string | undefined => all(name)[0]
  const hostname = one('hostname')?.replaceAll('%h', host)
  const said = { hostname: hostname ?? host, user: user ?? one('user') ?? '', port: one('port') ?? '22', host }
  const path = (text: string) => {
    const filled = text.replace(/%([%dhrpn])/g, (_, token: string) => TOKENS[token]?.(said, home) ?? '')
    return written(filled, home)
  }
  return {
    hostname: hostname === host ? undefined : hostname,
    port: one('port') === undefined ? undefined : Number(one('port')),
    user: one('user'),
    identity_files: all('identityfile')
      .filter(f => f.toLowerCase() !== 'none')
      .map(path),
    identities_only: one('identitiesonly')?.toLowerCase() === 'yes',
    identity_agent: one('identityagent') === undefined ? undefined : path(one('identityagent') ?? ''),
    proxy_jump: all('proxyjump').join(',') || undefined,
    known_hosts: all('userknownhostsfile').map(path),
    host_key_alias: one('hostkeyalias'),
    strict_host_keys: one('stricthostkeychecking')?.toLowerCase(),
    kex: one('kexalgorithms'),
    ciphers: one('ciphers'),
    macs: one('macs'),
    host_keys: one('hostkeyalgorithms'),
    proxy_command: one('proxycommand')?.toLowerCase() === 'none' ? undefined : one('proxycommand'),
  }
}

interface Said {
  readonly hostname: string
  readonly user: string
  readonly port: string
  readonly host: string
}
const TOKENS: Readonly<Record<string, (said: Said, home: string) => string>> = {
  '%': () => '%',
  'd': (_, home) => home,
  'h': said => said.hostname,
  'r': said => said.user,
  'p': said => said.port,
  'n': said => said.host,
}

const words = (text: string): string[] => [...text.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')

const written = (path: string, home: string): string => (path.startsWith('~/') ? join(home, path.slice(2)) : path)
