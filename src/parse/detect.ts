// Tells from a configuration's text which platform wrote it.
import type { Platform } from './platform.ts'

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

/** How well the tells of a platform fit; above SURE, it writes lines that no other does. */
const scoreOf = (head: string, { tells }: Platform) => SURE * hits(head, tells.sure) + hits(head, tells.likely)
const hits = (head: string, tells: readonly RegExp[]) => tells.reduce((n, tell) => n + (tell.test(head) ? 1 : 0), 0)
const headOf = (text: string) => (text.length > HEAD ? text.slice(0, HEAD) : text)

/**
 * The platform that surely wrote a text for which another one is named; undefined when nothing speaks against the name.
 * A configuration read with the wrong grammar looks like one without relays.
 */
export function contradiction(text: string, named: Platform, platforms: readonly Platform[]): Platform | undefined {
  const head = headOf(text)
  if (hits(head, named.tells.sure) > 0) return undefined
  return platforms.find(p => p !== named && hits(head, p.tells.sure) > 0 && scoreOf(head, p) > scoreOf(head, named) + SURE)
}

/** Finds the platform whose tells fit best. Two that fit equally well are an error, never a guess. */
export function detect(text: string, platforms: readonly Platform[], strangers: readonly Stranger[] = []): Detection {
  const head = headOf(text)
  if (head.trim() === '') return { platform: null, reason: 'it is empty' }
  const scored = platforms
    .map(platform => ({ platform, score: scoreOf(head, platform) }))
    .filter(s => s.score > 0)
    .sort((a, b) => b.score - a.score)
  const [first, second] = scored
  const stranger = strangers.find(s => hits(head, s.tells) > 0)
  if (stranger && (!first || first.score < 2 * SURE)) {
    return { platform: null, reason: `it looks like ${stranger.name}, which this version cannot read` }
  }
  if (!first)
    return { platform: null, reason: 'no platform this version can read writes lines like these; name it if you know better' }
  if (second && second.score === first.score) {
    return { platform: null, reason: `it fits ${first.platform.id} and ${second.platform.id} equally well; name the platform` }
  }
  return { platform: first.platform, reason: null }
}
