// The proof of a fix: append it to the configurations, audit again, and compare.
import { correlate } from '../analyze/correlate.ts'
import { judge } from '../analyze/judge.ts'
import { isRivalled } from '../analyze/recaptures.ts'
import type { Rule } from '../analyze/rule.ts'
import type { Device } from '../model/device.ts'
import type { Network, PlacedDevice, Segment } from '../model/network.ts'
import type { Bench } from '../remediate/candidate.ts'
import type { Action } from '../remediate/plan.ts'
import { remarksOf } from './findings.ts'
import { harm, type Look } from './harm.ts'
import { fewLatest } from './latest.ts'
import type { ReadSource } from './read.ts'
import { madeUpNameIn, strangeLine } from './snippet.ts'
import { danglingIn, factsOf, refusedLine, strayChange, stumble, tryOn } from './trial.ts'

/** Makes the `prove` of a bench. Only the devices that share a segment with a changed one can be touched by it. */
export function prover(network: Network, sources: ReadonlyMap<string, ReadSource>, rules: readonly Rule[]): Bench['prove'] {
  const nearby = neighbourhood(network)
  const gaps = network.gaps.filter(g => g.kind === 'not-collected')
  const { points, hosts, assume, strangers } = network
  const unlisted = new Set(strangers.map(s => s.device.device))
  const look = (devices: readonly PlacedDevice[]): Look => {
    const sites = new Set(devices.map(d => d.site))
    const own = gaps.filter(g => sites.has(g.site))
    // The points of other sites too: relays may lead to them, and their host names tell what a relay does not lead to.
    const again = correlate(devices, points, own, { hosts, assume, strangers })
    const judgements = judge(again)
    const remarks = remarksOf({ network: again, judgements }, rules)
    return {
      judgements,
      findings: new Map(remarks.map(r => [r.fingerprint, { severity: r.severity, subject: r.remark.subject }])),
    }
  }
  // Duplicates of the same routers follow one another, so the latest few are worth keeping, and no more fit a large network.
  const looks = fewLatest<Look>()
  const later = fewLatest<Look>()
  const trials = fewLatest<Device | string>()
  const walked = new Map<string, string | null>()
  const steady = (source: ReadSource, text: string, apply: string, actions: readonly Action[]): string | null => {
    if (source.platform.commits) return null
    // Whether a snippet stumbles lies in the order of its lines, and so in its shape: the values it was given make no difference.
    const shape = `${source.platform.id}\n${shapeOf(apply, actions)}`
    if (!walked.has(shape)) walked.set(shape, stumble(source, text, apply, actions))
    return walked.get(shape) ?? null
  }
  const placed = new Map(network.devices.map(d => [d.device.device, d]))
  const rivals = new Map(network.captures.filter(isRivalled).map(({ kept, left }) => [kept.device, left.file]))
  /** One device with its change, or why it must not be made. */
  const trial = (source: ReadSource, { apply, rollback }: { apply: string; rollback: string }, actions: readonly Action[]) => {
    const { device: before } = source
    const name = before.device
    // A duplicate is proven by its lines alone; that a change does no harm is proven by all there is.
    if (before.complete === false) return `the configuration of ${name} is cut short (${before.incomplete}); collect it again`
    const stale = placed.get(name)?.stale ?? null
    if (stale !== null) return `what ${name} does today is not known (${stale}); collect its configuration again`
    const rival = rivals.get(name)
    if (rival !== undefined) return `${rival} says other things of ${name}, and which is newer is not known; remove the older one`
    const text = source.text()
    if (text === null) return `the configuration of ${name} has changed since it was read`
    const strange = strangeLine(source, text, `${apply}\n${rollback}`, actions)
    if (strange !== null) return `${name} ${strange}`
    const renamed = madeUpNameIn(
      text,
      actions.filter(a => a.attachment.device === before),
    )
    if (renamed !== null) return `${name} ${renamed}`
    const device = tryOn(source, text, apply)
    const refused = refusedLine(before, device)
    if (refused !== null) return `${name} would be told "${refused}", which is not understood`
    const stray = strayChange(before, device, actions)
    if (stray !== null) return `it would change more of ${name} than the relays in question (${stray})`
    const hanging = danglingIn(before)
    const dangling = danglingIn(device).find(d => !hanging.includes(d))
    if (dangling !== undefined) return `on ${name} the relay ${dangling} would be left, and no group has that name`
    if (factsOf(tryOn(source, text, `${apply}\n${rollback}`)) !== factsOf(before))
      return `the rollback on ${name} does not restore what was there`
    return device
  }
  return (candidates, changes) => {
    const actions = candidates.flatMap(c => c.plan.actions)
    const changed = new Map<string, Device>()
    for (const [name, change] of changes) {
      const source = sources.get(name)
      if (!source) return `${name} has no configuration to try it on`
      const about = actions.map(({ id, attachment, relay }) => [id, attachment.device.device, attachment.interface.name, relay])
      const key = JSON.stringify([name, change.apply, change.rollback, about])
      const device = trials(key, () => trial(source, change, actions))
      if (typeof device === 'string') return device
      changed.set(name, device)
    }
    for (const { plan, changes: own } of candidates)
      for (const [name, { apply, rollback }] of own) {
        const source = sources.get(name)
        const text = source?.text() ?? null
        if (!source || text === null) return `the configuration of ${name} has changed since it was read`
        // What one does to the interface of another must not count as that one's.
        const strange = candidates.length > 1 ? strangeLine(source, text, `${apply}\n${rollback}`, plan.actions) : null
        if (strange !== null) return `${name} ${strange}`
        const stumbled = steady(source, text, apply, plan.actions)
        if (stumbled !== null) return `on ${name} the line ${stumbled}`
      }
    const near = nearby(changes.keys())
    const place = near.map(d => d.device.device).join('\n')
    const before = looks(place, () => look(near))
    const after = later(JSON.stringify([place, ...Array.from(changes, ([name, { apply }]) => [name, apply])]), () =>
      look(near.map(d => ({ ...d, device: changed.get(d.device.device) ?? d.device }))),
    )
    return harm(before, after, candidates, unlisted)
  }
}

/** A snippet with what it is about taken out: whole words that are values of its actions. */
function shapeOf(apply: string, actions: readonly Action[]): string {
  const keys = new Map(
    actions
      .flatMap(a => Object.entries(a.values))
      .flatMap(([key, value]) => (typeof value === 'string' || typeof value === 'number' ? [[`${value}`, key] as const] : [])),
  )
  return apply.replaceAll(/\S+/g, word => (keys.has(word) ? `{${keys.get(word)}}` : word))
}

/** Finds the devices that share a segment with one of some devices, and these themselves, in the order of the network. */
function neighbourhood({ devices, segments }: Network): (names: Iterable<string>) => PlacedDevice[] {
  const place = new Map(devices.map(({ device }, n) => [device.device, n]))
  const segmentsOf = new Map<string, Segment[]>()
  for (const segment of segments)
    for (const { device } of segment.attachments) {
      const own = segmentsOf.get(device.device)
      if (own) own.push(segment)
      else segmentsOf.set(device.device, [segment])
    }
  return names => {
    const near = new Set<number>()
    const add = (name: string) => {
      const n = place.get(name)
      if (n !== undefined) near.add(n)
    }
    for (const name of names) {
      add(name)
      for (const { attachments } of segmentsOf.get(name) ?? []) for (const a of attachments) add(a.device.device)
    }
    return [...near].sort((a, b) => a - b).map(n => devices[n] as PlacedDevice)
  }
}
