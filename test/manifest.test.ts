// Snapshots with a manifest: what it states is used, what departs from it is never taken for whole, and what is wrong with it is said.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { auditFolder, auditInventory, Trouble } from '../src/api.ts'
import { readFolder } from '../src/inventory/folder.ts'
import { manifestSchema } from '../src/inventory/manifest.ts'
import { readManifest } from '../src/inventory/read-manifest.ts'
import type { ManifestDevice } from '../src/model/snapshot.ts'
import { pxePoint } from './support/point.ts'

const root = mkdtempSync(join(tmpdir(), 'iphelper-audit-manifest-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const point = pxePoint()
const options = {
  templates: [join(import.meta.dirname, '..', 'templates')],
  version: '0',
  failOn: 'error' as const,
  assume: { pairs: false },
  started: new Date('2026-11-23T12:00:00Z'),
}

/** NX-OS without its header: nothing in the text proves that the end is not missing. */
const nxos = (name: string, host: number, ...relay: string[]) =>
  [
    `hostname ${name}`,
    'feature dhcp',
    'feature interface-vlan',
    'interface Vlan10',
    '  no shutdown',
    `  ip address 10.0.10.${host}/24`,
    ...relay,
    '',
  ].join('\n')
const RELAY = '  ip dhcp relay address 10.9.9.5'
const n1 = nxos('n1', 2, RELAY)
const n2 = nxos('n2', 3)

/** What a manifest states of a device whose file holds `text`. */
const collected = (name: string, text: string, more: Partial<ManifestDevice> = {}): ManifestDevice => ({
  name,
  platform: 'cisco-nxos',
  site: 'ams',
  status: 'collected',
  reason: null,
  command: 'show running-config',
  file: `${name}.cfg`,
  collected_at: '2026-11-23T08:45:00Z',
  sha256: createHash('sha256').update(text).digest('hex'),
  bytes: Buffer.byteLength(text),
  ...more,
})
const manifest = (...devices: ManifestDevice[]) => ({
  schema_version: 1,
  tool: { name: 'iphelper-audit', version: '0' },
  written_at: '2026-11-23T09:00:00Z',
  devices,
})

let run = 0
/** A folder with these files; a manifest that is no text is written as JSON. */
function snapshot(files: Readonly<Record<string, string>>, stated?: unknown): string {
  const dir = join(root, `${run++}`)
  mkdirSync(dir)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(dir, file, '..'), { recursive: true })
    writeFileSync(join(dir, file), text)
  }
  if (stated !== undefined)
    writeFileSync(join(dir, 'manifest.json'), typeof stated === 'string' ? stated : JSON.stringify(stated, null, 2))
  return dir
}
const audited = async (dir: string) => {
  const warned: string[] = []
  const result = await auditFolder(dir, [point], { ...options, warn: sentence => warned.push(sentence.replaceAll(dir, 'DIR')) })
  return { ...result, warned }
}
const verdict = async (dir: string) => {
  const { segments } = await audited(dir)
  return segments.find(s => s.subnets.includes('10.0.10.0/24'))?.pxe[0]?.verdict
}

