// Relays that lead to another router, which may relay what it is sent.
import type { Device, Family, Interface, Relay } from '../model/device.ts'
import type { PxePoint } from '../model/inventory.ts'
import { broadcastOf, subnetOf } from '../model/ip.ts'
import type { Network } from '../model/network.ts'

/** Whether a relay may lead to a point by itself. */
export type Leads = (relay: Relay, iface: Interface, point: PxePoint) => boolean

/**
 * Finds another router that hears at a relay's target and relays to the point, itself or through a further one. A relay agent passes
 * on what another one sent it: RFC 1542, 4.1.1 leaves a giaddr that is set as it is, RFC 8415, 19.1.2 wraps the message once more, and
 * the command reference of AOS-CX names relay agents as targets of `ip helper-address`. Mostly an agent hears only on interfaces that
 * have a relay, and over which of them the request comes is not known.
 */
export function onwardFinder(
  { devices }: Network,
  leads: Leads,
  addressesOf: (target: string) => readonly string[],
): (relay: Relay, iface: Interface, point: PxePoint) => string | null {
  let hearing: ReturnType<typeof hearers> | undefined
  const found = new Map<PxePoint, Map<string, readonly Device[]>>()
  const heardBy = (target: string) => addressesOf(target).flatMap(ip => hearing?.holders.get(ip) ?? [])
  /** Looks at each router once, however they lead to one another. */
  const passesOn = (first: Device, family: Family, point: PxePoint): boolean => {
    const seen = new Set([first])
    for (const { interfaces } of seen)
      for (const i of interfaces)
        for (const relay of i.relays) {
          if (!relay.live || relay.family !== family) continue
          if (leads(relay, i, point)) return true
          for (const next of heardBy(relay.target)) seen.add(next)
        }
    return false
  }
  return ({ target, family }, iface, point) => {
    hearing ??= hearers(devices, addressesOf)
    const there = heardBy(target)
    if (there.length === 0) return null
    let known = found.get(point)
    if (!known) found.set(point, (known = new Map()))
    const key = `${family} ${target}`
    let onward = known.get(key)
    if (!onward) known.set(key, (onward = there.filter(device => passesOn(device, family, point))))
    const own = hearing.owners.get(iface)
    return onward.find(device => device !== own)?.device ?? null
  }
}

/**
 * The routers that hear at an address which some relay leads to: one of their own, a virtual one, or a broadcast where they relay. And
 * whose the interfaces with relays are.
 */
function hearers(devices: Network['devices'], addressesOf: (target: string) => readonly string[]) {
  const targets = new Set<string>()
  const owners = new Map<Interface, Device>()
  for (const { device } of devices)
    for (const i of device.interfaces) {
      if (i.relays.length === 0) continue
      owners.set(i, device)
      for (const { target } of i.relays) for (const ip of addressesOf(target)) targets.add(ip)
    }
  const holders = new Map<string, Device[]>()
  const note = (ip: string, device: Device) => {
    if (!targets.has(ip)) return
    const there = holders.get(ip)
    if (!there) holders.set(ip, [device])
    else if (!there.includes(device)) there.push(device)
  }
  for (const { device } of devices)
    for (const i of device.interfaces) {
      if (!i.enabled) continue
      for (const { ip, prefix } of i.addresses) {
        note(ip, device)
        const all = i.relays.length > 0 ? broadcastOf(subnetOf(ip, prefix)) : null
        if (all !== null) note(all, device)
      }
      for (const g of i.groups) if (g.enabled) for (const ip of g.virtual_addresses) note(ip, device)
    }
  return { holders, owners }
}
