// What pipelines rely on: exit codes, what is tolerated, and what is said on which stream.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Io, wantsColour } from '../src/cli/io.ts'
import { run } from '../src/cli/run.ts'
import type { Result } from '../src/model/result.ts'
import { timings } from '../src/model/timings.ts'

let home = ''
let count = 0
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'iphelper-contract-'))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

/** A folder with these files. */
function place(files: Readonly<Record<string, string>>): string {
  const folder = join(home, `${++count}`)
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

async function cli(args: readonly string[], more: Partial<Io> = {}) {
  const said = { out: '', err: '' }
  const io: Io = {
    out: text => (said.out += text),
    err: text => (said.err += text),
    env: { HOME: home },
    width: 80,
    colour: false,
  }
  const code = await run(args, { ...io, cwd: home, ...more })
  return { code, ...said }
}

/** A router with one interface per VLAN; what it says there follows its address. */
const router = (host: number, vlans: Readonly<Record<number, readonly string[]>>) =>
  [
    'version 15.2',
    'service timestamps log datetime msec',
    `hostname r${host}`,
    ...Object.entries(vlans).flatMap(([vlan, lines]) => [
      `interface Vlan${vlan}`,
      ` ip address 10.0.${vlan}.${host} 255.255.255.0`,
      ...lines.map(l => ` ${l}`),
    ]),
    'end',
    '',
  ].join('\n')
const RELAY = 'ip helper-address 10.9.9.5'
/** Half of a redundant pair: its peer is missing, so nobody knows whether that relays, too. */
const LONE = [RELAY, 'standby 10 ip 10.0.10.1']

describe('--max-unknown', () => {
  const audit = (folder: string, ...more: readonly string[]) => cli(['audit', '--configs', folder, '--pxe', '10.9.9.5', ...more])

  it.each([
    [[], 3],
    [['--max-unknown', '0'], 3],
    [['--max-unknown', '0%'], 3],
    [['--max-unknown', '1'], 0],
    [['--max-unknown', '24.99%'], 3],
    [['--max-unknown', '25%'], 0],
    [['--max-unknown', '100%'], 0],
  ])('tolerates as many unknown verdicts, here 1 of 4: %s gives %i', async (args, wanted) => {
    const folder = place({ 'r2.cfg': router(2, { 10: LONE, 20: [RELAY], 30: [RELAY], 40: [RELAY] }) })
    const { code, out } = await audit(folder, ...args, '--format', 'json')
    const { summary, exit_code } = JSON.parse(out) as Result
    expect(summary).toMatchObject({ unknown: 1, single: 3, devices: 1, failed: 0 })
    expect({ code, exit_code }).toEqual({ code: wanted, exit_code: wanted })
  })

  it.each([
    [[], 3],
    [['--max-unknown', '1'], 0],
    [['--max-unknown', '33%'], 3],
    [['--max-unknown', '34%'], 0],
  ])('tolerates as many devices that were not read whole, here 1 of 3: %s gives %i', async (args, wanted) => {
    const point = 'pxe_points: [{ name: wds, addresses: [10.9.9.5] }]'
    const devices = ['r2', 'r3', 'r4'].map(name => `  - { name: ${name}, config: ${name}.cfg, site: ${name} }`)
    const folder = place({
      'inventory.yaml': `${point}\ndevices:\n${devices.join('\n')}\n`,
      'r2.cfg': router(2, { 10: [RELAY] }),
      'r3.cfg': router(3, { 20: [RELAY] }),
      'r4.cfg': '',
    })
    const { code, out } = await cli(['audit', '-i', join(folder, 'inventory.yaml'), ...args, '--format', 'json'])
    expect((JSON.parse(out) as Result).summary).toMatchObject({ unknown: 0, single: 2, devices: 3, failed: 1 })
    expect(code).toBe(wanted)
  })

  it('says what it tolerated, and nothing where there is nothing or too much', async () => {
    const folder = place({ 'r2.cfg': router(2, { 10: LONE, 20: [RELAY] }) })
    expect((await audit(folder, '--max-unknown', '1')).err).toBe(
      'iphelper-audit: --max-unknown 1 tolerates that 1 of 2 verdicts are unknown and 0 of 1 devices were not read whole\n',
    )
    expect((await audit(folder, '--max-unknown', '10%')).err).toBe('')
    expect((await audit(place({ 'r2.cfg': router(2, { 20: [RELAY] }) }), '--max-unknown', '1')).err).toBe('')
  })

  it('makes no clean bill of no verdict at all', async () =>
    expect((await audit(place({ 'r2.cfg': router(2, { 10: LONE }) }), '--max-unknown', '100%')).code).toBe(3))

  it('leaves findings alone: 1 wins', async () => {
    const folder = place({ 'r2.cfg': router(2, { 10: LONE, 20: [RELAY] }), 'r3.cfg': router(3, { 20: [RELAY] }) })
    expect((await audit(folder, '--max-unknown', '100%')).code).toBe(1)
  })

  it('holds for baseline check', async () => {
    const folder = place({ 'configs/r2.cfg': router(2, { 10: LONE, 20: [RELAY] }) })
    const input = ['--configs', join(folder, 'configs'), '--pxe', '10.9.9.5', '--baseline', join(folder, 'baseline.json')]
    expect((await cli(['baseline', 'write', ...input])).code).toBe(0)
    expect((await cli(['baseline', 'check', ...input])).code).toBe(3)
    expect((await cli(['baseline', 'check', ...input, '--max-unknown', '1'])).code).toBe(0)
    expect(await cli(['baseline', 'prune', ...input, '--max-unknown', '1'])).toMatchObject({
      code: 2,
      err: 'iphelper-audit: --max-unknown goes with baseline check only\n',
    })
  })

  it.each(['', '-1', '1.5', '101%', 'some', '5 %', '1e3', '99999999'])('refuses "%s"', async text =>
    expect(await audit(home, '--max-unknown', text)).toEqual({
      code: 2,
      out: '',
      err: `iphelper-audit: --max-unknown ${text} is neither a number nor a percentage; write 3 or 5%\n`,
    }),
  )
})

describe('streams', () => {
  const folder = () => place({ 'r2.cfg': router(2, { 10: LONE }), 'r3.cfg': '' })
  const args = (dir: string, ...more: readonly string[]) => ['audit', '--configs', dir, '--pxe', '10.9.9.5', ...more]

  it('--quiet: standard error has nothing, standard output what was asked for', async () => {
    const dir = folder()
    const loud = await cli(args(dir))
    expect(loud.err).toMatch(/^iphelper-audit: r3: /)
    expect(await cli(args(dir, '--quiet'))).toEqual({ ...loud, err: '' })
    expect(await cli(['--quiet', ...args(dir, '--format', `json=${join(dir, 'out', 'r.json')}`)])).toEqual({
      code: 3,
      out: '',
      err: '',
    })
  })

  it('--quiet: why a run ended early is said nevertheless', async () => {
    for (const wrong of [
      ['audit', '--quiet'],
      ['audit', '--quiet', '--colour'],
      ['facts', '-q', join(home, 'absent.cfg')],
    ]) {
      const { code, err } = await cli(wrong)
      expect(code).toBe(2)
      expect(err).toMatch(/^iphelper-audit: .*\n$/)
    }
  })

  it('--verbose: settings with their origins, and the time of every stage, aligned, all on standard error', async () => {
    const dir = folder()
    const plain = await cli(args(dir))
    const { code, out, err } = await cli(args(dir, '--verbose'), {
      env: { HOME: home, IPHELPER_AUDIT_FAIL_ON: 'info' },
      loaded: 250,
    })
    expect({ code, out }).toEqual({ code: 1, out: plain.out })
    expect(err).toContain('settings:\n  --fail-on info  IPHELPER_AUDIT_FAIL_ON\n')
    const [, table = ''] = err.split('time:\n')
    const rows = table.trimEnd().split('\n')
    expect(rows.map(row => row.trim().split(/ +/)[0]).sort()).toEqual(
      ['start', 'read', 'parse', 'correlate', 'judge', 'fixes', 'report', 'other', 'total'].sort(),
    )
    expect(rows[0]).toMatch(/^ {2}start +0\.250 s$/)
    for (const row of rows) expect(row).toMatch(/^ {2}[a-z]+ +\d+\.\d{3} s$/)
    expect(new Set(rows.map(row => row.length)).size).toBe(1)
  })

  it('--verbose: a validation has its own stages', async () => {
    const before = place({ 'r2.cfg': router(2, { 20: [RELAY] }), 'r3.cfg': router(3, { 20: [] }) })
    const after = place({ 'r2.cfg': router(2, { 20: [RELAY] }), 'r3.cfg': router(3, { 20: [RELAY] }) })
    const { code, err } = await cli(['validate', '--current', before, '--proposed', after, '--pxe', '10.9.9.5', '-v'])
    expect(code).toBe(1)
    const stages = [...err.matchAll(/^ {2}(\S.*?) +\d+\.\d{3} s$/gm)].map(m => m[1])
    expect(stages).toEqual(['read and parse', 'correlate', 'judge', 'compare', 'report', 'other', 'total'])
  })

  it('sentences end where a terminal does, and stay whole elsewhere', async () => {
    const dir = folder()
    const { err } = await cli(args(dir))
    expect(err.trim().split('\n')).toHaveLength(1)
    expect(err.length).toBeGreaterThan(61)
    const terminal = await cli(args(dir), { live: true, errorWidth: 60 })
    const shown = terminal.err.replaceAll('\r\x1b[K', '')
    expect(shown.replace(/\n {2}/g, ' ')).toBe(err)
    // Paths are words, and not broken.
    const long = (text: string) => text.split('\n').filter(line => line.length > 60 && line.trim().includes(' '))
    expect(long(shown)).toEqual([])
    const usage = await cli(['audit', '--fail-on', 'panic'], { live: true, errorWidth: 60 })
    expect(long(usage.err)).toEqual([])
    expect(usage.err.trim().split('\n').length).toBeGreaterThan(1)
  })
})

describe('colours', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    // https://no-color.org: when present and not an empty string.
    [{ NO_COLOR: '' }, true, true],
    [{ TERM: 'dumb' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: 'false' }, true, false],
    [{ FORCE_COLOR: '', NO_COLOR: '1' }, true, false],
  ])('with %o, at a terminal: %s', (env, terminal, wanted) => expect(wantsColour(env, terminal)).toBe(wanted))
})

