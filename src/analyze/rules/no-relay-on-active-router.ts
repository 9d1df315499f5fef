import type { Path } from '../../model/judgement.ts'
import type { Segment, Standing } from '../../model/network.ts'
import { citeRelay, listed, placeOf, routersOf } from '../cite.ts'
import { mainGroup } from '../roles.ts'
import { defineRule, exampleRouter } from '../rule.ts'

const RELAY = 'ip helper-address 10.9.9.5'
const HSRP = ['standby 10 ip 10.0.10.1', 'standby 10 name PXE']
const LEADS = ['standby 10 priority 110', 'standby 10 preempt']
const GATED = `${RELAY} redundancy PXE`

export default defineRule({
  id: 'no-relay-on-active-router',
  title: 'The active router does not relay to the PXE server',
  severity: 'warning',
  rationale: `Another router of the segment relays to the PXE server, and the active one does not. Where the relays that are there are tied to the
active router (\`redundancy NAME\`), none of them forwards while that router is active: PXE does not work on the segment at all. Where they
are not tied, PXE works through the standby router, which is easily forgotten in maintenance; then this is for information only.

Relay on the router that is meant to be active. Who is active is predicted from priorities and preemption unless it was observed.`,
  examples: {
    bad: [
      {
        shows: 'The relay is tied to the active router, and stands on the standby router only.',
        configs: { r1: exampleRouter(2, ...HSRP, ...LEADS), r2: exampleRouter(3, ...HSRP, GATED) },
      },
      {
        shows: 'A plain relay on the standby router: PXE works, for information only.',
        configs: { r1: exampleRouter(2, ...HSRP, ...LEADS), r2: exampleRouter(3, ...HSRP, RELAY) },
      },
    ],
    good: [
      {
        shows: 'The active router relays.',
        configs: { r1: exampleRouter(2, ...HSRP, ...LEADS, RELAY), r2: exampleRouter(3, ...HSRP) },
      },
      {
        shows: 'Equal priorities: nobody can tell which router is active.',
        configs: { r1: exampleRouter(2, ...HSRP), r2: exampleRouter(3, ...HSRP, RELAY) },
      },
      { shows: 'Neither relays.', configs: { r1: exampleRouter(2, ...HSRP, ...LEADS), r2: exampleRouter(3, ...HSRP) } },
    ],
  },
  local: true,
  *check({ judgements }) {
    for (const judgement of judgements) {
      const { segment, point, copies, doubts } = judgement
      // Roles are those of the IPv4 group; who is active for IPv6 is another election.
      if (segment.attachments.every(a => copies.live.some(p => p.attachment === a && p.relay.family === 4))) continue
      const live = copies.live.filter(p => p.relay.family === 4)
      if (live.length === 0) continue
      const leader = leaderOf(segment)
      if (!leader) continue
      const { device, interface: iface } = leader.attachment
      // Nothing is said to be missing from a router that was not read whole.
      if (live.some(p => p.attachment.device === device) || doubts.some(d => d.device === device.device)) continue
      const dead = allTied(segment, live)
      const others = routersOf(live)
      const verb = others.length === 1 ? 'does' : 'do'
      yield {
        subject: `${segment.id} ${point.name}`,
        follows: judgement,
        severity: dead ? 'warning' : 'info',
        message: `${device.device}, ${leader.observed ? 'the' : 'which should be the'} active router of ${placeOf(segment)}, does not relay to ${point.name}, and ${listed(others)} ${verb}${dead ? ` only while active: PXE does not work there while ${device.device} is the active one` : `: PXE depends on ${listed(others)} alone`}`,
        evidence: [
          { device, line: lineOf(segment, leader) ?? iface.line, note: `${device.device} is active: ${leader.reason}` },
          ...live.flatMap(p =>
            citeRelay(
              p,
              `${p.attachment.interface.name} relays to ${p.relay.target}${p.gate.state === 'shared' ? ' while active' : ''}`,
            ),
          ),
        ],
      }
    }
  },
})

/** The one router that is active, where that is more than a guess. */
function leaderOf(segment: Segment): Standing | undefined {
  const [only, ...more] = segment.standings.filter(r => r.role === 'active')
  return only && more.length === 0 && (only.confidence === 'high' || only.confidence === 'medium') ? only : undefined
}

/** Tied to the election that decides who is active here; a relay that is tied to another group may forward all the same. */
const allTied = (segment: Segment, paths: readonly Path[]): boolean => {
  const key = mainGroup(segment)?.key
  return paths.every(({ gate }) => gate.state === 'shared' && gate.key === key)
}

const lineOf = (segment: Segment, { attachment }: Standing): number | undefined =>
  mainGroup(segment)?.members.find(m => m.attachment === attachment)?.group.line
