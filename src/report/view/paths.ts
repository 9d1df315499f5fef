// The ways a boot request can take from one segment to one PXE point: which router relays it, and on what condition.
import type { Reason, SegmentMember } from '../../model/result.ts'
import type { Pair } from '../places.ts'

/** `copy`: a copy arrives on this way. `waits`: a gate holds it back now. `off`: configured, and not running. `none`: no relay. */
export type PathKind = 'copy' | 'waits' | 'off' | 'none'

/** One way past one router. */
export interface Path {
  readonly member: SegmentMember
  readonly kind: PathKind
  /** Number of the copy, from 1; null where none arrives, or where copies could not be counted. */
  readonly copy: number | null
  /** True where a gate stands on the way. */
  readonly gated: boolean
  /** What the audit says of it. */
  readonly message: string
}

const CODES: ReadonlySet<Reason['code']> = new Set(['relays', 'gate-unresolved', 'gated', 'inert'])

/** Every way of a pair, in the order of the routers; a router with two relays to the point has two. */
export function pathsOf({ segment, pxe, finding }: Pair): Path[] {
  const { members } = segment
  const draft = members.flatMap((member): { readonly member: SegmentMember; readonly reason: Reason | null }[] => {
    const own = pxe.reasons.filter(r => CODES.has(r.code) && belongs(r, member, members))
    if (own.length > 0) return own.map(reason => ({ member, reason }))
    // A result that gives no reason for a router may cite its relays all the same.
    const cited = finding?.evidence.filter(e => e.device === member.device) ?? []
    return cited.length > 0
      ? cited.map(({ note, device, line }) => ({ member, reason: { code: 'relays', message: note, device, line } }))
      : [{ member, reason: null }]
  })
  const copies = new Set<Reason>()
  const count = (code: Reason['code'], roles: ReadonlySet<SegmentMember['role']> | null) => {
    for (const { reason, member } of draft)
      if (reason?.code === code && (roles?.has(member.role) ?? true) && copies.size < (pxe.copies ?? 0)) copies.add(reason)
  }
  count('relays', null)
  count('gate-unresolved', null)
  // What copies are left pass a gate: where the router is active.
  count('gated', FORWARDS)
  count('gated', new Set(['unknown']))
  const numbered = draft.flatMap(({ reason }) => (reason && copies.has(reason) ? [reason] : []))
  return draft.map(({ member, reason }) => {
    const copy = reason && copies.has(reason) ? numbered.indexOf(reason) + 1 : null
    return {
      member,
      copy,
      kind:
        reason === null ? 'none' : reason.code === 'inert' ? 'off' : copy === null && reason.code !== 'relays' ? 'waits' : 'copy',
      gated: reason?.code === 'gated' || reason?.code === 'gate-unresolved',
      message: reason?.message ?? `no relay of ${member.device} to ${pxe.point} is seen here`,
    }
  })
}

const FORWARDS: ReadonlySet<SegmentMember['role']> = new Set(['active', 'alone', 'forwarding'])

/** A reason names the interface in its words; where the router has only one on the segment it is that one. */
const belongs = ({ device, message }: Reason, member: SegmentMember, members: readonly SegmentMember[]): boolean =>
  device === member.device &&
  (` ${message} `.includes(` ${member.interface} `) || members.filter(m => m.device === device).length === 1)
