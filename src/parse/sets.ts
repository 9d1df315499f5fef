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
    const line = lineage(device, set)
    const { servers, missing } = serversOf(device, line)
    const from = line.find(s => s.vrf !== undefined)?.vrf ?? null
    const off = line.find(s => s.off !== undefined)?.off ?? null
    for (const { interface: i, line: viaLine } of membersOf(device, line, naming)) {
      for (const name of missing) unresolved.push({ line: name.line, name: name.name, interface: i.name })
      for (const server of servers) {
        const { target, family } = server
        const vrf = server.vrf ?? from
        if (i.relays.some(r => r.via === set.via && r.target === target && r.vrf === vrf && r.family === family)) continue
        if (set.family !== undefined && family !== set.family) continue
        const yields = set.yields && i.relays.some(r => r.via === null && r.family === family)
        i.relays.push({
          target,
          family,
          vrf,
          redundancy: null,
          options: null,
          via: set.via,
          viaLine,
          off: off ?? (yields ? 'not-selected' : null),
          line: server.line,
        })
      }
    }
  }
  return unresolved
}

/** A set, its parent, and so on upwards. */
function lineage(device: DraftDevice, set: DraftSet): DraftSet[] {
  const line: DraftSet[] = []
  for (
    let s: DraftSet | undefined = set;
    s && !line.includes(s);
    s = s.parent === undefined ? undefined : device.sets.get(s.parent)
  )
    line.push(s)
  return line
}

/** A set's own servers and those of its lists, else its parent's; and the lists that come on top of either. */
function serversOf(
  device: DraftDevice,
  line: readonly DraftSet[],
): { servers: Server[]; missing: { name: string; line: number }[] } {
  const main = line.find(s => s.servers.length > 0 || s.lists.some(l => !l.also))
  const extra = line.find(s => s.lists.some(l => l.also))
  const servers = [...(main?.servers ?? [])]
  const missing: { name: string; line: number }[] = []
  for (const list of [...(main?.lists.filter(l => !l.also) ?? []), ...(extra?.lists.filter(l => l.also) ?? [])]) {
    const found = device.lists.get(list.name)
    if (found) servers.push(...found)
    else missing.push(list)
  }
  return { servers, missing }
}

function* membersOf(
  device: DraftDevice,
  line: readonly DraftSet[],
  naming: Naming,
): Generator<{ interface: DraftInterface; line: number }> {
  const excluded = line.flatMap(s => s.members.filter(m => m.excluded))
  // Most name one interface; those are looked up, not searched for.
  const names = new Set(excluded.map(nameOf))
  const others = excluded.filter(m => nameOf(m) === undefined)
  const taken = new Set<string>()
  for (const member of line[0]?.members ?? []) {
    if (member.excluded) continue
    const name = nameOf(member)
    const found = name === undefined ? undefined : device.interfaces.get(name)
    for (const [key, i] of name === undefined ? device.interfaces : found ? [[name, found] as const] : []) {
      if (taken.has(key) || !covers(member, key, i) || names.has(key) || others.some(m => covers(m, key, i))) continue
      if (member.all && !servesClients(member, key, i, device, naming)) continue
      taken.add(key)
      yield { interface: i, line: member.line }
    }
  }
}

/** The one interface that a member names, if it does. */
const nameOf = (m: Member): string | undefined =>
  m.all || m.subnet !== undefined || m.upto !== undefined || m.interface === undefined ? undefined : interfaceKey(m.interface)

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
