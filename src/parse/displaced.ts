// Statements that no row takes because a word too many, or one too few, stands among their keywords.
import { match } from './pattern.ts'
import { ignore, isScope, type Table } from './table.ts'

/**
 * True when a row would take the words but for the one at `at`, or (behind keywords that led to `inside`) with one more
 * in front of it. `from`: where the words of the table begin.
 */
export function displaced(table: Table, words: readonly string[], from: number, at: number, inside?: Table): boolean {
  if (at >= words.length) return false
  // The word behind the foreign one goes on where the keywords before it stopped.
  const goesOn = (inside ?? table).next.has(words[at + 1] ?? '')
  if (goesOn && takes(table, words.toSpliced(at, 1), from)) return true
  if (!inside) return false
  for (const [word, next] of inside.next)
    if (!next.owns && next.next.has(words[at] as string) && takes(table, words.toSpliced(at, 0, word), from)) return true
  return false
}

/** Whether some row takes the words and says something by them; states nothing. */
export const says = (table: Table, words: readonly string[]): boolean => takes(table, words, 0, true)

/** Whether some row takes the words from `from` to their end; states nothing. `saying`: but for those that are passed over. */
function takes(table: Table, words: readonly string[], from: number, saying = false): boolean {
  let at = table
  for (let i = from, next: Table | undefined; i < words.length && (next = at.next.get(words[i] as string)); i++) at = next
  for (let n: Table | undefined = at; n; n = n.up)
    for (const { pattern, row } of n.entries) {
      if (saying && row === ignore) continue
      const used = match(pattern, words, from, false)
      if (used === words.length || (isScope(row) && used > from && takes(row.table, words, used))) return true
    }
  return false
}
