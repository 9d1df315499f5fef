// Redundancy groups, from what was noted of them.
import type { Family, Group } from '../model/device.ts'
import type { DraftDevice, DraftGroup, DraftInterface } from './draft.ts'
import type { Platform } from './platform.ts'

/** The version that a group runs; null for protocols that have but one. */
export function versionOf(
  g: DraftGroup,
  i: DraftInterface,
  draft: DraftDevice,
  initial: Platform['defaults']['version'],
): number | null {
  if (g.protocol !== 'hsrp' && g.protocol !== 'vrrp') return null
  return g.version ?? i.versions.get(g.protocol) ?? draft.versions.get(g.protocol) ?? initial[g.protocol]
}

/** One group per IP version: where one number serves both, their elections are independent all the same. */
export function finishGroup(g: DraftGroup, version: number | null, i: DraftInterface, defaults: Platform['defaults']): Group[] {
  const families: Family[] = []
  if (g.family !== undefined) families.push(g.family)
  else {
    const six = g.learned.has(6) || g.virtual.some(v => v.includes(':'))
    if (!six || g.learned.has(4) || g.virtual.some(v => !v.includes(':'))) families.push(4)
    if (six) families.push(6)
  }
  const initiallyOn = !defaults.shutGroups?.includes(g.protocol)
  return families.map(family => {
    const inFamily = (ip: string) => ip.includes(':') === (family === 6)
    // An anycast gateway without an address of its own answers on the interface's addresses.
    const shared = g.protocol === 'anycast' && g.virtual.length === 0 ? i.addresses.map(a => a.ip) : g.virtual
    const virtual = shared.filter(inFamily)
    return {
      protocol: g.protocol,
      id: g.id,
      // VRRP for IPv6 exists in version 3 only (RFC 5798).
      version: g.protocol === 'vrrp' && family === 6 ? 3 : version,
      family,
      name: g.name ?? null,
      enabled: (g.enabled ?? initiallyOn) && (virtual.length > 0 || g.learned.has(family)),
      virtual_addresses: virtual,
      learned: g.learned.has(family) && virtual.length === 0,
      priority: g.protocol === 'anycast' ? null : (g.priority ?? 100),
      preempt: g.protocol !== 'anycast' && (g.preempt ?? defaults.preempt[g.protocol]),
      follow: g.follow ?? null,
      tracked: g.tracked,
      authentication: (g.protocol === 'hsrp' && g.authentication) || null,
      line: g.line,
    }
  })
}
