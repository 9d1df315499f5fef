// Our own list of devices and those of the sources, joined by name.
import { isIP } from 'node:net'
import { NO_SITE } from '../model/inventory.ts'
import { type Layer, type Layers, settle } from './layers.ts'
import { type Limit, parseLimit } from './limit.ts'
import type { InventoryFile } from './schema.ts'
import { siteKey } from './site-key.ts'
import type { Gathered } from './sources/gather.ts'
import { kindOf } from './sources/source-schema.ts'
import { shown } from './sources/sourced.ts'
import { wellNamed } from './well-named.ts'

/** A device with everything that is said of it, not settled yet. */
export interface Entry {
  readonly name: string
  /** Its index in our own list; null where only a source names it. */
  readonly own: number | null
  readonly place: string
  readonly layers: readonly Layer[]
  readonly groups: readonly string[]
  readonly host: string | undefined
  /** Where its address, or its file, stands. */
  hostOrigin(): string | undefined
  groupsOrigin(): string | undefined
  /** Settings that stand there and cannot be used, with the reason. */
  readonly troubles: readonly (readonly [setting: string, reason: string])[]
  /** Why nothing can be done with it; null where nothing is in the way. */
  readonly trouble: string | null
  /** Its site is not known, so that not even a file of it can be judged. */
  readonly adrift: boolean
  /** Nor are there some between which it is. */
  readonly anywhere: boolean
}

/** What joining needs besides the two lists. */
export interface CombineOptions {
  readonly layers: Layers
  /** A place as it is told in origins. */
  short(place: string): string
  /** Says that a limit of a source fits nothing. */
  unfit(source: number, sentence: string): void
}

/** Our own devices in their order, then those that only sources name. */
export function combine(file: InventoryFile, gathered: readonly Gathered[], options: CombineOptions): Entry[] {
  const named = wellNamed(chosen(file, gathered, options))
  const own = file.devices.map((device, index) => entryOf(file, device.name, index, named.get(device.name) ?? [], options))
  const ours = new Map(file.devices.map(d => [d.name, d]))
  const others = [...named].flatMap(([name, all]) => {
    const entries = ours.get(name)?.site === undefined ? apart(name, all, file) : []
    return ours.has(name) ? entries.slice(1) : entries
  })
  return [...own, ...others.map(([name, some]) => entryOf(file, name, null, some, options))]
}

/** Only the devices that the limit of their source lets through. */
function chosen(file: InventoryFile, gathered: readonly Gathered[], { layers, unfit }: CombineOptions): Gathered[] {
  return file.sources.flatMap((source, index) => {
    const all = gathered.filter(d => d.source === index)
    if (source.limit === undefined) return all
    let limit: Limit
    try {
      limit = parseLimit(source.limit, 'limit')
    } catch (error) {
      unfit(index, (error as Error).message)
      return all
    }
    const taken = (device: Gathered, open: ReadonlySet<string>) => {
      const { settings } = settle([layers.defaults(), ...layers.groups(source.groups), ...layers.source(device, index)])
      return limit.fits({
        name: device.name,
        site: settings.site ?? NO_SITE,
        role: settings.role ?? null,
        tags: settings.tags ?? [],
        groups: source.groups,
        platform: settings.platform ?? 'auto',
        host: device.host ?? device.implied ?? null,
        open,
      })
    }
    if (!all.some(device => taken(device, NOTHING)))
      unfit(index, `limit ${source.limit} fits none of the ${all.length} devices of this source`)
    return all.filter(device => taken(device, hiddenIn(device)))
  })
}

const NOTHING: ReadonlySet<string> = new Set()

/** Keys of limits whose values a device has and nobody here can read. */
const hiddenIn = ({ hidden, adrift }: Gathered): ReadonlySet<string> =>
  hidden.size === 0 && !adrift
    ? NOTHING
    : new Set([...(adrift ? ['site'] : []), ...[...hidden].map(setting => (setting === 'tags' ? 'tag' : setting))])

