// Splitting statements into words, and telling without splitting that a statement is nobody's.
import { initialOf, type Table } from './table.ts'

const SPACE = 32
const QUOTE = 34

/** Splits what stands between `start` and `end` into words; with `quotes`, a quoted string is one word without its quotes. */
export function splitWords(text: string, start: number, end: number, quotes: boolean): string[] {
  const words: string[] = []
  for (let i = start; i < end; ) {
    const code = text.charCodeAt(i)
    if (code <= SPACE) {
      i++
    } else if (quotes && code === QUOTE) {
      const close = text.indexOf('"', i + 1)
      const stop = close < 0 || close > end ? end : close
      words.push(text.slice(i + 1, stop))
      i = stop + 1
    } else {
      const stop = wordEnd(text, i, end)
      words.push(text.slice(i, stop))
      i = stop
    }
  }
  return words
}

/** The end of the word that starts at `at`. */
function wordEnd(text: string, at: number, end: number): number {
  let i = at + 1
  while (i < end && text.charCodeAt(i) > SPACE) i++
  return i
}

/** False when no row of the table can take the statement, judged without splitting it: most lines end here. */
export function mayTake(table: Table, text: string, start: number, end: number): boolean {
  let at = table
  for (let i = start; i < end; ) {
    if (at.initials[initialOf(text.charCodeAt(i), i + 1 < end ? text.charCodeAt(i + 1) : 0)] === 0) return at.owned
    const stop = wordEnd(text, i, end)
    const next = at.next.get(text.slice(i, stop))
    if (!next) return at.owned
    at = next
    i = stop + 1
  }
  return true
}

/** As above, with or without a negating first word. */
export function mayTakeEither(table: Table, negate: readonly string[], text: string, start: number, end: number): boolean {
  if (mayTake(table, text, start, end)) return true
  for (const word of negate) {
    const after = start + word.length + 1
    if (after < end && text.charCodeAt(after - 1) === SPACE && text.startsWith(word, start))
      return mayTake(table, text, after, end)
  }
  return false
}
