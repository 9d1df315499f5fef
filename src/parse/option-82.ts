// Option 82 (relay agent information, RFC 3046): which line makes the relays of an interface add it.
import type { DraftDevice, DraftInterface } from './draft.ts'
import type { DraftSet } from './draft-set.ts'
import type { Of } from './facts.ts'

/** Settings by the name of the command; one that is off keeps a wider one of its name from holding. */
export type Settings82 = Map<string, { readonly on: boolean; readonly line: number }>

/** Adds a setting to a layer, or takes it out. Of several lines that say the same the first one stands. */
export function foldOption82(
  layer: Settings82 | undefined,
  { setting, on }: Of<'option-82'>,
  line: number,
  no: boolean,
): Settings82 | undefined {
  if (no) layer?.delete(setting)
  else if (layer?.get(setting)?.on !== on) return (layer ?? new Map()).set(setting, { on, line })
  return layer
}

/** The interface is served by this set: what the set, or one above it, says of option 82 holds for its relays. */
export function inherit82(device: DraftDevice, set: DraftSet, i: DraftInterface): void {
  const seen: DraftSet[] = []
  for (let s: DraftSet | undefined = set; s && !seen.includes(s); s = above(device, s)) {
    seen.push(s)
    for (const [name, setting] of s.option82 ?? [])
      if (!i.setOption82?.has(name)) (i.setOption82 ??= new Map()).set(name, setting)
  }
}

const above = (device: DraftDevice, { within, parent }: DraftSet): DraftSet | undefined => {
  const key = within ?? parent
  return key === undefined ? undefined : device.sets.get(key)
}

/** The interface is named by this set, which does not serve it. */
export function override82(set: DraftSet, i: DraftInterface): void {
  for (const [name, setting] of set.option82 ?? []) (i.setOption82 ??= new Map()).set(name, setting)
}

/** The line in force, the first if there are several; null where none is, or where the interface relays no IPv4. */
export function line82(i: DraftInterface, device: DraftDevice): number | null {
  if (!i.relays.some(r => r.family === 4)) return null
  const decided: Settings82 = new Map()
  for (const layer of [i.option82, i.setOption82, device.option82])
    for (const [name, setting] of layer ?? []) if (!decided.has(name)) decided.set(name, setting)
  const lines = Array.from(decided.values(), s => (s.on ? s.line : Number.POSITIVE_INFINITY))
  const first = Math.min(...lines)
  return first === Number.POSITIVE_INFINITY ? null : first
}
