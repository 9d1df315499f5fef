// Ansible inventories: the output of `ansible-inventory --list`, YAML and INI, told apart by what they hold.
import { dirname, join } from 'node:path'
import { Trouble } from '../../model/trouble.ts'
import { readIni } from './ansible/ini.ts'
import { readList } from './ansible/list.ts'
import { type AnsibleInventory, emptyInventory, refuseDangling } from './ansible/model.ts'
import { type Resolved, resolve } from './ansible/precedence.ts'
import { readGroups } from './ansible/tree.ts'
import { readVarsFiles } from './ansible/vars-files.ts'
import { type Given, type Harvest, ignoredPasswords, isWithheld, type Setting, type Sourced, shown, some } from './sourced.ts'
import { readSshArguments } from './ssh-arguments.ts'
import { isFolder, namesIn, sourceText } from './text.ts'
import { readTree } from './yaml.ts'

const WHAT = 'an Ansible inventory: the output of ansible-inventory --list, YAML or INI'

/** Files that Ansible itself leaves out of a folder (INVENTORY_IGNORE_EXTS), and its two folders of variables. */
const IGNORED = /(^\.|~|\.(pyc|pyo|swp|bak|rpm|md|txt|rst|orig|cfg|retry)$)|^(group|host)_vars$/

/** Reads the inventory at a path: a file, or a folder of several. */
export function readAnsible(path: string): Harvest {
  const inventory = emptyInventory()
  const folder = isFolder(path)
  for (const file of folder ? filesBelow(path) : [path]) readFile(inventory, file)
  if (inventory.hosts.size === 0) throw new Trouble('inventory', `${path}:1: it lists no host; name ${WHAT}`)
  refuseDangling(inventory)
  readVarsFiles(inventory, folder ? path : dirname(path))
  const others = { names: [] as string[] }
  const devices = resolve(inventory).map(host => deviceOf(host, others))
  const bare = devices
    .filter(d => !d.given.has('platform') && d.trouble === null && !isWithheld(d.given.get('host')?.value))
    .map(d => d.name)
  return {
    devices,
    notices: [
      ...inventory.notices,
      ...(bare.length === 0 || bare.length === devices.length
        ? []
        : [`${some(bare)} in ${path}: no ansible_network_os, so each is asked what it is; leave servers out with limit:`]),
      ...ignoredPasswords(path, inventory.passwords),
      ...(others.names.length === 0
        ? []
        : [
            `${some(others.names)} in ${path} ${others.names.length === 1 ? 'has' : 'have'} ssh arguments besides jump hosts and keys; they are not taken over: see ssh: in our inventory`,
          ]),
    ],
  }
}

function filesBelow(folder: string): string[] {
  return namesIn(folder)
    .filter(name => !IGNORED.test(name))
    .map(name => join(folder, name))
    .flatMap(path => (isFolder(path) ? filesBelow(path) : [path]))
}

function readFile(inventory: AnsibleInventory, file: string): void {
  const text = sourceText(file, WHAT)
  const instead = 'name the output of ansible-inventory --list'
  if (text.startsWith('#!'))
    throw new Trouble('inventory', `${file}:1: this is a script, and inventories are read here, never run; ${instead}`)
  if (text.startsWith('$ANSIBLE_VAULT'))
    throw new Trouble('inventory', `${file}:1: this is encrypted with Ansible Vault; ${instead}`)
  if (/\.toml$/i.test(file)) throw new Trouble('inventory', `${file}:1: this is TOML, which is not read here; ${instead}`)
  const data = /^\s*\{/.test(text) ? json(file, text) : {}
  if (isListing(data)) readList(inventory, file, text, data)
  else if (/\.ya?ml$/i.test(file) || looksLikeYaml(text)) readGroups(inventory, readTree(file, WHAT, text))
  else readIni(inventory, file, text)
}

/** Braces may be YAML as well, which the YAML parser tells better than a guess. */
function json(file: string, text: string): Record<string, unknown> {
  try {
    return JSON.parse(text)
  } catch {
    if (/^\s*\{\s*["}]/.test(text)) throw new Trouble('inventory', `${file}:1: this begins like JSON and is none; name ${WHAT}`)
    return {}
  }
}

/** In a listing hosts and children are lists; in the YAML form, which may be written as JSON, they are blocks. */
const isListing = (data: Record<string, unknown>): boolean =>
  '_meta' in data ||
  Object.values(data).some(
    group => Array.isArray(group) || (typeof group === 'object' && group !== null && Object.values(group).some(Array.isArray)),
  )

/** The first line that says something is `name:` in YAML, or begins a list; in INI it is a section, a host or an assignment. */
function looksLikeYaml(text: string): boolean {
  const first = text.split(/\r?\n/).find(line => /^\s*[^\s#;]/.test(line)) ?? ''
  return /^---|^\{|^- |^("[^"]*"|'[^']*'|[\w.-]+)\s*:(\s|$)|^[^=[:]*:(\s+#.*)?$/.test(first.trim())
}

/** Connections of Ansible that end in an SSH session on the device itself. */
const OVER_SSH = /^(ansible\.builtin\.|ansible\.netcommon\.)?(ssh|smart|paramiko(_ssh)?|network_cli|netconf|libssh|httpapi)$/

function deviceOf({ host, value, groups }: Resolved, others: { names: string[] }): Sourced {
  const either = (...names: string[]): Given | undefined => {
    for (const name of names) {
      const found = value(name)
      if (found) return found
    }
    return undefined
  }
  const args = ['ansible_ssh_args', 'ansible_ssh_common_args', 'ansible_ssh_extra_args'].flatMap(name => value(name) ?? [])
  const read = args.map(given => ({ given, found: readSshArguments(given.value) }))
  if (read.some(r => r.found.others)) others.names.push(host.name)
  const jump = read.findLast(r => r.found.proxy_jump !== undefined)
  const keyed = read.findLast(r => r.found.key !== undefined)
  const connection = value('ansible_connection')
  // The port of an API is not the one of SSH.
  const api = /httpapi|netconf/.test(String(connection?.value ?? ''))
  const found: [Setting, Given | undefined][] = [
    ['host', either('ansible_host', 'ansible_ssh_host')],
    ['port', api ? undefined : either('ansible_port', 'ansible_ssh_port')],
    ['username', either('ansible_user', 'ansible_ssh_user')],
    ['platform', value('ansible_network_os')],
    [
      'key',
      either('ansible_private_key_file', 'ansible_ssh_private_key_file') ??
        (keyed && { value: keyed.found.key, place: keyed.given.place }),
    ],
    ['proxy_jump', jump && { value: jump.found.proxy_jump, place: jump.given.place }],
    ['site', value('site')],
    ['role', value('role')],
    ['tags', value('tags')],
  ]
  const elsewhere =
    connection && typeof connection.value === 'string' && !isWithheld(connection.value) && !OVER_SSH.test(connection.value)
  return {
    name: host.name,
    place: host.place,
    given: new Map(found.flatMap(([setting, given]) => (given ? [[setting, given]] : []))),
    groups,
    byName: host.name,
    trouble: elsewhere
      ? `${connection.place}: it is reached with ansible_connection ${shown(connection.value)}, not over SSH`
      : null,
  }
}
