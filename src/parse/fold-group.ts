// Facts about a redundancy group.
import type { Family } from '../model/device.ts'
import { type DraftGroup, type DraftInterface, drop, own } from './draft.ts'
import type { Context, Fact, GroupRef } from './facts.ts'

/** Folds one fact into the group that it, or the context, names. */
export function foldGroup(i: DraftInterface, fact: Fact, context: Context, line: number, no: boolean) {
  const ref = fact as GroupRef
  const protocol = ref.protocol ?? context.protocol
  if (protocol === undefined) return
  const id = ref.group ?? context.group ?? null
  const family = ref.family ?? context.family
  if (fact.kind === 'group-removed' || (fact.kind === 'group' && no)) {
    for (const [key, g] of i.groups)
      if (g.protocol === protocol && (id === null || g.id === id) && (family === undefined || g.family === family))
        i.groups.delete(key)
    i.lastGroup = undefined
    return
  }
  let g = i.lastGroup
  // The lines of one group stand together, so the last one is mostly the one.
  if (g?.protocol !== protocol || g.id !== id || g.family !== family) {
    const key = keyOf(protocol, id, family)
    g = i.groups.get(key)
    if (!g) i.groups.set(key, (g = draftGroup(protocol, id, family, line)))
    i.lastGroup = g
  }
  if (!no && !g.stated && fact.kind !== 'authentication') {
    g.stated = true
    g.line = line
  }
  switch (fact.kind) {
    case 'virtual': {
      const ip = fact.ip
      if (ip === undefined) {
        if (no) {
          g.virtual = []
          g.learned.clear()
        }
        return
      }
      drop(g.virtual, v => v === ip || (!no && fact.leading === true && v === g?.leading))
      if (!no && fact.leading) g.virtual.unshift((g.leading = own(ip)))
      else if (!no) g.virtual.push(own(ip))
      // A gateway that had addresses of its own and lost the last one is gone; it does not fall back on the interface's.
      else if (protocol === 'anycast' && g.virtual.length === 0) {
        i.groups.delete(keyOf(protocol, id, family))
        i.lastGroup = undefined
      }
      return
    }
    case 'learned':
      if (no) {
        g.learned.delete(fact.of)
        drop(g.virtual, v => v.includes(':') === (fact.of === 6))
      } else g.learned.add(fact.of)
      return
    case 'priority':
      g.priority = no ? undefined : fact.value
      return
    case 'preempt':
      g.preempt = fact.on !== no
      return
    case 'name':
      g.name = no || fact.name === undefined ? undefined : own(fact.name)
      return
    case 'follow':
      g.follow = no || fact.leader === undefined ? undefined : own(fact.leader)
      return
    case 'tracked':
      if (!no) g.tracked = true
      return
    case 'authentication':
      g.authentication = no || fact.by === undefined ? undefined : { ...fact.by, line }
      return
    case 'group-enabled':
      g.enabled = fact.on !== no
      return
    case 'version':
      g.version = no ? undefined : fact.version
      return
  }
}

const keyOf = (protocol: string, id: number | null, family: Family | undefined) => `${protocol} ${id} ${family ?? ''}`

const draftGroup = (
  protocol: DraftGroup['protocol'],
  id: number | null,
  family: Family | undefined,
  line: number,
): DraftGroup => ({
  protocol,
  id,
  family,
  line,
  virtual: [],
  leading: undefined,
  learned: new Set(),
  priority: undefined,
  preempt: undefined,
  name: undefined,
  follow: undefined,
  tracked: false,
  enabled: undefined,
  version: undefined,
  authentication: undefined,
  stated: false,
})
