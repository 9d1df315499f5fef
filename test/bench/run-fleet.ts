// npm run bench, second part: what a large network costs after its configurations were parsed. Numbers, nothing asserted.
import { join } from 'node:path'
import { getHeapStatistics } from 'node:v8'
import { rules } from '../../src/analyze/rules/index.ts'
import { conclude, fixesFor, judgeNetwork } from '../../src/audit/audit.ts'
import type { Result } from '../../src/model/result.ts'
import { platformOf } from '../../src/platforms.ts'
import { type Fleet, fleetOf } from './fleet.ts'

const FEW = 1000
const MANY = Number(process.argv[2] ?? 10_000)
const TURNS = 6
/** What the audit of 10,000 devices may take: seconds, bytes of heap, and time per device against that of 1,000. */
const GOAL = { seconds: 3, heap: 1e9, ratio: 1.2 }

const ios = platformOf('cisco-ios')
if (!ios) throw new Error('the benchmark needs cisco-ios')

const options = {
  rules,
  // The benchmark is run from the root of the project.
  templates: [join(process.cwd(), 'templates')],
  tool: { name: 'bench', version: '0' },
  started: new Date(0),
  failOn: 'error' as const,
  assume: { pairs: false },
}

/** Milliseconds of the stages; the heap in use, garbage included, where the analysis ends, and at the end of any stage. */
interface Cost {
  readonly analysis: number
  readonly fixes: number
  readonly result: number
  /** Analysis and result together, in the middle of all turns: what ratios are made of, for a single fast turn says little. */
  readonly usual: number
  readonly analysed: number
  readonly heap: number
  readonly summary: Result['summary']
  readonly proven: number
}

/** One turn; fixes, which take longer than all the rest, only where they are wanted. */
function measure({ reading, points }: Fleet, fixing: boolean): Cost {
  globalThis.gc?.()
  let heap = 0
  const timed = <T>(stage: () => T): [T, number] => {
    const start = performance.now()
    const value = stage()
    const took = performance.now() - start
    heap = Math.max(heap, process.memoryUsage().heapUsed)
    return [value, took]
  }
  const [judged, analysis] = timed(() => judgeNetwork(reading, { ...options, points }))
  const analysed = heap
  const [fixes, proving] = timed(() => (fixing ? fixesFor(reading, judged, options) : []))
  const [{ summary }, result] = timed(() => conclude(reading, judged, fixes, { ...options, points }))
  return {
    analysis,
    fixes: proving,
    result,
    usual: analysis + result,
    analysed,
    heap,
    summary,
    proven: fixes.filter(f => f.proven).length,
  }
}

/** The fastest of some turns: what the code needs while nothing else wants the machine. */
function best(fleet: Fleet, turns: number): Cost {
  const costs = Array.from({ length: turns }, (_, turn) => measure(fleet, turn === 0))
  const least = (of: (cost: Cost) => number) => Math.min(...costs.map(of))
  const heap = Math.max(...costs.map(c => c.heap))
  // Later turns begin with what the engine keeps of earlier ones.
  const [{ summary, proven, analysed, fixes }] = costs as [Cost, ...Cost[]]
  const [analysis, result] = [least(c => c.analysis), least(c => c.result)]
  const usual = costs.map(c => c.usual).sort((a, b) => a - b)[costs.length >> 1] ?? Number.NaN
  return { analysis, fixes, result, usual, analysed, heap, summary, proven }
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`
const print = (line: string) => process.stdout.write(`${line}\n`)
const met = (yes: boolean) => (yes ? 'met' : 'NOT MET')

function report(devices: number, { analysis, fixes, result, analysed, heap, summary, proven }: Cost): void {
  const { segments, duplicate, single, none, unknown } = summary
  print(
    `${devices} devices: ${segments} segments, ${duplicate} duplicate, ${single} single, ${none} none, ${unknown} unknown, ${proven} proven snippets`,
  )
  print(
    `  after parsing: analysis ${analysis.toFixed(0)} ms (correlate, judge, rules, findings), result ${result.toFixed(0)} ms; fixes and proofs ${fixes.toFixed(0)} ms; heap ${megabytes(analysed)} after the analysis, at most ${megabytes(heap)} with fixes`,
  )
}

/** One turn of the large network alone, for a process that has no more memory than the goal allows. */
function withinLimit(): void {
  const { heap_size_limit: limit } = getHeapStatistics()
  const { reading, points } = fleetOf(MANY / 2, ios as NonNullable<typeof ios>)
  const start = performance.now()
  const judged = judgeNetwork(reading, { ...options, points })
  const { summary } = conclude(reading, judged, [], { ...options, points })
  const took = ((performance.now() - start) / 1000).toFixed(2)
  print(
    `${MANY} devices, ${summary.segments} segments: one turn, cold, in a process limited to a heap of ${megabytes(limit)}: ${took} s`,
  )
}

function compare(): void {
  // The code is warm in both measurements, or the smaller network would pay for the compiler.
  const few = fleetOf(FEW / 2, ios as NonNullable<typeof ios>)
  best(few, TURNS)
  const small = best(few, TURNS)
  report(FEW, small)
  const large = best(fleetOf(MANY / 2, ios as NonNullable<typeof ios>), TURNS)
  report(MANY, large)
  const ratio = (of: (cost: Cost) => number) => of(large) / MANY / (of(small) / FEW)
  const after = ({ analysis, result }: Cost) => analysis + result
  const seconds = after(large) / 1000
  const usual = ratio(c => c.usual)
  print(
    `${MANY} devices after parsing, without fixes: ${seconds.toFixed(2)} s (goal ${GOAL.seconds} s: ${met(seconds < GOAL.seconds)})`,
  )
  print(
    `time per device against ${FEW}: ${usual.toFixed(2)} by medians (goal ${GOAL.ratio}: ${met(usual <= GOAL.ratio)}), ${ratio(after).toFixed(2)} by the best turns, of fixes and proofs ${ratio(c => c.fixes).toFixed(2)}`,
  )
  print(
    `heap after the analysis ${megabytes(large.analysed)} (goal ${megabytes(GOAL.heap)}: ${met(large.analysed < GOAL.heap)}), with fixes and proofs at most ${megabytes(large.heap)}`,
  )
}

if (process.argv[3] === 'limited') withinLimit()
else compare()
