// From duplicates to proven snippets: plan, spell, apply in memory, audit again.
import type { Device } from '../model/device.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Remediation } from '../model/result.ts'
import type { Platform } from '../parse/platform.ts'
import { type Plan, plansFor } from './plan.ts'
import { type Changes, spell } from './spell.ts'

/** A duplicate that wants a fix. */
export interface Duplicate {
  readonly fingerprint: string
  readonly judgement: Judgement
}

/** What the proof needs from the audit it belongs to. */
export interface Bench {
  platformOf(device: Device): Platform
  readonly templates: string
  lineText(device: Device, line: number): string
  /**
   * Audits again with text appended to some configurations. Returns why the change must not be shown: one of the
   * duplicates stays, an error or warning appears, another verdict changes, or taking the change back does not restore the facts.
   * Null: proven.
   */
  prove(targets: readonly Duplicate[], changes: Changes): string | null
}

/** A plan in the words of the platforms, waiting for its proof. */
interface Candidate {
  readonly duplicate: Duplicate
  readonly plan: Plan
  readonly changes: Changes
}

/** Proposes what to change for each duplicate, one entry per device. A plan that cannot be proven gives way to the next. */
export function propose(duplicates: readonly Duplicate[], bench: Bench): Remediation[] {
  const prospects = duplicates.map(duplicate => ({ duplicate, ...candidatesFor(duplicate, bench) }))
  const proven = new Set(
    proveTogether(
      prospects.flatMap(p => p.candidates[0] ?? []),
      bench,
    ),
  )
  return prospects.flatMap(({ duplicate, candidates, withheld }) => {
    let why = withheld
    for (const candidate of candidates) {
      const refusal = proven.has(candidate) ? null : bench.prove([duplicate], candidate.changes)
      if (refusal === null) return shown(candidate)
      why ||= refusal
    }
    return [withheldEntry(duplicate, why)]
  })
}

function candidatesFor(duplicate: Duplicate, bench: Bench): { candidates: Candidate[]; withheld: string } {
  let withheld = ''
  const plans = plansFor(duplicate.judgement, (device, action) => !(action in bench.platformOf(device).cannot))
  const candidates = plans.flatMap((plan): Candidate[] => {
    const spelled = spell(plan, bench)
    if ('changes' in spelled) return [{ duplicate, plan, changes: spelled.changes }]
    withheld ||= spelled.withheld
    return []
  })
  return { candidates, withheld }
}

/**
 * Proves in one go what cannot interfere: changes to the relay lines of single interfaces, on the same devices. What one
 * of them does, it does alone as well. Changes to shared groups and lists are proven one by one.
 */
function proveTogether(candidates: readonly Candidate[], bench: Bench): Candidate[] {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    if (candidate.plan.actions.some(a => a.relay.via !== null)) continue
    const key = [...candidate.changes.keys()].sort().join('\n')
    const group = groups.get(key)
    if (group) group.push(candidate)
    else groups.set(key, [candidate])
  }
  return [...groups.values()].flatMap(group => (group.length > 1 && provenAsOne(group, bench) ? group : []))
}

function provenAsOne(group: readonly Candidate[], bench: Bench): boolean {
  const all = new Map<string, { apply: string[]; rollback: string[] }>()
  for (const { changes } of group)
    for (const [device, { apply, rollback }] of changes) {
      const own = all.get(device) ?? { apply: [], rollback: [] }
      all.set(device, own)
      own.apply.push(apply)
      own.rollback.unshift(rollback)
    }
  const merged = new Map(
    Array.from(all, ([device, { apply, rollback }]) => [device, { apply: apply.join('\n'), rollback: rollback.join('\n') }]),
  )
  const targets = group.map(c => c.duplicate)
  return bench.prove(targets, merged) === null
}

const shown = ({ duplicate, plan, changes }: Candidate): Remediation[] =>
  Array.from(changes, ([device, { apply, rollback, verify = [], caution = '' }]) => ({
    fingerprint: duplicate.fingerprint,
    strategy: plan.strategy,
    device,
    apply,
    rollback,
    verify,
    caution: `${caution} ${plan.choice}`.trim(),
    proven: true,
  }))

function withheldEntry({ fingerprint, judgement }: Duplicate, why: string): Remediation {
  const device = judgement.preferred.attachment?.device.device ?? judgement.copies.live[0]?.attachment.device.device ?? ''
  const caution = `No snippet is shown because none could be proven: ${why}.`
  return { fingerprint, strategy: 'remove', device, apply: '', rollback: '', verify: [], caution, proven: false }
}
