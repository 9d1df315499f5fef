// Audits: of a folder, or of the devices of an inventory.
import { accepting } from './accepting.ts'
import { rules } from './analyze/rules/index.ts'
import { type Accept, type AuditOptions, audit } from './audit/audit.ts'
import { known } from './audit/known.ts'
import { folderIn } from './inventory/folder-place.ts'
import { devicesIn } from './inventory/from-folder.ts'
import { choose, type Limit, leftOut } from './inventory/limit.ts'
import { type Entry, list } from './inventory/place.ts'
import type { Waiver } from './model/accepted.ts'
import type { Collected, Inventory, InventoryDevice, PxePoint } from './model/inventory.ts'
import type { Assumptions } from './model/network.ts'
import type { Result } from './model/result.ts'
import { untimed } from './model/timings.ts'
import { type Reaching, runOptions, withPolicy } from './reaching.ts'

/** How to audit, whatever the evidence comes from; `maxAge` wins over the inventory's `max_age`. */
export interface RunOptions
  extends Pick<AuditOptions, 'templates' | 'wishes' | 'failOn' | 'maxUnknown' | 'hosts' | 'started' | 'maxAge' | 'timings'> {
  readonly version: string
  /** What the user vouches for; nothing, if absent. */
  readonly assume?: Assumptions
  /** A file of waivers, besides those in the inventory; false for none at all. */
  readonly waivers?: string | false | undefined
  /** A file with a baseline; its findings are accepted. */
  readonly baseline?: string | undefined
  /** Takes what the user should know besides the result. */
  readonly warn?: (sentence: string) => void
}

/** Audits every configuration below a folder. */
export async function auditFolder(folder: string, points: readonly PxePoint[], options: RunOptions): Promise<Result> {
  const entries = list(await folderIn(folder), options.warn)
  return judgeAll(oneByOne(entries), points, options, await acceptance([], options))
}

/** No more than one configuration needs to be in memory. */
function* oneByOne(entries: readonly Entry[]): Generator<Collected> {
  for (const entry of entries) yield entry.read()
}

/** Audits the devices of an inventory: over SSH, from the files it names, or from `folder/<device>.*`. */
export async function auditInventory(
  file: string,
  options: RunOptions &
    Reaching & {
      readonly folder?: string | undefined
      /** Which devices to audit; the others count as not read. */
      readonly limit?: Limit | undefined
      /** Called before the first session. */
      onStart?(total: number): void
      /** Called as each device is done, in whatever order they are. */
      onDone?(result: Collected): void
    },
): Promise<Result> {
  const { timings = untimed } = options
  const { readInventory } = await import('./inventory-file.ts')
  const { inventory } = await timings.during('inventory', () =>
    readInventory(file, { ...waiverOptions(options), ...(options.warn && { warn: options.warn }) }),
  )
  const { taken, left } = choose(inventory.devices, options.limit, options.warn)
  // Before anything is collected: a waiver that is refused must not cost an hour first.
  const accept = await acceptance(inventory.waivers, options)
  const collected =
    options.folder === undefined
      ? await timings.during('collect', () => collectAll(inventory, taken, options))
      : devicesIn(inventory, new Set(left), list(await folderIn(options.folder), options.warn), options)
  const rest = options.folder === undefined ? left.map(device => leftOut(device, file)) : []
  return judgeAll(
    rest.length === 0 ? collected : [...collected, ...rest],
    inventory.points,
    { ...options, hosts: inventory.hosts, maxAge: options.maxAge ?? inventory.max_age },
    accept,
  )
}

async function collectAll(
  inventory: Inventory,
  taken: readonly InventoryDevice[],
  { onStart, onDone, ...how }: Reaching & { onStart?(total: number): void; onDone?(result: Collected): void },
): Promise<Collected[]> {
  // Audits of what is on disk do without the SSH client.
  const { collect } = await import('./collect/collect.ts')
  return collect(withPolicy(taken, how.hostKeys), {
    ...runOptions(inventory, how),
    ...(onStart && { onStart }),
    ...(onDone && { onDone }),
  })
}

const judgeAll = (collected: Iterable<Collected>, points: readonly PxePoint[], options: RunOptions, accept: Accept): Result =>
  audit({
    assume: { pairs: false },
    ...known,
    rules,
    collected,
    points,
    ...options,
    accept,
    tool: { name: 'iphelper-audit', version: options.version },
  })

/** What waivers are checked for; those that nobody wants to use may be over. */
const waiverOptions = ({ waivers, started }: RunOptions) => ({
  rules: rules.map(r => r.id),
  ...(waivers === false ? {} : { now: started }),
})

/** Reads what is accepted. */
async function acceptance(listed: readonly Waiver[], options: RunOptions): Promise<Accept> {
  const { waivers: file, baseline, started, warn } = options
  const further =
    typeof file === 'string' ? (await import('./inventory/waivers.ts')).loadWaivers(file, waiverOptions(options)) : []
  return accepting({
    waivers: file === false ? [] : [...listed, ...further],
    baseline: baseline === undefined ? null : (await import('./inventory/baseline.ts')).readBaseline(baseline),
    started,
    ...(warn && { warn }),
  })
}
