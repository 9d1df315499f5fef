import type { InertReason } from '../../model/device.ts'
import type { Judgement, Path } from '../../model/judgement.ts'
import { mostAtOnce } from '../at-once.ts'
import { citeRelay, listed, placeOf } from '../cite.ts'
import { gateOf, type SegmentOf, segmentIndex } from '../gates.ts'
import { defineRule, exampleRouter } from '../rule.ts'

const RELAY = 'ip helper-address 10.9.9.5'
const GATED = ['standby 10 ip 10.0.10.1', 'standby 10 name PXE', `${RELAY} redundancy PXE`]

export default defineRule({
  id: 'latent-duplicate',
  title: 'A relay that is off today would make a duplicate',
  severity: 'info',
  rationale: `The segment is safe only because something is switched off: an interface is shut, the DHCP service does not run, another relay
takes precedence. The lines that relay to the PXE server are still there. Whoever takes the interface up again (a maintenance that ends,
a failover, a cleaned-up configuration) brings the second copy of each boot request with it.

Take the relay to the PXE server off the router that should not relay, or tie all of them to the active router.`,
  examples: {
    bad: [
      {
        shows: 'The interface of the second router is shut.',
        configs: { r1: exampleRouter(2, RELAY), r2: exampleRouter(3, RELAY, 'shutdown') },
      },
      {
        shows: 'The DHCP service of the second router is off.',
        configs: { r1: exampleRouter(2, RELAY), r2: `no service dhcp\n${exampleRouter(3, RELAY)}` },
      },
      {
        shows: 'Both are shut.',
        configs: { r1: exampleRouter(2, RELAY, 'shutdown'), r2: exampleRouter(3, RELAY, 'shutdown') },
      },
    ],
    good: [
      {
        shows: 'Both are tied to the active router; taking the second up changes nothing.',
        configs: { r1: exampleRouter(2, ...GATED), r2: exampleRouter(3, ...GATED, 'shutdown') },
      },
      {
        shows: 'The interface that is shut relays to a DHCP server only.',
        configs: { r1: exampleRouter(2, RELAY), r2: exampleRouter(3, 'ip helper-address 10.9.9.20', 'shutdown') },
      },
      {
        shows: 'A duplicate today is another finding.',
        configs: { r1: exampleRouter(2, RELAY), r2: exampleRouter(3, RELAY), r3: exampleRouter(4, RELAY, 'shutdown') },
      },
    ],
  },
  *check({ network, judgements }) {
    const segmentOf = segmentIndex(network)
    for (const judgement of judgements) {
      const { segment, point, copies, verdict } = judgement
      if (verdict.verdict === 'duplicate' || copies.inert.length === 0) continue
      const added = awakened(judgement, segmentOf)
      const most = (f: 4 | 6) => mostAtOnce([...copies.live, ...added], f)
      const families = ([4, 6] as const).filter(f => most(f) >= 2)
      if (families.length === 0) continue
      const concerned = (p: Path) => families.includes(p.relay.family)
      const inert = added.filter(concerned)
      yield {
        subject: `${segment.id} ${point.name}`,
        message: `${listed(inert.map(p => `${p.attachment.device.device} does not relay ${p.attachment.interface.name} to ${p.relay.target} (${why(p)})`))}; would duplicate if enabled: ${Math.max(...families.map(most))} copies of each request of ${placeOf(segment)} to ${point.name}`,
        evidence: [
          ...inert.flatMap(p => citeRelay(p, `${p.attachment.interface.name} would relay to ${p.relay.target}: ${why(p)}`)),
          ...copies.live
            .filter(concerned)
            .flatMap(p => citeRelay(p, `${p.attachment.interface.name} relays to ${p.relay.target}`)),
        ],
      }
    }
  },
})

/** The inert relays as they would be if nothing held them off. */
function awakened({ copies }: Judgement, segmentOf: SegmentOf): Path[] {
  // A relay that yields to another one of its interface would take its place, not come on top of it.
  const replaces = (path: Path) =>
    path.relay.inert === 'not-selected' &&
    [...copies.live, ...copies.inert].some(
      p =>
        p !== path &&
        p.attachment === path.attachment &&
        p.relay.family === path.relay.family &&
        p.relay.inert !== 'not-selected',
    )
  return copies.inert
    .filter(p => !replaces(p))
    .map(p => ({ ...p, gate: gateOf(p.attachment.device, p.attachment.interface, p.relay, segmentOf) }))
}

const REASONS: Readonly<Record<InertReason, string>> = {
  'interface-down': 'the interface is down',
  'relay-service-off': 'the relay service is off',
  'bootp-forwarding-off': 'forwarding of BOOTP is off',
  'not-selected': 'another relay takes precedence',
  'no-address': 'the interface has no address',
  'wrong-vrf': 'its VRF is another',
}
const why = ({ relay }: Path) => (relay.inert === null ? '' : REASONS[relay.inert])
