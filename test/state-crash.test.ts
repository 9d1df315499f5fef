// Scheduled audits that are killed at any moment: the state stays readable, and loses at most the run in progress.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { build } from 'rolldown'
import { afterAll, expect, it } from 'vitest'
import { readState } from '../src/history.ts'
import { resultSchema } from '../src/report/schema.ts'
import { program } from './support/program.ts'
import { PLAIN, router, scheduled } from './support/scheduled.ts'

const KILLS = 24

it('is readable after every kill, and forgets nothing that was written', async () => {
  const net = scheduled({ r2: router(2, [PLAIN]), r3: router(3, [PLAIN]) })
  const journal = join(net.state, 'history.ndjson')
  const results = join(net.state, 'results')
  const inResults = () => (existsSync(results) ? readdirSync(results).length : 0)
  /** Runs the program, and kills it when `over` says so. */
  const audit = (over: (milliseconds: number) => boolean) =>
    new Promise<{ readonly code: number | null; readonly said: string }>(resolve => {
      const args = [program, 'audit', '--configs', net.configs, '--pxe', '10.9.9.5', '--state', net.state]
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] })
      let said = ''
      child.stderr.setEncoding('utf8').on('data', text => (said += text))
      const started = performance.now()
      const watch = setInterval(() => over(performance.now() - started) && child.kill('SIGKILL'), 1)
      child.on('close', code => {
        clearInterval(watch)
        resolve({ code, said })
      })
    })

  const begun = performance.now()
  expect((await audit(() => false)).code).toBe(1)
  const whole = performance.now() - begun
  let before = readFileSync(journal, 'utf8')
  let runs = 1
  let killed = 0
  for (let n = 0; n < KILLS; n++) {
    const had = inResults()
    // Half of them across the whole run, half of them where it writes: as its result appears, and a little later.
    const later = Math.random() * 4
    let seen = Number.POSITIVE_INFINITY
    const { code, said } = await audit(ms => {
      if (n % 2 === 0) return ms > whole * (0.2 + (0.8 * n) / KILLS)
      if (inResults() > had) seen = Math.min(seen, ms)
      return ms >= seen + later
    })
    // Nobody else is there, so nothing keeps a run out: neither a lock nor anything else that was left behind.
    expect(said.replace(/^.*(torn|damaged).*\n/gm, '')).toBe('')
    if (code === null) killed++
    const after = readFileSync(journal, 'utf8')
    expect(after.startsWith(before)).toBe(true)
    before = after
    const warnings: string[] = []
    const state = readState(net.state, w => warnings.push(w))
    expect(state.runs.length).toBeGreaterThanOrEqual(runs)
    expect(state.runs.length).toBeLessThanOrEqual(runs + 1)
    runs = state.runs.length
    expect([...state.open.values()].map(f => [f.rule, f.first_run, f.not_judged])).toEqual([['duplicate-pxe-relay', 1, null]])
    for (const name of readdirSync(results).filter(f => !f.startsWith('.')))
      expect(resultSchema.safeParse(JSON.parse(gunzipSync(readFileSync(join(results, name))).toString())).success).toBe(true)
  }
  expect(killed).toBeGreaterThan(KILLS / 4)
  expect((await audit(() => false)).code).toBe(1)
  expect(readdirSync(net.state).sort()).toEqual(['history.ndjson', 'results'])
  expect(readdirSync(results).filter(f => f.startsWith('.'))).toEqual([])
}, 180_000)

it('keeps a second run out, and gives the state back when a scheduler ends the run', async () => {
  const net = scheduled({ r2: router(2, [PLAIN]), r3: router(3, [PLAIN]) })
  const marker = join(net.dir, 'told')
  const start = (...more: string[]) => {
    const args = ['audit', '--configs', net.configs, '--pxe', '10.9.9.5', '--state', net.state, ...more]
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'pipe', 'pipe'] })
    let [out, err] = ['', '']
    child.stdout.setEncoding('utf8').on('data', text => (out += text))
    child.stderr.setEncoding('utf8').on('data', text => (err += text))
    const end = new Promise<{ code: number | null; signal: string | null; out: string; err: string }>(resolve =>
      child.on('close', (code, signal) => resolve({ code, signal, out, err })),
    )
    return { child, end }
  }
  // It has the state while it tells somebody, who takes his time.
  const first = start('--on-change', `touch ${marker}; exec sleep 20`)
  while (!existsSync(marker)) await new Promise(resolve => setTimeout(resolve, 20))
  const { code, out, err } = await start().end
  expect([code, out]).toEqual([2, ''])
  expect(err).toMatch(
    new RegExp(
      `^iphelper-audit: process ${first.child.pid} on \\S+ has been auditing with ${net.state} for (less than a minute|\\d+ min), since .* UTC; wait until it is done, or name another folder\n$`,
    ),
  )
  first.child.kill('SIGTERM')
  expect((await first.end).signal).toBe('SIGTERM')
  expect(readdirSync(net.state).sort()).toEqual(['history.ndjson', 'results'])
  expect((await start().end).code).toBe(1)
}, 120_000)

it('gives a lock that was left behind to one of many who find it', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'iphelper-lock-'))
  afterAll(() => rmSync(dir, { recursive: true, force: true }))
  const busy = join(dir, 'busy')
  const own = join(dir, 'occupy.mjs')
  await build({ input: 'src/collect/occupy.ts', platform: 'node', logLevel: 'warn', output: { file: own } })
  const script = `
    import { mkdirSync, rmdirSync } from 'node:fs'
    import { occupy } from ${JSON.stringify(own)}
    let had = 0
    for (let n = 0; n < 40; n++) {
      try {
        const lock = occupy(${JSON.stringify(dir)}, { exclusive: true })
        mkdirSync(${JSON.stringify(busy)})
        had++
        rmdirSync(${JSON.stringify(busy)})
        // Every other time it is left behind as by a process that is gone.
        if (n % 2) lock.release()
        else process.kill(process.pid, 'SIGKILL')
      } catch (error) {
        if (!/has been collecting into/.test(error.message)) throw error
      }
    }
    process.stdout.write(String(had))
  `
  const child = () =>
    new Promise<string>(resolve => {
      const node = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'pipe'] })
      let text = ''
      for (const stream of [node.stdout, node.stderr]) stream.setEncoding('utf8').on('data', (t: string) => (text += t))
      node.on('close', (_, signal) => resolve(signal ?? text))
    })
  const ends = (await Promise.all(Array.from({ length: 4 }, () => [child(), child()]).flat())).filter(
    e => e !== 'SIGKILL' && !/^\d+$/.test(e),
  )
  // Whoever has the lock is alone: the folder that each makes meanwhile is there for nobody else.
  expect(ends).toEqual([])
}, 60_000)
