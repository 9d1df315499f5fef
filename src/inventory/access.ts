// How to get into a device: what the inventory says, then what the SSH configuration of the user and of the machine says, then what is usual.
import { existsSync } from 'node:fs'
import { isIPv6 } from 'node:net'
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import type { Access, Hop, HostKeyPolicy } from '../model/inventory.ts'
import { Trouble } from '../model/trouble.ts'
import type { InventoryFile } from './schema.ts'
import type { Settings } from './settings-schema.ts'
import { type HostSettings, readSshConfig, SILENT, type SshConfig } from './ssh-config.ts'

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

/** Where the user's and the machine's own SSH files are, and who is told what of them does not count. */
export interface Surroundings {
  readonly home: string
  /** Folder with the SSH configuration of the machine, and the host keys that it trusts. */
  readonly system: string
  /** The SSH configuration in that folder is left out. */
  readonly alone?: boolean
  readonly warn: (sentence: string) => void
}

/** What every hop is settled with: the user's home, and the files with host keys that ssh reads by itself. */
interface Around {
  readonly home: string
  readonly trusted: { readonly user: readonly string[]; readonly machine: readonly string[] }
}

/** Prepares the ways into the devices of an inventory. */
export function reaching(file: string, data: InventoryFile, { home, system, alone = false, warn }: Surroundings): Reach {
  // Looked for once, not for every device.
  const trusted = {
    user: filesIn(join(home, '.ssh'), ['known_hosts', 'known_hosts2'], 1),
    machine: filesIn(system, ['ssh_known_hosts', 'ssh_known_hosts2'], 0),
  }
  const around = { home, trusted }
  const configs = new Map<string, SshConfig>()
  const configOf = (named: string | undefined): SshConfig => {
    if (named === 'none') return () => SILENT
    const path = named === undefined ? join(home, '.ssh', 'config') : beside(file, named, home)
    const known = configs.get(path) ?? readSshConfig(path, { wanted: named !== undefined, home, ...(!alone && { system }), warn })
    configs.set(path, known)
    return known
  }
  /** A hop by the name it has under `jump_hosts:`, in the SSH configuration or in the name service. `first`: we go there directly. */
  const hopOf = (config: SshConfig, spec: string, first: boolean, jumps: readonly string[]): Hop[] => {
    const { username, host, port } = jumpSpec(file, spec)
    const own = Object.hasOwn(data.jump_hosts, host) ? data.jump_hosts[host] : undefined
    const place = `${host} ${own?.port ?? port ?? ''}`.trim()
    if (jumps.includes(place))
      throw new Trouble(
        'inventory',
        `${file}: the way to ${jumps[0]} goes through ${place} twice; correct proxy_jump: or ProxyJump`,
      )
    const stated: Stated = { ...own, ...(username === undefined ? {} : { username }), ...(port === undefined ? {} : { port }) }
    const said = config(own?.host ?? host, { user: stated.username, port: stated.port })
    // The way to the others leads through the one before; what is said of theirs is overruled, as by ssh -J.
    if (!own && first) refuseCommand(host, said)
    const before = said.proxy_jump === undefined || own || !first ? [] : chain(config, said.proxy_jump, [...jumps, place])
    return [...before, hop(file, around, own?.host ?? host, stated, said)]
  }
  const chain = (config: SshConfig, spec: string, jumps: readonly string[]): Hop[] =>
    spec.toLowerCase() === 'none' ? [] : spec.split(',').flatMap((one, n) => hopOf(config, one.trim(), n === 0, jumps))

  return (host, settings) => {
    const { ssh = {} } = settings
    const config = configOf(ssh.config)
    const said = config(host, { user: settings.username, port: ssh.port })
    if (ssh.proxy_jump === undefined) refuseCommand(host, said)
    return {
      enable: settings.enable === undefined ? null : reference(file, settings.enable, home),
      timeout: ssh.timeout ?? TIMEOUT,
      jumps: chain(config, ssh.proxy_jump ?? said.proxy_jump ?? 'none', [`${host} ${ssh.port ?? ''}`.trim()]),
      // Last, here as in all that is made for every device: in Node 20 what begins with a spread gets a hidden class of its own.
      ...hop(file, around, host, Object.assign({}, settings, ssh), said),
    }
  }
}

