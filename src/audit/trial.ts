// A snippet tried on a configuration in memory, and what it did there.
import { ANY_SEGMENT, gateOf } from '../analyze/gates.ts'
import type { Device, Interface, Relay } from '../model/device.ts'
import { readDevice } from '../parse/assemble.ts'
import type { Action } from '../remediate/plan.ts'
import type { ReadSource } from './read.ts'

/** The device with a snippet behind its configuration. What it said at run time stays as it is: nothing was run. */
export function tryOn({ device, platform }: ReadSource, text: string, snippet: string): Device {
  const base = text.split('\n').length
  const tried = readDevice(platform, {
    device: device.device,
    file: device.file,
    text: `${text}\n${snippet}\n`,
    incomplete: device.complete === false ? device.incomplete : null,
    whole: device.complete === true,
    typedAfter: base,
  })
  const interfaces = platform.commits ? tried.interfaces : tried.interfaces.map(i => readdressed(i, base))
  return { ...tried, interfaces, observed: device.observed }
}

/**
 * Where commands take effect one by one, a primary IPv4 address that is typed takes the place of the one before. In a configuration
 * that was read, a second one is the sign of a lost line, and both count.
 */
function readdressed(i: Interface, base: number): Interface {
  const isPrimary = ({ ip, secondary }: Interface['addresses'][number]) => !secondary && !ip.includes(':')
  if (!i.addresses.some(a => isPrimary(a) && a.line > base)) return i
  return { ...i, addresses: i.addresses.filter(a => !isPrimary(a) || a.line > base) }
}

/** A line of the snippet that is not understood; null where all are. */
export function refusedLine(before: Device, after: Device): string | null {
  const known = new Set(before.unrecognized.map(u => u.text))
  return after.unrecognized.find(u => !known.has(u.text))?.text ?? null
}

/** What a device does, without the line numbers and the order of its lines. */
export function factsOf(device: Device): string {
  const interfaces = device.interfaces.map(i => ({
    ...i,
    line: 0,
    addresses: i.addresses.map(a => ({ ...a, line: 0 })),
    groups: sorted(i.groups.map(g => ({ ...g, line: 0, virtual_addresses: [...g.virtual_addresses].sort() }))),
    relays: sorted(i.relays.map(r => ({ ...r, line: 0, via_line: 0 }))),
  }))
  const { hostname, pair, unresolved } = device
  return JSON.stringify({
    hostname,
    pair,
    interfaces: sorted(interfaces),
    unresolved: sorted(unresolved.map(u => ({ ...u, line: 0 }))),
  })
}

/** Says what a snippet changes besides the relays that it is about; null when nothing. */
export function strayChange(before: Device, after: Device, actions: readonly Action[]): string | null {
  const own = actions.filter(a => a.attachment.device.device === before.device)
  const wide = own.some(a => a.id === 'dedup-pair')
  if (before.hostname !== after.hostname) return 'its host name would change'
  if (JSON.stringify(before.pair) !== JSON.stringify(after.pair)) return 'its pair would change'
  const now = new Map(after.interfaces.map(i => [i.name, i]))
  for (const iface of before.interfaces) {
    const then = now.get(iface.name)
    now.delete(iface.name)
    const about = own.filter(a => a.attachment.interface.name === iface.name)
    const what = then ? strayOn(iface, then, about, wide) : 'it would go'
    if (what !== null) return `${iface.name}: ${what}`
  }
  const [added] = now.keys()
  return added === undefined ? null : `an interface ${added} would appear`
}

