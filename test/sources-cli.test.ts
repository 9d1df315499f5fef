// What people see of inventories with sources: the list, the origin of every value, and what a limit does to an audit.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run } from '../src/cli/run.ts'
import { kindOf, sourceSchema } from '../src/inventory/sources/source-schema.ts'
import type { Result } from '../src/model/result.ts'
import { workspace } from './support/inventory.ts'

const { files } = workspace('list')
const { HOME } = process.env
beforeEach(() => {
  process.env.HOME = files({
    '.ssh/config':
      'Host r2\n  HostName r2.mgmt.example.net\n  Port 2022\n  ProxyJump jump.example.net\n  KexAlgorithms +diffie-hellman-group1-sha1\n',
  })
})
afterEach(() => {
  if (HOME === undefined) delete process.env.HOME
  else process.env.HOME = HOME
})

async function cli(...args: string[]) {
  let out = ''
  let err = ''
  const code = await run(args, {
    out: text => (out += text),
    err: text => (err += text),
    env: process.env,
    width: 80,
    colour: false,
  })
  return { code, out, err }
}

const INVENTORY = `pxe_points:
  - { name: wds, addresses: [10.9.9.5] }
defaults: { username: audit, password: env:NOWHERE_SET }
groups:
  old: { ssh: { legacy_algorithms: true }, enable: "plain:hunter2" }
  net: { password: "cmd:pass show hunter2" }
devices:
  - name: r1
    groups: [old]
    ssh: { timeout: 30 }
  - { name: f1, config: f1.cfg, site: lon, role: lab, tags: [a, b] }
sources:
  - { nornir: nr, groups: [net], site: ams }
`
const NORNIR = `r1: { hostname: 192.0.2.1, platform: ios, username: nina }
r2:
  platform: nxos
x1: { platform: panos }
a-router-with-a-rather-long-name-for-a-table.ams.example.net: { hostname: 192.0.2.200, platform: junos, data: { role: distribution-and-core, tags: [one, two, three] } }
`
const folder = () => files({ 'inventory.yaml': INVENTORY, 'nr/hosts.yaml': NORNIR })

