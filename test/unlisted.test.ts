// Configurations in a folder that no inventory lists: a router that was forgotten must not make its neighbour look like the only one.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Result } from '../src/model/result.ts'
import type { Validation } from '../src/model/validation.ts'
import { cli } from './support/scheduled.ts'

const root = mkdtempSync(join(tmpdir(), 'iphelper-unlisted-'))
afterAll(() => rmSync(root, { recursive: true }))

const RELAY = 'ip helper-address 10.9.9.5'
const ios = (name: string, vlan: number, address: string, ...lines: string[]) =>
  [
    'version 15.2',
    `hostname ${name}`,
    `interface Vlan${vlan}`,
    ` ip address ${address} 255.255.255.0`,
    ...lines.map(l => ` ${l}`),
  ]
    .concat('end', '')
    .join('\n')
const LISTED = ios('a', 10, '10.0.10.2', RELAY)

let folders = 0
function folderOf(files: Readonly<Record<string, string>>): string {
  const dir = join(root, `${folders++}`)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, name)), { recursive: true })
    writeFileSync(join(dir, name), text)
  }
  return dir
}

const HEAD = 'pxe_points:\n  - { name: wds, addresses: [10.9.9.5] }\ndefaults: { username: x, password: env:P, site: ams }\n'
const ONE = `${HEAD}devices:\n  - { name: a, host: a.example.net }\n`

async function audited(files: Readonly<Record<string, string>>, inventory = ONE) {
  const dir = folderOf({ ...files, 'inventory.yaml': inventory })
  const { code, out, err } = await cli(
    'audit',
    '-i',
    join(dir, 'inventory.yaml'),
    '--configs',
    join(dir, 'c'),
    '-f',
    'json',
    '--no-config',
  )
  const { devices, segments } = JSON.parse(out) as Result
  const [verdict] = segments.flatMap(s => s.pxe)
  return {
    code,
    err,
    devices: devices.map(d => d.name),
    verdict: verdict?.verdict,
    doubts: verdict?.reasons.filter(r => r.code === 'device-not-collected').map(r => r.message),
  }
}

describe('a router beside those of the inventory', () => {
  it('leaves open the segment that it relays too, and is no part of the audit', async () => {
    const found = await audited({ 'c/a.cfg': LISTED, 'c/b.cfg': ios('b', 10, '10.0.10.3', RELAY) })
    expect(found).toMatchObject({ code: 3, devices: ['a'], verdict: 'unknown' })
    expect(found.doubts).toEqual([
      'b, which is not in the inventory, relays 10.0.10.0/24 too; add it to the inventory, or remove its configuration',
    ])
    expect(found.err).toContain('belongs to no device of')
  })

  it.each([
    ['without a relay', ios('b', 10, '10.0.10.3')],
    ['with the relay on an interface that is down', ios('b', 10, '10.0.10.3', RELAY, 'shutdown')],
    ['in another subnet', ios('b', 10, '10.0.11.3', RELAY)],
    ['in another VLAN', ios('b', 11, '10.0.10.3', RELAY)],
    ['that has an address of the listed one: its older capture, or what it took the place of', ios('b', 10, '10.0.10.2', RELAY)],
    ['of no platform that is known', 'who knows\n'],
  ])('leaves nothing open %s', async (_, text) => {
    expect(await audited({ 'c/a.cfg': LISTED, 'c/b.cfg': text })).toMatchObject({ code: 0, devices: ['a'], verdict: 'single' })
  })

  it('does so with any mask, and by an IPv6 address', async () => {
    const wide = ios('b', 10, '10.0.10.3', RELAY).replace('255.255.255.0', '255.255.0.0')
    expect((await audited({ 'c/a.cfg': LISTED, 'c/b.cfg': wide })).verdict).toBe('unknown')
    const six = (name: string, host: number) => ios(name, 10, `10.0.1${host}.2`, `ipv6 address 2001:db8:10::${host}/64`, RELAY)
    expect((await audited({ 'c/a.cfg': six('a', 2), 'c/b.cfg': six('b', 3) })).verdict).toBe('unknown')
  })

  it('changes no duplicate', async () => {
    const twice = ios('a', 10, '10.0.10.2', RELAY, `${RELAY} redundancy NOBODY`)
    expect((await audited({ 'c/a.cfg': twice, 'c/b.cfg': ios('b', 10, '10.0.10.3', RELAY) })).verdict).toBe('duplicate')
  })

  it('is one that RANCID has down, where its configuration is still there', async () => {
    const inventory = `${HEAD}sources:\n  - { rancid: router.db }\n`
    const files = { 'router.db': 'a;cisco;up\nb;cisco;down\n', 'c/a': LISTED }
    expect(await audited(files, inventory)).toMatchObject({ code: 0, verdict: 'single' })
    expect(await audited({ ...files, 'c/b': ios('b', 10, '10.0.10.3', RELAY) }, inventory)).toMatchObject({
      ...{ code: 3, devices: ['a'], verdict: 'unknown' },
    })
  })
})

