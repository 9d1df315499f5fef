/** Longer lines are cut: they are quoted, not stored. */
const LONGEST = 200

/** The text of some lines, by number from 1, in one pass. Numbers beyond the text are left out. */
export function linesAt(text: string, numbers: Iterable<number>): Map<number, string> {
  const found = new Map<number, string>()
  let at = 0
  let number = 1
  for (const line of [...new Set(numbers)].sort((a, b) => a - b)) {
    for (; number < line && at >= 0; number++) at = text.indexOf('\n', at) + 1 || -1
    if (at < 0) break
    const end = text.indexOf('\n', at)
    const shown = text
      .slice(at, end < 0 ? undefined : end)
      .trim()
      .slice(0, LONGEST)
    // A copy: a slice would keep the whole file alive.
    found.set(line, ` ${shown}`.slice(1))
  }
  return found
}
