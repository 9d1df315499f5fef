// Which PXE point a relay's target is.
import type { Interface, Relay } from '../model/device.ts'
import type { PxePoint } from '../model/inventory.ts'
import { broadcastOf, inSubnet, isLinkLocal, subnetOf } from '../model/ip.ts'
import type { Network } from '../model/network.ts'
import { onwardFinder } from './onward.ts'

/** `maybe` comes with the reason why it cannot be known; `elsewhere`: the target is the point's, and looked up in another VRF. */
export type Reach =
  | { readonly reaches: boolean | 'elsewhere' }
  | { readonly reaches: 'maybe'; readonly code: MaybeCode; readonly why: string }
type MaybeCode = 'unresolved-host' | 'directed-broadcast' | 'unknown-vrf' | 'relayed-on'

const YES: Reach = { reaches: true }
const NO: Reach = { reaches: false }
const ELSEWHERE: Reach = { reaches: 'elsewhere' }
const isAddress = (target: string) => target.includes(':') || /^[\d.]+$/.test(target)

/** Says whether a relay leads to a point. */
export type Reaching = (relay: Relay, iface: Interface, point: PxePoint) => Reach

/** Prepared once per audit: which targets reach which point. Many relays have few targets, so each is looked at once. */
export function reachability(network: Network): Reaching {
  const names = new Set(network.points.flatMap(p => p.hostnames.map(plain)))
  const around = subnetFinder(network)
  const hosts = new Map(Array.from(network.hosts, ([name, ips]) => [plain(name), ips]))
  const known = new Map<PxePoint, Map<string, Reach>>()
  const vrfsOf = vrfFinder(network)
  const direct: Reaching = (relay, iface, point) => {
    let targets = known.get(point)
    if (!targets) known.set(point, (targets = new Map()))
    let reached = targets.get(relay.target)
    if (!reached) targets.set(relay.target, (reached = inAnyVrf(relay.target, point, { names, around, hosts })))
    if (point.vrf === null || reached === NO || (relay.vrf ?? iface.vrf) === point.vrf) return reached
    const { own, all } = vrfsOf(iface)
    if (own.has(point.vrf)) return reached.reaches === true ? ELSEWHERE : NO
    return reached.reaches === true ? inNoVrf(relay, point, all.has(point.vrf)) : reached
  }
  const leads = (relay: Relay, iface: Interface, point: PxePoint) => {
    const { reaches } = direct(relay, iface, point)
    return reaches === true || reaches === 'maybe'
  }
  const onward = onwardFinder(network, leads, target => (isAddress(target) ? [target] : (hosts.get(plain(target)) ?? [])))
  return (relay, iface, point) => {
    const reached = direct(relay, iface, point)
    if (reached.reaches !== false || !relay.live) return reached
    const router = onward(relay, iface, point)
    return router === null ? reached : mayPassOn(relay, point, router)
  }
}

/** The VRFs of an interface's router, and those of all routers. Each has a global table, whether an interface stands in it or not. */
function vrfFinder({ devices }: Network): (iface: Interface) => Record<'own' | 'all', ReadonlySet<string>> {
  const byInterface = new Map<Interface, ReadonlySet<string>>()
  const all = new Set<string>()
  return iface => {
    if (byInterface.size === 0)
      for (const { device } of devices) {
        const own = new Set(['default', ...device.interfaces.flatMap(i => [i.vrf, ...i.relays.flatMap(r => r.vrf ?? [])])])
        for (const vrf of own) all.add(vrf)
        for (const i of device.interfaces) byInterface.set(i, own)
      }
    return { own: byInterface.get(iface) ?? all, all }
  }
}

/**
 * A VRF that no router has is a mistake in the inventory, and no proof of anything. Names of VRFs are local: where only others have it,
 * this one may call it otherwise, or reach it from its global table through a router that does.
 */
const inNoVrf = (relay: Relay, point: PxePoint, elsewhere: boolean): Reach => ({
  reaches: 'maybe',
  code: 'unknown-vrf',
  why: `${relay.target} is ${point.name}, which is meant in VRF ${point.vrf}, and ${elsewhere ? 'this router has none of that name, so another of its VRFs may be that one' : 'no router has that; correct its vrf: (the global table is called default)'}`,
})

