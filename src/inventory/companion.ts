// Files beside a configuration that hold what its device said at run time: `r1.show` or `r1.show.txt` beside `r1.cfg`.
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Companion } from '../model/inventory.ts'
import { decode } from './decode.ts'

/** Endings that are no part of a device's name; RANCID names files after hosts, so `r1.example.net` has no ending. */
export const ENDING = /\.(cfg|conf|config|cnf|txt|text|log|rsc|run|running|startup|set|cap|capture|bak|backup)$/i

const ENDINGS = ['.show', '.show.txt']
const COMPANION = /\.show(\.txt)?$/

/** What a companion is called without its ending; undefined for any other file. */
export const companionOf = (path: string): string | undefined =>
  COMPANION.test(path) ? basename(path).replace(COMPANION, '') : undefined

const isThere = (file: string): boolean => {
  try {
    return statSync(file, { throwIfNoEntry: false }) !== undefined
  } catch {
    // Something is there and cannot be looked at.
    return true
  }
}

/** The paths that would be companions of a configuration: named after the device, or after the file with or without its ending. */
export function companionPaths(configuration: string, device: string): string[] {
  const file = basename(configuration)
  const names = new Set([file.replace(ENDING, ''), file, ...(/[/\\]/.test(device) ? [] : [device])])
  return [...names].flatMap(name => ENDINGS.map(ending => join(dirname(configuration), name + ending)))
}

/**
 * Reads the companions there are. One that is no text is empty: nothing will be found in it, and the audit says so. To ask first costs
 * less than to fail, which is what most would do.
 */
export function readCompanions(configuration: string, device: string): Companion[] {
  return companionPaths(configuration, device).flatMap(file => {
    if (!isThere(file)) return []
    try {
      return [{ file, text: decode(readFileSync(file)) ?? '' }]
    } catch (error) {
      return ['ENOENT', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '') ? [] : [{ file, text: '' }]
    }
  })
}

/**
 * Reads the companions of many configurations, as `readCompanions` does. Each folder is looked through once: most hold no companion
 * at all, and then there is nothing to ask for beside its files.
 */
export function companionReader(): typeof readCompanions {
  const holds = new Map<string, boolean>()
  return (configuration, device) => {
    const folder = dirname(configuration)
    const there = holds.get(folder) ?? mayHold(folder)
    holds.set(folder, there)
    return there ? readCompanions(configuration, device) : []
  }
}

/** Whether any file of a folder is named like a companion; true where it cannot be looked through. */
function mayHold(folder: string): boolean {
  try {
    return readdirSync(folder).some(name => COMPANION.test(name.toLowerCase()))
  } catch {
    return true
  }
}
