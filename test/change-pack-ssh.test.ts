// A pack of routers that were audited over SSH: they are read again over SSH, and only those that matter.
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { contentHash } from '../src/audit/content.ts'
import { run } from '../src/cli/run.ts'
import { simulateInventory } from '../src/simulation.ts'

const campus = join(import.meta.dirname, 'networks', 'campus', 'configs')
const dir = mkdtempSync(join(tmpdir(), 'iphelper-pack-ssh-'))
const base = 25000 + (process.pid % 2000) * 5
const ROUTERS = [
  ['ams-dist-1', 'cisco-ios', 'ams'],
  ['ams-dist-2', 'cisco-ios', 'ams'],
  ['ams-core-1', 'cisco-nxos', 'ams'],
  ['ams-core-2', 'cisco-nxos', 'ams'],
  ['lon-gw-1', 'cisco-ios', 'lon'],
] as const
const inventory = join(dir, 'inventory.yaml')
const result = join(dir, 'result.json')

async function cli(...args: string[]) {
  let out = ''
  let err = ''
  const io = { out: (t: string) => (out += t), err: (t: string) => (err += t), env: process.env, width: 80, colour: false }
  const code = await run(args, io)
  return { code, out, err, sentences: err.split('\n').filter(Boolean) }
}

/** Serves the routers, each with its text changed as it may be, while something is done. */
async function serving<T>(change: (name: string, text: string) => string, act: () => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(dir, 'served-'))
  for (const [name] of ROUTERS)
    writeFileSync(join(folder, `${name}.cfg`), change(name, readFileSync(join(campus, `${name}.cfg`), 'utf8')))
  const network = await simulateInventory(folder, inventory)
  try {
    return await act()
  } finally {
    await network.close()
  }
}
const asItIs = (_: string, text: string) => text

beforeAll(async () => {
  process.env.IPHELPER_PACK_PASSWORD = 'right'
  writeFileSync(
    inventory,
    `pxe_points:
  - { name: wds, kind: wds, addresses: [10.9.9.5] }
defaults: { username: demo, password: env:IPHELPER_PACK_PASSWORD, ssh: { known_hosts: known_hosts, config: none, timeout: 20 } }
devices:
${ROUTERS.map(([name, platform, site], n) => `  - { name: ${name}, host: 127.0.0.1, platform: ${platform}, site: ${site}, ssh: { port: ${base + n} } }`).join('\n')}
`,
  )
  await serving(asItIs, () => cli('audit', '-i', inventory, '--format', `json=${result}`))
}, 60_000)
afterAll(() => rmSync(dir, { recursive: true, force: true }))

it('without an inventory nothing of them is proven any more', { timeout: 60_000 }, async () => {
  const pack = join(dir, 'without')
  const { code, out, sentences } = await cli('remediate', result, '-o', pack)
  expect(code).toBe(3)
  expect(out).toContain('changes to 0 devices for 0 of 8 duplicates')
  expect(sentences).toHaveLength(8)
  for (const s of sentences) expect(s).toContain(`was read over SSH (ssh://127.0.0.1:`)
  expect(sentences[0]).toContain('to have it read again name the inventory: -i inventory.yaml')
  expect(readdirSync(pack)).toEqual(['PLAN.md', 'manifest.json'])
})

it('they are read again, but for those that share no segment with one to be changed', { timeout: 60_000 }, async () => {
  const data = JSON.parse(readFileSync(result, 'utf8'))
  expect(data.devices.every((d: { content_sha256?: string }) => /^[0-9a-f]{64}$/.test(d.content_sha256 ?? ''))).toBe(true)
  const pack = join(dir, 'with')
  // NX-OS prints the time; that is no change.
  const said = await serving(
    (name, text) => (name === 'ams-core-1' ? text.replace(/^!Time: .*$/m, '!Time: Fri Nov 27 23:59:59 2026') : text),
    () => cli('remediate', result, '-o', pack, '-i', inventory),
  )
  expect(readFileSync(join(campus, 'ams-core-1.cfg'), 'utf8')).toMatch(/^!Time: /m)
  expect(said.sentences).toEqual([expect.stringMatching(/10\.20\.16\.0\/24 .*a person must choose/)])
  expect(said.out).toContain('changes to 3 devices for 7 of 8 duplicates')
  expect(readdirSync(pack).filter(f => f.endsWith('.txt'))).toEqual(['ams-core-2.txt', 'ams-dist-1.txt', 'ams-dist-2.txt'])
  expect(JSON.parse(readFileSync(join(pack, 'manifest.json'), 'utf8')).devices.map((d: { source: string }) => d.source)).toEqual([
    `ssh://127.0.0.1:${base + 3}`,
    `ssh://127.0.0.1:${base + 1}`,
    `ssh://127.0.0.1:${base}`,
  ])
  expect(readFileSync(join(pack, 'ams-core-2.txt'), 'utf8')).toContain('interface Vlan20\n  no ip dhcp relay address 10.9.9.5\n')
})

it('one that was changed, or that cannot be reached, refuses what it stands in', { timeout: 60_000 }, async () => {
  const said = await serving(
    (name, text) => (name === 'ams-dist-1' ? text.replace('standby 10 priority 110', 'standby 10 priority 90') : text),
    () => cli('remediate', result, '-o', join(dir, 'changed'), '-i', inventory),
  )
  expect(said.code).toBe(3)
  expect(said.out).toContain('changes to 1 device for 3 of 8 duplicates')
  expect(said.sentences).toHaveLength(5)
  for (const s of said.sentences) expect(s).toMatch(/ams-dist-1: ssh:\/\/127\.0\.0\.1:\d+ has changed since the audit/)

  const silent = await cli('remediate', result, '-o', join(dir, 'silent'), '-i', inventory)
  expect(silent.code).toBe(3)
  expect(silent.out).toContain('changes to 0 devices for 0 of 8 duplicates')
  expect(silent.sentences.filter(s => s.includes('refused the connection') || s.includes('refused'))).toHaveLength(8)
})

it('files that were stored since may stand for them, where they are the same', { timeout: 60_000 }, async () => {
  const folder = join(dir, 'stored')
  mkdirSync(folder)
  for (const [name] of ROUTERS) copyFileSync(join(campus, `${name}.cfg`), join(folder, `${name}.cfg`))
  expect((await cli('remediate', result, '-o', join(dir, 'from-files'), '--configs', folder)).out).toContain(
    'for 7 of 8 duplicates',
  )
})

it('what devices print anew every time is no change, and everything else is', () => {
  const text =
    '!Command: show running-config\n!Time: Fri Nov 27 08:00:00 2026\n\nhostname a\ninterface Vlan10\n  ip address 10.0.0.1/24\nntp clock-period 36029056\n'
  const same = text.replace('08:00:00', '09:00:00').replace('36029056', '36029101').replaceAll('\n', '\r\n')
  expect(contentHash(same)).toBe(contentHash(text))
  expect(contentHash(text.replace('10.0.0.1', '10.0.0.2'))).not.toBe(contentHash(text))
  expect(contentHash(text.replace('  ip', ' ip'))).not.toBe(contentHash(text))
})
