// Nornir's SimpleInventory: hosts.yaml, groups.yaml and defaults.yaml (nornir.readthedocs.io, tutorial, Inventory).
// A value that a host does not have comes from its groups, the first that has it wins and each looks into its own groups first, then
// from the defaults.
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, isAbsolute, join } from 'node:path'
import { Trouble } from '../../model/trouble.ts'
import { type Given, type Harvest, ignoredPasswords, type Setting, type Sourced, shown } from './sourced.ts'
import { isFolder } from './text.ts'
import { type Field, readTree, type Tree } from './yaml.ts'

const WHAT = 'the folder with hosts.yaml, groups.yaml and defaults.yaml of Nornir, or its config.yaml'

/** Connections over SSH whose own settings win over the general ones, best known first. */
const CONNECTIONS = ['netmiko', 'scrapli', 'paramiko']

interface Files {
  readonly hosts: string
  readonly groups: string
  readonly defaults: string
}

/** One host, group, or the defaults: its keys, those under `data`, and those of its connection. */
interface Element {
  readonly keys: ReadonlyMap<string, Field>
  readonly data: ReadonlyMap<string, Field>
  readonly connection: ReadonlyMap<string, Field>
  readonly extras: ReadonlyMap<string, Field>
  readonly groups: readonly string[]
  /** What of it is in another form than it should be, and so says nothing; null where all is well. */
  readonly odd: string | null
  readonly place: string
  readonly tree: Tree
}

/** Reads the inventory at a path. */
export function readNornir(path: string): Harvest {
  const files = filesAt(path)
  const hosts = readTree(files.hosts, WHAT)
  const listed = hosts.fields(hosts.root)
  if (listed.length === 0)
    throw new Trouble(
      'inventory',
      `${files.hosts}:1: these are no hosts of Nornir; hosts.yaml is a block of names, each with hostname:, platform:, groups:`,
    )
  const groups = new Map<string, Element>()
  const passwords = { count: 0 }
  if (isThere(files.groups)) {
    const tree = readTree(files.groups, WHAT, undefined)
    for (const { key, node, place } of tree.fields(tree.root)) groups.set(key, elementOf(tree, node, place, passwords))
  }
  const defaults = isThere(files.defaults) ? defaultsOf(files.defaults, passwords) : null
  const devices = listed.map(({ key, node, place }) => deviceOf(key, elementOf(hosts, node, place, passwords), groups, defaults))
  return { devices, notices: ignoredPasswords(files.hosts, passwords.count) }
}

function defaultsOf(file: string, passwords: { count: number }): Element {
  const tree = readTree(file, WHAT)
  return elementOf(tree, tree.root, `${file}:1`, passwords)
}

function filesAt(path: string): Files {
  const within = (folder: string): Files => ({
    hosts: first(folder, 'hosts'),
    groups: first(folder, 'groups'),
    defaults: first(folder, 'defaults'),
  })
  if (isFolder(path)) {
    const found = within(path)
    const config = first(path, 'config')
    return existsSync(found.hosts) || !existsSync(config) ? found : configured(config)
  }
  return /^hosts\.ya?ml$/i.test(basename(path)) ? within(dirname(path)) : configured(path)
}

