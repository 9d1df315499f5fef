// What must hold for any change to any network.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rules } from '../src/analyze/rules/index.ts'
import { audit } from '../src/audit/audit.ts'
import { known } from '../src/audit/known.ts'
import type { CollectedText } from '../src/model/inventory.ts'
import type { FindingChange, Validation } from '../src/model/validation.ts'
import { generate, pointOf } from './support/network/audit.ts'
import { countPlanned } from './support/network/count.ts'
import { edited } from './support/network/edit.ts'
import type { Plan, PlannedPort, PlannedRouter } from './support/network/plan.ts'
import { random } from './support/network/random.ts'
import { TARGETS } from './support/network/words.ts'
import { brief, cleanUp, folderOf, inventoryOf, validating } from './support/validating.ts'

const PATIENT = { timeout: 300_000 }
cleanUp()

const seeds = fc.integer({ min: 1, max: 2 ** 30 })
/** The same networks in every run, and the one seed to repeat where it fails. */
const each = (runs: number, check: (seed: number) => Promise<void>) =>
  fc.assert(fc.asyncProperty(seeds, check), { numRuns: runs, seed: 20261127, endOnFailure: true })

const textsOf = (files: readonly CollectedText[]) => Object.fromEntries(files.map(f => [`${f.device}.cfg`, f.text]))
const network = (seed: number) => {
  const { plan, files } = generate(seed)
  const texts = files as CollectedText[]
  return {
    plan,
    texts,
    inventory: inventoryOf(
      texts.map(f => ({ name: f.device, platform: f.platform })),
      [pointOf(plan)],
    ),
  }
}
const fingerprints = (changes: readonly FindingChange[]) => changes.map(c => c.fingerprint).sort()

describe('a network held against itself', PATIENT, () => {
  it('introduces nothing and fixes nothing', () =>
    each(100, async seed => {
      const { texts, inventory } = network(seed)
      const [a, b] = [folderOf(textsOf(texts)), folderOf(textsOf(texts))]
      for (const options of [{ proposed: b }, { proposed: b, changedOnly: true }, { proposed: a }]) {
        const { findings, verdicts, devices, segments } = await validating({ current: a, inventory, ...options })
        const { introduced, fixed, unjudged } = findings
        expect({ seed, introduced, fixed, unjudged, verdicts, devices }).toEqual({
          seed,
          introduced: [],
          fixed: [],
          unjudged: [],
          verdicts: [],
          devices: [],
        })
        expect(segments).toEqual({ appeared: [], vanished: [], touched: 0 })
      }
    }))
})

/** The lines that add a relay to the second address, where the platform of a router has such lines for one interface. */
function secondRelay({ os }: PlannedRouter, { vlan }: PlannedPort): string | null {
  if (vlan.vrf !== 'default') return null
  if (os === 'ios' || os === 'eos') return `interface Vlan${vlan.id}\n ip helper-address ${TARGETS.second}\n`
  return os === 'nxos' ? `interface Vlan${vlan.id}\n  ip dhcp relay address ${TARGETS.second}\n` : null
}

/** The plan with that relay, and the lines; null where the seed has no VLAN with one copy that it makes two of. */
function doubled(plan: Plan) {
  for (const router of plan.routers)
    for (const port of router.ports) {
      const lines = secondRelay(router, port)
      if (lines === null || port.pool || port.relays.some(x => x.target === 'second')) continue
      const relays = [...port.relays, { target: 'second', gate: null, into: 'default' } as const]
      const grown = { ...router, ports: router.ports.with(router.ports.indexOf(port), { ...port, relays }) }
      const after = { ...plan, routers: plan.routers.with(plan.routers.indexOf(router), grown) }
      const { copies, unsure } = countPlanned(plan, port.vlan)
      if (copies === 1 && !unsure && countPlanned(after, port.vlan).copies === 2) return { router, port, lines }
    }
  return null
}

describe('a second relay', PATIENT, () => {
  it('introduces exactly that duplicate, with its line in the snippet', async () => {
    let seen = 0
    await each(300, async seed => {
      const { plan, texts, inventory } = network(seed)
      const double = doubled(plan)
      if (!double) return
      seen++
      const { router, port, lines } = double
      const current = folderOf({ ...textsOf(texts), 'change.txt.json': lines })
      const file = `${current}/change.txt.json`
      const changes = [{ device: router.name, file }]
      const { findings, verdicts, incomplete, exit_code } = await validating({ current, changes, inventory })
      const errors = findings.introduced.filter(f => f.after?.severity === 'error')
      expect({ seed, errors: errors.map(e => e.rule), incomplete, exit_code }).toEqual({
        seed,
        errors: ['duplicate-pxe-relay'],
        incomplete: [],
        exit_code: 1,
      })
      expect(errors[0]?.before).toBeNull()
      expect(errors[0]?.after?.evidence).toContainEqual({
        device: router.name,
        file,
        line: 2,
        text: (lines.split('\n')[1] ?? '').trim(),
        note: expect.stringMatching(`^Vlan${port.vlan.id} relays to ${TARGETS.second}( while active)?$`),
      })
      expect(verdicts.map(v => [v.before?.copies, v.after?.copies, v.after?.verdict])).toEqual([[1, 2, 'duplicate']])
      expect(verdicts[0]?.segment).toContain(`10.${port.vlan.id}.0.0`)
    })
    expect(seen).toBeGreaterThan(40)
  })
})

