// RFC 4180 as it is written, and nothing beyond it: another reader than the program's own writer.

/** The rows of a file; throws on anything that the grammar of section 2 does not allow. */
export function readCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at < text.length) {
    const rest = text.slice(at, at + 200_000)
    const [, quoted, plain = '', end] = /^(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/.exec(rest) ?? []
    if (end === undefined) throw new Error(`no field of RFC 4180 at ${at}: ${JSON.stringify(rest.slice(0, 40))}`)
    row.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    at += (quoted === undefined ? plain.length : quoted.length + 2) + end.length
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  if (row.length > 0) throw new Error('the last row has no end')
  return rows
}
