// Snapshots: nothing half-written, the last good configuration kept, finished later, and read back by the audit.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Gathered } from '../src/collect/collect.ts'
import { type Failure, failure } from '../src/collect/failure.ts'
import { makeFolder } from '../src/collect/folder.ts'
import { type SnapshotOptions, snapshot } from '../src/collect/snapshot.ts'
import { readFolder } from '../src/inventory/folder.ts'
import { manifestSchema } from '../src/inventory/manifest.ts'
import { readManifest } from '../src/inventory/read-manifest.ts'
import type { CollectedText, InventoryDevice } from '../src/model/inventory.ts'
import type { ManifestDevice } from '../src/model/snapshot.ts'
import { readDevice } from '../src/parse/assemble.ts'
import type { Platform } from '../src/parse/platform.ts'
import { platformOf } from '../src/platforms.ts'
import { takeFolder } from '../src/snapshot-folder.ts'
import { sshDevice } from './support/access.ts'

const root = mkdtempSync(join(tmpdir(), 'iphelper-snapshot-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let folders = 0
const folder = () => join(root, `${++folders}`)

const started = new Date('2026-11-20T10:00:00Z')
const open = (dir: string, more: Partial<SnapshotOptions> = {}) => {
  makeFolder(dir, 0o700)
  return snapshot({
    dir,
    tool: { name: 'iphelper-audit', version: '1.2.3' },
    started,
    previous: readManifest(dir),
    resume: false,
    allowSmaller: false,
    known: new Set(['r1', 'r2', 'r3']),
    redact: text => text.replaceAll('hunter2', 'blanked'),
    ...more,
  })
}
const [r1, r2, r3] = ['r1', 'r2', 'r3'].map((name, n) => sshDevice(name, { port: 22 + n })) as [
  InventoryDevice,
  InventoryDevice,
  InventoryDevice,
]
const good = (device: InventoryDevice, text: string, at = '2026-11-20T10:00:05.000Z'): Gathered => ({
  device,
  command: 'show running-config',
  failure: null,
  collected: {
    device: device.name,
    site: device.site,
    platform: 'cisco-ios',
    file: 'ssh://127.0.0.1:22',
    state: 'collected',
    text,
    sha256: 'of the text as it came',
    collected_at: at,
    incomplete: null,
    whole: true,
  },
})
const bad = (device: InventoryDevice, why: Failure): Gathered => ({
  device,
  command: null,
  failure: why,
  collected: {
    device: device.name,
    site: device.site,
    platform: device.platform,
    file: 'ssh://127.0.0.1:22',
    state: 'failed',
    reason: why.failed,
  },
})
const refused = failure('refused', '127.0.0.1 port 22 refused the connection; check port:', true)
const config = (lines: number) => `hostname r1\n${'interface Vlan1\n'.repeat(lines)}enable secret hunter2\nend\n`
const entryOf = (dir: string, name: string): ManifestDevice | undefined => readManifest(dir)?.devices.find(d => d.name === name)

describe('a snapshot', () => {
  it('holds what was collected, without secrets, for its owner only, and says exactly what it holds', async () => {
    const dir = folder()
    const store = open(dir)
    store.begin([r1, r2])
    expect(store.save(good(r1, config(3)))).toEqual({ device: 'r1', failure: null, kept: null })
    expect(store.save(bad(r2, refused))).toEqual({ device: 'r2', failure: refused, kept: null })
    store.close()

    const text = readFileSync(join(dir, 'r1.cfg'), 'utf8')
    expect(text).toBe(config(3).replace('hunter2', 'blanked'))
    expect(readdirSync(dir).sort()).toEqual(['manifest.json', 'r1.cfg'])
    for (const file of readdirSync(dir)) expect(statSync(join(dir, file)).mode & 0o777).toBe(0o600)
    expect(statSync(dir).mode & 0o777).toBe(0o700)

    const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')))
    expect(manifest).toMatchObject({ started_at: '2026-11-20T10:00:00.000Z', tool: { name: 'iphelper-audit', version: '1.2.3' } })
    expect(manifest.devices).toEqual([
      {
        name: 'r1',
        platform: 'cisco-ios',
        site: 'ams',
        status: 'collected',
        reason: null,
        command: 'show running-config',
        file: 'r1.cfg',
        collected_at: '2026-11-20T10:00:05.000Z',
        sha256: createHash('sha256').update(text).digest('hex'),
        bytes: Buffer.byteLength(text),
      },
      {
        name: 'r2',
        platform: 'cisco-ios',
        site: 'ams',
        status: 'failed',
        reason: refused.failed,
        command: null,
        file: null,
        collected_at: manifest.devices[1]?.collected_at,
        sha256: null,
        bytes: null,
      },
    ])
    expect(readFolder(dir)).toMatchObject([
      { device: 'r1', state: 'collected', whole: true, incomplete: null, platform: 'cisco-ios', site: 'ams' },
      { device: 'r2', state: 'failed', reason: refused.failed },
    ])
  })

  it('keeps the last good configuration where collecting fails, and says that it failed', async () => {
    const dir = folder()
    const first = open(dir)
    first.begin([r1])
    first.save(good(r1, config(3)))
    first.close()
    const before = readFileSync(join(dir, 'r1.cfg'), 'utf8')

    const second = open(dir, { started: new Date('2026-11-21T10:00:00Z') })
    second.begin([r1])
    expect(second.save(bad(r1, refused))).toEqual({ device: 'r1', failure: refused, kept: '2026-11-20T10:00:05.000Z' })
    second.close()
    expect(readFileSync(join(dir, 'r1.cfg'), 'utf8')).toBe(before)
    expect(entryOf(dir, 'r1')).toMatchObject({
      status: 'collected',
      collected_at: '2026-11-20T10:00:05.000Z',
      attempt: { reason: refused.failed },
    })
    expect(readFolder(dir)).toMatchObject([{ device: 'r1', state: 'collected', attempt: { reason: refused.failed } }])

    const third = open(dir, { started: new Date('2026-11-22T10:00:00Z') })
    third.begin([r1])
    third.save(good(r1, config(4), '2026-11-22T10:00:05.000Z'))
    third.close()
    expect(entryOf(dir, 'r1')).not.toHaveProperty('attempt')
  })

  it('can be finished: what the run did not get to, or failed to get, is still to do, and nothing else', async () => {
    const dir = folder()
    const first = open(dir)
    first.begin([r1, r2, r3])
    first.save(good(r1, config(3)))
    first.save(bad(r2, refused))
    first.close()
    // As if it had been killed here: r3 never had its turn.
    expect(entryOf(dir, 'r3')).toMatchObject({
      status: 'failed',
      reason: 'the run ended before its turn; finish it with --resume',
    })

    const second = open(dir, { started: new Date('2026-11-20T11:00:00Z'), resume: true })
    expect(second.pending([r1, r2, r3]).map(d => d.name)).toEqual(['r2', 'r3'])
    second.begin([r2, r3])
    second.save(good(r2, config(3), '2026-11-20T11:00:01.000Z'))
    second.save(good(r3, config(3), '2026-11-20T11:00:01.000Z'))
    const manifest = second.close()
    expect(manifest.started_at).toBe('2026-11-20T10:00:00.000Z')
    expect(manifest.devices.map(d => d.status)).toEqual(['collected', 'collected', 'collected'])
    expect(open(dir, { resume: true }).pending([r1, r2, r3])).toEqual([])
    expect(open(dir).pending([r1, r2, r3])).toEqual([r1, r2, r3])
  })

  it('a run that gets nowhere leaves what was there, marked as old', async () => {
    const dir = folder()
    const first = open(dir)
    first.begin([r1])
    first.save(good(r1, config(3)))
    first.close()
    const killed = open(dir, { started: new Date('2026-11-21T10:00:00Z') })
    killed.begin([r1])
    expect(entryOf(dir, 'r1')).toMatchObject({ status: 'collected', attempt: { at: '2026-11-21T10:00:00.000Z' } })
    expect(open(dir, { resume: true }).pending([r1])).toEqual([r1])
  })

  it('takes no configuration that is suddenly much smaller, unless it is told to', async () => {
    const dir = folder()
    const first = open(dir)
    first.begin([r1])
    first.save(good(r1, config(200)))
    first.close()
    const bytes = Buffer.byteLength(config(200))
    const small = open(dir)
    small.begin([r1])
    expect(small.save(good(r1, config(50))).failure).toEqual({
      kind: 'smaller',
      again: false,
      failed: `it has ${Buffer.byteLength(config(50))} bytes, and the last good one of 2026-11-20 has ${bytes}; if that is right, collect it with --allow-smaller`,
    })
    expect(readFileSync(join(dir, 'r1.cfg'))).toHaveLength(bytes)
    expect(small.save(good(r1, config(120))).failure).toBeNull()
    const allowed = open(dir, { allowSmaller: true })
    allowed.begin([r1])
    expect(allowed.save(good(r1, config(20))).failure).toBeNull()
  })

  it('says of one device that it cannot be stored, and stores the others', async () => {
    const dir = folder()
    mkdirSync(join(dir, 'r1.cfg', 'in the way'), { recursive: true })
    writeFileSync(join(dir, '.r9.cfg.4242.partial'), 'of a run that was killed')
    const store = open(dir)
    store.begin([r1, r2])
    expect(store.save(good(r1, config(3))).failure).toMatchObject({
      kind: 'storage',
      failed: expect.stringMatching(
        /r1\.cfg cannot be written \((EISDIR|ENOTEMPTY|EEXIST)\); make room there or name another folder$/,
      ),
    })
    expect(store.save(good(r2, config(3))).failure).toBeNull()
    store.close()
    expect(readdirSync(dir).sort()).toEqual(['manifest.json', 'r1.cfg', 'r2.cfg'])
  })

  it('marks a device that the inventory no longer has, and forgets it once its file is gone', async () => {
    const dir = folder()
    const first = open(dir)
    first.begin([r1, r2])
    first.save(good(r1, config(3)))
    first.save(good(r2, config(3)))
    first.close()
    const later = () => open(dir, { known: new Set(['r2']), started: new Date('2026-11-21T10:00:00Z') })
    const second = later()
    second.begin([r2])
    second.save(good(r2, config(3), '2026-11-21T10:00:05.000Z'))
    second.close()
    expect(entryOf(dir, 'r1')?.attempt?.reason).toMatch(/^it is no longer in the inventory/)
    rmSync(join(dir, 'r1.cfg'))
    const third = later()
    third.begin([r2])
    third.close()
    expect(entryOf(dir, 'r1')).toBeUndefined()
  })

  it('collects again what is no longer there, or no longer what it was', async () => {
    const dir = folder()
    const first = open(dir)
    first.begin([r1, r2, r3])
    for (const device of [r1, r2, r3]) first.save(good(device, config(3)))
    first.close()
    rmSync(join(dir, 'r1.cfg'))
    writeFileSync(join(dir, 'r2.cfg'), 'garbage')
    expect(
      open(dir, { resume: true })
        .pending([r1, r2, r3])
        .map(d => d.name),
    ).toEqual(['r1', 'r2'])
  })

  it('says where devices stand by the inventory of today, whether or not they are collected today', () => {
    const dir = folder()
    const at = (device: InventoryDevice, site: string): InventoryDevice => ({ ...device, site })
    const first = open(dir)
    const typos = [at(r1, 'asm'), at(r2, 'asm'), at(r3, 'asm')] as const
    first.begin(typos)
    first.save(good(typos[0], config(3)))
    first.save(good(typos[1], config(3)))
    first.save(bad(typos[2], failure('refused', 'it refused the connection', true)))
    first.close()
    const limited = open(dir, { resume: true, left: [at(r2, 'ams'), at(r3, 'ams')] })
    const pending = limited.pending([at(r1, 'ams')])
    expect(pending).toEqual([])
    limited.begin(pending)
    limited.close()
    expect(readManifest(dir)?.devices.map(d => [d.name, d.site, d.status])).toEqual([
      ['r1', 'ams', 'collected'],
      ['r2', 'ams', 'collected'],
      ['r3', 'ams', 'failed'],
    ])
  })

  it('collects again what was read as another platform than the inventory says today', () => {
    const dir = folder()
    const first = open(dir)
    first.begin([r1, r2, r3])
    for (const device of [r1, r2, r3]) first.save(good(device, config(3)))
    first.close()
    const again = open(dir, { resume: true })
    const devices = [{ ...r1, platform: 'cisco-nxos' }, { ...r2, platform: 'auto' }, r3]
    expect(again.pending(devices).map(d => d.name)).toEqual(['r1'])
  })

  it('lets one run at a time into a folder, and minds none that is gone', () => {
    const dir = folder()
    const store = open(dir)
    store.begin([r1])
    store.close()
    writeFileSync(join(dir, '.lock'), '1\n')
    const busy = `process 1 is collecting into ${dir}; wait until it is done, or name another folder`
    expect(() => takeFolder(dir, false)).toThrow(busy)
    writeFileSync(join(dir, '.lock'), '999999999\n')
    const { lock, previous } = takeFolder(dir, true)
    expect(previous).toEqual(readManifest(dir))
    lock.release()
    expect(readdirSync(dir)).toEqual(['manifest.json'])
  })

  it('reads nothing of a folder that another run is still writing, nor takes its first moment for strange files', () => {
    const dir = folder()
    makeFolder(dir)
    writeFileSync(join(dir, '.lock'), '1\n')
    writeFileSync(join(dir, '.lock.0123.partial'), '')
    expect(() => takeFolder(dir, false)).toThrow(`process 1 is collecting into ${dir}`)
    writeFileSync(join(dir, 'manifest.json'), '{ "schema_version": ')
    expect(() => takeFolder(dir, true)).toThrow(`process 1 is collecting into ${dir}`)
    rmSync(join(dir, '.lock'))
    expect(() => takeFolder(dir, true)).toThrow('manifest.json')
    // Who gave up has left nothing behind that keeps others out.
    expect(readdirSync(dir)).not.toContain('.lock')
  })

  it('stays readable whatever a device has said', async () => {
    const dir = folder()
    const store = open(dir)
    store.begin([r1])
    store.save(bad(r1, failure('session', 'the device refused "show" (\x9b2J\u0085 \x1b[2Jno)')))
    store.close()
    expect(entryOf(dir, 'r1')?.reason).toBe('the device refused "show" ( 2J   [2Jno)')
  })

  it('proves no more of a file that was handed in than the file did: a cut one stays in doubt', async () => {
    const dir = folder()
    const store = open(dir)
    store.begin([r1, r2])
    const cut = 'version 21.4R3-S5.4;\nsystem {\n    host-name r1;\n}\ninterfaces {\n    irb {\n        unit 5;\n    }\n}\n'
    const handed = good(r1, cut)
    store.save({ ...handed, command: null, collected: { ...handed.collected, platform: 'juniper-junos', whole: false } as never })
    expect(
      store.save({ ...handed, device: r2, collected: { ...handed.collected, incomplete: 'it is cut' } as never }).failure,
    ).toMatchObject({
      kind: 'incomplete',
    })
    store.close()
    const [read] = readFolder(dir)
    expect(read).toMatchObject({ state: 'collected', whole: false, platform: 'juniper-junos' })
    expect(readDevice(platformOf('juniper-junos') as Platform, read as CollectedText).complete).toBe(false)
  })
})
