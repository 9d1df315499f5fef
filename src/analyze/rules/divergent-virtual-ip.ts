import type { Member } from '../../model/network.ts'
import { groupName, tellingAddresses } from '../keys.ts'
import { defineRule, exampleRouter } from '../rule.ts'

export default defineRule({
  id: 'divergent-virtual-ip',
  title: 'Members of a redundancy group disagree on the virtual address',
  severity: 'warning',
  rationale: `Routers that back each other up must answer on the same virtual address. Where they differ, clients lose their gateway on a
failover, and the election may not happen at all: each router can be active for its own address.`,
  examples: {
    bad: [
      {
        shows: 'One of the two was typed wrong.',
        configs: { r1: exampleRouter(2, 'standby 10 ip 10.0.10.1'), r2: exampleRouter(3, 'standby 10 ip 10.0.10.11') },
      },
    ],
    good: [
      {
        shows: 'Both agree.',
        configs: { r1: exampleRouter(2, 'standby 10 ip 10.0.10.1'), r2: exampleRouter(3, 'standby 10 ip 10.0.10.1') },
      },
      {
        shows: 'One learns the address from the other.',
        configs: { r1: exampleRouter(2, 'standby 10 ip 10.0.10.1'), r2: exampleRouter(3, 'standby 10 ip') },
      },
    ],
  },
  *check({ network }) {
    for (const segment of network.segments)
      for (const group of segment.groups) {
        if (group.members.every(m => sameAddresses(m, group.members[0]))) continue
        const stating = group.members.filter(m => m.group.enabled && !m.group.learned && tellingAddresses(m.group).length > 0)
        const [first, ...others] = stating.map(m => tellingAddresses(m.group).sort().join(' '))
        if (others.every(other => other === first)) continue
        yield {
          subject: `${segment.id} ${group.id}`,
          segment,
          message: `${groupName(group)} on ${segment.subnets.join(' and ')} has different virtual addresses: ${stating.map(m => `${m.attachment.device.device} has ${tellingAddresses(m.group).join(' and ')}`).join(', ')}`,
          evidence: stating.map(m => ({
            device: m.attachment.device,
            line: m.group.line,
            note: `answers on ${tellingAddresses(m.group).join(' and ')}`,
          })),
        }
      }
  },
})

/** The common case, told without sorting anything. */
const sameAddresses = ({ group: a }: Member, other: Member | undefined): boolean =>
  other !== undefined &&
  a.virtual_addresses.length === other.group.virtual_addresses.length &&
  a.virtual_addresses.every((ip, n) => ip === other.group.virtual_addresses[n])
