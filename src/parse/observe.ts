// From printed rows to what the device said of its groups, in the names of its configuration.
import type { Family, Interface, Observed } from '../model/device.ts'
import type { Companion } from '../model/inventory.ts'
import { blank } from './blank.ts'
import { interfaceKey, own } from './draft.ts'
import type { Platform } from './platform.ts'
import type { Secrets } from './secret-forms.ts'
import { type Printed, stateIn } from './state.ts'
import { wordTypes } from './words.ts'

/** Longer rows are cut: they are quoted, not stored. */
const LONGEST = 200

/**
 * What was said last of each group: who logs a session before and after a change has both in one file. `printed` stands in
 * the configuration's own text; what stands in files beside it comes after.
 *
 * A row of which only the interface and the group could be read is in state `unknown`, and one of which not even those
 * could be is left out. That is safe: a state names a better role than the one that priorities suggest, or leaves a verdict
 * open, and no copy of a request is ever counted out because of it.
 */
export function observe(
  { state: tables = [], secrets }: Pick<Platform, 'state' | 'secrets'>,
  { file, companions = [] }: { readonly file: string; readonly companions?: readonly Companion[] },
  printed: readonly Printed[],
  interfaces: readonly Interface[],
): Observed[] {
  const beside = companions.map(c => ({ file: c.file, printed: stateIn(tables, c.text).printed }))
  const files = [{ file, printed }, ...beside].filter(f => f.printed.length > 0)
  if (files.length === 0) return []
  const nameOf = naming(interfaces)
  const said = new Map<string, Observed>()
  for (const { file, printed } of files)
    for (const row of printed) {
      const observed = rowAsObserved(row, file, nameOf, secrets)
      const key = [observed.protocol, observed.interface, observed.group, observed.family].join('\n')
      said.delete(key)
      said.set(key, observed)
    }
  return [...said.values()]
}

function rowAsObserved(
  { table, line, text, words }: Printed,
  file: string,
  nameOf: (printed: string) => string,
  secrets: Secrets,
): Observed {
  const { interface: name = '', group, state = '', mark = '', priority } = words
  const virtual = address(words.virtual)
  const active = words.active?.endsWith('(local)') ? 'local' : address(words.active)
  const standby = address(words.standby)
  return {
    protocol: table.protocol,
    interface: own(nameOf(name)),
    group: group === undefined ? null : Number(group),
    family: familyOf(words.family, mark, virtual, active),
    state: table.states[state.toLowerCase()] ?? 'unknown',
    priority: priority === undefined ? null : Number(priority),
    active: active === null ? null : own(active),
    ...(standby !== null && { standby: own(standby) }),
    virtual_address: virtual === 'local' || virtual === null ? null : own(virtual),
    file,
    line,
    // Rows of output name secrets in quotes: Authentication text, string "x"
    text: ` ${blank(text, secrets, true).slice(0, LONGEST)}`.slice(1),
  }
}

/** Said in a column of its own, or by a mark in front (NX-OS: `*` for IPv6), or told by an address. */
function familyOf(printed: string | undefined, mark: string, ...addresses: readonly (string | null)[]): Family {
  if (printed !== undefined) return printed.endsWith('6') ? 6 : 4
  return mark.includes('*') || addresses.some(a => a?.includes(':')) ? 6 : 4
}

/** An address in the form configurations are read to, or `local`; null for `unknown`, `-` and 0.0.0.0. */
function address(word = ''): string | null {
  if (word === 'local') return word
  const ip = wordTypes.ipv4(word) ?? wordTypes.ipv6(word) ?? null
  return ip === '0.0.0.0' || ip === '::' ? null : ip
}

const NAME = /^([a-z_-]+?)\.?(\d.*)$/

/** Writes a printed name out: `Vl10` is Vlan10 where one interface with these numbers has a name that begins like this. */
function naming(interfaces: readonly Interface[]): (printed: string) => string {
  const exact = new Map(interfaces.map(i => [interfaceKey(i.name), i.name]))
  const byNumbers = new Map<string, { readonly letters: string; readonly name: string }[]>()
  for (const [key, name] of exact) {
    const [, letters, numbers] = NAME.exec(key) ?? []
    if (letters === undefined || numbers === undefined) continue
    const alike = byNumbers.get(numbers)
    if (alike) alike.push({ letters, name })
    else byNumbers.set(numbers, [{ letters, name }])
  }
  return printed => {
    const key = interfaceKey(printed)
    const [, letters = '', numbers = ''] = NAME.exec(key) ?? []
    const found = (byNumbers.get(numbers) ?? []).filter(i => i.letters.startsWith(letters))
    return exact.get(key) ?? (found.length === 1 ? found[0]?.name : undefined) ?? printed
  }
}
