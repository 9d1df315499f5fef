// Interfaces whose relays hear nothing, as far as can be read: no VLAN has them, or their zone lets no DHCP in.
import type { Family, Interface, Unresolved } from '../model/device.ts'
import { type DraftDevice, interfaceKey, own } from './draft.ts'
import type { Of } from './facts.ts'
import type { Naming } from './platform.ts'

/** Zones of a firewall. What one lets in is known by its name, or by the name of the zone and the interface that says so itself. */
export interface Zones {
  readonly of: Map<string, string>
  readonly lets: Map<string, Set<Family>>
  readonly barred: Map<string, Set<Family>>
}

const keyOf = (zone: string, name: string | undefined) => (name === undefined ? zone : `${zone} ${interfaceKey(name)}`)

/** Folds one fact into the zones. */
export function foldZone(zones: Zones, fact: Of<'zone' | 'zone-lets'>) {
  if (fact.kind === 'zone') {
    zones.of.set(interfaceKey(fact.interface), own(fact.zone))
    return
  }
  const { zone, interface: name, families, barred = false } = fact
  const key = own(keyOf(zone, name))
  // It says something itself, whatever that is.
  if (!zones.lets.has(key)) zones.lets.set(key, new Set())
  const sets = barred ? zones.barred : zones.lets
  sets.set(key, new Set([...(sets.get(key) ?? []), ...families]))
}

/** The interfaces with a live relay that cannot be told to hear any request. */
export function shutOut({ vlans, zones }: DraftDevice, interfaces: readonly Interface[], naming: Naming): Unresolved[] {
  if (vlans.size === 0 && zones.of.size === 0) return []
  const found: Unresolved[] = []
  for (const { name, line, relays } of interfaces) {
    const families = new Set(relays.filter(r => r.live).map(r => r.family))
    if (families.size === 0) continue
    if (vlans.size > 0 && naming.attached?.test(name) === true && !vlans.has(interfaceKey(name)))
      found.push({ line, name, why: 'detached', interface: name })
    if (zones.of.size === 0) continue
    const key = interfaceKey(name)
    const zone = zones.of.get(key) ?? zones.of.get(key.replace(/\.0$/, '')) ?? zones.of.get('all')
    if (zone === undefined) {
      found.push({ line, name, why: 'detached', interface: name })
      continue
    }
    const says = [keyOf(zone, name), keyOf(zone, key.replace(/\.0$/, '')), zone].find(k => zones.lets.has(k)) ?? zone
    const lets = (family: Family) => zones.lets.get(says)?.has(family) === true && zones.barred.get(says)?.has(family) !== true
    if (![...families].every(lets)) found.push({ line, name: `zone ${zone}`, why: 'closed', interface: name })
  }
  return found
}
