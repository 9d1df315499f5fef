// Proving many fixes at once: a proof costs the parsing of whole configurations, and most fixes cannot interfere.
import type { Bench, Candidate } from './candidate.ts'
import type { Changes } from './spell.ts'

/**
 * The candidates that are proven by one proof for all of them: changes to the relay lines of single interfaces, on the same
 * devices. What one of them does, it does alone as well. Changes to shared groups, lists and pairs are proven one by one.
 */
export function proveTogether(candidates: readonly Candidate[], bench: Bench): ReadonlySet<Candidate> {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    if (candidate.plan.wide || candidate.plan.actions.some(a => a.relay.via !== null)) continue
    const key = [candidate.plan.strategy, ...[...candidate.changes.keys()].sort()].join('\n')
    const group = groups.get(key)
    if (group) group.push(candidate)
    else groups.set(key, [candidate])
  }
  const proven = new Set<Candidate>()
  for (const group of groups.values())
    if (group.length > 1 && bench.prove(group, joined(group)) === null) for (const candidate of group) proven.add(candidate)
  return proven
}

/** The changes of several candidates, one behind the other; they are taken back in reverse. */
export function joined(candidates: readonly Candidate[]): Changes {
  const all = new Map<string, { apply: string[]; rollback: string[] }>()
  for (const { changes } of candidates)
    for (const [device, { apply, rollback }] of changes) {
      const own = all.get(device) ?? { apply: [], rollback: [] }
      all.set(device, own)
      own.apply.push(apply)
      own.rollback.unshift(rollback)
    }
  return new Map(
    Array.from(all, ([device, { apply, rollback }]) => [device, { apply: apply.join('\n'), rollback: rollback.join('\n') }]),
  )
}