/** Groups and defaults may be missing, and empty. */
function isThere(file: string): boolean {
  try {
    return readFileSync(file, 'utf8').trim() !== ''
  } catch (error) {
    // What is there and cannot be read is a fault, and is told as one.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}

/** Both spellings of the ending are in use; Nornir's own is the long one. */
const first = (folder: string, name: string): string => {
  const [long, short] = [join(folder, `${name}.yaml`), join(folder, `${name}.yml`)]
  return existsSync(short) && !existsSync(long) ? short : long
}

/** `inventory: { plugin: SimpleInventory, options: { host_file, group_file, defaults_file } }` of a config.yaml. */
function configured(file: string): Files {
  const tree = readTree(file, WHAT)
  const inventory = tree.fields(tree.root).find(f => f.key === 'inventory')
  if (!inventory) return { hosts: file, groups: first(dirname(file), 'groups'), defaults: first(dirname(file), 'defaults') }
  const keys = new Map(tree.fields(inventory.node).map(f => [f.key, f]))
  const plugin = tree.value(keys.get('plugin')?.node ?? null)
  if (plugin !== null && !/(^|\.)SimpleInventory$/.test(String(plugin)))
    throw new Trouble(
      'inventory',
      `${keys.get('plugin')?.place}: the inventory plugin is ${shown(plugin)}, and only SimpleInventory can be read here`,
    )
  const options = new Map(tree.fields(keys.get('options')?.node ?? null).map(f => [f.key, tree.value(f.node)]))
  const at = (key: string, usual: string) => {
    const said = options.get(key)
    const name = typeof said === 'string' ? said.replace(/^~\//, `${process.env.HOME ?? ''}/`) : usual
    return isAbsolute(name) ? name : join(dirname(file), name)
  }
  return {
    hosts: at('host_file', 'hosts.yaml'),
    groups: at('group_file', 'groups.yaml'),
    defaults: at('defaults_file', 'defaults.yaml'),
  }
}

function elementOf(tree: Tree, node: Field['node'], place: string, passwords: { count: number }): Element {
  const mapOf = (n: Field['node'] | undefined) => new Map(tree.fields(n ?? null).map(f => [f.key, f]))
  const keys = mapOf(node)
  const connections = mapOf(keys.get('connection_options')?.node)
  const name = CONNECTIONS.find(c => connections.has(c))
  const connection = mapOf(name === undefined ? null : connections.get(name)?.node)
  const extras = mapOf(connection.get('extras')?.node)
  for (const field of [keys.get('password'), connection.get('password'), extras.get('secret'), extras.get('auth_secondary')])
    if (field && tree.value(field.node) !== null) passwords.count++
  const groups = tree.value(keys.get('groups')?.node ?? null)
  const isBlock = (n: Field['node'] | undefined) => ['block', 'nothing'].includes(tree.kind(n ?? null))
  const odd = !isBlock(node)
    ? `${place}: it is ${shown(tree.value(node))}, and must be a block of hostname:, platform: and the like`
    : !isBlock(keys.get('data')?.node)
      ? `${keys.get('data')?.place}: its data: must be a block`
      : groups !== null && !Array.isArray(groups)
        ? `${keys.get('groups')?.place}: its groups: must be a list`
        : null
  return {
    odd,
    keys,
    data: mapOf(keys.get('data')?.node),
    connection,
    extras,
    place,
    tree,
    groups: Array.isArray(groups) ? groups.map(String) : [],
  }
}

function deviceOf(name: string, own: Element, groups: ReadonlyMap<string, Element>, defaults: Element | null): Sourced {
  const line = ancestry(own, groups)
  const layers = [own, ...line.flatMap(g => groups.get(g) ?? []), ...(defaults ? [defaults] : [])]
  const find = (pick: (element: Element) => Field | undefined): Given | undefined => {
    for (const element of layers) {
      const field = pick(element)
      const value = field ? element.tree.value(field.node) : null
      if (field && value !== null) return { value, place: field.place }
    }
    return undefined
  }
  /** What is said for the connection, wherever it is said, else what is said in general. */
  const general = (key: string) => find(e => e.connection.get(key)) ?? find(e => e.keys.get(key))
  const found: [Setting, Given | undefined][] = [
    ['host', general('hostname')],
    ['port', general('port')],
    ['username', general('username')],
    ['platform', find(e => e.keys.get('platform')) ?? find(e => e.connection.get('platform'))],
    ['key', find(e => e.extras.get('key_file')) ?? find(e => e.extras.get('auth_private_key'))],
    ['ssh_config', textual(find(e => e.extras.get('ssh_config_file')))],
    ['site', find(e => e.data.get('site'))],
    ['role', find(e => e.data.get('role'))],
    ['tags', find(e => e.data.get('tags'))],
  ]
  const unknown = [...own.groups, ...line].find(g => !groups.has(g))
  const lost = unknown === undefined ? null : `${own.place}: its group ${shown(unknown)} is not among those of groups.yaml`
  const trouble = layers.find(l => l.odd !== null)?.odd ?? lost
  return {
    name,
    place: own.place,
    given: new Map(found.flatMap(([setting, given]) => (given ? [[setting, given]] : []))),
    groups: line,
    byName: name,
    trouble,
    adrift: trouble !== null && !own.data.has('site'),
  }
}

/** scrapli takes `true` for the user's own file, which is read anyway. */
const textual = (given: Given | undefined) => (typeof given?.value === 'string' ? given : undefined)

/** All groups of a host, nearest first; a group that leads back to itself is met once. */
function ancestry(element: Element, groups: ReadonlyMap<string, Element>, met = new Set<string>()): string[] {
  for (const name of element.groups) {
    if (met.has(name)) continue
    met.add(name)
    const group = groups.get(name)
    if (group) ancestry(group, groups, met)
  }
  return [...met]
}