describe('a manifest', () => {
  it('gives names, platforms, sites and times, and proves that nothing is missing', async () => {
    const files = { 'n1.cfg': n1, 'deep/second': n2 }
    const bare = await audited(snapshot(files))
    expect(bare.devices.map(d => [d.name, d.site, d.complete])).toEqual([
      ['second', 'default', null],
      ['n1', 'default', null],
    ])
    expect(bare.devices[0]?.reason).toMatch(/^completeness not provable/)

    const dir = snapshot(files, manifest(collected('n1', n1), collected('n2', n2, { file: './deep/second' })))
    const { devices, segments, warned } = await audited(dir)
    expect(devices).toMatchObject([
      { name: 'n1', platform: 'cisco-nxos', site: 'ams', state: 'collected', complete: true, reason: null },
      { name: 'n2', platform: 'cisco-nxos', site: 'ams', state: 'collected', complete: true, file: join(dir, 'deep/second') },
    ])
    expect(devices.map(d => d.collected_at)).toEqual(['2026-11-23T08:45:00.000Z', '2026-11-23T08:45:00.000Z'])
    expect(segments.map(s => [s.site, s.pxe[0]?.verdict])).toEqual([['ams', 'single']])
    expect(warned).toEqual([])
  })

  it('reads a listed file whatever it is called', () => {
    const [read] = readFolder(snapshot({ '.n1.json': n1 }, manifest(collected('n1', n1, { file: '.n1.json' }))))
    expect(read).toMatchObject({ device: 'n1', state: 'collected', whole: true })
  })

  it('lists devices that failed, each with its reason', async () => {
    const failure = { status: 'failed', reason: 'n2: connection refused', file: null, sha256: null, bytes: null } as const
    const dir = snapshot({ 'n1.cfg': n1 }, manifest(collected('n1', n1), collected('n2', '', failure)))
    const { devices, exit_code } = await audited(dir)
    expect(devices[1]).toMatchObject({
      name: 'n2',
      platform: 'cisco-nxos',
      site: 'ams',
      state: 'failed',
      reason: 'n2: connection refused',
    })
    expect(await verdict(dir)).toBe('unknown')
    expect(exit_code).toBe(3)
    const none = snapshot({}, manifest(collected('n2', '', { ...failure, reason: null })))
    expect((await audited(none)).devices.map(d => d.reason)).toEqual(['the manifest says that it was not collected, and not why'])
  })

  it('lists files that are not there', async () => {
    const dir = snapshot({ 'n1.cfg': n1 }, manifest(collected('n1', n1), collected('n2', n2)))
    expect((await audited(dir)).devices[1]).toMatchObject({
      state: 'failed',
      reason: 'the manifest lists n2.cfg, and it is not there; collect n2 again',
    })
    expect(await verdict(dir)).toBe('unknown')
  })

  it('does not list everything: the rest is read with a word about it, under names that are not taken', async () => {
    const dir = snapshot({ 'n1.cfg': n1, 'old/n1.cfg': n2, 'n9.cfg': nxos('n9', 9) }, manifest(collected('n1', n1)))
    const { devices, warned } = await audited(dir)
    expect(warned).toEqual(['n9.cfg, old/n1.cfg are not listed in DIR/manifest.json and are read all the same'])
    expect(devices.map(d => [d.name, d.site, d.complete])).toEqual([
      ['n1', 'ams', true],
      ['n9', 'ams', null],
      ['old/n1', 'ams', null],
    ])
    expect(await verdict(snapshot({ 'n1.cfg': n1, 'n2.cfg': nxos('n2', 3, RELAY) }, manifest(collected('n1', n1))))).toBe(
      'duplicate',
    )
    const again = snapshot({ 'n1.cfg': n1, 'n1.txt': n2 }, manifest(collected('n1', n1)))
    expect((await audited(again)).devices.map(d => d.name)).toEqual(['n1', 'n1.txt'])
    const taken = snapshot({ 'n1.cfg': n1, 'n1.txt': n2 }, manifest(collected('n1.txt', n1, { file: 'n1.cfg' })))
    expect((await audited(taken)).devices.map(d => d.name)).toEqual(['n1.txt', 'n1'])
  })

  it('of several sites does not say where the rest stands, so that is not read', async () => {
    const listed = manifest(collected('n1', n1), collected('n3', n2, { site: 'lon' }))
    const dir = snapshot({ 'n1.cfg': n1, 'n3.cfg': n2, 'n2.cfg': nxos('n2', 3, RELAY) }, listed)
    expect((await audited(dir)).devices[2]).toMatchObject({
      name: 'n2',
      state: 'failed',
      reason: `${join(dir, 'n2.cfg')} is not listed in the manifest, which has several sites, so nobody knows where it stands; list it there, or remove it`,
    })
  })
})

