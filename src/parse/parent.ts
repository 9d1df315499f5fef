// What a line stands below, told by its indent alone.

const SPACE = 32
const TAB = 9
/** Further above nothing is looked for. */
const FARTHEST = 2000

/**
 * Finds the line that another one is indented below, by where that one starts. Lines may be asked for in their order
 * without looking at any of them many times.
 */
export function parents(text: string): (start: number) => string | undefined {
  let last: { readonly start: number; readonly column: number; readonly parent: string | undefined } | undefined
  const columnAt = (from: number) => {
    let i = from
    while (text.charCodeAt(i) === SPACE || text.charCodeAt(i) === TAB) i++
    return i - from
  }
  const find = (start: number, column: number): string | undefined => {
    for (let end = start - 1, tries = 0; end > 0 && tries < FARTHEST; tries++) {
      const begin = text.lastIndexOf('\n', end - 1) + 1
      // What stands beside the line that was asked for last stands below the same one.
      if (last?.start === begin && last.column === column) return last.parent
      const line = text.slice(begin, end)
      if (line.trim() !== '' && columnAt(begin) < column) return line
      end = begin - 1
    }
    return undefined
  }
  return start => {
    const column = columnAt(start)
    const parent = find(start, column)
    last = { start, column, parent }
    return parent
  }
}