describe('inventory list', () => {
  it('fits 80 columns, and tells who cannot be reached and why', async () => {
    const { code, out } = await cli('inventory', 'list', '-i', join(folder(), 'inventory.yaml'))
    expect(code).toBe(0)
    expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
    const lines = out.split('\n')
    expect(lines[0]).toMatch(/^NAME +HOST +PLATFORM +SITE +ROLE +TAGS$/)
    expect(lines.find(l => l.startsWith('r1 '))).toMatch(/^r1 +192\.0\.2\.1 +cisco-ios +ams +- +-$/)
    expect(out).toContain('5 devices, 1 of them cannot be reached:\n  x1: ')
    expect(out.replace(/\s+/g, ' ')).toContain('hosts.yaml:4: its platform is "panos", and no platform here has such a name')
  })

  it('prints the same as JSON, and only what a limit lets through', async () => {
    const { out } = await cli(
      'inventory',
      'list',
      '-i',
      join(folder(), 'inventory.yaml'),
      '--format',
      'json',
      '--limit',
      'site=lon',
    )
    expect(JSON.parse(out)).toEqual([
      {
        name: 'f1',
        host: expect.stringMatching(/\/f1\.cfg$/),
        platform: 'auto',
        site: 'lon',
        role: 'lab',
        tags: ['a', 'b'],
        groups: [],
        unusable: null,
      },
    ])
    const none = await cli('inventory', 'list', '-i', join(folder(), 'inventory.yaml'), '--limit', 'site=par')
    expect([none.code, none.err]).toEqual([
      2,
      'iphelper-audit: --limit site=par fits none of the 5 devices; inventory list shows what they have\n',
    ])
    const wrong = await cli('inventory', 'list', '--limit', 'rol=x')
    expect([wrong.code, wrong.err]).toEqual([2, 'iphelper-audit: --limit rol=x: there is no key "rol"; did you mean "role"?\n'])
  })

  it('says where every value comes from, and never a secret', async () => {
    const dir = folder()
    const { code, out } = await cli('inventory', 'list', '-i', join(dir, 'inventory.yaml'), '--resolved', '--format', 'json')
    expect(code).toBe(0)
    expect(out).not.toContain('hunter2')
    const home = process.env.HOME
    const of = (name: string) =>
      Object.fromEntries(
        (JSON.parse(out) as { name: string; settings: { setting: string; value: string; origin: string }[] }[])
          .find(d => d.name === name)
          ?.settings.map(({ setting, value, origin }) => [setting, `${value.replace(dir, '.')} < ${origin}`]) ?? [],
      )
    expect(of('r1')).toEqual({
      host: '192.0.2.1 < source nornir nr/hosts.yaml:1',
      platform: 'cisco-ios < source nornir nr/hosts.yaml:1',
      site: 'ams < source nornir (inventory.yaml:13)',
      groups: 'net, old < inventory.yaml:9',
      port: '22 < default',
      username: 'nina < source nornir nr/hosts.yaml:1',
      password: 'cmd:pass ... < group net (inventory.yaml:6)',
      enable: 'plain:*** < group old (inventory.yaml:5)',
      known_hosts: `${home}/.ssh/known_hosts < default`,
      host_keys: 'strict < default',
      legacy_algorithms: 'true < group old (inventory.yaml:5)',
      timeout: '30 < inventory.yaml:10',
    })
    expect(of('r2')).toMatchObject({
      'host': 'r2 < source nornir nr/hosts.yaml:2',
      'connects to': 'r2.mgmt.example.net < ~/.ssh/config',
      'platform': 'cisco-nxos < source nornir nr/hosts.yaml:3',
      'port': '2022 < ~/.ssh/config',
      'username': 'audit < defaults',
      'proxy_jump': 'jump.example.net:22 < ~/.ssh/config',
      'kex': '+diffie-hellman-group1-sha1 < ~/.ssh/config',
    })
    expect(of('f1')).toEqual({
      config: './f1.cfg < inventory.yaml:11',
      platform: 'auto < default',
      site: 'lon < inventory.yaml:11',
      role: 'lab < inventory.yaml:11',
      tags: 'a, b < inventory.yaml:11',
    })
    const text = (await cli('inventory', 'list', '-i', join(dir, 'inventory.yaml'), '--resolved')).out
    expect(text.split('\n').filter(line => line.length > 80)).toEqual([])
    expect(text).toMatch(/^ {2}username +nina +source nornir nr\/hosts\.yaml:1$/m)
    expect(text).not.toContain('hunter2')
  })

  it('helps within 80 columns', async () => {
    const { code, out } = await cli('inventory', '--help')
    expect(code).toBe(0)
    expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
  })
})

const router = (name: string, address: string, ...lines: string[]) =>
  [
    'version 15.2',
    'service timestamps log datetime msec',
    `hostname ${name}`,
    'interface Vlan10',
    ` ip address ${address} 255.255.255.0`,
    ...lines.map(l => ` ${l}`),
    'end',
    '',
  ].join('\n')

