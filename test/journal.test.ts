// The state on the disk: torn lines, newer versions, strange folders, two runs at once, retention.
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { occupy } from '../src/collect/occupy.ts'
import { ownerIn, runs, self } from '../src/collect/owner.ts'
import { prune } from '../src/state/results.ts'
import { cli, PLAIN, router, scheduled, told } from './support/scheduled.ts'

const both = { r2: router(2, [PLAIN]), r3: router(3, [PLAIN]) }
const journal = (state: string) => join(state, 'history.ndjson')

describe('a history', () => {
  it('is for its owner only, and holds no line of a configuration', async () => {
    const net = scheduled(both)
    await net.audit()
    const mode = (file: string) => (statSync(file).mode & 0o777).toString(8)
    const [result = ''] = readdirSync(join(net.state, 'results'))
    expect([net.state, join(net.state, 'results'), journal(net.state), join(net.state, 'results', result)].map(mode)).toEqual([
      '700',
      '700',
      '600',
      '600',
    ])
    expect(readdirSync(net.state).sort()).toEqual(['history.ndjson', 'results'])
    expect(readFileSync(journal(net.state), 'utf8')).not.toContain(PLAIN)
  })

  it('skips a torn last line, and never glues the next one to it', async () => {
    const net = scheduled(both)
    await net.audit()
    await net.audit()
    // Each length that a line can be torn to, roughly.
    const whole = readFileSync(journal(net.state), 'utf8')
    const second = whole.indexOf('\n') + 1
    for (const length of [second + 1, second + 40, whole.length - 2]) {
      writeFileSync(journal(net.state), whole)
      truncateSync(journal(net.state), length)
      const torn = readFileSync(journal(net.state), 'utf8')
      const { err, result } = await net.audit()
      expect(err).toBe(
        `iphelper-audit: ${journal(net.state)}:2: the last line is torn, so a run was killed while it wrote it; that run is left out\n`,
      )
      expect(result.history?.previous?.run).toBe(1)
      expect(told(result)).toEqual(['standing duplicate-pxe-relay'])
      const after = readFileSync(journal(net.state), 'utf8')
      // Only ever added to.
      expect(after.startsWith(`${torn}\n{"schema_version":1,"kind":"run",`)).toBe(true)
      const again = await net.audit()
      expect(again.err).toBe(`iphelper-audit: ${journal(net.state)}:2: this line is damaged and left out\n`)
      expect(again.result.history?.previous?.run).toBe(result.history?.run)
    }
  })

  it('takes a last line that lacks nothing but its end for whole', async () => {
    const net = scheduled(both)
    await net.audit()
    truncateSync(journal(net.state), statSync(journal(net.state)).size - 1)
    const { err, result } = await net.audit()
    expect([err, result.history?.previous?.run]).toEqual(['', 1])
    expect(net.lines().map(l => l.run)).toEqual([1, 2])
  })

  it('of a newer version stops the run before anything is read, and stays as it is', async () => {
    const net = scheduled(both)
    await net.audit()
    appendFileSync(journal(net.state), '{"schema_version":2,"kind":"something"}\n')
    const before = readFileSync(journal(net.state), 'utf8')
    const sentence = `iphelper-audit: ${journal(net.state)}:2: this state has version 2, and this version of iphelper-audit reads 1; use the one that wrote it, or name another folder\n`
    expect(await cli('audit', '--configs', net.configs, '--pxe', '10.9.9.5', '--state', net.state)).toEqual({
      code: 2,
      out: '',
      err: sentence,
    })
    expect(await cli('history', net.state)).toEqual({ code: 2, out: '', err: sentence })
    expect(readFileSync(journal(net.state), 'utf8')).toBe(before)
    expect(readdirSync(net.state).sort()).toEqual(['history.ndjson', 'results'])
  })

  it('counts its runs whatever the clock says', async () => {
    const net = scheduled(both)
    await net.audit()
    // The last run was in the year 2099, by a clock that has been set back since.
    const line = readFileSync(journal(net.state), 'utf8')
    writeFileSync(journal(net.state), line.replace(/"started_at":"\d{4}/, '"started_at":"2099'))
    net.set({ r3: router(3) })
    const { result } = await net.audit()
    expect(told(result)).toEqual(['resolved duplicate-pxe-relay'])
    expect(result.history).toMatchObject({ run: 2, previous: { run: 1 }, time_to_fix: { findings: 1, median_seconds: 0 } })
    expect((await cli('history', net.state)).code).toBe(0)
  })

  it('keeps runs of the same second apart', async () => {
    const net = scheduled(both)
    for (const _ of [1, 2, 3]) await net.audit()
    expect(net.lines().map(l => l.run)).toEqual([1, 2, 3])
    expect(new Set(net.lines().map(l => l.result)).size).toBe(3)
  })

  it('heals where a line is lost: what it said is said again', async () => {
    const net = scheduled(both)
    await net.audit()
    const [first = ''] = readFileSync(journal(net.state), 'utf8').split('\n')
    await net.audit()
    writeFileSync(journal(net.state), readFileSync(journal(net.state), 'utf8').replace(`${first}\n`, ''))
    expect(told((await net.audit()).result)).toEqual(['new duplicate-pxe-relay'])
  })
})

describe('a folder for a state', () => {
  const file = (dir: string) => {
    writeFileSync(join(dir, 'file'), '')
    return join(dir, 'file')
  }
  it.each<[string, (dir: string) => string, (dir: string) => string]>([
    ['a file', file, dir => `${dir}/file is a file; name a folder for the state`],
    [
      'other things in it',
      dir => {
        mkdirSync(join(dir, 'other', 'things'), { recursive: true })
        return join(dir, 'other')
      },
      dir => `${dir}/other holds files and no history.ndjson; name an empty folder, or the folder of a state`,
    ],
    [
      'a place where nobody may write',
      () => '/proc/iphelper-audit-state',
      () =>
        'the state /proc/iphelper-audit-state cannot be written (ENOENT), so this run is not recorded; name a folder you may write',
    ],
    [
      'a place below a file',
      dir => join(file(dir), 'state'),
      dir => `the state ${dir}/file/state cannot be written (ENOTDIR), so this run is not recorded; name a folder you may write`,
    ],
  ])('%s: one sentence, exit code 2, nothing written', async (_, place, sentence) => {
    const net = scheduled(both)
    const said = await cli('audit', '--configs', net.configs, '--pxe', '10.9.9.5', '--state', place(net.dir))
    expect(said).toEqual({ code: 2, out: '', err: `iphelper-audit: ${sentence(net.dir)}\n` })
    expect(readdirSync(net.configs).sort()).toEqual(['r2.cfg', 'r3.cfg'])
  })

  it.each(['', 'state', '..state'])('never lies in the folder that is audited: %s', async name => {
    const net = scheduled(both)
    const state = join(net.configs, name)
    expect(await cli('audit', '--configs', net.configs, '--pxe', '10.9.9.5', '--state', state)).toEqual({
      code: 2,
      out: '',
      err: `iphelper-audit: --state ${state} lies in the folder of --configs, and would be read with it; name a folder beside it\n`,
    })
    expect(readdirSync(net.configs).sort()).toEqual(['r2.cfg', 'r3.cfg'])
  })

  it('may be the top of a file system of its own', async () => {
    const net = scheduled(both)
    mkdirSync(join(net.state, 'lost+found'), { recursive: true })
    expect((await net.audit()).code).toBe(1)
  })

  it.each([
    [['--keep', '7'], '--keep goes with --state FOLDER: it takes the runs before to see what has changed'],
    [['--on-change', 'true'], '--on-change goes with --state FOLDER: it takes the runs before to see what has changed'],
    [['--webhook', 'https://h.example/'], '--webhook goes with --state FOLDER: it takes the runs before to see what has changed'],
    [['--state', 's', '--webhook-with-evidence'], '--webhook-with-evidence goes with --webhook URL'],
    [['--state', 's', '--keep', 'some'], '--keep some is neither a number nor a duration; write 30, 36h, 90d or 52w'],
    [['--state', 's', '--on-change', ' '], '--on-change names no command; write one, or leave it out'],
  ])('is needed, and options are checked before anything is done: %s', async (args, sentence) => {
    const net = scheduled(both)
    expect(await cli('audit', '--configs', net.configs, '--pxe', '10.9.9.5', ...args)).toEqual({
      code: 2,
      out: '',
      err: `iphelper-audit: ${sentence}\n`,
    })
    expect(existsSync('s')).toBe(false)
  })
})

describe('stored results', () => {
  const names = (net: { state: string }) => readdirSync(join(net.state, 'results')).map(f => f.slice(0, 6))

  it('stay for so many runs, the history for all', async () => {
    const net = scheduled(both)
    for (const _ of [1, 2, 3, 4]) await net.audit('--keep', '2')
    expect(names(net)).toEqual(['000003', '000004'])
    expect(net.lines().map(l => l.run)).toEqual([1, 2, 3, 4])
  })

  it('stay for so long; the latest always does, and strange files are left alone', async () => {
    const net = scheduled(both)
    const results = join(net.state, 'results')
    mkdirSync(results, { recursive: true })
    for (const name of [
      '000001-20200101T000000Z.json.gz',
      '000002-20261127T000000Z.json.gz',
      '000003-20200101T000000Z.json.gz',
      'mine.txt',
    ])
      writeFileSync(join(results, name), '')
    prune(net.state, { milliseconds: 7 * 24 * 3600 * 1000 }, new Date('2026-11-28T00:00:00Z'))
    expect(readdirSync(results).sort()).toEqual([
      '000002-20261127T000000Z.json.gz',
      '000003-20200101T000000Z.json.gz',
      'mine.txt',
    ])
  })

  it('of a run that was killed before its line are never taken for another run', async () => {
    const net = scheduled(both)
    await net.audit()
    writeFileSync(join(net.state, 'results', '000007-20261127T000000Z.json.gz'), 'whatever')
    writeFileSync(join(net.state, 'results', '.000008-20261127T000000Z.json.gz.4711.partial'), 'half')
    expect((await net.audit()).result.history?.run).toBe(8)
    expect(names(net)).toEqual(['000001', '000007', '000008'])
  })
})

describe('a lock', () => {
  const folders: string[] = []
  const folder = () => {
    const dir = mkdtempSync(join(tmpdir(), 'iphelper-lock-'))
    folders.push(dir)
    return dir
  }
  afterAll(() => {
    for (const dir of folders) rmSync(dir, { recursive: true, force: true })
  })
  const take = (dir: string) => occupy(dir, { doing: 'auditing with', exclusive: true })
  const write = (dir: string, owner: Readonly<Record<string, unknown>>, minutes = 0) => {
    const lock = join(dir, '.lock')
    writeFileSync(lock, JSON.stringify({ ...self('0123'), ...owner }))
    const then = new Date(Date.now() - minutes * 60_000)
    utimesSync(lock, then, then)
  }
  const HOUR_AGO = new Date(Date.now() - 3_600_000 - 1000).toISOString()
  const at = `${HOUR_AGO.slice(0, 10)} ${HOUR_AGO.slice(11, 16)} UTC`

  it('keeps others out while its process runs, and says whose it is', () => {
    const dir = folder()
    write(dir, { pid: 1, started: null, since: HOUR_AGO })
    expect(() => take(dir)).toThrow(
      `process 1 on ${hostname()} has been auditing with ${dir} for 1 h 0 min, since ${at}; wait until it is done, or name another folder`,
    )
    expect(readdirSync(dir)).toEqual(['.lock'])
  })

  it('is refused to a second run of the same process, too, until it is given back', () => {
    const dir = folder()
    const first = take(dir)
    expect(first.held()).toBe(true)
    expect(() => take(dir)).toThrow(
      `process ${process.pid} on ${hostname()} has been auditing with ${dir} for less than a minute`,
    )
    first.release()
    const second = take(dir)
    first.release()
    expect(second.held()).toBe(true)
    second.release()
    expect(readdirSync(dir)).toEqual([])
  })

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['has ended', { pid: 999_999_999 }],
    ['has ended, and another has its number', { pid: 1, started: '123456789012' }],
    ['had the number of this one', { pid: process.pid, started: '1' }],
    ['was this one, which has not given it back', { token: 'abcd' }],
  ])('of a process that %s is taken over at once', (_, owner) => {
    const dir = folder()
    write(dir, owner)
    take(dir).release()
    expect(readdirSync(dir)).toEqual([])
  })

  it.each<[string, Readonly<Record<string, unknown>>]>([
    ['another machine', { host: 'elsewhere', pid: 999_999_999 }],
    ['another machine of the same name', { boot: 'another', pid: 999_999_999 }],
    ['another container', { processes: 'pid:[1]', pid: 999_999_999 }],
  ])('of %s counts until it is silent for ten minutes', (_, owner) => {
    const dir = folder()
    write(dir, { ...owner, since: HOUR_AGO }, 9)
    expect(() => take(dir)).toThrow(
      `process 999999999 on ${owner.host ?? hostname()} has been auditing with ${dir} for 1 h 0 min, since ${at}; wait until it is done, or name another folder, or remove ${dir}/.lock if that run is gone`,
    )
    write(dir, owner, 11)
    take(dir).release()
  })

  it('that is empty after a loss of power counts for as long', () => {
    const dir = folder()
    writeFileSync(join(dir, '.lock'), '')
    expect(() => take(dir)).toThrow(`somebody is auditing with ${dir}; wait until it is done, or name another folder`)
    const then = new Date(Date.now() - 11 * 60_000)
    utimesSync(join(dir, '.lock'), then, then)
    take(dir).release()
  })

  it('that somebody has taken over is told to who had it', () => {
    const dir = folder()
    const lock = take(dir)
    write(dir, { host: 'elsewhere' })
    expect(lock.held()).toBe(false)
    lock.release()
    expect(readdirSync(dir)).toEqual(['.lock'])
  })

  it('says of this process that it runs, and of no text that it is a lock', () => {
    expect(runs(self(''))).toBe(true)
    for (const text of ['', 'x', '{}', '[]', 'null', '{"pid":"1","token":"a"}', '{"pid":1']) expect(ownerIn(text)).toBeNull()
  })
})
