// Finds which of many expressions match somewhere in a text, in one pass over its lines.

/** An expression that begins at the start of a line, and the characters that may come first behind blanks. */
interface Anchored {
  readonly at: number
  readonly sticky: RegExp
}

/** Expressions, prepared. */
export interface Tells {
  /** By the first two characters from the first of a line that is no blank (see `pairOf`): which of the lists may match, 0 for none. */
  readonly byPair: Uint16Array
  readonly lists: readonly (readonly Anchored[])[]
  /** Those that may begin with anything. */
  readonly always: readonly Anchored[]
  /** Those that need not begin at the start of a line. */
  readonly loose: readonly { readonly at: number; readonly expression: RegExp }[]
  readonly count: number
}

const ASCII = 128
/** The place of two characters in the table; whatever is not ASCII, or not there, stands as 0. */
const pairOf = (first: number, second: number) => (second < ASCII ? first * ASCII + second : first * ASCII)

/** Prepares expressions of which most begin with `^` and have the flag `m`. */
export function prepare(expressions: readonly RegExp[]): Tells {
  const all = new Map<number, Anchored[]>()
  const always: Anchored[] = []
  const loose: { at: number; expression: RegExp }[] = []
  expressions.forEach((expression, at) => {
    const { source, flags } = expression
    const branches = source.startsWith('^') && flags === 'm' ? alternatives(source) : []
    if (branches.length === 0 || branches.some(branch => !branch.startsWith('^'))) {
      loose.push({ at, expression })
      return
    }
    const anchored = { at, sticky: new RegExp(source, 'my') }
    const beginnings = branches.map(branch => beginningsOf(branch.slice(1)))
    if (beginnings.includes(null)) always.push(anchored)
    else for (const pair of new Set(beginnings.flatMap(b => b ?? []).flatMap(pairsOf))) listAt(all, pair).push(anchored)
  })
  // Most pairs have the same few expressions. A table of numbers is small enough to be at hand for every line.
  const lists: Anchored[][] = [[]]
  const known = new Map<string, number>()
  const byPair = new Uint16Array(ASCII * ASCII)
  for (const [pair, list] of all) {
    const key = list.map(({ at }) => at).join()
    const n = known.get(key) ?? lists.push(list) - 1
    known.set(key, n)
    byPair[pair] = n
  }
  return { byPair, lists, always, loose, count: expressions.length }
}

function listAt(all: Map<number, Anchored[]>, pair: number): Anchored[] {
  const list = all.get(pair) ?? []
  all.set(pair, list)
  return list
}

/** The places in the table of what begins with one or two characters. */
function pairsOf(beginning: string): number[] {
  const first = beginning.charCodeAt(0)
  if (beginning.length > 1) return [pairOf(first, beginning.charCodeAt(1))]
  return Array.from({ length: ASCII }, (_, second) => pairOf(first, second))
}

/** Which of the expressions match, by their place in the list: the same as `expression.test(text)` says of each. */
export function matching({ byPair, lists, always, loose, count }: Tells, text: string): readonly boolean[] {
  const found = new Array<boolean>(count).fill(false)
  for (const { at, expression } of loose) found[at] = expression.test(text)
  // A carriage return ends a line as well, for `^` does match behind it.
  const strange = text.includes('\r') || text.includes('\u2028') || text.includes('\u2029')
  const { length } = text
  for (let start = 0; start <= length; ) {
    let i = start
    while (i < length && isBlank(text.charCodeAt(i))) i++
    const first = i < length ? text.charCodeAt(i) : ASCII
    const list = first < ASCII ? byPair[pairOf(first, i + 1 < length ? text.charCodeAt(i + 1) : 0)] : 0
    if (list) tryAt(text, start, lists[list] as readonly Anchored[], found)
    if (always.length > 0) tryAt(text, start, always, found)
    let next = strange ? start : text.indexOf('\n', start)
    while (strange && next < length && !isEnd(text.charCodeAt(next))) next++
    if (next < 0) break
    start = next + 1
  }
  return found
}

