// What must hold for any network: the generator knows how many copies each VLAN sends, because it planned them.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Collected, CollectedText } from '../src/model/inventory.ts'
import { generate, judgeFiles } from './support/network/audit.ts'
import { countPlanned } from './support/network/count.ts'
import { cut, damage, drop, type Loss } from './support/network/loss.ts'
import type { Plan, PlannedRouter, PlannedVlan } from './support/network/plan.ts'
import { type Random, random } from './support/network/random.ts'
import { isClosed } from './support/network/render.ts'

const NETWORKS = 2000
/** Properties of thousands of networks take their time on a busy machine; none of them is about time. */
const PATIENT = { timeout: 300_000 }
const seeds = fc.integer({ min: 1, max: 2 ** 30 })
/** The same networks in every run, and the one seed to repeat where it fails. */
const each = (runs: number, check: (seed: number) => void) =>
  fc.assert(fc.property(seeds, check), { numRuns: runs, seed: 20261127, endOnFailure: true })

const wanted = (copies: number) => (copies >= 2 ? 'duplicate' : copies === 1 ? 'single' : 'none')
const place = (seed: number, vlan: PlannedVlan) => `seed ${seed}, VLAN ${vlan.id}`

describe('a generated network', PATIENT, () => {
  it(`has as many copies as were planned, in ${NETWORKS} networks`, () => {
    const seen = { duplicate: 0, single: 0, none: 0 }
    let unsure = 0
    each(NETWORKS, seed => {
      const { plan, files } = generate(seed)
      const { verdictOn } = judgeFiles(plan, files)
      for (const vlan of plan.vlans) {
        const planned = countPlanned(plan, vlan)
        const { copies, survives } = planned
        const [verdict, ...more] = verdictOn(vlan)
        expect(more, place(seed, vlan)).toEqual([])
        if (planned.unsure) {
          expect([verdict?.verdict, verdict?.copies], place(seed, vlan)).toEqual(['unknown', null])
          unsure++
          continue
        }
        expect(
          { verdict: verdict?.verdict, copies: verdict?.copies, survives: verdict?.survives_failover },
          `${place(seed, vlan)}: ${verdict?.reasons.map(x => x.message).join('\n')}`,
        ).toEqual({ verdict: wanted(copies), copies, survives })
        seen[wanted(copies)]++
      }
    })
    // Every verdict has its share, or the property would say little.
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(NETWORKS / 4)
    expect(unsure).toBeGreaterThan(10)
  })
})

/** Loses something of one device and looks at what was a duplicate: it may stay one or become unknown. Returns how often it did. */
function lose(seed: number, times: number, how: (file: CollectedText, router: PlannedRouter, r: Random) => Loss | null) {
  const seen = { duplicate: 0, unknown: 0 }
  const { plan, files } = generate(seed)
  const duplicates = plan.vlans.filter(vlan => countPlanned(plan, vlan).copies >= 2)
  if (duplicates.length === 0) return seen
  const r = random(seed ^ 0x5bd1e995)
  for (let n = 0; n < times; n++) {
    const at = r.below(files.length)
    const loss = how(files[at] as CollectedText, plan.routers[at] as PlannedRouter, r)
    if (!loss) continue
    const { verdictOn } = judgeFiles(plan, (files as readonly Collected[]).with(at, loss.file))
    for (const vlan of duplicates)
      for (const { verdict, reasons } of verdictOn(vlan)) {
        const because = (): string => `${place(seed, vlan)}, ${loss.how}\n${reasons.map(x => x.message).join('\n')}`
        if (verdict !== 'duplicate' && verdict !== 'unknown') expect.fail(`${verdict}: ${because()}`)
        if (verdict === 'unknown') expect(reasons.length, because()).toBeGreaterThan(0)
        seen[verdict]++
      }
  }
  return seen
}

/** Runs a way to lose information over many networks; both outcomes must occur. */
function loses(runs: number, times: number, how: Parameters<typeof lose>[2]) {
  const all = { duplicate: 0, unknown: 0 }
  each(runs, seed => {
    const { duplicate, unknown } = lose(seed, times, how)
    all.duplicate += duplicate
    all.unknown += unknown
  })
  expect(all.duplicate).toBeGreaterThan(runs / 4)
  expect(all.unknown).toBeGreaterThan(runs / 20)
}

describe('losing information never turns a problem into a pass', PATIENT, () => {
  it('a file that is listed and not there', () => loses(500, 3, file => drop(file)))
  it('a file that is cut at any byte', () => loses(800, 4, cut))
  it('a line of ours that is damaged', () => loses(1200, 4, (file, _, r) => damage(file, r)))

  it('without a list of devices, redundancy that has lost its other half', () => {
    let asked = 0
    each(500, seed => {
      const { plan, files } = generate(seed)
      for (const vlan of plan.vlans) {
        // Two routers that run one group: of the one that is left, the group says that there is another.
        const [group, ...others] = vlan.groups
        const here = plan.routers.filter(router => router.ports.some(p => p.vlan === vlan))
        const up = here.every(router => router.ports.every(p => p.vlan !== vlan || p.up))
        if (!group || others.length > 0 || here.length !== 2 || group.members.length !== 2 || !up) continue
        const { verdictOn } = judgeFiles(
          plan,
          files.filter(f => f.device !== here[0]?.name),
        )
        expect(['duplicate', 'unknown'], place(seed, vlan)).toContain(verdictOn(vlan)[0]?.verdict)
        asked++
      }
    })
    expect(asked).toBeGreaterThan(50)
  })

  it('says of a file that neither its form nor a manifest proves whole that it cannot be proven', () => {
    each(300, seed => {
      const { plan, files } = generate(seed)
      const { network } = judgeFiles(plan, files)
      for (const { device } of network.devices) {
        const router = plan.routers.find(x => x.name === device.device) as PlannedRouter
        expect([device.complete, device.incomplete ?? ''], `seed ${seed}, ${router.name} (${router.os})`).toEqual(
          isClosed(router) ? [true, ''] : [null, expect.stringMatching(/^completeness not provable/)],
        )
      }
      const whole = judgeFiles(
        plan,
        files.map(f => ({ ...f, whole: true }) as Collected),
      )
      expect(whole.network.devices.every(({ device }) => device.complete === true)).toBe(true)
    })
  })
})

describe('names and order change nothing but names', PATIENT, () => {
  const seen = (plan: Plan, files: readonly Collected[]) => {
    const { verdictOn } = judgeFiles(plan, files)
    return plan.vlans.map(vlan => verdictOn(vlan).map(v => [v.verdict, v.copies, v.survives_failover]))
  }
  const same = (seed: number, other: { plan: Plan; files: readonly Collected[] }) => {
    const { plan, files } = generate(seed)
    expect(seen(other.plan, other.files), `seed ${seed}`).toEqual(seen(plan, files))
  }

  it('routers called otherwise', () => each(300, seed => same(seed, generate(seed, { prefix: 'zz-core-' }))))
  it('another group number on all members', () => each(300, seed => same(seed, generate(seed, { shift: 3 }))))
  it('files in another order', () =>
    each(300, seed => {
      const { plan, files } = generate(seed)
      same(seed, { plan, files: random(seed).shuffle(files) })
    }))
  it('interfaces, lines, comments and stanzas in another order', () =>
    each(300, seed => same(seed, generate(seed, {}, seed + 77))))
})
