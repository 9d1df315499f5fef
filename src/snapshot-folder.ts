// The folder of a snapshot, before the first device: what is no snapshot is not written into, and nobody else writes meanwhile.
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { makeFolder } from './collect/folder.ts'
import { LOCK, type Occupied, occupy } from './collect/occupy.ts'
import { readManifest } from './inventory/read-manifest.ts'
import { MANIFEST, type Manifest } from './model/snapshot.ts'
import { Trouble } from './model/trouble.ts'

/** A folder that this run has to itself. */
export interface Taken {
  readonly lock: Occupied
  /** The manifest that it held when it was taken; null where it is new. */
  readonly previous: Manifest | null
}

/** Takes a folder, and reads its manifest after that: until then another run may still be writing it. */
export function takeFolder(dir: string, resume: boolean): Taken {
  try {
    refuseStrange(dir, resume)
    makeFolder(dir, 0o700)
    const lock = occupy(dir)
    try {
      return { lock, previous: readManifest(dir) }
    } catch (error) {
      lock.release()
      throw error
    }
  } catch (error) {
    throw unwritable(dir, error)
  }
}

function refuseStrange(dir: string, resume: boolean): void {
  const there = existsSync(dir)
  if (there && !statSync(dir).isDirectory()) throw new Trouble('usage', `${dir} is a file; name a folder for the snapshot`)
  if (existsSync(join(dir, MANIFEST))) return
  if (resume) throw new Trouble('usage', `there is no snapshot in ${dir} to resume; leave --resume out to begin one`)
  // A run that has just begun has its lock there, and nothing else yet.
  if (there && namesIn(dir).some(name => !name.startsWith(LOCK)))
    throw new Trouble('usage', `${dir} holds files and no ${MANIFEST}; name an empty folder, or the folder of a snapshot`)
}

function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir)
  } catch (error) {
    throw new Trouble(
      'usage',
      `the folder ${dir} cannot be read (${(error as NodeJS.ErrnoException).code}); check that you may read it`,
    )
  }
}

/** What to throw for an error of the file system; any other is given back. */
export function unwritable(dir: string, error: unknown): unknown {
  const { code, path } = error as NodeJS.ErrnoException
  if (error instanceof Trouble || code === undefined) return error
  return new Trouble(
    'usage',
    `the snapshot ${dir} cannot be written (${code}${path ? `, ${path}` : ''}); ${/ENOSPC|EDQUOT/.test(code) ? 'make room there' : 'name a folder you may write'}`,
  )
}
