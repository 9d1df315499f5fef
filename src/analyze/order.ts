// The order in which segments and their subnets are listed: by site and number, so that it does not depend on the files.
import { ipv4Number } from '../model/ip.ts'
import type { Segment } from '../model/network.ts'
import type { Stand } from './join.ts'

/** What a subnet is sorted by: IPv4 first and by number, the wider one first. */
interface Place {
  readonly six: boolean
  readonly number: number
  readonly prefix: number
  readonly text: string
}

function placeOf(subnet = ''): Place {
  const six = subnet.includes(':')
  const slash = subnet.indexOf('/')
  const number = six || slash < 0 ? 0 : ipv4Number(subnet.slice(0, slash))
  return { six, number, prefix: Number(subnet.slice(slash + 1)), text: subnet }
}

const before = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1)

function compare(a: Place, b: Place): number {
  if (a.six || b.six || a.text === '' || b.text === '') return Number(a.six) - Number(b.six) || before(a.text, b.text)
  return a.number - b.number || a.prefix - b.prefix
}

/** By site, then by the first subnet, then by id. */
export const inOrder = (segments: readonly Segment[]): Segment[] =>
  segments
    .map(segment => ({ segment, place: placeOf(segment.subnets[0]) }))
    .sort((a, b) => before(a.segment.site, b.segment.site) || compare(a.place, b.place) || before(a.segment.id, b.segment.id))
    .map(({ segment }) => segment)

/** Subnets that are primary somewhere first; within that, IPv4 first and by number. */
export function orderSubnets(stands: readonly Stand[]): readonly string[] {
  const [first] = stands
  if (first && stands.every(s => s.subnets.length === 1 && s.subnets[0] === first.subnets[0])) return first.subnets
  const primary = new Set(stands.flatMap(s => s.subnets.slice(0, 1)))
  return [...new Set(stands.flatMap(s => s.subnets))]
    .map(placeOf)
    .sort((a, b) => Number(primary.has(b.text)) - Number(primary.has(a.text)) || compare(a, b))
    .map(p => p.text)
}
