// Patterns of ssh_config(5), and the conditions of its Match.
import type { ConfigLine } from './ssh-config-file.ts'

/** A pattern as an expression; `sets`: with `[a-z]`, which file names know and host names do not. */
export function wildcard(pattern: string, sets = false): RegExp {
  const parts = pattern.replace(/\*+/g, '*').match(sets ? /\[[!^]?\]?[^\]]*\]|[\s\S]/g : /[\s\S]/g) ?? []
  return new RegExp(`^${parts.map(expression).join('')}$`, 's')
}

function expression(part: string): string {
  if (part === '*') return '.*'
  if (part === '?') return '.'
  if (part.length === 1) return part.replace(/[.+^${}()|[\]\\]/, '\\$&')
  const [, not = '', set = ''] = /^\[([!^]?)(.*)\]$/s.exec(part) ?? []
  return `[${not && '^'}${set.replace(/[\]\\^[]/g, '\\$&')}]`
}

/** Every host is held against every pattern: each is made once. */
const known = new Map<string, RegExp>()

function fitsOne(name: string, pattern: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === name
  const expression = known.get(pattern) ?? wildcard(pattern)
  known.set(pattern, expression)
  return expression.test(name)
}

/** Whether one of the patterns fits, and none of those behind `!`. */
export function fits(name: string, patterns: readonly string[]): boolean {
  const hits = patterns.filter(pattern => fitsOne(name, pattern.startsWith('!') ? pattern.slice(1) : pattern))
  return hits.length > 0 && !hits.some(pattern => pattern.startsWith('!'))
}

/** What conditions are held against. */
export interface MatchContext {
  /** With what HostName has said of it so far. */
  readonly host: string
  readonly original: string
  readonly user: string
  readonly local_user: string
  /** The second reading, which `final` asks for. */
  readonly final: boolean
}

/** Null where the conditions are met or not, depending on one that is never looked at, such as `exec`. */
export interface Matched {
  readonly matched: boolean | null
  /** A second reading is asked for. */
  readonly final: boolean
}

/** Judges the conditions of a `Match` line; undefined where ssh would not take it either. */
export function judge({ rest }: ConfigLine, context: MatchContext): Matched | undefined {
  const words = criteria(rest)
  let [result, doubtful, final] = [true, false, false]
  if (words.length === 0) return undefined
  for (let i = 0, before = 0; i < words.length; i++, before++) {
    const negated = words[i]?.startsWith('!') === true
    const name = (words[i] ?? '').slice(negated ? 1 : 0).toLowerCase()
    if (name === 'all') {
      // It stands alone, or behind one other.
      if (i + 1 < words.length || before > 1) return undefined
      if (negated) result = false
    } else if (name === 'canonical' || name === 'final') {
      if (name === 'final') final = true
      if (context.final === negated) result = false
    } else {
      const condition = CONDITIONS[name]
      const patterns = words[++i]
      if (condition === undefined) doubtful = true
      else if (patterns === undefined) return undefined
      else if (condition(context, patterns) === negated) result = false
    }
  }
  return { matched: result && doubtful ? null : result, final }
}

const listed = (name: string, patterns: string): boolean => fits(name, patterns.split(','))

const CONDITIONS: Readonly<Record<string, (context: MatchContext, patterns: string) => boolean>> = {
  host: ({ host }, patterns) => listed(host.toLowerCase(), patterns.toLowerCase()),
  originalhost: ({ original }, patterns) => listed(original.toLowerCase(), patterns.toLowerCase()),
  user: ({ user }, patterns) => listed(user, patterns),
  localuser: ({ local_user }, patterns) => listed(local_user, patterns),
}

/** Conditions are set apart by blanks or one equals sign; quotes keep blanks together. */
function criteria(text: string): string[] {
  const words = [...text.matchAll(/"([^"]*)"|([^ \t="]+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '')
  const comment = words.findIndex(word => word.startsWith('#'))
  return comment < 0 ? words : words.slice(0, comment)
}
