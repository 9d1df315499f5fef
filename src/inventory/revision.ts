// A folder as it was in a revision of a git repository, read without checking anything out.
import { posix } from 'node:path'
import type { Companion } from '../model/inventory.ts'
import type { Manifest } from '../model/snapshot.ts'
import { companionPaths } from './companion.ts'
import { decode } from './decode.ts'
import { type Blob, blobReader, commitTimes, listTree, type Where } from './git.ts'
import type { Place } from './place.ts'
import { type ConfigOwner, collectedFrom } from './read-config.ts'
import { some } from './sources/sourced.ts'
import type { Stored } from './store.ts'
import { isElse } from './walk.ts'

/** A tree of a repository, found. */
export interface Tree {
  readonly where: Where
  /** As the user calls it: `main:configs`. */
  readonly name: string
  readonly id: string
  /** Where it stands in the commit, with a slash at the end; empty for its root. */
  readonly prefix: string
  /** Null where the name is that of a tree that belongs to no commit. */
  readonly commit: string | null
}

/** What a tree holds; nothing in it is read yet. */
export interface Revision {
  /** The text of one of its files; null where there is no such file. */
  text(path: string): string | null
  /** The tree as a place, with what its manifest says. */
  place(manifest: Manifest | null): Place
}

/** Bytes that are read ahead where a file is wanted again, for the lines that a finding cites. */
const AGAIN = 2 * 1024 * 1024
/** Links that lead to links. */
const MOST_LINKS = 8

/** Looks into a tree. Throws in words what git says where it cannot be read. */
export function openTree({ where, name, id, prefix, commit }: Tree): Revision {
  const all = listTree(where, id)
  const first = blobReader(where, all)
  const again = blobReader(where, all, AGAIN)
  const byPath = new Map(all.map(blob => [blob.path, blob]))
  const folders = new Set(all.flatMap(({ path }) => foldersOf(path)))
  const fileOf = (path: string) => `${name}${name.endsWith(':') ? '' : '/'}${posix.normalize(path)}`
  const pathOf = (file: string) => file.slice(fileOf('x').length - 1)

  /** The path that links lead to in the end; one that leads out of the tree is none of its paths. */
  const target = (path: string, links = 0): string => {
    const blob = byPath.get(path)
    if (blob?.kind !== 'link' || links === MOST_LINKS) return path
    return target(posix.join(posix.dirname(path), first(blob.id).toString('utf8')), links + 1)
  }
  const fileAt = (path: string): Blob | undefined => {
    const blob = byPath.get(target(path))
    return blob?.kind === 'file' ? blob : undefined
  }
  /** What is read of a folder on disk, too. A link to a folder is none: what that holds is read where it stands, unless it is hidden there. */
  const isConfiguration = ({ path, kind }: Blob): boolean => {
    if (kind === 'module' || isHidden(path)) return false
    if (kind === 'link' && folders.has(target(path)) && !isHidden(target(path))) return false
    return !isElse(path, () => {
      const blob = fileAt(path)
      return blob ? first(blob.id) : Buffer.alloc(0)
    })
  }
  let times: ReadonlyMap<string, Date> | undefined
  const dateOf = (path: string) => {
    times ??= commit === null ? new Map() : commitTimes(where, { commit, prefix })
    return times.get(path) ?? new Date(0)
  }
  const companions = (path: string, device: string): Companion[] =>
    companionPaths(path, device).flatMap(beside => {
      const blob = fileAt(beside)
      return blob ? [{ file: fileOf(beside), text: decode(first(blob.id)) ?? '' }] : []
    })
  const read = (path: string, owner: ConfigOwner) => {
    let known = false
    const bytes = () => {
      const blob = fileAt(path)
      if (!blob) throw new Error('it is a link that leads to no file of the revision')
      const reader = known ? again : first
      known = true
      return reader(blob.id)
    }
    const file = fileOf(path)
    const beside = () => companions(path, owner.device)
    return collectedFrom({ file, bytes, blob: fileAt(path)?.id, date: () => dateOf(path), companions: beside }, owner)
  }

  return {
    text(path) {
      const blob = fileAt(path)
      return blob
        ? first(blob.id)
            .toString('utf8')
            .replace(/^\ufeff/, '')
        : null
    },
    place: manifest => ({
      name: `the revision ${name}`,
      manifest,
      fileOf,
      has: file => byPath.has(pathOf(file)),
      read: (file, owner) => read(pathOf(file), owner),
      open: (known, warn) => {
        const modules = all.filter(b => b.kind === 'module' && !isHidden(b.path)).map(b => fileOf(b.path))
        if (modules.length > 0)
          warn(`${some(modules)} ${modules.length === 1 ? 'is a submodule' : 'are submodules'}, whose files are not read`)
        const stored = all
          .filter(blob => !known.has(fileOf(blob.path)) && isConfiguration(blob))
          .map(({ path }): Stored => ({ file: fileOf(path), long: path, read: owner => read(path, owner) }))
          // As a folder on disk is read: which of two captures of one router comes first must not depend on where they are kept.
          .sort((a, b) => (a.long < b.long ? -1 : 1))
        // Routers may be in there: those that an inventory lists are missing by their names, others have none.
        const missing = modules.map(file => ({
          device: pathOf(file),
          file,
          reason: `${file} is a submodule, whose files are not read; name a checkout of it`,
        }))
        return { stored, missing }
      },
    }),
  }
}

const isHidden = (path: string): boolean => path.split('/').some(part => part.startsWith('.'))

/** The folders that a path leads through. */
const foldersOf = (path: string): string[] =>
  path
    .split('/')
    .slice(0, -1)
    .map((_, n, parts) => parts.slice(0, n + 1).join('/'))
