// Rows as RFC 4180 has them, with nothing in a cell that a spreadsheet would run.
import { cutText, oneLine } from '../brevity.ts'
import { legibleText } from '../legible.ts'

/** The rows, the header being the first. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  rows.map(row => `${row.map(cell).join(',')}\r\n`).join('')

/** Spreadsheets take what begins so for a formula and may run it; full-width forms count (OWASP, CSV injection). */
const FORMULA = /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/
/** A cell of Excel holds 32,767 characters. */
const LONGEST_CELL = 32_000

/** One cell: on one line, not a formula, in quotes where it must be (RFC 4180, 2.5 to 2.7). */
function cell(text: string): string {
  const shown = cutText(oneLine(legibleText(text)), LONGEST_CELL)
  const safe = FORMULA.test(text) || FORMULA.test(shown) ? `'${shown}` : shown
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
