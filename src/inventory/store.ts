// The configurations below a folder, wherever they are kept: in files, or in bare repositories of git.
import { existsSync } from 'node:fs'
import { basename, relative, sep } from 'node:path'
import type { Collected } from '../model/inventory.ts'
import { Trouble } from '../model/trouble.ts'
import { companionReader } from './companion.ts'
import { type Blob, blobReader, commitTimes, inWorkTree, listBlobs } from './git.ts'
import { type ConfigOwner, collectedFrom, readConfig } from './read-config.ts'
import { readRouterDb } from './sources/rancid.ts'
import { some } from './sources/sourced.ts'
import { type Found, isElse, walk } from './walk.ts'

/** One configuration of a store, not read yet. */
export interface Stored {
  /** What it is called in reports. */
  readonly file: string
  /** Its path in the store, for its name. */
  readonly long: string
  read(owner: ConfigOwner): Collected
}

/** What a store holds. */
export interface Store {
  readonly stored: readonly Stored[]
  /** Routers that RANCID collects and that it has no configuration of. */
  readonly missing: readonly { readonly device: string; readonly file: string; readonly reason: string }[]
}

type Warn = (sentence: string) => void

/** Looks through a folder. `known` are files that a manifest lists. */
export function openStore(dir: string, known: ReadonlySet<string>, warn: Warn): Store {
  const found = walk(dir)
  const unknown = found.files.filter(path => !known.has(path))
  const committed = timesOf(dir, unknown, warn)
  const companionsOf = companionReader()
  const files = unknown.map((file): Stored => {
    const long = relative(dir, file).split(sep).join('/')
    return { file, long, read: owner => readConfig(file, { ...owner, committed: committed.get(long) }, companionsOf) }
  })
  const blobs = found.repositories.flatMap(repository => inRepository(dir, repository))
  return { stored: [...files, ...blobs], missing: missingOf(found, warn) }
}

/** When files were committed; nothing where the folder stands in no work tree. */
function timesOf(dir: string, files: readonly string[], warn: Warn): ReadonlyMap<string, Date> {
  if (files.length === 0 || !inWorkTree(dir)) return new Map()
  try {
    return commitTimes({ folder: dir })
  } catch (error) {
    const { message } = error as Error
    // A repository without a commit has nothing to tell.
    if (message !== 'it has no commit yet')
      warn(`${dir} is under git, and ${message}; the times of files are taken for the age of configurations`)
    return new Map()
  }
}

/** The configurations of a bare repository; those of a group's own repository are called after the group. */
function inRepository(dir: string, repository: string): Stored[] {
  const group = relative(dir, repository)
    .split(sep)
    .join('/')
    .replace(/\.git$/, '')
  let blobs: Blob[]
  let times: ReadonlyMap<string, Date>
  try {
    blobs = listBlobs(repository)
    times = commitTimes({ bare: repository })
  } catch (error) {
    throw new Trouble('usage', `${repository} is a bare git repository, and ${(error as Error).message}; or name a clone of it`)
  }
  const bytesOf = blobReader({ bare: repository }, blobs)
  return blobs
    .filter(({ path, id }) => !path.split('/').some(part => part.startsWith('.')) && !isElse(path, () => bytesOf(id)))
    .map(({ path, id }) => {
      const file = `${repository}:${path}`
      return {
        file,
        long: group === '' ? path : `${group}/${path}`,
        read: owner =>
          collectedFrom(
            { file, bytes: () => bytesOf(id), date: () => times.get(path) ?? new Date(0), companions: () => [] },
            owner,
          ),
      }
    })
}

/** RANCID names files after devices, in lower case (router.db(5)). */
function missingOf({ lists, files }: Found, warn: Warn): Store['missing'] {
  return lists.flatMap(({ file, configs }) => {
    const there = new Set(
      files.filter(path => !relative(configs, path).startsWith('..')).map(path => basename(path).toLowerCase()),
    )
    const rows = rowsOf(file, warn)
    const down = rows.filter(r => r.state === 'down' && there.has(r.name.toLowerCase()))
    if (down.length > 0)
      warn(
        `${some(down.map(r => r.name))} in ${configs} ${down.length === 1 ? 'is' : 'are'} down in ${file}; the configurations may be out of date`,
      )
    const gone = rows.filter(r => r.state === 'down' && r.name !== '' && !there.has(r.name.toLowerCase()))
    if (gone.length > 0)
      warn(
        `${some(gone.map(r => r.name))} ${gone.length === 1 ? 'is' : 'are'} down in ${file} and ${gone.length === 1 ? 'has' : 'have'} no configuration in ${configs}: taken for out of service`,
      )
    return rows
      .filter(({ name, state }) => state === 'up' && name !== '' && !there.has(name.toLowerCase()))
      .map(({ name, place }) => ({
        device: name.toLowerCase().replace(/[/\\]/g, '_'),
        file: place,
        reason: `${place}: RANCID collects ${name}, and ${configs} holds no configuration of it; look why, or mark it down`,
      }))
  })
}

/** Nothing of a list that is none: Oxidized's has the same name and may be laid out in any way. */
function rowsOf(file: string, warn: Warn): ReturnType<typeof readRouterDb> {
  try {
    return existsSync(file) ? readRouterDb(file) : []
  } catch (error) {
    const { message } = error as Error
    if (!/it is empty/.test(message)) warn(`${message}; nobody knows which of its routers are missing`)
    return []
  }
}
