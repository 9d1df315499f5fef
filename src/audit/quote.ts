// The lines that findings cite, each configuration read once.
import type { Device } from '../model/device.ts'
import type { Remarked } from './findings.ts'
import type { ReadSource } from './read.ts'

/** In place of lines that cannot be quoted any more. */
const CHANGED = '(the file has changed since it was read)'
/** Longer lines are cut: a report quotes them, it does not store them. */
const LONGEST = 200

/** Looks up all cited lines; returns their text by device and line. */
export function quote(
  remarks: readonly Remarked[],
  sources: ReadonlyMap<string, ReadSource>,
): (device: Device, line: number) => string {
  const wanted = new Map<string, Map<number, string>>()
  for (const { remark } of remarks)
    for (const { device, line } of remark.evidence) {
      const lines = wanted.get(device.device) ?? new Map<number, string>()
      wanted.set(device.device, lines.set(line, ''))
    }
  for (const [name, lines] of wanted) {
    const text = sources.get(name)?.text() ?? null
    if (text === null) for (const line of lines.keys()) lines.set(line, CHANGED)
    else fill(lines, text)
  }
  return (device, line) => wanted.get(device.device)?.get(line) ?? ''
}

function fill(lines: Map<number, string>, text: string): void {
  let at = 0
  let number = 1
  for (const line of [...lines.keys()].sort((a, b) => a - b)) {
    for (; number < line && at >= 0; number++) at = text.indexOf('\n', at) + 1 || -1
    if (at < 0) return
    const end = text.indexOf('\n', at)
    // A copy: a slice would keep the whole file alive.
    const shown = text
      .slice(at, end < 0 ? undefined : end)
      .trim()
      .slice(0, LONGEST)
    lines.set(line, ` ${shown}`.slice(1))
  }
}