/** One of the hosts on the way: [USER@]HOST[:PORT], or the same behind `ssh://`. Users may hold an `@`, as those of a domain do. */
function jumpSpec(file: string, spec: string) {
  const [, username, place = ''] = /^(?:ssh:\/\/)?(?:(.+)@)?([^@]*?)\/?$/s.exec(spec) ?? []
  const [, bracketed, plain, digits] = /^(?:\[([^\]]+)\]|([^:[\]]+))(?::(\d+))?$/.exec(place) ?? []
  if (username?.includes(':'))
    throw new Trouble(
      'inventory',
      `${file}: the way through ${place} holds a password, which ssh would take for a part of the user; say under jump_hosts: what to log in with there`,
    )
  const host = bracketed ?? plain ?? (isIPv6(place) ? place : '')
  const port = digits === undefined ? undefined : Number(digits)
  if (!HOST.test(host) || (port !== undefined && (port < 1 || port > 65_535)))
    throw new Trouble(
      'inventory',
      `${file}: there is no way through "${spec}"; proxy_jump: and ProxyJump take [USER@]HOST[:PORT], several with commas between`,
    )
  return { username, host, port }
}

/** As `host:` in an inventory. */
const HOST = /^[A-Za-z0-9_:][A-Za-z0-9._:%-]*$/

/** Which of two ways OpenSSH takes depends on their order, and one of them it would run: so neither is taken. */
function refuseCommand(host: string, { proxy_command }: HostSettings): void {
  if (proxy_command !== undefined)
    throw new Trouble(
      'inventory',
      `the SSH configuration reaches ${host} through a ProxyCommand, which this program does not run; use ProxyJump, or set ssh: { proxy_jump: ... }, with none where no other host is needed`,
    )
}

function hop(file: string, { home, trusted }: Around, host: string, stated: Stated, said: HostSettings): Hop {
  const { username = said.user ?? '', password, key, passphrase } = stated
  const secretless = password === undefined && key === undefined
  const keys = key === undefined ? (secretless ? said.identity_files : []) : [beside(file, key, home)]
  const socket = said.identity_agent === undefined || said.identity_agent === AGENT ? AGENT : said.identity_agent
  const own = stated.known_hosts === undefined ? undefined : [beside(file, stated.known_hosts, home)]
  // Whoever names a file of their own trusts that one alone.
  const legacy = stated.legacy_algorithms ?? false
  // Distributions keep lists for all (crypto-policies(7)): what the inventory allows one device goes before them.
  const list = (keyword: string, names: string | undefined) =>
    names === undefined || (legacy && said.of_machine.has(keyword)) ? null : names
  const machine = own ? [] : (said.global_known_hosts ?? trusted.machine)
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
    ...(said.identities_only && { agent_keys: identities(said.identity_files, home) }),
    known_hosts: own ?? said.known_hosts ?? trusted.user,
    ...(machine.length > 0 && { system_known_hosts: machine }),
    host_keys: stated.host_keys ?? POLICIES[said.strict_host_keys ?? ''] ?? 'strict',
    ...(said.revoked_host_keys !== undefined && { revoked_keys: said.revoked_host_keys }),
    legacy_algorithms: legacy,
    algorithms: {
      kex: list('kexalgorithms', said.kex),
      ciphers: list('ciphers', said.ciphers),
      macs: list('macs', said.macs),
      host_keys: list('hostkeyalgorithms', said.host_keys),
    },
  }
}

/** Files of a folder: as many as are named in any case, the rest where they exist. */
const filesIn = (folder: string, names: readonly string[], always: number): string[] =>
  names.map(name => join(folder, name)).filter((path, n) => n < always || existsSync(path))

/** The keys that ssh would show, of all that an agent holds: those that are named, else those it looks for by itself. */
const identities = (named: readonly string[], home: string): readonly string[] =>
  named.length > 0 ? named : ['rsa', 'ecdsa', 'ecdsa_sk', 'ed25519', 'ed25519_sk', 'dsa'].map(t => join(home, '.ssh', `id_${t}`))

/** `no` of ssh_config(5) puts new keys on file; to accept them unseen takes the inventory's own word. */
const POLICIES: Readonly<Record<string, HostKeyPolicy>> = { 'accept-new': 'tofu', 'no': 'tofu', 'off': 'tofu' }

/** Paths in an inventory are relative to it, wherever the program runs. */
export function beside(inventory: string, path: string, home = homedir()): string {
  if (path.startsWith('~/')) return join(home, path.slice(2))
  return isAbsolute(path) ? path : join(dirname(inventory), path)
}

/** A reference to a secret, with the path of a file made absolute. */
export const reference = (inventory: string, secret: string, home: string): string =>
  secret.startsWith('file:') ? `file:${beside(inventory, secret.slice(5), home)}` : secret
