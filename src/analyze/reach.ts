// Which PXE point a relay's target is.
import type { Interface, Relay } from '../model/device.ts'
import type { PxePoint } from '../model/inventory.ts'
import { broadcastOf, subnetOf } from '../model/ip.ts'
import type { Network } from '../model/network.ts'

/** `maybe` comes with the reason why it cannot be known; `elsewhere`: the target is the point's, and looked up in another VRF. */
export type Reach =
  | { readonly reaches: boolean | 'elsewhere' }
  | { readonly reaches: 'maybe'; readonly code: 'unresolved-host' | 'directed-broadcast'; readonly why: string }

const YES: Reach = { reaches: true }
const NO: Reach = { reaches: false }
const ELSEWHERE: Reach = { reaches: 'elsewhere' }
const isAddress = (target: string) => target.includes(':') || /^[\d.]+$/.test(target)

/** Prepared once per audit: which targets reach which point. */
export function reachability(network: Network): (relay: Relay, iface: Interface, point: PxePoint) => Reach {
  const names = new Set(network.points.flatMap(p => p.hostnames.map(plain)))
  const subnets = new Map(network.points.map(p => [p.name, subnetsAround(network, p)]))
  const inAnyVrf = (relay: Relay, point: PxePoint): Reach => {
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
  return (relay, iface, point) => {
    const reached = inAnyVrf(relay, point)
    if (point.vrf === null || (relay.vrf ?? iface.vrf) === point.vrf) return reached
    return reached.reaches === true ? ELSEWHERE : NO
  }
}

const plain = (host: string) => host.toLowerCase().replace(/\.$/, '')

/** The most specific subnet seen around each address of the point: the audited routers may show where it stands. */
function subnetsAround(network: Network, { addresses, vrf }: PxePoint): string[] {
  const seen = new Set<string>()
  for (const s of network.segments) if (vrf === null || s.vrf === vrf) for (const subnet of s.subnets) seen.add(subnet)
  return addresses.flatMap(ip => {
    for (let prefix = ip.includes(':') ? 128 : 32; prefix > 0; prefix--) {
      const subnet = subnetOf(ip, prefix)
      if (seen.has(subnet)) return [subnet]
    }
    return []
  })
}

const EVERYONE = '255.255.255.255'
/** Masks that servers stand behind, where nothing is known of theirs. */
const WIDEST = 16
const NARROWEST = 26

/** A target may be a directed broadcast that the point hears; only its declared networks settle that for good. */
function broadcast(target: string, point: PxePoint, known: readonly string[]): Reach {
  if (point.networks.length > 0 && target !== EVERYONE) return NO
  const guesses = Array.from({ length: NARROWEST - WIDEST + 1 }, (_, n) => WIDEST + n)
  const around =
    known.length > 0
      ? known
      : point.addresses.filter(ip => !ip.includes(':')).flatMap(ip => guesses.map(prefix => subnetOf(ip, prefix)))
  if (target !== EVERYONE && !around.some(subnet => broadcastOf(subnet) === target)) return NO
  return {
    reaches: 'maybe',
    code: 'directed-broadcast',
    why: `${target} may be a directed broadcast that ${point.name} hears; declare its networks in the inventory`,
  }
}
