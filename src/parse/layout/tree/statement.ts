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
/** Whether nothing but marks was read of a statement yet. */
export const isTagged = ({ words }: Pending): boolean => words.every(word => typeof word === 'string' && TAGS.has(word))
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

/** More paths than a statement with several lists names: beyond it, what stands in a list behind the first is one word. */
const MOST = 4096

/** All paths that the words of a statement name: every item of a list with every item of the others. */
export function pathsOf(words: readonly (string | string[])[]): readonly string[][] {
  const lists = words.filter(word => typeof word !== 'string')
  if (lists.length === 0) return [words as string[]]
  const count = lists.reduce((n, list) => n * list.length, 1)
  let paths: string[][] = [[]]
  let met = false
  for (const word of words) {
    const items = typeof word === 'string' ? [word] : met && count > MOST ? [word.join(' ')] : word
    met ||= typeof word !== 'string'
    paths = paths.flatMap(path => items.map(item => [...path, item]))
  }
  return paths
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
