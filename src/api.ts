// The public library surface: what the command line does, without the command line.
import { rules } from './analyze/rules/index.ts'
import { audit } from './audit/audit.ts'
import { known, readText } from './audit/known.ts'
import { collect } from './collect/collect.ts'
import { listFolder, streamFolder } from './inventory/folder.ts'
import { loadInventory } from './inventory/load.ts'
import { readConfig } from './inventory/read-config.ts'
import type { Device } from './model/device.ts'
import type { Collected, Inventory, MaxAge, PxePoint } from './model/inventory.ts'
import type { Assumptions } from './model/network.ts'
import type { Result, Severity } from './model/result.ts'
import { platformOf } from './platforms.ts'

export { rules } from './analyze/rules/index.ts'
export type { Device } from './model/device.ts'
export type { Inventory, PxePoint } from './model/inventory.ts'
export type { Result } from './model/result.ts'
export { Trouble } from './model/trouble.ts'
export { platforms } from './platforms.ts'
export { simulateInventory } from './simulation.ts'

export interface RunOptions {
  /** Folder with the templates. */
  readonly templates: string
  readonly version: string
  readonly failOn: Severity | 'none'
  /** What the user vouches for; nothing, if absent. */
  readonly assume?: Assumptions
  readonly started: Date
  /** How old a capture may be when the run starts; wins over the inventory's `max_age`. Null, or absent: any age. */
  readonly maxAge?: MaxAge | null
  /** Told in one sentence what is odd about the input and stops nothing. */
  readonly warn?: (sentence: string) => void
}

/** Audits every configuration below a folder. */
export const auditFolder = (folder: string, points: readonly PxePoint[], options: RunOptions): Result =>
  judgeAll(streamFolder(folder, options.warn), points, options)

/** Audits the devices of an inventory: over SSH, from the files it names, or from `folder/<device>.*`. */
export async function auditInventory(
  file: string,
  options: RunOptions & {
    readonly folder?: string | undefined
    readonly concurrency: number
  },
): Promise<Result> {
  const inventory = loadInventory(file, { platforms: known.platforms.map(p => p.id) })
  const collected =
    options.folder === undefined
      ? await collect(inventory.devices, { platformOf, concurrency: options.concurrency, readFile: readConfig })
      : fromFolder(inventory, options.folder, options.warn)
  return judgeAll(collected, inventory.points, { ...options, maxAge: options.maxAge ?? inventory.max_age })
}

/** The facts of one configuration file. */
export function readFacts(file: string, platform: string): Device {
  return readText(readConfig(file, { device: deviceName(file), site: 'default', platform }))
}

const deviceName = (file: string) => (file.split(/[/\\]/).at(-1) ?? file).replace(/\.[^.]+$/, '')

const judgeAll = (collected: Iterable<Collected>, points: readonly PxePoint[], options: RunOptions): Result =>
  audit({
    assume: { pairs: false },
    ...known,
    rules,
    collected,
    points,
    ...options,
    tool: { name: 'iphelper-audit', version: options.version },
  })

/** The inventory's devices, with the configuration of the same name from a folder, one at a time. */
function* fromFolder(inventory: Inventory, folder: string, warn: RunOptions['warn'] = () => {}): Generator<Collected> {
  const entries = new Map(listFolder(folder, warn).map(entry => [entry.device, entry]))
  const known = new Set(inventory.devices.map(d => d.name))
  const strange = [...entries.keys()].filter(name => !known.has(name))
  if (strange.length > 0)
    warn(
      `${strange.slice(0, 5).join(', ')}${strange.length > 5 ? ` and ${strange.length - 5} more` : ''} in ${folder} belong to no device of ${inventory.file} and are left out; add them to the inventory`,
    )
  for (const { name, site, platform } of inventory.devices) {
    const reason = `there is no configuration named ${name} in ${folder}`
    yield entries.get(name)?.read({ site, platform }) ?? { device: name, site, platform, state: 'failed', file: folder, reason }
  }
}
