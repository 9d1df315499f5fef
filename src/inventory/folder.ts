// A folder of configurations: as a backup tool stores them, or a snapshot with a manifest.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import type { Collected } from '../model/inventory.ts'
import { MANIFEST, type ManifestDevice } from '../model/snapshot.ts'
import { Trouble } from '../model/trouble.ts'
import { companionOf, companionPaths, ENDING } from './companion.ts'
import { decode } from './decode.ts'
import { readConfig } from './read-config.ts'
import { readManifest } from './read-manifest.ts'

/** What people keep beside configurations. Anything else is read: a file left out by mistake would be a router nobody audits. */
const ELSE = /\.(md|markdown|rst|json|jsonl|ya?ml|html?|png|jpe?g|gif|svg|pdf|csv|tsv|xlsx?|docx?|pptx?|py|js|ts|sh)$/i

/** Endings of them that are top-level domains as well: backup tools name files after hosts, and some stand in Moldova. */
const DOMAINS = /\.(md|py|sh)$/i

/** A configuration of a folder, not read yet. */
export interface Entry {
  readonly device: string
  /** Where it stands; null where there is none. */
  readonly file: string | null
  /** Reads it, with the site and the platform that an inventory gives the device; `auto` leaves the platform to the manifest. */
  read(own?: { readonly site: string; readonly platform: string }): Collected
}

/** Reads every configuration below a folder. Where no manifest says more, platform `auto`, site `default`, sorted by path. */
export const readFolder = (dir: string, warn?: Warn): Collected[] => listFolder(dir, warn).map(entry => entry.read())

/** The same, one at a time: no more than one configuration needs to be in memory. */
export function* streamFolder(dir: string, warn?: Warn): Generator<Collected> {
  for (const entry of listFolder(dir, warn)) yield entry.read()
}

type Warn = (sentence: string) => void

/** What is known of a device that nobody describes. */
const UNKNOWN = { site: 'default', platform: 'auto' }

/** What is in a folder: the devices of its manifest, then the configurations that none lists. */
export function listFolder(dir: string, warn: Warn = () => {}): Entry[] {
  const manifest = readManifest(dir)
  const listed = manifest?.devices ?? []
  const known = new Set(listed.flatMap(({ file }) => (file === null ? [] : [join(dir, file)])))
  const all = walk(dir)
    .filter(path => !known.has(path))
    .sort()
  const others = all.filter(path => companionOf(path) === undefined)
  if (listed.length + others.length === 0)
    throw new Trouble('usage', `there is no configuration in the folder ${dir}; name the folder that holds them`)
  const sites = [...new Set(listed.map(d => d.site))]
  if (manifest && others.length > 0 && sites.length < 2) {
    const some = others.slice(0, 5).map(path => relative(dir, path))
    const more = others.length > some.length ? ` and ${others.length - some.length} more` : ''
    const are = others.length === 1 ? 'is' : 'are'
    warn(`${some.join(', ')}${more} ${are} not listed in ${join(dir, MANIFEST)} and ${are} read all the same`)
  }
  const unlisted = named(dir, others, new Set(listed.map(d => d.name)), sites)
  const entries = [...listed.map(device => listedEntry(dir, device)), ...unlisted]
  return [...entries, ...orphans(dir, all, entries)]
}

/** Companions that belong to no configuration: a router of which only the operational output is there is one nobody audits. */
function orphans(dir: string, paths: readonly string[], entries: readonly Entry[]): Entry[] {
  const claimed = new Set(entries.flatMap(({ file, device }) => (file === null ? [] : companionPaths(file, device))))
  const names = new Set(entries.map(e => e.device))
  return paths.flatMap((file): Entry[] => {
    const name = companionOf(file)
    if (name === undefined || claimed.has(file)) return []
    const device = names.has(name) ? relative(dir, file).split(sep).join('/') : name
    const reason = `${file} holds output of show commands, and no configuration ${device} stands beside it; add that, or rename the file if it is one`
    return [{ device, file, read: (own = UNKNOWN) => ({ ...own, device, file, state: 'failed', reason }) }]
  })
}

/** A device that the manifest lists: what it states is held against what is there. */
function listedEntry(dir: string, { name, site, platform, status, reason, file, ...stated }: ManifestDevice): Entry {
  const path = join(dir, file ?? MANIFEST)
  const read: Entry['read'] = own => {
    const owner = {
      device: name,
      site: own?.site ?? site,
      platform: own && own.platform !== 'auto' ? own.platform : (platform ?? 'auto'),
    }
    const failed = (why: string): Collected => ({ ...owner, file: path, state: 'failed', reason: why })
    if (status === 'failed') return failed(reason ?? 'the manifest says that it was not collected, and not why')
    if (!existsSync(path)) return failed(`the manifest lists ${file}, and it is not there; collect ${name} again`)
    return readConfig(path, { ...owner, stated })
  }
  return { device: name, file: file === null ? null : path, read }
}

/**
 * Configurations that no manifest lists. They stand in its site, if it has one only: a router that is judged apart from its
 * neighbours would look like the only one that relays. They are called after their files; where two would have one name, after their
 * paths.
 */
function named(dir: string, paths: readonly string[], taken: ReadonlySet<string>, sites: readonly string[]): Entry[] {
  const long = paths.map(path => relative(dir, path).split(sep).join('/'))
  const longer = long.map(path => path.replace(ENDING, ''))
  const short = longer.map(path => basename(path))
  const spellings = [short, longer, long].map(names => ({ names, unique: once(names, taken) }))
  return paths.map((path, i) => {
    // No device of a manifest is called anything that begins with a dot.
    const device = spellings.find(({ names, unique }) => unique.has(names[i] ?? ''))?.names[i] ?? `./${long[i]}`
    const read: Entry['read'] = own => {
      const { site, platform } = own ?? { ...UNKNOWN, site: sites[0] ?? UNKNOWN.site }
      if (own || sites.length < 2) return readConfig(path, { device, site, platform })
      const reason = `${path} is not listed in the manifest, which has several sites, so nobody knows where it stands; list it there, or remove it`
      return { device, site: UNKNOWN.site, platform, file: path, state: 'failed', reason }
    }
    return { device, file: path, read }
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

function walk(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).flatMap(entry => {
      const path = join(dir, entry.name)
      if (entry.name.startsWith('.')) return []
      if (entry.isDirectory()) return walk(path)
      // A link to a file is a file; a link to a folder could lead round in a circle.
      if (entry.isSymbolicLink() && linksToFolder(path)) return []
      return (entry.isFile() || entry.isSymbolicLink()) && !isElse(path) ? [path] : []
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Trouble('usage', `there is no folder ${dir}; check the path`)
    if (code === 'ENOTDIR') throw new Trouble('usage', `${dir} is a file, not a folder; name the folder it stands in`)
    throw new Trouble('usage', `the folder ${dir} cannot be read (${code}); check that you may read it`)
  }
}

/** True for what is no configuration by its name; where the name may be that of a host, its text decides. */
function isElse(path: string): boolean {
  if (!ELSE.test(path)) return false
  if (!DOMAINS.test(path)) return true
  try {
    const text = decode(readFileSync(path)) ?? ''
    return (
      !/^(?:hostname|switchname) \S+\s*$|^\s*(?:set system )?host-name \S/m.test(text) ||
      !/^(?:set )?interfaces? \S/m.test(text) ||
      /^(?:#!|```)/m.test(text)
    )
  } catch {
    return true
  }
}

function linksToFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // A broken link is kept: reading it fails, and the report says so.
    return false
  }
}
