// Leave one relay and take the others off: Microsoft's first workaround (KB 2510665).
import type { Judgement, Path } from '../../model/judgement.ts'
import type { Attachment } from '../../model/network.ts'
import type { Confidence } from '../../model/result.ts'
import { type Action, commonValues, type Plan, type Strategy, standbyFirst } from '../plan.ts'

/** Below this the prediction is no more than a guess. */
const SURE: readonly Confidence[] = ['high', 'medium']

/**
 * The relays to choose from: those of the IP version of which too many copies arrive. Requests of the other one need a relay of their
 * own: those of them that are no duplicate stay, else the one on the router that goes on relaying.
 */
function ofOneFamily({ copies: { live, byFamily } }: Judgement) {
  const family = byFamily[4] >= 2 ? 4 : 6
  const [own, others] = [live.filter(p => p.relay.family === family), live.filter(p => p.relay.family !== family)]
  const several = byFamily[family === 4 ? 6 : 4] >= 2
  const besides = ({ attachment }: Path): readonly Path[] => {
    const open = others.filter(p => p.gate.state !== 'shared')
    const [first] = several ? [...open.filter(p => p.attachment.device === attachment.device), ...open] : []
    return first ? [first] : others
  }
  return { own, besides }
}

/**
 * One plan for each router that could go on relaying: first the one that is wanted, then those that might do as well. Relays that
 * hang on one gate may stay together, since one of them forwards whichever router is active; that comes before all.
 */
export const remove: Strategy = (judgement, { prefer }) => {
  const { own: live, besides } = ofOneFamily(judgement)
  const { attachment, confidence } = judgement.preferred
  const sure = (p: Path) => p.attachment === attachment && SURE.includes(confidence)
  const ways = live.map(keep => ({ keep, kept: withSameGate(keep, live) }))
  const isSafe = ({ keep, kept }: (typeof ways)[number]) =>
    keep.gate.state !== 'shared' || sure(keep) || coversAll(kept, judgement) || live.every(p => isTwin(p, keep))
  const safe = ways.filter(isSafe)
  if (safe.length === 0) {
    const [name] = live.map(p => p.attachment.device.device)
    const why = `${name} relays only while it is the active router, and nothing tells that it always is`
    return name === undefined ? [] : { withheld: why }
  }
  const together = safe.find(({ kept }) => kept.length > 1 && kept.length < live.length && coversAll(kept, judgement))
  // Where a gate lets the relay of one router through, those of the others do not make up for it.
  const alone = safe
    .filter(({ keep, kept }) => keep.gate.state !== 'shared' || sure(keep) || kept.length === 1)
    .map(({ keep }) => keep)
  const wanted = alone.find(p => prefer.has(p.attachment.device.device))
  const likely = alone.find(p => p.attachment === attachment)
  const first = wanted ?? likely ?? alone[0]
  const turns = together ? [planKeepingAll(together.kept, besides(together.keep), judgement)] : []
  if (!first) return turns
  // Of two relays on one router either may go: that is no question of who is active.
  const several = live.some(p => p.attachment !== first.attachment)
  const undecided = !together && several && wanted === undefined && !(likely !== undefined && SURE.includes(confidence))
  const order = [first, ...alone.filter(p => p.attachment !== first.attachment)]
  return [
    ...turns,
    ...order.map(keep => planKeeping(keep, live, besides(keep), judgement, { undecided, chosen: keep === wanted })),
  ]
}

/** Relays of one router that hang on one gate: what goes with one of them goes while the other would do. */
const isTwin = (a: Path, b: Path): boolean =>
  a.attachment.device === b.attachment.device &&
  a.gate.state === 'shared' &&
  b.gate.state === 'shared' &&
  a.gate.key === b.gate.key

/** A relay, and one on every other router that hangs on the same gate; to the same target, if there is one. */
function withSameGate(keep: Path, live: readonly Path[]): readonly Path[] {
  const { gate } = keep
  if (gate.state !== 'shared') return [keep]
  const same = live.filter(p => p.gate.state === 'shared' && p.gate.key === gate.key)
  const rest = new Set(same.map(p => p.attachment.device).filter(d => d !== keep.attachment.device))
  const on = Array.from(rest, device => same.filter(p => p.attachment.device === device))
  return [keep, ...on.flatMap(own => own.find(p => p.relay.target === keep.relay.target) ?? own[0] ?? [])]
}

/** Whether relays that hang on one gate are on all routers that may be the one which it lets through. */
function coversAll(kept: readonly Path[], { segment }: Judgement): boolean {
  const [first] = kept
  if (first?.gate.state !== 'shared') return false
  const { key } = first.gate
  const group = segment.groups.find(g => g.key === key)
  const running = group?.members.filter(m => m.group.enabled && m.attachment.interface.enabled).map(m => m.attachment.device)
  // A pair has two halves.
  return running ? running.every(d => kept.some(p => p.attachment.device === d)) : kept.length === 2
}

/** What may bring a second copy beside the relay that stays, for sure or perhaps. */
const forwarding = ({ live, perhaps }: Judgement['copies']): readonly Path[] =>
  perhaps.length === 0 ? live : [...live, ...perhaps]

function planKeepingAll(kept: readonly Path[], besides: readonly Path[], { copies, preferred }: Judgement): Plan {
  const names = kept.map(p => p.attachment.device.device)
  const actions = standbyFirst(forwarding(copies), preferred.attachment)
    .filter(path => !kept.includes(path) && !besides.includes(path))
    .map((path): Action => {
      const { attachment, relay } = path
      const values = { ...commonValues(path, attachment), preferred: names.join(' or ') }
      return { id: 'remove-relay', attachment, relay, values }
    })
  const id = `remove, ${names.join(' and ')} go on relaying by turns`
  return { strategy: 'remove', id, keeps: null, undecided: false, remark: '', wide: false, actions }
}

function planKeeping(
  keep: Path,
  live: readonly Path[],
  besides: readonly Path[],
  { copies, preferred }: Judgement,
  { undecided, chosen }: { undecided: boolean; chosen: boolean },
): Plan {
  const actions = standbyFirst(forwarding(copies), preferred.attachment, keep.attachment)
    .filter(path => path !== keep && !besides.includes(path))
    .map((path): Action => {
      const { attachment, relay } = path
      return { id: 'remove-relay', attachment, relay, values: commonValues(path, keep.attachment) }
    })
  const { device } = keep.attachment.device
  const own = live.filter(p => p.attachment.device === keep.attachment.device)
  const tied = keep.gate.state === 'shared' ? `${device} relays only while it is the active router.` : ''
  return {
    strategy: 'remove',
    id: `remove, ${device} goes on relaying${own.length > 1 ? wordsFor(keep, own) : ''}`,
    keeps: device,
    undecided,
    remark: `${chosen ? '' : remarkOn(keep.attachment, preferred, undecided)} ${tied}`.trim(),
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