describe('an audit with a limit', () => {
  const net = () =>
    files({
      'inventory.yaml':
        'pxe_points: [{ name: wds, addresses: [10.9.9.5] }]\ndefaults: { username: audit }\nsources: [{ oxidized: db, map: { name: 0, model: 1, group: 2 }, groups: [] }]\ndevices: [{ name: a1, site: ams }, { name: a2, site: ams }, { name: l1, site: lon }]\n',
      'db': 'a1:ios:x\na2:ios:x\nl1:ios:x\n',
      'c/a1': router('a1', '10.0.10.2', 'ip helper-address 10.9.9.5'),
      'c/a2': router('a2', '10.0.10.3', 'ip helper-address 10.9.9.5'),
      'c/l1': router('l1', '10.0.20.2', 'ip helper-address 10.9.9.5'),
    })
  const audit = async (...args: string[]) => {
    const dir = net()
    const { code, out, err } = await cli(
      'audit',
      '-i',
      join(dir, 'inventory.yaml'),
      '--configs',
      join(dir, 'c'),
      '--format',
      'json',
      ...args,
    )
    return { code, err, result: out === '' ? null : (JSON.parse(out) as Result) }
  }
  const verdicts = (result: Result | null) => Object.fromEntries(result?.segments.map(s => [s.id, s.pxe[0]?.verdict]) ?? [])

  it('never makes a segment look clean: what is left out was not read', async () => {
    expect(verdicts((await audit()).result)).toEqual({
      'ams default 10.0.10.0/24': 'duplicate',
      'lon default 10.0.20.0/24': 'single',
    })
    const { code, err, result } = await audit('--limit', 'a1')
    expect(verdicts(result)).toEqual({ 'ams default 10.0.10.0/24': 'unknown' })
    expect(result?.devices.map(d => [d.name, d.state, d.reason])).toEqual([
      ['a1', 'collected', null],
      ['a2', 'failed', 'left out by --limit'],
      ['l1', 'failed', 'left out by --limit'],
    ])
    expect(code).toBe(3)
    expect(err).toBe('iphelper-audit: 2 of 3 devices are left out by --limit and count as not read: their sites stay open\n')
  })

  it('judges the sites that it leaves whole', async () => {
    const { code, result } = await audit('--limit', 'site=ams')
    expect(verdicts(result)).toEqual({ 'ams default 10.0.10.0/24': 'duplicate' })
    expect(code).toBe(1)
    const lon = await audit('--limit', '!tag=nix,site=lon')
    expect([verdicts(lon.result), lon.code]).toEqual([{ 'lon default 10.0.20.0/24': 'single' }, 3])
  })

  it('tells what of it fits nothing', async () => {
    const { err, result } = await audit('--limit', 'name=a1|a2|a3')
    expect(verdicts(result)).toEqual({ 'ams default 10.0.10.0/24': 'duplicate' })
    expect(err).toContain('--limit name=a1|a2|a3: no device has name=a3; inventory list shows what they have\n')
  })

  it('says the same of a snapshot: what was left out when it was collected was not read', async () => {
    const dir = net()
    const config = (name: string) => `{ name: ${name}, config: c/${name}, site: ${name.startsWith('a') ? 'ams' : 'lon'} }`
    writeFileSync(
      join(dir, 'inventory.yaml'),
      `pxe_points: [{ name: wds, addresses: [10.9.9.5] }]\ndevices: [${['a1', 'a2', 'l1'].map(config).join(', ')}]\n`,
    )
    const collect = (...more: string[]) => cli('collect', '-i', join(dir, 'inventory.yaml'), '-o', join(dir, 'snap'), ...more)
    const snapshot = async () => {
      const { out } = await cli('audit', '--configs', join(dir, 'snap'), '--pxe', '10.9.9.5', '--format', 'json')
      return JSON.parse(out) as Result
    }
    expect(await collect('--limit', 'a1')).toMatchObject({ code: 0, out: expect.stringContaining('Collected 1 of 1 device') })
    const first = await snapshot()
    expect(verdicts(first)).toEqual({ 'ams default 10.0.10.0/24': 'unknown' })
    expect(first.devices.map(d => [d.name, d.reason])).toEqual([
      ['a1', null],
      ['a2', 'it was left out by --limit'],
      ['l1', 'it was left out by --limit'],
    ])
    expect(await collect('--resume')).toMatchObject({ code: 0 })
    const whole = { 'ams default 10.0.10.0/24': 'duplicate', 'lon default 10.0.20.0/24': 'single' }
    expect(verdicts(await snapshot())).toEqual(whole)
    // What is there of the others stays, and counts.
    await collect('--limit', 'site=lon')
    expect(verdicts(await snapshot())).toEqual(whole)
  })

  it('goes with an inventory', async () => {
    const { code, err } = await cli('audit', '--configs', 'x', '--pxe', '10.9.9.5', '--limit', 'a1')
    expect([code, err]).toEqual([
      2,
      'iphelper-audit: --limit goes with -i: of a folder alone nothing is known to choose devices by\n',
    ])
  })

  it('and a source with a router that cannot be reached leave its site open', async () => {
    const dir = files({
      'inventory.yaml':
        'pxe_points: [{ name: wds, addresses: [10.9.9.5] }]\ndefaults: { username: audit }\nsources: [{ nornir: n }]\n',
      'n/hosts.yaml':
        'r1: { platform: ios, data: { site: ams } }\nr2: { platform: "{{ x }}", data: { site: ams } }\nr3: { platform: ios, data: { site: "{{ y }}" } }\n',
      'c/r1': router('r1', '10.0.10.2', 'ip helper-address 10.9.9.5'),
      'c/r3': router('r3', '10.0.30.2', 'ip helper-address 10.9.9.5'),
    })
    const { out, code } = await cli('audit', '-i', join(dir, 'inventory.yaml'), '--configs', join(dir, 'c'), '--format', 'json')
    const result = JSON.parse(out) as Result
    expect(verdicts(result)).toEqual({ 'ams default 10.0.10.0/24': 'unknown' })
    // A file of r3 is there, and nobody knows at which site it stands.
    expect(result.devices.map(d => [d.name, d.state])).toEqual([
      ['r1', 'collected'],
      ['r2', 'failed'],
      ['r3', 'failed'],
    ])
    expect(code).toBe(3)
    // Collected over SSH it would be the same: nothing is sent to devices that cannot be reached.
    expect(existsSync(join(dir, 'c/r2'))).toBe(false)
  })
})

