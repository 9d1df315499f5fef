// Hands the statements of the tree to the engine, with what they inherit, those that win last.
import type { Emit, PathOptions } from '../../layout.ts'
import { matching, type Range, rangesIn, type Source, sourcesAt } from './inherit.ts'
import { active, activeChild, isThere, type Node, type Rank } from './node.ts'
import type { TreeOptions } from './options.ts'

/** More inherited statements than any network has; a text that asks for more is no configuration. */
const MOST = 500_000
const RANKS = { unmodelled: 0, ignored: 1, understood: 2, unrecognized: 2 } as const
const NAMES = ['unmodelled', 'ignored', 'understood'] as const

/** What came of a place: a statement; nothing; or nothing but a keyword that lost what stood behind it. */
type Outcome = typeof SAID | typeof HOLLOW | typeof NOTHING
const NOTHING = 0
const HOLLOW = 1
const SAID = 2

type Front = { readonly word: string; readonly words: readonly string[]; readonly line: number }
/** Emits everything below `root`. Returns why something was left out, or null. */
export function walk(root: Node, options: TreeOptions, emit: Emit): string | null {
  /** The words that lead to the current place, and the same with leading statements repeated in between. */
  const path: string[] = []
  const words: string[] = []
  const lines: number[] = []
  let inherited = 0
  /** How many of the statements around the current place are said to have no effect. */
  let idle = 0
  const single = new Map(Object.entries(options.single ?? {}))
  const unsaid = [options.groups?.apply, options.groups?.except]

  const push = (word: string, line: number) => {
    words.push(word)
    lines.push(line)
  }
  const pop = () => {
    words.pop()
    lines.pop()
  }
  /** What was met of the names that may stand once. */
  const met = new Set<string>()
  const meet = (at: readonly string[]) => {
    const offset = path.length - at.length
    const key = path.map((word, i) => (at[i - offset] === '+' ? '+' : word)).join(' ')
    if (met.has(key)) emit.mark(lines.at(-1) ?? 0, 'unrecognized', path)
    else met.add(key)
  }
  /** Emits what stands at one place. */
  const visit = (own: Node | undefined, from: readonly Source[]): Outcome => {
    for (const at of options.once ?? []) if (endsWith(path, at)) meet(at)
    const lost = own?.ended === undefined ? undefined : options.filled?.find(f => endsWith(path, f.under))
    if (lost) emit.path([...words, lost.word], own?.ended ?? 0, false, { perhaps: true })
    if (own && from.length === 0 && !own.children) return own.lines || own.emptied ? state([own], NOTHING) : NOTHING
    const here = own ? [own] : []
    for (const { node } of from) here.push(node)
    const above = sourcesAt(root, options, path, here, from)
    for (const { line } of above.doubtful) emit.mark(line, 'unrecognized', path.length > 0 ? path : undefined)
    const ranges = path.at(-1) === options.ranges?.under ? rangesIn(options, here) : []
    const lead = leadAt(own, above.sources)
    let said = NOTHING as Outcome
    const enter = (name: string, child: Node | undefined, sources: readonly Source[]) => {
      const outcome = into(name, child, sources)
      if (outcome > said) said = outcome
    }
    if (own && above.sources.length === 0 && ranges.length === 0 && !lead) {
      const first = activeChild(own, options.first ?? '')
      if (first) enter(first.word, first, NONE)
      for (const child of own.children?.values() ?? []) {
        if (!child.inactive && child !== first && isPart(child.word)) enter(child.word, child, NONE)
      }
    } else {
      // The leading statement itself comes first: what the others say with it in front goes further.
      const names = childrenAt(own, above.sources, ranges).sort(([a], [b]) => Number(b === lead?.word) - Number(a === lead?.word))
      for (const [name, child] of names) {
        const sources = sourcesOf(name, above.sources, ranges)
        const front = lead && name !== lead.word ? lead.words : []
        for (const word of front) push(word, lead?.line ?? 0)
        enter(name, child, sources)
        for (const _ of front) pop()
      }
    }
    if (said !== SAID) return state(here, said)
    // Others go on where it ends: it says nothing by itself, or lost what stood behind it.
    if (own?.ended !== undefined) hand(own.ended, { lines })
    return SAID
  }
  /** Hands over the words that lead here, if they are a statement, or may be one since what stood inside was deleted or switched off. */
  const state = (here: readonly Node[], inside: Outcome): Outcome => {
    const name = path.at(-1)
    const stated = here.filter(n => n.lines !== undefined)
    if (name === undefined || (stated.length === 0 && inside === NOTHING && !here.some(n => isThere(n, unsaid)))) return NOTHING
    const source = stated.find(n => n.word === name) ?? stated[0] ?? (here[0] as Node)
    const became = hand(source.line, { lines, perhaps: stated.every(n => n.ended === undefined && isThere(n, unsaid)) })
    for (const node of here) node.rank = RANKS[became]
    return stated.length > 0 || became !== 'unmodelled' ? SAID : HOLLOW
  }
  /** What has no effect is read all the same and told, as far as it would have mattered: devices were wrong about that, too. */
  const hand = (line: number, how: PathOptions) => {
    const became = emit.path(words, line, false, how)
    if (idle > 0 && became === 'understood') emit.mark(line, 'unrecognized', path)
    return became
  }
  const into = (name: string, child: Node | undefined, sources: readonly Source[]): Outcome => {
    if (sources.length > 0 && inherited++ > MOST) return NOTHING
    path.push(name)
    // A pattern says less of where a name comes from than the name itself.
    push(name, (child ?? (sources.find(s => s.node.word === name) ?? (sources[0] as Source)).node).line)
    const isIdle = child?.idle === true || sources.some(s => s.node.idle)
    if (isIdle) idle++
    const said = visit(child, sources)
    if (isIdle) idle--
    path.pop()
    pop()
    return said
  }

  const isPart = (word: string) =>
    word !== options.groups?.apply && word !== options.groups?.except && (path.length > 0 || word !== options.groups?.keyword)
  /** The names at a place: inherited ones first, those that win last; of a word that takes one value only the winner. */
  const childrenAt = (
    own: Node | undefined,
    sources: readonly Source[],
    ranges: readonly Range[],
  ): [string, Node | undefined][] => {
    const names = new Map<string, Node | undefined>()
    for (const range of ranges) for (const name of range.names) names.set(name, undefined)
    for (const { node } of sources.toReversed()) {
      for (const child of active(node))
        if (isPart(child.word) && !node.patterns?.includes(child)) names.set(child.word, undefined)
    }
    if (own) {
      for (const child of active(own)) {
        if (!isPart(child.word)) continue
        names.delete(child.word)
        names.set(child.word, child)
      }
    }
    if (options.ranges && ranges.length > 0) names.delete(options.ranges.keyword)
    const first = names.get(options.first ?? '')
    if (first) return [[first.word, first], ...[...names].filter(([name]) => name !== first.word)]
    const beside = single.get(path.at(-1) ?? '')
    if (!beside) return [...names]
    const values = [...names].filter(([name]) => !beside.includes(name))
    const winner = values.at(-1)
    return [...names].filter(([name]) => beside.includes(name) || name === winner?.[0])
  }
  const sourcesOf = (name: string, sources: readonly Source[], ranges: readonly Range[]): Source[] => {
    const found: Source[] = []
    for (const range of ranges) if (range.has(name)) found.push({ node: withoutMembers(range.node), group: undefined })
    for (const { node, group } of sources) for (const each of matching(node, name)) found.push({ node: each, group })
    return found
  }
  /** The statements of a range but for those that say whom it is for. */
  const withoutMembers = (range: Node): Node => {
    const children = new Map(range.children)
    for (const word of [options.ranges?.member, options.ranges?.from]) children.delete(word ?? '')
    return { ...range, children, lines: undefined }
  }
  /** The statement that leads all others at this place, if one does. */
  const leadAt = (own: Node | undefined, sources: readonly Source[]): Front | undefined => {
    for (const lead of options.lead ?? []) {
      if (!endsWith(path, lead.under)) continue
      for (const node of own ? [own, ...sources.map(s => s.node)] : sources.map(s => s.node)) {
        const said = activeChild(node, lead.word)
        const value = [...active(said)].at(-1)
        // Where its value alone is switched off, it says nothing.
        if (!said || (!value && said.children?.size)) continue
        return { word: lead.word, words: value ? [lead.word, value.word] : [lead.word], line: (value ?? said).line }
      }
      if (lead.otherwise !== undefined)
        return { word: lead.word, words: [lead.word, lead.otherwise], line: (own ?? (sources[0] as Source).node).line }
    }
    return undefined
  }

  visit(root, NONE)
  return inherited > MOST ? 'it inherits more statements than can be followed' : null
}

const NONE: readonly Source[] = []

const endsWith = (path: readonly string[], under: readonly string[]): boolean => {
  const offset = path.length - under.length
  return offset >= 0 && under.every((word, i) => word === '*' || word === '+' || word === path[offset + i])
}

/**
 * Classes the lines of every statement: a container is what the best statement in it is; what is inactive, was taken out
 * again or stands in a group that is not applied is ignored.
 */
export function classify(node: Node, emit: Emit, off: boolean): Rank {
  const ignored = off || node.inactive
  let best: Rank | undefined = ignored ? 1 : node.rank
  for (const child of node.children?.values() ?? []) {
    const rank = classify(child, emit, ignored)
    if (best === undefined || rank > best) best = rank
  }
  best ??= 1
  for (const line of node.lines ?? []) emit.mark(line, NAMES[best])
  return best
}
