import type { Member, RedundancyGroup, Segment } from '../../model/network.ts'
import { citeGroup, distinct, listed, placeOf } from '../cite.ts'
import { isRunning } from '../roles.ts'
import { defineRule, exampleRouter } from '../rule.ts'

const HSRP = 'standby 10 ip 10.0.10.1'

export default defineRule({
  id: 'fhrp-version-mismatch',
  title: 'Members of a redundancy group run different versions of its protocol',
  severity: 'warning',
  rationale: `HSRP versions 1 and 2 talk on different multicast addresses, and VRRP versions 2 and 3 drop each other's packets: routers that run
different versions do not hear each other. Each believes itself alone and is active for the same virtual address; relays that are tied
to the active router then forward on both, and two copies of each boot request arrive.

Set one version on all members. Cisco IOS and NX-OS start with version 1 of HSRP where nothing is said (\`standby version 2\`,
\`hsrp version 2\`).`,
  examples: {
    bad: [
      {
        shows: 'Version 2 on one router, the default on the other.',
        configs: { r1: exampleRouter(2, 'standby version 2', HSRP), r2: exampleRouter(3, HSRP) },
      },
      {
        shows: 'VRRP in the form of version 2 and in that of version 3.',
        configs: {
          r1: exampleRouter(2, 'vrrp 10 ip 10.0.10.1'),
          r2: exampleRouter(3, 'vrrp 10 address-family ipv4', ' address 10.0.10.1 primary'),
        },
      },
    ],
    good: [
      {
        shows: 'One version.',
        configs: { r1: exampleRouter(2, 'standby version 2', HSRP), r2: exampleRouter(3, 'standby version 2', HSRP) },
      },
      {
        shows: 'Groups with different numbers are different groups.',
        configs: { r1: exampleRouter(2, 'standby version 2', HSRP), r2: exampleRouter(3, 'standby 11 ip 10.0.10.11') },
      },
      {
        shows: 'HSRP and VRRP are different protocols.',
        configs: { r1: exampleRouter(2, HSRP), r2: exampleRouter(3, 'vrrp 10 ip 10.0.10.1') },
      },
    ],
  },
  *check({ network }) {
    for (const segment of network.segments)
      for (const members of namesakes(segment)) {
        const versions = new Set(members.map(m => m.group.version))
        if (versions.size < 2 || new Set(members.map(m => m.attachment.device)).size < 2) continue
        const [{ group }] = members as [Member, ...Member[]]
        const name = `${group.protocol.toUpperCase()} group ${group.id}`
        const said = members.map(m => `${m.attachment.device.device} runs version ${m.group.version}`)
        yield {
          subject: `${segment.id} ${group.protocol} ${group.id} ipv${group.family}`,
          message: `the members of ${name}${group.family === 6 ? ' over IPv6' : ''} on ${placeOf(segment)} do not hear each other: ${listed(distinct(said))}`,
          evidence: members.map(m => citeGroup(m, `${m.attachment.interface.name} runs version ${m.group.version} of ${name}`)),
        }
      }
  },
})

/** Running members with one protocol, number and IP version, whatever redundancy group their version puts them into. */
function namesakes({ groups }: Segment): Iterable<Member[]> {
  if (!mayDiffer(groups)) return []
  const found = new Map<string, Member[]>()
  for (const member of groups.flatMap(g => g.members)) {
    const { protocol, id, family, version } = member.group
    if (version === null || !isRunning(member)) continue
    const key = `${protocol} ${id} ${family}`
    found.set(key, [...(found.get(key) ?? []), member])
  }
  return found.values()
}

/** Versions can only differ inside of a group, or where HSRP has more than one. */
function mayDiffer(groups: readonly RedundancyGroup[]): boolean {
  if (groups.length > 1) return true
  const [first, ...others] = groups[0]?.members ?? []
  return others.some(m => m.group.version !== first?.group.version)
}
