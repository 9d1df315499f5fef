// A folder of configurations, for audits without an inventory.
import { readdirSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import type { Collected } from '../model/inventory.ts'
import { Trouble } from '../model/trouble.ts'
import { type ConfigOwner, readConfig } from './read-config.ts'

/** What people keep beside configurations. Anything else is read: a file left out by mistake would be a router nobody audits. */
const ELSE = /\.(md|markdown|rst|json|jsonl|ya?ml|html?|png|jpe?g|gif|svg|pdf|csv|tsv|xlsx?|docx?|pptx?|py|js|ts|sh)$/i
/** Endings that are no part of a device's name; RANCID names files after hosts, so `r1.example.net` has no ending. */
const ENDING = /\.(cfg|conf|config|cnf|txt|text|log|rsc|run|running|startup|set|cap|capture|bak|backup)$/i

/** Reads every configuration below a folder, sorted by path. Platform `auto`, site `default`. */
export const readFolder = (dir: string): Collected[] => Array.from(listFolder(dir), ({ file, owner }) => readConfig(file, owner))

/** The same, one at a time: no more than one configuration needs to be in memory. */
export function* streamFolder(dir: string): Generator<Collected> {
  for (const { file, owner } of listFolder(dir)) yield readConfig(file, owner)
}

/** The configurations below a folder, and the names of the devices they belong to. */
function listFolder(dir: string): { readonly file: string; readonly owner: ConfigOwner }[] {
  const paths = walk(dir).sort()
  if (paths.length === 0)
    throw new Trouble('usage', `there is no configuration in the folder ${dir}; name the folder that holds them`)
  const short = paths.map(path => basename(path).replace(ENDING, ''))
  const long = paths.map(path => relative(dir, path).split(sep).join('/'))
  const longer = long.map(path => path.replace(ENDING, ''))
  return paths.map((path, i) => {
    const device = [short, longer].find(names => once(names, names[i]))?.[i] ?? long[i] ?? path
    return { file: path, owner: { device, site: 'default', platform: 'auto' } }
  })
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
