// What a command in a session prints of the configuration.
import type { TreeOptions } from './options.ts'

/** The level it begins at, and what of it is printed; `only` is empty where all is. */
export interface Shown {
  readonly level: readonly string[]
  readonly only: string
}

/** Reads the words typed behind a prompt, at the level that `[edit ...]` names above it; undefined when they print none. */
export function shownBy(
  typed: readonly string[],
  configuring: boolean,
  level: readonly string[],
  { show, filters }: TreeOptions,
): Shown | undefined {
  const pipe = typed.indexOf('|')
  const words = pipe < 0 ? typed : typed.slice(0, pipe)
  const narrows = typed.find((word, i) => filters.has(word) && i > 0 && typed[i - 1] === '|')
  const from = show.findIndex((_, i) => show.slice(i).every((w, k) => words[k] === w))
  // In configuration mode the last of the words is left out, and the command is about the level.
  const inner =
    from === 0 ? words.slice(show.length) : configuring && words[0] === show[0] ? [...level, ...words.slice(1)] : undefined
  if (!inner) return undefined
  return { level: inner, only: narrows === undefined ? inner.join(' ') : `what "| ${narrows}" leaves of it` }
}
