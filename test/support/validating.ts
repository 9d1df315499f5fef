// Changes to small networks on disk, validated as the command line does it.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import type { Inventory, PxePoint } from '../../src/model/inventory.ts'
import type { FindingChange, Validation } from '../../src/model/validation.ts'
import { type ValidateOptions, validate } from '../../src/validation.ts'

const base = mkdtempSync(join(tmpdir(), 'iphelper-validate-'))
let folders = 0

/** A new folder with these files, which goes away with the test file. */
export function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = join(base, `f${++folders}`)
  mkdirSync(folder)
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return folder
}

/** Call once in a test file that makes folders. */
export const cleanUp = (): void => afterAll(() => rmSync(base, { recursive: true, force: true }), 120_000)

/** Validates; what is not said is as on a command line that does not say it. */
export const validating = (
  options: Pick<ValidateOptions, 'current'> & Partial<ValidateOptions>,
): Promise<Validation & { readonly said: readonly string[] }> => {
  const said: string[] = []
  return validate({
    proposed: null,
    changes: [],
    removed: [],
    changedOnly: false,
    failOn: 'error',
    cwd: base,
    started: new Date('2026-11-27T08:00:00Z'),
    version: '0',
    warn: sentence => said.push(sentence),
    ...options,
  }).then(validation => ({ ...validation, said }))
}

/** An inventory as it would have been read. */
export const inventoryOf = (
  devices: readonly { readonly name: string; readonly platform?: string; readonly site?: string }[],
  points: readonly PxePoint[],
): Inventory => ({
  file: 'inventory.yaml',
  max_age: null,
  points,
  devices: devices.map(({ name, platform = 'auto', site = 'here' }) => ({
    name,
    site,
    platform,
    role: null,
    tags: [],
    groups: [],
    from: { file: `${name}.cfg` },
  })),
  logins: { all: { per_second: null, in_flight: null }, groups: new Map() },
  hosts: new Map(),
  waivers: [],
})

/** What the changes are about: `severity rule subject`, sorted. */
export const brief = (changes: readonly FindingChange[]): string[] =>
  changes.map(({ before, after, rule, subject }) => `${(after ?? before)?.severity} ${rule} ${subject}`).sort()
