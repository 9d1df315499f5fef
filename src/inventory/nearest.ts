// The name that was probably meant.
import { closest } from 'fastest-levenshtein'

/** `did you mean r1?`, of names that there are. */
export const nearest = (name: string, names: readonly string[]): string =>
  names.length === 0 ? 'there is none at all' : `did you mean ${closest(name, names)}?`
