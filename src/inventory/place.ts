// Where configurations are kept, and which devices they belong to.
import { existsSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Collected, type CollectedText, NO_SITE } from '../model/inventory.ts'
import { MANIFEST, type Manifest, type ManifestDevice } from '../model/snapshot.ts'
import { Trouble } from '../model/trouble.ts'
import { companionOf, companionPaths, companionReader, ENDING } from './companion.ts'
import { type ConfigOwner, readConfig } from './read-config.ts'
import { openStore, type Store, type Stored } from './store.ts'

/** Takes what the user should know. */
export type Warn = (sentence: string) => void

/** A folder, or one as it was in a revision of a git repository. */
export interface Place {
  /** In sentences: `the folder configs`. */
  readonly name: string
  /** What its manifest says; null where there is none. */
  readonly manifest: Manifest | null
  /** What a file of it is called in reports, by its path in the place. */
  fileOf(path: string): string
  /** Whether there is a file of that name in reports. */
  has(file: string): boolean
  read(file: string, owner: ConfigOwner): Collected
  /** What it holds besides the files of that name in reports. */
  open(known: ReadonlySet<string>, warn: Warn): Store
}

/** A folder as a place. */
export function folderAt(dir: string, manifest: Manifest | null): Place {
  const companionsOf = companionReader()
  return {
    name: `the folder ${dir}`,
    manifest,
    fileOf: path => join(dir, path),
    has: existsSync,
    read: (file, owner) => readConfig(file, owner, companionsOf),
    open: (known, warn) => openStore(dir, known, warn),
  }
}

/** What is said of a device elsewhere than in the place. */
export type Own = Pick<ConfigOwner, 'site' | 'platform' | 'named'>

/** A configuration of a place, not read yet. */
export interface Entry {
  readonly device: string
  /** What it is called in reports; null where there is none. */
  readonly file: string | null
  /** Its path in the place; null where there is none. */
  readonly path: string | null
  /** What a manifest says of the device; null where none lists it. */
  readonly stated: { readonly site: string; readonly platform: string } | null
  /**
   * Reads it, with the site and the platform that an inventory gives the device; `auto` leaves the platform to the manifest. `before`
   * is an earlier capture: the same bytes are not made into text again.
   */
  read(own?: Own, before?: CollectedText): Collected
}

/** What is known of a device that nobody describes. */
const UNKNOWN = { site: NO_SITE, platform: 'auto' }

/**
 * What is in a place: the devices of its manifest, then the configurations that none lists. `edited`: files may have been changed by
 * hand since the manifest was written, so that one that it does not describe is a new one, not a spoilt one.
 */
export function list(place: Place, warn: Warn = () => {}, edited = false): Entry[] {
  const { manifest, fileOf } = place
  const listed = manifest?.devices ?? []
  const known = new Set(listed.flatMap(({ file }) => (file === null ? [] : [fileOf(file)])))
  const { stored: all, missing } = place.open(known, warn)
  const others = all.filter(({ file }) => companionOf(file) === undefined)
  if (listed.length + others.length === 0)
    throw new Trouble('usage', `there is no configuration in ${place.name}; name the folder that holds them`)
  const sites = [...new Set(listed.map(d => d.site))]
  if (manifest && others.length > 0 && sites.length < 2) {
    const few = others.slice(0, 5).map(({ long }) => long)
    const more = others.length > few.length ? ` and ${others.length - few.length} more` : ''
    const are = others.length === 1 ? 'is' : 'are'
    warn(`${few.join(', ')}${more} ${are} not listed in ${fileOf(MANIFEST)} and ${are} read all the same`)
  }
  const unlisted = named(others, new Set(listed.map(d => d.name)), sites)
  const entries = [...listed.map(device => listedEntry(place, device, edited)), ...unlisted]
  const names = new Set(entries.map(e => e.device))
  const absent = missing.filter(m => !names.has(m.device)).map(({ device, file, reason }) => lost(device, file, reason))
  return [...entries, ...orphans(all, entries, place), ...absent]
}

