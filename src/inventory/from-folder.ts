// The devices of an inventory, with their configurations from a folder.
import { basename } from 'node:path'
import type { Collected, CollectedText, Inventory, InventoryDevice } from '../model/inventory.ts'
import { ENDING } from './companion.ts'
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
  const captures = capturesOf(list)
  const rivals = new Set([...captures].flatMap(([name, files]) => (files.length > 1 && known.has(name) ? files : [])))
  const strange = [...entries.values()].filter(e => !known.has(e.device) && !rivals.has(e.file ?? '')).map(e => e.device)
  if (strange.length > 0)
    warn(
      `${strange.slice(0, 5).join(', ')}${strange.length > 5 ? ` and ${strange.length - 5} more` : ''} in ${folder} ${strange.length === 1 ? 'belongs' : 'belong'} to no device of ${inventory.file} and ${strange.length === 1 ? 'is' : 'are'} left out; add ${strange.length === 1 ? 'it' : 'them'} to the inventory`,
    )
  for (const device of inventory.devices) {
    const { name, site, platform, from } = device
    const failed = { device: name, site, platform, state: 'failed', file: folder } as const
    if (left.has(device)) yield leftOut(device, inventory.file)
    else if ('unusable' in from && from.adrift) yield { ...failed, reason: from.unusable, ...(from.anywhere && { adrift: true }) }
    else if ((captures.get(name)?.length ?? 0) > 1) yield { ...failed, reason: several(name, captures.get(name) ?? [], folder) }
    else
      yield entries.get(name)?.read({ site, platform, named: true }, before?.(name)) ?? {
        ...failed,
        reason: `there is no configuration named ${name} in ${folder}`,
      }
  }
  // Some were forgotten and some are gone: they are no part of the audit, and one that relays beside its routers has to be told.
  for (const name of strange) {
    const collected = entries.get(name)?.read(undefined, before?.(name))
    if (collected?.state === 'collected') yield { ...collected, stranger: true }
  }
}

/** Files that no manifest lists, by the device they would be called after if each were the only one. */
function capturesOf(list: readonly Entry[]): Map<string, string[]> {
  const captures = new Map<string, string[]>()
  for (const { file, path, stated } of list) {
    if (file === null || path === null || stated !== null) continue
    const name = basename(path).replace(ENDING, '')
    const before = captures.get(name)
    if (before) before.push(file)
    else captures.set(name, [file])
  }
  return captures
}

/** Which of them holds today is not known, and an old one may lack what the router does now. */
const several = (name: string, files: readonly string[], folder: string): string =>
  `there are ${files.length} configurations named ${name} in ${folder}: ${files.slice(0, 3).join(' and ')}${files.length > 3 ? ' and more' : ''}; keep one`
