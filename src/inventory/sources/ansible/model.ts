// An Ansible inventory as it is read, before anything is worked out: hosts, groups, and what is said of each.
import { Trouble } from '../../../model/trouble.ts'
import { type Given, shown, withheld } from '../sourced.ts'

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
  /** Groups that are there, and do not only have variables or stand in another group. */
  readonly declared: Set<string>
  /** Groups of which an INI file says something, and where: each must be there. */
  readonly mentioned: Map<string, string>
  readonly notices: string[]
  /** How many passwords were met; their values are never kept. */
  passwords: number
}

/** An inventory with nothing in it. */
export const emptyInventory = (): AnsibleInventory => ({
  groups: new Map(),
  hosts: new Map(),
  declared: new Set(['all', 'ungrouped']),
  mentioned: new Map(),
  notices: [],
  passwords: 0,
})

/** A misspelled group has no hosts, and those that were meant go without its variables: their site, for one. Ansible refuses it too. */
export function refuseDangling({ declared, mentioned }: AnsibleInventory): void {
  for (const [name, place] of mentioned)
    if (!declared.has(name))
      throw new Trouble(
        'inventory',
        `${place}: there is no group ${shown(name)}; correct its name, or add a section [GROUP] for it`,
      )
}

/** The group of a name, made where it is new. */
export function groupOf({ groups }: AnsibleInventory, name: string): Group {
  const known = groups.get(name)
  if (known) return known
  const made: Group = { name, children: new Map(), hosts: new Set(), vars: new Map(), files: new Map() }
  groups.set(name, made)
  return made
}

/** The host of a name, made where it is new; a port behind the name counts only there. */
export function hostOf({ hosts }: AnsibleInventory, name: string, place: string, port: string | null = null): Host {
  const known = hosts.get(name)
  if (known) return known
  const made: Host = { name, place, vars: new Map(), files: new Map() }
  if (port !== null) made.vars.set('ansible_port', { value: port, place })
  hosts.set(name, made)
  return made
}

/** What stands of a host in one place cannot be read: nobody knows where to reach it, nor at which site it stands. */
export function obscure({ vars }: Host, why: string, place: string): void {
  for (const name of ['ansible_host', 'site']) vars.set(name, { value: withheld(why), place })
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
