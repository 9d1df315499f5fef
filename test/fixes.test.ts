// What must hold for every fix that is called proven, on any network: checked without the program's own proof.
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rules } from '../src/analyze/rules/index.ts'
import { audit } from '../src/audit/audit.ts'
import { known } from '../src/audit/known.ts'
import type { Result } from '../src/model/result.ts'
import { generate, pointOf } from './support/network/audit.ts'
import type { Plan } from './support/network/plan.ts'
import { flaws, view, waysOf } from './support/network/proof.ts'

const NETWORKS = Number(process.env.N ?? 1000)
const PATIENT = { timeout: 600_000 }
const templates = [join(import.meta.dirname, '..', 'templates')]

const auditOf = (plan: Plan, collected: ReturnType<typeof generate>['files']): Result =>
  audit({
    ...known,
    rules,
    templates,
    collected,
    points: [pointOf(plan)],
    tool: { name: 'test', version: '0' },
    started: new Date(0),
    assume: { pairs: false },
    failOn: 'error',
  })

describe('a fix that is called proven', PATIENT, () => {
  it(`holds by itself, in ${NETWORKS} networks`, () => {
    const seen = new Map<string, number>()
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
    const bad: string[] = []
    fc.assert(
      fc.property(fc.noBias(fc.integer({ min: 1, max: 2 ** 30 })), seed => {
        const { plan, files } = generate(seed)
        const before = view(plan, files as never)
        const result = auditOf(plan, files)
        const duplicates = result.findings.filter(f => f.rule === 'duplicate-pxe-relay')
        const ways = waysOf(result.remediations)
        for (const { fingerprint } of duplicates) {
          count('duplicates')
          if (ways.some(w => w[0]?.fingerprint === fingerprint)) continue
          count('unfixed')
          count(
            `unfixed: ${result.remediations
              .filter(r => r.fingerprint === fingerprint)
              .map(r => `${r.strategy}: ${r.withheld}`)
              .join(' | ')}`,
          )
        }
        for (const way of ways) {
          const found = flaws(plan, before, way)
          for (const { device, strategy } of way) count(`${plan.routers.find(r => r.name === device)?.os} ${strategy}`)
          if (found.length > 0) bad.push(`seed ${seed}, ${way[0]?.plan}: ${found.join('; ')}`)
        }
      }),
      { numRuns: NETWORKS, seed: 20261127, endOnFailure: true },
    )
    console.log(seen, bad.length, bad.slice(0, 20))
    expect(bad).toEqual([])
  })
})
