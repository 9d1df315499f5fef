// Whatever happens to a network from run to run: nothing is resolved that was not seen to be gone, and the lines hold all that is remembered.
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Rule } from '../src/analyze/rule.ts'
import { rules } from '../src/analyze/rules/index.ts'
import { audit } from '../src/audit/audit.ts'
import { known } from '../src/audit/known.ts'
import type { HistoryLine } from '../src/model/history.ts'
import type { Collected } from '../src/model/inventory.ts'
import type { Result } from '../src/model/result.ts'
import { compare } from '../src/state/compare.ts'
import { fold, nothing } from '../src/state/fold.ts'
import { historySchema } from '../src/state/line.ts'
import { pxePoint } from './support/point.ts'
import { PLAIN, router } from './support/scheduled.ts'

/** What can become of a router; `seen` where everything that it does is known. */
const CONDITIONS = {
  relays: { seen: true, relays: true },
  silent: { seen: true, relays: false },
  shut: { seen: true, relays: false },
  cut: { seen: false, relays: false },
  odd: { seen: false, relays: false },
  failed: { seen: false, relays: false },
  left: { seen: false, relays: false },
} as const
type Condition = keyof typeof CONDITIONS
interface State {
  readonly condition: Condition
  readonly vlan: number
}
const NAMES = ['r2', 'r3', 'r4'] as const
type Network = Readonly<Record<(typeof NAMES)[number], State>>

function collected(name: string, { condition, vlan }: State): Collected[] {
  const base = { device: name, site: 'here', platform: 'cisco-ios', file: `${name}.cfg` }
  if (condition === 'left') return []
  if (condition === 'failed') return [{ ...base, state: 'failed', reason: 'it did not answer' }]
  const lines = {
    relays: [PLAIN],
    silent: [],
    shut: [PLAIN, 'shutdown'],
    cut: [],
    odd: ['ip helper-address somewhere else entirely'],
  }
  const whole = router(Number(name.slice(1)), lines[condition], vlan)
  return [
    {
      ...base,
      state: 'collected',
      text: condition === 'cut' ? whole.replace('end\n', '') : whole,
      sha256: '',
      collected_at: '2026-11-27T00:00:00.000Z',
      incomplete: null,
      whole: false,
    },
  ]
}

const judge = (network: Network, n: number, more: readonly Rule[] = []): Result =>
  audit({
    ...known,
    collected: NAMES.flatMap(name => collected(name, network[name])),
    points: [pxePoint()],
    rules: [...rules, ...more],
    templates: [join(import.meta.dirname, '..', 'templates')],
    tool: { name: 'iphelper-audit', version: '0' },
    assume: { pairs: false },
    started: new Date(Date.UTC(2026, 10, 1 + n)),
    failOn: 'error',
  })

const state = fc.record({
  condition: fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom<Condition>('relays', 'silent') },
    { weight: 2, arbitrary: fc.constantFrom(...(Object.keys(CONDITIONS) as Condition[])) },
  ),
  vlan: fc.constantFrom(10, 10, 10, 20),
})
const network = fc.record({ r2: state, r3: state, r4: state })
const comparing = (run: number) => ({
  run,
  finished: new Date(Date.UTC(2026, 10, run, 1)),
  rules: rules.map(r => r.id),
  listeners: [],
  tolerates: () => false,
})

it('resolves a duplicate only when every router of it was seen, and no two of its segment relay', () => {
  let resolvedOnes = 0
  let waitingOnes = 0
  fc.assert(
    fc.property(fc.array(network, { minLength: 3, maxLength: 6 }), networks => {
      let memory = nothing
      const lines: HistoryLine[] = []
      networks.forEach((now, n) => {
        const before = memory
        const { result, line, after } = compare(before, judge(now, n), comparing(n + 1))
        // What was written down, read again, comes to the same.
        lines.push(historySchema.parse(JSON.parse(JSON.stringify(line))))
        expect(fold(nothing, lines)).toEqual(after)
        // Nothing is lost: what was open is open, or resolved, or goes on under another name.
        const ended = new Set([...line.resolved.map(r => r.fingerprint), ...line.renamed.map(r => r.from)])
        const wanted = new Set([...before.open.keys(), ...result.findings.map(f => f.fingerprint)].filter(f => !ended.has(f)))
        expect(new Set(after.open.keys())).toEqual(wanted)
        for (const finding of result.findings) expect(ended.has(finding.fingerprint)).toBe(false)
        for (const { fingerprint } of line.resolved) {
          const finding = before.open.get(fingerprint)
          if (finding?.rule !== 'duplicate-pxe-relay') continue
          resolvedOnes++
          const vlan = Number(finding.segment?.subnets[0]?.split('.')[2])
          for (const device of finding.devices) {
            const { condition, vlan: own } = now[device as keyof Network]
            // A line that was not understood stands below the interface of its VLAN, and can hide nothing on another one.
            expect(CONDITIONS[condition].seen || (condition === 'odd' && own !== vlan)).toBe(true)
          }
          expect(NAMES.filter(name => now[name].vlan === vlan && CONDITIONS[now[name].condition].relays).length).toBeLessThan(2)
        }
        const waiting = result.history.findings.filter(f => f.not_judged !== null && f.severity === 'error')
        waitingOnes += waiting.length
        if (waiting.length > 0) expect(result.exit_code).not.toBe(0)
        memory = after
      })
    }),
    { numRuns: 100 },
  )
  // The property is about something.
  expect(Math.min(resolvedOnes, waitingOnes)).toBeGreaterThan(10)
}, 60_000)

it('resolves nothing that a rule did not get to say', () => {
  const relaying: Network = {
    r2: { condition: 'relays', vlan: 10 },
    r3: { condition: 'relays', vlan: 10 },
    r4: { condition: 'silent', vlan: 20 },
  }
  const seen: Rule = {
    id: 'canary',
    title: 'A canary',
    severity: 'warning',
    rationale: '',
    examples: { bad: [], good: [] },
    *check({ network: { devices } }) {
      const [first] = devices
      if (first) yield { subject: 'r4 sings', message: 'it sings', evidence: [{ device: first.device, line: 1, note: '' }] }
    },
  }
  const broken: Rule = {
    ...seen,
    // biome-ignore lint/correctness/useYield: it fails before it says anything.
    *check() {
      throw new Error('out of breath')
    },
  }
  const quiet: Rule = { ...seen, *check() {} }
  const names = [...rules.map(r => r.id), 'canary']
  const after = (memory: typeof nothing, n: number, rule: readonly Rule[], ran = names) =>
    compare(memory, judge(relaying, n, rule), { ...comparing(n), rules: ran })
  const first = after(nothing, 1, [seen])
  const second = after(first.after, 2, [broken])
  expect(second.line.not_judged.map(w => w.reason)).toEqual(['the rule canary failed'])
  // The version that no longer has the rule does not know either.
  const third = after(
    second.after,
    3,
    [],
    rules.map(r => r.id),
  )
  expect(third.line.not_judged.map(w => w.reason)).toEqual(['this version has no rule canary'])
  const fourth = after(third.after, 4, [quiet])
  expect(fourth.line.resolved.map(r => fourth.after.past.find(p => p.fingerprint === r.fingerprint)?.subject)).toEqual([
    'r4 sings',
  ])
})
