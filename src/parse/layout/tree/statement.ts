// One statement while it is read: words, and lists of words.
import { LINE_END, LIST, type Scanner, STOP, WORD } from './tokens.ts'

/** A statement being read: words, where `[ a b ]` stands for any of its items. */
export interface Pending {
  readonly words: (string | string[])[]
  line: number
  list: string[] | undefined
  /** It holds a list, which may run over several lines. */
  listed: boolean
}

/** Marks in front of a statement. */
export const TAGS: ReadonlySet<string> = new Set(['inactive:', 'active:', 'protect:', 'unprotect:', 'replace:', 'delete:'])
/** A line that ends like this is brace text, whatever its first word. */
export const endsOpen = (rest: string): boolean => /[;{]$/.test(rest.trimEnd())

/** A statement of which nothing was read yet. */
export const pending = (): Pending => ({ words: [], line: 0, list: undefined, listed: false })

/** Adds a word to a statement, or to the list that is open in it. */
export function add(statement: Pending, word: string): void {
  if (statement.list) statement.list.push(word)
  else statement.words.push(word)
}
/** Begins `[ a b ]`. */
export function openList(statement: Pending): void {
  statement.list = []
  statement.listed = true
  statement.words.push(statement.list)
}

/** All paths that the words of a statement name. At most one list is written out; a second one is one word. */
export function pathsOf(words: readonly (string | string[])[]): readonly string[][] {
  const at = words.findIndex(w => typeof w !== 'string')
  if (at < 0) return [words as string[]]
  const flat = (part: readonly (string | string[])[]) => part.map(w => (typeof w === 'string' ? w : w.join(' ')))
  return (words[at] as string[]).map(item => [...flat(words.slice(0, at)), item, ...flat(words.slice(at + 1))])
}

/** What stands on the rest of the scanner's line, as one statement. */
export function restOfLine(scanner: Scanner): Pending {
  const said = pending()
  for (let kind = scanner.nextInLine(); kind !== LINE_END && kind !== STOP; kind = scanner.nextInLine()) {
    if (kind === WORD) add(said, scanner.word())
    else if (kind === LIST) openList(said)
    else said.list = undefined
  }
  return said
}
