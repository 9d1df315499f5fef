// A second opinion on fixes, which shares nothing with the proof of the program: it writes the commands behind the
// configurations, reads and judges them again, and says what is not as it has to be.
import { rules } from '../../../src/analyze/rules/index.ts'
import { remarksOf } from '../../../src/audit/findings.ts'
import type { Device, Group, Interface, Relay } from '../../../src/model/device.ts'
import type { CollectedText } from '../../../src/model/inventory.ts'
import type { Judgement } from '../../../src/model/judgement.ts'
import type { Network } from '../../../src/model/network.ts'
import type { Remediation, Severity } from '../../../src/model/result.ts'
import { judgeFiles } from './audit.ts'
import { relayed } from './count.ts'
import type { Plan } from './plan.ts'
import { TARGETS } from './words.ts'

/** All steps of one way to fix one duplicate, in their order. */
export type Way = readonly Remediation[]

/** A network as it is judged. */
export interface View {
  readonly files: readonly CollectedText[]
  readonly network: Network
  readonly judgements: readonly Judgement[]
  readonly findings: ReadonlyMap<string, { readonly severity: Severity; readonly rule: string; readonly subject: string }>
}

export function view(plan: Plan, files: readonly CollectedText[]): View {
  const { network, judgements } = judgeFiles(plan, files)
  const remarks = remarksOf({ network, judgements }, rules)
  const findings = remarks.map(({ fingerprint, severity, rule, remark }) => {
    return [fingerprint, { severity, rule: rule.id, subject: remark.subject }] as const
  })
  return { files, network, judgements, findings: new Map(findings) }
}

const typed = (files: readonly CollectedText[], lines: ReadonlyMap<string, string>): CollectedText[] =>
  files.map(file => {
    const added = lines.get(file.device)
    return added === undefined ? file : { ...file, text: `${file.text}\n${added}\n` }
  })

/** The ways of each finding that are called proven. */
export function waysOf(remediations: readonly Remediation[]): Way[] {
  const ways = new Map<string, Remediation[]>()
  for (const r of remediations) {
    if (!r.proven) continue
    const key = `${r.fingerprint} ${r.plan}`
    const way = ways.get(key)
    if (way) way.push(r)
    else ways.set(key, [r])
  }
  return [...ways.values()]
}

/** Everything that is wrong with a way, in words. */
export function flaws(plan: Plan, before: View, way: Way): string[] {
  const [{ fingerprint, strategy } = way[0] as Remediation] = way
  const subject = before.findings.get(fingerprint)?.subject
  if (subject === undefined) return [`there is no finding ${fingerprint}`]
  const found: string[] = []
  const steps = new Map<string, string>()
  for (const { device, apply, rollback, verify } of way) {
    if (steps.has(device)) found.push(`${device} has two steps`)
    if (apply === '' || rollback === '') found.push(`${device} has a step without commands`)
    if (verify.length === 0) found.push(`nothing verifies the step on ${device}`)
    steps.set(device, apply)
    // PXE goes on while the routers are told one after the other.
    if (steps.size === way.length) continue
    const copies = copiesOf(judgeFiles(plan, typed(before.files, steps)).judgements, subject)
    const at = copiesOf(before.judgements, subject)
    if (copies < 1 || copies > at) found.push(`${copies} copies arrive once ${[...steps.keys()]} is done, ${at} before`)
  }
  const after = view(plan, typed(before.files, steps))
  found.push(...wrongVerdicts(before, after, subject, strategy === 'pair-dedup'))
  if (after.findings.has(fingerprint)) found.push('the duplicate is still found')
  if (strategy === 'remove') found.push(...silenceFlaws(after, subject))
  for (const [key, { severity, rule }] of after.findings) {
    const then = before.findings.get(key)?.severity
    if (severity !== 'info' && severity !== then && then !== 'error') found.push(`${severity} ${rule} is new`)
  }
  for (const file of before.files) found.push(...deviceFlaws(deviceIn(before, file.device), deviceIn(after, file.device), way))
  found.push(...orderFlaws(before, way, subject), ...(strategy === 'pair-dedup' ? pairFlaws(plan, way) : []))
  const back = new Map(way.toReversed().map(r => [r.device, `${steps.get(r.device)}\n${r.rollback}`]))
  const restored = view(plan, typed(before.files, back))
  for (const file of before.files)
    if (factsOf(deviceIn(restored, file.device)) !== factsOf(deviceIn(before, file.device)))
      found.push(`the rollback of ${file.device} leaves traces`)
  return found
}

const deviceIn = ({ network }: View, name: string) => network.devices.find(d => d.device.device === name)?.device as Device
const keyOf = ({ segment, point }: Judgement) => `${segment.id} ${point.name}`
const copiesOf = (judgements: readonly Judgement[], subject: string) =>
  judgements.find(j => keyOf(j) === subject)?.copies.count ?? 0

function wrongVerdicts(before: View, after: View, subject: string, wide: boolean): string[] {
  const say = ({ verdict, copies }: Judgement) => `${verdict.verdict} ${verdict.copies} of ${copies.count}`
  const now = new Map(after.judgements.map(j => [keyOf(j), say(j)]))
  const wrong = before.judgements.flatMap(j => {
    const key = keyOf(j)
    const then = now.get(key)
    if (key === subject) return then === 'single 1 of 1' ? [] : [`${key} becomes ${then}`]
    if (then === say(j) || (wide && j.verdict.verdict === 'duplicate' && then === 'single 1 of 1')) return []
    return [`${key} was ${say(j)} and becomes ${then}`]
  })
  return now.size === before.judgements.length ? wrong : [...wrong, 'segments come or go']
}

