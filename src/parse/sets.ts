// Joins relay sets (server groups, profiles, pools, global lists) with the interfaces they serve.
import type { Unresolved } from '../model/device.ts'
import type { DraftDevice, DraftInterface } from './draft.ts'
import type { DraftSet, Member, Server } from './draft-set.ts'
import { inherit82, override82 } from './option-82.ts'
import type { Naming } from './platform.ts'
import { type Narrowest, type Reach, reachOf } from './reach.ts'

/**
 * Adds to every interface the relays it has through a set; returns the names that lead nowhere. A set without a `via`
 * serves nobody: its members are only taken from the sets below it.
 */
export function joinSets(device: DraftDevice, naming: Naming): Unresolved[] {
  const unresolved: Unresolved[] = []
  const reach = reachOf(device)
  const listed: { readonly interface: DraftInterface; readonly by: DraftSet }[] = []
  for (const set of device.sets.values()) {
    if (set.members.length === 0 || set.via === '') continue
    const line = lineage(device, set)
    const { servers, missing } = serversOf(device, line)
    const from = line.find(s => s.vrf !== undefined)?.vrf ?? null
    const said = line.find(s => s.off !== undefined)
    const off = said ? (said.off ?? null) : (set.initially ?? null)
    const serves4 = set.family !== 6 && servers.some(s => s.family === 4)
    for (const { interface: i, line: viaLine } of membersOf(device, line, naming, reach)) {
      for (const { line, name, why } of missing) unresolved.push({ line, name, why, interface: i.name })
      if (serves4) inherit82(device, set, i)
      else if (set.option82) listed.push({ interface: i, by: set })
      for (const server of servers) {
        const { target, family } = server
        const vrf = server.vrf ?? from
        if (set.family !== undefined && family !== set.family) continue
        const same = i.relays.findIndex(
          r => (set.lends || r.via === set.via) && r.target === target && r.vrf === vrf && r.family === family,
        )
        // One that is off here may be on in a set below.
        if (same >= 0 && (off !== null || i.relays[same]?.off === null)) continue
        if (same >= 0) i.relays.splice(same, 1)
        const yields = set.yields && i.relays.some(r => r.via === null && r.family === family)
        i.relays.push({
          target,
          family,
          vrf,
          redundancy: null,
          by: null,
          options: null,
          via: set.via,
          viaLine,
          off: off ?? (yields ? 'not-selected' : null),
          line: server.line,
        })
      }
    }
  }
  // Sets that name interfaces without serving them: their settings hold for the relays that these have from elsewhere.
  for (const { interface: i, by } of listed) override82(by, i)
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
): { servers: Server[]; missing: Omit<Unresolved, 'interface'>[] } {
  const main = line.find(s => s.servers.length > 0 || s.lists.some(l => !l.also))
  const extra = line.find(s => s.lists.some(l => l.also))
  const servers = [...(main?.servers ?? [])]
  const missing: Omit<Unresolved, 'interface'>[] = []
  for (const list of [...(main?.lists.filter(l => !l.also) ?? []), ...(extra?.lists.filter(l => l.also) ?? [])]) {
    const found = device.lists.get(list.name)
    const hollow = device.hollow.get(list.name)
    if (found) servers.push(...found)
    else missing.push({ name: list.name, line: list.line, why: 'undefined' })
    if (hollow !== undefined) missing.push({ name: list.name, line: hollow, why: 'empty' })
  }
  return { servers, missing }
}

/**
 * The interfaces of the first set of a line. Each belongs to the narrowest member that covers it, in the set or above:
 * where that one excludes it, or is one of those above, this set does not serve it.
 */
function* membersOf(
  device: DraftDevice,
  line: readonly DraftSet[],
  naming: Naming,
  reach: Reach,
): Generator<{ interface: DraftInterface; line: number }> {
  const [set, ...above] = line
  if (!set) return
  const own = reach.narrowest(set)
  const others = above.map(reach.narrowest)
  const taken = new Set<string>()
  for (const member of set.members) {
    if (member.excluded) continue
    for (const [key, i] of reach.covered(member)) {
      const here = own.get(key)
      if (taken.has(key) || !here || here.spares <= here.serves) continue
      if (others.some(o => isTaken(o.get(key), here.serves))) continue
      if (member.all && !servesClients(member, key, i, device, naming)) continue
      taken.add(key)
      yield { interface: i, line: member.line }
    }
  }
}

/** Whether a set above excludes an interface that stands for `width` of them here, or has a narrower member for it. */
const isTaken = (there: Narrowest | undefined, width: number): boolean =>
  there !== undefined && (there.spares <= width || there.serves < width)

/** What "all interfaces" never means: loopbacks and management ports, and those of another VRF where one is named. */
function servesClients(member: Member, key: string, i: DraftInterface, device: DraftDevice, naming: Naming): boolean {
  const vrf = i.vrf ?? device.vrfs.get(key) ?? 'default'
  return !naming.internal.test(i.name) && (member.vrf === undefined || member.vrf === vrf)
}
