// Every value that holds for a device, and where it comes from: for people who wonder.
import { shownCommand } from '../model/command.ts'
import type { Access, Hop } from '../model/inventory.ts'
import type { ResolvedDevice } from './devices.ts'

/** One value, as it may be shown: secrets are references, and what stands behind `plain:` is not said. */
export interface Origin {
  readonly setting: string
  readonly value: string
  /** `inventory.yaml:12`, `group old (inventory.yaml:8)`, `defaults`, `~/.ssh/config`, `/etc/ssh/ssh_config`, `source nornir hosts.yaml:4` or `default`. */
  readonly origin: string
}

/** A reference to a secret without the secret. A command may have one among its arguments. */
export function shownReference(reference: string): string {
  if (reference.startsWith('plain:')) return 'plain:***'
  return shownCommand(reference) ?? reference
}

/** What one value is called here, what its origin is called, and how it is read off the way in. */
type Row = readonly [setting: string, key: string, read: (access: Access) => string | null]

const many = (values: readonly string[]): string | null => (values.length === 0 ? null : values.join(', '))
const secret = (reference: string | null): string | null => (reference === null ? null : shownReference(reference))
const hopText = ({ username, host, port }: Hop): string => `${username === '' ? '' : `${username}@`}${host}:${port}`

const ROWS: readonly Row[] = [
  ['port', 'ssh.port', a => String(a.port)],
  ['username', 'username', a => a.username],
  ['password', 'password', a => secret(a.password)],
  ['enable', 'enable', a => secret(a.enable)],
  ['key', 'key', a => many(a.keys)],
  ['passphrase', 'passphrase', a => secret(a.passphrase)],
  ['agent', 'password', a => a.agent],
  ['proxy_jump', 'ssh.proxy_jump', a => many(a.jumps.map(hopText))],
  ['known_hosts', 'ssh.known_hosts', a => many(a.known_hosts)],
  ['host_keys', 'ssh.host_keys', a => a.host_keys],
  ['host_key_alias', '', a => a.host_key_alias],
  ['legacy_algorithms', 'ssh.legacy_algorithms', a => String(a.legacy_algorithms)],
  ['kex', '', a => a.algorithms.kex],
  ['ciphers', '', a => a.algorithms.ciphers],
  ['macs', '', a => a.algorithms.macs],
  ['host_key_algorithms', '', a => a.algorithms.host_keys],
  ['timeout', 'ssh.timeout', a => String(a.timeout)],
]

/** The ways into devices as they would be with less. */
export interface Without {
  /** Without any SSH configuration. */
  config(device: ResolvedDevice): Access | null
  /** Without that of the machine, which is in `file`. */
  machine(device: ResolvedDevice): Access | null
  readonly file: string
}

/** All values of a device. */
export function originsOf(resolved: ResolvedDevice, without: Without): Origin[] {
  const { device, settings, host } = resolved
  const origins = resolved.origins()
  const bare = without.config(resolved)
  const users = settings.ssh?.config === undefined ? without.machine(resolved) : null
  /** Which SSH configuration says what is read off the way in like this. */
  const configOf = (read: (access: Access) => string | null, value: string) =>
    users !== null && read(users) !== value ? without.file : (settings.ssh?.config ?? '~/.ssh/config')
  const said = (setting: string, value: string | null): Origin[] =>
    value === null ? [] : [{ setting, value, origin: origins.get(setting) ?? 'default' }]
  const general = [
    ...said('platform', device.platform),
    ...said('site', 'unusable' in device.from && device.from.anywhere ? null : device.site),
    ...said('role', device.role),
    ...said('tags', many(device.tags)),
    ...said('groups', many(device.groups)),
  ]
  if ('file' in device.from) return [...said('config', device.from.file), ...general]
  const named = said('host', host)
  if ('unusable' in device.from) return [...named, ...general]
  const { ssh } = device.from
  const address: Origin[] =
    ssh.host === host ? [] : [{ setting: 'connects to', value: ssh.host, origin: configOf(a => a.host, ssh.host) }]
  const ways = ROWS.flatMap(([setting, key, read]): Origin[] => {
    const value = read(ssh)
    if (value === null) return []
    const usual = bare !== null && read(bare) === value
    return [{ setting, value, origin: origins.get(key) ?? (usual ? 'default' : configOf(read, value)) }]
  })
  return [...named, ...address, ...general, ...ways]
}