const SERVERS: ReadonlySet<string> = new Set([TARGETS.dhcp, TARGETS.other])

/** Only relays to the PXE point may differ, and names of groups that had none. */
function deviceFlaws(before: Device, after: Device, way: Way): string[] {
  const place = (i: Interface) => `${before.device} ${i.name}`
  const wide = way.some(step => step.strategy === 'pair-dedup')
  const others = (i: Interface) =>
    sorted(i.relays.filter(r => SERVERS.has(r.target) && r.inert !== 'not-selected').map(r => spoken(r, wide)))
  const still = (i: Interface) =>
    JSON.stringify([i.addresses.map(a => [a.ip, a.prefix, a.secondary]), i.enabled, i.vrf, i.vlan, i.mac, i.description])
  const found = before.interfaces.flatMap((i, n) => {
    const then = after.interfaces[n]
    if (then?.name !== i.name) return [`${place(i)} is not where it was`]
    return [
      ...(others(i) === others(then) ? [] : [`${place(i)}: relays to DHCP servers differ: ${others(i)} ${others(then)}`]),
      ...(still(i) === still(then) ? [] : [`${place(i)} differs`]),
      ...(sorted(i.groups.map(stated)) === sorted(then.groups.map(stated)) ? [] : [`${place(i)}: groups differ`]),
      ...i.groups.flatMap(g => {
        const other = then.groups.find(o => o.protocol === g.protocol && o.id === g.id && o.family === g.family)
        return other?.name === g.name || (g.name === null && way.some(step => step.strategy === 'gate'))
          ? []
          : [`${place(i)}: group ${g.id} is called ${other?.name} instead of ${g.name}`]
      }),
      ...((i.option_82 === null) === (then.option_82 === null) ? [] : [`${place(i)}: option 82 differs`]),
    ]
  })
  const whole = (d: Device) =>
    JSON.stringify([d.hostname, d.pair, d.interfaces.length, d.complete !== false, d.unrecognized.length])
  return whole(before) === whole(after) ? found : [...found, `${before.device}: ${whole(before)} becomes ${whole(after)}`]
}

/** A setting of the whole pair gates DHCP as well. */
const spoken = ({ target, family, vrf, redundancy, options, gate, live, inert }: Relay, wide: boolean) => ({
  target,
  family,
  vrf,
  redundancy,
  options,
  gate: wide ? null : gate,
  live,
  inert,
})
const stated = ({ line: _, name: __, authentication, virtual_addresses, ...g }: Group) => ({
  ...g,
  authentication: authentication?.token,
  virtual_addresses: virtual_addresses.toSorted(),
})
const sorted = (items: readonly object[]) => JSON.stringify(items.map(item => JSON.stringify(item)).sort())

/** Everything a device states, but for where and in which order. */
function factsOf(device: Device): string {
  const bare = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(v => JSON.stringify(bare(v))).sort()
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(
      Object.entries(value).map(([key, v]) => [
        key,
        /^(line|via_line)$/.test(key) ? 0 : key === 'option_82' ? v !== null : bare(v),
      ]),
    )
  }
  // Set lines behind braces are no form in which a device prints, so nothing tells that they are all.
  const { lines: _, complete: __, incomplete: ___, unrecognized, ...rest } = device
  return JSON.stringify(bare({ ...rest, unrecognized: unrecognized.map(u => u.text) }))
}

/**
 * What is left must not hang on a router being active that others may be instead: then no copy would arrive. Only HSRP holds relays
 * back in these networks, besides pairs.
 */
function silenceFlaws({ judgements }: View, subject: string): string[] {
  const judgement = judgements.find(j => keyOf(j) === subject)
  const live = judgement?.copies.live ?? []
  const tied = live.flatMap(p => (p.gate.state === 'shared' && p.relay.redundancy !== null ? [p.gate.key] : []))
  if (!judgement || tied.length < live.length) return []
  const group = judgement.segment.groups.find(g => g.key === tied[0])
  const relaying = new Set(live.map(p => p.attachment.device.device))
  const mute = (group?.members ?? []).filter(
    m => m.group.enabled && m.attachment.interface.enabled && !relaying.has(m.attachment.device.device),
  )
  const active = judgement.segment.standings.find(s => s.role === 'active' && s.confidence !== 'low' && s.confidence !== 'none')
  return mute.length === 0 || (active && relaying.has(active.attachment.device.device))
    ? []
    : [`nobody relays while ${mute[0]?.attachment.device.device} is active`]
}

/** The router that is thought to be active comes last: until then it relays as it did. */
function orderFlaws({ network }: View, way: Way, subject: string): string[] {
  const segment = network.segments.find(s => subject.startsWith(`${s.id} `))
  const active = segment?.standings.find(s => s.role === 'active')?.attachment.device.device
  const at = way.findIndex(step => step.device === active)
  return at < 0 || at === way.length - 1 ? [] : [`${active} is active and comes before ${way[at + 1]?.device}`]
}

/** Each half drops what came over the peer link, so a relay that only one of them has would be lost for the clients of the other. */
function pairFlaws({ routers }: Plan, way: Way): string[] {
  const halves = routers.filter(r => r.pair)
  if (way.some(({ device }) => !halves.some(half => half.name === device)))
    return ['it is told to a router that is no half of the pair']
  const [one = [], other = []] = halves.map(relayed)
  return one.join() === other.join() ? [] : [`one half relays ${one.join()}, the other ${other.join()}`]
}
