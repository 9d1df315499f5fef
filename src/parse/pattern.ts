// A pattern is one line of a vendor's command reference, written as data:
//
//   standby [<group:int>] ip [<vip:ipv4>] [secondary]
//
//   word           a literal            <name>        one word
//   <name:type>    a typed capture      <name:a|b>    one of these words
//   [ ... ]        optional             (a|b)         one of these words, not captured
//
// `[secondary]`, an optional literal alone, is captured as a flag.
import { mayMatch, type Step, type Telling, tellingOf } from './step.ts'
import { isPorts, isVlans, type WordTypes, wordTypes } from './words.ts'

type TypeOf<T> = T extends keyof WordTypes ? WordTypes[T] : T extends `${infer A}|${infer B}` ? A | TypeOf<B> : T
type Capture<A> = A extends `${infer N}:${infer T}` ? { [K in N]: TypeOf<T> } : A extends string ? { [K in A]: string } : never
type Required<S> = S extends `${string}<${infer A}>${infer R}` ? Capture<A> & Required<R> : unknown
type Optional<S> = S extends `${string}<${string}`
  ? Partial<Required<S>>
  : S extends `(${string}`
    ? unknown
    : S extends string
      ? { [K in S]?: true }
      : never
type Merge<P> = P extends `${infer Before}[${infer O}]${infer After}`
  ? Required<Before> & Optional<O> & Merge<After>
  : Required<P>
/** The captures a pattern yields, read off its text by the compiler. */
export type Captures<P> = { [K in keyof Merge<P>]: Merge<P>[K] } & {}

export interface Pattern {
  readonly source: string
  readonly steps: readonly Step[]
  /** The leading literals: the keyword this row owns. */
  readonly owned: readonly string[]
  /** How many words it takes at least. */
  readonly shortest: number
  /** Literals and then the rest of the line as text, nothing else. */
  readonly verbatim: boolean
  /** The next fixed words behind the keyword, and where they can stand; rows that share a keyword differ there. */
  readonly telling: Telling | undefined
}

const TOKEN = /[[\]]|<[^>]+>|\([^)]+\)|[^\s[\]]+/g

/** Compiles a row's left-hand side; throws when it does not start with a literal word. */
export function compile(source: string): Pattern {
  const tokens = source.match(TOKEN) ?? []
  let at = 0
  const read = (): Step[] => {
    const steps: Step[] = []
    for (; at < tokens.length && tokens[at] !== ']'; at++) steps.push(step(tokens[at] as string))
    return steps
  }
  const step = (token: string): Step => {
    if (token === '[') {
      at++
      const steps = read()
      const [only] = steps
      return { kind: 'optional', steps, flag: steps.length === 1 && only?.kind === 'literal' ? only.word : undefined }
    }
    if (token[0] === '(') return { kind: 'choice', words: new Set(token.slice(1, -1).split('|')) }
    if (token[0] !== '<') return { kind: 'literal', word: token }
    const [name = '', type = 'word'] = token.slice(1, -1).split(':')
    if (type === 'text' || type === 'words' || type === 'ports' || type === 'vlans')
      return { kind: 'rest', name, split: type === 'words', fits: fitting[type] }
    return { kind: 'capture', name, read: type.includes('|') ? oneOf(type) : reader(type, source) }
  }
  const steps = read()
  const owned: string[] = []
  for (const s of steps) {
    if (s.kind !== 'literal') break
    owned.push(s.word)
  }
  if (owned.length === 0) throw new Error(`a row starts with a literal word: ${source}`)
  const [rest, ...more] = steps.slice(owned.length)
  const verbatim = rest?.kind === 'rest' && !rest.split && more.length === 0
  const shortest = steps.filter(s => s.kind !== 'optional').length
  return { source, steps, owned, shortest, verbatim, telling: tellingOf(steps, owned.length) }
}

const fitting = { text: undefined, words: undefined, ports: isPorts, vlans: isVlans }

const oneOf = (type: string) => {
  const set = new Set(type.split('|'))
  return (word: string) => (set.has(word) ? word : undefined)
}
const reader = (type: string, source: string) => {
  const read = wordTypes[type as keyof typeof wordTypes]
  if (!read) throw new Error(`no word type ${type}: ${source}`)
  return read as (word: string) => unknown
}

/** The pattern does not take these words. */
export const NO = -1

// Captured values are staged here, so that a failed attempt allocates nothing.
const names: string[] = []
const values: unknown[] = []
let top = 0
let ranOut = false
/** True when everything still missing was a capture, so a negated line may stop here. */
let onlyCaptures = false

function run(steps: readonly Step[], words: readonly string[], from: number): number {
  let at = from
  for (let i = 0; i < steps.length; i++) {
    const s = steps[i] as Step
    if (s.kind === 'optional') {
      if (at === words.length) continue
      const mark = top
      const end = run(s.steps, words, at)
      if (end < 0) {
        top = mark
        ranOut = false
        continue
      }
      at = end
      if (s.flag !== undefined) {
        names[top] = s.flag
        values[top++] = true
      }
    } else if (at === words.length) {
      ranOut = true
      onlyCaptures = true
      for (let j = i; j < steps.length; j++) {
        const kind = (steps[j] as Step).kind
        if (kind === 'literal' || kind === 'choice') onlyCaptures = false
      }
      return NO
    } else if (s.kind === 'rest') {
      names[top] = s.name
      const text = at === words.length - 1 ? (words[at] as string) : words.slice(at).join(' ')
      if (s.fits && !s.fits(text)) return NO
      values[top++] = s.split ? words.slice(at) : text
      at = words.length
    } else if (s.kind === 'literal') {
      if (words[at++] !== s.word) return NO
    } else if (s.kind === 'choice') {
      if (!s.words.has(words[at++] as string)) return NO
    } else {
      const value = s.read(words[at++] as string)
      if (value === undefined) return NO
      names[top] = s.name
      values[top++] = value
    }
  }
  return at
}

/**
 * Matches `pattern` against `words` from `from`. Returns how far it got, or NO; `captured()` has the values.
 * With `short`, a line may stop before the captures do: `no standby 10 priority` takes back whatever was set.
 */
export function match(pattern: Pattern, words: readonly string[], from: number, short: boolean): number {
  if (!mayMatch(pattern.telling, words, from)) return NO
  top = 0
  ranOut = false
  const end = run(pattern.steps, words, from)
  if (end >= 0) return end
  return ranOut && short && onlyCaptures ? words.length : NO
}

/** What the last successful match captured. */
export function captured(): Record<string, unknown> {
  const out: Record<string, unknown> = {}
  for (let i = 0; i < top; i++) out[names[i] as string] = values[i]
  return out
}