describe('timings', () => {
  /** A clock that is put forward by hand. */
  const clock = () => {
    let time = 0
    const measured = timings(() => time)
    return { measured, pass: (milliseconds: number) => void (time += milliseconds) }
  }

  it('count a stage within another for itself alone', () => {
    const { measured, pass } = clock()
    pass(1000)
    const answer = measured.during('outer', () => {
      pass(2)
      measured.during('inner', () => pass(30))
      pass(4)
      return 'done'
    })
    pass(1000)
    measured.during('inner', () => pass(500))
    expect(answer).toBe('done')
    expect(measured.taken()).toEqual([
      { stage: 'outer', milliseconds: 6 },
      { stage: 'inner', milliseconds: 530 },
    ])
  })

  it('last until a promise is settled, and end with an error, too', async () => {
    const { measured, pass } = clock()
    await measured.during('slow', async () => {
      await Promise.resolve()
      pass(7)
    })
    pass(100)
    expect(() =>
      measured.during('broken', () => {
        pass(3)
        throw new Error('broken')
      }),
    ).toThrow('broken')
    pass(100)
    expect(measured.taken()).toEqual([
      { stage: 'slow', milliseconds: 7 },
      { stage: 'broken', milliseconds: 3 },
    ])
  })

  it('take apart who hands items on and who uses them', () => {
    const { measured, pass } = clock()
    function* items() {
      for (const n of [1, 2, 3]) {
        pass(10)
        yield n
      }
    }
    const seen = measured.during('use', () => {
      const all: number[] = []
      for (const n of measured.each('make', items())) {
        pass(1)
        all.push(n)
      }
      return all
    })
    expect(seen).toEqual([1, 2, 3])
    expect(measured.taken()).toEqual([
      { stage: 'use', milliseconds: 3 },
      { stage: 'make', milliseconds: 30 },
    ])
  })
})

it('the result of a run with --exit-zero keeps the real code', async () => {
  const dir = place({ 'r2.cfg': router(2, { 10: LONE }) })
  const file = join(dir, 'r.json')
  expect((await cli(['audit', '--configs', dir, '--pxe', '10.9.9.5', '--exit-zero', '--format', `json=${file}`])).code).toBe(0)
  expect((JSON.parse(readFileSync(file, 'utf8')) as Result).exit_code).toBe(3)
})
