// What routers said when they were captured, where it goes beyond what the configurations show.
import { isLinkLocal } from '../model/ip.ts'
import type { RedundancyGroup, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'
import { listed } from './cite.ts'
import { groupName } from './keys.ts'
import { ELECTS, observedOf, stands } from './sightings.ts'

/**
 * Why more than one router of a group may be active: each was said to be, by itself or by another one. They may not hear each other, or
 * one took over between two captures; which of the two nobody knows.
 */
export function contestedIn(group: RedundancyGroup): string | undefined {
  if (!ELECTS.has(group.protocol)) return undefined
  const active = new Set<string>()
  for (const member of group.members) {
    const seen = observedOf(member)
    if (!seen) continue
    const { device } = member.attachment.device
    if (seen.state === 'active') active.add(device)
    const { active: named } = seen
    if (named !== null && named !== 'local')
      for (const m of group.members) if (stands(m, named)) active.add(m.attachment.device.device)
  }
  return active.size < 2
    ? undefined
    : `${listed([...active])} were each said to be active in ${groupName(group)} when the routers were captured, so more than one may forward`
}

/** Active and standby routers that were named by an address which no router that was read has on the segment: one more stands there. */
export function strangersOn({ attachments, groups }: Segment): Reason[] {
  if (attachments.every(a => a.device.observed.length === 0)) return NONE
  const named = new Map<string, Reason>()
  for (const group of groups)
    for (const member of group.members) {
      const seen = observedOf(member)
      const { device } = member.attachment.device
      for (const role of ['active', 'standby'] as const) {
        const ip = seen?.[role] ?? 'local'
        if (ip === 'local' || isLinkLocal(ip) || named.has(ip)) continue
        if (attachments.some(a => a.addresses.some(x => x.ip === ip))) continue
        const message = `${device} named ${ip} as the ${role} router of ${groupName(group)} when it was captured, and no router that was read has that address here`
        named.set(ip, { code: 'peer-missing', message, device, line: member.group.line })
      }
    }
  return [...named.values()]
}

const NONE: Reason[] = []
