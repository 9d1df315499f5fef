// The devices of an inventory, settled: what holds for each, where it stands, and why one of them cannot be used.
import { type Access, type InventoryDevice, NO_SITE } from '../model/inventory.ts'
import { Trouble } from '../model/trouble.ts'
import { beside, type Reach } from './access.ts'
import type { Flaw } from './check.ts'
import type { Entry } from './combine.ts'
import { settle } from './layers.ts'
import { platformIdOf } from './platform-names.ts'
import type { InventoryFile } from './schema.ts'
import type { Settings } from './settings-schema.ts'
import { siteKey } from './site-key.ts'
import { some } from './sources/sourced.ts'
import { unreadable } from './sources/translate.ts'

/** A device, and where everything that holds for it stands. */
export interface ResolvedDevice {
  readonly device: InventoryDevice
  /** Index in our own list; null where only a source names it. */
  readonly own: number | null
  /** By setting: `username`, `ssh.port`, `host`; those that nobody sets are absent. */
  origins(): ReadonlyMap<string, string>
  readonly settings: Settings
  /** Name or address as an inventory gives it; null for a device that is read from a file. */
  readonly host: string | null
}

/** What settling needs. */
export interface DeviceOptions {
  readonly file: string
  readonly data: InventoryFile
  readonly reach: Reach
  /** Ids of the platforms that can be read; null where nobody checks. */
  readonly platforms: readonly string[] | undefined
  readonly warn: (sentence: string) => void
}

/** Settings of another inventory without which ours can do, when it says them itself. */
const REPLACEABLE: Readonly<Record<string, string>> = {
  username: 'username',
  key: 'key',
  proxy_jump: 'ssh.proxy_jump',
  ssh_config: 'ssh.config',
}
/** Settings that only serve to choose devices by. */
const HARMLESS = new Set(['role', 'tags'])
const NOWHERE: ReadonlyMap<string, string> = new Map()

/** Settles all entries, in their order. */
export function devicesOf(entries: readonly Entry[], options: DeviceOptions): ResolvedDevice[] {
  const replaced = new Map<string, string[]>()
  const site = oneSpelling(options)
  const devices = entries.map(entry => deviceOf(entry, options, site, replaced))
  for (const [sentence, names] of replaced) options.warn(`${sentence} (${some(names)})`)
  site.tell()
  return devices
}

function deviceOf(entry: Entry, options: DeviceOptions, site: Spelling, replaced: Map<string, string[]>): ResolvedDevice {
  const { settings, origins } = settle(entry.layers)
  const listed = entry.own === null ? undefined : options.data.devices[entry.own]
  const placesOf = () => {
    const places = origins()
    const [host, groups] = [entry.hostOrigin(), entry.groupsOrigin()]
    if (host !== undefined) places.set(listed?.config === undefined ? 'host' : 'config', host)
    if (groups !== undefined) places.set('groups', groups)
    return places
  }
  const platform = platformIdOf(settings.platform ?? 'auto') ?? settings.platform ?? 'auto'
  const base = {
    name: entry.name,
    site: site.of(settings.site ?? NO_SITE),
    platform,
    role: settings.role ?? null,
    tags: settings.tags ?? [],
    groups: entry.groups,
  }
  const resolved = (from: InventoryDevice['from']): ResolvedDevice => ({
    device: { from, ...base },
    own: entry.own,
    origins: placesOf,
    settings,
    host: listed?.config === undefined ? (entry.host ?? null) : null,
  })
  const unusable = (reason: string): ResolvedDevice =>
    resolved({
      ...{ unusable: reason, place: entry.place || options.file },
      ...(entry.adrift && { adrift: true as const }),
      ...(entry.anywhere && { anywhere: true as const }),
    })

  if (entry.trouble !== null) return unusable(entry.trouble)
  if (listed?.config !== undefined) return resolved({ file: beside(options.file, listed.config) })
  const [settingsAt, places] = entry.troubles.length > 0 ? [origins(), placesOf()] : [NOWHERE, NOWHERE]
  for (const [setting, reason] of entry.troubles) {
    const said = settingsAt.get(REPLACEABLE[setting] ?? '')
    const overruled = entry.own !== null && places.get(setting === 'port' ? 'ssh.port' : setting)?.startsWith('source ') === false
    if (said !== undefined || HARMLESS.has(setting)) {
      const sentence = `${reason.replace(/^\S+: /, '')}; ${said === undefined ? 'it is left out' : `what ${said} says is used`}`
      replaced.set(sentence, [...(replaced.get(sentence) ?? []), entry.name])
    } else if (!overruled) return unusable(reason)
  }
  if (entry.host === undefined)
    return unusable(`${entry.place}: it has no address there; give it one, or list it under devices: with its host`)
  const foreign = unreadable(platform, options.platforms)
  if (foreign !== null) return unusable(`${foreign}; nothing was collected from it`)
  try {
    return resolved({ ssh: options.reach(entry.host, settings) })
  } catch (error) {
    // What our own list says is ours to correct at once; another inventory must not stop the rest.
    if (!(error instanceof Trouble) || entry.own !== null) throw error
    return unusable(error.message)
  }
}

/** Turns devices of sources that nobody could log in to, or that are another one under a second name, into failures. */
export function withFlaws(devices: readonly ResolvedDevice[], flaws: ReadonlyMap<InventoryDevice, Flaw>): ResolvedDevice[] {
  return devices.map(resolved => {
    const reason = flaws.get(resolved.device)?.message
    if (reason === undefined || resolved.own !== null) return resolved
    const place = resolved.origins().get('host') ?? ''
    return { ...resolved, device: { ...resolved.device, from: { unusable: reason, place: place.replace(/^source \w+ /, '') } } }
  })
}

/** The way into a device; null where there is none. */
export const wayTo = ({ device, host, settings }: ResolvedDevice, reach: Reach): Access | null =>
  'ssh' in device.from && host !== null ? reach(host, settings) : null

/** The same as it would be without any SSH configuration. */
export const withoutConfig = (resolved: ResolvedDevice, reach: Reach): Access | null =>
  wayTo({ ...resolved, settings: { ...resolved.settings, ssh: { ...resolved.settings.ssh, config: 'none' } } }, reach)

interface Spelling {
  of(site: string): string
  tell(): void
}

/** A site in two spellings would be two, and the routers of a segment judged apart. Our own spelling holds, else the first. */
function oneSpelling({ data, warn }: DeviceOptions): Spelling {
  const ours = [...data.devices, ...Object.values(data.groups), data.defaults].flatMap(({ site }) => site ?? [])
  const first = new Map<string, string>()
  for (const site of [...ours, ...data.pxe_points.flatMap(p => p.sites ?? [])])
    if (!first.has(siteKey(site))) first.set(siteKey(site), site)
  const told = new Set<string>()
  return {
    of(site) {
      const before = first.get(siteKey(site)) ?? site
      first.set(siteKey(site), before)
      if (before !== site) told.add(`site "${site}" of a source is taken for "${before}"`)
      return before
    },
    tell() {
      for (const sentence of told) warn(sentence)
    },
  }
}
