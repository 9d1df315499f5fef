// Which router is active: what the devices said themselves where that was captured, else a prediction with its confidence.
import { ipv4Number } from '../model/ip.ts'
import type { Preferred } from '../model/judgement.ts'
import type { Attachment, Member, RedundancyGroup, Segment, Standing } from '../model/network.ts'
import type { Confidence, Role } from '../model/result.ts'
import { groupName } from './keys.ts'
import { type Sighting, sightingsOf } from './sightings.ts'

/** What a segment is made of before its roles are known. */
type Members = Pick<Segment, 'attachments' | 'groups'>

/** The role of every router on a segment, in the order of its attachments. */
export function standingsOf(segment: Members): readonly Standing[] {
  const group = mainGroup(segment)
  const order = group ? rank(group) : []
  const foreseen = group ? forecast(group, order) : { confidence: 'none' as const, why: '' }
  const seen = group ? sightingsOf(group) : NOTHING_SEEN
  const [first] = segment.attachments
  const alone = segment.attachments.every(a => a.device === first?.device)
  return segment.attachments.map(attachment => {
    const place = order.findIndex(m => m.attachment === attachment)
    const base = predict(attachment, group, place, alone, foreseen)
    const sighting = seen.get(attachment)
    return sighting ? { ...base, ...sighting, confidence: 'high' } : base
  })
}

const NOTHING_SEEN: ReadonlyMap<Attachment, Sighting> = new Map()

/** How sure it is that the best of a group is active, and why. */
export interface Forecast {
  readonly confidence: Confidence
  readonly why: string
}

function predict(
  attachment: Attachment,
  group: RedundancyGroup | undefined,
  place: number,
  alone: boolean,
  f: Forecast,
): Standing {
  const is = (role: Role, confidence: Confidence, reason: string): Standing => ({
    attachment,
    role,
    confidence,
    reason,
    observed: null,
    predicted: role,
  })
  if (!attachment.interface.enabled) return is('down', 'high', `${attachment.interface.name} is down`)
  if (!group || place < 0) {
    const shut = group?.members.find(m => m.attachment === attachment && !m.group.enabled)
    if (group && shut) return is('down', 'high', `${groupName(group)} is not running on it`)
    if (alone) return is('alone', 'high', 'no other router of the audit stands on the segment')
    return is('forwarding', 'none', group ? `it is no member of ${groupName(group)}` : 'no redundancy group runs on the segment')
  }
  if (everyMemberForwards(group)) return is('forwarding', 'none', `every member of ${groupName(group)} forwards`)
  return is(place === 0 ? 'active' : 'standby', f.confidence, f.why)
}

const NOBODY: Preferred = { attachment: undefined, confidence: 'none' }

/** The attachment that should go on relaying when the others stop, and how sure that choice is. */
export function preferredOn(segment: Segment): Preferred {
  let only: Standing | undefined
  for (const standing of segment.standings) {
    if (standing.role !== 'active') continue
    // Two that say so of themselves: neither is.
    if (only) return { attachment: only.attachment, confidence: 'low' }
    only = standing
  }
  return only ? { attachment: only.attachment, confidence: only.confidence } : NOBODY
}

const everyMemberForwards = (group: RedundancyGroup) => group.protocol === 'glbp' || group.protocol === 'anycast'

/** The IPv4 group with the most running members; PXE on Windows is an IPv4 matter first. */
export function mainGroup(segment: Members): RedundancyGroup | undefined {
  const candidates = segment.groups.filter(g => g.members.some(m => m.group.family === 4 && isRunning(m)))
  if (candidates.length < 2) return candidates[0]
  const running = (g: RedundancyGroup) => g.members.filter(isRunning).length
  return candidates.sort((a, b) => running(b) - running(a))[0]
}

/** Enabled, on an interface that is up. */
export const isRunning = (m: Member): boolean => m.group.enabled && m.attachment.interface.enabled

/** The address a router takes part in an election with: the primary one of the interface, of the group's IP version. */
const electionAddress = (m: Member): string =>
  m.attachment.addresses.find(a => a.ip.includes(':') === (m.group.family === 6))?.ip ?? ''
/** Higher addresses win ties; IPv6 ones are left in the order of their names. */
const addressOrder = (m: Member): number => {
  const ip = electionAddress(m)
  return ip === '' || ip.includes(':') ? 0 : ipv4Number(ip)
}

/** Best candidate first: effective priority, then the higher interface address (RFC 2281, RFC 5798). */
export const rank = (group: RedundancyGroup): Member[] =>
  group.members.filter(isRunning).sort((a, b) => effectivePriority(b) - effectivePriority(a) || addressOrder(b) - addressOrder(a))

/** The owner of a VRRP address counts 255 whatever was configured (RFC 5798, 5.2.4). */
const isOwner = ({ attachment, group }: Member) =>
  group.protocol === 'vrrp' && attachment.addresses.some(a => group.virtual_addresses.includes(a.ip))
export const effectivePriority = (m: Member): number => (isOwner(m) ? 255 : (m.group.priority ?? 100))

/** High: the best differs and takes over. Medium: it differs, and keeps the role only if it had it. Low: a tie. */
export function forecast(group: RedundancyGroup, [best, next]: readonly Member[]): Forecast {
  const is = (confidence: Confidence, why: string): Forecast => ({ confidence, why: `predicted: ${why}` })
  if (!best || everyMemberForwards(group)) return is('none', 'there is no election')
  const name = best.attachment.device.device
  if (!next) return is('low', 'its peers are not known')
  if (group.members.some(m => m.group.follow !== null)) return is('low', 'the group follows another one')
  const [high, second] = [effectivePriority(best), effectivePriority(next)]
  if (high === second) {
    const ip = electionAddress(best)
    return is('low', `priorities are equal (${high}); ${name} has the higher address (${ip}), and whoever was first may stay`)
  }
  if (isOwner(best)) return is('high', `${name} owns the virtual address, so it counts as priority 255 and takes over`)
  const leads = `${name} has the highest priority (${high} before ${second})`
  if (!best.group.preempt) return is('medium', `${leads} and does not preempt: it leads only if it came first`)
  if (group.members.some(m => m.group.tracked)) return is('medium', `${leads} and preempts, and tracking may lower a priority`)
  return is('high', `${leads} and preempts`)
}
