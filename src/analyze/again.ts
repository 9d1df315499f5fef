// What a network has in common with one that was judged before it: that is taken over as it is, not made anew.
import type { PxePoint } from '../model/inventory.ts'
import type { Copies, Judgement, Path } from '../model/judgement.ts'
import type { Network, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'
import { segmentIndex } from './gates.ts'
import type { Domain } from './join.ts'

/** A network and its judgements. */
export interface Judged {
  readonly network: Network
  readonly judgements: readonly Judgement[]
}

/**
 * Finds the segment that stood for a domain before: a segment follows from the devices and interfaces that stand on it and from
 * nothing else, as long as none had to be told apart from others.
 */
export function segmentsAgain(earlier: Network | undefined): (domain: Domain) => Segment | undefined {
  if (!earlier) return () => undefined
  const segmentOf = segmentIndex(earlier)
  return ({ stands, clashes }) => {
    const [first] = stands
    const segment = first && clashes.length === 0 ? segmentOf(first.placed.device, first.interface) : undefined
    const same =
      segment?.conflicts.length === 0 &&
      segment.attachments.length === stands.length &&
      segment.attachments.every((a, n) => {
        const { placed, interface: i } = stands[n] as (typeof stands)[number]
        return a.interface === i && a.device === placed.device && segment.site === placed.site
      })
    return same ? segment : undefined
  }
}

/** What a judgement rests on, found out anew. */
export interface Grounds {
  readonly copies: Copies
  readonly doubts: readonly Reason[]
  readonly caveats: readonly Reason[]
}

/** Finds the earlier judgement of a segment that was taken over, where what it rests on is still the same. */
export function judgementsAgain(
  earlier: Judged | undefined,
): (segment: Segment, point: PxePoint, grounds: Grounds) => Judgement | undefined {
  if (!earlier) return () => undefined
  const known = new Map<Segment, Judgement[]>()
  for (const judgement of earlier.judgements) {
    const there = known.get(judgement.segment)
    if (there) there.push(judgement)
    else known.set(judgement.segment, [judgement])
  }
  return (segment, point, grounds) => known.get(segment)?.find(j => j.point === point && restsOn(j, grounds))
}

/** The reasons of a verdict end with its doubts and its caveats. */
function restsOn({ copies: was, doubts: open, verdict: { reasons } }: Judgement, { copies, doubts, caveats }: Grounds): boolean {
  const said = reasons.slice(Math.max(1, was.live.length + was.inert.length))
  return (
    samePaths(was.live, copies.live) &&
    samePaths(was.inert, copies.inert) &&
    sameReasons(was.unclear, copies.unclear) &&
    sameReasons(open, doubts) &&
    sameReasons(said, caveats.length === 0 ? doubts : [...doubts, ...caveats])
  )
}

const samePaths = (a: readonly Path[], b: readonly Path[]): boolean =>
  a.length === b.length && a.every((path, n) => samePath(path, b[n] as Path))

/** A relay that is looked up in another VRF is an object made for the occasion, and never the same. */
const samePath = (a: Path, b: Path): boolean =>
  a.relay === b.relay &&
  a.attachment === b.attachment &&
  a.gate.state === b.gate.state &&
  ('key' in a.gate ? a.gate.key : undefined) === ('key' in b.gate ? b.gate.key : undefined) &&
  ('why' in a.gate ? a.gate.why : undefined) === ('why' in b.gate ? b.gate.why : undefined)

const sameReasons = (a: readonly Reason[], b: readonly Reason[]): boolean =>
  a.length === b.length &&
  a.every((reason, n) => {
    const { code, message, device, line } = b[n] as Reason
    return reason.code === code && reason.message === message && reason.device === device && reason.line === line
  })