it.each([
  ['r1', 'r1.cfg'],
  ['r1.cfg', 'r1.txt'],
  ['old/r1', 'r1'],
])('a router of which a folder holds %s and %s was not read: nobody knows which holds', async (one, other) => {
  const dir = files({
    'inventory.yaml':
      'pxe_points: [{ name: wds, addresses: [10.9.9.5] }]\ndefaults: { username: audit }\ndevices: [{ name: r1, host: 192.0.2.1 }, { name: r2, host: 192.0.2.2 }]\n',
    [`c/${one}`]: router('r1', '10.0.10.2'),
    [`c/${other}`]: router('r1', '10.0.10.2', 'ip helper-address 10.9.9.5'),
    'c/r2': router('r2', '10.0.10.3', 'ip helper-address 10.9.9.5'),
  })
  const { out, err } = await cli('audit', '-i', join(dir, 'inventory.yaml'), '--configs', join(dir, 'c'), '--format', 'json')
  expect(err).not.toContain('belong')
  const { devices, segments } = JSON.parse(out) as Result
  expect(devices[0]).toMatchObject({
    name: 'r1',
    state: 'failed',
    reason: `there are 2 configurations named r1 in ${join(dir, 'c')}: ${join(dir, 'c', one)} and ${join(dir, 'c', other)}; keep one`,
  })
  expect(segments[0]?.pxe[0]?.verdict).toBe('unknown')
})

