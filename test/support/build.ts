// Builds what tests run as it is shipped: the program, which some of them kill, and the script of the HTML report.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
const page = join(root, 'dist', 'page', 'report', 'page', 'main.js')

const changed = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter(name => /\.(ts|json)$/.test(name))
      .map(name => statSync(join(folder, name)).mtimeMs),
  )

const run = (...args: readonly string[]) =>
  execFileSync(process.execPath, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })

/** Called once by the test runner. */
export function setup(): void {
  run(join(root, '.build.mjs'))
  if (existsSync(page) && statSync(page).mtimeMs > changed(join(root, 'src'))) return
  run(join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', join('src', 'report', 'page'))
}
