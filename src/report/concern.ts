// What somebody has to look at, for the formats that list problems and nothing else: findings, and whatever could not be
// judged. The second half is what keeps such a list from looking clean when it only knows little.
import { fingerprintOf } from '../model/fingerprint.ts'
import type { Evidence, Finding, Severity } from '../model/result.ts'

/** A finding, or something that could not be judged. */
export interface Concern {
  /** The rule of a finding, or one of the reports alone, which says what could not be judged. */
  readonly rule: string
  readonly level: Severity
  /** Equal from run to run, and different from that of every other concern of the report. */
  readonly fingerprint: string
  readonly subject: string
  readonly message: string
  /** Why it was accepted; null when it stands. */
  readonly accepted: string | null
  /** The first line is where it is shown. A line of 0 stands for the whole file; an empty text for one that was not quoted. */
  readonly evidence: readonly Evidence[]
  /** True where nothing is known to be wrong, or right. */
  readonly open: boolean
  /** Against the network before a change: not there, or there and otherwise. Absent where nothing was compared. */
  readonly since?: 'new' | 'updated'
}

/** What a rule of the reports alone is about. */
export interface OpenRule {
  readonly title: string
  readonly rationale: string
}

/** What could not be judged, before it is clear what else there is; `why` is equal where the same thing is missing. */
export interface Open {
  readonly concern: Omit<Concern, 'fingerprint' | 'message' | 'open'> & {
    /** Where it is that of a finding; otherwise it follows from rule and subject. */
    readonly fingerprint?: string
  }
  readonly place: string
  readonly why: string
}

/** A finding as a concern. */
export const ofFinding = ({ waived, severity, rule, fingerprint, subject, message, evidence }: Finding): Concern => ({
  rule,
  level: severity,
  fingerprint,
  subject,
  message,
  accepted: waived,
  evidence,
  open: false,
})

/** Worst first: errors, what is open, warnings, information, and last what was accepted. Fingerprints that repeat are numbered. */
export function ordered(findings: readonly Concern[], open: readonly Open[]): Concern[] {
  const all = [...findings, ...open.map(told)]
  const rank = (c: Concern) => (c.accepted !== null ? 4 : c.open ? 1 : { error: 0, warning: 2, info: 3 }[c.level])
  const seen = new Map<string, number>()
  return all
    .map((concern, n) => ({ concern, n }))
    .sort((a, b) => rank(a.concern) - rank(b.concern) || a.n - b.n)
    .map(({ concern }) => {
      const n = (seen.get(concern.fingerprint) ?? 0) + 1
      seen.set(concern.fingerprint, n)
      return n === 1 ? concern : { ...concern, fingerprint: `${concern.fingerprint}-${n}` }
    })
}

const told = ({ concern, place, why }: Open): Concern => ({
  ...concern,
  fingerprint: concern.fingerprint ?? fingerprintOf(concern.rule, concern.subject),
  message: place === '' ? why : `${place}: ${why}`,
  open: true,
})

/** So many places are named where several wait for one thing. */
const MOST_PLACES = 4

/** All that waits for one and the same thing as one. */
export function gathered(all: readonly Open[]): Open[] {
  const groups = new Map<string, Open[]>()
  for (const one of all) {
    const { rule, level, accepted } = one.concern
    const key = JSON.stringify([rule, level, accepted, one.why])
    const there = groups.get(key)
    if (there) there.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()].flatMap((own): Open[] => {
    const [first] = own
    if (!first) return []
    const more = own.length > MOST_PLACES ? ` and ${own.length - MOST_PLACES} more` : ''
    const named = own.slice(0, MOST_PLACES).map(o => o.place)
    return [{ ...first, place: `${named.join(', ')}${more}` }]
  })
}
