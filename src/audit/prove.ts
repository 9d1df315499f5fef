// The proof of a fix: append it to the configurations, audit again, and compare.
import { correlate } from '../analyze/correlate.ts'
import { judge } from '../analyze/judge.ts'
import type { Rule } from '../analyze/rule.ts'
import type { Device } from '../model/device.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Network, PlacedDevice, Segment } from '../model/network.ts'
import type { Severity } from '../model/result.ts'
import { readDevice } from '../parse/assemble.ts'
import type { Bench, Duplicate } from '../remediate/propose.ts'
import { remarksOf } from './findings.ts'
import { fewLatest, type ReadSource } from './read.ts'

/** Makes the `prove` of a bench. Only the devices that share a segment with a changed one can be touched by it. */
export function prover(network: Network, sources: ReadonlyMap<string, ReadSource>, rules: readonly Rule[]): Bench['prove'] {
  const nearby = neighbourhood(network)
  const gaps = network.gaps.filter(g => g.kind === 'not-collected')
  const look = (devices: readonly PlacedDevice[]) => {
    const sites = new Set(devices.map(d => d.site))
    // The points of other sites are not judged here; their host names still tell what a relay does not lead to.
    const points = network.points.filter(p => p.hostnames.length > 0 || (p.sites?.some(site => sites.has(site)) ?? true))
    const own = gaps.filter(g => sites.has(g.site))
    const again = correlate(devices, points, own, { hosts: network.hosts, assume: network.assume })
    const judgements = judge(again)
    const remarks = remarksOf({ network: again, judgements }, rules)
    return { judgements, severities: new Map(remarks.map(r => [r.fingerprint, r.severity])) }
  }
  // Duplicates of the same routers follow one another, so the latest few are worth keeping, and no more fit a large network.
  const looks = fewLatest<Look>()
  const originals = fewLatest<string>()
  return (targets, changes) => {
    const changed = new Map<string, Device>()
    for (const [name, { apply, rollback }] of changes) {
      const source = sources.get(name)
      if (!source) return `${name} has no configuration to try it on`
      const text = source.text()
      if (text === null) return `the configuration of ${name} has changed since it was read`
      const device = tryOn(source, text, apply)
      const known = new Set(source.device.unrecognized.map(u => u.text))
      const refused = device.unrecognized.find(u => !known.has(u.text))
      if (refused) return `${name} would be told "${refused.text}", which is not understood`
      changed.set(name, device)
      const was = originals(name, () => facts(source.device))
      if (facts(tryOn(source, text, `${apply}\n${rollback}`)) !== was)
        return `the rollback on ${name} does not restore what was there`
    }
    const near = nearby(changes.keys())
    const place = near.map(d => d.device.device).join('\n')
    const before = looks(place, () => look(near))
    return compare(before, look(near.map(d => ({ ...d, device: changed.get(d.device.device) ?? d.device }))), targets)
  }
}

const RANK: Readonly<Record<Severity, number>> = { info: 0, warning: 1, error: 2 }

interface Look {
  readonly judgements: readonly Judgement[]
  /** Of every finding, by its fingerprint. */
  readonly severities: ReadonlyMap<string, Severity>
}

function compare(before: Look, after: Look, targets: readonly Duplicate[]): string | null {
  if (targets.some(t => after.severities.has(t.fingerprint))) return 'the duplicate would remain'
  // A finding for information refuses no fix: taking relays off all routers but one leaves that one without failover, which
  // is the price of that remedy and stands in its caution. Errors and warnings do, also where one was for information before.
  for (const [f, severity] of after.severities)
    if (severity !== 'info' && RANK[severity] > RANK[before.severities.get(f) ?? 'info']) return 'another finding would appear'
  const key = (j: Judgement) => `${j.segment.id} ${j.point.name}`
  const fixed = new Set(targets.map(t => key(t.judgement)))
  const was = new Map(before.judgements.map(j => [key(j), j]))
  for (const now of after.judgements) {
    const then = was.get(key(now))
    was.delete(key(now))
    if (fixed.has(key(now))) {
      if (now.copies.count !== 1) return `${now.copies.count} copies of each request would arrive`
    } else if (then?.verdict.verdict !== now.verdict.verdict || then.verdict.copies !== now.verdict.copies) {
      return `the verdict on ${key(now)} would change`
    }
  }
  return was.size > 0 ? 'a segment would disappear' : null
}

/** The device with a snippet behind its configuration. What it said at run time stays as it is: nothing was run. */
export const tryOn = ({ device, platform }: ReadSource, text: string, snippet: string): Device => ({
  ...readDevice(platform, {
    device: device.device,
    file: device.file,
    text: `${text}\n${snippet}\n`,
    incomplete: device.complete === false ? device.incomplete : null,
    whole: device.complete === true,
  }),
  observed: device.observed,
})

/** What a device does, without the line numbers and the order of its lines. */
function facts(device: Device): string {
  const interfaces = device.interfaces.map(i => ({
    ...i,
    line: 0,
    addresses: i.addresses.map(a => ({ ...a, line: 0 })),
    groups: sorted(i.groups.map(g => ({ ...g, line: 0, virtual_addresses: [...g.virtual_addresses].sort() }))),
    relays: sorted(i.relays.map(r => ({ ...r, line: 0, via_line: 0 }))),
  }))
  return JSON.stringify({ hostname: device.hostname, pair: device.pair, interfaces: sorted(interfaces) })
}
const sorted = (items: readonly object[]) => items.map(item => JSON.stringify(item)).sort()

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
