// npm run bench: how fast and in how much memory, as ratios measured in one run.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readDevice } from '../../src/parse/assemble.ts'
import { platformOf } from '../../src/platforms.ts'
import { generateIos } from './generate.ts'

const TURNS = 5
const WARM = 15
const RUNS = 40
const DEVICES = 2000
const VARIANTS = 12

const ios = platformOf('cisco-ios')
if (!ios) throw new Error('the benchmark needs cisco-ios')

interface Timing {
  /** Milliseconds of the fastest run: what the code needs while nothing else wants the machine. */
  readonly best: number
  readonly median: number
}

/** Times several things in turns, so that a busy moment of the machine hits all of them, each warm and with its own garbage only. */
function compare<K extends string>(runs: Readonly<Record<K, () => unknown>>): Readonly<Record<K, Timing>> {
  const names = Object.keys(runs) as K[]
  const times = new Map<K, number[]>(names.map(name => [name, []]))
  for (let turn = 0; turn < TURNS; turn++)
    for (const name of names) {
      globalThis.gc?.()
      for (let i = 0; i < WARM + RUNS; i++) {
        const start = performance.now()
        runs[name]()
        if (i >= WARM) times.get(name)?.push(performance.now() - start)
      }
    }
  const timing = (name: K): Timing => {
    const sorted = (times.get(name) ?? []).sort((a, b) => a - b)
    return { best: sorted[0] ?? Number.NaN, median: sorted[sorted.length >> 1] ?? Number.NaN }
  }
  return Object.fromEntries(names.map(name => [name, timing(name)])) as Record<K, Timing>
}

const folder = mkdtempSync(join(tmpdir(), 'iphelper-audit-bench-'))
try {
  const files = Array.from({ length: VARIANTS }, (_, i) => {
    const file = join(folder, `core-${i}.cfg`)
    writeFileSync(file, generateIos(i + 1))
    return file
  })
  const [file = ''] = files
  const text = readFileSync(file, 'utf8')
  const lines = text.split('\n').length - 1
  const device = readDevice(ios, { device: 'core', file, text })
  process.stdout.write(
    `generated IOS configuration: ${(text.length / 1e6).toFixed(2)} MB, ${lines} lines, ${device.interfaces.length} interfaces, ` +
      `${device.lines.understood} lines understood, ${device.lines.unrecognized} unrecognized\n`,
  )

  const { bare, whole } = compare({
    bare: () => readFileSync(file, 'utf8').split('\n').length,
    whole: () => readDevice(ios, { device: 'core', file, text: readFileSync(file, 'utf8') }),
  })
  const speed = (ms: number) => `${(lines / ms / 1000).toFixed(2)} M lines/s`
  process.stdout.write(`read and split into lines: best ${bare.best.toFixed(2)} ms, median ${bare.median.toFixed(2)} ms\n`)
  process.stdout.write(
    `read and parse to the device model: best ${whole.best.toFixed(2)} ms (${speed(whole.best)}), median ${whole.median.toFixed(2)} ms (${speed(whole.median)})\n`,
  )
  process.stdout.write(
    `ratio to the bare loop: ${(whole.best / bare.best).toFixed(2)} (best), ${(whole.median / bare.median).toFixed(2)} (median)\n`,
  )

  let most = 0
  let interfaces = 0
  for (let i = 0; i < DEVICES; i++) {
    const source = files[i % VARIANTS] ?? file
    interfaces += readDevice(ios, { device: `core-${i}`, file: source, text: readFileSync(source, 'utf8') }).interfaces.length
    if (i % 50 === 0) most = Math.max(most, process.memoryUsage().heapUsed)
  }
  process.stdout.write(
    `${DEVICES} such devices one after another: heap at most ${(most / 1e6).toFixed(0)} MB, ${interfaces} interfaces\n`,
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
}
