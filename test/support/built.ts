// The program as it is shipped, built into a folder of its own: other test files build, too.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'

const root = join(import.meta.dirname, '..', '..')

/** Builds before the tests of a file; returns the folder that will hold `src/main.js`. */
export function built(): string {
  const out = join(root, 'dist', `test-${process.pid}`)
  beforeAll(() => {
    execFileSync(
      process.execPath,
      [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', 'src/tsconfig.json', '--outDir', out],
      {
        cwd: root,
      },
    )
  }, 120_000)
  afterAll(() => rmSync(out, { recursive: true, force: true }))
  return out
}
