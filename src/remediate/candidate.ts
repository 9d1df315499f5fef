// Plans in the words of the platforms, waiting for their proof.
import type { Device } from '../model/device.ts'
import type { Judgement } from '../model/judgement.ts'
import type { StrategyId } from '../model/remedy.ts'
import type { Platform } from '../parse/platform.ts'
import type { Plan } from './plan.ts'
import { type Changes, spell } from './spell.ts'
import { strategies } from './strategies/index.ts'

/** A duplicate that wants a fix. */
export interface Duplicate {
  readonly fingerprint: string
  readonly judgement: Judgement
}

/** One plan for one duplicate, spelled. */
export interface Candidate {
  readonly duplicate: Duplicate
  readonly plan: Plan
  readonly changes: Changes
}

/** A strategy that nearly fits, and why it does not; or one whose snippet was refused by the proof. */
export interface Withheld {
  readonly strategy: StrategyId
  readonly why: string
}

/** What a proposal needs from the audit it belongs to. */
export interface Bench {
  platformOf(device: Device): Platform
  /** Folders with <platform>/<action>.hbs; the first that has a template wins. */
  readonly templates: readonly string[]
  lineText(device: Device, line: number): string
  /**
   * Audits again with the changes of some candidates appended to the configurations. Returns why they must not be shown: one of the duplicates
   * stays, another finding appears, another verdict changes, something is touched that is none of the plan's business, or
   * taking the change back does not restore the facts. Null: proven.
   */
  prove(candidates: readonly Candidate[], changes: Changes): string | null
}

/** What the user decides about fixes. */
export interface Wishes {
  /** Tried first; the others follow in their order. Null: best first. */
  readonly strategy: StrategyId | null
  /** Routers that shall go on relaying where they are among several. */
  readonly prefer: ReadonlySet<string>
}

/** Everything one strategy can do about a duplicate. */
export function candidatesOf(
  strategy: StrategyId,
  duplicate: Duplicate,
  bench: Bench,
  { prefer }: Wishes,
): { readonly candidates: readonly Candidate[]; readonly withheld: readonly Withheld[] } {
  const can = (device: Device, action: keyof Platform['cannot']) => !(action in bench.platformOf(device).cannot)
  const plans = strategies[strategy](duplicate.judgement, { can, prefer })
  if ('withheld' in plans) return { candidates: [], withheld: [{ strategy, why: plans.withheld }] }
  const withheld: Withheld[] = []
  const candidates = plans.flatMap((plan): Candidate[] => {
    const spelled = spell(plan, bench)
    if ('changes' in spelled) return [{ duplicate, plan, changes: spelled.changes }]
    withheld.push({ strategy, why: spelled.withheld })
    return []
  })
  return { candidates, withheld }
}
