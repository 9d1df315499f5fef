// The lines that findings cite, each configuration read once.
import type { Device } from '../model/device.ts'
import { blank } from '../parse/blank.ts'
import { linesAt } from '../parse/lines.ts'
import type { Remarked } from './findings.ts'
import type { ReadSource } from './read.ts'

/** In place of lines that cannot be quoted any more. */
const CHANGED = '(the file has changed since it was read)'

/** Looks up all cited lines; returns their text by device and line. */
export function quote(
  remarks: readonly Remarked[],
  sources: ReadonlyMap<string, ReadSource>,
): (device: Device, line: number) => string {
  const wanted = new Map<string, Set<number>>()
  for (const { remark } of remarks)
    for (const { device, line, from } of remark.evidence) {
      if (from) continue
      const lines = wanted.get(device.device) ?? new Set<number>()
      wanted.set(device.device, lines.add(line))
    }
  const quoted = new Map<string, ReadonlyMap<number, string> | null>()
  for (const [name, lines] of wanted) {
    const source = sources.get(name)
    const text = source?.text() ?? null
    const show = source ? (line: string) => blank(line, source.platform.secrets) : undefined
    quoted.set(name, text === null ? null : linesAt(text, lines, show))
  }
  return (device, line) => {
    const lines = quoted.get(device.device)
    return lines === null ? CHANGED : (lines?.get(line) ?? '')
  }
}
