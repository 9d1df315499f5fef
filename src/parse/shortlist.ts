// Which of many rows under one keyword are worth trying: they differ in the word that tells them apart.
import type { Pattern } from './pattern.ts'

/** Below this, trying every row costs no more than choosing. */
const FEW = 4

/** Rows of one keyword, found by the word that tells them apart. */
export interface Shortlist<E> {
  readonly byWord: ReadonlyMap<string, readonly E[]>
  /** Rows that no single word tells. */
  readonly rest: readonly E[]
  /** Where that word can stand, counted from the start of the statement. */
  readonly from: number
  readonly to: number
}

/** Builds the list; undefined where there are too few rows to gain from it. */
export function shortlistOf<E extends { readonly pattern: Pattern }>(entries: readonly E[]): Shortlist<E> | undefined {
  const tellings = entries.flatMap(e => e.pattern.telling ?? [])
  if (entries.length <= FEW || tellings.length === 0) return undefined
  const words = new Set(tellings.flatMap(t => [...t.words]))
  const fits = (word: string) => entries.filter(e => e.pattern.telling === undefined || e.pattern.telling.words.has(word))
  return {
    byWord: new Map(Array.from(words, word => [word, fits(word)])),
    rest: entries.filter(e => e.pattern.telling === undefined),
    from: Math.min(...tellings.map(t => t.from)),
    to: Math.max(...tellings.map(t => t.to)),
  }
}

/** The rows to try for a statement, in their order: all of them where its words tell too little or two things at once. */
export function choose<E>(
  list: Shortlist<E> | undefined,
  all: readonly E[],
  words: readonly string[],
  from: number,
): readonly E[] {
  if (!list) return all
  let found: readonly E[] | undefined
  for (let at = from + list.from; at <= from + list.to; at++) {
    if (at >= words.length) return all
    const fits = list.byWord.get(words[at] as string)
    if (!fits) continue
    if (found && found !== fits) return all
    found = fits
  }
  return found ?? list.rest
}