/** Devices of one name that stand at different sites are two, of which nobody knows which is meant: both sites stay open. */
function apart(name: string, all: readonly Gathered[], file: InventoryFile): [string, readonly Gathered[]][] {
  const sites = new Map<string, Gathered[]>()
  for (const device of all) {
    const site = siteOf(device, file)
    if (site === undefined) continue
    sites.set(site, [...(sites.get(site) ?? []), device])
  }
  if (sites.size < 2) return [[name, all]]
  return [
    [name, all],
    ...[...sites.values()].slice(1).map((some, n): [string, readonly Gathered[]] => [`${name}~${n + 2}`, [...some, ...all]]),
  ]
}

const siteOf = (device: Gathered, file: InventoryFile): string | undefined => {
  const site = device.settings.site ?? file.sources[device.source]?.site
  return site === undefined ? undefined : siteKey(site)
}

function entryOf(
  file: InventoryFile,
  name: string,
  own: number | null,
  all: readonly Gathered[],
  { layers, short }: CombineOptions,
): Entry {
  const listed = own === null ? undefined : file.devices[own]
  const sourceGroups = all.flatMap(d => file.sources[d.source]?.groups ?? [])
  const groups = [...new Set([...sourceGroups, ...(listed?.groups ?? [])])]
  // What was named first wins, so it lies on top.
  const foreign = [...all].reverse().flatMap(device => layers.source(device, device.source))
  const hosted = all.find(d => d.host !== undefined) ?? all.find(d => d.implied !== undefined)
  const kind = (place: string | undefined) => (place === undefined ? undefined : short(place))
  const [first] = all
  return {
    name,
    own,
    place: first?.place ?? '',
    groups,
    layers: [
      layers.defaults(),
      ...layers.groups([...new Set(sourceGroups)]),
      ...foreign,
      ...layers.groups(listed?.groups ?? []),
      ...(own === null ? [] : [layers.device(own)]),
    ],
    host: listed?.host ?? hosted?.host ?? hosted?.implied,
    hostOrigin: () =>
      own !== null && (listed?.host ?? listed?.config) !== undefined
        ? layers.device(own).whence(listed?.host === undefined ? 'config' : 'host')
        : hosted && `source ${sourceKind(file, hosted)} ${kind(hosted.places.get('host') ?? hosted.place) ?? ''}`,
    groupsOrigin: () =>
      own !== null && listed?.groups.length ? layers.device(own).whence('groups') : first && `source ${sourceKind(file, first)}`,
    troubles: all.flatMap(d => [...d.troubles]),
    ...contradictions(all, file, listed),
  }
}

const sourceKind = (file: InventoryFile, { source }: Gathered): string => {
  const entry = file.sources[source]
  return (entry && kindOf(entry)) ?? ''
}

/** What the sources say against each other, and against themselves; what our own entry says ends the argument. */
function contradictions(
  all: readonly Gathered[],
  file: InventoryFile,
  own: InventoryFile['devices'][number] | undefined,
): Pick<Entry, 'trouble' | 'adrift' | 'anywhere'> {
  const placed = { adrift: false, anywhere: false }
  if (own?.site === undefined) {
    const hidden = unsited(all) ?? all.find(d => d.adrift)?.trouble
    const site = moved(all, d => siteOf(d, file)) ?? hidden
    if (site) return { trouble: site, adrift: true, anywhere: Boolean(hidden) }
  }
  if (own?.host !== undefined || own?.config !== undefined) return { trouble: null, ...placed }
  // A name and an address may mean the same, and then what was named first holds; two addresses do not.
  const addressed = moved(all, d => (d.host !== undefined && isIP(d.host) !== 0 ? d.host.toLowerCase() : undefined))
  return { trouble: addressed ?? all.find(d => d.trouble !== null)?.trouble ?? null, ...placed }
}

/** Two that say different things where one device can be only one. */
function moved(all: readonly Gathered[], read: (device: Gathered) => string | undefined): string | null {
  const said = all.filter(d => read(d) !== undefined)
  const [first] = said
  const other = said.find(d => first && read(d) !== read(first))
  return first && other
    ? `${first.place} says ${shown(read(first))} and ${other.place} says ${shown(read(other))}; list it under devices: with what is right`
    : null
}

const unsited = (all: readonly Gathered[]): string | null => all.flatMap(d => d.troubles.get('site') ?? [])[0] ?? null
