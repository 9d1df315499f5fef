// How to get into a device: what the inventory says, then what the user's SSH configuration says, then what is usual.
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import type { Access, Hop, HostKeyPolicy } from '../model/inventory.ts'
import { Trouble } from '../model/trouble.ts'
import type { InventoryFile } from './schema.ts'
import type { Settings } from './settings-schema.ts'
import { type HostSettings, readSshConfig, type SshConfig } from './ssh-config.ts'

/** Seconds for one session. Building the configuration alone takes old modular switches the better part of a minute. */
const TIMEOUT = 120
/** The SSH agent that the environment names. */
const AGENT = 'SSH_AUTH_SOCK'

/** How to reach the host of a device with these settings. */
export type Reach = (host: string, settings: Settings) => Access

/** What is said in one place of the inventory on how to get into a host; undefined where it says nothing. */
interface Stated {
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly key?: string | undefined
  readonly passphrase?: string | undefined
  readonly port?: number | undefined
  readonly known_hosts?: string | undefined
  readonly host_keys?: HostKeyPolicy | undefined
  readonly legacy_algorithms?: boolean | undefined
}

/** Prepares the ways into the devices of an inventory. */
export function reaching(file: string, data: InventoryFile, home = homedir()): Reach {
  const configs = new Map<string, SshConfig>()
  const configOf = (named: string | undefined): SshConfig => {
    if (named === 'none') return () => SILENT
    const path = named === undefined ? join(home, '.ssh', 'config') : beside(file, named, home)
    const known = configs.get(path) ?? readSshConfig(path, { wanted: named !== undefined, home })
    configs.set(path, known)
    return known
  }
  /** A hop by the name it has under `jump_hosts:`, in the SSH configuration or in the name service. */
  const hopOf = (config: SshConfig, spec: string, jumps: readonly string[]): Hop[] => {
    const [, username, host = spec, port] = /^(?:([^@]*)@)?(\[[^\]]*\]|[^:]*|[^@]*:[^@]*:[^@]*?)(?::(\d+))?$/.exec(spec) ?? []
    const bare = host.replace(/^\[|\]$/g, '')
    const own = Object.hasOwn(data.jump_hosts, bare) ? data.jump_hosts[bare] : undefined
    const place = `${bare} ${own?.port ?? port ?? ''}`.trim()
    if (jumps.includes(place))
      throw new Trouble(
        'inventory',
        `${file}: the way to ${jumps[0]} goes through ${place} twice; correct proxy_jump: or ProxyJump`,
      )
    const said = config(own?.host ?? bare, username ?? own?.username)
    const stated: Stated = { ...own, ...(username === undefined ? {} : { username }), ...(port ? { port: Number(port) } : {}) }
    if (!own) refuseCommand(bare, said)
    const before = said.proxy_jump === undefined || own ? [] : chain(config, said.proxy_jump, [...jumps, place])
    return [...before, hop(file, home, own?.host ?? bare, stated, said)]
  }
  const chain = (config: SshConfig, spec: string, jumps: readonly string[]): Hop[] =>
    spec.toLowerCase() === 'none' ? [] : spec.split(',').flatMap(one => hopOf(config, one.trim(), jumps))

  return (host, settings) => {
    const { ssh = {} } = settings
    const config = configOf(ssh.config)
    const said = config(host, settings.username)
    if (ssh.proxy_jump === undefined) refuseCommand(host, said)
    return {
      ...hop(file, home, host, { ...settings, ...ssh }, said),
      enable: settings.enable === undefined ? null : reference(file, settings.enable, home),
      timeout: ssh.timeout ?? TIMEOUT,
      jumps: chain(config, ssh.proxy_jump ?? said.proxy_jump ?? 'none', [`${host} ${ssh.port ?? ''}`.trim()]),
    }
  }
}

/** Which of two ways OpenSSH takes depends on their order, and one of them it would run: so neither is taken. */
function refuseCommand(host: string, { proxy_command }: HostSettings): void {
  if (proxy_command !== undefined)
    throw new Trouble(
      'inventory',
      `the SSH configuration reaches ${host} through a ProxyCommand, which this program does not run; use ProxyJump, or set ssh: { proxy_jump: ... }`,
    )
}

function hop(file: string, home: string, host: string, stated: Stated, said: HostSettings): Hop {
  const { username = said.user ?? '', password, key, passphrase } = stated
  const secretless = password === undefined && key === undefined
  const keys = key === undefined ? (secretless ? said.identity_files : []) : [beside(file, key, home)]
  const socket = said.identity_agent === undefined || said.identity_agent === AGENT ? AGENT : said.identity_agent
  return {
    host: said.hostname ?? host,
    port: stated.port ?? said.port ?? 22,
    host_key_alias: said.host_key_alias ?? null,
    username,
    password: password === undefined || password === 'agent' ? null : reference(file, password, home),
    keys,
    passphrase: passphrase === undefined ? null : reference(file, passphrase, home),
    agent:
      (password === 'agent' || secretless) && socket.toLowerCase() !== 'none'
        ? socket.replace(/^\$\{?(SSH_AUTH_SOCK)\}?$/, '$1')
        : null,
    known_hosts:
      stated.known_hosts === undefined
        ? said.known_hosts.length > 0
          ? said.known_hosts
          : [join(home, '.ssh', 'known_hosts')]
        : [beside(file, stated.known_hosts, home)],
    host_keys: stated.host_keys ?? POLICIES[said.strict_host_keys ?? ''] ?? 'strict',
    legacy_algorithms: stated.legacy_algorithms ?? false,
    algorithms: {
      kex: said.kex ?? null,
      ciphers: said.ciphers ?? null,
      macs: said.macs ?? null,
      host_keys: said.host_keys ?? null,
    },
  }
}

/** `no` of ssh_config(5) puts new keys on file; to accept them unseen takes the inventory's own word. */
const POLICIES: Readonly<Record<string, HostKeyPolicy>> = { 'accept-new': 'tofu', 'no': 'tofu', 'off': 'tofu' }

const SILENT: HostSettings = {
  hostname: undefined,
  port: undefined,
  user: undefined,
  identity_files: [],
  identities_only: false,
  identity_agent: undefined,
  proxy_jump: undefined,
  known_hosts: [],
  host_key_alias: undefined,
  strict_host_keys: undefined,
  kex: undefined,
  ciphers: undefined,
  macs: undefined,
  host_keys: undefined,
  proxy_command: undefined,
}

/** Paths in an inventory are relative to it, wherever the program runs. */
export function beside(inventory: string, path: string, home = homedir()): string {
  if (path.startsWith('~/')) return join(home, path.slice(2))
  return isAbsolute(path) ? path : join(dirname(inventory), path)
}

/** A reference to a secret, with the path of a file made absolute. */
export const reference = (inventory: string, secret: string, home: string): string =>
  secret.startsWith('file:') ? `file:${beside(inventory, secret.slice(5), home)}` : secret
