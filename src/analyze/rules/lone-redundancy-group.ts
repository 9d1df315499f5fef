import { isLone } from '../doubts.ts'
import { groupName } from '../keys.ts'
import { defineRule, exampleRouter } from '../rule.ts'

export default defineRule({
  id: 'lone-redundancy-group',
  title: 'A redundancy group has only one router in the audit',
  severity: 'warning',
  rationale: `A group that runs on one router only has a peer somewhere, and the peer's configuration is not in the audit (or its group has
another number). Whether it relays too cannot be known, so the segment is reported as unknown unless two copies are proven already.
Add the peer to the inventory, or remove the group if it has no peer.`,
  examples: {
    bad: [
      { shows: 'The other half of the pair was not collected.', configs: { r1: exampleRouter(2, 'standby 10 ip 10.0.10.1') } },
    ],
    good: [
      {
        shows: 'Both halves are there.',
        configs: { r1: exampleRouter(2, 'standby 10 ip 10.0.10.1'), r2: exampleRouter(3, 'standby 10 ip 10.0.10.1') },
      },
      { shows: 'A router without a redundancy group.', configs: { r1: exampleRouter(2) } },
    ],
  },
  *check({ network }) {
    for (const segment of network.segments)
      for (const group of segment.groups.filter(isLone)) {
        const [first] = group.members
        if (!first) continue
        const { device, interface: iface } = first.attachment
        yield {
          subject: `${segment.id} ${group.id}`,
          segment,
          message: `${groupName(group)} on ${segment.subnets.join(' and ') || iface.name} runs on ${device.device} alone; its peer is not in the audit`,
          evidence: group.members.map(m => ({
            device: m.attachment.device,
            line: m.group.line,
            note: `${m.attachment.interface.name} is a member`,
          })),
        }
      }
  },
})
