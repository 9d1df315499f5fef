// Which router is active, as far as configurations can tell. A prediction, always with its confidence.
import { ipv4Number } from '../model/ip.ts'
import type { Preferred } from '../model/judgement.ts'
import type { Attachment, Member, RedundancyGroup, Segment } from '../model/network.ts'
import type { Confidence, Role } from '../model/result.ts'

export interface Standing {
  readonly attachment: Attachment
  readonly role: Role
  readonly confidence: Confidence
}

/** The role of every router on a segment, in the order of its attachments. */
export function rolesOn(segment: Segment): Standing[] {
  const group = mainGroup(segment)
  const order = group ? rank(group) : []
  const confidence = group ? confidenceIn(group, order) : 'none'
  const alone = new Set(segment.attachments.map(a => a.device.device)).size === 1
  return segment.attachments.map(attachment => {
    if (!attachment.interface.enabled) return { attachment, role: 'down', confidence: 'high' }
    const place = order.findIndex(m => m.attachment === attachment)
    if (alone && place < 0) return { attachment, role: 'alone', confidence: 'high' }
    if (!group || place < 0) return { attachment, role: 'forwarding', confidence: 'none' }
    if (everyMemberForwards(group)) return { attachment, role: 'forwarding', confidence: 'none' }
    return { attachment, role: place === 0 ? 'active' : 'standby', confidence }
  })
}

/** The attachment that should go on relaying when the others stop, and how sure that choice is. */
export function preferredOn(segment: Segment): Preferred {
  const roles = rolesOn(segment)
  const active = roles.find(r => r.role === 'active')
  return { attachment: active?.attachment, confidence: active?.confidence ?? 'none' }
}

const everyMemberForwards = (group: RedundancyGroup) => group.protocol === 'glbp' || group.protocol === 'anycast'

/** The IPv4 group with the most running members; PXE on Windows is an IPv4 matter first. */
function mainGroup(segment: Segment): RedundancyGroup | undefined {
  const running = (g: RedundancyGroup) => g.members.filter(isRunning).length
  return segment.groups
    .filter(g => g.members.some(m => m.group.family === 4 && isRunning(m)))
    .sort((a, b) => running(b) - running(a))[0]
}

const isRunning = (m: Member) => m.group.enabled && m.attachment.interface.enabled

/** Best candidate first: effective priority, then the higher interface address (RFC 2281, RFC 5798). */
function rank(group: RedundancyGroup): Member[] {
  const address = (m: Member) => ipv4Number(m.attachment.addresses.find(a => !a.ip.includes(':'))?.ip ?? '0.0.0.0')
  return group.members.filter(isRunning).sort((a, b) => effectivePriority(b) - effectivePriority(a) || address(b) - address(a))
}

/** The owner of a VRRP address counts 255 whatever was configured. */
const isOwner = ({ attachment, group }: Member) =>
  group.protocol === 'vrrp' && attachment.addresses.some(a => group.virtual_addresses.includes(a.ip))
const effectivePriority = (m: Member) => (isOwner(m) ? 255 : (m.group.priority ?? 100))

/** High: the best differs and takes over. Medium: it differs, and keeps the role only if it had it. Low: a tie. */
function confidenceIn(group: RedundancyGroup, [best, next]: readonly Member[]): Confidence {
  if (!best || everyMemberForwards(group)) return 'none'
  if (!next) return 'low'
  if (group.members.some(m => m.group.follow !== null)) return 'low'
  if (effectivePriority(best) === effectivePriority(next)) return 'low'
  if (!best.group.preempt && !isOwner(best)) return 'medium'
  return group.members.some(m => m.group.tracked) ? 'medium' : 'high'
}
