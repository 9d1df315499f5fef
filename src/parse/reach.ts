// Which interfaces the members of relay sets cover, and how narrowly.
import { Netmask } from 'netmask'
import { type DraftDevice, type DraftInterface, interfaceKey } from './draft.ts'
import type { DraftSet, Member } from './draft-set.ts'

/** The width of "all interfaces". */
const WIDEST = Number.MAX_SAFE_INTEGER

/** How many interfaces the narrowest member stands for that serves, or excludes, one of them. */
export interface Narrowest {
  readonly serves: number
  readonly spares: number
}
const NOWHERE: Narrowest = { serves: Number.POSITIVE_INFINITY, spares: Number.POSITIVE_INFINITY }
type Known = readonly [key: string, found: DraftInterface]

export interface Reach {
  /** The interfaces that a member covers, in the order of the configuration where it does not name them. */
  readonly covered: (member: Member) => readonly Known[]
  /** Of a set: every interface that some member covers. */
  readonly narrowest: (set: DraftSet) => ReadonlyMap<string, Narrowest>
}

const numbered = (key: string) => {
  const found = /^(.*?)(\d+)$/.exec(key)
  return found ? { stem: found[1] ?? '', number: Number(found[2]) } : undefined
}

export function reachOf(device: DraftDevice): Reach {
  /** Interfaces that are equal but for the number at the end, by that number. */
  let stems: Map<string, { number: number; known: Known }[]> | undefined
  const byStem = (stem: string) => {
    if (!stems) {
      stems = new Map()
      for (const known of device.interfaces) {
        const at = numbered(known[0])
        if (!at) continue
        const list = stems.get(at.stem)
        if (list) list.push({ number: at.number, known })
        else stems.set(at.stem, [{ number: at.number, known }])
      }
      for (const list of stems.values()) list.sort((a, b) => a.number - b.number)
    }
    return stems.get(stem) ?? []
  }
  const one = (key: string): Known[] => {
    const found = device.interfaces.get(key)
    return found ? [[key, found]] : []
  }
  const between = (from: string, upto: string): Known[] => {
    const [low, high] = [numbered(from), numbered(upto)]
    if (!low || !high || low.stem !== high.stem) return from === upto ? one(from) : [...one(from), ...one(upto)]
    const list = byStem(low.stem)
    const found: Known[] = []
    for (let k = firstFrom(list, low.number); k < list.length; k++) {
      const { number, known } = list[k] as (typeof list)[number]
      if (number > high.number) break
      found.push(known)
    }
    return found
  }
  const covered = (member: Member): readonly Known[] => {
    if (member.all) return [...device.interfaces].filter(([, i]) => i.addresses.length > 0 || i.addressing !== undefined)
    if (member.subnet !== undefined) {
      const block = new Netmask(member.subnet)
      const inside = [...device.interfaces].filter(([, i]) => i.addresses.some(a => !a.ip.includes(':') && block.contains(a.ip)))
      // A router has a subnet once: where no interface shows it, one that learns its address may have it.
      return inside.length > 0 ? inside : [...device.interfaces].filter(([, i]) => i.addressing === 'dynamic')
    }
    if (member.interface === undefined) return []
    const from = interfaceKey(member.interface)
    return member.upto === undefined ? one(from) : between(from, interfaceKey(member.upto))
  }
  const seen = new Map<DraftSet, Map<string, Narrowest>>()
  return {
    covered,
    narrowest(set) {
      let all = seen.get(set)
      if (all) return all
      seen.set(set, (all = new Map()))
      for (const member of set.members) {
        const width = widthOf(member)
        for (const [key] of covered(member)) {
          const { serves, spares } = all.get(key) ?? NOWHERE
          all.set(
            key,
            member.excluded ? { serves, spares: Math.min(spares, width) } : { serves: Math.min(serves, width), spares },
          )
        }
      }
      return all
    },
  }
}

/** Where in a list sorted by number the numbers from `low` on begin. */
function firstFrom(list: readonly { readonly number: number }[], low: number): number {
  let [from, to] = [0, list.length]
  while (from < to) {
    const middle = (from + to) >> 1
    if ((list[middle]?.number ?? 0) < low) from = middle + 1
    else to = middle
  }
  return from
}

function widthOf(member: Member): number {
  if (member.all) return WIDEST
  if (member.subnet !== undefined) return WIDEST - 1
  if (member.upto === undefined) return 1
  const [low, high] = [numbered(interfaceKey(member.interface ?? '')), numbered(interfaceKey(member.upto))]
  return low && high && low.stem === high.stem ? Math.max(high.number - low.number + 1, 1) : 2
}
