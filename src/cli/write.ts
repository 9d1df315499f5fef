// Files that appear whole or not at all.
import { existsSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Trouble } from '../model/trouble.ts'
import { makeFolder, replace } from '../writing.ts'

/** Writes a file whole or not at all; `what` is said where it cannot be written. */
export function writeWhole(path: string, text: string, what: string): void {
  try {
    const target = existsSync(path) ? realpathSync(path) : path
    // A device or a pipe is written to, never replaced.
    if (existsSync(target) && !statSync(target).isFile()) writeFileSync(target, text)
    else {
      makeFolder(dirname(target))
      replace(target, text, { mode: 0o666 })
    }
  } catch (error) {
    const { code = 'no reason given' } = error as NodeJS.ErrnoException
    throw new Trouble('usage', `the ${what} cannot be written to ${path} (${code}); name a file you may write`)
  }
}
