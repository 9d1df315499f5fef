// What must hold for any network: the generator knows how many copies each VLAN sends, because it planned them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { generate, judgeFiles } from './support/network/audit.ts'
import { countPlanned } from './support/network/count.ts'
import type { PlannedVlan } from './support/network/plan.ts'

const NETWORKS = 2000
const seeds = fc.integer({ min: 1, max: 2 ** 30 })
/** The same networks in every run, and one seed to repeat where it fails. */
const each = (runs: number, check: (seed: number) => void) =>
  fc.assert(fc.property(seeds, check), { numRuns: runs, seed: 20261127 })

const wanted = (copies: number) => (copies >= 2 ? 'duplicate' : copies === 1 ? 'single' : 'none')

describe('a generated network', () => {
  it(`has as many copies as were planned, in ${NETWORKS} networks`, () => {
    const seen = { duplicate: 0, single: 0, none: 0 }
    each(NETWORKS, seed => {
      const { plan, files } = generate(seed)
      const { verdictOn } = judgeFiles(plan, files)
      for (const vlan of plan.vlans) {
        const { copies, survives } = countPlanned(plan, vlan)
        const [verdict, ...more] = verdictOn(vlan)
        expect(more, place(seed, vlan)).toEqual([])
        expect(
          { verdict: verdict?.verdict, copies: verdict?.copies, survives: verdict?.survives_failover },
          `${place(seed, vlan)}: ${verdict?.reasons.map(x => x.message).join('\n')}`,
        ).toEqual({ verdict: wanted(copies), copies, survives })
        seen[wanted(copies)]++
      }
    })
    // Every verdict has its share, or the property would say little.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(NETWORKS / 4)
  })
})

const place = (seed: number, vlan: PlannedVlan) => `seed ${seed}, VLAN ${vlan.id}`
