// Builds the script of the HTML report before the tests, for they run from the sources and it does not.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const built = join(root, 'dist', 'page', 'report', 'page', 'main.js')

const changed = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(ts|json)$/.test(name))
      .map(name => statSync(join(folder, name)).mtimeMs),
  )

/** Called once by the test runner. */
export function setup(): void {
  if (existsSync(built) && statSync(built).mtimeMs > changed(join(root, 'src'))) return
  execFileSync(
    process.execPath,
    [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join(root, 'src', 'report', 'page')],
    {
      stdio: 'inherit',
    },
  )
}
