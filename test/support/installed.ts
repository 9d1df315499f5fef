// Tests against small programs of the machine: shells, checkers of man pages.
import { existsSync } from 'node:fs'
import { describe, it } from 'vitest'

/** The first of these folders that has the program, with it; null where none has. */
export const installed = (program: string): string | null =>
  ['/usr/bin', '/bin', '/usr/local/bin', '/opt/homebrew/bin'].map(folder => `${folder}/${program}`).find(existsSync) ?? null

/** A group of tests that needs programs. Where they are missing it says so and is skipped; with REQUIRE_REAL_PARTS=1 it fails. */
export function needing(programs: readonly string[], name: string, tests: () => void): void {
  const lacking = programs.filter(program => installed(program) === null)
  if (lacking.length === 0) describe(name, tests)
  else without(lacking, name)
}

/** Stands for a group of tests that cannot run for want of something: it is skipped, and fails where REQUIRE_REAL_PARTS=1 wants it to run. */
export function without(lacking: readonly string[], name: string): void {
  const reason = `needs ${lacking.join(', ')}`
  if (process.env.REQUIRE_REAL_PARTS === '1')
    it(name, () => {
      throw new Error(reason)
    })
  else {
    process.stderr.write(`skipped: ${name}: ${reason}\n`)
    it.skip(`${name} (${reason})`, () => {})
  }
}
