// The name that was probably meant.
import { closest, distance } from 'fastest-levenshtein'

/** `did you mean r1?`, of names that there are. */
export const nearest = (name: string, names: readonly string[]): string =>
  names.length === 0 ? 'there is none at all' : `did you mean ${closest(name, names)}?`

/** `did you mean "x"?` when one of the valid words is near enough to be meant, else all of them. */
export function suggest(word: string, valid: readonly string[]): string {
  if (valid.length === 0) return ''
  const near = closest(word, valid)
  return distance(word, near) <= Math.max(near.length > 3 ? 2 : 1, Math.floor(near.length / 3))
    ? `did you mean "${near}"?`
    : `valid here: ${valid.join(', ')}`
}
