// The public library surface: what the command line does, without the command line.
import { acceptedBy } from './analyze/baseline.ts'
import { rules } from './analyze/rules/index.ts'
import { unusedText, waive } from './analyze/waivers.ts'
import { type Accept, audit } from './audit/audit.ts'
import { known, readText } from './audit/known.ts'
import { collect } from './collect/collect.ts'
import { commandsOf } from './collect/commands.ts'
import { probe } from './collect/recognise.ts'
import { resolveSecret } from './collect/secret.ts'
import { readBaseline } from './inventory/baseline.ts'
import { listFolder, streamFolder } from './inventory/folder.ts'
import { choose, type Limit, leftOut } from './inventory/limit.ts'
import { type LoadOptions, type ResolvedInventory, resolveInventory } from './inventory/load.ts'
import { readConfig } from './inventory/read-config.ts'
import { loadWaivers } from './inventory/waivers.ts'
import { termOf, type Waiver } from './model/accepted.ts'
import type { Device } from './model/device.ts'
import type { Collected, Inventory, InventoryDevice, MaxAge, PxePoint } from './model/inventory.ts'
import type { Assumptions } from './model/network.ts'
import type { Result, Severity } from './model/result.ts'
import { type Reaching, runOptions, withPolicy } from './reaching.ts'
import type { Wishes } from './remediate/candidate.ts'

export { baselineOf, baselineText, compare, prune } from './analyze/baseline.ts'
export { rules } from './analyze/rules/index.ts'
export { logIn, probeDevices, type Watched } from './asking.ts'
export { exitCode } from './audit/audit.ts'
export { makeFolder } from './collect/folder.ts'
export { loadRedactionKey, type RedactionKey } from './collect/redaction-key.ts'
export { replace } from './collect/stored.ts'
export { collectSnapshot } from './collection.ts'
export * as history from './history.ts'
export { readBaseline } from './inventory/baseline.ts'
export type { Baseline, Waiver } from './model/accepted.ts'
export type { Device } from './model/device.ts'
export type { Inventory, PxePoint } from './model/inventory.ts'
export type { Result } from './model/result.ts'
export { Trouble } from './model/trouble.ts'
export { type Redacted, redactText } from './parse/redact.ts'
export { platforms } from './platforms.ts'
export type { Reaching } from './reaching.ts'
export type { Wishes } from './remediate/candidate.ts'
export type { Pack } from './remediate/pack/pack.ts'
export { type RemedyOptions, remediate } from './remediation.ts'
export { simulateInventory } from './simulation.ts'

export interface RunOptions {
  /** Folders with templates for fixes; the first that has one wins. */
  readonly templates: readonly string[]
  /** What the user decides about fixes. */
  readonly wishes?: Wishes | undefined
  readonly version: string
  readonly failOn: Severity | 'none'
  /** What the user vouches for; nothing, if absent. */
  readonly assume?: Assumptions
  /** Addresses of host names that are no PXE point's. */
  readonly hosts?: ReadonlyMap<string, readonly string[]>
  readonly started: Date
  /** How old a capture may be when the run starts; wins over the inventory's `max_age`. Null, or absent: any age. */
  readonly maxAge?: MaxAge | null
  /** A file of waivers, besides those in the inventory; false for none at all. */
  readonly waivers?: string | false | undefined
  /** A file with a baseline; its findings are accepted. */
  readonly baseline?: string | undefined
  /** Takes what the user should know besides the result. */
  readonly warn?: (sentence: string) => void
}

/** Audits every configuration below a folder. */
export const auditFolder = (folder: string, points: readonly PxePoint[], options: RunOptions): Result =>
  judgeAll(streamFolder(folder, options.warn), points, options, acceptance([], options))

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
  const { inventory } = await readInventory(file, { ...waiverOptions(options), ...(options.warn && { warn: options.warn }) })
  const { taken, left } = choose(inventory.devices, options.limit)
  // Before anything is collected: a waiver that is refused must not cost an hour first.
  const accept = acceptance(inventory.waivers, options)
  const collected =
    options.folder === undefined
      ? await collectAll(inventory, taken, options)
      : fromFolder(inventory, new Set(left), options.folder, options.warn)
  const rest = options.folder === undefined ? left.map(device => leftOut(device, file)) : []
  return judgeAll(
    rest.length === 0 ? collected : [...collected, ...rest],
    inventory.points,
    { ...options, hosts: inventory.hosts, maxAge: options.maxAge ?? inventory.max_age },
    accept,
  )
}

function collectAll(
  inventory: Inventory,
  taken: readonly InventoryDevice[],
  { onStart, onDone, ...how }: Reaching & { onStart?(total: number): void; onDone?(result: Collected): void },
): Promise<Collected[]> {
  return collect(withPolicy(taken, how.hostKeys), {
    ...runOptions(inventory, how),
    ...(onStart && { onStart }),
    ...(onDone && { onDone }),
  })
}

/** Everything that may be sent to a device, by platform; the last page is for devices whose platform is left open. */
export const accessPages = () => [
  ...known.platforms.map(({ id, name, session }) => ({ id, name, commands: commandsOf(session) })),
  {
    id: 'auto',
    name: 'before the page of its platform, to a device whose platform is left open',
    commands: commandsOf(probe).map(c => (c.purpose === 'show' ? { ...c, when: 'to find out which platform it runs' } : c)),
  },
]

/** Reads an inventory and its sources, with the origin of every setting. */
export const readInventory = (file: string, options: LoadOptions = {}): Promise<ResolvedInventory> =>
  resolveInventory(file, {
    platforms: known.platforms.map(p => p.id),
    secret: reference => resolveSecret(reference, 'NetBox token', { env: process.env }),
    ...options,
  })

/** The facts of one configuration file. */
export function readFacts(file: string, platform: string): Device {
  return readText(readConfig(file, { device: deviceName(file), site: 'default', platform }))
}

const deviceName = (file: string) => (file.split(/[/\\]/).at(-1) ?? file).replace(/\.[^.]+$/, '')

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

/** Reads what is accepted; the function it returns applies it, and tells of waivers that fit nothing. */
function acceptance(listed: readonly Waiver[], options: RunOptions): Accept {
  const { waivers: file, started, warn = () => {} } = options
  const waivers = file === false ? [] : [...listed, ...(file === undefined ? [] : loadWaivers(file, waiverOptions(options)))]
  const inBaseline = options.baseline === undefined ? () => null : acceptedBy(readBaseline(options.baseline))
  for (const { place, owner, expires } of waivers.filter(w => termOf(w.expires, started) === 'soon'))
    warn(`waiver at ${place} by ${owner} ends on ${expires}`)
  return abouts => {
    const { reasons, unused } = waive(abouts, waivers, started)
    for (const waiver of unused) warn(`waiver at ${waiver.place} by ${waiver.owner} ${unusedText(waiver, abouts)}`)
    return abouts.map((about, n) => reasons[n] ?? inBaseline(about))
  }
}

/** The inventory's devices, with the configuration of the same name from a folder, one at a time. */
function* fromFolder(
  inventory: Inventory,
  left: ReadonlySet<InventoryDevice>,
  folder: string,
  warn: RunOptions['warn'] = () => {},
): Generator<Collected> {
  const entries = new Map(listFolder(folder, warn).map(entry => [entry.device, entry]))
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
    else if ('unusable' in from && from.adrift) yield { ...failed, reason: from.unusable }
    else
      yield entries.get(name)?.read({ site, platform }) ?? {
        ...failed,
        reason: `there is no configuration named ${name} in ${folder}`,
      }
  }
}
