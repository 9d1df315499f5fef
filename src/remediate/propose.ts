// From duplicates to proven snippets: plan, spell, apply in memory, audit again.
import { STRATEGIES, type StrategyId, TRADE_OFFS } from '../model/remedy.ts'
import type { Remediation } from '../model/result.ts'
import { type Bench, type Candidate, candidatesOf, type Duplicate, type Wishes, type Withheld } from './candidate.ts'
import { proveTogether } from './together.ts'

export const NO_WISHES: Wishes = { strategy: null, prefer: new Set() }

/** Proposes what to change for each duplicate: every way that could be proven, the best first, one entry per way and device. */
export function propose(duplicates: readonly Duplicate[], bench: Bench, wishes: Wishes = NO_WISHES): Remediation[] {
  return choose(duplicates, bench, wishes).flatMap(choice => remediationsOf(choice))
}

/** What came of one duplicate. */
export interface Choice {
  readonly duplicate: Duplicate
  /** Proven, the best first; those of `undecided` plans leave the choice to a person. */
  readonly proven: readonly Candidate[]
  readonly withheld: readonly Withheld[]
}

/** Tries every strategy on every duplicate. A plan that cannot be proven gives way to the next. */
export function choose(duplicates: readonly Duplicate[], bench: Bench, wishes: Wishes = NO_WISHES): Choice[] {
  const order = [...STRATEGIES].sort((a, b) => Number(b === wishes.strategy) - Number(a === wishes.strategy))
  const tried = order.map(strategy => tryStrategy(strategy, duplicates, bench, wishes))
  return duplicates.map((duplicate, n) => ({
    duplicate,
    proven: tried.flatMap(t => t[n]?.proven ?? []),
    withheld: tried.flatMap(t => t[n]?.withheld ?? []),
  }))
}

/** One strategy on all duplicates; first all at once, then those one by one that are left. */
function tryStrategy(strategy: StrategyId, duplicates: readonly Duplicate[], bench: Bench, wishes: Wishes) {
  const prospects = duplicates.map(duplicate => candidatesOf(strategy, duplicate, bench, wishes))
  const wanted = prospects.map(({ candidates }) => candidates.filter((c, n) => n === 0 || c.plan.undecided))
  const together = new Set([
    ...proveTogether(
      wanted.flatMap(w => w[0] ?? []),
      bench,
    ),
    ...proveTogether(
      wanted.flatMap(w => w.slice(1)),
      bench,
    ),
  ])
  return prospects.map(({ candidates, withheld }, n) => {
    const proven: Candidate[] = []
    const refused: Withheld[] = [...withheld]
    for (const candidate of candidates) {
      // The next way is for where the first cannot be proven, unless it is a person who chooses between them.
      if (proven.length > 0 && !wanted[n]?.includes(candidate)) continue
      const why = together.has(candidate) ? null : bench.prove([candidate], candidate.changes)
      if (why === null) proven.push(candidate)
      else refused.push({ strategy, why })
    }
    // A way that was found makes what did not work no news.
    return { proven, withheld: proven.length > 0 ? [] : refused }
  })
}

function remediationsOf({ duplicate, proven, withheld }: Choice): Remediation[] {
  const [best] = proven
  const kind = ({ plan }: Candidate): Remediation['choice'] =>
    plan.strategy !== best?.plan.strategy
      ? 'alternative'
      : plan.undecided
        ? 'person'
        : plan === best.plan
          ? 'default'
          : 'alternative'
  return [
    ...proven.flatMap(candidate => entries(candidate, kind(candidate))),
    ...firstOfEach(withheld).map(w => withheldEntry(duplicate, w, best === undefined)),
    ...(best === undefined && withheld.length === 0 ? [withheldEntry(duplicate, NOTHING, true)] : []),
  ]
}

const NOTHING: Withheld = { strategy: 'remove', why: 'there is nothing to change' }

/** What was tried first says most. */
const firstOfEach = (withheld: readonly Withheld[]): readonly Withheld[] =>
  withheld.filter((w, n) => withheld.findIndex(other => other.strategy === w.strategy) === n)

const entries = ({ duplicate, plan, changes }: Candidate, choice: Remediation['choice']): Remediation[] =>
  Array.from(changes, ([device, { apply, rollback, verify = [], caution = '' }]) => ({
    fingerprint: duplicate.fingerprint,
    strategy: plan.strategy,
    plan: plan.id,
    keeps: plan.keeps,
    choice,
    device,
    apply,
    rollback,
    verify,
    caution: `${caution} ${plan.remark}`.trim(),
    trade_off: TRADE_OFFS[plan.strategy],
    proven: true,
    withheld: null,
  }))

function withheldEntry({ fingerprint, judgement }: Duplicate, { strategy, why }: Withheld, alone: boolean): Remediation {
  const device = judgement.preferred.attachment?.device.device ?? judgement.copies.live[0]?.attachment.device.device ?? ''
  return {
    fingerprint,
    strategy,
    plan: strategy,
    keeps: null,
    choice: 'alternative',
    device,
    apply: '',
    rollback: '',
    verify: [],
    caution: alone ? `No snippet is shown because none could be proven: ${why}.` : `This way is not possible here: ${why}.`,
    trade_off: TRADE_OFFS[strategy],
    proven: false,
    withheld: why,
  }
}
