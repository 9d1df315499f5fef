// The folder of a change pack: new, empty, or a pack that nobody has touched; written whole or not at all.
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join, relative, resolve, sep } from 'node:path'
import { Trouble } from '../model/trouble.ts'
import { packSchema } from '../report/pack-schema.ts'
import { makeFolder } from '../writing.ts'

const MANIFEST = 'manifest.json'

/** Throws where the folder holds anything that would be lost. */
export function checkFolder(dir: string): void {
  if (!existsSync(dir)) return
  if (!statSync(dir).isDirectory()) throw new Trouble('usage', `${dir} is a file; name a folder for the pack`)
  const files = filesIn(dir)
  if (files.length === 0) return
  const listed = manifestOf(dir)
  if (!listed) throw new Trouble('usage', `${dir} holds files and no pack; name an empty folder, or that of a pack`)
  for (const file of files) {
    const wanted = listed.get(file)
    if (wanted === undefined && file !== MANIFEST)
      throw new Trouble('usage', `${join(dir, file)} is no part of the pack and would be lost; move it, or name another folder`)
    if (wanted !== undefined && wanted !== hashOf(join(dir, file)))
      throw new Trouble('usage', `${join(dir, file)} was changed since the pack was written; move it, or name another folder`)
  }
}

/** Writes a pack beside its place and then puts it there, for its owner only. Throws one sentence where that fails. */
export function writePack(dir: string, files: readonly { readonly path: string; readonly content: string }[]): void {
  const target = existsSync(dir) ? realpathSync(dir) : resolve(dir)
  const beside = (what: string) => join(dirname(target), `.${basename(target)}.${process.pid}.${what}`)
  const [partial, old] = [beside('partial'), beside('old')]
  try {
    makeFolder(dirname(target))
    rmSync(partial, { recursive: true, force: true })
    mkdirSync(partial, { mode: 0o700 })
    for (const { path, content } of files) {
      const file = join(partial, ...path.split('/'))
      makeFolder(dirname(file), 0o700)
      // The manifest tells by digest whether the others survived a loss of power; to wait for each would take its time.
      writeFileSync(file, content, { mode: 0o600, flag: 'wx', flush: path === MANIFEST })
    }
    if (existsSync(target)) renameSync(target, old)
    renameSync(partial, target)
    rmSync(old, { recursive: true, force: true })
  } catch (error) {
    clear(() => rmSync(partial, { recursive: true, force: true }))
    clear(() => existsSync(old) && !existsSync(target) && renameSync(old, target))
    const { code = 'no reason given' } = error as NodeJS.ErrnoException
    throw new Trouble('usage', `the pack cannot be written to ${dir} (${code}); name a folder you may write`)
  }
}

/** Tidies up after a failure, which is what there is to tell of. */
function clear(act: () => unknown): void {
  try {
    act()
  } catch {}
}

/** All files below a folder, with slashes. */
const filesIn = (dir: string): string[] =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter(entry => !entry.isDirectory())
    .map(entry => relative(dir, join(entry.parentPath, entry.name)).split(sep).join('/'))

/** The files of the pack that is there, with their hashes; null where none is. */
function manifestOf(dir: string): ReadonlyMap<string, string> | null {
  try {
    const { files } = packSchema.parse(JSON.parse(readFileSync(join(dir, MANIFEST), 'utf8')))
    return new Map(files.map(({ path, sha256 }) => [path, sha256]))
  } catch {
    return null
  }
}

const hashOf = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
