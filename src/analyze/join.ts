// Which interfaces share a broadcast domain: those of one site and VRF whose subnets meet.
import type { Interface } from '../model/device.ts'
import { inSubnet, isLinkLocal, subnetOf } from '../model/ip.ts'
import type { PlacedDevice } from '../model/network.ts'

/** An interface on its way into a segment. */
export interface Stand {
  readonly placed: PlacedDevice
  readonly interface: Interface
  /** Its subnets, primary first, IPv4 before IPv6. */
  readonly subnets: readonly string[]
}

/** A link between two routers, not a place where clients boot. */
const TRANSIT_PREFIX = 30

/** True for interfaces that clients stand behind, or that relay or back each other up as if they did. */
export function facesClients(i: Interface): boolean {
  if (i.relays.length > 0 || i.groups.length > 0) return true
  return i.faces_clients && i.addresses.some(a => !a.ip.includes(':') && a.prefix < TRANSIT_PREFIX)
}

/** The subnets of an interface: link-local addresses stand on every link and tell nothing. */
export function subnetsOf(i: Interface): string[] {
  const addresses = i.addresses.filter(a => !isLinkLocal(a.ip))
  const rank = (a: (typeof addresses)[number]) => (a.ip.includes(':') ? 2 : 0) + (a.secondary ? 1 : 0)
  return [...new Set([...addresses].sort((a, b) => rank(a) - rank(b)).map(a => subnetOf(a.ip, a.prefix)))]
}

/** Groups stands that share a broadcast domain. A stand whose address cannot be read stays alone. */
export function join(stands: readonly Stand[]): Stand[][] {
  const leader = stands.map((_, n) => n)
  const find = (n: number): number => {
    let at = n
    while (leader[at] !== at) at = leader[at] = leader[leader[at] as number] as number
    return at
  }
  const unite = (a: number, b: number) => {
    leader[find(a)] = find(b)
  }
  const first = new Map<string, number>()
  const byDomain = new Map<string, Map<string, number[]>>()
  stands.forEach(({ placed, interface: i, subnets }, n) => {
    const domain = `${placed.site}\n${i.vrf}`
    const known = byDomain.get(domain) ?? new Map<string, number[]>()
    byDomain.set(domain, known)
    for (const subnet of subnets) {
      const key = `${domain}\n${subnet}`
      const other = first.get(key)
      if (other === undefined) first.set(key, n)
      else unite(n, other)
      known.set(subnet, [...(known.get(subnet) ?? []), n])
    }
  })
  for (const known of byDomain.values()) uniteDifferentMasks(known, stands, unite)
  const domains = new Map<number, Stand[]>()
  stands.forEach((stand, n) => {
    const at = find(n)
    const domain = domains.get(at)
    if (domain) domain.push(stand)
    else domains.set(at, [stand])
  })
  return [...domains.values()]
}

/**
 * Peers whose masks differ (/24 here, /23 there) still share the wire: each stands inside the other's subnet. A router
 * with a supernet far away does not stand inside the smaller one and is left alone.
 */
function uniteDifferentMasks(
  known: ReadonlyMap<string, readonly number[]>,
  stands: readonly Stand[],
  unite: (a: number, b: number) => void,
) {
  const prefixes = new Set([...known.keys()].map(prefixOf))
  for (const [subnet, inside] of known) {
    const ip = subnet.slice(0, subnet.indexOf('/'))
    for (const prefix of prefixes) {
      if (prefix >= prefixOf(subnet) || (prefix > 32 && !ip.includes(':'))) continue
      const wider = subnetOf(ip, prefix)
      for (const n of known.get(wider) ?? []) {
        const stand = stands[n] as Stand
        if (!stand.interface.addresses.some(a => inSubnet(a.ip, subnet))) continue
        for (const m of inside) unite(m, n)
      }
    }
  }
}

const prefixOf = (subnet: string) => Number(subnet.slice(subnet.indexOf('/') + 1))
