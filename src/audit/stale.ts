// Which captures are too old to be relied upon.
import type { MaxAge } from '../model/inventory.ts'
import type { Attempt } from '../model/snapshot.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** When the run started, and how old a capture may be then. */
export interface Freshness {
  readonly started: Date
  /** Null: any age will do. */
  readonly maxAge: MaxAge | null
}

/** Clocks that disagree by less than this are no lie. */
const DISAGREEMENT = DAY

/**
 * Why a capture is not to be relied upon for its date, in words; null when it is, or when nothing speaks against it. One that
 * was kept because a later attempt failed is relied upon only where somebody said that its age will do.
 */
export function staleness(collectedAt: string, { started, maxAge }: Freshness, attempt?: Attempt): string | null {
  const day = collectedAt.slice(0, 10)
  if (maxAge === null)
    return attempt ? `it was captured on ${day}, and the attempt of ${attempt.at.slice(0, 10)} failed: ${attempt.reason}` : null
  const age = started.getTime() - Date.parse(collectedAt)
  if (age < -DISAGREEMENT) return `its date lies in the future: ${day}`
  return age > maxAge.milliseconds ? `it was captured on ${day}, ${ago(age)}, and ${maxAge.said}` : null
}

/** In the largest unit that there are at least two of. */
function ago(age: number): string {
  const [unit, word] = age >= 2 * DAY ? [DAY, 'day'] : age >= 2 * HOUR ? [HOUR, 'hour'] : [MINUTE, 'minute']
  const count = Math.floor(age / unit)
  return `${count} ${word}${count === 1 ? '' : 's'} ago`
}