function strayOn(before: Interface, after: Interface, about: readonly Action[], wide: boolean): string | null {
  const named = new Map(about.filter(a => a.values.name_missing === true).map(a => [a.values.group, a.values.name]))
  const groups = (i: Interface) =>
    sorted(
      i.groups.map(g => ({
        ...g,
        line: 0,
        authentication: g.authentication && { ...g.authentication, line: 0 },
        name: named.has(g.id) && (g.name === null || g.name === named.get(g.id)) ? null : g.name,
        virtual_addresses: [...g.virtual_addresses].sort(),
      })),
    ).join()
  if (groups(before) !== groups(after)) return 'a redundancy group would change'
  const others = (i: Interface) =>
    sorted(
      i.relays
        // Default servers wait behind lines of their own.
        .filter(r => r.inert !== 'not-selected' && !about.some(a => concerns(a, r)))
        // What a relay comes through may change for those that share it; where it leads to must not.
        .map(r => ({ ...r, line: 0, via: null, via_line: null, ...(wide && { gate: null }) })),
    ).join()
  if (others(before) !== others(after)) return 'a relay to another server would change'
  const rest = ({ groups: _, relays: __, addresses, line: ___, option_82, ...i }: Interface) =>
    JSON.stringify({ ...i, option_82: option_82 !== null, addresses: sorted(addresses.map(a => ({ ...a, line: 0 }))) })
  return rest(before) === rest(after) ? null : 'it would change in itself'
}

/** Whether a relay is the one that an action takes off, or the one that it puts in its place. */
function concerns({ id, relay, values }: Action, other: Relay): boolean {
  const { target, vrf, family, redundancy, via } = relay
  if (other.target !== target || other.vrf !== vrf || other.family !== family) return false
  if (id === 'gate-relay' && other.redundancy === values.name && other.via === null) return true
  // Which list or range it comes through may have been changed by a fix before.
  return id === 'follow-master' || (other.redundancy === redundancy && (other.via === null) === (via === null))
}

/**
 * What goes wrong on the way, where each line takes effect as it is entered: a relay that refers to a name which is not there yet, or
 * a group, an address or an interface that changes in passing. Null when nothing does.
 */
export function stumble(source: ReadSource, text: string, apply: string, actions: readonly Action[]): string | null {
  const lines = apply.split('\n')
  const before = danglingIn(source.device)
  const steady = plainOthers(source.device, actions)
  for (let n = 1; n < lines.length; n++) {
    const device = tryOn(source, text, lines.slice(0, n).join('\n'))
    const line = (lines[n - 1] ?? '').trim()
    for (const dangling of danglingIn(device))
      if (!before.includes(dangling)) return `"${line}" would refer to a redundancy name that is not there yet`
    const stray = strayChange(source.device, withRelaysOf(source.device, device), actions)
    if (stray !== null) return `"${line}" would change something in passing (${stray})`
    const there = new Set(plainOthers(device, actions))
    const lost = steady.find(relay => !there.has(relay))
    if (lost !== undefined) return `"${line}" would take away the relay ${lost} in passing`
  }
  return null
}

/** Relays that hang on a redundancy name which leads to no group that runs. */
export const danglingIn = (device: Device): string[] =>
  device.interfaces.flatMap(i =>
    i.relays
      .filter(r => r.live && r.redundancy !== null && gateOf(device, i, r, ANY_SEGMENT).state === 'broken')
      .map(r => `of ${i.name} to ${r.target} with redundancy ${r.redundancy}`),
  )

/** Relay lines that stay as they are; those of lists may wait behind one that is typed. */
const plainOthers = (device: Device, actions: readonly Action[]): string[] =>
  device.interfaces.flatMap(i => {
    const about = actions.filter(a => a.attachment.device.device === device.device && a.attachment.interface.name === i.name)
    return i.relays
      .filter(r => r.live && r.via === null && !about.some(a => concerns(a, r)))
      .map(r => `of ${i.name} to ${r.target}${r.vrf === null ? '' : ` in VRF ${r.vrf}`}`)
  })

/** Relays come and go while lines are entered; all else must stand still. */
function withRelaysOf(before: Device, after: Device): Device {
  const relays = new Map(before.interfaces.map(i => [i.name, i.relays]))
  return { ...after, interfaces: after.interfaces.map(i => ({ ...i, relays: relays.get(i.name) ?? i.relays })) }
}

const sorted = (items: readonly object[]) => items.map(item => JSON.stringify(item)).sort()
