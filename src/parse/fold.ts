// Folds facts into a draft, in file order. The one place that knows what taking something back means.
import type { Family } from '../model/device.ts'
import {
  type DraftDevice,
  type DraftGroup,
  type DraftInterface,
  type DraftSet,
  drop,
  interfaceKey,
  own,
  type Server,
} from './draft.ts'
import type { Context, Fact, GroupRef, Sink } from './facts.ts'

type Of<K extends Fact['kind']> = Extract<Fact, { kind: K }>

const familyOf = (target: string, stated: Family | undefined): Family => stated ?? (target.includes(':') ? 6 : 4)

/** The sink that fills `device`. `expand` writes out interface ranges. */
export function folder(device: DraftDevice, expand: ((name: string) => readonly string[]) | undefined): Sink {
  let lastContext: Context | undefined
  let lastInterfaces: readonly DraftInterface[] = []

  const interfacesOf = (context: Context, line: number): readonly DraftInterface[] => {
    if (context === lastContext) return lastInterfaces
    lastContext = context
    if (context.interface === undefined) return (lastInterfaces = [])
    const names = expand?.(context.interface) ?? [context.interface]
    lastInterfaces = names.map(name => {
      const key = interfaceKey(name)
      let found = device.interfaces.get(key)
      if (!found) device.interfaces.set(key, (found = draftInterface(own(name), line)))
      return found
    })
    return lastInterfaces
  }

  return (fact, context, line, negated) => {
    switch (fact.kind) {
      case 'hostname':
        device.hostname = negated ? null : own(fact.name)
        return
      case 'switch':
        device.switches.set(fact.name, fact.on !== negated)
        return
      case 'pair':
        if (negated) device.pair = null
        else if (fact.domain !== undefined) device.pair = own(fact.domain)
        return
      case 'pair-up':
        device.pairUp = fact.on !== negated
        return
      case 'pair-gate':
        if (fact.on !== undefined) device.pairGate = fact.on !== negated
        else if (negated) device.pairGate = false
        return
      case 'initially':
        drop(device.initially, i => i.interfaces.source === fact.interfaces.source)
        device.initially.push({ interfaces: fact.interfaces, on: fact.on !== negated })
        return
      case 'list-server':
        list(fact, context, line, negated)
        return
      case 'set':
      case 'set-server':
      case 'set-list':
      case 'set-vrf':
      case 'set-member':
      case 'set-off':
        foldSet(device, fact, context, line, negated)
        return
      case 'vrf':
        if (fact.interface === undefined) break
        if (negated) device.vrfs.delete(interfaceKey(fact.interface))
        else device.vrfs.set(interfaceKey(fact.interface), own(fact.name ?? 'default'))
        return
      case 'vlan':
        if (fact.interface === undefined) break
        device.vlans.set(interfaceKey(fact.interface), fact.id)
        return
      case 'version': {
        const protocol = fact.protocol ?? context.protocol
        if (context.interface !== undefined || !protocol) break
        if (negated || fact.version === undefined) device.versions.delete(protocol)
        else device.versions.set(protocol, fact.version)
        return
      }
      case 'interface':
        if (!negated) break
        for (const i of interfacesOf(context, line)) device.interfaces.delete(interfaceKey(i.name))
        lastContext = undefined
        return
    }
    for (const i of interfacesOf(context, line)) foldInterface(i, fact, context, line, negated)
  }

  function list(fact: Of<'list-server'>, context: Context, line: number, negated: boolean) {
    const name = fact.list ?? context.list
    if (name === undefined) return
    let servers = device.lists.get(name)
    if (!servers) device.lists.set(own(name), (servers = []))
    foldServer(servers, fact, line, negated)
  }
}

const draftInterface = (name: string, line: number): DraftInterface => ({
  name,
  line,
  description: null,
  enabled: undefined,
  vrf: undefined,
  vlan: undefined,
  addressing: undefined,
  addresses: [],
  groups: new Map(),
  relays: [],
  silent: new Set(),
  versions: new Map(),
})

function foldInterface(i: DraftInterface, fact: Fact, context: Context, line: number, no: boolean): void {
  switch (fact.kind) {
    case 'enabled':
      i.enabled = fact.on !== no
      return
    case 'description':
      i.description = no ? null : own(fact.text)
      return
    case 'vrf':
      i.vrf = no || fact.name === undefined ? undefined : own(fact.name)
      return
    case 'vlan':
      i.vlan = no ? undefined : fact.id
      return
    case 'addressing':
      i.addressing = no ? undefined : fact.how
      return
    case 'address':
      foldAddress(i, fact, line, no)
      return
    case 'relay':
      foldRelay(i, fact, line, no)
      return
    case 'relaying':
      if (fact.on !== no) i.silent.delete(fact.family)
      else i.silent.add(fact.family)
      return
    case 'version': {
      const protocol = fact.protocol ?? context.protocol
      if ((fact.group ?? context.group) !== undefined || !protocol) break
      if (no || fact.version === undefined) i.versions.delete(protocol)
      else i.versions.set(protocol, fact.version)
      return
    }
  }
  foldGroup(i, fact, context, line, no)
}

