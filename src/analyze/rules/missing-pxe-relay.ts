import type { Judgement } from '../../model/judgement.ts'
import type { Segment } from '../../model/network.ts'
import { defineRule, exampleRouter } from '../rule.ts'

export default defineRule({
  id: 'missing-pxe-relay',
  title: 'A segment relays DHCP and reaches no PXE server',
  severity: 'info',
  rationale: `Clients on this segment get their addresses through a relay, and no boot request of theirs reaches any PXE server of the site.
That is right for segments where nobody boots from the network; it is a fault where a relay was taken off every router to stop
duplicates.`,
  examples: {
    bad: [{ shows: 'Only the DHCP server is relayed to.', configs: { r1: exampleRouter(2, 'ip helper-address 10.9.9.20') } }],
    good: [
      {
        shows: 'The PXE server is relayed to.',
        configs: { r1: exampleRouter(2, 'ip helper-address 10.9.9.20', 'ip helper-address 10.9.9.5') },
      },
      { shows: 'Nothing is relayed at all.', configs: { r1: exampleRouter(2) } },
    ],
  },
  *check({ judgements }) {
    const bySegment = new Map<Segment, Judgement[]>()
    for (const j of judgements) {
      if (j.verdict.verdict !== 'none') continue
      const judged = bySegment.get(j.segment)
      if (judged) judged.push(j)
      else bySegment.set(j.segment, [j])
    }
    for (const j of judgements) if (j.verdict.verdict !== 'none') bySegment.delete(j.segment)
    for (const [segment, judged] of bySegment) {
      const relays = segment.attachments.flatMap(a =>
        a.interface.relays.filter(r => r.live && r.family === 4).map(r => ({ device: a.device, iface: a.interface, relay: r })),
      )
      if (relays.length === 0) continue
      yield {
        subject: segment.id,
        segment,
        message: `${segment.subnets.join(' and ')} relays DHCP, and none of its relays reaches ${judged.map(j => j.point.name).join(' or ')}`,
        evidence: relays.map(({ device, iface, relay }) => ({
          device,
          line: relay.line,
          note: `${iface.name} relays to ${relay.target}`,
        })),
      }
    }
  },
})
