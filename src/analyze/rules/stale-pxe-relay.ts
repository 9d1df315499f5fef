import type { Relay } from '../../model/device.ts'
import type { PxePoint } from '../../model/inventory.ts'
import type { Attachment, Network } from '../../model/network.ts'
import { citeRelay, distinct, listed, placeOf } from '../cite.ts'
import { plain } from '../reach.ts'
import { defineRule, exampleRouter } from '../rule.ts'

const OLD = 'ip helper-address 10.9.9.4'

export default defineRule({
  id: 'stale-pxe-relay',
  title: 'A relay leads to an address the PXE server no longer has',
  severity: 'warning',
  rationale: `The inventory says that the PXE server answered on this address once and does no longer. Every boot request is still sent there: at
best into the void, at worst to whoever has the address now, and if that is a PXE server again, each request arrives twice. A segment
whose only relay leads there cannot boot from the network.

Take the line off, and check that a relay to the present address stands beside it where clients boot.`,
  examples: {
    bad: [
      {
        shows: 'The line of the old server was left behind.',
        retired: ['10.9.9.4'],
        configs: { r1: exampleRouter(2, 'ip helper-address 10.9.9.5', OLD) },
      },
      {
        shows: 'It was left on both routers, one of which is shut: one finding for the segment.',
        retired: ['10.9.9.4'],
        configs: { r1: exampleRouter(2, OLD), r2: exampleRouter(3, OLD, 'shutdown') },
      },
    ],
    good: [
      {
        shows: 'Only the present address is relayed to.',
        retired: ['10.9.9.4'],
        configs: { r1: exampleRouter(2, 'ip helper-address 10.9.9.5') },
      },
      { shows: 'No address of the PXE server was retired.', configs: { r1: exampleRouter(2, OLD) } },
    ],
  },
  *check({ network, judgements }) {
    const hosts = new Map(Array.from(network.hosts, ([name, ips]) => [plain(name), ips]))
    const leadsTo = ({ target }: Relay) => hosts.get(plain(target)) ?? [target]
    for (const { segment, point, copies } of judgements) {
      const retired = retiredIn(network, point)
      if (retired.size === 0) continue
      const stale = segment.attachments.flatMap(attachment =>
        attachment.interface.relays
          .filter(relay => leadsTo(relay).some(ip => retired.has(ip)) && inVrf(point, attachment, relay))
          .map(relay => ({ attachment, relay })),
      )
      if (stale.length === 0) continue
      const where = stale.map(({ attachment: a, relay }) => `${a.device.device} on ${a.interface.name} to ${relay.target}`)
      const only = copies.live.length === 0 ? `; no other relay of ${placeOf(segment)} reaches it` : ''
      yield {
        subject: `${segment.id} ${point.name}`,
        message: `relays lead to an address that ${point.name} no longer has: ${listed(distinct(where))}${only}`,
        evidence: stale.flatMap(s =>
          citeRelay(
            s,
            `${s.attachment.interface.name} relays to ${s.relay.target}, which ${point.name} no longer has${s.relay.live ? '' : `; the relay is off: ${s.relay.inert}`}`,
          ),
        ),
      }
    }
  },
})

/** An address that was handed on to another PXE point is no leftover. */
function retiredIn({ points }: Network, { retired }: PxePoint): ReadonlySet<string> {
  return new Set(retired.filter(ip => !points.some(p => p.addresses.includes(ip))))
}

const inVrf = ({ vrf }: PxePoint, { interface: iface }: Attachment, relay: Relay): boolean =>
  vrf === null || (relay.vrf ?? iface.vrf) === vrf
