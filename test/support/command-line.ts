// The command line in the hands of somebody with a home folder, an environment and an inventory.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { run } from '../../src/cli/run.ts'
import type { Result } from '../../src/model/result.ts'

/** Somebody's home folder, which goes away with the test file. */
export interface Person {
  readonly home: string
  /** Writes a file below the home folder and returns its path; 0600 as ssh wants it. */
  file(path: string, text: string): string
  /** Writes an inventory with one boot server and these entries, and returns its path. */
  inventory(entries: Readonly<Record<string, unknown>>): string
  /** Runs a command line. */
  run(args: readonly string[], env?: Environment): Promise<Spoken>
  /** Audits an inventory of these entries. */
  audit(entries: Readonly<Record<string, unknown>>, env?: Environment): Promise<Spoken & { readonly result: Result }>
}

/** What a command line said. */
export interface Spoken {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Environment variables; undefined for none of that name. */
type Environment = Readonly<Record<string, string | undefined>>

/** The boot server of every inventory here. */
const POINT = { name: 'wds', kind: 'wds', addresses: ['10.9.9.5'] }

/**
 * Somebody new, with these environment variables; nothing of the tester's own SSH settings gets in. Runs that are given
 * variables of their own must not overlap: the environment is one for the whole process.
 */
export function person(own: Environment = {}): Person {
  const home = mkdtempSync(join(tmpdir(), 'iphelper-person-'))
  let restore = () => {}
  beforeAll(() => {
    restore = change({ SSH_AUTH_SOCK: undefined, HOME: home, ...own })
  })
  afterAll(() => {
    restore()
    rmSync(home, { recursive: true, force: true })
  })
  let inventories = 0
  const file = (path: string, text: string) => {
    mkdirSync(dirname(join(home, path)), { recursive: true, mode: 0o700 })
    writeFileSync(join(home, path), text, { mode: 0o600 })
    return join(home, path)
  }
  const inventory = (entries: Readonly<Record<string, unknown>>) =>
    // JSON is YAML, too.
    file(`inventory-${++inventories}.yaml`, JSON.stringify({ pxe_points: [POINT], ...entries }))
  const speak = async (args: readonly string[], env: Environment = {}) => {
    const said = { out: '', err: '' }
    const undo = change(env)
    try {
      const io = { out: (text: string) => (said.out += text), err: (text: string) => (said.err += text), env: process.env }
      const code = await run(args, { ...io, width: 100, colour: false })
      return { code, ...said }
    } finally {
      undo()
    }
  }
  return {
    home,
    file,
    inventory,
    run: speak,
    async audit(entries, env) {
      const spoken = await speak(['audit', '-i', inventory(entries), '--format', 'json'], env)
      if (spoken.out === '') throw new Error(`the audit said: ${spoken.err}`)
      return { ...spoken, result: JSON.parse(spoken.out) as Result }
    },
  }
}

/** Changes the environment; what it returns changes it back. */
function change(env: Environment): () => void {
  const before = Object.keys(env).map(key => [key, process.env[key]] as const)
  const set = (entries: readonly (readonly [string, string | undefined])[]) => {
    for (const [key, value] of entries) {
      if (value === undefined) delete process.env[key]
      else process.env[key] = value
    }
  }
  set(Object.entries(env))
  return () => set(before)
}
