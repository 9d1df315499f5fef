// The output of `ansible-inventory --list`, and of the scripts that print the same (docs.ansible.com, developing inventory: script
// conventions): groups with hosts, children and vars; the variables of hosts under `_meta`.
import { Trouble } from '../../../model/trouble.ts'
import { legible, withheld } from '../sourced.ts'
import { type AnsibleInventory, groupOf, hostOf, remember, type Vars } from './model.ts'

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)
/** A list of names. What is something else holds names that would be overlooked. */
function texts(value: unknown, what: string): string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value) && value.every(v => typeof v === 'string')) return value
  throw new Trouble('inventory', `${what} are no list of names; name the output of ansible-inventory --list`)
}

/** Reads the parsed output into the inventory. */
export function readList(inventory: AnsibleInventory, file: string, text: string, data: Json): void {
  const lineOf = linesOf(text)
  const place = (name: string) => `${file}:${lineOf(name)}`
  const keep = (vars: Vars, said: unknown, name: string) => {
    if (!isObject(said)) return
    for (const [key, value] of Object.entries(said)) remember(inventory, vars, key, plain(value), place(name))
  }
  for (const [name, said] of Object.entries(data)) {
    if (name === '_meta') continue
    const group = groupOf(inventory, name)
    // The oldest scripts print a bare list of hosts.
    const { hosts, children, vars } = isObject(said) ? said : { hosts: said, children: [], vars: {} }
    inventory.declared.add(name)
    const of = `of ${legible(name)}`
    for (const host of texts(hosts, `${place(name)}: the hosts ${of}`)) {
      hostOf(inventory, host, place(host))
      group.hosts.add(host)
    }
    for (const child of texts(children, `${place(name)}: the children ${of}`)) {
      groupOf(inventory, child)
      group.children.set(child, place(name))
    }
    keep(group.vars, vars, name)
  }
  const meta = data._meta
  const variables = isObject(meta) ? meta.hostvars : undefined
  if (!isObject(variables)) return
  for (const [name, vars] of Object.entries(variables)) keep(hostOf(inventory, name, place(name)).vars, vars, name)
}

/** `{"__ansible_vault": ...}` and `{"__ansible_unsafe": ...}` stand for the tags of YAML. */
function plain(value: unknown): unknown {
  if (!isObject(value)) return value
  if ('__ansible_vault' in value) return withheld('is encrypted with Ansible Vault')
  return '__ansible_unsafe' in value ? value.__ansible_unsafe : value
}

/** The line on which a name is first a key; the first one of the file for names that are none. */
function linesOf(text: string): (name: string) => number {
  const lines = new Map<string, number>()
  for (const [n, line] of text.split('\n').entries()) {
    const [, name] = /^\s*"((?:[^"\\]|\\.)*)"\s*[:,]?/.exec(line) ?? []
    if (name !== undefined && !lines.has(name)) lines.set(name, n + 1)
  }
  return name => lines.get(name) ?? 1
}
