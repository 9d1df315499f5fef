// How many of some relays forward one request, whoever hears it first.
import type { Family } from '../model/device.ts'
import type { Path } from '../model/judgement.ts'
import { pairOf } from './gates.ts'

/**
 * A request enters a tunnel at one switch, or pair of them: of the relays that leave alone what comes out of it, only those
 * forward that stand there. The place at which most do counts.
 */
export function mostAtOnce(paths: readonly Path[], family: Family): number {
  if (paths.every(p => p.relay.tunnel === undefined)) return count(paths, family)
  const open: Path[] = []
  const tunnels = new Map<string, Map<string, Path[]>>()
  for (const path of paths) {
    const { tunnel } = path.relay
    if (tunnel === undefined || !leavesTunnel(path)) {
      open.push(path)
      continue
    }
    const places = tunnels.get(tunnel) ?? new Map<string, Path[]>()
    tunnels.set(tunnel, places)
    const place = placeOf(path)
    const there = places.get(place)
    if (there) there.push(path)
    else places.set(place, [path])
  }
  for (const places of tunnels.values()) {
    let [most, first]: [number, Path[]] = [-1, []]
    for (const there of places.values()) {
      const n = count(there, family)
      if (n > most) [most, first] = [n, there]
    }
    open.push(...first)
  }
  return count(open, family)
}

/**
 * Whether nothing that comes out of its tunnel is relayed after all: one half of a pair sends what it got there on to the other one, which
 * hears it on the link between them.
 */
export const leavesTunnel = ({ attachment, relay, gate }: Path): boolean =>
  relay.tunnel !== undefined && (attachment.device.pair === null || gate.state === 'shared')

/** The halves of a pair are one end of a tunnel. */
function placeOf({ attachment: { device } }: Path): string {
  const pair = device.pair ? pairOf(device) : undefined
  return pair?.state === 'shared' ? pair.key : device.device
}

/** Open and broken gates always let through; of the relays that share a gate, only one router's do. */
function count(paths: readonly Path[], family: Family): number {
  const quick = paths.length < 3 ? ofTwo(paths, family) : undefined
  if (quick !== undefined) return quick
  let count = 0
  const shared = new Map<string, Map<string, number>>()
  for (const { attachment, relay, gate } of paths) {
    if (relay.family !== family) continue
    if (gate.state !== 'shared') {
      count++
      continue
    }
    const routers = shared.get(gate.key) ?? new Map<string, number>()
    shared.set(gate.key, routers)
    const { device } = attachment.device
    routers.set(device, (routers.get(device) ?? 0) + 1)
  }
  for (const [key, routers] of shared) {
    // A pair has two halves; where more devices carry its name, the name was used again and holds nothing back.
    const one = !key.startsWith('pair ') || routers.size <= 2
    count += one ? Math.max(...routers.values()) : [...routers.values()].reduce((a, b) => a + b)
  }
  return count
}

/** The same for the many segments with two relays or fewer: of two behind one gate, on two routers, one forwards. */
function ofTwo([a, b]: readonly Path[], family: Family): number {
  if (!a || !b) return a?.relay.family === family ? 1 : 0
  if (a.relay.family !== family || b.relay.family !== family)
    return Number(a.relay.family === family) + Number(b.relay.family === family)
  const one = a.gate.state === 'shared' && b.gate.state === 'shared' && a.gate.key === b.gate.key
  return one && a.attachment.device !== b.attachment.device ? 1 : 2
}
