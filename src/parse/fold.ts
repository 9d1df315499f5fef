// Folds facts into a draft, in file order. The one place that knows what taking something back means.
import { type DraftDevice, type DraftInterface, drop, interfaceKey, own } from './draft.ts'
import { erase } from './erase.ts'
import type { Context, Of, Sink } from './facts.ts'
import { draftInterface, foldInterface, move } from './fold-interface.ts'
import { foldServer, foldSet } from './fold-set.ts'
import { foldOption82 } from './option-82.ts'
import type { Moving, Naming } from './platform.ts'
import { foldZone } from './shut-out.ts'
import { noteVlan } from './vlan-off.ts'

/** Lines that were typed one by one: those behind so many. */
export interface Typed {
  readonly after: number
  readonly moving: Moving | undefined
}

/** The sink that fills `device`. */
export function folder(device: DraftDevice, { expand, remains, parent }: Partial<Naming> = {}, typed?: Typed): Sink {
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
      if (!found) {
        device.interfaces.set(key, (found = draftInterface(own(name), key, line)))
        if (device.gone.has(key)) device.refused.push({ line, interface: found.name })
      }
      return found
    })
    return lastInterfaces
  }

  return (fact, context, line, negated, reset) => {
    switch (fact.kind) {
      case 'hostname':
        device.hostname = negated ? null : own(fact.name)
        return
      case 'switch':
        if (reset) device.switches.delete(fact.name)
        else device.switches.set(fact.name, fact.on !== negated)
        return
      case 'enabled':
        if (!reset) break
        for (const i of interfacesOf(context, line)) i.enabled = undefined
        return
      case 'pair':
        if (negated) device.pair = null
        else if (fact.domain !== undefined) device.pair = own(fact.domain)
        return
      case 'pair-peer':
        device.pairPeer = negated || fact.ip === undefined ? null : own(fact.ip)
        return
      case 'pair-up':
        if (fact.on !== undefined) device.pairUp = fact.on !== negated
        else if (negated) device.pairUp = true
        return
      case 'pair-link':
        device.pairLink = fact.on === undefined ? !negated && (device.pairLink ?? false) : fact.on !== negated
        if (fact.name !== undefined) device.pairLinkName = negated ? null : own(fact.name)
        return
      case 'pair-gate':
        if (fact.on !== undefined) device.pairGate = fact.on !== negated
        else if (negated) device.pairGate = device.tunnelGate = false
        return
      case 'tunnel-gate':
        device.tunnelGate = fact.on !== negated
        return
      case 'tunneled': {
        const { vlans, vnis } = fact
        device.tunnelEnd = interfacesOf(context, line)[0]
        if (vlans !== undefined)
          device.tunneled.push({ vlans: own(vlans), vnis: negated || vnis === undefined ? undefined : own(vnis) })
        return
      }
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
      case 'option-82':
        if (fact.of === 'device') device.option82 = foldOption82(device.option82, fact, line, negated)
        else if (fact.of === 'set') foldSet(device, fact, context, line, negated)
        else break
        return
      case 'vrf':
        if (fact.interface === undefined) {
          if (typed?.moving && line > typed.after)
            for (const i of interfacesOf(context, line)) move(i, negated ? undefined : fact.name, typed.moving, line)
          break
        }
        if (negated) device.vrfs.delete(interfaceKey(fact.interface))
        else device.vrfs.set(interfaceKey(fact.interface), own(fact.name ?? 'default'))
        return
      case 'vlan':
        if (fact.interface === undefined) break
        device.vlans.set(interfaceKey(fact.interface), fact.id)
        return
      case 'zone':
      case 'zone-lets':
        foldZone(device.zones, fact)
        return
      case 'trunk-group': {
        const { vlans } = context
        if (vlans === undefined) break
        const { group } = fact
        if (negated || group !== undefined)
          device.vlanGroups.push({ vlans: own(vlans), group: group && own(group), in: !negated })
        return
      }
      case 'vlan-off':
        noteVlan(device.vlansOff, context.vlans, fact.by, fact.off !== negated && !reset)
        return
      case 'erase':
        erase(device, fact)
        lastContext = undefined
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
        for (const i of interfacesOf(context, line)) {
          // One that is opened here only was not there.
          const left = reset || i.line === line ? undefined : remains?.(i.name)
          if (left === 'all') device.refused.push({ line, interface: i.name })
          else device.interfaces.delete(i.key)
          if (left === 'some') device.gone.add(i.key)
          if (reset || left === 'all') continue
          drop(device.refused, r => r.interface === i.name)
          // Whether those below it go along is not documented.
          for (const below of device.interfaces.values())
            if (interfaceKey(parent?.(below.name) ?? '') === i.key) device.refused.push({ line, interface: below.name })
        }
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
    if (fact.lost) device.hollow.set(own(name), line)
    foldServer(servers, fact, line, negated)
  }
}
