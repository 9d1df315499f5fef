// The lines that findings cite, each configuration read once.
import type { Cite } from '../analyze/rule.ts'
import type { Device } from '../model/device.ts'
import { type Lines, quoter } from './citable.ts'
import type { ReadSource } from './read.ts'
import { scopeOf } from './scope.ts'

/** In place of lines that cannot be quoted any more. */
const CHANGED = '(the file has changed since it was read)'

/** Looks up all cited lines, and those that they stand under; returns their text by device and line. */
export function quote(
  cites: Iterable<Pick<Cite, 'device' | 'line' | 'from'>>,
  sources: ReadonlyMap<string, ReadSource>,
): (device: Device, line: number) => string {
  const wanted = new Map<string, Set<number>>()
  for (const { device, line, from } of cites) {
    if (from) continue
    const lines = wanted.get(device.device) ?? new Set<number>()
    const scope = scopeOf(device, line)
    if (scope !== null) lines.add(scope)
    wanted.set(device.device, lines.add(line))
  }
  const quoted = new Map<string, Lines | null>()
  const linesOf = quoter()
  // In the order in which they were read: what is kept in git comes many at a time.
  for (const [name, source] of sources) {
    const lines = wanted.get(name)
    if (!lines) continue
    const { lines: kept, platform } = source
    if (kept && [...lines].every(line => kept.has(line))) {
      quoted.set(name, kept)
      continue
    }
    const text = source.text()
    quoted.set(name, text === null ? null : linesOf(text, lines, platform))
  }
  return (device, line) => {
    const lines = quoted.get(device.device)
    return lines === null ? CHANGED : (lines?.get(line) ?? '')
  }
}
