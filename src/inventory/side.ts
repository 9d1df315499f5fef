// One side of a comparison, as it is named on the command line: a folder, or a revision of a git repository.
import { existsSync, statSync } from 'node:fs'
import { MANIFEST } from '../model/snapshot.ts'
import { Trouble } from '../model/trouble.ts'
import { folderIn } from './folder-place.ts'
import { idOf, prefixOf, typeOf, type Where } from './git.ts'
import type { Place } from './place.ts'
import { openTree, type Tree } from './revision.ts'

/** What a side is looked for with. */
export interface SideOptions {
  /** The option that names it, for complaints: `--current`. */
  readonly option: string
  /** The folder whose repository revisions are looked for in. */
  readonly cwd: string
  /** What the other side is: a revision alone means that folder there, if it is one. */
  readonly other?: string | undefined
}

/** Finds the place that a side names; a folder comes before a revision of the same name. Throws one sentence where it is neither. */
export async function openSide(given: string, options: SideOptions): Promise<Place> {
  const { option } = options
  const said = `${option} ${given}`
  if (given === '')
    throw new Trouble('usage', `${option} names nothing; write a folder, or a git revision such as main or main:configs`)
  if (given.startsWith('-'))
    throw new Trouble('usage', `${said}: neither a folder nor a git revision begins with a hyphen; write ./${given} for a folder`)
  if (isFolder(given)) return folderIn(given)
  if (existsSync(given)) throw new Trouble('usage', `${said} is a file; name the folder it stands in`)
  const tree = findTree(given, options)
  try {
    const revision = openTree(tree)
    const text = revision.text(MANIFEST)
    if (text === null) return revision.place(null)
    const { manifestOf } = await import('./read-manifest.ts')
    return revision.place(manifestOf(`${tree.name}/${MANIFEST}`, text))
  } catch (error) {
    if (error instanceof Trouble) throw error
    throw new Trouble('usage', `${said} cannot be read: ${(error as Error).message}`)
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** `REV` means the folder of the other side, or the current one; `REV:path` is a path from the root, `REV:./path` from here. */
function findTree(given: string, { option, cwd, other }: SideOptions): Tree {
  const said = `${option} ${given}`
  const colon = given.indexOf(':')
  const revision = colon < 0 ? given : given.slice(0, colon)
  if (revision === '') throw new Trouble('usage', `${said} names no revision in front of the colon; write main:configs`)
  try {
    const beside = colon < 0 && other !== undefined && isFolder(other) ? prefixIn(other) : null
    const where: Where = { folder: beside === null ? cwd : (other as string) }
    const here = beside ?? prefixOf(cwd)
    const root = idOf(where, `${revision}^{tree}`)
    if (root === null) throw new Trouble('usage', `${said}: ${missing(revision, where)}`)
    const path = colon < 0 ? './' : given.slice(colon + 1)
    const id = path === '' ? root : idOf(where, `${revision}:${path}`)
    const prefix = path === '' ? '' : prefixTo(path, here)
    if (id === null || prefix === null)
      throw new Trouble(
        'usage',
        `${said}: there is no folder ${prefix?.replace(/\/$/, '') ?? path} in ${revision}; write ${revision}:PATH from the root of the repository`,
      )
    if (typeOf(where, id) !== 'tree') throw new Trouble('usage', `${said} is a file; name the folder it stands in`)
    return { where, id, prefix, name: `${revision}:${prefix.replace(/\/$/, '')}`, commit: idOf(where, `${revision}^{commit}`) }
  } catch (error) {
    if (error instanceof Trouble) throw error
    const { message } = error as Error
    throw new Trouble(
      'usage',
      `${said} is no folder, and as a git revision it cannot be read: ${message.replace(/ \(or any .*$/, '')}`,
    )
  }
}

/** Where a folder stands in its repository; null where it stands in none. */
function prefixIn(folder: string): string | null {
  try {
    return prefixOf(folder)
  } catch {
    return null
  }
}

/** The path of a tree from the root, with a slash at the end; null where it leads out. `here` is where relative ones begin. */
function prefixTo(path: string, here: string): string | null {
  const parts: string[] = []
  for (const part of `${/^\.\.?(\/|$)/.test(path) ? here : ''}${path}`.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null
    if (part !== '..' && part !== '.' && part !== '') parts.push(part)
  }
  return parts.length === 0 ? '' : `${parts.join('/')}/`
}

/** A name that stands for no commit. In a pipeline the history is often not there. */
function missing(revision: string, where: Where): string {
  const commits = idOf(where, 'HEAD^{commit}') !== null
  return commits
    ? `there is neither a folder nor a git revision ${revision} here; check the name, or fetch it (git fetch; pipelines mostly clone without history)`
    : `there is no folder ${revision}, and the git repository here has no commit yet`
}
