// Whether a finding that is absent is gone. What was not judged is not resolved: a wrong "resolved" is as bad as a wrong "clean".
import type { Remembered } from '../model/history.ts'
import type { DeviceResult, PxeVerdict, ReasonCode, Result, SegmentResult } from '../model/result.ts'

/** Says that a finding is gone, with what that rests on where it is not proven, or why nobody can tell. */
export type Absence = { readonly gone: true; readonly caveat: string | null } | { readonly gone: false; readonly why: string }

/** Rules whose finding is mended by taking a device out of the audit. */
const FEWER: ReadonlySet<string> = new Set(['duplicate-capture'])
/** The rule that tells of lines that could hide anything. */
const OBSCURE = 'unrecognized-lines'
/** Reasons that leave nothing open. */
const EVIDENCE: ReadonlySet<ReasonCode> = new Set(['relays', 'no-relay', 'gated'])

/** Looks at an audit; the function it returns judges findings of earlier ones that are not in it. `rules`: those that were run. */
export function absences(
  { devices, segments, findings }: Pick<Result, 'devices' | 'segments' | 'findings'>,
  rules: readonly string[],
): (known: Remembered) => Absence {
  const ran = new Set(rules)
  const failed = new Set(findings.filter(f => f.subject === `rule ${f.rule}`).map(f => f.rule))
  const byName = new Map(devices.map(d => [d.name, d]))
  const byId = new Map(segments.map(s => [s.id, s]))
  const heirsOf = heirs(segments)
  const obscured = new Set(findings.filter(f => f.rule === OBSCURE).flatMap(f => f.evidence.map(e => e.device)))
  return known => {
    const { rule, subject, segment, point, points } = known
    const stays = (why: string): Absence => ({ gone: false, why })
    if (subject === `rule ${rule}`) return { gone: true, caveat: null }
    if (!ran.has(rule)) return stays(`this version has no rule ${rule}`)
    if (failed.has(rule)) return stays(`the rule ${rule} failed`)
    const concerned = FEWER.has(rule) ? known.devices.filter(d => byName.has(d)) : known.devices
    if (concerned.length === 0 && known.devices.length > 0) return stays(unread(known.devices[0] ?? '', undefined) ?? '')
    for (const name of concerned) {
      const why = unread(name, byName.get(name))
      if (why !== null) return stays(why)
    }
    const here = segment === null ? [] : byId.has(segment.id) ? [byId.get(segment.id) as SegmentResult] : heirsOf(known)
    const verdicts = here.flatMap(s => s.pxe.filter(p => points.includes(p.point)).map(pxe => ({ id: s.id, pxe })))
    const open = verdicts.find(v => v.pxe.verdict === 'unknown')
    if (open) return stays(`whether ${open.id} reaches ${open.pxe.point} more than once is unknown`)
    const missing = here.length === 0 ? undefined : points.find(name => !verdicts.some(v => v.pxe.point === name))
    if (missing !== undefined) return stays(`${missing} is no longer judged on ${here[0]?.id}`)
    // A known verdict has seen to such lines; elsewhere they may hide what is looked for.
    const passes = point !== null && verdicts.length > 0 && verdicts.every(v => v.pxe.verdict !== 'duplicate')
    const hidden = passes || rule === OBSCURE ? undefined : concerned.find(d => obscured.has(d) || failed.has(OBSCURE))
    if (hidden !== undefined) return stays(`lines of ${hidden} were not understood`)
    const whole = concerned.find(name => byName.get(name)?.complete === null)
    return {
      gone: true,
      caveat:
        caveatOf(verdicts.map(v => v.pxe)) ??
        (whole === undefined ? null : `nothing proves that the configuration of ${whole} is whole`),
    }
  }
}

/** Why a device says nothing about what it no longer shows; null where it does. */
function unread(name: string, device: DeviceResult | undefined): string | null {
  if (!device) return `${name} is no longer in the audit`
  if (device.state === 'failed') return `${name} was not read`
  if (device.complete === false) return `the configuration of ${name} is cut short`
  return device.stale ? `the configuration of ${name} is too old` : null
}

/** A pass may rest on something that is not proven, or changes with one command. */
const caveatOf = (verdicts: readonly PxeVerdict[]): string | null =>
  verdicts.flatMap(v => v.reasons).find(r => !EVIDENCE.has(r.code))?.message ?? null

/** Finds the segments that a vanished one has become: they share a subnet and a router with it. */
function heirs(segments: readonly SegmentResult[]): (known: Remembered) => SegmentResult[] {
  const bySubnet = new Map<string, SegmentResult[]>()
  for (const segment of segments)
    for (const subnet of segment.subnets) {
      const own = bySubnet.get(subnet)
      if (own) own.push(segment)
      else bySubnet.set(subnet, [segment])
    }
  return ({ segment, devices }) => {
    const near = new Set((segment?.subnets ?? []).flatMap(subnet => bySubnet.get(subnet) ?? []))
    return [...near].filter(s => s.members.some(m => devices.includes(m.device)))
  }
}