/** What a relay is sent by another one it relays as well, where it hears it. */
const mayPassOn = ({ target }: Relay, point: PxePoint, router: string): Reach => ({
  reaches: 'maybe',
  code: 'relayed-on',
  why: `${target} leads to ${router}, which relays to ${point.name} and may pass on what it is sent`,
})

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

/** How two spellings of a host name are told to be the same. */
export const plain = (host: string) => host.toLowerCase().replace(/\.$/, '')

type SubnetFinder = (point: PxePoint) => readonly string[]

/** The subnets seen around each address of a point: the audited routers may show where it stands, and disagree on the mask. */
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
    if (!subnets) found.set(point, (subnets = point.addresses.flatMap(ip => allAround(ip, inVrf(point.vrf)))))
    return subnets
  }
}

function allAround(ip: string, seen: ReadonlySet<string>): string[] {
  const around: string[] = []
  for (let prefix = ip.includes(':') ? 128 : 32; prefix > 0; prefix--) {
    const subnet = subnetOf(ip, prefix)
    if (seen.has(subnet)) around.push(subnet)
  }
  return around
}

const EVERYONE = '255.255.255.255'
/** DHCPv6 servers of the site, and servers and relay agents of a link (RFC 8415, 7.1). */
const EVERYONE_6 = new Set(['ff05::1:3', 'ff02::1:2'])
/** Masks that servers stand behind, where nothing is known of theirs. */
const GUESSES = Array.from({ length: 21 }, (_, n) => 8 + n)

/** A target may be a directed broadcast that the point hears; only its declared networks settle that for good. */
function broadcast(target: string, point: PxePoint, subnetsAround: SubnetFinder): Reach {
  if (target.includes(':')) return beyond(target, point)
  if (target === EVERYONE) return mayHear(target, point)
  // Old hosts take the number of their subnet for its broadcast address too (RFC 1122, 3.3.6).
  if (point.networks.some(n => isNumberOf(target, n))) return mayTake(target, point)
  // An address with a length of 32 is how people write the address; it does not say that no broadcast is heard there.
  const told = point.networks.filter(n => !n.endsWith('/32'))
  const open = point.addresses.filter(ip => !ip.includes(':') && !told.some(n => inSubnet(ip, n)))
  if (open.length === 0) return NO
  const known = subnetsAround(point)
  const around = open.flatMap(ip => {
    const seen = known.filter(subnet => inSubnet(ip, subnet))
    return seen.length > 0 ? seen : GUESSES.map(prefix => subnetOf(ip, prefix))
  })
  return around.some(subnet => broadcastOf(subnet) === target || isNumberOf(target, subnet)) ? mayHear(target, point) : NO
}

/** An IPv6 target that is none of the point's addresses. Relays name servers of a link by what these are called there alone. */
function beyond(target: string, point: PxePoint): Reach {
  const six = point.addresses.filter(ip => ip.includes(':'))
  if (six.length === 0) return NO
  if (EVERYONE_6.has(target)) return mayHear(target, point)
  if (!isLinkLocal(target) || six.some(isLinkLocal)) return NO
  return mayBe(target, point)
}

/** Whether an address is the number of a subnet that has a broadcast address. */
const isNumberOf = (ip: string, subnet: string): boolean => subnet.startsWith(`${ip}/`) && broadcastOf(subnet) !== null

const mayHear = (target: string, point: PxePoint): Reach => ({
  reaches: 'maybe',
  code: 'directed-broadcast',
  why: `${target} may be a broadcast that ${point.name} hears; declare its networks in the inventory, or write --pxe with the length of its mask (10.9.9.5/24)`,
})

const mayTake = (target: string, point: PxePoint): Reach => ({
  reaches: 'maybe',
  code: 'directed-broadcast',
  why: `${target} is the number of a network of ${point.name}, which some hosts take for its broadcast address`,
})

/** Every IPv6 host has a link-local address, whether it is listed or not (RFC 4291, 2.1). */
const mayBe = (target: string, point: PxePoint): Reach => ({
  reaches: 'maybe',
  code: 'unresolved-host',
  why: `${target} is a link-local address, and none is listed of ${point.name}, so it may be that; add its own to its addresses in the inventory`,
})
