/** Longer lines are cut: they are quoted, not stored. */
const LONGEST = 200
/** What is shown of a line depends on no more of it. */
const READ = 4000

/**
 * The text of some lines, by number from 1, in one pass. Numbers beyond the text are left out. `show` sees a line before it
 * is cut: half a secret is known by nothing.
 */
export function linesAt(text: string, numbers: Iterable<number>, show = (line: string): string => line): Map<number, string> {
  const found = new Map<number, string>()
  let at = 0
  let number = 1
  for (const wanted of [...new Set(numbers)].sort((a, b) => a - b)) {
    for (; number < wanted && at >= 0; number++) at = text.indexOf('\n', at) + 1 || -1
    if (at < 0) break
    const end = text.indexOf('\n', at)
    // A copy: a slice would keep the whole file alive.
    const line = ` ${text
      .slice(at, end < 0 ? undefined : end)
      .trim()
      .slice(0, READ)}`.slice(1)
    found.set(wanted, show(line).slice(0, LONGEST))
  }
  return found
}