describe('a router whose site nobody knows', () => {
  const net = (r3: string) =>
    files({
      'inventory.yaml':
        'pxe_points: [{ name: wds, addresses: [10.9.9.5] }]\ndefaults: { username: audit }\nsources: [{ nornir: n }]\n',
      'n/hosts.yaml': `r1: { platform: ios, data: { site: ams } }\nr2: { platform: ios, data: { site: lon } }\nr3: ${r3}\n`,
      'c/r1': router('r1', '10.0.10.2', 'ip helper-address 10.9.9.5'),
      'c/r2': router('r2', '10.0.20.2', 'ip helper-address 10.9.9.5'),
      'c/r3': router('r3', '10.0.10.3', 'ip helper-address 10.9.9.5'),
    })
  const verdicts = async (...args: string[]) => {
    const { out } = await cli('audit', '--format', 'json', ...args)
    return Object.fromEntries((JSON.parse(out) as Result).segments.map(s => [s.id, s.pxe[0]?.verdict]))
  }
  const open = { 'ams default 10.0.10.0/24': 'unknown', 'lon default 10.0.20.0/24': 'unknown' }

  it.each([
    ['its site is a template', '{ platform: ios, data: { site: "{{ y }}" } }'],
    ['its group is not there', '{ platform: ios, groups: [lost] }'],
  ])('may stand in any: %s', async (_, r3) => {
    const dir = net(r3)
    const { out } = await cli('inventory', 'list', '-i', join(dir, 'inventory.yaml'), '--resolved', '--format', 'json')
    const listed = JSON.parse(out) as { name: string; site: string | null; settings: { setting: string }[] }[]
    expect(listed.map(d => [d.name, d.site, d.settings.some(s => s.setting === 'site')])).toEqual([
      ['r1', 'ams', true],
      ['r2', 'lon', true],
      ['r3', null, false],
    ])
    const inventory = ['-i', join(dir, 'inventory.yaml'), '--configs', join(dir, 'c')]
    expect(await verdicts(...inventory)).toEqual(open)
    expect(await verdicts(...inventory, '--limit', 'site=ams|lon')).toEqual(open)
  })

  it('may stand in any where a manifest says so, or names several sites and not the router', async () => {
    const dir = net('{}')
    const listed = (name: string, site: string, more: object = {}) => ({
      name,
      platform: null,
      site,
      status: 'collected',
      reason: null,
      command: null,
      file: name,
      collected_at: '2026-11-01T00:00:00Z',
      sha256: null,
      bytes: null,
      ...more,
    })
    const manifest = (...more: object[]) =>
      writeFileSync(
        join(dir, 'c/manifest.json'),
        JSON.stringify({
          schema_version: 1,
          tool: { name: 'iphelper-audit', version: '0' },
          written_at: '2026-11-01T00:00:00Z',
          devices: [listed('r1', 'ams'), listed('r2', 'lon'), ...more],
        }),
      )
    manifest()
    expect(await verdicts('--configs', join(dir, 'c'), '--pxe', '10.9.9.5')).toEqual(open)
    rmSync(join(dir, 'c/r3'))
    const failed = { status: 'failed', reason: 'not known', file: null }
    manifest(listed('r3', 'par', failed))
    expect(await verdicts('--configs', join(dir, 'c'), '--pxe', '10.9.9.5')).toMatchObject({
      'ams default 10.0.10.0/24': 'single',
    })
    for (const more of [{}, { adrift: true }]) {
      manifest(listed('r3', 'default', { ...failed, ...more }))
      expect(await verdicts('--configs', join(dir, 'c'), '--pxe', '10.9.9.5')).toEqual(open)
    }
  })

  it('is said to be one in the manifest of a snapshot', async () => {
    const dir = files({
      'inventory.yaml':
        'pxe_points: [{ name: wds, addresses: [10.9.9.5] }]\ndefaults: { username: audit }\ndevices: [{ name: r1, config: r1.cfg, site: ams }]\nsources: [{ nornir: n }]\n',
      'n/hosts.yaml': 'r3: { platform: ios, data: { site: "{{ y }}" } }\n',
      'r1.cfg': router('r1', '10.0.10.2', 'ip helper-address 10.9.9.5'),
    })
    await cli('collect', '-i', join(dir, 'inventory.yaml'), '-o', join(dir, 'snap'))
    expect(JSON.parse(readFileSync(join(dir, 'snap/manifest.json'), 'utf8')).devices).toMatchObject([
      { name: 'r1', site: 'ams', status: 'collected' },
      { name: 'r3', status: 'failed', adrift: true },
    ])
    expect(await verdicts('--configs', join(dir, 'snap'), '--pxe', '10.9.9.5')).toEqual({ 'ams default 10.0.10.0/24': 'unknown' })
  })
})

it('the example shows sources that are right once the marks are gone', () => {
  const text = readFileSync(join(import.meta.dirname, '..', 'inventory.example.yaml'), 'utf8')
  const block = /^# sources:\n(?:# .*\n)+/m.exec(text)?.[0].replace(/^# /gm, '') ?? ''
  const sources = sourceSchema.array().parse((parse(block) as { sources: unknown }).sources)
  expect(sources.map(kindOf)).toEqual(['nornir', 'ansible', 'rancid', 'oxidized', 'netbox'])
})

it('schema inventory describes the keys of sources', async () => {
  const { out } = await cli('schema', 'inventory')
  const { properties, required } = JSON.parse(out) as {
    properties: Record<string, { description: string; items: { properties: Record<string, { description?: string }> } }>
    required: string[]
  }
  expect(required).toEqual(['pxe_points'])
  const source = properties.sources?.items.properties ?? {}
  expect(Object.keys(source)).toEqual([
    'nornir',
    'ansible',
    'rancid',
    'oxidized',
    'netbox',
    'delimiter',
    'map',
    'groups',
    'site',
    'platforms',
    'limit',
  ])
  for (const [key, { description }] of Object.entries(source)) expect([key, description]).toEqual([key, expect.any(String)])
})
