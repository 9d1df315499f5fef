// Joins relay sets (server groups, profiles, pools, global lists) with the interfaces they serve.
import { Netmask } from 'netmask'
import type { Unresolved } from '../model/device.ts'
import type { DraftDevice, DraftInterface, DraftSet, Member, Server } from './draft.ts'
import { interfaceKey } from './draft.ts'
import type { Naming } from './platform.ts'

/** Adds to every interface the relays it has through a set; returns the names that lead nowhere. */
export function joinSets(device: DraftDevice, naming: Naming): Unresolved[] {
  const unresolved: Unresolved[] = []
  for (const set of device.sets.values()) {
    if (set.members.length === 0) continue
    const { servers, missing } = serversOf(device, set, [])
    for (const { interface: i, line } of membersOf(device, set, naming)) {
      for (const name of missing) unresolved.push({ line: name.line, name: name.name, interface: i.name })
      for (const server of servers) {
        const { target, family, vrf } = server
        if (set.family !== undefined && family !== set.family) continue
        if (set.yields && i.relays.some(r => r.via === null && r.family === family)) continue
        i.relays.push({
          target,
          family,
          vrf,
          redundancy: null,
          options: null,
          via: set.via,
          viaLine: line,
          off: set.off,
          line: server.line,
        })
      }
    }
  }
  return unresolved
}

/** A set's own servers, else those of its lists, else its parent's. */
function serversOf(
  device: DraftDevice,
  set: DraftSet,
  seen: readonly string[],
): { servers: Server[]; missing: { name: string; line: number }[] } {
  const servers = [...set.servers]
  const missing: { name: string; line: number }[] = []
  for (const list of set.lists) {
    const found = device.lists.get(list.name)
    if (found) servers.push(...found)
    else missing.push(list)
  }
  if (servers.length > 0 || set.lists.length > 0 || set.parent === undefined || seen.includes(set.key))
    return { servers, missing }
  const parent = device.sets.get(set.parent)
  return parent ? serversOf(device, parent, [...seen, set.key]) : { servers, missing }
}

function* membersOf(device: DraftDevice, set: DraftSet, naming: Naming): Generator<{ interface: DraftInterface; line: number }> {
  const excluded = set.members.filter(m => m.excluded)
  const taken = new Set<string>()
  for (const member of set.members) {
    if (member.excluded) continue
    for (const [key, i] of device.interfaces) {
      if (taken.has(key) || !covers(member, key, i) || excluded.some(m => covers(m, key, i))) continue
      if (member.all && !servesClients(member, key, i, device, naming)) continue
      taken.add(key)
      yield { interface: i, line: member.line }
    }
  }
}

/** What "all interfaces" never means: loopbacks and management ports, and those of another VRF where one is named. */
function servesClients(member: Member, key: string, i: DraftInterface, device: DraftDevice, naming: Naming): boolean {
  const vrf = i.vrf ?? device.vrfs.get(key) ?? 'default'
  return !naming.internal.test(i.name) && (member.vrf === undefined || member.vrf === vrf)
}

function covers(member: Member, key: string, i: DraftInterface): boolean {
  if (member.all) return i.addresses.length > 0 || i.addressing !== undefined
  if (member.subnet !== undefined) {
    const block = new Netmask(member.subnet)
    return i.addresses.some(a => !a.ip.includes(':') && block.contains(a.ip))
  }
  if (member.interface === undefined) return false
  const from = interfaceKey(member.interface)
  return member.upto === undefined ? from === key : between(from, interfaceKey(member.upto), key)
}

/** `irb.20` up to `irb.29`: equal but for the number at the end. */
function between(from: string, upto: string, key: string): boolean {
  const [low, high, at] = [from, upto, key].map(name => /^(.*?)(\d+)$/.exec(name))
  if (!low || !high || !at || low[1] !== at[1] || high[1] !== at[1]) return from === key || upto === key
  const n = Number(at[2])
  return n >= Number(low[2]) && n <= Number(high[2])
}
