// Which PXE point a relay's target is.
import type { Interface, Relay } from '../model/device.ts'
import type { PxePoint } from '../model/inventory.ts'
import { broadcastOf, inSubnet } from '../model/ip.ts'
import type { Network } from '../model/network.ts'

/** `maybe` comes with the reason why it cannot be known. */
export type Reach =
  | { readonly reaches: boolean }
  | { readonly reaches: 'maybe'; readonly code: 'unresolved-host' | 'directed-broadcast'; readonly why: string }

const YES: Reach = { reaches: true }
const NO: Reach = { reaches: false }
const isAddress = (target: string) => target.includes(':') || /^[\d.]+$/.test(target)

/** Prepared once per audit: which targets reach which point. */
export function reachability(network: Network): (relay: Relay, iface: Interface, point: PxePoint) => Reach {
  const names = new Set(network.points.flatMap(p => p.hostnames.map(plain)))
  const subnets = new Map(network.points.map(p => [p.name, subnetsAround(network, p)]))
  return (relay, iface, point) => {
    if (point.vrf !== null && (relay.vrf ?? iface.vrf) !== point.vrf) return NO
    const { target } = relay
    if (point.addresses.includes(target)) return YES
    if (!isAddress(target)) {
      if (point.hostnames.some(h => plain(h) === plain(target))) return YES
      if (names.has(plain(target))) return NO
      return {
        reaches: 'maybe',
        code: 'unresolved-host',
        why: `${target} is no host name of a PXE point in the inventory, so its address is unknown`,
      }
    }
    if (point.networks.some(n => broadcastOf(n) === target)) return YES
    return broadcast(target, point, subnets.get(point.name) ?? [])
  }
}

const plain = (host: string) => host.toLowerCase().replace(/\.$/, '')

/** The subnets the point stands in, as the inventory says or the audited routers show. */
function subnetsAround(network: Network, point: PxePoint): string[] {
  if (point.networks.length > 0) return [...point.networks]
  return network.segments.flatMap(s => s.subnets).filter(subnet => point.addresses.some(ip => inSubnet(ip, subnet)))
}

/** A target that ends in .255 in the point's own /24 may be a directed broadcast that the point hears. */
function broadcast(target: string, point: PxePoint, known: readonly string[]): Reach {
  const suspects =
    known.length > 0
      ? known.map(broadcastOf)
      : point.addresses.filter(ip => !ip.includes(':')).map(ip => ip.replace(/\d+$/, '255'))
  if (point.networks.length > 0 || !suspects.includes(target) || point.addresses.includes(target)) return NO
  return {
    reaches: 'maybe',
    code: 'directed-broadcast',
    why: `${target} may be a directed broadcast that ${point.name} hears; declare its networks in the inventory`,
  }
}
