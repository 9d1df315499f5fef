// Stored results: one compressed file per run, for as long as they are wanted.
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { makeFolder } from '../collect/folder.ts'
import { replace } from '../collect/stored.ts'
import type { Result } from '../model/result.ts'
import { syncFolder } from './journal.ts'

/** How long results are kept: so many of them, or so many milliseconds. The latest always is. */
export type Keep = { readonly results: number } | { readonly milliseconds: number }

/** Below the state. */
export const RESULTS = 'results'
/** `000042-20261123T084500Z.json.gz`: the run, and when it started. */
const NAME = /^(\d{6,})-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z\.json\.gz$/

interface Stored {
  readonly name: string
  readonly run: number
  readonly started: number
}

/** What is there, in the order of the runs. */
function stored(dir: string): Stored[] {
  let names: string[]
  try {
    names = readdirSync(join(dir, RESULTS))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
  return names
    .flatMap(name => {
      const [, run, ...time] = NAME.exec(name) ?? []
      if (run === undefined) return []
      const [year, month, ...rest] = time.map(Number)
      return [
        { name, run: Number(run), started: Date.UTC(year ?? 0, (month ?? 1) - 1, ...(rest as [number, number, number, number])) },
      ]
    })
    .sort((a, b) => a.run - b.run)
}

/** The highest number that any stored result has; 0 where there is none. A run that was killed may have left one. */
export const lastStored = (dir: string): number => stored(dir).at(-1)?.run ?? 0

/** Stores the result of a run, and returns its file relative to the state. It is on the disk then, or the system's error is thrown. */
export function store(dir: string, run: number, result: Result): string {
  const stamp = result.started_at.replace(/\.\d+Z$/, 'Z').replace(/[-:]/g, '')
  const file = join(RESULTS, `${String(run).padStart(6, '0')}-${stamp}.json.gz`)
  makeFolder(join(dir, RESULTS), 0o700)
  replace(join(dir, file), gzipSync(`${JSON.stringify(result)}\n`), { durable: true })
  syncFolder(join(dir, RESULTS))
  return file
}

/** Removes results whose time is over. Names that are no result's are left alone. */
export function prune(dir: string, keep: Keep, now: Date): void {
  const all = stored(dir)
  const over =
    'results' in keep
      ? all.slice(0, Math.max(0, all.length - Math.max(1, keep.results)))
      : all.slice(0, -1).filter(({ started }) => started < now.getTime() - keep.milliseconds)
  for (const { name } of over) rmSync(join(dir, RESULTS, name), { force: true })
}

/** Removes what killed runs have left half-written. Only for the run that has the lock. */
export function sweep(dir: string): void {
  for (const folder of [dir, join(dir, RESULTS)]) {
    let names: string[] = []
    try {
      names = readdirSync(folder)
    } catch {
      // Nothing has been stored yet.
    }
    for (const name of names) if (/^\..+\.\d+\.partial$/.test(name)) rmSync(join(folder, name), { force: true })
  }
}
