// Where a settings file is looked for.
import { existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, isAbsolute, join, relative } from 'node:path'
import { Trouble } from '../../model/trouble.ts'

/** Both endings that people write; a folder has one of them. */
const NAMES = ['.iphelper-audit.yaml', '.iphelper-audit.yml']

/** A settings file. */
export interface SettingsPlace {
  readonly file: string
  /** Whether it was merely found: nobody named it, and it does not stand in the home folder. */
  readonly found: boolean
}

/** What keeps a file that was found from being used. */
export interface Passed {
  readonly passed: string
}

/**
 * The nearest settings file of a folder and those above it. The folder of a git repository is the last one looked into, and so is the
 * home folder; null where there is none. One that somebody else put into a shared folder, as in /tmp, is not used.
 */
export function findSettings(start: string, home: string): SettingsPlace | Passed | null {
  const top = real(home)
  for (let folder = real(start); ; folder = dirname(folder)) {
    const [file, other] = NAMES.map(name => join(folder, name)).filter(isFile)
    if (file !== undefined && other !== undefined)
      throw new Trouble('usage', `both ${typed(file)} and ${typed(other)} are there, and only one can hold; remove one`)
    if (file !== undefined)
      return isPlanted(file, folder)
        ? {
            passed: `${typed(file)} is not used, because it is neither yours nor of the owner of its folder; name it: --config ${typed(file)}`,
          }
        : { file: typed(file), found: folder !== top }
    if (folder === top || folder === dirname(folder) || existsSync(join(folder, '.git'))) return null
  }
}

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true

function real(folder: string): string {
  try {
    return realpathSync(folder)
  } catch {
    return folder
  }
}

const ROOT = 0
/** Windows has no such owners. In a container that runs as somebody else, a checkout belongs to one and the same user. */
function isPlanted(file: string, folder: string): boolean {
  const me = process.getuid?.()
  return me !== undefined && ![me, ROOT, statSync(folder).uid].includes(statSync(file).uid)
}

/** A path as one would type it: relative to the current folder where it is below that. */
export function typed(path: string): string {
  const near = relative(process.cwd(), path)
  return near === '' ? '.' : near.startsWith('..') || isAbsolute(near) ? path : near
}