function tryAt(text: string, start: number, candidates: readonly Anchored[], found: boolean[]): void {
  for (const { at, sticky } of candidates) {
    if (found[at]) continue
    sticky.lastIndex = start
    if (sticky.test(text)) found[at] = true
  }
}

const isBlank = (code: number) => code === 32 || (code >= 9 && code <= 13) || (code > 127 && /\s/.test(String.fromCharCode(code)))
const isEnd = (code: number) => code === 10 || code === 13 || code === 0x2028 || code === 0x2029

/** Splits at the bars that stand in no brackets. */
function alternatives(source: string): string[] {
  const parts: string[] = []
  let [depth, from, inClass] = [0, 0, false]
  for (let i = 0; i < source.length; i++) {
    const c = source[i]
    if (c === '\\') i++
    else if (inClass) inClass = c !== ']'
    else if (c === '[') inClass = true
    else if (c === '(') depth++
    else if (c === ')') depth--
    else if (c === '|' && depth === 0) {
      parts.push(source.slice(from, i))
      from = i + 1
    }
  }
  return [...parts, source.slice(from)]
}

const ATOM = /^(?:(\\s| )(\?|\*|\+|\{[\d,]+\})?|\\([^a-zA-Z0-9])|([A-Za-z0-9!#;"/<>@_:=&%,-])|(\())/
const OPTIONAL = /^[?*]|^\{0/
const QUANTIFIER = /^(?:[?*+]|\{[\d,]+\})/

/**
 * What a match may begin with behind blanks: one character, whatever follows it, or two. Null where that cannot be told, or where it
 * may be nothing.
 */
function beginningsOf(source: string): readonly string[] | null {
  const atom = ATOM.exec(source)
  if (!atom) return null
  const [whole, blank, , escaped, literal] = atom
  const rest = source.slice(whole.length)
  if (blank !== undefined) return beginningsOf(rest)
  const character = escaped ?? literal
  if (character !== undefined) {
    // Where it may be there more than once, or not at all, what follows it is no certain second.
    if (!QUANTIFIER.test(rest)) return secondsOf(rest).map(second => character + second)
    if (!OPTIONAL.test(rest)) return [character]
    const then = beginningsOf(rest.replace(QUANTIFIER, ''))
    return then && [character, ...then]
  }
  const end = closing(source)
  const inner = source.slice(1, end).replace(/^\?:/, '')
  if (inner.startsWith('?')) return null
  const behind = source.slice(end + 1)
  const branches = alternatives(inner).map(beginningsOf)
  if (OPTIONAL.test(behind)) branches.push(beginningsOf(behind.replace(QUANTIFIER, '')))
  return branches.includes(null) ? null : branches.flatMap(b => b ?? [])
}

/** What may follow the first character: characters, or nothing where that cannot be told. */
function secondsOf(source: string): readonly string[] {
  const atom = ATOM.exec(source)
  const [whole = '', blank, , escaped, literal, group] = atom ?? []
  const character = escaped ?? literal ?? (whole === ' ' && blank === ' ' ? ' ' : undefined)
  if (character !== undefined) return OPTIONAL.test(source.slice(whole.length)) ? [''] : [character]
  if (group === undefined) return ['']
  const end = closing(source)
  const inner = source.slice(1, end).replace(/^\?:/, '')
  if (inner.startsWith('?') || OPTIONAL.test(source.slice(end + 1))) return ['']
  return alternatives(inner).flatMap(secondsOf)
}

/** Where the bracket that a source begins with is closed. */
function closing(source: string): number {
  let [depth, inClass] = [0, false]
  for (let i = 0; i < source.length; i++) {
    const c = source[i]
    if (c === '\\') i++
    else if (inClass) inClass = c !== ']'
    else if (c === '[') inClass = true
    else if (c === '(') depth++
    else if (c === ')' && --depth === 0) return i
  }
  return source.length
}
