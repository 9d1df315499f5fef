// How many copies of one broadcast on a segment arrive at a PXE point.
import type { Relay } from '../model/device.ts'
import type { PxePoint } from '../model/inventory.ts'
import { containsSubnet, inSubnet } from '../model/ip.ts'
import type { Copies, Path } from '../model/judgement.ts'
import type { Attachment, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'
import { mostAtOnce } from './at-once.ts'
import { edgesWithout, isOfEdge } from './edges.ts'
import { gateOf, type SegmentOf } from './gates.ts'
import type { Reach } from './reach.ts'
import type { Unserved } from './unserved.ts'

/** Counts, for one segment and one point. IPv4 and IPv6 requests are different requests, so the larger count holds. */
export function countCopies(
  segment: Segment,
  point: PxePoint,
  reach: (relay: Relay, iface: Attachment['interface'], point: PxePoint) => Reach,
  segmentOf: SegmentOf,
  unserved: Unserved,
): Copies {
  const live: Path[] = []
  const inert: Path[] = []
  const unclear: Reason[] = []
  const perhaps: Path[] = []
  for (const attachment of segment.attachments) {
    const { device, interface: iface } = attachment
    const here: SegmentOf = (d, i) => (i === iface ? segment : segmentOf(d, i))
    for (const relay of iface.relays) {
      const reached = reach(relay, iface, point)
      if (reached.reaches === false) continue
      if (reached.reaches === 'maybe') {
        if (relay.live || relay.inert === OFF_PERHAPS)
          unclear.push({ code: reached.code, message: reached.why, device: device.device, line: relay.line })
      } else if (reached.reaches === 'elsewhere') {
        inert.push({ attachment, relay: { ...relay, live: false, inert: relay.inert ?? 'wrong-vrf' }, gate: { state: 'open' } })
      } else if (relay.live) {
        const gate = gateOf(device, iface, relay, here)
        live.push({ attachment, relay, gate })
      } else {
        inert.push({ attachment, relay, gate: { state: 'open' } })
        if (relay.inert === OFF_PERHAPS) perhaps.push({ attachment, relay, gate: gateOf(device, iface, relay, here) })
      }
    }
  }
  // The server hears the clients of its own segment without any relay; whether the relayed copy comes on top depends on the
  // platform (some suppress the flood where a relay is configured).
  const host = live.length === 0 ? undefined : standsOn(point, segment)
  if (host !== undefined) {
    const message = `${point.name} (${host}) stands on this segment and hears its clients itself, and routers relay to it besides`
    unclear.push({ code: 'server-on-segment', message, device: null, line: null })
  }
  for (const { attachment, relay, gate } of live) {
    if (gate.state !== 'shared' || gate.unclear === undefined) continue
    const { device } = attachment
    const isOther = (p: Path) => p.gate.state === 'shared' && p.gate.key === gate.key && p.attachment.device !== device
    if (live.some(isOther) && unclear.every(r => r.message !== gate.unclear))
      unclear.push({
        code: isOfEdge(relay) ? 'fabric-unclear' : 'gate-unclear',
        message: gate.unclear,
        device: device.device,
        line: relay.line,
      })
  }
  unclear.push(...edgesWithout(segment, live))
  if (perhaps.length > 0 && mostAtOnce([...live, ...perhaps], 4) >= 2)
    for (const { attachment, relay } of perhaps) {
      const { device } = attachment.device
      const message = `${device} may relay ${attachment.interface.name} to ${relay.target} all the same: not every release holds DHCP back where the forwarding of BOOTP is off`
      unclear.push({ code: 'forwarding-unclear', message, device, line: relay.line })
    }
  for (const reason of unserved(segment, point, live)) unclear.push(reason)
  const byFamily = { 4: mostAtOnce(live, 4), 6: mostAtOnce(live, 6) }
  return { count: Math.max(byFamily[4], byFamily[6]), byFamily, live, inert, perhaps, unclear }
}

/** The sources do not agree: some stop DHCP by it, some keep it going, and a lab note on IOS-XE 17.15 has the relay agent go on. */
const OFF_PERHAPS = 'bootp-forwarding-off'

/** The address, or the declared network, by which a point stands on a segment itself. */
const standsOn = ({ addresses, networks }: PxePoint, { subnets }: Segment): string | undefined =>
  addresses.find(ip => subnets.some(s => inSubnet(ip, s))) ?? networks.find(n => subnets.some(s => containsSubnet(s, n)))
