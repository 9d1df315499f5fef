// Tells from a configuration's text which platform wrote it.
import type { Platform } from './platform.ts'
import { matching, prepare, type Tells } from './tells.ts'

/** A sure tell is worth this many likely ones. */
const SURE = 10
/** Configurations give themselves away early; reading more of a large file costs time and tells nothing new. */
const HEAD = 262_144

/** The platform, or the reason why there is none. */
export type Detection =
  | { readonly platform: Platform; readonly reason: null }
  | { readonly platform: null; readonly reason: string }

/** A system this version knows by sight and cannot read. */
export interface Stranger {
  readonly name: string
  readonly tells: readonly RegExp[]
}

/** How many tells of a list are in a text. */
type Hits = (tells: readonly RegExp[]) => number

/** How well the tells of a platform fit; above SURE, it writes lines that no other does. */
const scoreOf = (hits: Hits, { tells }: Platform) => SURE * hits(tells.sure) + hits(tells.likely)
const headOf = (text: string) => (text.length > HEAD ? text.slice(0, HEAD) : text)

/** Expressions are prepared once for each set of systems: there are two in a process, and thousands of texts. */
const prepared = new WeakMap<readonly unknown[], Tells>()

/** Looks for all tells of some systems at once; `of` gives the lists of one. */
function look<T>(text: string, systems: readonly T[], of: (system: T) => readonly (readonly RegExp[])[]): Hits {
  const lists = systems.flatMap(of)
  let tells = prepared.get(systems)
  if (!tells) prepared.set(systems, (tells = prepare(lists.flat())))
  const found = matching(tells, text)
  const counts = new Map<readonly RegExp[], number>()
  let at = 0
  for (const list of lists) {
    counts.set(list, found.slice(at, at + list.length).filter(Boolean).length)
    at += list.length
  }
  return list => counts.get(list) ?? 0
}
const tellsOf = ({ tells }: Platform) => [tells.sure, tells.likely]

/**
 * The platform that surely wrote a text for which another one is named; undefined when nothing speaks against the name.
 * A configuration read with the wrong grammar looks like one without relays.
 */
export function contradiction(text: string, named: Platform, platforms: readonly Platform[]): Platform | undefined {
  const head = headOf(text)
  if (named.tells.sure.some(tell => tell.test(head))) return undefined
  const hits = look(head, platforms, tellsOf)
  return platforms.find(p => p !== named && hits(p.tells.sure) > 0 && scoreOf(hits, p) > scoreOf(hits, named) + SURE)
}

/** Finds the platform whose tells fit best. Two that fit equally well are an error, never a guess. */
export function detect(text: string, platforms: readonly Platform[], strangers: readonly Stranger[] = []): Detection {
  const head = headOf(text)
  if (head.trim() === '') return { platform: null, reason: 'it is empty' }
  const hits = look(head, platforms, tellsOf)
  const scored = platforms
    .map(platform => ({ platform, score: scoreOf(hits, platform) }))
    .filter(s => s.score > 0)
    .sort((a, b) => b.score - a.score)
  const [first, second] = scored
  if (!first || first.score < 2 * SURE) {
    const strange = look(head, strangers, s => [s.tells])
    const stranger = strangers.find(s => strange(s.tells) > 0)
    if (stranger) return { platform: null, reason: `it looks like ${stranger.name}, which this version cannot read` }
  }
  if (!first)
    return { platform: null, reason: 'no platform this version can read writes lines like these; name it if you know better' }
  if (second && second.score === first.score) {
    return { platform: null, reason: `it fits ${first.platform.id} and ${second.platform.id} equally well; name the platform` }
  }
  return { platform: first.platform, reason: null }
}
