import type { Attachment, Conflict, Segment } from '../../model/network.ts'
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
        shows: 'However many routers have it, it is one finding.',
        configs: { r1: exampleRouter(1), r2: exampleRouter(1), r3: exampleRouter(1), r4: exampleRouter(1) },
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
    for (const { site, vrf, addresses, holders } of sharedBy(network.segments)) {
      const names = holders.map(nameOf)
      const shown = names.length > MOST ? [...names.slice(0, MOST), `${names.length - MOST} more`] : names
      yield {
        subject: `${site} ${vrf} ${listed(addresses)}`,
        message: `${listed(shown)} ${names.length === 2 ? 'both' : 'all'} have ${listed(addresses)}, which is no shared gateway: they are taken for different broadcast domains`,
        evidence: holders
          .slice(0, EVIDENCE)
          .flatMap(({ device, interface: i }) =>
            i.addresses
              .filter(a => addresses.includes(a.ip))
              .map(a => ({ device, line: a.line, note: `${i.name} has ${a.ip}/${a.prefix}` })),
          ),
      }
    }
  },
})

/** More names in a sentence, and more lines of evidence, say nothing new. */
const MOST = 6
const EVIDENCE = 20

interface Shared {
  readonly site: string
  readonly vrf: string
  readonly addresses: readonly string[]
  readonly holders: readonly Attachment[]
}

/** Who has which addresses in common: numbers that were given to a thousand branches are one finding. */
function sharedBy(segments: readonly Segment[]): Shared[] {
  const found = new Map<string, { site: string; vrf: string; addresses: readonly string[]; holders: Set<Attachment> }>()
  for (const { site, vrf, conflicts } of segments) {
    const byOther = new Map<Attachment, Conflict[]>()
    for (const conflict of conflicts) byOther.set(conflict.other, [...(byOther.get(conflict.other) ?? []), conflict])
    for (const [other, clashes] of byOther) {
      const addresses = distinct(clashes.map(c => c.address)).sort()
      const key = `${site}\n${vrf}\n${addresses.join(' ')}`
      const there = found.get(key) ?? { site, vrf, addresses, holders: new Set<Attachment>() }
      found.set(key, there)
      there.holders.add(other)
      for (const { own } of clashes) there.holders.add(own)
    }
  }
  return Array.from(found.values(), shared => ({
    ...shared,
    holders: [...shared.holders].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)),
  }))
}

const nameOf = ({ device, interface: i }: Attachment) => `${device.device} ${i.name}`
