// Where a line of a device stands: in its configuration, or in a snippet that was appended to try it.
import type { Device } from './device.ts'

/** The file and the line in it, for a line number as the parser counts. */
export function whereIs({ file, appended = [] }: Device, line: number): { readonly file: string; readonly line: number } {
  const snippet = appended.findLast(a => line > a.after)
  return snippet ? { file: snippet.file, line: line - snippet.after } : { file, line }
}

/** `line 45 of r1`; in a snippet, `line 3 of change.txt`. */
export function lineOf(device: Device, line: number): string {
  const at = whereIs(device, line)
  return `line ${at.line} of ${at.file === device.file ? device.device : at.file}`
}
