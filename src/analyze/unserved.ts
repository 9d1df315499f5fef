// Switches whose clients no router relays for: what they hear reaches others over a link or a tunnel, and those leave it alone.
import type { Device } from '../model/device.ts'
import { NO_SITE, type PxePoint } from '../model/inventory.ts'
import type { Path } from '../model/judgement.ts'
import type { Network, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'
import { leavesTunnel } from './at-once.ts'
import { linkOf, pairOf } from './gates.ts'

export type Unserved = (segment: Segment, point: PxePoint, live: readonly Path[]) => readonly Reason[]

/**
 * Finds, for one segment, the other half of a pair that does not relay to a point while this one leaves alone what comes over the link, and
 * the other ends of a tunnel that do not while nobody relays what comes out of it. How many of the clients stand there is not known.
 */
export function unservedFinder({ devices }: Network): Unserved {
  const ends = new Map<string, { readonly site: string; readonly device: Device }[]>()
  const halves = new Map<string, Device[]>()
  for (const { site, device } of devices) {
    for (const tunnel of device.tunnels ?? []) note(ends, tunnel, { site, device })
    const pair = device.pair ? pairOf(device) : undefined
    if (pair?.state === 'shared') note(halves, pair.key, device)
  }

  /** Who is told by the pair's link to be the other half. */
  const otherHalf = (device: Device): Device | undefined => {
    const pair = pairOf(device)
    if (pair.state !== 'shared') return undefined
    const others = (halves.get(pair.key) ?? []).filter(other => linkOf(other) === device.pair?.peer)
    return others.length === 1 ? others[0] : undefined
  }

  return (segment, point, live) => {
    const found: Reason[] = []
    const relays = new Set(live.map(p => p.attachment.device))
    for (const { attachment, relay, gate } of live) {
      if (relay.gate !== 'pair-primary' || gate.state !== 'shared') continue
      const other = otherHalf(attachment.device)
      if (other && !relays.has(other)) found.push(reason(attachment.device, relay.line, other, point, 'the link of their pair'))
    }
    const [path] = live
    if (path === undefined || !live.every(leavesTunnel)) return found
    for (const { site, device } of ends.get(path.relay.tunnel ?? '') ?? []) {
      if (relays.has(device) || (site !== segment.site && site !== NO_SITE && segment.site !== NO_SITE)) continue
      // One half of a pair is named above.
      const other = device.pair ? otherHalf(device) : undefined
      if (other && relays.has(other)) continue
      found.push(reason(path.attachment.device, path.relay.line, device, point, `tunnel ${path.relay.tunnel}`))
    }
    return found
  }
}

const reason = ({ device }: Device, line: number, other: Device, point: PxePoint, way: string): Reason => ({
  code: 'dropped-requests',
  message: `${other.device} does not relay to ${point.name}, and ${device} leaves alone what it hears of it over ${way}: clients on ports of ${other.device} may get no answer`,
  device,
  line,
})

function note<T>(lists: Map<string, T[]>, name: string, item: T): void {
  const there = lists.get(name)
  if (there) there.push(item)
  else lists.set(name, [item])
}
