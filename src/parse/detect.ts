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

/** Finds the platform whose tells fit best. Two that fit equally well are an error, never a guess. */
export function detect(text: string, platforms: readonly Platform[], strangers: readonly Stranger[] = []): Detection {
  const head = text.length > HEAD ? text.slice(0, HEAD) : text
  if (head.trim() === '') return { platform: null, reason: 'it is empty' }
  const hits = (tells: readonly RegExp[]) => tells.reduce((n, tell) => n + (tell.test(head) ? 1 : 0), 0)
  const scored = platforms
    .map(platform => ({ platform, score: SURE * hits(platform.tells.sure) + hits(platform.tells.likely) }))
    .filter(s => s.score > 0)
    .sort((a, b) => b.score - a.score)
  const [first, second] = scored
  const stranger = strangers.find(s => hits(s.tells) > 0)
  if (stranger && (!first || first.score < 2 * SURE)) {
    return { platform: null, reason: `it looks like ${stranger.name}, which this version cannot read` }
  }
  if (!first) return { platform: null, reason: 'no platform this version can read writes lines like these' }
  if (second && second.score === first.score) {
    return { platform: null, reason: `it fits ${first.platform.id} and ${second.platform.id} equally well; name the platform` }
  }
  return { platform: first.platform, reason: null }
}
