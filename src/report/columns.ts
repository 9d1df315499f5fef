// Text in columns, and paragraphs that end before the terminal does.

/** Left-aligned columns; the last one takes what is left of `width`, and every cell is cut to its column. */
export function columns(rows: readonly (readonly string[])[], width: number): string[] {
  const widths: number[] = []
  for (const row of rows)
    row.forEach((cell, n) => {
      widths[n] = Math.max(widths[n] ?? 0, cell.length)
    })
  const last = widths.length - 1
  const before = widths.slice(0, last).reduce((sum, w) => sum + w + 2, 0)
  widths[last] = Math.max(10, width - before)
  return rows.map(row => {
    const line = row
      .map((cell, n) => toWidth(cell, widths[n] ?? 0))
      .join('  ')
      .trimEnd()
    return line.length > width ? `${line.slice(0, width - 1)}…` : line
  })
}

const toWidth = (cell: string, width: number) => (cell.length > width ? `${cell.slice(0, width - 1)}…` : cell.padEnd(width))

/** Breaks a paragraph at blanks, each line after `indent`. A word longer than the line stays whole. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/)) {
    if (line !== '' && indent.length + line.length + 1 + word.length > width) {
      lines.push(indent + line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, indent + line]
}
