import type { Attachment, Conflict } from '../../model/network.ts'
import { distinct, listed } from '../cite.ts'
import { defineRule, exampleRouter } from '../rule.ts'

export default defineRule({
  id: 'duplicate-address',
  title: 'Two routers have the same address',
  severity: 'warning',
  rationale: `Interfaces of two routers have one address, and it is no gateway that they share on purpose (anycast, or one hardware address set on
both). On one wire that is an address conflict, and neither router works reliably; more often they stand on two networks with the same
numbers. The audit takes them for different broadcast domains, so their relays are not added up.

Where the networks are two, put the routers into different sites in the inventory, and the finding goes. Where they are one, one of the
addresses is wrong: correct it, and audit again.`,
  examples: {
    bad: [
      {
        shows: 'Two branches were given the same numbers.',
        configs: { r1: exampleRouter(1, 'ip helper-address 10.9.9.5'), r2: exampleRouter(1, 'ip helper-address 10.9.9.5') },
      },
      {
        shows: 'Two addresses of one pair of interfaces: one finding.',
        configs: {
          r1: exampleRouter(1, 'ip address 10.0.110.1 255.255.255.0 secondary'),
          r2: exampleRouter(1, 'ip address 10.0.110.1 255.255.255.0 secondary'),
        },
      },
    ],
    good: [
      { shows: 'Each router has an address of its own.', configs: { r1: exampleRouter(2), r2: exampleRouter(3) } },
      {
        shows: 'What they share is a virtual address.',
        configs: { r1: exampleRouter(2, 'standby 10 ip 10.0.10.1'), r2: exampleRouter(3, 'standby 10 ip 10.0.10.1') },
      },
    ],
  },
  *check({ network }) {
    // Every conflict is known to both segments.
    const pairs = new Map<string, Conflict[]>()
    for (const conflict of network.segments.flatMap(s => s.conflicts)) {
      const key = [conflict.own, conflict.other].map(nameOf).sort().join(' and ')
      pairs.set(key, [...(pairs.get(key) ?? []), conflict])
    }
    for (const [subject, conflicts] of pairs) {
      const [{ own, other }] = conflicts as [Conflict, ...Conflict[]]
      const addresses = distinct(conflicts.map(c => c.address)).sort()
      yield {
        subject,
        message: `${subject} both have ${listed(addresses)}, which is no shared gateway: they are taken for different broadcast domains`,
        evidence: [own, other]
          .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1))
          .flatMap(({ device, interface: i }) =>
            i.addresses
              .filter(a => addresses.includes(a.ip))
              .map(a => ({ device, line: a.line, note: `${i.name} has ${a.ip}/${a.prefix}` })),
          ),
      }
    }
  },
})

const nameOf = ({ device, interface: i }: Attachment) => `${device.device} ${i.name}`