describe('an edit', PATIENT, () => {
  const views = async (seed: number) => {
    const { plan, texts, inventory } = network(seed)
    const after = edited(seed, plan, texts, random(seed ^ 0x2545f491))
    const [a, b] = [folderOf(textsOf(texts)), folderOf(textsOf(after))]
    const there = await validating({ current: a, proposed: b, inventory })
    const back = await validating({ current: b, proposed: a, inventory })
    const near = await validating({ current: a, proposed: b, inventory, changedOnly: true })
    return { there, back, near }
  }

  it('made and unmade swaps introduced and gone', async () => {
    const seen = { introduced: 0, fixed: 0, unjudged: 0 }
    await each(120, async seed => {
      const { there, back } = await views(seed)
      // One that became worse is introduced, and one that became better is not fixed.
      const fresh = (v: Validation) => fingerprints(v.findings.introduced.filter(f => f.before === null))
      const gone = (v: Validation) => fingerprints([...v.findings.fixed, ...v.findings.unjudged])
      expect({ seed, changes: fresh(there) }).toEqual({ seed, changes: gone(back) })
      expect({ seed, changes: fresh(back) }).toEqual({ seed, changes: gone(there) })
      seen.introduced += there.findings.introduced.length
      seen.fixed += there.findings.fixed.length
      seen.unjudged += there.findings.unjudged.length
    })
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(10)
  })

  it('is judged the same with --changed-only', () =>
    each(120, async seed => {
      const { there, near } = await views(seed)
      const { unchanged, ...others } = near.findings
      const { unchanged: all, ...rest } = there.findings
      expect({ seed, ...others, verdicts: near.verdicts, incomplete: near.incomplete, code: near.exit_code }).toEqual({
        seed,
        ...rest,
        verdicts: there.verdicts,
        incomplete: there.incomplete,
        code: there.exit_code,
      })
      for (const finding of unchanged) expect(all).toContainEqual(finding)
    }))

  it('never fixes a duplicate whose verdict is not known, and is never clean where one was lost', () =>
    each(120, async seed => {
      const { there } = await views(seed)
      const unknown = new Set(there.verdicts.flatMap(v => (v.after?.verdict === 'unknown' ? [`${v.segment} ${v.point}`] : [])))
      expect(brief(there.findings.fixed).filter(f => unknown.has(f.replace(/^\S+ \S+ /, '')))).toEqual([])
      if (unknown.size > 0) expect({ seed, clean: there.exit_code === 0 }).toEqual({ seed, clean: false })
    }))
})

describe('a proven fix', PATIENT, () => {
  it('fixes its finding through --change, and introduces nothing above info', async () => {
    let seen = 0
    await each(100, async seed => {
      const { plan, texts, inventory } = network(seed)
      const { remediations } = audit({
        ...known,
        collected: texts,
        points: [pointOf(plan)],
        rules,
        templates: [`${import.meta.dirname}/../templates`],
        tool: { name: 'test', version: '0' },
        assume: { pairs: false },
        started: new Date(0),
        failOn: 'error',
      })
      const plans = new Map<string, typeof remediations>()
      for (const r of remediations)
        plans.set(`${r.fingerprint} ${r.plan}`, [...(plans.get(`${r.fingerprint} ${r.plan}`) ?? []), r])
      for (const [key, steps] of plans) {
        if (!steps.every(s => s.proven && s.apply !== '')) continue
        const current = folderOf({ ...textsOf(texts), ...Object.fromEntries(steps.map((s, n) => [`${n}.json`, `${s.apply}\n`])) })
        const changes = steps.map((s, n) => ({ device: s.device, file: `${current}/${n}.json` }))
        const validation = await validating({ current, changes, inventory })
        const because = `seed ${seed}, ${key}\n${steps.map(s => `${s.device}:\n${s.apply}`).join('\n')}`
        const [fingerprint] = key.split(' ')
        expect(fingerprints(validation.findings.fixed), because).toContain(fingerprint)
        expect(
          brief(validation.findings.introduced).filter(f => !f.startsWith('info ')),
          because,
        ).toEqual([])
        expect(validation.incomplete, because).toEqual([])
        seen++
      }
    })
    expect(seen).toBeGreaterThan(30)
  })
})
