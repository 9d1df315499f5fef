// Whether what a command printed is the configuration, the whole configuration. Pure.
import type { Session } from '../parse/platform.ts'

/** Tells why a text cannot be a whole configuration; null when nothing speaks against it. */
export type Complete = (text: string) => string | null

/** What came of a command that shows the configuration. */
export type Verdict =
  | { readonly kind: 'whole' }
  /** The device will not do it: the next command may fare better. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'empty'; readonly reason: string }
  /** More may follow, whatever looks like the prompt. */
  | { readonly kind: 'unfinished'; readonly reason: string }
  /** It came to its end, and is of no use. */
  | { readonly kind: 'withheld'; readonly reason: string }

/** A refusal is short and holds no line of a configuration. The same words inside one are somebody's banner. */
const SHORT = 15
/** Of 16 recorded configurations of IOS, 15 are as long as announced to within 3 %; less than this share was cut. */
const SHARE = 0.9

/**
 * Judges what `command` printed. The order is that of the checks. Who has no
 * verdict of a platform to pass wants no configuration but any answer.
 */
export function judge(
  command: string,
  text: string,
  page: Pick<Session, 'refused' | 'sign' | 'announced' | 'withheld' | 'confined'>,
  complete: Complete | undefined,
  prompt = '',
): Verdict {
  if (text.trim() === '') return { kind: 'empty', reason: `the device printed nothing for "${command}"` }
  const signed = complete !== undefined && page.sign?.test(text) === true
  const lines = text.split('\n', SHORT + 2)
  const no = lines.length <= SHORT + 1 && !signed ? lines.filter(line => page.refused.test(line)) : []
  if (no.length > 0) return { kind: 'refused', reason: `the device refused "${command}" (${words([...no, ...lines])})` }
  if (complete === undefined) return { kind: 'whole' }
  if (page.sign && !signed) return unfinished(`what came of "${command}" does not look like a configuration`)
  const bytes = announcedIn(text, page.announced)
  if (bytes && bytes.came < SHARE * bytes.promised)
    return unfinished(`the device announced ${bytes.promised} bytes, and ${bytes.came} came`)
  const hidden = page.withheld?.exec(text)
  if (hidden)
    return {
      kind: 'withheld',
      reason: `the device withholds a part of its configuration from this user (${quote(hidden[0])}); give the user the right to view it`,
    }
  const [, part] = page.confined?.exec(prompt) ?? []
  if (part !== undefined)
    return {
      kind: 'withheld',
      reason: `the device withholds a part of its configuration from this user (the prompt "${quote(prompt)}" is that of "${part}" alone, a system within it); collect it as a user of the device itself`,
    }
  const missing = complete(text)
  if (missing !== null) return unfinished(missing)
  return { kind: 'whole' }
}

const unfinished = (reason: string): Verdict => ({ kind: 'unfinished', reason })

/** The first of these lines that says something: a mark below a word does not. */
export const words = (lines: readonly string[]): string => quote(lines.find(line => /[a-z]/i.test(line)) ?? lines[0] ?? '')

/** The reason in a sentence of its own. */
export const unwhole = (reason: string): string => `the output ended before it was whole: ${reason}`

/** Why a configuration is not taken although it came to its end each time. */
export const broken = (command: string): string =>
  `lines of what the device printed for "${command}" were broken into each time, as log messages do; keep them off its sessions (no terminal monitor), or collect it in a quieter moment`

/** Words of the device, fit for a sentence. */
export const quote = (line: string): string => line.replace(/\s+/g, ' ').trim().slice(0, 120)

function announcedIn(text: string, announced: RegExp | undefined): { promised: number; came: number } | null {
  const found = announced?.exec(text.slice(0, 4096))
  if (!found) return null
  const end = text.indexOf('\n', found.index)
  return { promised: Number(found[1]), came: end < 0 ? 0 : text.length - end - 1 }
}
