// Ansible's YAML inventory: groups of `hosts`, `vars` and `children` (docs.ansible.com, yaml inventory plugin).
import { Trouble } from '../../../model/trouble.ts'
import { legible, shown } from '../sourced.ts'
import type { Field, Tree } from '../yaml.ts'
import { expandHosts } from './host-range.ts'
import { type AnsibleInventory, groupOf, hostOf, obscure, remember, type Vars } from './model.ts'

/** Groups nest no deeper in any real inventory. */
const DEEPEST = 100
/** Nor are there more; where aliases repeat each other there are. */
const MOST = 200_000

/** Reads a tree into the inventory. */
export function readGroups(inventory: AnsibleInventory, tree: Tree): void {
  const top = tree.fields(tree.root)
  const plugin = top.find(f => f.key === 'plugin')
  if (plugin)
    throw new Trouble(
      'inventory',
      `${plugin.place}: this sets up the inventory plugin ${shown(tree.value(plugin.node))}, which is not run here; name the output of ansible-inventory --list`,
    )
  refuseOther(tree, { key: 'the inventory', node: tree.root, place: tree.place(tree.root) }, 'a block of groups')
  const walk: Walk = { inventory, tree, left: MOST }
  for (const field of top) readGroup(walk, field, 0)
}

interface Walk {
  readonly inventory: AnsibleInventory
  readonly tree: Tree
  /** How many more groups may be met. */
  left: number
}

/** What is neither a block nor nothing holds hosts that would be overlooked, or variables. */
export function refuseOther(tree: Tree, { key, node, place }: Field, should: string): void {
  const kind = tree.kind(node)
  if (kind === 'block' || kind === 'nothing') return
  const what = kind === 'list' ? 'is a list' : `is ${shown(tree.value(node))}`
  throw new Trouble('inventory', `${place}: ${legible(key)} ${what}, and must be ${should}`)
}

function readGroup(walk: Walk, field: Field, depth: number): void {
  const { inventory, tree } = walk
  const { key, node, place } = field
  if (walk.left-- === 0)
    throw new Trouble('inventory', `${place}: its aliases lead to too many groups; name the output of ansible-inventory --list`)
  refuseOther(tree, field, 'a block of hosts:, vars: and children:')
  const group = groupOf(inventory, key)
  inventory.declared.add(key)
  if (depth > DEEPEST) throw new Trouble('inventory', `${place}: groups nest too deep; look for one that holds itself`)
  for (const part of tree.fields(node)) {
    if (part.key === 'vars') {
      refuseOther(tree, part, 'a block of variables')
      readVars(inventory, tree, part, group.vars)
    } else if (part.key === 'hosts') {
      for (const host of hostsUnder(tree, part)) readHost(inventory, tree, group.hosts, host)
    } else if (part.key === 'children') {
      for (const child of hostsUnder(tree, part)) {
        group.children.set(child.key, child.place)
        readGroup(walk, child, depth + 1)
      }
    } else inventory.notices.push(`${part.place}: ${shown(part.key)} is none of hosts:, vars: and children:, and left out`)
  }
}

/** One name alone may stand for a block of one. */
function hostsUnder(tree: Tree, part: Field): Field[] {
  const name = tree.kind(part.node) === 'value' ? tree.value(part.node) : null
  if (typeof name === 'string') return [{ key: name, node: null, place: part.place }]
  refuseOther(tree, part, 'a block with a colon behind each name')
  return tree.fields(part.node)
}

function readHost(inventory: AnsibleInventory, tree: Tree, members: Set<string>, { key, node, place }: Field): void {
  const hosts = expandHosts(key)
  if ('wrong' in hosts) inventory.notices.push(`${place}: ${hosts.wrong}`)
  const { names, port } = 'wrong' in hosts ? { names: [key], port: null } : hosts
  const odd = ['list', 'value'].includes(tree.kind(node)) ? shown(tree.value(node)) : null
  for (const name of names) {
    members.add(name)
    const host = hostOf(inventory, name, place, port)
    if (odd !== null) obscure(host, `cannot be told: ${odd} is no block of variables`, place)
    for (const field of tree.fields(node)) remember(inventory, host.vars, field.key, tree.value(field.node), field.place)
  }
}

/** Variables of a group, or of a file of group_vars or host_vars. */
export function readVars(inventory: AnsibleInventory, tree: Tree, { node }: Pick<Field, 'node'>, vars: Vars): void {
  for (const field of tree.fields(node)) remember(inventory, vars, field.key, tree.value(field.node), field.place)
}
