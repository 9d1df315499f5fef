// The verdict, per segment and PXE point.
import type { PxePoint } from '../model/inventory.ts'
import type { Copies, Judgement, Path } from '../model/judgement.ts'
import type { Network } from '../model/network.ts'
import type { PxeVerdict, Reason, Verdict } from '../model/result.ts'
import { type Judged, judgementsAgain } from './again.ts'
import { countCopies } from './copies.ts'
import { doubtFinder } from './doubts.ts'
import { isOfEdge } from './edges.ts'
import { foreignPoints } from './foreign.ts'
import { segmentIndex } from './gates.ts'
import { reachability } from './reach.ts'
import { preferredOn } from './roles.ts'
import { unservedFinder } from './unserved.ts'

/** Judges every segment against every PXE point of its site; what `earlier` says of the same segment for the same reasons still holds. */
export function judge(network: Network, earlier?: Judged): Judgement[] {
  const reach = reachability(network)
  const segmentOf = segmentIndex(network)
  const doubtsOf = doubtFinder(network)
  const pointsOf = bySite(network.points)
  const unserved = unservedFinder(network)
  const foreignTo = foreignPoints(network, reach)
  const again = judgementsAgain(earlier)
  const judgements: Judgement[] = []
  for (const segment of network.segments) {
    const own = pointsOf(segment.site)
    const foreign = foreignTo(segment, own)
    const points = foreign.length > 0 ? [...own, ...foreign] : own
    if (points.length === 0) continue
    const shared = doubtsOf(segment)
    const { caveats } = shared
    const preferred = preferredOn(segment)
    for (const point of points) {
      const copies = countCopies(segment, point, reach, segmentOf, unserved)
      const doubts = copies.unclear.length > 0 ? [...shared.doubts, ...copies.unclear] : shared.doubts
      const known = again(segment, point, { copies, doubts, caveats })
      judgements.push(known ?? { segment, point, copies, doubts, preferred, verdict: decide(point, copies, doubts, caveats) })
    }
  }
  return judgements
}

function bySite(points: readonly PxePoint[]): (site: string) => readonly PxePoint[] {
  const known = new Map<string, readonly PxePoint[]>()
  return site => {
    const there = known.get(site) ?? points.filter(p => p.sites === null || p.sites.includes(site))
    known.set(site, there)
    return there
  }
}

/** Two copies are two copies whatever else is unknown; anything less needs evidence without a gap. */
function decide(point: PxePoint, copies: Copies, doubts: readonly Reason[], caveats: readonly Reason[]): PxeVerdict {
  const several =
    copies.live.length > 0 && ([4, 6] as const).every(family => hasSpare(copies.live.filter(p => p.relay.family === family)))
  const verdict: Verdict =
    copies.count >= 2 ? 'duplicate' : doubts.length > 0 ? 'unknown' : copies.count === 1 ? 'single' : 'none'
  const known = verdict !== 'unknown'
  return {
    point: point.name,
    copies: known ? copies.count : null,
    verdict,
    survives_failover: known ? several : null,
    reasons: [...relaying(point, copies), ...doubts, ...caveats],
  }
}

/** Whether no router is the only one that relays; requests of one IP version are nothing to relays of the other. */
const hasSpare = ([first, ...more]: readonly Path[]): boolean =>
  first === undefined || more.some(p => p.attachment.device !== first.attachment.device)

/** What the routers do, or that none of them does anything. */
function relaying(point: PxePoint, { live, inert }: Copies): Reason[] {
  if (live.length === 0 && inert.length === 0)
    return [{ code: 'no-relay', message: `no relay leads to ${point.name}`, device: null, line: null }]
  return [...live.map(liveReason), ...inert.map(inertReason)]
}

function liveReason({ attachment, relay, gate }: Path): Reason {
  const device = attachment.device.device
  const where = `${device} relays ${attachment.interface.name} to ${relay.target}`
  if (gate.state === 'shared' && isOfEdge(relay))
    return { code: 'relays', message: `${where} what it hears from clients of its own`, device, line: relay.line }
  const alone = relay.tunnel === undefined ? '' : `, and leaves alone what comes out of tunnel ${relay.tunnel}`
  if (gate.state === 'shared')
    return {
      code: 'gated',
      message: `${where} while it is the active router (${relay.redundancy ?? relay.gate})${alone}`,
      device,
      line: relay.line,
    }
  if (gate.state === 'broken')
    return { code: 'gate-unresolved', message: `${where}; its condition does not hold: ${gate.why}`, device, line: relay.line }
  return { code: 'relays', message: `${where}${alone}`, device, line: relay.line }
}

const inertReason = ({ attachment, relay }: Path): Reason => ({
  code: 'inert',
  message: `${attachment.device.device} would relay ${attachment.interface.name} to ${relay.target}, but does not: ${relay.inert}`,
  device: attachment.device.device,
  line: relay.line,
})
