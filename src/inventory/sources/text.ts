// The text of a foreign file, or one sentence on why there is none.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { Trouble } from '../../model/trouble.ts'
import { written } from '../written.ts'

/** No inventory of routers is larger; what is, is something else. */
const LARGEST = 256 * 1024 * 1024

/** The text of a file that a source names; `what` it should be: `an Ansible inventory`. */
export function sourceText(file: string, what: string): string {
  let bytes: Buffer
  try {
    if (statSync(file).size > LARGEST) throw new Trouble('inventory', `${file}:1: it is larger than any inventory; name ${what}`)
    bytes = readFileSync(file)
  } catch (error) {
    if (error instanceof Trouble) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new Trouble('inventory', `there is no file ${file}; name ${what} under sources:`)
    if (code === 'EISDIR') throw new Trouble('inventory', `${file} is a folder, not a file; name ${what} under sources:`)
    throw new Trouble('inventory', `${file} cannot be read (${code}); check that it is a file you may read`)
  }
  const text = written(bytes)
  if (text.includes('\0')) throw new Trouble('inventory', `${file}:1: it holds binary data; name ${what} under sources:`)
  if (text.trim() === '') throw new Trouble('inventory', `${file}:1: it is empty; name ${what} under sources:`)
  return text
}

/** Is it a folder? False for what is not there. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}

/** The names in a folder, sorted. What cannot be looked through is told: it may hold more than nothing. */
export function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Trouble('inventory', `the folder ${folder} cannot be read (${code}); check that it is one you may read`)
  }
}
