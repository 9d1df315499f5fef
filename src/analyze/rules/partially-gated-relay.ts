import type { Path } from '../../model/judgement.ts'
import { citeRelay, listed, placeOf, routersOf } from '../cite.ts'
import { isOfEdge } from '../edges.ts'
import { defineRule, exampleRouter } from '../rule.ts'

const RELAY = 'ip helper-address 10.9.9.5'
const HSRP = ['standby 10 ip 10.0.10.1', 'standby 10 name PXE']
const GATED = [...HSRP, `${RELAY} redundancy PXE`]

export default defineRule({
  id: 'partially-gated-relay',
  title: 'Only some relays of a segment are tied to the active router',
  severity: 'warning',
  rationale: `A relay that is tied to the active router (\`redundancy NAME\` on Cisco IOS) helps only if every other relay of the segment to
the same PXE server is tied as well. One plain line, on a peer or beside the gated one, forwards whoever is active, and two copies of
each request arrive whenever a gated router is active. This is what a change leaves behind that stopped half-way, and it looks repaired.

Tie the plain relays to the same group and take the plain lines off: the line with \`redundancy\` may stand beside the one without.`,
  examples: {
    bad: [
      {
        shows: 'The change was made on one router of the pair.',
        configs: { r1: exampleRouter(2, ...GATED), r2: exampleRouter(3, ...HSRP, RELAY) },
      },
      {
        shows: 'The plain line was left beside the gated one.',
        configs: { r1: exampleRouter(2, ...GATED), r2: exampleRouter(3, ...GATED, RELAY) },
      },
    ],
    good: [
      { shows: 'Both relays are tied.', configs: { r1: exampleRouter(2, ...GATED), r2: exampleRouter(3, ...GATED) } },
      {
        shows: 'Neither is: that is another finding.',
        configs: { r1: exampleRouter(2, ...HSRP, RELAY), r2: exampleRouter(3, ...HSRP, RELAY) },
      },
      {
        shows: 'The plain line leads to a DHCP server.',
        configs: { r1: exampleRouter(2, ...GATED), r2: exampleRouter(3, ...GATED, 'ip helper-address 10.9.9.20') },
      },
    ],
  },
  *check({ judgements }) {
    for (const { segment, point, copies } of judgements) {
      // Requests over IPv4 and IPv6 are different requests, and only those over IPv4 can be held back.
      const mixed = ([4, 6] as const).flatMap(family => {
        const paths = copies.live.filter(p => p.relay.family === family && p.gate.state !== 'broken' && !isOfEdge(p.relay))
        return paths.some(isHeld) && !paths.every(isHeld) ? paths : []
      })
      if (mixed.length === 0) continue
      const [held, open] = [mixed.filter(isHeld), mixed.filter(p => !isHeld(p))]
      yield {
        subject: `${segment.id} ${point.name}`,
        message: `on ${placeOf(segment)}, ${listed(routersOf(held))} relay${routersOf(held).length === 1 ? 's' : ''} to ${point.name} only while active, and ${listed(routersOf(open))} always: half a fix`,
        evidence: [
          ...held.flatMap(p => citeRelay(p, `${p.attachment.interface.name} relays to ${p.relay.target} while active`)),
          ...open.flatMap(p => citeRelay(p, `${p.attachment.interface.name} relays to ${p.relay.target} always`)),
        ],
      }
    }
  },
})

const isHeld = ({ gate }: Path) => gate.state === 'shared'
