import type { RedundancyGroup } from '../../model/network.ts'
import { citeGroup, distinct, listed, placeOf } from '../cite.ts'
import { groupName } from '../keys.ts'
import { effectivePriority, rank } from '../roles.ts'
import { defineRule, exampleRouter } from '../rule.ts'
import { sightingsOf } from '../sightings.ts'

const HSRP = 'standby 10 ip 10.0.10.1'

export default defineRule({
  id: 'tied-priority',
  title: 'The best two routers of a group have the same priority',
  severity: 'info',
  rationale: `With equal priorities the higher interface address wins an election, and the router that came first keeps the role all the same:
which one is active cannot be told from the configuration and may be another one after every restart. Whoever takes the relay to the PXE
server off the standby router has to look first which one that is.

Give the router that is meant to be active the higher priority, and let it preempt.`,
  examples: {
    bad: [
      {
        shows: 'Nobody set a priority: both have 100.',
        configs: { r1: exampleRouter(2, HSRP), r2: exampleRouter(3, HSRP) },
      },
      {
        shows: 'The best two of three are equal.',
        configs: {
          r1: exampleRouter(2, HSRP, 'standby 10 priority 120'),
          r2: exampleRouter(3, HSRP, 'standby 10 priority 120'),
          r3: exampleRouter(4, HSRP),
        },
      },
    ],
    good: [
      {
        shows: 'One has the higher priority.',
        configs: { r1: exampleRouter(2, HSRP, 'standby 10 priority 110'), r2: exampleRouter(3, HSRP) },
      },
      {
        shows: 'The owner of a VRRP address counts 255.',
        configs: { r1: exampleRouter(1, 'vrrp 10 ip 10.0.10.1'), r2: exampleRouter(3, 'vrrp 10 ip 10.0.10.1') },
      },
      {
        shows: 'In GLBP every member forwards.',
        configs: { r1: exampleRouter(2, 'glbp 10 ip 10.0.10.1'), r2: exampleRouter(3, 'glbp 10 ip 10.0.10.1') },
      },
    ],
  },
  *check({ network }) {
    for (const segment of network.segments)
      for (const group of segment.groups) {
        const tied = tiedIn(group)
        if (tied.length === 0) continue
        const names = distinct(tied.map(m => m.attachment.device.device))
        const priority = effectivePriority(tied[0] as (typeof tied)[number])
        yield {
          subject: `${segment.id} ${group.id}`,
          message: `${listed(names)} have the same priority (${priority}) in ${groupName(group)} on ${placeOf(segment)}: which of them is active cannot be told from the configuration`,
          evidence: tied.map(m => citeGroup(m, `priority ${priority} in ${groupName(group)}`)),
        }
      }
  },
})

/** The running members that share the highest priority, where they are of several routers and nothing else decides. */
function tiedIn(group: RedundancyGroup) {
  if (group.protocol !== 'hsrp' && group.protocol !== 'vrrp') return []
  const [one, two, ...more] = group.members
  if (one && two && more.length === 0 && effectivePriority(one) !== effectivePriority(two)) return []
  const order = rank(group)
  const [best] = order
  if (!best || group.members.some(m => m.group.follow !== null)) return []
  const tied = order.filter(m => effectivePriority(m) === effectivePriority(best))
  if (new Set(tied.map(m => m.attachment.device)).size < 2) return []
  return [...sightingsOf(group).values()].some(s => s.role === 'active') ? [] : tied
}
