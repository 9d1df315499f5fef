// What keeps a segment from being judged: the narrowest scope that what is missing could reach.
import type { Network, RedundancyGroup, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'
import { caveatsOf } from './caveats.ts'
import { gapFinder } from './gaps.ts'
import { halfFinder } from './halves.ts'
import { isPlaced, placelessText } from './join.ts'
import { groupName } from './keys.ts'
import { hasDoubts, lineDoubts } from './line-doubts.ts'
import { namesakeFinder } from './namesakes.ts'
import { recaptureFinder } from './recaptures.ts'
import { unlistedFinder } from './unlisted.ts'
import { unsitedFinder } from './unsited.ts'
import { strangersOn } from './witnesses.ts'

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
  const halvesOf = halfFinder(network)
  const unsited = unsitedFinder(network)
  const recapturesOf = recaptureFinder(network)
  const unlistedOn = unlistedFinder(network)
  return segment => {
    const gaps = gapsOf(segment)
    const doubts: Reason[] = []
    for (const group of segment.groups) if (isLone(group) || isUntold(group)) doubts.push(peerMissing(group))
    for (const doubt of strangersOn(segment)) doubts.push(doubt)
    for (const doubt of halvesOf(segment)) doubts.push(doubt)
    for (const doubt of gaps.doubts) doubts.push(doubt)
    for (const doubt of namesakesOf(segment)) doubts.push(doubt)
    for (const doubt of unsited(segment)) doubts.push(doubt)
    for (const doubt of recapturesOf(segment)) doubts.push(doubt)
    for (const doubt of unlistedOn(segment)) doubts.push(doubt)
    if (segment.attachments.some(a => hasDoubts(a.device))) {
      for (const device of new Set(segment.attachments.map(a => a.device))) doubts.push(...lineDoubts(device, null))
      for (const { device, interface: i } of segment.attachments) doubts.push(...lineDoubts(device, i.name))
    }
    for (const { device, interface: i } of segment.attachments) {
      if (!i.relays.some(r => r.live && !isPlaced(i, r.family))) continue
      const message = `${i.name} of ${device.device} relays, and ${placelessText(i)}, so its segment cannot be told`
      doubts.push({ code: 'no-address', message, device: device.device, line: i.line })
    }
    const caveats = caveatsOf(segment)
    return { doubts, caveats: gaps.assumed.length > 0 ? [...gaps.assumed, ...caveats] : caveats }
  }
}

/** The routers seen on a segment, up or down. */
export const routersOn = (segment: Segment): Set<string> => new Set(segment.attachments.map(a => a.device.device))

/** A group that runs on one router only: redundancy is configured, and the other half is not in the audit. */
export function isLone(group: RedundancyGroup): boolean {
  const [first] = group.members
  const alone = group.members.every(m => m.attachment.device === first?.attachment.device)
  return alone && group.members.some(m => m.group.enabled && m.attachment.interface.enabled)
}

/** A group whose members all learn the virtual address: the one that has it is elsewhere, or none of them is ever active. */
function isUntold({ members }: RedundancyGroup): boolean {
  const running = members.filter(m => m.group.enabled && m.attachment.interface.enabled)
  return running.length > 0 && running.every(m => m.group.learned)
}

function peerMissing(group: RedundancyGroup): Reason {
  const [first] = group.members
  const device = first?.attachment.device.device ?? null
  return {
    code: 'peer-missing',
    message: isLone(group)
      ? `${groupName(group)} runs on ${device} alone; its peer is not in the audit`
      : `${groupName(group)} learns its address on all of its routers; the one that has it is not in the audit`,
    device,
    line: first?.group.line ?? null,
  }
}
