// The devices of an inventory, with their configurations from a folder.
import type { Collected, CollectedText, Inventory, InventoryDevice } from '../model/inventory.ts'
import { leftOut } from './limit.ts'
import type { Entry, Warn } from './place.ts'

/** The inventory's devices, with the configuration of the same name from a folder, one at a time. */
export function* devicesIn(
  inventory: Inventory,
  left: ReadonlySet<InventoryDevice>,
  list: readonly Entry[],
  {
    folder = '',
    warn = () => {},
    before,
  }: {
    readonly folder?: string | undefined
    readonly warn?: Warn | undefined
    /** Earlier captures, by device. */
    readonly before?: ((device: string) => CollectedText | undefined) | undefined
  },
): Generator<Collected> {
  const entries = new Map(list.map(entry => [entry.device, entry]))
  const known = new Set(inventory.devices.map(d => d.name))
  const strange = [...entries.keys()].filter(name => !known.has(name))
  if (strange.length > 0)
    warn(
      `${strange.slice(0, 5).join(', ')}${strange.length > 5 ? ` and ${strange.length - 5} more` : ''} in ${folder} ${strange.length === 1 ? 'belongs' : 'belong'} to no device of ${inventory.file} and ${strange.length === 1 ? 'is' : 'are'} left out; add ${strange.length === 1 ? 'it' : 'them'} to the inventory`,
    )
  for (const device of inventory.devices) {
    const { name, site, platform, from } = device
    const failed = { device: name, site, platform, state: 'failed', file: folder } as const
    if (left.has(device)) yield leftOut(device, inventory.file)
    else if ('unusable' in from && from.adrift) yield { ...failed, reason: from.unusable, adrift: true }
    else
      yield entries.get(name)?.read({ site, platform }, before?.(name)) ?? {
        ...failed,
        reason: `there is no configuration named ${name} in ${folder}`,
      }
  }
}