it('lets no fix be proven, for its copy would still arrive', async () => {
  const two = `${ONE}  - { name: b, host: b.example.net }\n`
  const files = { 'c/a.cfg': LISTED, 'c/b.cfg': ios('b', 10, '10.0.10.3', RELAY), 'inventory.yaml': two }
  const proven = async (more: Readonly<Record<string, string>>) => {
    const dir = folderOf({ ...files, ...more })
    const args = ['-i', join(dir, 'inventory.yaml'), '--configs', join(dir, 'c'), '-f', 'json', '--no-config']
    return (JSON.parse((await cli('audit', ...args)).out) as Result).remediations.map(r => [r.proven, r.withheld])
  }
  expect(await proven({})).toEqual(Array(2).fill([true, null]))
  const beside = 'c, which is not in the inventory, relays 10.0.10.0/24 too; add it to the inventory, or remove its configuration'
  expect(await proven({ 'c/c.cfg': ios('c', 10, '10.0.10.4', RELAY) })).toEqual([
    [false, `a second copy may still arrive: ${beside}`],
  ])
  // A change pack reads the routers of the audit again, and not those beside them.
  const dir = folderOf({ ...files, 'c/c.cfg': ios('c', 10, '10.0.10.4', RELAY) })
  const result = join(dir, 'result.json')
  const options = ['-i', join(dir, 'inventory.yaml'), '--configs', join(dir, 'c'), '--no-config']
  await cli('audit', ...options, '-f', `json=${result}`)
  const pack = await cli('remediate', result, '-o', join(dir, 'pack'), '--prefer', 'a', '--no-config')
  expect([pack.code, pack.err.replaceAll(/\s+/g, ' ')]).toEqual([3, expect.stringContaining(beside)])
})

describe('a change beside such a router', () => {
  const validated = async (before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) => {
    const under = (folder: string, files: Readonly<Record<string, string>>) =>
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`${folder}/${name}`, text]))
    const dir = folderOf({ ...under('before', before), ...under('after', after), 'inventory.yaml': ONE })
    const sides = ['--current', join(dir, 'before'), '--proposed', join(dir, 'after')]
    const { code, out } = await cli('validate', '-i', join(dir, 'inventory.yaml'), ...sides, '-f', 'json', '--no-config')
    const { verdicts, devices } = JSON.parse(out) as Validation
    return { code, devices: devices.map(d => d.name), verdicts: verdicts.map(v => [v.before?.verdict, v.after?.verdict]) }
  }
  const silent = ios('a', 10, '10.0.10.2')
  const other = { 'b.cfg': ios('b', 10, '10.0.10.3', RELAY) }

  it('that adds a relay is not clean', async () => {
    expect(await validated({ 'a.cfg': silent, ...other }, { 'a.cfg': LISTED, ...other })).toMatchObject({
      code: 3,
      devices: ['a'],
    })
  })

  it('and its going is no loss', async () => {
    expect(await validated({ 'a.cfg': LISTED, ...other }, { 'a.cfg': LISTED })).toEqual({
      ...{ code: 0, devices: [], verdicts: [['unknown', 'single']] },
    })
  })
})
