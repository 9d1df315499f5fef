// Leave one relay and take the others off: Microsoft's first workaround (KB 2510665).
import type { Judgement, Path } from '../../model/judgement.ts'
import type { Attachment } from '../../model/network.ts'
import type { Confidence } from '../../model/result.ts'
import { type Action, commonValues, type Plan, type Strategy, standbyFirst } from '../plan.ts'

/** Below this the prediction is no more than a guess. */
const SURE: readonly Confidence[] = ['high', 'medium']

/** One plan for each router that could go on relaying: first the one that is wanted, then those that might do as well. */
export const remove: Strategy = (judgement, { prefer }) => {
  const ways = onePerAttachment(judgement.copies.live)
  const { attachment, confidence } = judgement.preferred
  const wanted = ways.find(p => prefer.has(p.attachment.device.device))
  const likely = ways.find(p => p.attachment === attachment)
  const first = wanted ?? likely ?? ways[0]
  if (!first) return []
  // Of two relays on one router either may go: that is no question of who is active.
  const several = ways.length > 1
  const undecided = several && wanted === undefined && !(likely !== undefined && SURE.includes(confidence))
  const order = [first, ...judgement.copies.live.filter(p => p.attachment !== first.attachment)]
  return order.map(keep => planKeeping(keep, judgement, { undecided, chosen: keep === wanted }))
}

/** The first relay on each interface. */
const onePerAttachment = (live: readonly Path[]): Path[] =>
  live.filter((p, n) => live.findIndex(other => other.attachment === p.attachment) === n)

function planKeeping(
  keep: Path,
  { copies, preferred }: Judgement,
  { undecided, chosen }: { undecided: boolean; chosen: boolean },
): Plan {
  const actions = standbyFirst(copies.live, preferred.attachment, keep.attachment)
    .filter(path => path !== keep)
    .map((path): Action => {
      const { attachment, relay } = path
      return { id: 'remove-relay', attachment, relay, values: commonValues(path, keep.attachment) }
    })
  const { device } = keep.attachment.device
  const own = copies.live.filter(p => p.attachment.device === keep.attachment.device)
  return {
    strategy: 'remove',
    id: `remove, ${device} goes on relaying${own.length > 1 ? wordsFor(keep, own) : ''}`,
    keeps: device,
    undecided,
    remark: chosen ? '' : remarkOn(keep.attachment, preferred, undecided),
    wide: false,
    actions,
  }
}

/** On one router it is the target that tells the plans apart; where that is the same, whatever else does. */
function wordsFor({ attachment, relay }: Path, own: readonly Path[]): string {
  const { target, vrf, redundancy, via } = relay
  const twins = own.filter(p => p.relay.target === target)
  const differ = (of: (path: Path) => unknown) => new Set(twins.map(of)).size > 1
  return [
    ` to ${target}`,
    differ(p => p.relay.vrf) ? ` in ${vrf === null ? 'its own VRF' : `VRF ${vrf}`}` : '',
    differ(p => p.relay.redundancy) ? (redundancy === null ? ' without redundancy' : ` with redundancy ${redundancy}`) : '',
    differ(p => p.relay.via) ? (via === null ? ' by its own line' : ` through ${via}`) : '',
    differ(p => p.attachment) ? ` on ${attachment.interface.name}` : '',
  ].join('')
}

/** Priorities predict the active router and do not prove it; taking the relay off the active one is a detour for every request. */
function remarkOn(kept: Attachment, { attachment, confidence }: Judgement['preferred'], undecided: boolean): string {
  const { device } = kept.device
  if (!attachment)
    return `Nothing in the configurations tells which router should go on relaying, so a person must choose; this is what to do where ${device} does.`
  if (undecided)
    return `That ${attachment.device.device} is the active router is predicted with ${confidence} confidence, so a person must choose; this is what to do where ${device} goes on relaying.`
  if (kept !== attachment)
    return `${attachment.device.device} is predicted to be the active router, and no safe snippet takes the relay off the others, so that ${device} goes on relaying.`
  return confidence === 'high'
    ? ''
    : `That ${device} is the active router is predicted with ${confidence} confidence; check it before you apply this.`
}
