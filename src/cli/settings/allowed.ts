// What a settings file may say that was merely found: it may stand in a folder of somebody else, so it never decides what is run,
// who is connected to, which secrets are read, and what is written outside of its folder.
import { existsSync, realpathSync } from 'node:fs'
import { dirname, resolve, sep } from 'node:path'

/** `read`: any value. `write`: a path in the folder of the file, or below. Or the only values. What is not here is refused. */
export const FOUND: Readonly<Record<string, 'read' | 'write' | readonly string[]>> = {
  inventory: 'read',
  configs: 'read',
  pxe: 'read',
  waivers: 'read',
  no_waivers: 'read',
  limit: 'read',
  max_age: 'read',
  assume_pairs: 'read',
  fail_on: 'read',
  max_unknown: 'read',
  exit_zero: 'read',
  changed_only: 'read',
  junit_unknown: 'read',
  keep: 'read',
  platform: 'read',
  strategy: 'read',
  prefer: 'read',
  all: 'read',
  show_waived: 'read',
  quiet: 'read',
  verbose: 'read',
  concurrency: 'read',
  logins_per_second: 'read',
  logins_in_flight: 'read',
  // Whoever puts a file into a folder must not make us trust a host.
  host_keys: ['strict'],
  format: 'write',
  baseline: 'write',
  output: 'write',
  state: 'write',
}

/** Whether a path leads to a place in a folder or below, symbolic links followed; never into what git keeps. */
export function isInside(folder: string, path: string): boolean {
  const root = realpathSync(folder)
  const target = realOf(resolve(path))
  return (target === root || target.startsWith(root.endsWith(sep) ? root : root + sep)) && !target.split(sep).includes('.git')
}

/** The real path of what is there, with what is not there yet behind it. */
function realOf(path: string): string {
  if (existsSync(path)) return realpathSync(path)
  const above = dirname(path)
  return above === path ? path : resolve(realOf(above), path.slice(above.length).replace(/^[/\\]+/, ''))
}
