// An inventory with sources, in a folder of its own.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll } from 'vitest'
import { type LoadOptions, type ResolvedInventory, resolveInventory } from '../../src/inventory/load.ts'
import { Trouble } from '../../src/model/trouble.ts'

/** Platforms that the tests take for readable. */
export const READABLE = ['cisco-ios', 'cisco-nxos', 'arista-eos', 'juniper-junos']

/** Where files of one test stand, gone when the tests are done. */
export function workspace(name: string) {
  const dir = mkdtempSync(join(tmpdir(), `iphelper-${name}-`))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  let n = 0
  return {
    /** Writes files into a new folder, and returns its path. */
    files(files: Readonly<Record<string, string | Buffer>>): string {
      const folder = join(dir, String(n++))
      mkdirSync(folder)
      for (const [path, content] of Object.entries(files)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true })
        writeFileSync(join(folder, path), content)
      }
      return folder
    },
  }
}

/** What loading came to: the devices by name, and what was said, without the folder. */
export interface Loaded extends ResolvedInventory {
  readonly said: readonly string[]
}

/** Loads `inventory.yaml` of a folder; `home` is the folder itself, so no configuration of the machine plays a part. */
export async function loaded(folder: string, options: LoadOptions = {}): Promise<Loaded> {
  const said: string[] = []
  const resolved = await resolveInventory(join(folder, 'inventory.yaml'), {
    platforms: READABLE,
    home: folder,
    warn: sentence => said.push(sentence.replaceAll(`${folder}/`, '')),
    ...options,
  })
  return { ...resolved, said }
}

/** The one sentence that loading ends with, without the folder. */
export async function complaint(folder: string, options: LoadOptions = {}): Promise<string> {
  try {
    await loaded(folder, options)
  } catch (error) {
    if (!(error instanceof Trouble)) throw error
    return error.message.replaceAll(`${folder}/`, '')
  }
  return 'no complaint'
}

/** An inventory with these sources, and what else it says. */
export const withSources = (sources: string, more = 'defaults: { username: audit }\n') =>
  `pxe_points: [{ name: wds, addresses: [10.9.9.5] }]\n${more}sources:\n${sources}`

/** A device on one line: what tells whether it was understood. */
export function summary({ devices }: ResolvedInventory, folder: string): Record<string, string> {
  return Object.fromEntries(
    devices.map(({ device: { name, from, platform, site, role, tags } }) => {
      const way =
        'ssh' in from
          ? `${from.ssh.username}@${from.ssh.host}:${from.ssh.port}${from.ssh.jumps.map(j => ` via ${j.username && `${j.username}@`}${j.host}:${j.port}`).join('')}${from.ssh.keys.map(k => ` key ${k.replace(`${folder}/`, '')}`).join('')}`
          : 'file' in from
            ? `file ${from.file.replace(`${folder}/`, '')}`
            : `unusable: ${from.unusable.replaceAll(`${folder}/`, '')}`
      return [name, `${way} | ${platform} ${site} ${role ?? '-'} ${tags.join(',')}`]
    }),
  )
}
