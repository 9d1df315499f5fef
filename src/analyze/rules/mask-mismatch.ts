import type { Address } from '../../model/device.ts'
import { inSubnet, isLinkLocal, subnetOf } from '../../model/ip.ts'
import type { Attachment, Segment } from '../../model/network.ts'
import { listed } from '../cite.ts'
import { defineRule, exampleRouter } from '../rule.ts'

const wide = (host: number) => exampleRouter(host).replace('255.255.255.0', '255.255.254.0')

export default defineRule({
  id: 'mask-mismatch',
  title: 'Routers of one segment have different masks',
  severity: 'warning',
  rationale: `The interfaces stand in each other's subnet and disagree on where it ends. Clients that the wider mask covers and the narrower one
does not are unreachable through one of the routers, so answers of the PXE server may be lost on the way back; directed broadcasts go to
different addresses. Such a pair is easily taken for two networks, and a second relay is then overlooked: the audit counts it as one
segment.

Set one mask on all routers of the segment, the one that the DHCP server gives to its clients.`,
  examples: {
    bad: [{ shows: '/24 on one router, /23 on the other.', configs: { r1: exampleRouter(2), r2: wide(3) } }],
    good: [
      { shows: 'One mask.', configs: { r1: wide(2), r2: wide(3) } },
      {
        shows: 'A secondary subnet may have another length.',
        configs: {
          r1: exampleRouter(2, 'ip address 10.0.110.2 255.255.254.0 secondary'),
          r2: exampleRouter(3, 'ip address 10.0.110.3 255.255.254.0 secondary'),
        },
      },
    ],
  },
  *check({ network }) {
    for (const segment of network.segments) {
      if (new Set(segment.subnets.map(subnet => subnet.slice(subnet.indexOf('/')))).size < 2) continue
      const places = placesOn(segment)
      const odd = places.filter(a => places.some(b => a.attachment !== b.attachment && (isWider(a, b) || isWider(b, a))))
      if (odd.length === 0) continue
      yield {
        subject: segment.id,
        message: `the routers disagree on the mask of ${segment.subnets[0]}: ${listed(odd.map(({ attachment: a, address }) => `${a.device.device} has ${address.ip}/${address.prefix} on ${a.interface.name}`))}`,
        evidence: odd.map(({ attachment, address, subnet }) => ({
          device: attachment.device,
          line: address.line,
          note: `${attachment.interface.name} stands in ${subnet}`,
        })),
      }
    }
  },
})

interface Place {
  readonly attachment: Attachment
  readonly address: Address
  readonly subnet: string
}

/** The addresses of interfaces that are up, with their subnets; link-local ones are the same on every link. */
const placesOn = ({ attachments }: Segment): Place[] =>
  attachments
    .filter(a => a.interface.enabled)
    .flatMap(attachment =>
      attachment.addresses
        .filter(a => !isLinkLocal(a.ip))
        .map(address => ({ attachment, address, subnet: subnetOf(address.ip, address.prefix) })),
    )

const isWider = (a: Place, b: Place): boolean => a.address.prefix < b.address.prefix && inSubnet(b.address.ip, a.subnet)
