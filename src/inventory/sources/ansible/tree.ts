// Ansible's YAML inventory: groups of `hosts`, `vars` and `children` (docs.ansible.com, yaml inventory plugin).
import { Trouble } from '../../../model/trouble.ts'
import { shown } from '../sourced.ts'
import type { Field, Tree } from '../yaml.ts'
import { expandHosts } from './host-range.ts'
import { type AnsibleInventory, groupOf, hostOf, remember, type Vars } from './model.ts'

/** Groups nest no deeper in any real inventory. */
const DEEPEST = 100

/** Reads a tree into the inventory. */
export function readGroups(inventory: AnsibleInventory, tree: Tree): void {
  const top = tree.fields(tree.root)
  const plugin = top.find(f => f.key === 'plugin')
  if (plugin)
    throw new Trouble(
      'inventory',
      `${plugin.place}: this sets up the inventory plugin ${shown(tree.value(plugin.node))}, which is not run here; name the output of ansible-inventory --list`,
    )
  for (const field of top) readGroup(inventory, tree, field, 0)
}

function readGroup(inventory: AnsibleInventory, tree: Tree, { key, node, place }: Field, depth: number): void {
  const group = groupOf(inventory, key)
  if (depth > DEEPEST) throw new Trouble('inventory', `${place}: groups nest too deep; look for one that holds itself`)
  for (const part of tree.fields(node)) {
    if (part.key === 'vars') readVars(inventory, tree, part, group.vars)
    else if (part.key === 'hosts') {
      for (const host of hostsUnder(tree, part)) readHost(inventory, tree, group.hosts, host)
    } else if (part.key === 'children') {
      for (const child of hostsUnder(tree, part)) {
        group.children.set(child.key, child.place)
        readGroup(inventory, tree, child, depth + 1)
      }
    } else inventory.notices.push(`${part.place}: ${shown(part.key)} is none of hosts:, vars: and children:, and left out`)
  }
}

/** One name alone may stand for a block of one. */
function hostsUnder(tree: Tree, part: Field): Field[] {
  const value = tree.value(part.node)
  return typeof value === 'string' ? [{ key: value, node: null, place: part.place }] : tree.fields(part.node)
}

function readHost(inventory: AnsibleInventory, tree: Tree, members: Set<string>, { key, node, place }: Field): void {
  const hosts = expandHosts(key)
  if ('wrong' in hosts) inventory.notices.push(`${place}: ${hosts.wrong}`)
  for (const name of 'wrong' in hosts ? [key] : hosts.names) {
    members.add(name)
    const host = hostOf(inventory, name, place)
    if ('port' in hosts && hosts.port !== null) host.vars.set('ansible_port', { value: hosts.port, place })
    for (const field of tree.fields(node)) remember(inventory, host.vars, field.key, tree.value(field.node), field.place)
  }
}

/** Variables of a group, or of a file of group_vars or host_vars. */
export function readVars(inventory: AnsibleInventory, tree: Tree, { node }: Pick<Field, 'node'>, vars: Vars): void {
  for (const field of tree.fields(node)) remember(inventory, vars, field.key, tree.value(field.node), field.place)
}
