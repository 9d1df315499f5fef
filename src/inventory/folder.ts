// A folder of configurations, for audits without an inventory.
import { readdirSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import type { Collected } from '../model/inventory.ts'
import { Trouble } from '../model/trouble.ts'
import { companionOf, companionPaths, ENDING } from './companion.ts'
import { type ConfigOwner, readConfig } from './read-config.ts'

/** What people keep beside configurations. Anything else is read: a file left out by mistake would be a router nobody audits. */
const ELSE = /\.(md|markdown|rst|json|jsonl|ya?ml|html?|png|jpe?g|gif|svg|pdf|csv|tsv|xlsx?|docx?|pptx?|py|js|ts|sh)$/i

/** Reads every configuration below a folder, sorted by path. Platform `auto`, site `default`. */
export const readFolder = (dir: string): Collected[] => [...streamFolder(dir)]

/** The same, one at a time: no more than one configuration needs to be in memory. */
export function* streamFolder(dir: string): Generator<Collected> {
  const { configurations, orphans } = listFolder(dir)
  for (const { file, owner } of configurations) yield readConfig(file, owner)
  for (const { file, owner } of orphans) yield { ...owner, file, state: 'failed', reason: lonely(file, owner.device) }
}

/** A router of which only the operational output is there is a router nobody audits. */
const lonely = (file: string, device: string) =>
  `${file} holds output of show commands, and no configuration ${device} stands beside it; add that, or rename the file if it is one`

interface Owned {
  readonly file: string
  readonly owner: ConfigOwner
}

/** The configurations below a folder, the names of the devices they belong to, and companions that belong to none. */
function listFolder(dir: string): { readonly configurations: readonly Owned[]; readonly orphans: readonly Owned[] } {
  const all = walk(dir).sort()
  const paths = all.filter(path => companionOf(path) === undefined)
  if (paths.length === 0)
    throw new Trouble('usage', `there is no configuration in the folder ${dir}; name the folder that holds them`)
  const own = (device: string): ConfigOwner => ({ device, site: 'default', platform: 'auto' })
  const short = paths.map(path => basename(path).replace(ENDING, ''))
  const long = paths.map(path => relative(dir, path).split(sep).join('/'))
  const longer = long.map(path => path.replace(ENDING, ''))
  const configurations = paths.map((file, i) => ({
    file,
    owner: own([short, longer].find(names => once(names, names[i]))?.[i] ?? long[i] ?? file),
  }))
  const claimed = new Set(configurations.flatMap(({ file, owner }) => companionPaths(file, owner.device)))
  const names = new Set(configurations.map(c => c.owner.device))
  const orphans = all.flatMap(file => {
    const device = companionOf(file)
    if (device === undefined || claimed.has(file)) return []
    return [{ file, owner: own(names.has(device) ? relative(dir, file).split(sep).join('/') : device) }]
  })
  return { configurations, orphans }
}

const once = (names: readonly string[], name: string | undefined): boolean => names.filter(n => n === name).length === 1

function walk(dir: string): string[] {
  try {
    return readdirSync(dir, { withFileTypes: true }).flatMap(entry => {
      const path = join(dir, entry.name)
      if (entry.name.startsWith('.')) return []
      if (entry.isDirectory()) return walk(path)
      // A link to a file is a file; a link to a folder could lead round in a circle.
      if (entry.isSymbolicLink() && linksToFolder(path)) return []
      return (entry.isFile() || entry.isSymbolicLink()) && !ELSE.test(entry.name) ? [path] : []
    })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Trouble('usage', `there is no folder ${dir}; check the path`)
    if (code === 'ENOTDIR') throw new Trouble('usage', `${dir} is a file, not a folder; name the folder it stands in`)
    throw new Trouble('usage', `the folder ${dir} cannot be read (${code}); check that you may read it`)
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
