// The command line in the hands of somebody with a home folder, an environment and an inventory.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { run } from '../../src/cli/run.ts'
import type { Result } from '../../src/model/result.ts'

/** Somebody's home folder, which goes away with the test file. */
export interface Person {
  readonly home: string
  /** Writes a file below the home folder and returns its path; 0600 as ssh wants it. */
  file(path: string, text: string): string
  /** Runs a command line. Nothing of the tester's own SSH settings gets in. */
  run(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Spoken>
  /** Audits these devices, with the environment's `env:` secrets. */
  audit(inventory: Record<string, unknown>, env?: Readonly<Record<string, string>>): Promise<Spoken & { readonly result: Result }>
}

/** What a command line said. */
export interface Spoken {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** The boot server of every inventory here. */
export const POINT = { name: 'wds', kind: 'wds', addresses: ['10.9.9.5'] }

/** Somebody new. */
export function person(): Person {
  const home = mkdtempSync(join(tmpdir(), 'iphelper-person-'))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  const file = (path: string, text: string) => {
    mkdirSync(dirname(join(home, path)), { recursive: true, mode: 0o700 })
    writeFileSync(join(home, path), text, { mode: 0o600 })
    return join(home, path)
  }
  const speak = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    within({ SSH_AUTH_SOCK: undefined, HOME: home, ...env }, async () => {
      const said = { out: '', err: '' }
      const code = await run(args, {
        out: text => (said.out += text),
        err: text => (said.err += text),
        env: process.env,
        width: 100,
        colour: false,
      })
      return { code, ...said }
    })
  return {
    home,
    file,
    run: speak,
    async audit(inventory, env) {
      // JSON is YAML, too.
      const path = file('inventory.yaml', JSON.stringify({ pxe_points: [POINT], ...inventory }))
      const spoken = await speak(['audit', '-i', path, '--format', 'json'], env)
      if (spoken.out === '') throw new Error(`the audit said: ${spoken.err}`)
      return { ...spoken, result: JSON.parse(spoken.out) as Result }
    },
  }
}

/** With these environment variables for as long as it takes. */
async function within<T>(env: Readonly<Record<string, string | undefined>>, act: () => Promise<T>): Promise<T> {
  const before = Object.keys(env).map(key => [key, process.env[key]] as const)
  const set = (entries: readonly (readonly [string, string | undefined])[]) => {
    for (const [key, value] of entries) {
      if (value === undefined) delete process.env[key]
      else process.env[key] = value
    }
  }
  set(Object.entries(env))
  try {
    return await act()
  } finally {
    set(before)
  }
}
