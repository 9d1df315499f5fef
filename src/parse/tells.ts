// Finds which of many expressions match somewhere in a text, in one pass over its lines.

/** An expression that begins at the start of a line, and the characters that may come first behind blanks. */
interface Anchored {
  readonly at: number
  readonly sticky: RegExp
}

/** Expressions, prepared. */
export interface Tells {
  /** By the first character of a line that is no blank; all are ASCII. */
  readonly byFirst: readonly (readonly Anchored[] | undefined)[]
  /** Those that may begin with anything. */
  readonly always: readonly Anchored[]
  /** Those that need not begin at the start of a line. */
  readonly loose: readonly { readonly at: number; readonly expression: RegExp }[]
  readonly count: number
}

/** Prepares expressions of which most begin with `^` and have the flag `m`. */
export function prepare(expressions: readonly RegExp[]): Tells {
  const byFirst = new Array<Anchored[] | undefined>(128).fill(undefined)
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
    const firsts = branches.map(branch => firstOf(branch.slice(1)))
    if (firsts.includes(null)) always.push(anchored)
    else
      for (const code of new Set(firsts.flatMap(f => [...(f ?? '')].map(c => c.charCodeAt(0)))))
        byFirst[code] = [...(byFirst[code] ?? []), anchored]
  })
  return { byFirst, always, loose, count: expressions.length }
}

/** Which of the expressions match, by their place in the list: the same as `expression.test(text)` says of each. */
export function matching({ byFirst, always, loose, count }: Tells, text: string): readonly boolean[] {
  const found = new Array<boolean>(count).fill(false)
  for (const { at, expression } of loose) found[at] = expression.test(text)
  const tryAt = (start: number, candidates: readonly Anchored[]) => {
    for (const { at, sticky } of candidates) {
      if (found[at]) continue
      sticky.lastIndex = start
      if (sticky.test(text)) found[at] = true
    }
  }
  // A carriage return ends a line as well, for `^` does match behind it.
  const strange = /[\r\u2028\u2029]/.test(text)
  for (let start = 0; start <= text.length; ) {
    let i = start
    while (i < text.length && isBlank(text.charCodeAt(i))) i++
    const candidates = i < text.length ? byFirst[text.charCodeAt(i)] : undefined
    if (candidates) tryAt(start, candidates)
    if (always.length > 0) tryAt(start, always)
    let next = strange ? start : text.indexOf('\n', start)
    while (strange && next < text.length && !isEnd(text.charCodeAt(next))) next++
    if (next < 0) break
    start = next + 1
  }
  return found
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

/** The characters a match may begin with behind blanks; null where that cannot be told, or where it may be nothing. */
function firstOf(source: string): string | null {
  const atom = /^(?:(\\s| )(\?|\*|\+|\{[\d,]+\})?|\\([^a-zA-Z0-9])|([A-Za-z0-9!#;"/<>@_:=&%,-])|(\())/.exec(source)
  if (!atom) return null
  const [whole, blank, , escaped, literal, group] = atom
  const rest = source.slice(whole.length)
  if (blank !== undefined) return firstOf(rest)
  const character = escaped ?? literal
  if (character !== undefined) {
    if (!/^[?*]|^\{0/.test(rest)) return character
    const then = firstOf(rest.replace(/^(?:[?*]|\{[\d,]+\})/, ''))
    return then === null ? null : character + then
  }
  if (group === undefined) return null
  const end = closing(source)
  const inner = source.slice(1, end).replace(/^\?:/, '')
  if (inner.startsWith('?')) return null
  const behind = source.slice(end + 1)
  const optional = /^[?*]|^\{0/.test(behind)
  const firsts = alternatives(inner).map(branch => firstOf(branch))
  if (optional) firsts.push(firstOf(behind.replace(/^(?:[?*]|\{[\d,]+\})/, '')))
  return firsts.includes(null) ? null : firsts.join('')
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
