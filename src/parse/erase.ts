// What goes from the whole device at once.
import { type DraftDevice, drop } from './draft.ts'
import type { Of } from './facts.ts'

/** Takes from a device all of the kinds that the fact names. */
export function erase(device: DraftDevice, { interfaces, groups, version, relays }: Of<'erase'>): void {
  for (const [key, i] of device.interfaces) {
    if (interfaces?.test(i.name)) {
      device.interfaces.delete(key)
      continue
    }
    if (relays) drop(i.relays, () => true)
    if (groups === undefined) continue
    for (const [name, g] of i.groups)
      if (g.protocol === groups && (version === undefined || g.version === version)) i.groups.delete(name)
    i.lastGroup = undefined
  }
}