describe('a file that departs from its manifest', () => {
  const with1 = (text: string, stated: Partial<ManifestDevice> = {}) =>
    readFolder(snapshot({ 'n1.cfg': text }, manifest(collected('n1', n1, stated))))[0]

  it('is cut short where it is shorter', async () => {
    expect(with1(n1.slice(0, 100))).toMatchObject({
      incomplete: `it has 100 of the ${n1.length} bytes that the manifest states`,
      whole: false,
    })
    const dir = snapshot({ 'n1.cfg': n1, 'n2.cfg': n2 }, manifest(collected('n1', n1), collected('n2', `${n2}${RELAY}\n`)))
    expect((await audited(dir)).devices[1]).toMatchObject({ complete: false })
    expect(await verdict(dir)).toBe('unknown')
  })

  it('is another file where it is longer, or differs', () => {
    const other = { incomplete: 'it is not the file that the manifest describes', whole: false }
    expect(with1(`${n1}!\n`)).toMatchObject(other)
    expect(with1(n1.replace('10.9.9.5', '10.9.9.6'))).toMatchObject(other)
    expect(with1(n1.slice(1), { bytes: null })).toMatchObject(other)
  })

  it('is whole only where something is stated, and it fits', () => {
    expect(with1(n1)).toMatchObject({ incomplete: null, whole: true })
    expect(with1(n1, { sha256: collected('n1', n1).sha256?.toUpperCase() ?? '' })).toMatchObject({ whole: true })
    expect(with1(n1, { sha256: null, bytes: null })).toMatchObject({ incomplete: null, whole: false })
  })

  it('counts in bytes, not in characters', () => {
    const text = n1.replace('hostname n1', 'hostname n1\nbanner motd #Zürich#')
    const [read] = readFolder(snapshot({ 'n1.cfg': text }, manifest(collected('n1', text))))
    expect(read).toMatchObject({ whole: true })
  })

  it('is cut short where its own text says so, even if it is what was collected', async () => {
    const cut = 'version 15.2\nhostname r1\ninterface Vlan10\n ip address 10.0.10.2 255.255.255.0\n ip helper-addr'
    const dir = snapshot({ 'r1.cfg': cut }, manifest(collected('r1', cut, { platform: 'cisco-ios' })))
    expect((await audited(dir)).devices[0]).toMatchObject({ complete: false })
  })
})

describe('the age of a capture', () => {
  // The run starts on 23 November 2026 at noon.
  const WEEK = { milliseconds: 7 * 24 * 3600 * 1000, said: '--max-age is 7d' }
  const reason = async (collected_at: string, maxAge: typeof WEEK | null = WEEK) => {
    const dir = snapshot({ 'n1.cfg': n1 }, manifest(collected('n1', n1, { collected_at })))
    utimesSync(join(dir, 'n1.cfg'), 1e9, 1e9)
    const [device] = (await auditFolder(dir, [point], { ...options, maxAge })).devices
    expect(device?.stale ?? false).toBe(device?.reason !== null)
    return device?.reason
  }

  it('is that of the manifest, not of the file, at the start of the run', async () => {
    expect(await reason('2026-11-16T12:00:00Z')).toBeNull()
    expect(await reason('2026-11-16T11:59:59Z')).toBe('it was captured on 2026-11-16, 7 days ago, and --max-age is 7d')
    expect(await reason('2026-11-14T11:00:00Z')).toBe('it was captured on 2026-11-14, 9 days ago, and --max-age is 7d')
    expect(await reason('2001-01-01T00:00:00Z', null)).toBeNull()
  })

  it('is told in a unit there are two of', async () => {
    const most = (minutes: number) => ({ milliseconds: minutes * 60_000, said: 'it must be less' })
    expect(await reason('2026-11-21T12:00:01Z', most(60))).toBe(
      'it was captured on 2026-11-21, 47 hours ago, and it must be less',
    )
    expect(await reason('2026-11-21T12:00:00Z', most(60))).toBe('it was captured on 2026-11-21, 2 days ago, and it must be less')
    expect(await reason('2026-11-23T10:00:01Z', most(60))).toBe(
      'it was captured on 2026-11-23, 119 minutes ago, and it must be less',
    )
    expect(await reason('2026-11-23T11:58:59Z', most(1))).toBe('it was captured on 2026-11-23, 1 minute ago, and it must be less')
  })

  it('cannot lie in the future by more than a day', async () => {
    expect(await reason('2026-11-24T12:00:00Z')).toBeNull()
    expect(await reason('2026-11-24T12:00:01Z')).toBe('its date lies in the future: 2026-11-24')
  })

  it('is said beside what else is wrong with the capture', async () => {
    const dir = snapshot({ 'n1.cfg': n1 })
    utimesSync(join(dir, 'n1.cfg'), new Date('2026-11-01T00:00:00Z'), new Date('2026-11-01T00:00:00Z'))
    expect((await auditFolder(dir, [point], { ...options, maxAge: WEEK })).devices[0]?.reason).toMatch(
      /^completeness not provable: .*; it was captured on 2026-11-01, 22 days ago, and --max-age is 7d$/,
    )
  })
})

