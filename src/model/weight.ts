// How bad a finding is, and when one that was there before has become another matter, though its fingerprint is the same.

export type Severity = 'error' | 'warning' | 'info'

/** How bad a finding is. */
export interface Weight {
  readonly severity: Severity
  /** Copies of one boot request, where it is about them; absent in results of earlier versions. */
  readonly copies?: number
}

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 }

/** More severe, or more copies: what was accepted or known of two routers says nothing of a third one that joins them. */
export const isWorse = (now: Weight, then: Weight): boolean =>
  RANK[now.severity] < RANK[then.severity] || (now.copies !== undefined && then.copies !== undefined && now.copies > then.copies)
