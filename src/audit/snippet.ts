// What a snippet says, line by line: only what was asked of it.
import type { ActionId } from '../model/remedy.ts'
import type { Fact } from '../parse/facts.ts'
import { parse } from '../parse/grammar.ts'
import type { Action } from '../remediate/plan.ts'
import type { ReadSource } from './read.ts'

const ON_INTERFACE: readonly Fact['kind'][] = ['interface', 'relay', 'relaying']
const IN_LIST: readonly Fact['kind'][] = ['set', 'set-server', 'set-member', 'set-list', 'set-off', 'list-server']

/** What each action may speak of, besides the lists that its relay comes through. */
const MAY: Readonly<Record<ActionId, readonly Fact['kind'][]>> = {
  'remove-relay': ON_INTERFACE,
  'gate-relay': [...ON_INTERFACE, 'name'],
  'dedup-pair': ['set', 'set-member', 'pair-gate'],
  'follow-master': [...ON_INTERFACE, ...IN_LIST, 'script-gate'],
}

/**
 * Says which line of a snippet is not understood, or speaks of something else than the relays of its actions; null when none
 * does. A comparison of devices cannot tell: a line of another feature changes nothing that is modelled, and would be run all the
 * same. Where changes are made to a tree, what they speak of is seen on the tree alone (`base`: the configuration in front).
 */
export function strangeLine(
  { platform, device }: ReadSource,
  base: string,
  snippet: string,
  actions: readonly Action[],
): string | null {
  const own = actions.filter(a => a.attachment.device.device === device.device)
  const before = platform.commits ? base : ''
  const offset = before.split('\n').length
  const lines = snippet.split('\n')
  const quote = (line: number) => `"${(lines[line - offset - 1] ?? '').trim()}"`
  const kinds = new Set(own.flatMap(a => [...MAY[a.id], ...(a.relay.via === null ? [] : IN_LIST)]))
  const names = new Set(own.map(a => keyOf(a.attachment.interface.name)))
  const strange: { line: number; why: string }[] = []
  const { classOf } = parse(platform.grammar, `${before}\n${snippet}\n`, (fact, context, line, negated) => {
    if (line <= offset || platform.commits) return
    const on = context.interface === undefined ? [] : (platform.naming.expand?.(context.interface) ?? [context.interface])
    if (on.some(name => !names.has(keyOf(name)))) strange.push({ line, why: 'is about another interface' })
    else if (!kinds.has(fact.kind) || (fact.kind === 'interface' && negated))
      strange.push({ line, why: 'is about something else than the relay' })
  })
  const fine = platform.commits ? ['understood', 'ignored'] : ['understood']
  const unknown = lines.findIndex((line, n) => line.trim() !== '' && !fine.includes(classOf(offset + n + 1)))
  if (unknown >= 0) return `would be told ${quote(offset + unknown + 1)}, which is not understood`
  const [first] = strange
  return first ? `would be told ${quote(first.line)}, which ${first.why}` : null
}

const keyOf = (name: string) => name.toLowerCase().replaceAll(' ', '')

/** Says which name that a router made up for a group is used somewhere, and would be gone once the group is given another one. */
export function madeUpNameIn(text: string, actions: readonly Action[]): string | null {
  if (!text.includes('hsrp-')) return null
  for (const { attachment, values } of actions) {
    if (values.name_missing !== true) continue
    const place = (/[\d/.:]*$/.exec(attachment.interface.name)?.[0] ?? '').replaceAll('.', '\\.')
    const [found] = new RegExp(`\\bhsrp-[A-Za-z]+${place}-${values.group}(?![\\w.-])`).exec(text) ?? []
    if (found) return `refers to ${found}, which would no longer be the name of group ${values.group}`
  }
  return null
}
