// What a run accepts: findings that a waiver names, or that a baseline holds.
import { acceptedBy } from './analyze/baseline.ts'
import { unusedText, waive } from './analyze/waivers.ts'
import type { Accept } from './audit/audit.ts'
import { type Baseline, termOf, type Waiver } from './model/accepted.ts'

/** What there is to accept findings by. */
export interface Accepting {
  readonly waivers: readonly Waiver[]
  readonly baseline: Baseline | null
  readonly started: Date
  /** Takes what the user should know. */
  readonly warn?: (sentence: string) => void
}

/** Tells of waivers that end soon; the function it returns applies all of them, and tells of those that fit nothing. */
export function accepting({ waivers, baseline, started, warn = () => {} }: Accepting): Accept {
  const inBaseline = baseline === null ? () => null : acceptedBy(baseline)
  for (const { place, owner, expires } of waivers.filter(w => termOf(w.expires, started) === 'soon'))
    warn(`waiver at ${place} by ${owner} ends on ${expires}`)
  return abouts => {
    const { reasons, unused } = waive(abouts, waivers, started)
    for (const waiver of unused) warn(`waiver at ${waiver.place} by ${waiver.owner} ${unusedText(waiver, abouts)}`)
    return abouts.map((about, n) => reasons[n] ?? inBaseline(about))
  }
}
