// What captured operational output says about the members of a group.
import type { Observed } from '../model/device.ts'
import type { Attachment, Member, RedundancyGroup } from '../model/network.ts'
import type { Role } from '../model/result.ts'
import { groupName } from './keys.ts'

/** The role of one router at the time of the capture. */
export interface Sighting {
  readonly role: Role
  readonly reason: string
  readonly observed: Observed
}

/** GLBP and anycast gateways have no single active router: what is elected there says nothing about who forwards. */
export const ELECTS: ReadonlySet<string> = new Set(['hsrp', 'vrrp'])

const NOTHING: ReadonlyMap<Attachment, Sighting> = new Map()

/** What was seen of each member: by itself, else by a peer that names the active router. */
export function sightingsOf(group: RedundancyGroup): ReadonlyMap<Attachment, Sighting> {
  if (!ELECTS.has(group.protocol) || group.members.every(m => m.attachment.device.observed.length === 0)) return NOTHING
  const seen = new Map<Attachment, Sighting>()
  const own = group.members.map(member => ({ member, observed: observedOf(member) }))
  for (const { member, observed } of own) {
    if (!observed || observed.state === 'unknown') continue
    const { device } = member.attachment.device
    const reason = `${device} said so when it was captured: ${groupName(group)} is in state ${observed.state}`
    seen.set(member.attachment, { role: ROLES[observed.state], reason, observed })
  }
  for (const { member } of own) {
    if (seen.has(member.attachment)) continue
    const told = own.find(
      ({ observed }) => observed?.active != null && observed.active !== 'local' && stands(member, observed.active),
    )
    const leads = own.find(({ observed }) => observed?.state === 'active')
    if (told?.observed) {
      const reason = `${told.member.attachment.device.device} named it as the active router when it was captured`
      seen.set(member.attachment, { role: 'active', reason, observed: told.observed })
    } else if (leads?.observed && member.group.enabled && member.attachment.interface.enabled) {
      const reason = `${leads.member.attachment.device.device} was active when it was captured`
      seen.set(member.attachment, { role: 'standby', reason, observed: leads.observed })
    }
  }
  return seen
}

const ROLES: Readonly<Record<Observed['state'], Role>> = {
  active: 'active',
  standby: 'standby',
  listen: 'standby',
  init: 'down',
  unknown: 'unknown',
}

/** Whether an address is one of a member's own. */
export const stands = (member: Member, ip: string): boolean => member.attachment.addresses.some(a => a.ip === ip)

/** What a device said of its own group. */
export const observedOf = ({ attachment, group }: Member): Observed | undefined =>
  attachment.device.observed.find(
    o =>
      o.interface === attachment.interface.name &&
      o.protocol === group.protocol &&
      o.group === group.id &&
      o.family === group.family,
  )
