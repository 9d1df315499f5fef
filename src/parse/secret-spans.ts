// Finds the secrets in one line, word by word.
import { DEFAULT_TEXT } from './authentication.ts'
import { isRedacted } from './redacted.ts'
import type { Secrets } from './secret-forms.ts'
import { type Shape, shapes } from './secret-shapes.ts'

/** A secret in a line, from `start` up to `end`, without the quotes around it. */
export interface Span {
  readonly start: number
  readonly end: number
}
/** A word that was looked at, secret or not. */
interface Taken extends Span {
  readonly secret: boolean
}

/** What is known of the surroundings of a line. */
export interface Surroundings {
  /** The line it stands directly below, as `snmp {`; undefined where it is not known: then it may be any. */
  readonly parent?: () => string | undefined
  /** The line is text for people, such as a banner: no word tells of a secret in it. */
  readonly prose?: boolean
}

const WORD = /\/\* SECRET-DATA \*\/|<[a-z]+ [a-z]+>(?!\S)|"(?:[^"\\]|\\.)*(?:"(?![^\s;])|$)|\S+/gis

/** A line that is a comment as a whole, or goes on with one, where statements are in braces. */
const COMMENT = /^\s*(?:\/\*|\*|#|annotate\s)/

/** The secrets of a line, in their order. What is redacted already is no secret any more. */
export function secretSpans(line: string, secrets: Secrets, { parent, prose = false }: Surroundings = {}): Span[] {
  const text = line.trimEnd()
  /** None is looked at twice. */
  const taken: Taken[] = []
  const take = (from: number, to: number, defaults = false) => {
    const near = taken.filter(s => s.start < to && from < s.end)
    for (const { start, end: last } of wordsIn(text, from, to)) {
      const end = secrets.braces ? endOfValue(text, start, last) : last
      if (end === start || near.some(s => s.start < end && start < s.end)) continue
      const secret = !isRedacted(text.slice(start, end)) && !(defaults && text.slice(start) === DEFAULT_TEXT)
      taken.push({ start, end, secret })
    }
  }
  const comment = secrets.braces && !prose && COMMENT.test(text)
  if (comment) for (const [start, end] of matches({ expression: secrets.remark }, text)) take(start, end)
  const lower = text.toLowerCase()
  const mayMatch = ({ words }: Shape) => words.some(word => lower.includes(word))
  for (const form of secrets.forms)
    if (mayMatch(form))
      for (const [start, end] of matches(form, text))
        if (form.under === null || isUnder(form.under, parent?.() ?? null, true)) take(start, end, form.text)
  // What stands before a form that is known belongs to it.
  const known = taken.reduce((end, t) => Math.max(end, t.end), 0)
  for (const shape of shapes) if (mayMatch(shape)) for (const [start, end] of matches(shape, text)) take(start, end)
  const { telltale } = secrets
  telltale.lastIndex = known
  if (!prose && !comment && telltale.test(text) && !isPlain(text, secrets, parent))
    unknownForms(text, secrets, known, taken, take)
  return taken.filter(s => s.secret).sort((a, b) => a.start - b.start)
}

/** Where nothing is known of what is around the line, it may be anything. */
const isUnder = (wanted: RegExp, around: string | null, otherwise: boolean) => (around === null ? otherwise : wanted.test(around))

function isPlain(text: string, { plain }: Secrets, parent: Surroundings['parent']): boolean {
  return plain.some(({ expression, under }) => {
    expression.lastIndex = 0
    return expression.test(text) && (under === null || isUnder(under, parent?.() ?? null, false))
  })
}

/** The fallback: what stands behind a telltale word, up to the next secret that is known. */
function unknownForms(
  text: string,
  { telltale }: Secrets,
  from: number,
  taken: readonly Span[],
  take: (from: number, to: number) => void,
) {
  telltale.lastIndex = from
  for (let found = telltale.exec(text); found; found = telltale.exec(text)) {
    const end = found.index + found[0].length
    const start = end - (found[1]?.length ?? 0)
    const [next] = taken.filter(s => s.end > start).sort((a, b) => a.start - b.start)
    // The word that the next secret is a part of stays as it is besides.
    const stop = next ? text.slice(0, next.start).search(/\S*$/) : end
    if (stop > start) take(start, Math.min(end, stop))
    telltale.lastIndex = next ? next.end + text.slice(next.end).search(/\s|$/) : Math.max(end, start + 1)
  }
}

/** Where capture 1, the end of the match, starts and ends. */
function* matches({ expression }: Pick<Shape, 'expression'>, text: string): Generator<readonly [number, number]> {
  expression.lastIndex = 0
  for (let found = expression.exec(text); found; found = expression.exec(text)) {
    const end = found.index + found[0].length
    const value = found[1] ?? ''
    if (value !== '') yield [end - value.length, end]
    if (expression.lastIndex <= found.index) expression.lastIndex = found.index + 1
  }
}

/** The words between two places, without quotes around them; a quote that closes what opened before them stays out. */
function* wordsIn(text: string, from: number, to: number): Generator<Span> {
  WORD.lastIndex = 0
  for (const found of text.slice(from, to).matchAll(WORD)) {
    let start = from + found.index
    let end = start + found[0].length
    if (text[start] === '"') {
      start++
      if (end > start && text[end - 1] === '"') end--
    } else if (text[end - 1] === '"' && quotes(text, start) % 2 === 1) end--
    if (end > start) yield { start, end }
  }
}

/** What separates statements in braces, ends a comment or begins one; within quotes it is part of a value. */
const PUNCTUATION = /[;{}[\]]|\*\/|\/\*(?! SECRET-DATA)|(?<!\S)#/

/** Where a value in braces ends: in front of what is punctuation and of the blanks before it, unless it stands in quotes. */
function endOfValue(text: string, start: number, end: number): number {
  const value = text.slice(start, end)
  const stop = isRedacted(value) || quotes(text, start) % 2 === 1 ? -1 : value.search(PUNCTUATION)
  return stop < 0 ? end : start + value.slice(0, stop).trimEnd().length
}

const quotes = (text: string, to: number) => text.slice(0, to).split('"').length - 1
