// Facts about relay sets and the servers in them.
import type { Family } from '../model/device.ts'
import { type DraftDevice, drop, own } from './draft.ts'
import type { DraftSet, Member, Server } from './draft-set.ts'
import type { Context, Of } from './facts.ts'
import { familyOf } from './fold-interface.ts'
import { foldOption82 } from './option-82.ts'

/** Adds a server to a list, or takes it (or all of them) out. */
export function foldServer(
  servers: Server[],
  fact: { target: string | undefined; vrf?: string | undefined; family?: Family | undefined },
  line: number,
  no: boolean,
) {
  const { target, vrf = null } = fact
  if (target === undefined) {
    if (no) servers.length = 0
    return
  }
  drop(servers, s => s.target === target && s.vrf === vrf)
  if (!no) servers.push({ target: own(target), family: familyOf(target, fact.family), vrf: vrf === null ? null : own(vrf), line })
}

/** Folds one fact into the relay set that it, or the context, names. */
export function foldSet(
  device: DraftDevice,
  fact: Of<'set' | 'set-server' | 'set-list' | 'set-vrf' | 'set-member' | 'set-off' | 'option-82'>,
  context: Context,
  line: number,
  no: boolean,
) {
  const key = (fact.kind === 'set' || fact.kind === 'set-member' ? fact.of : undefined) ?? context.set
  if (key === undefined) return
  if (fact.kind === 'set' && no) {
    device.sets.delete(key)
    return
  }
  let set = device.sets.get(key)
  if (!set) device.sets.set(own(key), (set = draftSet(own(key), line)))
  switch (fact.kind) {
    case 'set':
      set.via = own(fact.via)
      set.parent = fact.parent
      set.within = fact.within
      set.family = fact.family
      set.yields = fact.yields === true
      set.lends = fact.lends === true
      set.initially = fact.initially
      return
    case 'set-server':
      foldServer(set.servers, fact, line, no)
      return
    case 'set-list': {
      const { list: name, also = false } = fact
      drop(set.lists, l => name === undefined || (l.name === name && l.also === also))
      if (!no && name !== undefined) set.lists.push({ name: own(name), also, line })
      return
    }
    case 'option-82':
      set.option82 = foldOption82(set.option82, fact, line, no)
      return
    case 'set-vrf':
      set.vrf = no || fact.vrf === undefined ? undefined : own(fact.vrf)
      return
    case 'set-off':
      set.off = no ? undefined : (fact.reason ?? set.off ?? null)
      return
    case 'set-member': {
      const { interface: name, upto, subnet, vrf, all = false, excluded = false } = fact
      if (no) {
        drop(set.members, m => m.interface === name && m.subnet === subnet && m.all === all)
        places.delete(set)
        return
      }
      const member = { interface: name && own(name), upto: upto && own(upto), subnet, vrf, all, excluded, line }
      const known = placesOf(set)
      const at = known.get(keyOf(member))
      if (at === undefined) known.set(keyOf(member), set.members.push(member) - 1)
      else set.members[at] = member
      return
    }
  }
}

const keyOf = (m: Member) => `${m.interface} ${m.upto} ${m.subnet} ${m.all} ${m.excluded}`
/** Where in a set each of its members is: a set may have as many as there are interfaces. */
const places = new WeakMap<DraftSet, Map<string, number>>()
function placesOf(set: DraftSet): Map<string, number> {
  let known = places.get(set)
  if (!known) places.set(set, (known = new Map(set.members.map((m, at) => [keyOf(m), at]))))
  return known
}

const draftSet = (key: string, line: number): DraftSet => ({
  key,
  via: key,
  line,
  parent: undefined,
  within: undefined,
  servers: [],
  lists: [],
  members: [],
  vrf: undefined,
  off: undefined,
  initially: undefined,
  family: undefined,
  yields: false,
  lends: false,
  option82: undefined,
})
