// What keeps a segment from being judged: the narrowest scope that what is missing could reach.
import type { Device } from '../model/device.ts'
import type { Gap, Network, RedundancyGroup, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'

/** Finds the reasons why no verdict short of a proven duplicate can be given for a segment. */
export function doubtFinder(network: Network): (segment: Segment) => Reason[] {
  const segmentsOf = new Map<string, Set<Segment>>()
  for (const segment of network.segments.filter(s => s.subnets.length > 0))
    for (const { device } of segment.attachments) {
      const known = segmentsOf.get(device.device) ?? new Set<Segment>()
      segmentsOf.set(device.device, known.add(segment))
    }
  const neighbours = (a: string, b: string) => [...(segmentsOf.get(a) ?? [])].some(s => segmentsOf.get(b)?.has(s))

  /** A gap reaches the segments of its device, and those of its site where a second router may be missing. */
  const reaches = (gap: Gap, segment: Segment): boolean => {
    if (gap.site !== segment.site) return false
    const routers = routersOn(segment)
    if (gap.kind === 'truncated' && routers.has(gap.device)) return true
    if (routers.size >= 2 || routers.has(gap.device)) return false
    // Of a device that is known in part, the rest is looked for where it is known to stand: beside its neighbours.
    const anywhere = gap.kind === 'unplaced' || !segmentsOf.has(gap.device)
    return anywhere || [...routers].some(router => neighbours(gap.device, router))
  }

  const bySubnet = new Map<string, Segment[]>()
  for (const segment of network.segments)
    for (const subnet of segment.subnets) {
      const key = `${segment.site}\n${subnet}`
      bySubnet.set(key, [...(bySubnet.get(key) ?? []), segment])
    }
  /** The same subnet of one site under another VRF name, on other routers: VRF names are local, so it may be one network. */
  const namesake = (segment: Segment): Segment | undefined => {
    if (!relays(segment)) return undefined
    const own = routersOn(segment)
    const others = segment.subnets.flatMap(subnet => bySubnet.get(`${segment.site}\n${subnet}`) ?? [])
    return others.find(other => other !== segment && relays(other) && [...routersOn(other)].every(router => !own.has(router)))
  }

  return segment => [
    ...segment.groups.filter(isLone).map(peerMissing),
    ...network.gaps.filter(gap => reaches(gap, segment)).map(gapReason),
    ...[namesake(segment)].flatMap(other => (other ? [sameSubnet(segment, other)] : [])),
    ...[...new Set(segment.attachments.map(a => a.device))].flatMap(deviceDoubts),
    ...segment.attachments.flatMap(a => interfaceDoubts(a.device, a.interface.name)),
    ...segment.attachments
      .filter(a => a.addresses.length === 0 && a.interface.relays.some(r => r.live))
      .map(a => ({
        code: 'no-address' as const,
        message: `the address of ${a.interface.name} is not in the configuration of ${a.device.device}, so its segment cannot be told`,
        device: a.device.device,
        line: a.interface.line,
      })),
  ]
}

const relays = (segment: Segment) => segment.attachments.some(a => a.interface.relays.some(r => r.live))

const sameSubnet = (segment: Segment, other: Segment): Reason => ({
  code: 'same-subnet',
  message: `${[...routersOn(other)].join(', ')} relay${routersOn(other).size === 1 ? 's' : ''} ${segment.subnets[0]} in VRF ${other.vrf}, here it is in VRF ${segment.vrf}: one network or two cannot be told`,
  device: null,
  line: null,
})

/** The routers seen on a segment, up or down. */
export const routersOn = (segment: Segment): Set<string> => new Set(segment.attachments.map(a => a.device.device))

/** A group that runs on one router only: redundancy is configured, and the other half is not in the audit. */
export function isLone(group: RedundancyGroup): boolean {
  const devices = new Set(group.members.map(m => m.attachment.device.device))
  return devices.size === 1 && group.members.some(m => m.group.enabled && m.attachment.interface.enabled)
}

function peerMissing(group: RedundancyGroup): Reason {
  const [first] = group.members
  const device = first?.attachment.device.device ?? null
  return {
    code: 'peer-missing',
    message: `${groupName(group)} runs on ${device} alone; its peer is not in the audit`,
    device,
    line: first?.group.line ?? null,
  }
}

/** `HSRP group 10`, `anycast gateway`. */
export const groupName = (group: RedundancyGroup): string =>
  group.protocol === 'anycast' ? 'the anycast gateway' : `${group.protocol.toUpperCase()} group ${group.number}`

const gapReason = (gap: Gap): Reason => ({
  code: gap.kind === 'truncated' ? 'truncated' : gap.kind === 'unplaced' ? 'no-address' : 'device-not-collected',
  message: gap.reason,
  device: gap.device,
  line: null,
})

/** Lines outside of interfaces could change what any interface of the device does; one reason stands for all of them. */
function deviceDoubts(device: Device): Reason[] {
  const known = wholeDevice.get(device) ?? summarize(device)
  wholeDevice.set(device, known)
  return known
}
const wholeDevice = new WeakMap<Device, Reason[]>()

function summarize(device: Device): Reason[] {
  const reasons = [...interfaceDoubts(device, null)]
  const [first, ...more] = reasons
  if (!first || more.length === 0) return reasons
  return [{ ...first, message: `${first.message}; and ${more.length} more lines of ${device.device}` }]
}

/**
 * Lines and names that could change what an interface does. One that is down is no exception: the line that was not
 * understood may be what takes it up.
 */
function interfaceDoubts({ device, unrecognized, unresolved }: Device, iface: string | null): Reason[] {
  return [
    ...unrecognized
      .filter(u => u.interface === iface)
      .map(
        ({ line, text }): Reason => ({
          code: 'unrecognized',
          message: `line ${line} of ${device} was not understood: ${text}`,
          device,
          line,
        }),
      ),
    ...unresolved
      .filter(u => u.interface === iface)
      .map(
        ({ line, name }): Reason => ({
          code: 'unresolved-name',
          message: `${name}, used on line ${line} of ${device}, is defined nowhere`,
          device,
          line,
        }),
      ),
  ]
}
