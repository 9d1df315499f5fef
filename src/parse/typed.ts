// Lines that a person typed for a device, where a configuration that a device printed would not have them.
import { aliasesIn, isByAlias } from './aliases.ts'
import type { Fact } from './facts.ts'
import { parse } from './grammar.ts'
import { COMMANDS } from './layout/tree/change.ts'
import type { Platform } from './platform.ts'
import { isScope, type Table } from './table.ts'

/**
 * `r1(config-if)# ...`, `admin@r1> ...`: what was pasted from a terminal has the prompt in front. NX-OS puts a routing context and the mode
 * of the system before that of the configuration (`r1%tenant(maint-mode)(config)#`).
 */
const PROMPT = /^\s*[\w.@:/~+%-]+(?: ?\([\w./-]+\))*[#>]\s*\S/

/**
 * Commands that carry out lines which do not stand here: a file, a checkpoint, what was there before, a macro. `configure replace`, `copy`,
 * `macro apply` (Cisco IOS, NX-OS, Arista EOS), `rollback` (NX-OS: a checkpoint; EOS: a clean configuration; Junos: a commit), `load`
 * (Junos; what merges from the terminal does stand here, unless it is relative to a level). So do scripts and shells: `tclsh` and its
 * `ios_config`, `event manager run` and `policy`, `guestshell run` (Cisco IOS and NX-OS), `run-script`, `python` (NX-OS), `bash` (EOS). Short forms
 * count, as devices take them.
 */
const ELSEWHERE = [
  /^conf\w* (?:rep|net|ov|mem|ch\w* res)/,
  /^copy .* (?:run[\w-]*|system:run\S*|session-config)(?: vrf \S+)?(?: echo-commands| named \S+)?$/,
  /^copy (?!run|system:run).* (?:nvram:)?start[\w-]*(?: vrf \S+)?$|^(?:wr\w* er|erase (?:start|nvram))/,
  /^macro (?:gl\w* )?(?:ap|tr)/,
  /^roll(?:b|ba|bac|back)? (?!0$)/,
  /^(?:tcls\w*$|tcls\w* |ios_config )/,
  /^load (?!(?:merge|replace|set) terminal$)(?:f|m|o|p|r|s|u)/,
  /^(?:(?:run-script|ev\w* man\w* (?:ru|po)\w*|guest\w* run) \S|(?:python\d?|(?:run )?bash)(?: |$)|guestshell$)/,
]

/**
 * What stands in front of a command of another mode (`do`), or of one that is carried out later: in a list of kron (Cisco IOS), in an
 * applet of EEM (IOS, NX-OS).
 */
const AROUND = /^(?:do|cli|action \S+ cli(?: command)?) "?|"$/g

/** Takes back what was typed before it and is not committed yet (Junos), and what does not count as that. */
const TAKES_BACK = /^roll(?:b|ba|bac|back)?(?: 0)?$/
const MOVES_ON = /^\s*(?:$|#|!|\/\*|(?:conf\w*|edit|top|exit|commit|rollback)\b)/

/** `configure maintenance profile X`, `configure profile X` (NX-OS): what stands inside is kept, and carried out at another time. */
const KEPT = /^\s*conf\w* (?:main\w* )?prof\w* \S/i

/** Whether what stands behind line `n` may be meant to stand inside of it, and is not indented. */
function opensFlat(lines: readonly string[], n: number): boolean {
  const next = lines.slice(n + 1).find(line => line.trim() !== '') ?? ''
  return !MOVES_ON.test(next) && indentOf(next) <= indentOf(lines[n] ?? '')
}

const indentOf = (line: string) => line.search(/\S|$/)

/** The first line, from 1, that begins with a prompt; null where none does. */
export function promptIn(text: string): number | null {
  const at = text.split('\n').findIndex(line => PROMPT.test(line))
  return at < 0 ? null : at + 1
}

/** Configurations as programs exchange them: JSON, XML. */
const JSON_MEMBER = /^\s*\{?\s*"[\w:-]+" ?:/
const XML_ELEMENT = /^\s*<[\w/?]/

/** Keywords that stand inside of others only: where one begins a statement in braces at the left edge, the levels around it are missing. */
function innerWords(table: Table, inside = new Set<string>(), deep = false): Set<string> {
  for (const [word, next] of table.next) {
    if (deep) inside.add(word)
    innerWords(next, inside, true)
  }
  for (const { row } of table.entries) if (isScope(row)) innerWords(row.table, inside, true)
  return inside
}

/**
 * The lines behind the first `after` ones that may be meant for a keyword of ours, and that the engine takes for somebody else's:
 * beginnings of keywords as a device would accept them, its aliases, statements relative to a level, the signs of a patch, and commands
 * that bring any lines at all; and lines that are set apart from a block by their blanks alone, which a device does not look at. In a
 * snippet nothing vouches for them as the printer of a device does for a configuration.
 */
export function doubtfulLines({ grammar, joins, aliases }: Platform, text: string, after: number): number[] {
  const { classOf, adrift } = parse(grammar, text, () => {})
  const known = [...grammar.table.next.keys()]
  const inner = innerWords(grammar.table)
  const lacksLevels = (line: string) => /^[a-z].*[{;]$/.test(line) && !known.includes(wordOf(line)) && inner.has(wordOf(line))
  const begins = (word: string) => word !== '' && !grammar.table.next.has(word) && known.some(k => k.startsWith(word))
  /** Words that open a line of ours at some level, as far as they go. */
  const isOurs = (words: readonly string[]) => {
    const word = (grammar.negate.includes(words[0] ?? '') ? words[1] : words[0]) ?? ''
    return word !== '' && [...known, ...inner].some(k => k.startsWith(word))
  }
  /** Behind what joins commands stands one that may be ours, at any level. */
  const joined = (line: string) =>
    joins !== undefined &&
    line
      .toLowerCase()
      .split(joins)
      .slice(1)
      .map(command => command.trim().split(/\s+/))
      .some(isOurs)
  const lines = text.split('\n')
  const named = aliasesIn(text, aliases)
  return lines.flatMap((line, n) => {
    if (n < after || /^\s*$/.test(line)) return []
    if (isByAlias(named, line)) return [n + 1]
    if (joined(line) || adrift.includes(n + 1) || (KEPT.test(line) && opensFlat(lines, n))) return [n + 1]
    const words = line.trim().toLowerCase().split(/\s+/)
    const said = words.join(' ')
    const bare = said.replaceAll(AROUND, '')
    if (ELSEWHERE.some(command => command.test(bare))) return [n + 1]
    const as = classOf(n + 1)
    if (as !== 'unmodelled' && as !== 'ignored') return []
    if (/^\s*\[edit\b|^[+-]\s*[\w}]|^@@ /.test(line) || JSON_MEMBER.test(line)) return [n + 1]
    if (TAKES_BACK.test(said) && !lines.slice(after, n).every(l => MOVES_ON.test(l))) return [n + 1]
    if (as === 'ignored') return []
    if (XML_ELEMENT.test(line) || lacksLevels(line.trimEnd())) return [n + 1]
    const [first = '', second = ''] = grammar.negate.includes(words[0] ?? '') ? words.slice(1) : words
    const command = [...COMMANDS].find(c => c.startsWith(first))
    const doubtful =
      (/^\S/.test(line) && begins(first)) ||
      // `top edit ...`: two commands on one line.
      (/^(?:top|up)$/.test(first) && second !== '') ||
      (command !== undefined &&
        (begins(second) || ((command !== first || !line.trimStart().startsWith(first)) && grammar.table.next.has(second))))
    return doubtful ? [n + 1] : []
  })
}

/** A line in the words of another platform. */
export interface Foreign {
  readonly line: number
  /** Its name. */
  readonly as: string
}

/**
 * The lines behind the first `after` ones that mean nothing here, and say something to another platform: commands for another device,
 * or that were written for the one that stood here before. Whoever wrote them meant something by them, and nobody knows what becomes
 * of it.
 */
export function foreignLines(own: Platform, others: readonly Platform[], text: string, after: number): Foreign[] {
  const { classOf } = parse(own.grammar, text, () => {})
  // Lines keep their numbers; in front of them stands nothing that another grammar would have to make sense of.
  const change = '\n'.repeat(after) + text.split('\n').slice(after).join('\n')
  const found = new Map<number, string>()
  for (const { grammar, name } of others) {
    parse(grammar, change, (fact, _, line) => {
      if (!OF_NO_WEIGHT.has(fact.kind) && classOf(line) === 'unmodelled' && !found.has(line)) found.set(line, name)
    })
  }
  return Array.from(found, ([line, as]) => ({ line, as }))
}

/** Facts that no verdict rests on, or that platforms word alike of which some have no use for them here. */
const OF_NO_WEIGHT: ReadonlySet<Fact['kind']> = new Set([
  'hostname',
  'description',
  'trunk',
  'trunking',
  'trunk-group',
  'vlan-off',
  'bridged',
])

const wordOf = (line: string) => /^[\w-]*/.exec(line)?.[0] ?? ''
