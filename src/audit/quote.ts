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
    const secrets = source?.platform.secrets ?? []
    const shown = (found: ReadonlyMap<number, string>) =>
      new Map(Array.from(found, ([line, said]) => [line, blank(said, secrets)]))
    quoted.set(name, text === null ? null : shown(linesAt(text, lines)))
  }
  return (device, line) => {
    const lines = quoted.get(device.device)
    return lines === null ? CHANGED : (lines?.get(line) ?? '')
  }
}
