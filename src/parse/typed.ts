// Lines that a person typed for a device, where a configuration that a device printed would not have them.
import { parse } from './grammar.ts'
import { COMMANDS } from './layout/tree/change.ts'
import type { Platform } from './platform.ts'
import { isScope, type Table } from './table.ts'

/** `r1(config-if)# ...`, `admin@r1> ...`: what was pasted from a terminal has the prompt in front. */
const PROMPT = /^\s*[\w.@:/-]+(?:\([\w./-]+\))?[#>]\s*\S/

/**
 * Commands that carry out lines which do not stand here: a file, a checkpoint, what was there before, a macro. `configure replace`, `copy`,
 * `macro apply` (Cisco IOS, NX-OS, Arista EOS), `rollback` (NX-OS: a checkpoint; EOS: a clean configuration; Junos: a commit), `load`
 * (Junos; what merges from the terminal does stand here, unless it is relative to a level). So do scripts: `tclsh` and its `ios_config`,
 * `event manager run`, `guestshell run` (Cisco IOS and NX-OS), `run-script`, `python` (NX-OS), `bash` (EOS). Short forms count, as devices
 * take them.
 */
const ELSEWHERE = [
  /^conf\w* (?:rep|net|ov|mem|ch\w* res)/,
  /^copy .* (?:run[\w-]*|system:run\S*|session-config)(?: vrf \S+)?$/,
  /^macro (?:gl\w* )?(?:ap|tr)/,
  /^roll(?:b|ba|bac|back)? (?!0$)/,
  /^(?:tcls\w*$|tcls\w* |ios_config )/,
  /^(?:ev\w* man\w* ru\w*|guest\w* run|run-script|python[23]?|bash) \S/,
  /^load (?!(?:merge|replace|set) terminal$)(?:f|m|o|p|r|s|u)/,
]

/** Takes back what was typed before it and is not committed yet (Junos), and what does not count as that. */
const TAKES_BACK = /^roll(?:b|ba|bac|back)?(?: 0)?$/
const MOVES_ON = /^\s*(?:$|#|!|\/\*|(?:conf\w*|edit|top|exit|commit|rollback)\b)/

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
 * beginnings of keywords as a device would accept them, statements relative to a level, the signs of a patch, and commands that bring
 * any lines at all. In a snippet nothing vouches for them as the printer of a device does for a configuration.
 */
export function doubtfulLines({ grammar }: Platform, text: string, after: number): number[] {
  const { classOf } = parse(grammar, text, () => {})
  const known = [...grammar.table.next.keys()]
  const inner = innerWords(grammar.table)
  const lacksLevels = (line: string) => /^[a-z].*[{;]$/.test(line) && !known.includes(wordOf(line)) && inner.has(wordOf(line))
  const begins = (word: string) => word !== '' && !grammar.table.next.has(word) && known.some(k => k.startsWith(word))
  const lines = text.split('\n')
  return lines.flatMap((line, n) => {
    if (n < after || /^\s*$/.test(line)) return []
    const as = classOf(n + 1)
    if (as !== 'unmodelled' && as !== 'ignored') return []
    if (/^\s*\[edit\b|^[+-]\s*[\w}]|^@@ /.test(line) || JSON_MEMBER.test(line)) return [n + 1]
    const words = line.trim().toLowerCase().split(/\s+/)
    const said = words.join(' ')
    if (ELSEWHERE.some(command => command.test(said))) return [n + 1]
    if (TAKES_BACK.test(said) && !lines.slice(after, n).every(l => MOVES_ON.test(l))) return [n + 1]
    if (as === 'ignored') return []
    if (XML_ELEMENT.test(line) || lacksLevels(line.trimEnd())) return [n + 1]
    const [first = '', second = ''] = grammar.negate.includes(words[0] ?? '') ? words.slice(1) : words
    const command = [...COMMANDS].find(c => c.startsWith(first))
    const doubtful =
      (/^\S/.test(line) && begins(first)) ||
      // `top edit ...`: two commands on one line.
      (/^(?:top|up)$/.test(first) && second !== '') ||
      (command !== undefined && (command === first ? begins(second) : grammar.table.next.has(second)))
    return doubtful ? [n + 1] : []
  })
}

const wordOf = (line: string) => /^[\w-]*/.exec(line)?.[0] ?? ''
