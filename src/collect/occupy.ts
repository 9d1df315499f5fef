// One run at a time in a folder: two would take each other's files for leftovers.
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Trouble } from '../model/trouble.ts'

/** Hidden, so that nobody takes it for a configuration. */
const LOCK = '.lock'

/** Takes a folder for this process. Throws where another one has it; one that is gone has it no more. */
export function occupy(dir: string): void {
  const lock = join(dir, LOCK)
  try {
    writeFileSync(lock, `${process.pid}\n`, { flag: 'wx', mode: 0o600 })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    const owner = Number(readFileSync(lock, 'utf8'))
    if (owner !== process.pid && isRunning(owner))
      throw new Trouble('usage', `process ${owner} is collecting into ${dir}; wait until it is done, or name another folder`)
    writeFileSync(lock, `${process.pid}\n`, { mode: 0o600 })
  }
}

/** Gives a folder back, if this process has it. */
export function vacate(dir: string): void {
  const lock = join(dir, LOCK)
  try {
    if (Number(readFileSync(lock, 'utf8')) === process.pid) rmSync(lock, { force: true })
  } catch {
    // There is none, or no folder.
  }
}

function isRunning(pid: number): boolean {
  try {
    return Number.isInteger(pid) && pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
