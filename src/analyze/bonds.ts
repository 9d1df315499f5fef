// VRF names are local to a router. Where they differ, a redundancy group that both sides run shows that it is one network.
import type { Domain } from './join.ts'
import { groupKey, tellingAddresses } from './keys.ts'
import { clashOf } from './separate.ts'

/** Pairs of domains (by position) in one site that run the same group with the same virtual address in a common subnet. */
export function* bondsAcrossVrfs(domains: readonly Domain[]): Generator<readonly [number, number]> {
  const seen = new Map<string, number[]>()
  const several = sitesWithSeveral(domains)
  for (const [n, { stands }] of domains.entries()) {
    if (!several.has(stands[0]?.placed.site ?? '')) continue
    const keys = new Set<string>()
    for (const { placed, interface: i, subnets } of stands)
      for (const g of i.groups) {
        // The members of an anycast gateway never talk to each other: that they answer alike shows nothing.
        if (!g.enabled || g.protocol === 'anycast') continue
        for (const ip of tellingAddresses(g))
          for (const subnet of subnets) keys.add(`${placed.site}\n${groupKey(g)}\n${ip}\n${subnet}`)
      }
    for (const key of keys) {
      const others = seen.get(key)
      if (!others) {
        seen.set(key, [n])
        continue
      }
      for (const other of others) if (mayBeOne(domains[other] as Domain, domains[n] as Domain)) yield [other, n]
      others.push(n)
    }
  }
}

/** Sites with more than one VRF; elsewhere there is nothing to join. */
function sitesWithSeveral(domains: readonly Domain[]): ReadonlySet<string> {
  const first = new Map<string, string>()
  const several = new Set<string>()
  for (const { stands } of domains) {
    const [stand] = stands
    if (!stand) continue
    const vrf = first.get(stand.placed.site)
    if (vrf === undefined) first.set(stand.placed.site, stand.interface.vrf)
    else if (vrf !== stand.interface.vrf) several.add(stand.placed.site)
  }
  return several
}

/** A router that has both VRFs keeps them apart, and so does an address that is taken on both sides. */
function mayBeOne(a: Domain, b: Domain): boolean {
  const vrf = (d: Domain) => d.stands[0]?.interface.vrf
  if (vrf(a) === vrf(b)) return false
  const routers = new Set(a.stands.map(s => s.placed.device.device))
  return (
    b.stands.every(s => !routers.has(s.placed.device.device)) && a.stands.every(x => b.stands.every(y => clashOf(x, y) === null))
  )
}