/** A device of which there is nothing to read. */
const lost = (device: string, file: string, reason: string): Entry => ({
  device,
  file,
  path: null,
  stated: null,
  read: own => ({ ...(own ?? { ...UNKNOWN, adrift: true }), device, file, state: 'failed', reason }),
})

/** Companions that belong to no configuration: a router of which only the operational output is there is one nobody audits. */
function orphans(all: readonly Stored[], entries: readonly Entry[], { fileOf }: Place): Entry[] {
  if (all.every(({ file }) => companionOf(file) === undefined)) return []
  const claimed = new Set(entries.flatMap(({ path, device }) => (path === null ? [] : companionPaths(path, device).map(fileOf))))
  const names = new Set(entries.map(e => e.device))
  return all.flatMap(({ file, long }): Entry[] => {
    const name = companionOf(file)
    if (name === undefined || claimed.has(file)) return []
    const device = names.has(name) ? long : name
    const reason = `${file} holds output of show commands, and no configuration ${device} stands beside it; add that, or rename the file if it is one`
    return [lost(device, file, reason)]
  })
}

/** A device that the manifest lists: what it states is held against what is there. */
function listedEntry(
  place: Place,
  { name, site, platform, status, reason, file, adrift, ...stated }: ManifestDevice,
  edited: boolean,
): Entry {
  const path = place.fileOf(file ?? MANIFEST)
  const read: Entry['read'] = (own, before) => {
    const owner = {
      device: name,
      site: own?.site ?? site,
      platform: own && own.platform !== 'auto' ? own.platform : (platform ?? 'auto'),
    }
    const failed = (why: string): Collected => ({
      ...{ ...owner, file: path, state: 'failed', reason: why },
      ...(adrift && own === undefined ? { adrift } : {}),
    })
    if (status === 'failed') return failed(reason ?? 'the manifest says that it was not collected, and not why')
    if (!place.has(path)) return failed(`the manifest lists ${file}, and it is not there; collect ${name} again`)
    return place.read(path, { ...owner, stated: { ...stated, edited }, before })
  }
  return { device: name, file: file === null ? null : path, path: file, stated: { site, platform: platform ?? 'auto' }, read }
}

/**
 * Configurations that no manifest lists. They stand in its site, if it has one only: a router that is judged apart from its
 * neighbours would look like the only one that relays. They are called after their files; where two would have one name, after their
 * paths.
 */
function named(others: readonly Stored[], taken: ReadonlySet<string>, sites: readonly string[]): Entry[] {
  const paths = others.map(o => o.long)
  const longer = paths.map(path => path.replace(ENDING, ''))
  const short = longer.map(path => basename(path))
  const spellings = [short, longer, paths].map(names => ({ names, unique: once(names, taken) }))
  return others.map(({ file, long, read: readStored }, i) => {
    // No device of a manifest is called anything that begins with a dot.
    const device = spellings.find(({ names, unique }) => unique.has(names[i] ?? ''))?.names[i] ?? `./${long}`
    const read: Entry['read'] = (own, before) => {
      const { site, platform, named } = own ?? { ...UNKNOWN, site: sites[0] ?? UNKNOWN.site, named: undefined }
      if (own || sites.length < 2)
        return readStored({ device, site, platform, ...(named && { named }), ...(before && { before }) })
      const reason = `${file} is not listed in the manifest, which has several sites, so nobody knows where it stands; list it there, or remove it`
      return { device, site: UNKNOWN.site, platform, file, state: 'failed', reason, adrift: true }
    }
    return { device, file, path: long, stated: null, read }
  })
}

/** The names that occur once, and not among those that are taken. */
function once(names: readonly string[], taken: ReadonlySet<string>): Set<string> {
  const seen = new Set<string>(taken)
  const unique = new Set<string>()
  for (const name of names) {
    if (seen.has(name)) unique.delete(name)
    else unique.add(name)
    seen.add(name)
  }
  return unique
}
