// An Ansible inventory as it is read, before anything is worked out: hosts, groups, and what is said of each.
import type { Given } from '../sourced.ts'

/** Variables that matter here, by name; where one is said twice in one place, the last holds. */
export type Vars = Map<string, Given>

/** One group. */
export interface Group {
  readonly name: string
  /** Groups within it, and where that is said. */
  readonly children: Map<string, string>
  readonly hosts: Set<string>
  /** In the inventory itself. */
  readonly vars: Vars
  /** In group_vars/. */
  readonly files: Vars
}

/** One host. */
export interface Host {
  readonly name: string
  readonly place: string
  readonly vars: Vars
  /** In host_vars/. */
  readonly files: Vars
}

/** All of it. The parsers fill it, file by file. */
export interface AnsibleInventory {
  readonly groups: Map<string, Group>
  readonly hosts: Map<string, Host>
  readonly notices: string[]
  /** How many passwords were met; their values are never kept. */
  passwords: number
}

/** An inventory with nothing in it. */
export const emptyInventory = (): AnsibleInventory => ({ groups: new Map(), hosts: new Map(), notices: [], passwords: 0 })

/** The group of a name, made where it is new. */
export function groupOf({ groups }: AnsibleInventory, name: string): Group {
  const known = groups.get(name)
  if (known) return known
  const made: Group = { name, children: new Map(), hosts: new Set(), vars: new Map(), files: new Map() }
  groups.set(name, made)
  return made
}

/** The host of a name, made where it is new. */
export function hostOf({ hosts }: AnsibleInventory, name: string, place: string): Host {
  const known = hosts.get(name)
  if (known) return known
  const made: Host = { name, place, vars: new Map(), files: new Map() }
  hosts.set(name, made)
  return made
}

/**
 * Variables that say how to reach a device, and three that many inventories have (docs.ansible.com, behavioral inventory
 * parameters; the ssh and network_cli connection plugins).
 */
const WANTED: ReadonlySet<string> = new Set([
  'ansible_host',
  'ansible_ssh_host',
  'ansible_port',
  'ansible_ssh_port',
  'ansible_user',
  'ansible_ssh_user',
  'ansible_connection',
  'ansible_network_os',
  'ansible_private_key_file',
  'ansible_ssh_private_key_file',
  'ansible_ssh_args',
  'ansible_ssh_common_args',
  'ansible_ssh_extra_args',
  'ansible_group_priority',
  'site',
  'role',
  'tags',
])
const PASSWORD = /^ansible_(.*_)?(pass|password|passphrase)$/

/** Keeps a variable if it matters. Passwords are counted and dropped. */
export function remember(inventory: AnsibleInventory, vars: Vars, name: string, value: unknown, place: string): void {
  if (PASSWORD.test(name)) {
    if (value !== null && value !== '') inventory.passwords++
  } else if (WANTED.has(name)) vars.set(name, { value, place })
}
