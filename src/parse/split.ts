// Splitting statements into words, and telling on the way that a statement is nobody's: most lines of a file are.
import { initialOf, isTyped, type Table } from './table.ts'

const SPACE = 32
const QUOTE = 34

/** Splits what stands between `start` and `end` into words; with `quotes`, a quoted string is one word without its quotes. */
export function splitWords(text: string, start: number, end: number, quotes: boolean, words: string[] = []): string[] {
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

/** False when no word of the table starts like this. */
const mayStart = (table: Table, text: string, at: number, end: number): boolean =>
  table.initials[initialOf(text.charCodeAt(at), at + 1 < end ? text.charCodeAt(at + 1) : 0)] === 1

/** Words that take back what follows them, by their first character. */
const negates = (negate: readonly string[], code: number): boolean => {
  for (let n = 0; n < negate.length; n++) if ((negate[n] as string).charCodeAt(0) === code) return true
  return false
}

/**
 * True when the words of a statement from `at` on lead to a whole keyword of the table: then the word in front of them,
 * which the table does not know there, came in between (`ip XX helper-address`), and the statement is meant for us.
 */
function resumes(table: Table, text: string, at: number, end: number): boolean {
  let node: Table | undefined = table
  for (let from = at; node && !node.owns; ) {
    while (from < end && text.charCodeAt(from) <= SPACE) from++
    if (from >= end || !mayStart(node, text, from, end)) return false
    const stop = wordEnd(text, from, end)
    node = node.next.get(text.slice(from, stop))
    from = stop
  }
  return node !== undefined && node !== table
}

/**
 * Whether the word before `at`, which no keyword goes on with, only came in between. Right behind the word that takes a
 * statement back most words are others' keywords, so there it counts only in front of a single last word (`no XX shutdown`).
 */
function comesBetween(
  plain: Table | undefined,
  negated: Table | undefined,
  depth: number,
  text: string,
  at: number,
  end: number,
): boolean {
  if (plain !== undefined && (depth > 1 || !negated) && resumes(plain, text, at, end)) return true
  if (negated === undefined) return false
  if (depth > 1) return resumes(negated, text, at, end)
  const last = text.slice(at, end).trim()
  return negated.next.get(last)?.entries.some(e => e.pattern.shortest === 1) === true
}

interface Walk {
  words: readonly string[] | undefined
  table: Table | undefined
  node: Table | undefined
  depth: number
  /** The words left the table at one that a person may have typed for a keyword of it. */
  typed: boolean
}

/** How far the words that `wordsFor` returned last lead into its table: the walk need not be done twice. */
export const walked: Walk = { words: undefined, table: undefined, node: undefined, depth: 0, typed: false }

/**
 * The words of a statement that some row of the table may take, as it stands or without its negating first word.
 * Undefined when none can: its words leave the keywords of the table before any of them is complete.
 */
export function wordsFor(
  table: Table,
  negate: readonly string[],
  text: string,
  start: number,
  end: number,
  quotes: boolean,
): string[] | undefined {
  walked.typed = false
  if (table.whole) return splitWords(text, start, end, quotes)
  if (!mayStart(table, text, start, end) && !negates(negate, text.charCodeAt(start))) return undefined
  let stop = wordEnd(text, start, end)
  let word = text.slice(start, stop)
  let plain = table.next.get(word)
  let negated = negate.includes(word) ? table : undefined
  if (!plain && !negated) walked.typed = isTyped(table, word)
  const words = [word]
  while (plain || negated) {
    if (plain?.owned || negated?.owned) {
      walked.words = plain && words
      walked.table = table
      walked.node = plain
      walked.depth = words.length
      if (!plain?.verbatim || negated || quotes) return splitWords(text, stop, end, quotes, words)
      while (stop < end && text.charCodeAt(stop) <= SPACE) stop++
      if (stop < end) words.push(text.slice(stop, end))
      return words
    }
    let at = stop
    while (at < end && text.charCodeAt(at) <= SPACE) at++
    if (at >= end) return words
    stop = wordEnd(text, at, end)
    const before: Table | undefined = plain
    const beforeNegated: Table | undefined = negated
    if (plain && !mayStart(plain, text, at, end)) plain = undefined
    if (negated && !mayStart(negated, text, at, end)) negated = undefined
    if (!plain && !negated) {
      walked.typed = comesBetween(before, beforeNegated, words.length, text, stop, end)
      return undefined
    }
    word = text.slice(at, stop)
    const plainNext = plain?.next.get(word)
    const negatedNext = negated?.next.get(word)
    if (!plainNext && !negatedNext)
      walked.typed =
        (plain && isTyped(plain, word)) ||
        (negated && isTyped(negated, word)) ||
        comesBetween(before, beforeNegated, words.length, text, stop, end)
    plain = plainNext
    negated = negatedNext
    words.push(word)
  }
  return undefined
}
