// Routers of which no site is said, where others have one: they may stand beside any of those.
import { NO_SITE } from '../model/inventory.ts'
import { subnetOf } from '../model/ip.ts'
import type { Network, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'
import { mayBeOne, relaying, relays } from './namesakes.ts'

/** Finds what may be the same network as a segment, with a site said of one of the two alone, while both relay, or may. */
export function unsitedFinder({ segments }: Network): (segment: Segment) => readonly Reason[] {
  const [loose, sited]: [Segment[], Segment[]] = [[], []]
  for (const segment of segments) (segment.site === NO_SITE ? loose : sited).push(segment)
  if (loose.length === 0 || sited.length === 0) return () => NONE
  const [relayingLoose, relayingSited] = [loose.filter(relays), sited.filter(relays)]
  const found = new Map<Segment, Segment>()
  const meet = (inner: readonly Segment[], outer: Places) => {
    for (const a of inner)
      for (const b of outer.around(a)) {
        if (!mayBeOne(a, b)) continue
        if (!found.has(a)) found.set(a, b)
        if (!found.has(b)) found.set(b, a)
      }
  }
  meet(relayingLoose, placesOf(relayingSited))
  meet(relayingSited, placesOf(relayingLoose))
  return segment => {
    const other = found.get(segment)
    return other ? [sameSubnet(segment, other)] : NONE
  }
}

const NONE: readonly Reason[] = []

interface Places {
  /** The segments one of whose subnets is one of a segment's, or holds it. */
  around(segment: Segment): Iterable<Segment>
}

function placesOf(segments: readonly Segment[]): Places {
  const bySubnet = new Map<string, Segment[]>()
  for (const segment of segments)
    for (const subnet of segment.subnets) {
      const there = bySubnet.get(subnet)
      if (there) there.push(segment)
      else bySubnet.set(subnet, [segment])
    }
  const lengths = [...new Set(Array.from(bySubnet.keys(), lengthOf))]
  return {
    *around({ subnets }) {
      for (const subnet of subnets) {
        const ip = subnet.slice(0, subnet.indexOf('/'))
        for (const length of lengths) if (length <= lengthOf(subnet)) yield* bySubnet.get(subnetOf(ip, length)) ?? []
      }
    },
  }
}

const lengthOf = (subnet: string) => Number(subnet.slice(subnet.indexOf('/') + 1))

const sameSubnet = (segment: Segment, other: Segment): Reason => {
  const own = segment.subnets.find(s => other.subnets.includes(s))
  const where = own ?? `${other.subnets[0]}, which overlaps ${segment.subnets[0]}`
  const [placed, said] = segment.site === NO_SITE ? [other, 'this segment'] : [segment, 'those routers']
  return {
    code: 'same-subnet',
    message: `${relaying(other)} ${where}${placed === other ? ` at ${other.site}` : ''}, and no site is given for ${said}: one network or two cannot be told`,
    device: null,
    line: null,
  }
}
