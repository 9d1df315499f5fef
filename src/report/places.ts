// Where things stand in the page, so that everything can link to everything.
import type { Finding, PxeVerdict, Result, SegmentResult } from '../model/result.ts'

/** The rule whose findings get a card each. */
export const DUPLICATE_RULE = 'duplicate-pxe-relay'

/** One row of the table of segments: a segment and a PXE point. */
export interface Pair {
  readonly segment: SegmentResult
  readonly segmentId: string
  readonly pxe: PxeVerdict
  /** The finding that says so, when the verdict is `duplicate` and the rule was run. */
  readonly finding: Finding | null
}

/** The anchor of a finding. */
export const findingId = ({ fingerprint }: Pick<Finding, 'fingerprint'>): string => `finding-${fingerprint}`

/** The anchor of the device at a place of the list. */
export const deviceId = (n: number): string => `device-${n + 1}`

/** Every segment and PXE point, in the order of the result. A finding belongs to the pair its subject names. */
export function pairsOf({ segments, findings }: Result): Pair[] {
  const bySubject = new Map(findings.filter(f => f.rule === DUPLICATE_RULE).map(f => [f.subject, f]))
  return segments.flatMap((segment, n) =>
    segment.pxe.map(pxe => ({
      segment,
      segmentId: `segment-${n + 1}`,
      pxe,
      finding: bySubject.get(`${segment.id} ${pxe.point}`) ?? null,
    })),
  )
}
