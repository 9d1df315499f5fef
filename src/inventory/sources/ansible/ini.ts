// Ansible's INI inventory: sections are groups, `:children` holds groups, `:vars` variables (docs.ansible.com, ini inventory plugin).
import { Trouble } from '../../../model/trouble.ts'
import { shown } from '../sourced.ts'
import { expandHosts } from './host-range.ts'
import { type AnsibleInventory, groupOf, hostOf, obscure, remember } from './model.ts'

/** `[GROUP]`, `[GROUP:children]` or `[GROUP:vars]`. */
const SECTION = /^\[([^:\]\s]+)(?::(\w+))?\]\s*(?:[#;].*)?$/
/** Hosts may begin with a bracket as well: `[a:c]1`, `[2001:db8::1]:22`. */
const BRACKETED_HOST = /^\[[\da-z]*:[\da-z]*(:\d+)?\][^\s#;]|^\[[\da-f:.]*:[\da-f:.]*\](:\d+)?(\s|$)/i

/**
 * Reads a text into the inventory. What is wrong with a section stops the run, as what follows would be of another group; other lines
 * that say nothing sensible are told and left out.
 */
export function readIni(inventory: AnsibleInventory, file: string, text: string): void {
  let group = 'ungrouped'
  let kind = 'hosts'
  for (const [n, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim()
    const place = `${file}:${n + 1}`
    if (line === '' || /^[#;]/.test(line)) continue
    const [section, name = '', modifier = 'hosts'] = SECTION.exec(line) ?? []
    if (section !== undefined) {
      group = name
      kind = modifier
      enter(inventory, group, kind, place)
    } else if (line.startsWith('[') && !BRACKETED_HOST.test(line))
      throw new Trouble(
        'inventory',
        `${place}: ${shown(line)} is no section; it is [GROUP], [GROUP:children] or [GROUP:vars], without blanks`,
      )
    else if (kind === 'vars') {
      const [, key, value] = /^([^=]+?)\s*=\s*(.*)$/s.exec(line) ?? []
      if (key === undefined) inventory.notices.push(`${place}: a line under [GROUP:vars] is NAME=VALUE; the line is left out`)
      else remember(inventory, groupOf(inventory, group).vars, key, literal(value ?? ''), place)
    } else if (kind === 'children') {
      const [, child] = /^([^:\]\s]+)\s*(?:[#;].*)?$/.exec(line) ?? []
      if (child === undefined)
        throw new Trouble('inventory', `${place}: ${shown(line)} is no group; write one group in a line under [GROUP:children]`)
      groupOf(inventory, child)
      groupOf(inventory, group).children.set(child, place)
      inventory.mentioned.set(child, place)
    } else hostLine(inventory, group, line, place)
  }
}

function enter(inventory: AnsibleInventory, group: string, kind: string, place: string): void {
  if (!['hosts', 'vars', 'children'].includes(kind))
    throw new Trouble(
      'inventory',
      `${place}: there is no section [GROUP:${kind}]; it is [GROUP], [GROUP:children] or [GROUP:vars]`,
    )
  groupOf(inventory, group)
  if (kind === 'vars') inventory.mentioned.set(group, place)
  else inventory.declared.add(group)
}

function hostLine(inventory: AnsibleInventory, group: string, line: string, place: string): void {
  const words = wordsOf(line)
  const [pattern = '', ...assignments] = words ?? line.split(/\s/, 1)
  const hosts = expandHosts(pattern)
  // A name that cannot be read is a router all the same.
  if ('wrong' in hosts) inventory.notices.push(`${place}: ${hosts.wrong}`)
  const { names, port } = 'wrong' in hosts ? { names: [pattern], port: null } : hosts
  for (const name of names) {
    const host = hostOf(inventory, name, place, port)
    groupOf(inventory, group).hosts.add(name)
    if (words === null) obscure(host, 'cannot be told: a quote in its line is not closed', place)
    for (const assignment of assignments) {
      const equals = assignment.indexOf('=')
      if (equals > 0) remember(inventory, host.vars, assignment.slice(0, equals), literal(assignment.slice(equals + 1)), place)
    }
  }
  const strange = assignments.find(a => !a.includes('='))
  if (strange === undefined) return
  // It may be the rest of a password with a blank in it.
  const secret = assignments.some(a => /pass|secret/i.test(a))
  inventory.notices.push(
    `${place}: ${secret ? 'a word beside a password' : shown(strange)} is no NAME=VALUE, and left out${secret ? '; put quotes around values with blanks' : ''}`,
  )
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
      // In double quotes a backslash stands for the quote or the backslash behind it, in single ones for itself.
      const [quoted] = (character === '"' ? /^"(?:[^"\\]|\\.)*"/ : /^'[^']*'/).exec(line.slice(at)) ?? []
      if (quoted === undefined) return null
      const inside = quoted.slice(1, -1)
      word = (word ?? '') + (character === '"' ? inside.replace(/\\(["\\])/g, '$1') : inside)
      at += quoted.length - 1
    } else if (character === '\\') word = (word ?? '') + (line[++at] ?? '')
    else word = (word ?? '') + character
  }
  return word === null ? words : [...words, word]
}

const ITEM = String.raw`(?:'[^'\\]*'|"[^"\\]*"|\d+)\s*`
const LIST = new RegExp(String.raw`^\[\s*(${ITEM}(?:,\s*${ITEM})*)?,?\s*\]\s*(?:#.*)?$`)

/** Values are Python literals where they can be, with comments: quotes go, and `None` is nothing. Everything else is text. */
function literal(text: string): unknown {
  const [, , quoted] = /^(['"])((?:\\.|(?!\1)[^\\])*)\1\s*(?:#.*)?$/s.exec(text) ?? []
  if (quoted !== undefined) return quoted.replace(/\\(['"\\])/g, '$1')
  const [, number] = /^(\d+)\s*#/.exec(text) ?? []
  if (number !== undefined) return number
  const [whole, items = ''] = LIST.exec(text) ?? []
  if (whole !== undefined) return [...items.matchAll(/'([^']*)'|"([^"]*)"|(\d+)/g)].map(([, a, b, c]) => a ?? b ?? c ?? '')
  return text === 'None' ? null : text
}
