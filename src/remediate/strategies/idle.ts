// A router that may become active and does not relay: what ties relays to the active router would tie them to nothing.
import type { Judgement } from '../../model/judgement.ts'
import type { RedundancyGroup } from '../../model/network.ts'

/** Says which member of a group has no relay to the point; null when all have one. */
export function idleMember(group: RedundancyGroup, { point, copies }: Judgement): string | null {
  const idle = group.members.find(
    m => m.group.enabled && m.attachment.interface.enabled && !copies.live.some(p => p.attachment.device === m.attachment.device),
  )
  if (!idle) return null
  const { device, interface: iface } = idle.attachment
  const name = `${group.protocol.toUpperCase()} group ${group.number}`
  return `${device.device} is in ${name} and does not relay ${iface.name} to ${point.name}, so while it is active none of the others would`
}
