// Takes the secrets out of a configuration before it is stored. Lines keep their numbers, and all else stays byte for byte.
import { reveal } from './authentication.ts'
import { parents } from './parent.ts'
import { proses } from './prose.ts'
import { isRedacted, mayBeRedacted, OPAQUE, VAGUE } from './redacted.ts'
import { keyBlock, opensBlock, stringRest } from './secret-blocks.ts'
import type { Secrets } from './secret-forms.ts'
import { type Span, type Surroundings, secretSpans } from './secret-spans.ts'
import { placesIn } from './starts.ts'

/** A configuration without its secrets. */
export interface Redacted {
  readonly text: string
  /**
   * The distinct secrets that were found, as written and as they read in clear, to be taken out of whatever else a session
   * printed, the longest first. Values of fewer than four characters are left out, and plain words that also stand in the redacted text: they
   * mean something else there, so taking them out would blot out the text and tell what they are.
   */
  readonly values: readonly string[]
}

/** Fewer characters stand in too many words. */
const SHORTEST = 4
const PLAIN_WORD = /^(?:[a-z]+|\d+)$/i
/** Longer lines are read in parts, which overlap by more than what tells of a secret. */
/** So many harmless lines are remembered. */
const REMEMBERED = 1000
const PART = 20_000
const OVERLAP = 400

/**
 * Puts a token in place of every secret. `tokenOf` makes it of the secret in clear: type 7 is undone first, so that equal
 * secrets have equal tokens. Redacting twice changes nothing. Never throws on any text.
 */
export function redactText(text: string, secrets: Secrets, tokenOf: (value: string) => string): Redacted {
  const values = new Set<string>()
  const parts: string[] = []
  let kept = 0
  const put = (start: number, end: number) => {
    const value = text.slice(start, end)
    if (isRedacted(value)) return
    parts.push(text.slice(kept, start), tokenFor(text, start, value, secrets, tokenOf, values))
    kept = end
  }
  const proseAt = proses(text)
  const parentOf = parents(text)
  /** Lines that hold no secret whatever stands around them: most of those that look like it come again and again. */
  const harmless = new Set<string>()
  const { hintHere } = secrets
  const next = placesIn(text, secrets.starts)
  let at = 0
  for (let place = next(0); place >= 0; place = next(at)) {
    at = place + 1
    hintHere.lastIndex = place
    if (!hintHere.test(text)) continue
    const { start, end } = lineAround(text, place)
    const line = text.slice(start, end)
    if (harmless.has(line)) {
      at = Math.max(end, at)
      continue
    }
    const around = proseAt(start)
    let alone = around === undefined
    const parent = () => {
      alone = false
      return parentOf(start)
    }
    for (const span of spansOf(line, secrets, { parent, prose: around !== undefined })) {
      alone = false
      const stop = around?.delimiter ? line.indexOf(around.delimiter, span.start) : -1
      // The delimiter that ends a banner is none of its text.
      const cut = stop < 0 ? span.end : Math.min(span.end, stop)
      if (cut > span.start && start + span.start >= kept) put(start + span.start, start + cut)
    }
    at = end
    const open = secrets.braces && text[kept - 1] !== '"' && kept === start + line.trimEnd().length && isOpen(line)
    for (const block of open ? stringRest(text, end) : keyBlock(text, line, end)) {
      put(block.start, block.end)
      at = block.end
      alone = false
    }
    if (alone && harmless.size < REMEMBERED && !opensBlock(line)) harmless.add(line)
    if (at <= place) at = place + 1
  }
  parts.push(text.slice(kept))
  const redacted = parts.join('')
  return {
    text: redacted,
    values: [...values]
      .filter(v => v.length >= SHORTEST && !(PLAIN_WORD.test(v) && redacted.includes(v)))
      .sort((a, b) => b.length - a.length),
  }
}

/** The secrets of a line, however long it is. */
function* spansOf(line: string, secrets: Secrets, around: Surroundings): Generator<Span> {
  for (let from = 0; from === 0 || from + OVERLAP < line.length; from += PART - OVERLAP)
    for (const { start, end } of secretSpans(line.slice(from, from + PART), secrets, around))
      yield { start: from + start, end: from + end }
}

/** A quote that opens on this line closes on a later one. */
const isOpen = (line: string) => line.replaceAll('\\"', '').split('"').length % 2 === 0

function tokenFor(
  text: string,
  start: number,
  value: string,
  { braces }: Secrets,
  tokenOf: (value: string) => string,
  values: Set<string>,
): string {
  const before = text.slice(Math.max(0, start - 24), start)
  // Quotes are part of a secret where the language knows no strings.
  const said = !braces && before.endsWith('"') && text[start + value.length] === '"' ? `"${value}"` : value
  const behind = text.slice(start + value.length, start + value.length + 8)
  // NTP says it behind: `ntp authentication-key 1 md5 02050D480809 7`
  const clear = /(?:^|\s)7\s+"?$/.test(before) || /^[ \t]+7[ \t]*(?:[\r\n]|$)/.test(behind) ? reveal(value) : undefined
  values.add(value)
  if (clear !== undefined) values.add(clear)
  if (mayBeRedacted(said) || (clear !== undefined && mayBeRedacted(clear))) return VAGUE
  const known = said === value ? clear : undefined
  const opaque = known === undefined && /key-s\S*\s+7\s+"?$/i.test(before)
  return tokenOf(known ?? (braces ? value.replaceAll('\\"', '"') : said)) + (opaque ? OPAQUE : '')
}

/** The line around a place. A carriage return ends one, too: some captures have nothing else between their lines. */
function lineAround(text: string, at: number): { readonly start: number; readonly end: number } {
  let start = at
  while (start > 0 && !endsLine(text.charCodeAt(start - 1))) start--
  let end = at
  while (end < text.length && !endsLine(text.charCodeAt(end))) end++
  return { start, end }
}

const NEWLINE = 10
const RETURN = 13
const endsLine = (code: number) => code === NEWLINE || code === RETURN