function foldAddress(i: DraftInterface, { ip, prefix, family, secondary = false }: Of<'address'>, line: number, no: boolean) {
  if (ip === undefined) {
    if (no) drop(i.addresses, a => a.ip.includes(':') === (family === 6))
    return
  }
  // A further primary address is kept beside the first: two segments too many are louder than one too few.
  drop(i.addresses, a => a.ip === ip)
  if (!no && prefix !== undefined) i.addresses.push({ ip: own(ip), prefix, secondary, line })
}

function foldRelay(i: DraftInterface, fact: Of<'relay'>, line: number, no: boolean) {
  const { target, vrf = null, redundancy = null, options = null } = fact
  if (target === undefined) {
    if (no) drop(i.relays, r => r.family === (fact.family ?? 4))
    return
  }
  drop(i.relays, r => r.target === target && r.vrf === vrf && r.redundancy === redundancy)
  if (no) return
  i.relays.push({
    target: own(target),
    family: familyOf(target, fact.family),
    vrf: vrf === null ? null : own(vrf),
    redundancy: redundancy === null ? null : own(redundancy),
    options: options === null ? null : own(options),
    via: null,
    viaLine: null,
    off: null,
    line,
  })
}

function foldGroup(i: DraftInterface, fact: Fact, context: Context, line: number, no: boolean) {
  const ref = fact as GroupRef
  const protocol = ref.protocol ?? context.protocol
  if (protocol === undefined) return
  const id = ref.group ?? context.group ?? null
  const family = ref.family ?? context.family
  if (fact.kind === 'group-removed' || (fact.kind === 'group' && no)) {
    for (const [key, g] of i.groups)
      if (g.protocol === protocol && (id === null || g.id === id) && (family === undefined || g.family === family))
        i.groups.delete(key)
    return
  }
  const key = `${protocol} ${id} ${family ?? ''}`
  let g = i.groups.get(key)
  if (!g) i.groups.set(key, (g = draftGroup(protocol, id, family, line)))
  if (!no && !g.stated) {
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
      drop(g.virtual, v => v === ip)
      if (!no) g.virtual.push(own(ip))
      // A gateway that had addresses of its own and lost the last one is gone; it does not fall back on the interface's.
      else if (protocol === 'anycast' && g.virtual.length === 0) i.groups.delete(key)
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
    case 'group-enabled':
      g.enabled = fact.on !== no
      return
    case 'version':
      g.version = no ? undefined : fact.version
      return
  }
}

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
  learned: new Set(),
  priority: undefined,
  preempt: undefined,
  name: undefined,
  follow: undefined,
  tracked: false,
  enabled: undefined,
  version: undefined,
  stated: false,
})

function foldServer(
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

function foldSet(
  device: DraftDevice,
  fact: Of<'set' | 'set-server' | 'set-list' | 'set-vrf' | 'set-member' | 'set-off'>,
  context: Context,
  line: number,
  no: boolean,
) {
  const key = (fact.kind === 'set-member' ? fact.of : undefined) ?? context.set
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
      set.family = fact.family
      set.yields = fact.yields === true
      return
    case 'set-server':
      foldServer(set.servers, fact, line, no)
      return
    case 'set-list': {
      const name = fact.list
      drop(set.lists, l => name === undefined || l.name === name)
      if (!no && name !== undefined) set.lists.push({ name: own(name), also: fact.also === true, line })
      return
    }
    case 'set-vrf':
      set.vrf = no || fact.vrf === undefined ? undefined : own(fact.vrf)
      return
    case 'set-off':
      set.off = no ? undefined : (fact.reason ?? set.off ?? null)
      return
    case 'set-member': {
      const { interface: name, upto, subnet, vrf, all = false, excluded = false } = fact
      drop(
        set.members,
        m => m.interface === name && m.subnet === subnet && m.all === all && (no || (m.upto === upto && m.excluded === excluded)),
      )
      if (!no) set.members.push({ interface: name && own(name), upto: upto && own(upto), subnet, vrf, all, excluded, line })
      return
    }
  }
}

const draftSet = (key: string, line: number): DraftSet => ({
  key,
  via: key,
  line,
  parent: undefined,
  servers: [],
  lists: [],
  members: [],
  vrf: undefined,
  off: undefined,
  family: undefined,
  yields: false,
})
