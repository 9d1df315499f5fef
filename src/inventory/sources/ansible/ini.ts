// Ansible's INI inventory: sections are groups, `:children` holds groups, `:vars` variables (docs.ansible.com, ini inventory plugin).
import { shown } from '../sourced.ts'
import { expandHosts } from './host-range.ts'
import { type AnsibleInventory, groupOf, hostOf, remember } from './model.ts'

/** Reads a text into the inventory; lines that say nothing sensible are told and left out. */
export function readIni(inventory: AnsibleInventory, file: string, text: string): void {
  let group = 'ungrouped'
  let kind = 'hosts'
  for (const [n, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    const place = `${file}:${n + 1}`
    if (line === '' || /^[#;]/.test(line)) continue
    const wrong = (sentence: string) => inventory.notices.push(`${place}: ${sentence}; the line is left out`)
    const [section, name = '', modifier = 'hosts'] = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:[#;].*)?$/.exec(line) ?? []
    if (section !== undefined) {
      group = name
      kind = modifier
      groupOf(inventory, group)
      if (!['hosts', 'vars', 'children'].includes(kind))
        wrong(`there is no section [GROUP:${modifier}]; it is :children or :vars`)
    } else if (kind === 'vars') {
      const [, key, value] = /^([^=]+?)\s*=\s*(.*)$/s.exec(line) ?? []
      if (key === undefined) wrong('a line under [GROUP:vars] is NAME=VALUE')
      else remember(inventory, groupOf(inventory, group).vars, key, literal(value ?? ''), place)
    } else if (kind === 'children') {
      const [child = ''] = line.split(/\s+[#;]|\s/)
      groupOf(inventory, child)
      groupOf(inventory, group).children.set(child, place)
    } else if (kind === 'hosts') hostLine(inventory, group, line, place, wrong)
  }
}

function hostLine(
  inventory: AnsibleInventory,
  group: string,
  line: string,
  place: string,
  wrong: (sentence: string) => void,
): void {
  const words = wordsOf(line)
  if (words === null) return void wrong('a quote is not closed')
  const [pattern = '', ...assignments] = words
  const hosts = expandHosts(pattern)
  // A name that cannot be read is a router all the same.
  if ('wrong' in hosts) inventory.notices.push(`${place}: ${hosts.wrong}`)
  const names = 'wrong' in hosts ? [pattern] : hosts.names
  for (const name of names) {
    const host = hostOf(inventory, name, place)
    groupOf(inventory, group).hosts.add(name)
    if ('port' in hosts && hosts.port !== null) host.vars.set('ansible_port', { value: hosts.port, place })
    for (const assignment of assignments) {
      const equals = assignment.indexOf('=')
      if (equals > 0) remember(inventory, host.vars, assignment.slice(0, equals), literal(assignment.slice(equals + 1)), place)
    }
  }
  const strange = assignments.find(a => !a.includes('='))
  if (strange !== undefined) inventory.notices.push(`${place}: ${shown(strange)} is no NAME=VALUE, and left out`)
}

/** Words as a shell splits them; a number sign begins a comment wherever it is not quoted. Null where a quote stays open. */
function wordsOf(line: string): string[] | null {
  const words: string[] = []
  let word: string | null = null
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? ''
    if (character === '#') break
    if (/\s/.test(character)) {
      if (word !== null) words.push(word)
      word = null
    } else if (character === '"' || character === "'") {
      const end = line.indexOf(character, at + 1)
      if (end < 0) return null
      word = (word ?? '') + line.slice(at + 1, end)
      at = end
    } else if (character === '\\') word = (word ?? '') + (line[++at] ?? '')
    else word = (word ?? '') + character
  }
  return word === null ? words : [...words, word]
}

/** Values are Python literals where they can be: quotes go, and `None` is nothing. Everything else is text. */
function literal(text: string): unknown {
  const [, , quoted] = /^(['"])(.*)\1\s*(?:#.*)?$/s.exec(text) ?? []
  if (quoted !== undefined) return quoted
  return text === 'None' ? null : text
}
