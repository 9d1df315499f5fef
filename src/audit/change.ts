// Many fixes made one change: those that meet on one device are planned one on top of the other, and all are proven as a whole.
import type { Device } from '../model/device.ts'
import type { Bench, Candidate, Duplicate } from '../remediate/candidate.ts'
import type { Change, Choice, Fix } from '../remediate/pack/pack.ts'
import type { Action } from '../remediate/plan.ts'
import { type Choice as Choices, choose } from '../remediate/propose.ts'
import type { Changes } from '../remediate/spell.ts'
import { joined } from '../remediate/together.ts'
import { type AuditOptions, benchOf, duplicatesOf, judgeNetwork } from './audit.ts'
import type { Reading, ReadSource } from './read.ts'
import { tryOn } from './trial.ts'

type Options = Pick<AuditOptions, 'points' | 'rules' | 'templates' | 'wishes' | 'assume' | 'hosts'>

/** Plans a change that fixes the wanted duplicates (fingerprints). Whatever cannot join it is left out, with the reason. */
export function planChange(reading: Reading, wanted: ReadonlySet<string>, options: Options): Change {
  const withChanges = changer(reading)
  /** The duplicates that are left when some fixes are made, and where to prove more. */
  const after = (fixes: readonly Fix[]) => {
    const now = fixes.length === 0 ? reading : withChanges(joined(fixes.map(f => f.candidate)))
    const judged = judgeNetwork(now, options)
    const bench = benchOf(now, judged, options)
    const duplicates = duplicatesOf(judged).filter(d => wanted.has(d.fingerprint))
    return { bench, duplicates, choose: (some: typeof duplicates) => choose(some, bench, options.wishes) }
  }
  const withheld = new Map<string, string>()
  const undecided = new Set<string>()
  /** The way to take, if there is one; if not, that is noted. */
  const best = ({ duplicate: { fingerprint }, proven, withheld: refused }: Choices): Candidate | undefined => {
    const [first] = proven
    if (!first) withheld.set(fingerprint, refused[0]?.why ?? 'there is nothing to change')
    else if (first.plan.undecided) undecided.add(fingerprint)
    else return first
    return undefined
  }
  const start = after([])
  const first = start.choose(start.duplicates)
  // One setting for all first: it may leave nothing to do for the others.
  let waiting = first.flatMap(c => best(c) ?? []).sort((a, b) => Number(b.plan.wide) - Number(a.plan.wide))
  const fixes: Fix[] = take(waiting).map(candidate => ({ candidate, fixes: [candidate.duplicate.fingerprint] }))
  waiting = without(waiting, fixes)
  for (let now = fixes.length > 0 ? after(fixes) : start; waiting.length > 0; now = after(fixes)) {
    const left = new Map(now.duplicates.map(d => [d.fingerprint, d]))
    const turn = take(waiting.filter(c => left.has(c.duplicate.fingerprint)))
    const again = now.choose(turn.flatMap(c => left.get(c.duplicate.fingerprint) ?? [])).flatMap(c => best(c) ?? [])
    // Planned anew, one may have come to need what another changes: then it waits for the next turn.
    fixes.push(...take(again).map(candidate => ({ candidate, fixes: [candidate.duplicate.fingerprint] })))
    const done = new Set(turn.map(c => c.duplicate.fingerprint))
    const late = new Set(without(again, fixes).map(c => c.duplicate.fingerprint))
    waiting = waiting.filter(({ duplicate: { fingerprint: f } }) => left.has(f) && (!done.has(f) || late.has(f)))
  }
  const kept = provenAsWhole(fixes, reading, start.bench, withheld)
  const end = after(kept)
  const left = new Set(end.duplicates.map(d => d.fingerprint))
  const gone = start.duplicates.filter(d => !left.has(d.fingerprint))
  for (const { fingerprint } of gone) withheld.delete(fingerprint)
  const open = end.choose(end.duplicates.filter(d => undecided.has(d.fingerprint)))
  return { fixes: withCompany(kept, gone), withheld, choices: open.flatMap(c => choiceOf(c, withheld)) }
}

/**
 * The fixes with what goes along: duplicates that nobody planned for, on the devices of a setting for all, or of another server
 * that the same relay leads to.
 */
function withCompany(fixes: readonly Fix[], gone: readonly Duplicate[]): Fix[] {
  const planned = new Set(fixes.flatMap(f => f.fixes))
  return fixes.map(fix => {
    const { plan, changes, duplicate } = fix.candidate
    const company = gone.filter(
      ({ fingerprint, judgement: { copies, segment } }) =>
        !planned.has(fingerprint) &&
        (plan.wide
          ? copies.live.every(p => changes.has(p.attachment.device.device))
          : segment.id === duplicate.judgement.segment.id),
    )
    for (const { fingerprint } of company) planned.add(fingerprint)
    return { ...fix, fixes: [...fix.fixes, ...company.map(d => d.fingerprint)] }
  })
}

