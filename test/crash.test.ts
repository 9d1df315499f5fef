// A collection that is killed, again and again, at any moment: what is there is whole, and the next run goes on from it.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { readFolder } from '../src/inventory/folder.ts'
import { readManifest } from '../src/inventory/read-manifest.ts'
import { type SimulatedNetwork, simulateInventory } from '../src/simulation.ts'
import { program } from './support/program.ts'

const root = join(import.meta.dirname, '..')
const dir = mkdtempSync(join(tmpdir(), 'iphelper-crash-'))
const campus = join(root, 'test', 'networks', 'campus', 'configs')
// All of the campus but the router whose configuration is cut: that one is never collected.
const names = readdirSync(campus)
  .map(f => f.replace('.cfg', ''))
  .filter(name => name !== 'ams-bld-2')
const base = 25000 + (process.pid % 300) * 20
const inventory = join(dir, 'inventory.yaml')
const out = join(dir, 'snapshot')
let network: SimulatedNetwork

beforeAll(async () => {
  const devices = names.map((name, n) => `  - { name: ${name}, host: 127.0.0.1, ssh: { port: ${base + n} } }\n`).join('')
  writeFileSync(
    inventory,
    `pxe_points: [{ name: wds, addresses: [10.9.9.5] }]\ndefaults: { username: demo, password: env:IPHELPER_CRASH, ssh: { known_hosts: known_hosts, config: none } }\ndevices:\n${devices}`,
  )
  process.env.IPHELPER_CRASH = 'right'
  network = await simulateInventory(campus, inventory)
}, 120_000)
afterAll(async () => {
  await network.close()
  rmSync(dir, { recursive: true, force: true })
})

const configurations = () => (existsSync(out) ? readdirSync(out).filter(f => /^[^.].*\.cfg$/.test(f)).length : 0)

/** Runs the program; kills it without warning once the folder holds so many configurations. */
const collect = (more: readonly string[], killAt = Number.POSITIVE_INFINITY) =>
  new Promise<number | null>(resolve => {
    const args = [program, 'collect', '-i', inventory, '-o', out, '--concurrency', '3', ...more]
    const child = spawn(process.execPath, args, { env: { ...process.env, XDG_STATE_HOME: dir }, stdio: 'ignore' })
    const watch = setInterval(() => {
      if (configurations() >= killAt) child.kill('SIGKILL')
    }, 2)
    child.on('close', code => {
      clearInterval(watch)
      resolve(code)
    })
  })

it('is finished in the end, and holds nothing half-written at any moment', async () => {
  let resume: string[] = []
  for (const killAt of [1, 4, 5, 9, 12]) {
    await collect(['--logins-per-second', '40', ...resume], killAt)
    resume = ['--resume']
    const manifest = readManifest(out)
    expect(manifest?.devices).toHaveLength(names.length)
    for (const { file, sha256, bytes, status, attempt } of manifest?.devices ?? []) {
      if (status !== 'collected' || file === null || attempt) continue
      const stored = readFileSync(join(out, file))
      expect([stored.length, createHash('sha256').update(stored).digest('hex')]).toEqual([bytes, sha256])
    }
    // Whatever was stored behind the last version of the manifest is whole too.
    for (const file of readdirSync(out).filter(f => f.endsWith('.cfg') && !f.startsWith('.')))
      expect(readFileSync(join(out, file), 'utf8').split('\n').length).toBe(
        readFileSync(join(campus, file), 'utf8').split('\n').length,
      )
  }
  expect(await collect(resume)).toBe(0)
  expect(readdirSync(out).filter(f => f.startsWith('.'))).toEqual([])
  const read = readFolder(out)
  expect(read.map(c => c.device).sort()).toEqual([...names].sort())
  expect(read.map(c => (c.state === 'collected' ? [c.whole, c.incomplete, c.attempt] : c.reason))).toEqual(
    names.map(() => [true, null, undefined]),
  )
}, 120_000)
