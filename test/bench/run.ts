// npm run bench: how fast and in how much memory, as ratios measured in one run.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readDevice } from '../../src/parse/assemble.ts'
import { platformOf } from '../../src/platforms.ts'
import { generateIos } from './generate.ts'

const WARM = 40
const RUNS = 150
const DEVICES = 2000
const VARIANTS = 12

const ios = platformOf('cisco-ios')
if (!ios) throw new Error('the benchmark needs cisco-ios')

/** Milliseconds of the median run: one slow run, while the machine does something else, says nothing. */
function median(run: () => unknown, runs = RUNS): number {
  for (let i = 0; i < WARM; i++) run()
  const times = Array.from({ length: runs }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[runs >> 1] ?? Number.NaN
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

  const bare = median(() => readFileSync(file, 'utf8').split('\n').length)
  const whole = median(() => readDevice(ios, { device: 'core', file, text: readFileSync(file, 'utf8') }))
  process.stdout.write(`read and split into lines: ${bare.toFixed(2)} ms\n`)
  process.stdout.write(
    `read and parse to the device model: ${whole.toFixed(2)} ms, ${(lines / whole / 1000).toFixed(2)} M lines/s\n`,
  )
  process.stdout.write(`ratio to the bare loop: ${(whole / bare).toFixed(2)}\n`)

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
