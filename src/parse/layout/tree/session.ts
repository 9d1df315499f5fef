// What a command in a session prints of the configuration, and where a line of commands ends.
import { COMMANDS } from './change.ts'
import type { TreeOptions } from './options.ts'
import { type Pending, restOfLine } from './statement.ts'
import type { Scanner } from './tokens.ts'

/** The level it begins at, and what of it is printed; `only` is empty where all is. */
interface Shown {
  readonly level: readonly string[]
  readonly only: string
}

export interface Prints {
  /** What a command prints of the configuration, typed behind a prompt at the level that `[edit ...]` names above it. */
  see(prompt: string, typed: readonly string[], level: readonly string[], line: number): Shown | undefined
  /** Why all that was printed together is not one whole configuration; null where nothing says so. */
  doubt(): string | null
}

/** Follows what the commands of a session print. */
export function prints(options: TreeOptions): Prints {
  /** Parts of the configuration that were printed alone, as long as the whole was not. */
  let parts: string[] | undefined = []
  let stale: string | null = null
  /** One hops from router to router, and the log of it is one file. */
  const hosts = new Set<string>()
  return {
    see(prompt, typed, level, line) {
      if (options.stale?.test(typed.join(' '))) stale ??= `line ${line} shows a configuration that is not in force`
      // In configuration mode: a command of the other mode.
      const runs = typed[0] === options.run
      const shown = shownBy(runs ? typed.slice(1) : typed, prompt.endsWith('#') && !runs, level, options)
      if (!shown) return undefined
      hosts.add(prompt.slice(prompt.indexOf('@') + 1, -1))
      if (shown.only === '') parts = undefined
      else parts?.push(shown.only)
      return shown
    },
    doubt() {
      if (stale !== null) return stale
      if (hosts.size > 1) return `the file holds the configurations of ${hosts.size} devices; store each in a file of its own`
      return parts?.length ? `it shows only ${parts.join(', ')}` : null
    },
  }
}

/** Reads the words typed behind a prompt, at the level that `[edit ...]` names above it; undefined when they print none. */
function shownBy(
  typed: readonly string[],
  configuring: boolean,
  level: readonly string[],
  { show, filters }: TreeOptions,
): Shown | undefined {
  const pipe = typed.indexOf('|')
  const words = pipe < 0 ? typed : typed.slice(0, pipe)
  const narrows = typed.find((word, i) => filters.has(word) && /^(?:\||display)$/.test(typed[i - 1] ?? ''))
  const from = show.findIndex((_, i) => show.slice(i).every((w, k) => words[k] === w))
  // In configuration mode the last of the words is left out, and the command is about the level.
  const inner =
    from === 0 ? words.slice(show.length) : configuring && words[0] === show[0] ? [...level, ...words.slice(1)] : undefined
  if (!inner) return undefined
  return { level: inner, only: narrows === undefined ? inner.join(' ') : `what "| ${narrows}" leaves of it` }
}

/** Commands that say nothing of statements. */
const OTHERS =
  /^(?:clear|commit|configure|end|exit|file|help|load|monitor|ping|quit|request|restart|rollback|run|save|show|start|status|test|top|traceroute|up|update)$/i
/** A comment, a level, a brace, a sign of another system, a pager, a sentence of the device, a statement in braces, a message. */
const APART = /^(?:[[{}#!%^;*=~<>]|\/[/*]|-{2}|[\w ]+: |[A-Z][a-z]{2} +\d+ \d\d:)|[;{:]$/

/** Whether a line may be the rest of the command above it: a program or a person broke that in two. */
function goesOn(line: string, { prompt }: TreeOptions): boolean {
  // So do almost all lines begin that follow one.
  if (line.startsWith('set ')) return false
  const said = line.trim()
  const [first = ''] = said.split(/\s/, 1)
  return said !== '' && !COMMANDS.has(first) && !OTHERS.test(first) && !APART.test(said) && !prompt.test(first)
}

/** What stands behind the first word of a command, and on how many lines more than its own. */
export function restOfCommand(scanner: Scanner, options: TreeOptions): { words: Pending['words']; more: number } {
  const { words } = restOfLine(scanner)
  let more = 0
  for (; goesOn(scanner.rest(), options); more++) words.push(...restOfLine(scanner).words)
  return { words, more }
}
