// What the OpenSSH client configuration, the user's and behind it the machine's, says of a host: ssh_config(5).
import { homedir } from 'node:os'
import { Trouble } from '../model/trouble.ts'
import { type ConfigItem, readConfigFile, readMachineFile } from './ssh-config-file.ts'
import { filled, hostOf, localUser, type Tokens, tilde, writtenOut } from './ssh-config-paths.ts'
import { type Said, said } from './ssh-config-values.ts'

/** What is said of one host; undefined where nothing is. Paths are absolute, and tokens written out. */
export interface HostSettings {
  readonly hostname: string | undefined
  readonly port: number | undefined
  readonly user: string | undefined
  readonly identity_files: readonly string[]
  /** Of the keys that an agent holds, only those of `identity_files` are wanted. */
  readonly identities_only: boolean
  /** A path, `SSH_AUTH_SOCK`, `$NAME` for what the environment names, or `none`. */
  readonly identity_agent: string | undefined
  readonly proxy_jump: string | undefined
  /** Empty for `none`. */
  readonly known_hosts: readonly string[] | undefined
  /** Further files with host keys, which are only read. */
  readonly global_known_hosts: readonly string[] | undefined
  readonly revoked_host_keys: string | undefined
  readonly host_key_alias: string | undefined
  readonly strict_host_keys: string | undefined
  readonly kex: string | undefined
  readonly ciphers: string | undefined
  readonly macs: string | undefined
  readonly host_keys: string | undefined
  /** A command to connect through, which this program never runs. */
  readonly proxy_command: string | undefined
  /** Keywords of which only the configuration of the machine says something. */
  readonly of_machine: ReadonlySet<string>
}

/** What a host is asked for with, where that is not left to the configuration: `ssh -l USER -p PORT`. */
export interface Asked {
  readonly user?: string | undefined
  readonly port?: number | undefined
}

/** Of a host that nothing is said of. */
export const SILENT: HostSettings = {
  hostname: undefined,
  port: undefined,
  user: undefined,
  identity_files: [],
  identities_only: false,
  identity_agent: undefined,
  proxy_jump: undefined,
  known_hosts: undefined,
  global_known_hosts: undefined,
  revoked_host_keys: undefined,
  host_key_alias: undefined,
  strict_host_keys: undefined,
  kex: undefined,
  ciphers: undefined,
  macs: undefined,
  host_keys: undefined,
  proxy_command: undefined,
  of_machine: new Set(),
}

/** Looks hosts up in one configuration. */
export type SshConfig = (host: string, asked?: Asked) => HostSettings

/** How to read a configuration. */
export interface ConfigOptions {
  /** It was asked for by name, so it must be there. */
  readonly wanted?: boolean
  readonly home?: string
  /** Folder with the configuration of the machine: as with `ssh -F`, it does not count beside one that was asked for. */
  readonly system?: string
  /** Takes what is in it and does not count here, once for each line. */
  readonly warn?: (sentence: string) => void
}

/** Reads a configuration; one that is not there says nothing, unless it is `wanted`. Throws a `Trouble` for what ssh would not take. */
export function readSshConfig(
  file: string,
  { wanted = false, home = homedir(), system, warn = () => {} }: ConfigOptions = {},
): SshConfig {
  const own = readConfigFile(file, home, wanted)
  const items: readonly ConfigItem[] = wanted || system === undefined ? own : [{ included: [own, readMachineFile(system, home)] }]
  const known = new Map<string, HostSettings>()
  const told = new Set<string>()
  const tell = (sentence: string) => {
    if (!told.has(sentence)) warn(sentence)
    told.add(sentence)
  }
  return (host, asked = {}) => {
    const key = JSON.stringify([host, asked.user, asked.port])
    const found = known.get(key) ?? settingsOf(items, host, asked, home, tell)
    known.set(key, found)
    return found
  }
}

function settingsOf(
  items: readonly ConfigItem[],
  original: string,
  asked: Asked,
  home: string,
  tell: (sentence: string) => void,
): HostSettings {
  const { values, of_machine } = said(items, { original, user: asked.user, tell })
  const one = (keyword: string): string | undefined => values.get(keyword)?.[0]
  const host = hostOf(one('hostname'), original)
  if (/^-|[\s\0-\x1f'"`$\\;&<>|(){},]/.test(host))
    throw new Trouble(
      'inventory',
      `the SSH configuration says HostName ${one('hostname')}, which is no name of a host; correct it`,
    )
  const port = portOf(values)
  const tokens: Tokens = {
    host,
    original,
    port: String(asked.port ?? port ?? 22),
    user: asked.user ?? one('user') ?? localUser(),
    alias: one('hostkeyalias')?.toLowerCase() ?? original,
    home,
  }
  const path = (text: string) => writtenOut(text, tokens)
  const files = (keyword: string, written: (text: string) => string): string[] | undefined =>
    values.get(keyword)?.flatMap(file => (file.toLowerCase() === 'none' ? [] : [written(file)]))
  const [agent, jump, command] = [one('identityagent'), one('proxyjump'), one('proxycommand')]
  const revoked = one('revokedhostkeys')
  return {
    hostname: one('hostname') === undefined || host === original ? undefined : host,
    port,
    user: one('user'),
    identity_files: files('identityfile', path) ?? [],
    identities_only: /^(yes|true)$/i.test(one('identitiesonly') ?? ''),
    identity_agent: agent === undefined || /^(none$|SSH_AUTH_SOCK$|\$(?!\{))/.test(agent) ? agent : path(agent),
    proxy_jump: jump === undefined ? undefined : filled(jump, [...'%hnpr'], tokens),
    known_hosts: files('userknownhostsfile', path),
    global_known_hosts: files('globalknownhostsfile', text => tilde(text, home)),
    revoked_host_keys: revoked === undefined || revoked.toLowerCase() === 'none' ? undefined : tilde(revoked, home),
    host_key_alias: one('hostkeyalias')?.toLowerCase(),
    strict_host_keys: one('stricthostkeychecking')?.toLowerCase(),
    kex: one('kexalgorithms'),
    ciphers: one('ciphers'),
    macs: one('macs'),
    host_keys: one('hostkeyalgorithms'),
    proxy_command: command?.toLowerCase() === 'none' ? undefined : command,
    of_machine,
  }
}

function portOf(values: Said): number | undefined {
  const [text] = values.get('port') ?? []
  if (text === undefined) return undefined
  const port = /^\d+$/.test(text) ? Number(text) : 0
  if (port < 1 || port > 65_535)
    throw new Trouble('inventory', `the SSH configuration says Port ${text}, which is no number of a port; correct it`)
  return port
}
