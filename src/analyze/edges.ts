// Routers of a fabric that have one address: each is the gateway of the clients behind its own ports.
import type { Interface, Relay } from '../model/device.ts'
import type { GateState, Path } from '../model/judgement.ts'
import type { Attachment, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'

/**
 * Their broadcasts end at the router that hears them, unless the fabric floods them (Cisco, "Configure SD-Access Silent Host with IP
 * Directed Broadcast": suppressed at each edge, or forwarded to all edges by L2 flooding). So of all edges one relays a request.
 */
export function edgeOf(own: Interface, segment: Segment | undefined): GateState {
  const twins = segment?.attachments.filter(a => a.interface !== own && isTwin(own, a.interface)) ?? []
  if (twins.length === 0) return { state: 'open' }
  const floods = [own, ...twins.map(t => t.interface)].some(i => i.relays.some(r => r.gate === 'flooded-edge'))
  const unclear = `the fabric of ${own.name} floods broadcasts, and whether each of its edges relays those of the others is not documented`
  return { state: 'shared', key: `edge ${own.mac}`, ...(floods && { unclear }) }
}

/** Edges that leave their own clients without the relay which another has for its clients. */
export function edgesWithout(segment: Segment, live: readonly Path[]): Reason[] {
  const relaying = live.filter(p => isOfEdge(p.relay))
  const isIdle = ({ device, interface: i }: Attachment) =>
    live.every(p => p.attachment.device !== device) && relaying.some(p => isTwin(p.attachment.interface, i))
  return segment.attachments.filter(isIdle).map(({ device: { device }, interface: { name, line } }) => ({
    code: 'dropped-requests',
    message: `${device} is an edge of the fabric, too, and does not relay what it hears from its own clients at ${name}`,
    device,
    line,
  }))
}

/** Whether a relay hears the clients of its own device alone, or may do so. */
export const isOfEdge = ({ gate }: Relay): boolean => gate === 'fabric-edge' || gate === 'flooded-edge'

const isTwin = (a: Interface, b: Interface): boolean =>
  a.mac !== null && a.mac === b.mac && b.enabled && b.addresses.some(({ ip }) => a.addresses.some(x => x.ip === ip))
