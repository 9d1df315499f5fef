// The two networks of a validation, read: what did not change is read once.
import { known } from './audit/known.ts'
import { type Part, type ReadPart, reader, sameCapture } from './audit/read.ts'
import { mistaken, type Tried, tryChange } from './audit/try.ts'
import { nearest } from './inventory/nearest.ts'
import { type Entry, list, type Place, type Warn } from './inventory/place.ts'
import { readSnippet, type Snippet } from './inventory/read-snippet.ts'
import { openSide } from './inventory/side.ts'
import type { Collected, CollectedText, Inventory } from './model/inventory.ts'
import { Trouble } from './model/trouble.ts'

/** Where the two networks are to be found. */
export interface SidesOptions {
  /** A folder, or a revision of the git repository around `cwd`. */
  readonly current: string
  /** The same; null where `changes` say what is proposed. */
  readonly proposed: string | null
  /** Files with lines for devices, in the order in which they are typed. */
  readonly changes: readonly { readonly device: string; readonly file: string }[]
  /** Which devices there are; null for those of the folders. */
  readonly inventory: Inventory | null
  /** Devices that are taken out of service: that they are missing is no loss. */
  readonly removed: readonly string[]
  /** Many findings are going to be quoted: see `reader`. */
  readonly keep?: boolean
  readonly cwd: string
  readonly started: Date
  readonly warn: Warn
}

/** Both networks, and what is known of the change. */
export interface Sides {
  readonly before: readonly Part[]
  readonly after: readonly Part[]
  /** What the sides are called in sentences. */
  readonly names: { readonly current: string; readonly proposed: string }
  /** Devices of which anything differs. */
  readonly changed: ReadonlySet<string>
  readonly removed: ReadonlySet<string>
  readonly tried: readonly { readonly device: string; readonly file: string; readonly refused: Tried['refused'] }[]
  /** Changes that could not be tried, in sentences. */
  readonly untried: readonly string[]
}

/** Reads both sides. */
export async function readSides(options: SidesOptions): Promise<Sides> {
  const { current, proposed, cwd, inventory, started, warn } = options
  const from = await openSide(current, { option: '--current', cwd, other: proposed ?? undefined })
  const to = proposed === null ? null : await openSide(proposed, { option: '--proposed', cwd, other: current })
  const read = reader(known, { started, maxAge: null }, options.keep === true)
  const collected = inventory ? await devicesOf(inventory, warn) : undefined
  const entries = list(from, warn)
  const others = to ? list(to, warn, true) : []
  const names = agreed(entries, others, from.manifest === null && (to?.manifest ?? null) === null)
  const before = Array.from(collected ? collected(entries, current) : readEach(entries, names, others), c => read(c))
  const removed = new Set(options.removed)
  if (!to) return { ...trying(before, options), removed, names: { current: from.name, proposed: 'the proposed network' } }
  const was = new Map(before.map(p => [p.result.name, p]))
  const earlier = (device: string) => was.get(device)?.read?.from
  const own = collected ? collected(others, proposed ?? '', earlier) : readEach(others, names, entries, earlier)
  const after = [...own].filter(c => !(c.state === 'failed' && removed.has(c.device))).map(c => read(c, was.get(c.device)))
  const is = new Map(after.map(p => [p.result.name, p]))
  checkRemoved(removed, was, is, to)
  for (const { result, adrift, stranger } of before) {
    if (stranger || is.has(result.name) || removed.has(result.name)) continue
    const reason = `it is in ${from.name} and not in ${to.name}; add it there, or write --removed ${result.name} if it is taken out of service`
    const { name: device, site } = result
    const lost = { device, site, platform: result.platform ?? 'auto', file: proposed ?? '', ...(adrift && { adrift }) }
    const part = read({ ...lost, state: 'failed', reason })
    after.push(part)
    is.set(device, part)
  }
  const changed = new Set([...was.keys(), ...is.keys()].filter(name => !same(was.get(name), is.get(name))))
  return { before, after, changed, removed, names: { current: from.name, proposed: to.name }, tried: [], untried: [] }
}

