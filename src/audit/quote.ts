// The lines that findings cite, each configuration read once.
import type { Cite } from '../analyze/rule.ts'
import type { Device } from '../model/device.ts'
import { blank } from '../parse/blank.ts'
import { linesAt } from '../parse/lines.ts'
import type { Platform } from '../parse/platform.ts'
import type { ReadSource } from './read.ts'
import { scopeOf } from './scope.ts'

type Secrets = Platform['secrets']

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
  const quoted = new Map<string, ReadonlyMap<number, string> | null>()
  const shownFor = blanker()
  // In the order in which they were read: what is kept in git comes many at a time.
  for (const [name, source] of sources) {
    const lines = wanted.get(name)
    if (!lines) continue
    const text = source.text()
    quoted.set(name, text === null ? null : linesAt(text, lines, shownFor(source.platform.secrets)))
  }
  return (device, line) => {
    const lines = quoted.get(device.device)
    return lines === null ? CHANGED : (lines?.get(line) ?? '')
  }
}

/** So many lines are remembered with what is shown of them: most routers of a network are configured alike. */
const REMEMBERED = 10_000

/** Takes secrets out of lines, out of the same line once. */
function blanker(): (secrets: Secrets) => (line: string) => string {
  const known = new Map<Secrets, Map<string, string>>()
  return secrets => {
    const there = known.get(secrets) ?? new Map<string, string>()
    known.set(secrets, there)
    return line => {
      const said = there.get(line)
      if (said !== undefined) return said
      const shown = blank(line, secrets)
      // A copy: a slice would keep the whole file alive.
      if (there.size < REMEMBERED) there.set(` ${line}`.slice(1), shown)
      return shown
    }
  }
}
