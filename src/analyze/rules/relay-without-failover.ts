import { citeRelay, distinct, listed, placeOf, routersOf } from '../cite.ts'
import { isRunning } from '../roles.ts'
import { defineRule, exampleRouter } from '../rule.ts'

const RELAY = 'ip helper-address 10.9.9.5'
const HSRP = ['standby 10 ip 10.0.10.1', 'standby 10 name PXE']

export default defineRule({
  id: 'relay-without-failover',
  title: 'PXE stops with the one router that relays',
  severity: 'info',
  rationale: `The gateway of the segment is redundant, and its relay to the PXE server is not: when the one router that relays fails, clients
keep their gateway and can no longer boot from the network. This is the price of Microsoft's first workaround for the crash of Windows
Deployment Services (KB 3046055): turn off the relay to the PXE server on the backup router.

Nothing has to be done where that was the decision; know which router it is. Where all routers run Cisco IOS with HSRP, relays on all of
them that are tied to the active router (\`redundancy NAME\`) keep PXE alive without a second copy.`,
  examples: {
    bad: [
      {
        shows: 'Only one router of an HSRP pair relays to the PXE server.',
        configs: { r1: exampleRouter(2, ...HSRP, RELAY), r2: exampleRouter(3, ...HSRP) },
      },
      {
        shows: 'No redundancy protocol, and a second router all the same.',
        configs: { r1: exampleRouter(2, RELAY), r2: exampleRouter(3, 'ip helper-address 10.9.9.20') },
      },
    ],
    good: [
      {
        shows: 'Both relay, tied to the active router.',
        configs: {
          r1: exampleRouter(2, ...HSRP, `${RELAY} redundancy PXE`),
          r2: exampleRouter(3, ...HSRP, `${RELAY} redundancy PXE`),
        },
      },
      { shows: 'There is one router, and nothing to fail over to.', configs: { r1: exampleRouter(2, RELAY) } },
      { shows: 'Nobody relays to the PXE server.', configs: { r1: exampleRouter(2, ...HSRP), r2: exampleRouter(3, ...HSRP) } },
    ],
  },
  local: true,
  *check({ judgements }) {
    for (const judgement of judgements) {
      const { segment, point, copies, verdict } = judgement
      if (verdict.verdict !== 'single') continue
      const [router, ...more] = routersOf(copies.live)
      if (router === undefined || more.length > 0) continue
      const others = segment.attachments.filter(a => a.device.device !== router)
      const up = distinct(others.filter(a => a.interface.enabled).map(a => a.device.device))
      if (up.length === 0 && !segment.groups.some(g => g.members.some(isRunning))) continue
      const idle = up.length > 0 ? up : distinct(others.map(a => a.device.device))
      const fate = up.length === 0 ? 'down there' : 'there too, without a relay to it'
      const beside =
        idle.length > 0 ? `${listed(idle)} ${idle.length === 1 ? 'is' : 'are'} ${fate}` : 'its peer is not in the audit'
      yield {
        subject: `${segment.id} ${point.name}`,
        follows: judgement,
        message: `only ${router} relays ${placeOf(segment)} to ${point.name}; ${beside}: PXE stops there when ${router} does`,
        evidence: [
          ...copies.live.flatMap(p => citeRelay(p, `${p.attachment.interface.name} relays to ${p.relay.target}`)),
          ...others.map(({ device, interface: i }) => ({
            device,
            line: i.line,
            note: `${i.name} ${i.enabled ? 'has no live relay' : 'is down and does not relay'} to ${point.name}`,
          })),
        ],
      }
    }
  },
})