/** Whether a device is the same on both sides: what could not be read on either shows no difference. */
const same = (a: Part | undefined, b: Part | undefined): boolean =>
  a?.read && b?.read ? sameCapture(a.read.from, b.read.from) : a !== undefined && b !== undefined && !a.read && !b.read

/** The schema of inventories takes longer to load than two configurations to judge. */
async function devicesOf(inventory: Inventory, warn: Warn) {
  const { devicesIn } = await import('./inventory/from-folder.ts')
  return (entries: readonly Entry[], folder: string, before?: Earlier) =>
    devicesIn(inventory, new Set(), entries, { folder, warn, before })
}

type Names = (entry: Entry) => string
/** The capture of a device on the other side. */
type Earlier = (device: string) => CollectedText | undefined

/**
 * One file, one name: a file that comes or goes can make another one's name longer, which is no other device for that. Only where
 * no manifest names them.
 */
function agreed(entries: readonly Entry[], others: readonly Entry[], unlisted: boolean): Names {
  const byPath = new Map<string, string>()
  if (unlisted)
    for (const { path, device } of [...entries, ...others]) {
      if (path === null) continue
      const known = byPath.get(path)
      if (known === undefined || known.length < device.length) byPath.set(path, device)
    }
  return ({ path, device }) => (path === null ? undefined : byPath.get(path)) ?? device
}

/** Reads entries under their names; the manifest of the other side says where a device stands that this side only has a file of. */
function* readEach(entries: readonly Entry[], names: Names, others: readonly Entry[], before?: Earlier): Generator<Collected> {
  const placed = new Map(others.flatMap(({ device, stated }) => (stated ? [[device, stated] as const] : [])))
  for (const entry of entries) {
    const name = names(entry)
    const own = entry.stated ? undefined : placed.get(name)
    yield { ...entry.read(own, before?.(name)), device: name }
  }
}

/** A device that is there was not removed, and one that never was there cannot be. */
function checkRemoved(removed: ReadonlySet<string>, was: ReadonlyMap<string, Part>, is: ReadonlyMap<string, Part>, to: Place) {
  for (const name of removed) {
    if (is.has(name))
      throw new Trouble(
        'usage',
        `--removed ${name}: it is still in ${to.name}; take its configuration out, or leave the option out`,
      )
    if (!was.has(name)) throw new Trouble('usage', `--removed ${name}: there is no such device; check the name`)
  }
}

/** The network with the snippets tried on its devices. */
function trying(
  before: readonly Part[],
  { changes }: SidesOptions,
): Pick<Sides, 'before' | 'after' | 'changed' | 'tried' | 'untried'> {
  const snippets = new Map<string, Snippet[]>()
  const parts = new Map(before.flatMap(p => (p.stranger ? [] : [[p.result.name, p] as const])))
  for (const { device, file } of changes) {
    if (!parts.has(device))
      throw new Trouble(
        'usage',
        `--change ${device}=${file}: there is no device ${device}; ${nearest(device, [...parts.keys()])}`,
      )
    const snippet = readSnippet(device, file, `--change ${device}`)
    snippets.set(device, [...(snippets.get(device) ?? []), snippet])
  }
  const tried: { device: string; file: string; refused: Tried['refused'] }[] = []
  const untried: string[] = []
  const after = before.map(part => {
    const own = snippets.get(part.result.name)
    if (!own) return part
    const { name, reason } = part.result
    const became = part.read ? tryOne(part as ReadPart, own) : null
    if (!became)
      untried.push(
        `the change to ${name} could not be tried: ${part.read ? 'its configuration has changed since it was read' : reason}`,
      )
    for (const { file } of own) tried.push({ device: name, file, refused: became?.refused.filter(r => r.file === file) ?? [] })
    return became?.part ?? part
  })
  return { before, after, changed: new Set(snippets.keys()), tried, untried }
}

function tryOne(part: ReadPart, snippets: readonly Snippet[]): Tried | null {
  for (const snippet of snippets) {
    const mistake = mistaken(part.read.source, snippet)
    if (mistake !== null) throw new Trouble('usage', `--change ${snippet.device}: ${mistake}`)
  }
  return tryChange(part, snippets)
}
