// Takes apart what cannot be one broadcast domain: two routers with the same address that is no shared gateway.
import type { Interface } from '../model/device.ts'
import { isLinkLocal, subnetOf } from '../model/ip.ts'
import type { Domain, Stand } from './join.ts'
import { groupKey } from './keys.ts'

/** Two interfaces of different routers with one address; `other` stands in another domain for that reason. */
export interface Clash {
  readonly address: string
  readonly own: Stand
  readonly other: Stand
}

/** One domain while it fills: who has which address in it. */
interface Group {
  readonly stands: Stand[]
  readonly holders: Map<string, Stand>
}

const NONE: readonly Clash[] = []

/** More clashes of one address say nothing new. */
const MOST = 3

/** Splits stands whose subnets meet into domains in which no address is taken twice; mostly there is nothing to split. */
export function separate(stands: readonly Stand[]): Domain[] {
  if (!clashAmong(stands)) return [{ stands, clashes: NONE }]
  const groups: Group[] = []
  const byAddress = new Map<string, Group[]>()
  const enter = (stand: Stand, group: Group) => {
    group.stands.push(stand)
    for (const { ip } of stand.interface.addresses) {
      const held = group.holders.get(ip)
      if (!held) note(byAddress, ip, group)
      // One that is down must not hide one that is up.
      if (!held || stand.interface.enabled) group.holders.set(ip, stand)
    }
  }
  const clashing = (stand: Stand): Group[] => [
    ...new Set(
      stand.interface.addresses.flatMap(({ ip }) =>
        (byAddress.get(ip) ?? []).filter(g => clashOf(stand, g.holders.get(ip) as Stand) !== null),
      ),
    ),
  ]
  // Whoever shares an address founds a domain first; the others then choose the one that more speaks for.
  const times = new Map<string, number>()
  for (const s of stands) for (const { ip } of s.interface.addresses) times.set(ip, (times.get(ip) ?? 0) + 1)
  const founds = (s: Stand) => s.interface.addresses.some(a => (times.get(a.ip) ?? 0) > 1)
  for (const stand of [...stands.filter(founds).sort(byContent), ...stands.filter(s => !founds(s)).sort(byContent)]) {
    const closed = clashing(stand)
    let best: Group | undefined
    if (closed.length < groups.length) {
      const shut = new Set(closed)
      let most = Number.NEGATIVE_INFINITY
      for (const group of groups) {
        if (shut.has(group)) continue
        const bond = Math.max(...group.stands.map(member => bondOf(stand.interface, member.interface)))
        if (bond > most) [most, best] = [bond, group]
      }
    }
    if (!best) groups.push((best = { stands: [], holders: new Map() }))
    enter(stand, best)
  }
  const relaying = new Set(groups.filter(g => g.stands.some(s => s.interface.relays.some(r => r.live))))
  return groups.map(group => ({
    stands: group.stands,
    clashes: group.stands.flatMap(own =>
      own.interface.addresses.flatMap(({ ip }) => worstOf(ip, own, group, byAddress.get(ip) ?? [], relaying)),
    ),
  }))
}

/** The clashes of one address: first of all one that leaves a verdict open, which a domain that relays does in one VLAN. */
function worstOf(ip: string, own: Stand, group: Group, holders: readonly Group[], relaying: ReadonlySet<Group>): Clash[] {
  if (holders.length < 2) return []
  const clashing = (g: Group): Clash | undefined => {
    const other = g === group ? undefined : g.holders.get(ip)
    return other && clashOf(own, other) !== null ? { address: ip, own, other } : undefined
  }
  const { vlan } = own.interface
  const found = new Set<Clash>()
  const worst = holders.find(g => {
    const theirs = g.holders.get(ip)?.interface.vlan ?? null
    return relaying.has(g) && (vlan === null || theirs === null || theirs === vlan) && clashing(g)
  })
  for (const g of worst ? [worst, ...holders] : holders) {
    const clash = found.size > 0 && g === worst ? undefined : clashing(g)
    if (clash) found.add(clash)
    if (found.size === MOST) break
  }
  return [...found]
}

function note(byAddress: Map<string, Group[]>, ip: string, group: Group): void {
  const there = byAddress.get(ip)
  if (there) there.push(group)
  else byAddress.set(ip, [group])
}

/** Looks every address up once; only where one is taken twice is it worth comparing pairs. */
function clashAmong(stands: readonly Stand[]): boolean {
  const [first, second] = stands
  if (!first || !second) return false
  if (stands.length === 2) return clashOf(first, second) !== null
  const taken = new Map<string, Stand>()
  for (const stand of stands)
    for (const { ip } of stand.interface.addresses) {
      const other = taken.get(ip)
      if (other && clashOf(stand, other) !== null) return true
      if (!other || stand.interface.enabled) taken.set(ip, stand)
    }
  return false
}

/**
 * The address that two interfaces of different routers both have as their own; null where there is none. One that is down answers on
 * none: a spare router waits on the wire with the addresses of the one that it is to replace.
 */
export function clashOf(a: Stand, b: Stand): string | null {
  if (a.placed.device.device === b.placed.device.device || !a.interface.enabled || !b.interface.enabled) return null
  for (const { ip, prefix } of a.interface.addresses)
    if (
      !isLinkLocal(ip) &&
      !isEveryRouters(ip, prefix) &&
      b.interface.addresses.some(x => x.ip === ip) &&
      !isShared(ip, a.interface, b.interface)
    )
      return ip
  return null
}

/**
 * All routers of an IPv6 link have the subnet's own number in common (RFC 4291, 2.6.1). A configuration names it where the
 * rest comes from the hardware: `2001:db8:10::/64 eui-64`.
 */
const isEveryRouters = (ip: string, prefix: number): boolean =>
  ip.endsWith('::') && prefix < 127 && subnetOf(ip, prefix) === `${ip}/${prefix}`

/** Routers of a fabric have the gateway's address in common: one of them says so, or both set the same hardware address. */
const isShared = (ip: string, a: Interface, b: Interface): boolean =>
  (a.mac !== null && a.mac === b.mac) ||
  [a, b].some(i => i.groups.some(g => g.protocol === 'anycast' && g.virtual_addresses.includes(ip)))

/** What speaks for two interfaces being neighbours: one redundancy group with one address, one VLAN. */
function bondOf(a: Interface, b: Interface): number {
  const keys = new Set(b.groups.map(groupKey))
  const group = a.groups.some(
    g =>
      keys.has(groupKey(g)) &&
      b.groups.some(x => groupKey(x) === groupKey(g) && x.virtual_addresses.some(v => g.virtual_addresses.includes(v))),
  )
  const vlan = a.vlan === null || b.vlan === null ? 0 : a.vlan === b.vlan ? 1 : -1
  return (group ? 4 : 0) + vlan
}

/** An order that depends on what stands there, so that the order of files changes nothing; names decide last. */
function byContent(a: Stand, b: Stand): number {
  const key = ({ placed, interface: i }: Stand) =>
    `${i.vlan ?? ''} ${i.groups.map(groupKey).sort()} ${i.relays.map(r => r.target).sort()} ${i.addresses.map(a => a.ip)} ${placed.device.device} ${i.name}`
  return key(a) < key(b) ? -1 : 1
}
