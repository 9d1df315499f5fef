// What keeps a segment from being judged: the narrowest scope that what is missing could reach.
import type { Device } from '../model/device.ts'
import type { Network, RedundancyGroup, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'
import { caveatsOf } from './caveats.ts'
import { gapFinder } from './gaps.ts'
import { subnetsOf } from './join.ts'
import { lineDoubts } from './line-doubts.ts'
import { namesakeFinder } from './namesakes.ts'

/** What is to be said of a segment besides its relays. */
export interface Doubts {
  /** Reasons why no verdict short of a proven duplicate can be given. */
  readonly doubts: readonly Reason[]
  /** What the reader of a verdict has to know, and does not change it. */
  readonly caveats: readonly Reason[]
}

/** Finds both for every segment of a network. */
export function doubtFinder(network: Network): (segment: Segment) => Doubts {
  const gapsOf = gapFinder(network)
  const namesakesOf = namesakeFinder(network)
  const stale = new Map(network.devices.flatMap(({ device, stale }) => (stale === null ? [] : [[device, stale] as const])))
  return segment => {
    const devices = [...new Set(segment.attachments.map(a => a.device))]
    const gaps = gapsOf(segment)
    return {
      doubts: [
        ...segment.groups.filter(isLone).map(peerMissing),
        ...gaps.doubts,
        ...namesakesOf(segment),
        ...devices.flatMap(device => staleness(device, stale.get(device))),
        ...devices.flatMap(device => lineDoubts(device, null)),
        ...segment.attachments.flatMap(a => lineDoubts(a.device, a.interface.name)),
        ...segment.attachments.flatMap(({ device, interface: i }): Reason[] =>
          subnetsOf(i).length > 0 || !i.relays.some(r => r.live)
            ? []
            : [
                {
                  code: 'no-address',
                  message: `the address of ${i.name} is not in the configuration of ${device.device}, so its segment cannot be told`,
                  device: device.device,
                  line: i.line,
                },
              ],
        ),
      ],
      caveats: [...gaps.assumed, ...caveatsOf(segment)],
    }
  }
}

const staleness = (device: Device, why: string | undefined): Reason[] =>
  why === undefined ? [] : [{ code: 'stale', message: `${device.device}: ${why}`, device: device.device, line: null }]

/** The routers seen on a segment, up or down. */
export const routersOn = (segment: Segment): Set<string> => new Set(segment.attachments.map(a => a.device.device))

/** A group that runs on one router only: redundancy is configured, and the other half is not in the audit. */
export function isLone(group: RedundancyGroup): boolean {
  const [first] = group.members
  const alone = group.members.every(m => m.attachment.device === first?.attachment.device)
  return alone && group.members.some(m => m.group.enabled && m.attachment.interface.enabled)
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

/** `HSRP group 10`, `the anycast gateway`. */
export const groupName = (group: Pick<RedundancyGroup, 'protocol' | 'number'>): string =>
  group.protocol === 'anycast' ? 'the anycast gateway' : `${group.protocol.toUpperCase()} group ${group.number}`