describe('an inventory over a snapshot', () => {
  const inventory = (dir: string, ...devices: string[]) => {
    const file = join(dir, 'inventory.yaml')
    const lines = devices.map(d => `  - { ${d}, config: elsewhere.cfg }\n`).join('')
    writeFileSync(file, `pxe_points:\n  - { name: wds, addresses: [10.9.9.5] }\ndevices:\n${lines}`)
    return file
  }

  it('wins with its own sites and platforms, and takes the rest from the manifest', async () => {
    const dir = snapshot({ 'n1.cfg': n1, 'n2.cfg': n2 }, manifest(collected('n1', n1), collected('n2', n2)))
    const file = inventory(dir, 'name: n1, site: lon', 'name: n2, site: lon, platform: cisco-ios', 'name: n3')
    const { devices } = await auditInventory(file, { ...options, folder: dir, concurrency: 1 })
    expect(devices).toMatchObject([
      { name: 'n1', site: 'lon', platform: 'cisco-nxos', state: 'collected', complete: true },
      { name: 'n2', site: 'lon', platform: 'cisco-ios' },
      { name: 'n3', state: 'failed', reason: `there is no configuration named n3 in ${dir}` },
    ])
  })

  it('has the failures of the manifest, and no manifest for files of its own', async () => {
    const failed = collected('n1', '', { status: 'failed', reason: 'no route to host', file: null, sha256: null, bytes: null })
    const dir = snapshot({ 'elsewhere.cfg': n2 }, manifest(failed))
    utimesSync(join(dir, 'elsewhere.cfg'), 1e9, 1e9)
    const file = inventory(dir, 'name: n1')
    const read = await auditInventory(file, { ...options, folder: dir, concurrency: 1 })
    expect(read.devices).toMatchObject([{ name: 'n1', state: 'failed', reason: 'no route to host' }])
    const own = await auditInventory(file, { ...options, concurrency: 1 })
    expect(own.devices).toMatchObject([{ name: 'n1', complete: null, collected_at: '2001-09-09T01:46:40.000Z' }])
  })
})

