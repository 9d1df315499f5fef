// Lines that belong into an interface wherever they stand.

/** Tells whether one begins at a place of a text; `strays` is a sticky expression, and without it none does. */
export const astrayIn =
  (strays: RegExp | undefined) =>
  (text: string, start: number): boolean => {
    if (strays === undefined) return false
    strays.lastIndex = start
    return strays.test(text)
  }
