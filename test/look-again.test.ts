// What is taken over from a network that was judged before is what would be found by looking at all of it.
import { hash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { rules } from '../src/analyze/rules/index.ts'
import { known } from '../src/audit/known.ts'
import { type Look, type LookOptions, look } from '../src/audit/look.ts'
import { type Part, reader, together } from '../src/audit/read.ts'
import type { CollectedText } from '../src/model/inventory.ts'
import { generate, pointOf } from './support/network/audit.ts'
import { edited } from './support/network/edit.ts'
import type { Plan } from './support/network/plan.ts'
import { random } from './support/network/random.ts'

/** Reads configurations; those that are as they were are those that were read before. */
function parts(files: readonly CollectedText[], before: readonly Part[] = []): Part[] {
  const read = reader(known)
  const was = new Map(before.map(p => [p.result.name, p]))
  return files.map(f => read({ ...f, sha256: hash('sha256', f.text) }, was.get(f.device)))
}

const optionsFor = (plan: Plan): LookOptions => ({ points: [pointOf(plan)], rules, assume: { pairs: false } })

/** Everything that an audit says. */
const said = ({ network, judgements, remarks }: Look) => ({
  segments: network.segments.map(s => [s.id, s.subnets, s.attachments.map(a => a.device.device), s.conflicts.length]),
  gaps: network.gaps,
  standings: network.segments.map(s => s.standings.map(r => [r.role, r.confidence, r.reason])),
  verdicts: judgements.map(j => [j.segment.id, j.point.name, j.verdict, j.preferred.attachment?.device.device]),
  remarks: remarks.map(r => [
    r.rule.id,
    r.severity,
    r.fingerprint,
    r.remark.message,
    r.remark.evidence.map(e => [e.device.device, e.line, e.note]),
  ]),
})

/** A network and the same with one router changed, judged. */
function judged(seed: number) {
  const { plan, files } = generate(seed)
  const texts = files as CollectedText[]
  const options = optionsFor(plan)
  const before = parts(texts)
  const first = look(together(before), options)
  const changed = edited(seed, plan, texts, random(seed ^ 0x2545f491))
  const second = look(together(parts(changed, before)), { ...options, earlier: first })
  const afresh = look(together(parts(changed)), options)
  return { first, second, afresh }
}

describe('a network that is looked at again', { timeout: 300_000 }, () => {
  it('is judged as if for the first time, whatever one router does', () => {
    const seen = { segments: 0, verdicts: 0, remarks: 0, fresh: 0 }
    const seeds = fc.integer({ min: 1, max: 2 ** 30 })
    fc.assert(
      fc.property(seeds, seed => {
        const { first, second, afresh } = judged(seed)
        expect(said(second), `seed ${seed}`).toEqual(said(afresh))
        const shared = <T>(a: readonly T[], b: readonly T[]) => b.filter(x => new Set(a).has(x)).length
        seen.segments += shared(first.network.segments, second.network.segments)
        seen.verdicts += shared(first.judgements, second.judgements)
        seen.remarks += shared(first.remarks, second.remarks)
        seen.fresh += second.judgements.length - shared(first.judgements, second.judgements)
      }),
      { numRuns: 400, seed: 20261127, endOnFailure: true },
    )
    // Both ways are taken: much is taken over, and much is not.
    for (const [what, count] of Object.entries(seen)) expect(count, what).toBeGreaterThan(100)
  })

  it('takes everything over where nothing was changed', () => {
    const { plan, files } = generate(7)
    const before = parts(files)
    const options = optionsFor(plan)
    const first = look(together(before), options)
    const again = look(together(parts(files, before)), { ...options, earlier: first })
    again.judgements.forEach((judgement, n) => {
      expect(judgement).toBe(first.judgements[n])
    })
    expect(again.network.segments.every(s => first.network.segments.includes(s))).toBe(true)
    expect(again.judgements.length).toBeGreaterThan(0)
  })

  it('is judged anew where a router elsewhere cannot be read any more', () => {
    const { plan, files } = generate(7)
    const before = parts(files)
    const options = optionsFor(plan)
    const first = look(together(before), options)
    const lost = read({ device: 'elsewhere', site: 'here', platform: 'auto', file: 'x.cfg', state: 'failed', reason: 'no' })
    const again = look(together([...parts(files, before), lost]), { ...options, earlier: first })
    // One more router may stand anywhere: nothing but proven duplicates is known.
    const judged = again.judgements.filter(j => j.verdict.verdict !== 'unknown').map(j => j.verdict.verdict)
    expect(judged.filter(v => v !== 'duplicate')).toEqual([])
    expect(first.judgements.some(j => j.verdict.verdict === 'single')).toBe(true)
  })
})

const read = reader(known)

describe('rules that look at judgements one by one', () => {
  const local = rules.filter(r => r.local)

  it('are there', () => expect(local.length).toBeGreaterThan(0))

  it.each(local)('$id says what follows from which judgement', rule => {
    let remarks = 0
    for (let seed = 1; seed <= 150; seed++) {
      const { plan, files } = generate(seed)
      const audit = look(together(parts(files)), optionsFor(plan))
      const all = [...rule.check(audit)]
      for (const remark of all) expect(audit.judgements).toContain(remark.follows)
      const one = audit.judgements.flatMap(j => [...rule.check({ ...audit, judgements: [j] })])
      expect(one).toEqual(all)
      remarks += all.length
    }
    expect(remarks).toBeGreaterThan(0)
  })
})
