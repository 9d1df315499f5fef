// Whatever the network: a pack does what it says when all of it is entered, and its way back leaves nothing behind.
import { describe, expect, it } from 'vitest'
import type { Rule } from '../src/analyze/rule.ts'
import { rules } from '../src/analyze/rules/index.ts'
import { duplicatesOf, judgeNetwork } from '../src/audit/audit.ts'
import { planChange } from '../src/audit/change.ts'
import { known } from '../src/audit/known.ts'
import { readAll } from '../src/audit/read.ts'
import { factsOf } from '../src/audit/trial.ts'
import type { Collected } from '../src/model/inventory.ts'
import { STRATEGIES } from '../src/model/remedy.ts'
import type { Wishes } from '../src/remediate/candidate.ts'
import { stepsOf } from '../src/remediate/pack/steps.ts'
import { generate, pointOf } from './support/network/audit.ts'
import { pxePoint } from './support/point.ts'

/** The same networks in every run; a failure names its seed. */
const NETWORKS = 500

/** Wishes that bring out every strategy, and leave fewer choices to a person. */
const wishesFor = (seed: number, names: readonly string[]): Wishes => ({
  strategy: [null, ...STRATEGIES][seed % (STRATEGIES.length + 1)] ?? null,
  prefer: new Set(seed % 2 === 0 ? names : []),
})

const templates = [new URL('../templates', import.meta.url).pathname]

/** Audits texts. */
function look(files: readonly Collected[], plan: ReturnType<typeof generate>['plan']) {
  const reading = readAll(files, known)
  const told = { points: [pointOf(plan)], rules, assume: { pairs: false } }
  const judged = judgeNetwork(reading, told)
  const severe = judged.findings.filter(f => f.severity !== 'info')
  return {
    reading,
    told,
    duplicates: judged.findings.filter(f => f.rule === 'duplicate-pxe-relay').map(f => f.fingerprint),
    severe: new Set(severe.map(f => f.fingerprint)),
    facts: new Map(reading.devices.map(d => [d.device.device, factsOf(d.device)])),
  }
}

const appended = (files: readonly Collected[], texts: ReadonlyMap<string, string>): Collected[] =>
  files.map(f => (f.state === 'failed' ? f : { ...f, text: `${f.text}\n${texts.get(f.device) ?? ''}\n` }))

describe('networks', () => {
  const tally = { duplicates: 0, fixed: 0, chosen: 0, withheld: 0, shared: 0 }

  it('are left without the duplicates that the pack fixes, and with nothing new', { timeout: 300_000 }, () => {
    for (let seed = 1; seed <= NETWORKS; seed++) {
      const { plan, files } = generate(seed)
      const before = look(files, plan)
      if (before.duplicates.length === 0) continue
      const wishes = wishesFor(
        seed,
        plan.routers.map(r => r.name),
      )
      const change = planChange(before.reading, new Set(before.duplicates), { ...before.told, templates, wishes })
      const fixed = change.fixes.flatMap(f => f.fixes)
      const open = [...change.choices.map(c => c.fingerprint), ...change.withheld.keys()]
      expect([...fixed, ...open].sort(), `seed ${seed}: each duplicate once`).toEqual([...before.duplicates].sort())

      const bases = new Map(
        before.reading.results.map(r => {
          const platform = before.reading.sources.get(r.name)?.platform
          if (!platform) throw new Error(r.name)
          return [r.name, { name: r.name, site: r.site, platform, file: r.file, sha256: '' }] as const
        }),
      )
      const steps = stepsOf(change, bases)
      const forth = new Map(steps.map(s => [s.base.name, s.parts.map(p => p.snippet.apply).join('\n')]))
      const back = new Map(
        steps.map(s => [
          s.base.name,
          s.parts
            .toReversed()
            .map(p => p.snippet.rollback)
            .join('\n'),
        ]),
      )
      const after = look(appended(files, forth), plan)
      expect(after.duplicates.toSorted(), `seed ${seed}: what is fixed is gone`).toEqual(open.toSorted())
      expect(
        [...after.severe].filter(f => !before.severe.has(f)),
        `seed ${seed}: nothing new`,
      ).toEqual([])
      const again = look(appended(appended(files, forth), back), plan)
      for (const [device, facts] of before.facts) expect(again.facts.get(device), `seed ${seed}: ${device} as before`).toBe(facts)

      for (const { ways } of change.choices) expect(ways.length, `seed ${seed}: a choice has ways`).toBeGreaterThan(0)
      for (const way of change.choices.flatMap(c => c.ways)) {
        const more = new Map(Array.from(way.changes, ([device, { apply }]) => [device, apply]))
        const chosen = look(appended(appended(files, forth), more), plan)
        expect(chosen.duplicates.toSorted(), `seed ${seed}: ${way.plan.id}`).toEqual(
          open.filter(f => f !== way.duplicate.fingerprint).toSorted(),
        )
      }
      tally.duplicates += before.duplicates.length
      tally.fixed += fixed.length
      tally.chosen += change.choices.length
      tally.withheld += change.withheld.size
      tally.shared += change.fixes.filter(f => f.candidate.plan.actions.some(a => a.relay.via !== null)).length
    }
  })

  it('had what makes packs hard: shared lists, choices, and most duplicates fixed', () => {
    expect(tally.duplicates).toBeGreaterThan(NETWORKS / 4)
    expect(tally.shared).toBeGreaterThan(0)
    expect(tally.chosen).toBeGreaterThan(0)
    expect(tally.fixed).toBeGreaterThan(tally.duplicates / 2)
  })
})

it('fixes that hold one by one and not together: the first is in the change, the other is left out with the reason', () => {
  const router = (host: number) =>
    [
      'version 15.2',
      `hostname r${host}`,
      ...[10, 20, 30].flatMap(v => [
        `interface Vlan${v}`,
        ` ip address 10.0.${v}.${host} 255.255.255.0`,
        ...(v < 30 ? [' ip helper-address 10.9.9.5'] : []),
        ` vrrp ${v} ip 10.0.${v}.1`,
        ` vrrp ${v} priority ${120 - host}`,
      ]),
      'end',
      '',
    ].join('\n')
  const files = [2, 3].map(host => ({
    ...(generate(1).files[0] as Collected),
    ...{ device: `r${host}`, platform: 'cisco-ios', file: `r${host}.cfg`, text: router(host), site: 'here' },
  }))
  const reading = readAll(files, known)
  /** Nobody may fix both. */
  const jealous: Rule = {
    id: 'jealous',
    title: 'A test',
    severity: 'error',
    rationale: '',
    examples: { bad: [], good: [] },
    *check({ judgements }) {
      if (judgements.filter(j => j.verdict.verdict === 'single').length > 1)
        yield { subject: 'both', message: 'both were fixed', evidence: [] }
    },
  }
  const told = { points: [pxePoint({ addresses: ['10.9.9.5'] })], rules: [...rules, jealous], assume: { pairs: false } }
  const wanted = duplicatesOf(judgeNetwork(reading, told)).map(d => d.fingerprint)
  expect(wanted).toHaveLength(2)
  const change = planChange(reading, new Set(wanted), { ...told, templates })
  expect(change.fixes.map(f => f.fixes)).toEqual([[wanted[0]]])
  expect([...change.withheld]).toEqual([
    [wanted[1], 'together with the rest of this change it cannot be proven: another finding would appear'],
  ])
})
