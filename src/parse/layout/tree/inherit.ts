// What a place in the tree inherits: from groups applied there or above, and from ranges of names.
import { names as isNamed } from './members.ts'
import { active, activeChild, type Node } from './node.ts'
import type { TreeOptions } from './options.ts'

/** A node that gives its statements to another, and the group it comes from (none for a range). */
export interface Source {
  readonly node: Node
  readonly group: string | undefined
}

/** Shell patterns, as in `<ge-*>` and `ge-0/0/[0-3,7]`: linear in practice, and never worse than both lengths multiplied. */
export function fits(pattern: string, name: string): boolean {
  let p = 0
  let n = 0
  let star = -1
  let mark = 0
  while (n < name.length) {
    const code = pattern[p]
    if (code === '*') {
      star = p++
      mark = n
      continue
    }
    const close = code === '[' ? pattern.indexOf(']', p + 1) : -1
    if (
      close > 0
        ? inClass(pattern.slice(p + 1, close), name[n] as string)
        : code === '?' || (code !== undefined && code === name[n])
    ) {
      p = close > 0 ? close + 1 : p + 1
      n++
    } else if (star >= 0) {
      p = star + 1
      n = ++mark
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

function inClass(set: string, char: string): boolean {
  const negated = set[0] === '!' || set[0] === '^'
  let found = false
  for (let i = negated ? 1 : 0; i < set.length; i++) {
    const from = set[i] as string
    const to = set[i + 1] === '-' && i + 2 < set.length ? (set[(i += 2)] as string) : from
    if (char >= from && char <= to) found = true
  }
  return found !== negated
}

/** What the patterns and the names of a source give to one name, the name itself first. */
export function* matching(source: Node, name: string): Generator<Node> {
  const same = activeChild(source, name)
  if (same) yield same
  for (const p of source.patterns ?? []) if (!p.inactive && p !== same && fits(p.word.slice(1, -1), name)) yield p
}

/** The nodes that a path leads to inside a group, patterns included. */
function descend(group: Node, words: readonly string[]): Node[] {
  let level = [group]
  for (const word of words) {
    const next: Node[] = []
    for (const node of level) next.push(...matching(node, word))
    if (next.length === 0) return next
    level = next
  }
  return level
}

export interface Applied {
  readonly sources: readonly Source[]
  /** Statements that name a group the text does not define, or one that holds under a condition only. */
  readonly doubtful: readonly Node[]
}

/**
 * The sources of a place, those that win first: groups applied here in their order, then what comes from above. `here`
 * are the nodes that make up the place, its own statements first.
 */
export function sourcesAt(
  root: Node,
  options: TreeOptions,
  path: readonly string[],
  here: readonly Node[],
  above: readonly Source[],
): Applied {
  const groups = options.groups
  if (!groups || !here.some(n => n.children?.has(groups.apply) || n.children?.has(groups.except)))
    return { sources: above, doubtful: [] }
  const defined = root.children?.get(groups.keyword)
  const doubtful: Node[] = []
  const except = new Set<string>()
  for (const node of here) {
    for (const name of active(activeChild(node, groups.except))) {
      name.rank = 2
      for (const each of namesOf(name.word)) except.add(each)
    }
  }
  const found: Source[] = []
  const seen = new Set(above.map(s => s.node))
  // A group may apply another one at the place where it is applied itself.
  const places = [...here]
  for (const node of places) {
    for (const applied of active(activeChild(node, groups.apply))) {
      applied.rank = 2
      const names = namesOf(applied.word)
      if (names.length === 0) doubtful.push(applied)
      for (const name of names) {
        const group = defined?.children?.get(name)
        if (!group) doubtful.push(applied)
        if (!group || group.inactive || except.has(name)) continue
        const condition = activeChild(group, groups.when)
        if (condition) doubtful.push(condition)
        for (const each of descend(group, path)) {
          if (seen.has(each)) continue
          seen.add(each)
          found.push({ node: each, group: name })
          places.push(each)
        }
      }
    }
  }
  return { sources: [...found, ...above].filter(s => s.group === undefined || !except.has(s.group)), doubtful }

  function namesOf(word: string): readonly string[] {
    const variable = groups?.variables.find(v => v.name === word)
    return variable ? [...(defined?.children?.keys() ?? [])].filter(name => variable.stands.test(name)) : [word]
  }
}

/** A range of names with what it gives them. */
export interface Range {
  readonly node: Node
  /** Names it spells out. */
  readonly names: readonly string[]
  has(name: string): boolean
}

/** More names than a range may spell out. */
const MOST = 4096

/** The ranges among the statements of a place. */
export function rangesIn(options: TreeOptions, here: readonly Node[]): Range[] {
  const words = options.ranges
  if (!words) return []
  const ranges: Range[] = []
  for (const node of here) {
    for (const range of active(activeChild(node, words.keyword))) {
      const from = activeChild(range, words.from)
      const member = activeChild(range, words.member)
      for (const node of [from, member]) if (node) markUsed(node)
      const members = [...active(member)]
      const spans = [...active(from)].flatMap(low =>
        [...active(activeChild(low, words.to))].map(high => [low.word, high.word] as const),
      )
      const names = members.map(m => m.word).filter(m => !/[*[]/.test(m))
      for (const [low, high] of spans) names.push(...between(low, high))
      const patterns = members.map(m => m.word).filter(m => /[*[]/.test(m))
      const exact = new Set(names)
      ranges.push({
        node: range,
        names,
        has: name => exact.has(name) || patterns.some(p => isNamed(p, name)) || spans.some(s => within(s, name)),
      })
    }
  }
  return ranges
}

function markUsed(node: Node): void {
  node.rank = 2
  for (const child of node.children?.values() ?? []) markUsed(child)
}

const numbersIn = (name: string) => name.match(/\d+/g)?.map(Number) ?? []
const shapeOf = (name: string) => name.replace(/\d+/g, '0')

/** `ge-0/0/4` lies from `ge-0/0/0` to `ge-1/0/9`: compared number by number. */
function within([from, to]: readonly [string, string], name: string): boolean {
  if (shapeOf(from) !== shapeOf(name) || shapeOf(to) !== shapeOf(name)) return false
  const compare = (a: readonly number[], b: readonly number[]) => {
    const i = a.findIndex((n, k) => n !== b[k])
    return i < 0 ? 0 : (a[i] as number) - (b[i] as number)
  }
  const at = numbersIn(name)
  return compare(numbersIn(from), at) <= 0 && compare(at, numbersIn(to)) <= 0
}

/** The names of a span that differ in their last number; others are only found among those that are there. */
function between(from: string, to: string): string[] {
  const [low, high] = [from, to].map(name => /^(.*?)(\d+)$/.exec(name))
  if (!low || !high || low[1] !== high[1]) return [from, to]
  const [first, last] = [Number(low[2]), Number(high[2])]
  return Array.from({ length: Math.min(Math.max(last - first + 1, 0), MOST) }, (_, i) => `${low[1]}${first + i}`)
}
