// The steps of a finding's remediations, put together again to ways.
import type { Remediation } from '../model/result.ts'

/** One way to fix a finding. */
export interface Way extends Pick<Remediation, 'strategy' | 'plan' | 'keeps' | 'choice' | 'trade_off' | 'proven' | 'withheld'> {
  /** What has to be said of it, each sentence once. */
  readonly caution: string
  /** In the order in which to do them. */
  readonly steps: readonly Remediation[]
}

/** The ways, in their order; the best one is first. */
export function waysOf(remediations: readonly Remediation[]): Way[] {
  const byPlan = new Map<string, Remediation[]>()
  for (const r of remediations) {
    const own = byPlan.get(r.plan)
    if (own) own.push(r)
    else byPlan.set(r.plan, [r])
  }
  return [...byPlan.values()].flatMap(steps => {
    const [first] = steps
    if (!first) return []
    const { strategy, plan, keeps, choice, trade_off, withheld } = first
    const caution = [...new Set(steps.map(s => s.caution))].join(' ')
    return [{ strategy, plan, keeps, choice, trade_off, withheld, proven: steps.every(s => s.proven), caution, steps }]
  })
}
