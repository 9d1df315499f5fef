// A disk that is full: the reports that were asked for are there all the same, nothing is half-written, and the history stays readable.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { real } from '../support/real.ts'
import { cli, PLAIN, router, told } from '../support/scheduled.ts'

real('a full disk', { root: true, programs: { '/usr/bin/mount': 'mount', '/usr/bin/umount': 'mount' } }, () => {
  const dir = mkdtempSync(join(tmpdir(), 'iphelper-full-'))
  const configs = join(dir, 'configs')
  const disk = join(dir, 'disk')
  const state = join(disk, 'state')
  const journal = join(state, 'history.ndjson')
  beforeAll(() => {
    mkdirSync(configs)
    mkdirSync(disk)
    for (const host of [2, 3]) writeFileSync(join(configs, `r${host}.cfg`), router(host, [PLAIN]))
    execFileSync('/usr/bin/mount', ['-t', 'tmpfs', '-o', 'size=300k,mode=0700', 'tmpfs', disk])
  })
  afterAll(() => {
    execFileSync('/usr/bin/umount', [disk])
    rmSync(dir, { recursive: true, force: true })
  })
  const audit = async (...more: string[]) => {
    const json = join(dir, 'result.json')
    const said = await cli(
      'audit',
      '--configs',
      configs,
      '--pxe',
      'wds=10.9.9.5',
      '--state',
      state,
      '--format',
      `json=${json}`,
      ...more,
    )
    return { ...said, result: JSON.parse(readFileSync(json, 'utf8')) }
  }
  /** Fills the disk but for so many bytes, which tmpfs gives out by pages. */
  const fill = (free: number) => {
    rmSync(join(disk, 'ballast'), { force: true })
    const { bavail, bsize } = JSON.parse(
      execFileSync('stat', ['-f', '-c', '{"bavail":%a,"bsize":%S}', disk], { encoding: 'utf8' }),
    )
    writeFileSync(join(disk, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - free)))
  }
  const files = () => readdirSync(state, { recursive: true, encoding: 'utf8' }).sort()
  const sizes = () => files().map(f => [f, statSync(join(state, f)).size])

  it('stops no run, and is said in one sentence', async () => {
    expect((await audit()).code).toBe(1)
    const [before, there] = [readFileSync(journal, 'utf8'), sizes()]
    // Not a page is left, so there is no lock either.
    fill(0)
    writeFileSync(join(configs, 'r3.cfg'), router(3))
    const { code, err, result, out } = await audit('--format', 'text', '--format', `html=${join(disk, 'report.html')}`)
    expect(code).toBe(2)
    expect(err.split('\n')).toEqual([
      `iphelper-audit: the state ${state} cannot be written (ENOSPC), so this run is not recorded; make room there`,
      `iphelper-audit: the report cannot be written to ${disk}/report.html (ENOSPC); name a file you may write`,
      '',
    ])
    // What was asked for elsewhere is there, and is right.
    expect(told(result)).toEqual(['resolved duplicate-pxe-relay'])
    expect(out).toContain('1 resolved')
    expect([readFileSync(journal, 'utf8'), sizes()]).toEqual([before, there])
    expect(readdirSync(disk).sort()).toEqual(['ballast', 'state'])
    expect((await cli('history', state)).code).toBe(0)
    // With room again the next run says what this one could not write down.
    fill(200_000)
    const next = await audit()
    expect([next.code, next.err, told(next.result)]).toEqual([0, '', ['resolved duplicate-pxe-relay']])
  })

  it('takes back what it could write of a line', async () => {
    // The line that comes next begins in a page that is nearly full, and would end in one that is not there.
    fill(200_000)
    const size = () => statSync(journal).size
    const page = 4096
    const line = { schema_version: 1, kind: 'close', at: '2026-11-27T00:00:00.000Z', reason: '', fingerprints: [] }
    const empty = JSON.stringify(line).length + 1
    const gap = page - (size() % page) - 100
    const reason = 'x'.repeat((gap > empty ? gap : gap + page) - empty)
    writeFileSync(journal, `${JSON.stringify({ ...line, reason })}\n`, { flag: 'a' })
    expect(size() % page).toBe(page - 100)
    const [before, there] = [readFileSync(journal, 'utf8'), files()]
    // Room for the lock and for the result, and for nothing else; where there is less or more, the outcome is of the other two kinds.
    for (const free of [page, 2 * page, 3 * page]) {
      fill(free)
      const { code, err } = await audit()
      const after = readFileSync(journal, 'utf8')
      expect(files().filter(f => /partial|lock/.test(f))).toEqual([])
      if (after !== before) {
        // There was room for the line, and for its result or not.
        expect([code, after.slice(before.length).split('\n').length]).toEqual([/its result is not stored/.test(err) ? 2 : 0, 2])
        break
      }
      expect([code, err]).toEqual([
        2,
        `iphelper-audit: the state ${state} cannot be written (ENOSPC), so this run is not recorded; make room there\n`,
      ])
      expect(files()).toEqual(there)
    }
    const history = await cli('history', state)
    expect([history.code, history.err]).toEqual([0, ''])
  })
})
