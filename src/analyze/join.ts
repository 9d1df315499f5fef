// Which interfaces share a broadcast domain: those of one site whose subnets meet, in one VRF or held together by FHRP.
import type { Address, Family, Interface } from '../model/device.ts'
import { inSubnet, isLinkLocal, subnetOf } from '../model/ip.ts'
import type { Attachment, PlacedDevice } from '../model/network.ts'
import { bondsAcrossVrfs } from './bonds.ts'
import { type Clash, separate } from './separate.ts'

/** An interface on its way into a segment. */
export interface Stand {
  readonly placed: PlacedDevice
  readonly interface: Interface
  /** Its subnets, primary first, IPv4 before IPv6. */
  readonly subnets: readonly string[]
  /** The same interface as its segment will hold it. */
  readonly attachment: Attachment
}

/** Interfaces that share a broadcast domain, and those elsewhere that cannot because an address is taken. */
export interface Domain {
  readonly stands: readonly Stand[]
  readonly clashes: readonly Clash[]
}

/** A link between two routers, not a place where clients boot. */
const TRANSIT_PREFIX = 30
const TRANSIT_PREFIX_6 = 126

/** True for interfaces that clients stand behind, or that relay or back each other up as if they did. */
export function facesClients(i: Interface): boolean {
  if (i.relays.length > 0 || i.groups.length > 0) return true
  return i.faces_clients && i.addresses.some(a => !a.ip.includes(':') && a.prefix < TRANSIT_PREFIX)
}

/** True where only IPv6 clients may stand behind an interface: without any relay it takes no part. */
export const facesClients6 = (i: Interface): boolean =>
  i.faces_clients && i.addresses.every(a => a.ip.includes(':')) && i.addresses.some(a => a.prefix < TRANSIT_PREFIX_6)

/** The subnets of an interface: link-local addresses stand on every link and tell nothing. */
export function subnetsOf(i: Interface): readonly string[] {
  const [only, ...more] = i.addresses
  if (only && more.length === 0) return isLinkLocal(only.ip) ? [] : [subnetOf(only.ip, only.prefix)]
  const addresses = i.addresses.filter(a => !isLinkLocal(a.ip))
  const rank = (a: (typeof addresses)[number]) => (a.ip.includes(':') ? 2 : 0) + (a.secondary ? 1 : 0)
  return [...new Set([...addresses].sort((a, b) => rank(a) - rank(b)).map(a => subnetOf(a.ip, a.prefix)))]
}

/**
 * Whether an address tells which subnet an interface stands in, for what it does in one IP version. An IPv4 address that comes from
 * elsewhere (DHCP, unnumbered) may stand in any, whatever its IPv6 subnet is.
 */
export const isPlaced = (i: Interface, family: Family): boolean =>
  !(family === 4 && hasUnknown(i)) && i.addresses.some(a => !isLinkLocal(a.ip) && !isAlone(i, a))

/** Whether the interface has an IPv4 address that its configuration does not show. */
const hasUnknown = ({ addressing, addresses }: Interface): boolean =>
  (addressing === 'dynamic' || addressing === 'unnumbered') && addresses.every(a => a.secondary || a.ip.includes(':'))

/** No client stands in the subnet of a single address: those on the wire are in another one. */
const isAlone = ({ faces_clients }: Interface, { ip, prefix }: Address): boolean =>
  faces_clients && prefix === (ip.includes(':') ? 128 : 32)

/** Whether an interface can be reached at an address that does not tell its subnet. */
export const isSomewhere = (i: Interface): boolean => !isPlaced(i, 4) && (i.addressing !== 'none' || i.addresses.length > 0)

/** Why the subnet of an interface cannot be told, in words. */
export const placelessText = (i: Interface): string => {
  const alone = hasUnknown(i) ? undefined : i.addresses.find(a => isAlone(i, a))
  return alone ? `its address ${alone.ip}/${alone.prefix} tells no subnet` : 'its address is not in the configuration'
}

/** Sets that grow together, by number. */
export interface Union {
  find(n: number): number
  unite(a: number, b: number): void
}

export function union(size: number): Union {
  const leader = new Int32Array(size).map((_, n) => n)
  const find = (n: number): number => {
    let at = n
    while (leader[at] !== at) at = leader[at] = leader[leader[at] as number] as number
    return at
  }
  return {
    find,
    unite: (a, b) => {
      leader[find(a)] = find(b)
    },
  }
}

/** Groups stands that share a broadcast domain. A stand whose address cannot be read stays alone. */
export function join(stands: readonly Stand[]): Domain[] {
  const sets = union(stands.length)
  const byVrf = new Map<string, Map<string, number[]>>()
  let last: Stand | undefined
  let known = new Map<string, number[]>()
  stands.forEach((stand, n) => {
    const { placed, interface: i, subnets } = stand
    // The interfaces of one router come in a row, and mostly stand in one VRF.
    if (last?.placed !== placed || last.interface.vrf !== i.vrf) {
      const domain = `${placed.site}\n${i.vrf}`
      known = byVrf.get(domain) ?? new Map()
      byVrf.set(domain, known)
      last = stand
    }
    for (const subnet of subnets) {
      const there: number[] | undefined = known.get(subnet)
      if (there) {
        sets.unite(n, there[0] as number)
        there.push(n)
      } else known.set(subnet, [n])
    }
  })
  for (const known of byVrf.values()) uniteDifferentMasks(known, stands, sets)
  const domains = collect(stands, sets).flatMap(separate)
  const bonds = [...bondsAcrossVrfs(domains)]
  if (bonds.length === 0) return domains
  const together = union(domains.length)
  for (const [a, b] of bonds) together.unite(a, b)
  return collect(domains, together).map(parts => ({
    stands: parts.flatMap(d => d.stands),
    clashes: parts.flatMap(d => d.clashes),
  }))
}

function collect<T>(items: readonly T[], sets: Union): T[][] {
  const collected = new Map<number, T[]>()
  items.forEach((item, n) => {
    const at = sets.find(n)
    const set = collected.get(at)
    if (set) set.push(item)
    else collected.set(at, [item])
  })
  return [...collected.values()]
}

/**
 * Peers whose masks differ (/24 here, /23 there) still share the wire: each stands inside the other's subnet. A router
 * with a supernet far away does not stand inside the smaller one and is left alone.
 */
function uniteDifferentMasks(known: ReadonlyMap<string, readonly number[]>, stands: readonly Stand[], sets: Union) {
  const prefixes = [...new Set([...known.keys()].map(prefixOf))]
  if (prefixes.length < 2) return
  for (const [subnet, inside] of known) {
    const ip = subnet.slice(0, subnet.indexOf('/'))
    for (const prefix of prefixes) {
      if (prefix >= prefixOf(subnet) || (prefix > 32 && !ip.includes(':'))) continue
      for (const n of known.get(subnetOf(ip, prefix)) ?? []) {
        const stand = stands[n] as Stand
        if (stand.interface.addresses.some(a => inSubnet(a.ip, subnet))) sets.unite(inside[0] as number, n)
      }
    }
  }
}

const prefixOf = (subnet: string) => Number(subnet.slice(subnet.indexOf('/') + 1))