/** The ways that a person has to choose between; nothing where none can be proven any more. */
function choiceOf({ duplicate: { fingerprint }, proven, withheld: refused }: Choices, withheld: Map<string, string>): Choice[] {
  const ways = proven.filter(c => c.plan.strategy === proven[0]?.plan.strategy)
  if (ways.length > 0) return [{ fingerprint, ways }]
  withheld.set(fingerprint, refused[0]?.why ?? 'there is nothing to change')
  return []
}

/** Some of them that cannot get into one another's way, the first among them. */
function take(candidates: readonly Candidate[]): Candidate[] {
  const busy = new Set<string>()
  return candidates.filter(candidate => {
    const places = placesOf(candidate)
    const free = !places.some(place => busy.has(place))
    if (free || busy.size === 0) for (const place of marksOf(candidate)) busy.add(place)
    return free
  })
}

/** Shared groups, lists and pairs concern whole devices, plain relay lines one interface. */
const wholeDevices = ({ plan }: Candidate) => plan.wide || plan.actions.some(a => a.relay.via !== null)
const placesOf = (candidate: Candidate): string[] =>
  candidate.plan.actions.flatMap(({ attachment: { device, interface: iface } }) =>
    wholeDevices(candidate) ? [`any ${device.device}`] : [`all ${device.device}`, `${device.device} ${iface.name}`],
  )
const marksOf = (candidate: Candidate): string[] =>
  candidate.plan.actions.flatMap(({ attachment: { device, interface: iface } }) => [
    `any ${device.device}`,
    wholeDevices(candidate) ? `all ${device.device}` : `${device.device} ${iface.name}`,
  ])

const without = (candidates: readonly Candidate[], fixes: readonly Fix[]): Candidate[] => {
  const taken = new Set(fixes.flatMap(f => f.fixes))
  return candidates.filter(c => !taken.has(c.duplicate.fingerprint))
}

/** Makes readings as they would be with some changes behind the configurations; what stays the same is parsed once. */
function changer(reading: Reading): (changes: Changes) => Reading {
  const tried = new Map<string, { readonly apply: string; readonly device: Device }>()
  const deviceWith = (source: ReadSource, apply: string): Device | null => {
    const { device: name } = source.device
    const before = tried.get(name)
    if (before?.apply === apply) return before.device
    const text = source.text()
    if (text === null) return null
    const device = tryOn(source, text, apply)
    tried.set(name, { apply, device })
    return device
  }
  return changes => {
    const sources = new Map(reading.sources)
    for (const [name, { apply }] of changes) {
      const source = reading.sources.get(name)
      const device = source ? deviceWith(source, apply) : null
      if (source && device) sources.set(name, { ...source, device, text: () => behind(source.text(), apply) })
    }
    const devices = reading.devices.map(d => ({ ...d, device: sources.get(d.device.device)?.device ?? d.device }))
    return { ...reading, devices, sources }
  }
}

/** Texts are read again when they are wanted: all of a large network do not fit into memory. */
const behind = (text: string | null, snippet: string) => (text === null ? null : `${text}\n${snippet}\n`)

/**
 * A fix as a part of the whole: about the relays as they are before anything is entered. Each was walked through line by line when
 * it was planned; what matters now is what they come to together.
 */
const asPart =
  ({ sources }: Reading) =>
  ({ candidate }: Fix): Candidate => ({
    ...candidate,
    changes: new Map(),
    plan: {
      ...candidate.plan,
      actions: candidate.plan.actions.map(a => asItWas(a, sources.get(a.attachment.device.device)?.device)),
    },
  })

/** An action that was planned on top of others, about the same relay of the device without them. */
function asItWas(action: Action, device: Device | undefined): Action {
  const { attachment, relay } = action
  const iface = device?.interfaces.find(i => i.name === attachment.interface.name)
  if (!device || !iface) return action
  const same = iface.relays.filter(
    r => r.target === relay.target && r.vrf === relay.vrf && r.family === relay.family && r.redundancy === relay.redundancy,
  )
  const was = same.find(r => r.via === relay.via) ?? same[0] ?? relay
  return { ...action, attachment: { ...attachment, device, interface: iface }, relay: was }
}

/** The fixes that hold together: all of a site, or one after the other as long as they do. */
function provenAsWhole(fixes: readonly Fix[], reading: Reading, bench: Bench, withheld: Map<string, string>): Fix[] {
  const part = asPart(reading)
  const prove = (some: readonly Fix[]) => bench.prove(some.map(part), joined(some.map(f => f.candidate)))
  return [...bySite(fixes).values()].flatMap(own => {
    if (prove(own) === null) return own
    const kept: Fix[] = []
    for (const fix of own) {
      const why = prove([...kept, fix])
      if (why === null) kept.push(fix)
      else for (const f of fix.fixes) withheld.set(f, `together with the rest of this change it cannot be proven: ${why}`)
    }
    return kept
  })
}

/** No segment reaches beyond its site. */
function bySite(fixes: readonly Fix[]): Map<string, Fix[]> {
  const sites = new Map<string, Fix[]>()
  for (const fix of fixes) {
    const { site } = fix.candidate.duplicate.judgement.segment
    const own = sites.get(site)
    if (own) own.push(fix)
    else sites.set(site, [fix])
  }
  return sites
}
