// Files that appear whole or not at all.
import { existsSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { Trouble } from '../model/trouble.ts'
import { makeFolder, replace } from '../writing.ts'

/** Writes a file whole or not at all; `what` is said where it cannot be written. */
export function writeWhole(path: string, text: string, what: string): void {
  try {
    const there = existsSync(path)
    // A device or a pipe is written to, never replaced; where links lead to an open one (/dev/stdout), no path does.
    if (there && !statSync(path).isFile()) writeFileSync(path, text)
    else {
      const target = there ? realpathSync(path) : path
      makeFolder(dirname(target))
      replace(target, text, { mode: 0o666 })
    }
  } catch (error) {
    const { code = 'no reason given' } = error as NodeJS.ErrnoException
    throw new Trouble('usage', `the ${what} cannot be written to ${path} (${code}); name a file you may write`)
  }
}
