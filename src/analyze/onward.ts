// Relays that lead to another router, which may relay what it is sent.
import type { Device, Interface, Relay } from '../model/device.ts'
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
): (relay: Relay, iface: Interface, point: PxePoint) => string | null {
  let holders: ReadonlyMap<string, readonly Device[]> | undefined
  const owners = new Map<Interface, Device>()
  const found = new Map<PxePoint, Map<string, readonly Device[]>>()
  const passingOn = (target: string, point: PxePoint, seen: ReadonlySet<Device>): Device[] =>
    (holders?.get(target) ?? []).filter(
      device =>
        !seen.has(device) &&
        device.interfaces.some(i =>
          i.relays.some(
            r =>
              r.live &&
              r.family === familyOf(target) &&
              (leads(r, i, point) || passingOn(r.target, point, new Set([...seen, device])).length > 0),
          ),
        ),
    )
  return ({ target }, iface, point) => {
    holders ??= holdersIn(devices, owners)
    if (!holders.has(target)) return null
    let known = found.get(point)
    if (!known) found.set(point, (known = new Map()))
    let onward = known.get(target)
    if (!onward) known.set(target, (onward = passingOn(target, point, new Set())))
    const own = owners.get(iface)
    return onward.find(device => device !== own)?.device ?? null
  }
}

const familyOf = (target: string) => (target.includes(':') ? 6 : 4)

/** The routers that hear at an address which some relay leads to: their own, a virtual one, a broadcast where they relay. `owners` is told whose the interfaces with relays are. */
function holdersIn(devices: Network['devices'], owners: Map<Interface, Device>): ReadonlyMap<string, readonly Device[]> {
  const targets = new Set<string>()
  for (const { device } of devices)
    for (const i of device.interfaces) {
      if (i.relays.length === 0) continue
      owners.set(i, device)
      for (const { target } of i.relays) targets.add(target)
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
  return holders
}
