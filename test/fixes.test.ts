// What must hold for every fix that is called proven, on any network: checked without the program's own proof.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { STRATEGIES } from '../src/model/remedy.ts'
import { generate } from './support/network/audit.ts'
import { fixed } from './support/network/fixed.ts'
import type { Plan } from './support/network/plan.ts'
import { flaws, type View, view, type Way, waysOf } from './support/network/proof.ts'

const NETWORKS = 1000
/** Properties of a thousand networks take their time on a busy machine; none of them is about time. */
const PATIENT = { timeout: 600_000 }

/**
 * How many steps each platform must have been given, and how often what is rare must have come up, or the property would say
 * little. Strategies that a platform cannot do are not there.
 */
const ENOUGH: Readonly<Record<string, number>> = {
  'ios gate': 40,
  'ios remove': 300,
  'nxos remove': 300,
  'eos pair-dedup': 25,
  'eos remove': 300,
  'junos-brace remove': 300,
  'junos-set remove': 300,
  'a person must choose': 100,
  'three routers or more': 300,
  'through a list for several interfaces': 50,
  'into another VRF': 20,
  'an active router among several': 20,
  'another duplicate goes along': 5,
  'halves that differ': 25,
}

/** Why a duplicate may have no way at all. */
const KNOWN = [
  // Nothing can be taken from a DHCP pool for one interface alone.
  /^pool \S+ also serves Vlan\d/,
  // The router that would be left does not relay while it is active.
  /^another finding would appear$/,
  // A router relays no more for sure, and may all the same: what is done about the others settles nothing.
  /^a second copy may still arrive: \S+ may relay Vlan\d/,
  // The other half of a pair does not relay, and its clients get no answer as it is: one copy for all is not to be had.
  /^requests may be lost: \S+ does not relay to pxe/,
]

describe('a fix that is called proven', PATIENT, () => {
  it(`removes the duplicate, changes nothing else, and can be taken back, in ${NETWORKS} networks`, () => {
    const seen = new Map<string, number>()
    const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1)
    const wrong: string[] = []
    const unfixed: string[] = []
    let duplicates = 0
    fc.assert(
      fc.property(fc.noBias(fc.integer({ min: 1, max: 2 ** 30 })), seed => {
        const { plan, files } = generate(seed)
        const before = view(plan, files)
        const { findings, remediations } = fixed(files, plan)
        for (const { fingerprint, subject } of findings.filter(f => f.rule === 'duplicate-pxe-relay')) {
          duplicates++
          const ways = waysOf(remediations.filter(r => r.fingerprint === fingerprint))
          for (const way of ways) {
            for (const what of featuresOf(plan, before, way)) count(what)
            const found = flaws(plan, before, way)
            if (found.length > 0) wrong.push(`seed ${seed}, ${subject}, ${way[0]?.plan}: ${found.join('; ')}`)
          }
          const halves = remediations.filter(r => r.fingerprint === fingerprint && r.strategy === 'pair-dedup')
          if (halves.some(r => /clients that reach/.test(r.withheld ?? ''))) count('halves that differ')
          const why = remediations.filter(r => r.fingerprint === fingerprint && r.strategy === 'remove').map(r => r.withheld)
          if (ways.length === 0) unfixed.push(`seed ${seed}, ${subject}: ${why.join('; ')}`)
        }
      }),
      { numRuns: NETWORKS, seed: 20261127, endOnFailure: true },
    )
    expect(wrong).toEqual([])
    expect(unfixed.filter(why => !KNOWN.some(known => known.test(why.replace(/^.*?: /, ''))))).toEqual([])
    expect(unfixed.length / duplicates).toBeLessThan(0.05)
    const missing = Object.entries(ENOUGH).flatMap(([what, times]) =>
      (seen.get(what) ?? 0) < times ? [`${what}: ${seen.get(what) ?? 0} instead of ${times}`] : [],
    )
    expect(missing).toEqual([])
    const kinds = [...seen.keys()].filter(what => STRATEGIES.some(strategy => what.endsWith(` ${strategy}`)))
    expect(kinds.filter(kind => !(kind in ENOUGH))).toEqual([])
  })
})

/** What is worth counting of a way. */
function* featuresOf(plan: Plan, before: View, way: Way): Generator<string> {
  const [first] = way
  const judgement = before.judgements.find(
    j => `${j.segment.id} ${j.point.name}` === before.findings.get(first?.fingerprint ?? '')?.subject,
  )
  const paths = judgement?.copies.live ?? []
  for (const { device, strategy } of way) yield `${plan.routers.find(r => r.name === device)?.os} ${strategy}`
  if (first?.choice === 'person') yield 'a person must choose'
  if (new Set(paths.map(p => p.attachment.device.device)).size > 2) yield 'three routers or more'
  const changed = paths.filter(p => way.some(step => step.device === p.attachment.device.device))
  if (changed.some(p => /SHARED|^dhcp relay|bootp$|all$|upto/.test(p.relay.via ?? '')))
    yield 'through a list for several interfaces'
  if (changed.some(p => p.relay.vrf !== null)) yield 'into another VRF'
  if (way.length > 1 && way.some(step => step.device === judgement?.preferred.attachment?.device.device))
    yield 'an active router among several'
  const others = before.judgements.filter(j => j !== judgement && j.verdict.verdict === 'duplicate')
  if (
    first?.strategy === 'pair-dedup' &&
    others.some(j => j.copies.live.every(p => way.some(s => s.device === p.attachment.device.device)))
  )
    yield 'another duplicate goes along'
}
