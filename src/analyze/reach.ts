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

/** Prepared once per audit: which targets reach which point. Many relays have few targets, so each is looked at once. */
export function reachability(network: Network): (relay: Relay, iface: Interface, point: PxePoint) => Reach {
  const names = new Set(network.points.flatMap(p => p.hostnames.map(plain)))
  const around = subnetFinder(network)
  const hosts = new Map(Array.from(network.hosts, ([name, ips]) => [plain(name), ips]))
  const known = new Map<PxePoint, Map<string, Reach>>()
  return (relay, iface, point) => {
    let targets = known.get(point)
    if (!targets) known.set(point, (targets = new Map()))
    let reached = targets.get(relay.target)
    if (!reached) targets.set(relay.target, (reached = inAnyVrf(relay.target, point, { names, around, hosts })))
    if (point.vrf === null || reached === NO || (relay.vrf ?? iface.vrf) === point.vrf) return reached
    return reached.reaches === true ? ELSEWHERE : NO
  }
}

/** What is known of names and places, besides the point itself. */
interface Surroundings {
  /** Host names of all points. */
  readonly names: ReadonlySet<string>
  readonly hosts: ReadonlyMap<string, readonly string[]>
  readonly around: SubnetFinder
}

function inAnyVrf(target: string, point: PxePoint, known: Surroundings): Reach {
  if (point.addresses.includes(target)) return YES
  if (!isAddress(target)) return byName(target, point, known)
  if (point.networks.some(n => broadcastOf(n) === target)) return YES
  return broadcast(target, point, known.around)
}

function byName(target: string, point: PxePoint, known: Surroundings): Reach {
  const name = plain(target)
  if (point.hostnames.some(h => plain(h) === name)) return YES
  if (known.names.has(name)) return NO
  const addresses = known.hosts.get(name)
  if (addresses) {
    const reached = addresses.map(ip => inAnyVrf(ip, point, known))
    return reached.find(r => r.reaches === true) ?? reached.find(r => r.reaches !== false) ?? NO
  }
  const why = `${target} is no host name of a PXE point and not under hosts: in the inventory, so its address is unknown`
  return { reaches: 'maybe', code: 'unresolved-host', why }
}

const plain = (host: string) => host.toLowerCase().replace(/\.$/, '')

type SubnetFinder = (point: PxePoint) => readonly string[]

/** The most specific subnet seen around each address of a point: the audited routers may show where it stands. */
function subnetFinder(network: Network): SubnetFinder {
  const seen = new Map<string | null, ReadonlySet<string>>()
  const inVrf = (vrf: string | null): ReadonlySet<string> => {
    let subnets = seen.get(vrf)
    if (!subnets) {
      subnets = new Set(network.segments.filter(s => vrf === null || s.vrf === vrf).flatMap(s => s.subnets))
      seen.set(vrf, subnets)
    }
    return subnets
  }
  const found = new Map<PxePoint, readonly string[]>()
  return point => {
    let subnets = found.get(point)
    if (!subnets) found.set(point, (subnets = point.addresses.flatMap(ip => mostSpecific(ip, inVrf(point.vrf)))))
    return subnets
  }
}

function mostSpecific(ip: string, seen: ReadonlySet<string>): string[] {
  for (let prefix = ip.includes(':') ? 128 : 32; prefix > 0; prefix--) {
    const subnet = subnetOf(ip, prefix)
    if (seen.has(subnet)) return [subnet]
  }
  return []
}

const EVERYONE = '255.255.255.255'
/** Masks that servers stand behind, where nothing is known of theirs. */
const WIDEST = 16
const NARROWEST = 26
const GUESSES = Array.from({ length: NARROWEST - WIDEST + 1 }, (_, n) => WIDEST + n)

/** A target may be a directed broadcast that the point hears; only its declared networks settle that for good. */
function broadcast(target: string, point: PxePoint, subnetsAround: SubnetFinder): Reach {
  if (target !== EVERYONE) {
    if (point.networks.length > 0) return NO
    const known = subnetsAround(point)
    const guesses = () =>
      point.addresses.filter(ip => !ip.includes(':')).flatMap(ip => GUESSES.map(prefix => subnetOf(ip, prefix)))
    if (!(known.length > 0 ? known : guesses()).some(subnet => broadcastOf(subnet) === target)) return NO
  }
  return {
    reaches: 'maybe',
    code: 'directed-broadcast',
    why: `${target} may be a directed broadcast that ${point.name} hears; declare its networks in the inventory`,
  }
}