describe('what is wrong with a manifest is one sentence with its line', () => {
  const sound = JSON.stringify(manifest(collected('n1', n1), collected('n2', n2)), null, 2)
  const complaint = (text: string): string => {
    const dir = snapshot({ 'n1.cfg': n1 }, text)
    try {
      readManifest(dir)
    } catch (error) {
      expect(error).toBeInstanceOf(Trouble)
      return (error as Trouble).message.replaceAll(`${dir}/`, '')
    }
    return 'no complaint'
  }
  const AGAIN = '; collect the snapshot again, or take manifest.json away if it is none of a snapshot'

  // Line 1 is the brace, 2 schema_version, 3 to 6 tool, 7 written_at, 8 devices, 9 the brace of n1, 10 its name, 11 platform,
  // 12 site, 13 status, 14 reason, 15 command, 16 file, 17 collected_at, 18 sha256, 19 bytes, 20 the brace; n2 follows.
  const mistakes: [string, string | RegExp, string, string][] = [
    [
      'a newer version',
      '"schema_version": 1',
      '"schema_version": 7',
      '2: it has schema version 7, and this version reads 1; use the iphelper-audit that wrote it',
    ],
    ['no version', '"schema_version": 1,', '', `1: "schema_version" must be one of 1${AGAIN}`],
    ['a wrong type', /"bytes": \d+/, '"bytes": "many"', `19: "bytes" must be a number, not text${AGAIN}`],
    ['a missing key', /"bytes": \d+\n/, '"byte": 5\n', `9: "bytes" is missing; add it${AGAIN}`],
    ['an unknown status', '"collected"', '"gone"', `13: "status" must be one of collected, failed${AGAIN}`],
    [
      'no time',
      '"2026-11-23T08:45:00Z"',
      '"yesterday"',
      `17: "collected_at" must be a time in UTC, like 2026-11-23T08:45:00Z${AGAIN}`,
    ],
    ['no digest', /"sha256": "\w+"/, '"sha256": "abc"', `18: "sha256" must be a SHA-256 of 64 hexadecimal digits${AGAIN}`],
    ['a name twice', '"name": "n2"', '"name": "n1"', `22: the name "n1" is taken by entry 1 of "devices"${AGAIN}`],
    ['a file twice', '"n2.cfg"', '"./n1.cfg"', `28: "./n1.cfg" is the file of "n1" already${AGAIN}`],
    ['no file', '"n2.cfg"', 'null', `28: "n2" is said to be collected, and no file is named${AGAIN}`],
    ...['../n1.cfg', 'a/../../n1.cfg', '/etc/passwd', 'C:\\\\n1.cfg', '..\\\\n1.cfg'].map(
      (path): [string, string, string, string] => [
        `a file that leads to ${path}`,
        '"n1.cfg"',
        `"${path}"`,
        `16: "file" must be a file in this folder: a relative path without ".."${AGAIN}`,
      ],
    ),
    [
      'a name that leads elsewhere',
      '"name": "n1"',
      '"name": "../n1"',
      `10: "name" must be a name without slashes that does not begin with a dot or a blank${AGAIN}`,
    ],
    [
      'a comma too few',
      '"site": "ams",',
      '"site": "ams"',
      `13: this is not valid JSON: Expected ',' or '}' after property value${AGAIN}`,
    ],
    ['a bare word', '"ams"', 'ams', `12: this is not valid JSON: Unexpected token 'a'${AGAIN}`],
  ]
  it.each(mistakes)('%s', (_, right, wrong, message) => {
    expect(sound).toMatch(right)
    expect(complaint(sound.replace(right, wrong))).toBe(`manifest.json:${message}`)
  })

  it('cut short, empty, or something else', () => {
    const half = sound.slice(0, sound.indexOf('"command"'))
    expect(complaint(half)).toMatch(/^manifest\.json:15: this is not valid JSON: /)
    expect(complaint('')).toBe(`manifest.json:1: this is not valid JSON: Unexpected end of JSON input${AGAIN}`)
    for (const other of ['[]', 'null', '"x"', '5'])
      expect(complaint(other)).toBe(`manifest.json:1: a manifest is an object with the keys schema_version and devices${AGAIN}`)
    expect(complaint('{"name":"app","icons":[]}')).toMatch(
      /^manifest\.json:1: "schema_version" must be one of 1; .*\(and 3 more\)$/,
    )
  })

  it('a folder of that name', () => {
    const dir = snapshot({ 'n1.cfg': n1, 'manifest.json/x.cfg': n2 })
    expect(() => readManifest(dir)).toThrow(/manifest\.json cannot be read \(EISDIR\); check that it is a file you may read$/)
  })

  it('and a byte order mark is no mistake, nor are tabs, nor keys that a later version adds', () => {
    expect(complaint(`\ufeff${sound}`)).toBe('no complaint')
    expect(complaint(JSON.stringify({ ...manifest(), more: 1 }, null, '\t'))).toBe('no complaint')
    expect(manifestSchema.parse(JSON.parse(sound))).toEqual(manifest(collected('n1', n1), collected('n2', n2)))
  })
})
