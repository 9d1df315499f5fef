// Lines of configurations as findings quote them.
import type { Device } from '../model/device.ts'
import { blank } from '../parse/blank.ts'
import { linesAt } from '../parse/lines.ts'
import type { Platform } from '../parse/platform.ts'

/** The text of lines by their number (from 1), without secrets. */
export type Lines = ReadonlyMap<number, string>

/** So many lines are remembered with what is shown of them: most routers of a network are configured alike. */
const REMEMBERED = 10_000

/** Quotes lines of one text after the other; of a line that was shown before, it is known what is secret in it. */
export function quoter(): (text: string, numbers: Iterable<number>, platform: Platform) => Lines {
  const all = new Map<Platform, Map<string, string>>()
  return (text, numbers, platform) => {
    const shown = all.get(platform) ?? new Map<string, string>()
    all.set(platform, shown)
    return linesAt(text, numbers, line => {
      const known = shown.get(line)
      if (known !== undefined) return known
      const said = blank(line, platform.secrets)
      if (shown.size < REMEMBERED) shown.set(line, said)
      return said
    })
  }
}

/** The lines of a device that findings are about as a rule: interfaces, their groups and their relays. */
export function* citableIn({ interfaces }: Device): Generator<number> {
  for (const { line, groups, relays } of interfaces) {
    yield line
    for (const group of groups) yield group.line
    for (const relay of relays) {
      yield relay.line
      if (relay.via_line !== null) yield relay.via_line
    }
  }
}
