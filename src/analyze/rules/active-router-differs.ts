import type { Observed } from '../../model/device.ts'
import type { Segment } from '../../model/network.ts'
import { citeGroup, listed, placeOf } from '../cite.ts'
import { groupName } from '../keys.ts'
import { forecast, mainGroup, rank } from '../roles.ts'
import { type Cite, defineRule, exampleRouter } from '../rule.ts'

const HSRP = 'standby 10 ip 10.0.10.1'
const LEADS = ['standby 10 priority 110', 'standby 10 preempt']
/** A configuration with the output of `show standby brief` behind it. */
const seen = (config: string, row: string) =>
  `${config}
                     P indicates configured to preempt.
                     |
Interface   Grp  Pri P State   Active          Standby         Virtual IP
${row}
`

export default defineRule({
  id: 'active-router-differs',
  title: 'Another router is active than priorities say',
  severity: 'warning',
  rationale: `When the routers were captured, another one was active than the one that priority and preemption put first. A failover that was not
noticed, a tracked object that is down, or a member that does not hear its peers leaves a network in this state. A fix that keeps the
relay to the PXE server on the router that is meant to be active then keeps it on the wrong one.

Find out why the preferred router is not active before you change any relay. What was captured counts for the roles in this report.`,
  examples: {
    bad: [
      {
        shows: 'The router with the lower priority is active.',
        configs: {
          r1: exampleRouter(2, HSRP, ...LEADS),
          r2: seen(exampleRouter(3, HSRP), 'Vl10        10   100   Active  local           unknown         10.0.10.1'),
        },
      },
      {
        shows: 'The preferred router itself says that the other one is active.',
        configs: {
          r1: seen(exampleRouter(2, HSRP, ...LEADS), 'Vl10        10   90  P Standby 10.0.10.3       local           10.0.10.1'),
          r2: exampleRouter(3, HSRP),
        },
      },
    ],
    good: [
      {
        shows: 'The preferred router is active.',
        configs: {
          r1: seen(exampleRouter(2, HSRP, ...LEADS), 'Vl10        10   110 P Active  local           10.0.10.3       10.0.10.1'),
          r2: exampleRouter(3, HSRP),
        },
      },
      {
        shows: 'With equal priorities nobody was put first.',
        configs: {
          r1: seen(exampleRouter(2, HSRP), 'Vl10        10   100   Active  local           10.0.10.3       10.0.10.1'),
          r2: exampleRouter(3, HSRP),
        },
      },
      {
        shows: 'Nothing was captured.',
        configs: { r1: exampleRouter(2, HSRP, ...LEADS), r2: exampleRouter(3, HSRP) },
      },
    ],
  },
  *check({ network }) {
    for (const segment of network.segments) {
      if (segment.standings.every(s => s.observed === null)) continue
      const group = mainGroup(segment)
      if (!group) continue
      const order = rank(group)
      const [preferred] = order
      const { confidence, why } = forecast(group, order)
      if (!preferred || (confidence !== 'high' && confidence !== 'medium')) continue
      const others = segment.standings.filter(
        s => s.observed !== null && s.role === 'active' && s.attachment.device !== preferred.attachment.device,
      )
      if (others.length === 0) continue
      const active = listed(others.map(s => s.attachment.device.device))
      const { device } = preferred.attachment
      yield {
        subject: `${segment.id} ${group.id}`,
        message: `${active} ${others.length === 1 ? 'was' : 'were'} active in ${groupName(group)} on ${placeOf(segment)} when the routers were captured, and ${device.device} should be (${why})`,
        evidence: [
          ...others.flatMap(({ observed, reason }) => (observed ? citeObserved(segment, observed, reason) : [])),
          ...group.members.map(m => citeGroup(m, `priority ${m.group.priority}${m.group.preempt ? ' and preempts' : ''}`)),
        ],
      }
    }
  },
})

/** The row that says so, on the router that said it: it may stand in another file than the configuration. */
function citeObserved({ attachments }: Segment, observed: Observed, note: string): Cite[] {
  const witness = attachments.find(a => a.device.observed.includes(observed))
  if (!witness) return []
  return [{ device: witness.device, line: observed.line, note, from: { file: observed.file, text: observed.text } }]
}
