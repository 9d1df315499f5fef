import type { PxeKind } from '../../model/inventory.ts'
import type { Path } from '../../model/judgement.ts'
import type { Severity } from '../../model/result.ts'
import { citeRelay, listed, routersOf } from '../cite.ts'
import { isOfEdge } from '../edges.ts'
import { defineRule, exampleRouter } from '../rule.ts'

const RELAY = 'ip helper-address 10.9.9.5'
const GATED = ['standby 10 ip 10.0.10.1', 'standby 10 name PXE', `${RELAY} redundancy PXE`]

export default defineRule({
  id: 'duplicate-pxe-relay',
  title: 'One boot request reaches the PXE server more than once',
  severity: 'error',
  rationale: `DHCP relay does not ask which gateway is active: every router that hears a client's broadcast forwards it. When both
routers of a redundant pair relay to the same PXE server, each boot request arrives twice. Windows Deployment Services behind a
Configuration Manager PXE point then corrupts its memory and crashes (Microsoft KB 2510665, KB 3046055). It is a race: it does not
happen on demand and comes back after every restart.

Remedies: tie the relay to the active router where the platform can (\`redundancy\` on Cisco IOS with HSRP), or take the relay to the
PXE server off all routers but one. Relays to DHCP servers may stay doubled.`,
  examples: {
    bad: [
      {
        shows: 'Both routers of an HSRP pair relay.',
        configs: {
          r1: exampleRouter(2, RELAY, 'standby 10 ip 10.0.10.1', 'standby 10 priority 110'),
          r2: exampleRouter(3, RELAY, 'standby 10 ip 10.0.10.1'),
        },
      },
      {
        shows: 'No redundancy protocol at all, and still two routers that relay.',
        configs: { r1: exampleRouter(2, RELAY), r2: exampleRouter(3, RELAY) },
      },
      {
        shows: 'A plain line left beside the gated one defeats it.',
        configs: { r1: exampleRouter(2, ...GATED), r2: exampleRouter(3, ...GATED, RELAY) },
      },
    ],
    good: [
      {
        shows: 'Both relay, tied to the active router.',
        configs: { r1: exampleRouter(2, ...GATED), r2: exampleRouter(3, ...GATED) },
      },
      {
        shows: 'Only one relays to the PXE server; both relay to a DHCP server.',
        configs: {
          r1: exampleRouter(2, RELAY, 'ip helper-address 10.9.9.20', 'standby 10 ip 10.0.10.1'),
          r2: exampleRouter(3, 'ip helper-address 10.9.9.20', 'standby 10 ip 10.0.10.1'),
        },
      },
    ],
  },
  local: true,
  *check({ judgements }) {
    for (const judgement of judgements) {
      const { segment, point, copies, verdict } = judgement
      if (verdict.verdict !== 'duplicate') continue
      const routers = routersOf(copies.live)
      const who = routers.length > 1 ? `${listed(routers)} relay` : `${routers[0]} alone relays`
      yield {
        subject: `${segment.id} ${point.name}`,
        follows: judgement,
        severity: SEVERITY[point.kind],
        segment,
        point,
        copies: copies.count,
        message: `${who} ${segment.subnets.join(' and ')} to ${point.name}: ${verdict.copies} copies of each boot request arrive`,
        evidence: [
          ...copies.live.flatMap(path => citeRelay(path, note(path))),
          ...copies.perhaps.flatMap(path => citeRelay(path, `${note(path)}, perhaps: forwarding of BOOTP is off`)),
        ],
      }
    }
  },
})

/** Only Windows Deployment Services is known to crash; the others merely answer twice. */
const SEVERITY: Readonly<Record<PxeKind, Severity>> = { wds: 'error', responder: 'warning', other: 'warning' }

function note({ attachment, relay, gate }: Path): string {
  const where = `${attachment.interface.name} relays to ${relay.target}`
  if (gate.state === 'broken') return `${where}; ${gate.why}`
  return gate.state === 'shared' && !isOfEdge(relay) ? `${where} while active` : where
}
