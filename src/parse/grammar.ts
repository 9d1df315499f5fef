// The engine: feeds statements to a table, sorts every line into a class, and passes on what the rows say.
import type { LineCounts } from '../model/device.ts'
import type { Context, Fact, Sink } from './facts.ts'
import type { Emit, Layout, LineClass, PathOptions } from './layout.ts'
import { captured, MORE, match } from './pattern.ts'
import { ignore, isScope, refuse, type Table } from './table.ts'

export interface Grammar {
  readonly layout: Layout
  readonly table: Table
  /** Words that take back what follows them: `no`, `undo`, `default`. */
  readonly negate: readonly string[]
  /** True where double quotes group words. */
  readonly quotes?: boolean
}

export interface Parsed {
  readonly lines: LineCounts
  /** What became of a line, by its number (from 1). */
  readonly classOf: (line: number) => LineClass
  /** Line numbers, with the interface each stands in. */
  readonly unrecognized: readonly { readonly line: number; readonly interface: string | null }[]
  /** Why the text cannot be a whole configuration; null when nothing speaks against it. */
  readonly incomplete: string | null
}

/** An open statement. */
interface Frame {
  /** What may stand inside; undefined when nothing inside is ours. */
  readonly table: Table | undefined
  readonly context: Context
  /** The words so far of a statement that goes on in the lines below. */
  readonly pending: readonly string[]
  readonly line: number
  /** Something stood inside, one level deeper, or nothing has to. */
  fed: boolean
  /** In a file without indentation: the section this one stands in. */
  outer?: Frame
}

const CLASSES: readonly LineClass[] = ['unmodelled', 'ignored', 'understood', 'unrecognized']
const UNMODELLED = 0
const IGNORED = 1
const UNDERSTOOD = 2
const UNRECOGNIZED = 3

const NOTHING: readonly string[] = []
const PLAIN: PathOptions = {}
const TOP: Context = {}
const CLOSED: Frame = { table: undefined, context: TOP, pending: NOTHING, line: 0, fed: true }

const SPACE = 32
const QUOTE = 34

/** Splits what stands between `start` and `end` into words; with `quotes`, a quoted string is one word without its quotes. */
export function splitWords(text: string, start: number, end: number, quotes: boolean): string[] {
  const words: string[] = []
  for (let i = start; i < end; ) {
    let code = text.charCodeAt(i)
    if (code <= SPACE) {
      i++
    } else if (quotes && code === QUOTE) {
      const close = text.indexOf('"', i + 1)
      const stop = close < 0 || close > end ? end : close
      words.push(text.slice(i + 1, stop))
      i = stop + 1
    } else {
      let j = i + 1
      while (j < end && (code = text.charCodeAt(j)) > SPACE) j++
      words.push(text.slice(i, j))
      i = j
    }
  }
  return words
}

/** The end of the word that starts at `at`. */
const wordEnd = (text: string, at: number, end: number) => {
  const space = text.indexOf(' ', at)
  return space < 0 || space > end ? end : space
}

/** Reads `text` and states its facts, in file order, to `sink`. Never throws on any text. */
export function parse(grammar: Grammar, text: string, sink: Sink): Parsed {
  const { layout, table: root, negate } = grammar
  const quotes = grammar.quotes === true
  let classes = new Uint8Array(Math.max(1024, text.length >> 4))
  /** Unrecognized lines, with the interface each stands in. */
  const complaints = new Map<number, string | null>()
  /** The open statements, outermost first; only the first `depth` are open. */
  const stack: Frame[] = []
  let open = 0
  const top: Frame = { table: root, context: TOP, pending: NOTHING, line: 0, fed: true }

  const mark = (line: number, as: number) => {
    if (line >= classes.length) {
      const longer = new Uint8Array(line * 2)
      longer.set(classes)
      classes = longer
    }
    if (as > (classes[line] as number)) classes[line] = as
  }
  const complain = (line: number, context: Context) => {
    const where = context.interface ?? null
    const before = complaints.get(line)
    // One line may speak for several interfaces (a Junos group); then it could concern any.
    if (before === undefined) complaints.set(line, where)
    else if (before !== where) complaints.set(line, null)
    mark(line, UNRECOGNIZED)
  }
  const state = (facts: Fact | readonly Fact[], context: Context, line: number, negated: boolean) => {
    if (Array.isArray(facts)) for (const fact of facts as readonly Fact[]) sink(fact, context, line, negated)
    else sink(facts as Fact, context, line, negated)
  }

  /** A row's keyword opened the statement, whether or not the row took all of it. */
  let claimed = false
  /** The lines on which the words of a path stand. */
  let places: readonly number[] | undefined
  /**
   * Offers words to a table. Returns the frame they open (CLOSED for a leaf), or undefined when no row takes them.
   */
  const offer = (parent: Frame, words: readonly string[], from: number, line: number, negated: boolean): Frame | undefined => {
    let at = parent.table as Table
    let i = from
    for (let next: Table | undefined; i < words.length && (next = at.next.get(words[i] as string)); i++) at = next
    let more = i === words.length && at.next.size > 0
    let owns = false
    let entered = false
    let claimedInside = false
    for (let n: Table | undefined = at; n; n = n.up) {
      owns ||= n.owns
      for (const entry of n.entries) {
        const used = match(entry.pattern, words, from, negated)
        if (used === MORE) more = true
        if (used < 0) continue
        const row = entry.row
        if (isScope(row)) {
          const captures = captured()
          const context = { ...parent.context, ...row.opens(captures, parent.context) }
          const inside: Frame = { table: row.table, context, pending: NOTHING, line, fed: true }
          if (used < words.length) {
            const place = places?.[used - 1]
            if (place !== undefined && row.says && !negated) state(row.says(captures, context), context, place, false)
            const frame = offer(inside, words, used, line, negated)
            entered = true
            claimedInside ||= claimed
            if (!frame) continue
            entry.met = true
            if (place === undefined && row.says && !negated) state(row.says(captures, context), context, line, false)
            return frame
          }
          entry.met = true
          mark(line, UNDERSTOOD)
          if (row.says) state(row.says(captures, context), context, line, negated)
          return negated ? CLOSED : inside
        }
        if (used !== words.length) continue
        entry.met = true
        if (row === ignore) {
          mark(line, IGNORED)
          return CLOSED
        }
        if (row === refuse) {
          complain(line, parent.context)
          return CLOSED
        }
        mark(line, UNDERSTOOD)
        state(row(captured(), parent.context), parent.context, line, negated)
        return CLOSED
      }
    }
    claimed = entered ? claimedInside : owns
    if (!more || negated) return undefined
    return { table: parent.table, context: parent.context, pending: words.slice(from), line, fed: !claimed }
  }
  /** Offers words as they stand, then without their negating first word. */
  const consider = (parent: Frame, words: readonly string[], line: number): Frame | undefined => {
    claimed = false
    const first = words[0] as string
    const negated = parent.pending === NOTHING && negate.includes(first)
    let frame = negated && !parent.table?.next.has(first) ? undefined : offer(parent, words, 0, line, false)
    if (negated && (!frame || !frame.fed)) frame = words.length > 1 ? offer(parent, words.slice(1), 0, line, true) : undefined
    return frame
  }
  const close = (frame: Frame) => {
    // A statement that a row began and nothing ever finished: its keyword is ours, its end is missing.
    if (!frame.fed) complain(frame.line, frame.context)
  }
  /** False when no row of the table can take the statement, judged without splitting it: most lines end here. */
  const mayTake = (table: Table, text: string, start: number, end: number): boolean => {
    let at = table
    for (let i = start; i < end; ) {
      if (at.initials[text.charCodeAt(i) & 127] === 0) return at.owned
      const stop = wordEnd(text, i, end)
      const next = at.next.get(text.slice(i, stop))
      if (!next) return at.owned
      at = next
      i = stop + 1
    }
    return true
  }
  /** As above, with or without a negating first word. */
  const mayTakeEither = (table: Table, text: string, start: number, end: number): boolean => {
    if (mayTake(table, text, start, end)) return true
    for (const word of negate) {
      const after = start + word.length + 1
      if (after < end && text.startsWith(word, start) && text.charCodeAt(after - 1) === SPACE)
        return mayTake(table, text, after, end)
    }
    return false
  }

  const emit: Emit = {
    statement(depth, line, text, start, end) {
      const section = depth === 0 && open === 1 ? stack[0] : undefined
      while (open > depth) close(stack[--open] as Frame)
      const parent = depth === 0 ? top : ((open >= depth ? stack[depth - 1] : undefined) ?? CLOSED)
      parent.fed = true
      let frame: Frame | undefined
      /** Where a row's keyword opened the line, while none takes all of it. */
      let owner: Context | undefined
      claimed = false
      if (parent.table && (parent.pending !== NOTHING || mayTakeEither(parent.table, text, start, end))) {
        const words = splitWords(text, start, end, quotes)
        frame = consider(parent, parent.pending === NOTHING ? words : parent.pending.concat(words), line)
        if (!frame && claimed) owner = parent.context
      }
      // A file that lost its indentation: the line says nothing at the top, but something in the section above.
      let kept: Frame | undefined
      for (let f = section; f?.table && !frame; f = f.outer) {
        if (!mayTakeEither(f.table, text, start, end)) continue
        frame = consider(f, splitWords(text, start, end, quotes), line)
        if (!frame && claimed) {
          owner ??= f.context
          kept ??= f
        }
        if (frame?.table) frame.outer = f
        else if (frame) frame = f
      }
      if (!frame && owner) complain(line, owner)
      frame ??= kept
      stack[depth] = frame ?? CLOSED
      open = depth + 1
    },
    path(words, line, negated = false, how = PLAIN) {
      claimed = false
      mark(line, UNMODELLED)
      const before = classes[line] as number
      classes[line] = UNMODELLED
      places = how.lines
      const frame = root.next.has(words[0] as string) ? offer(top, words, 0, line, negated) : undefined
      places = undefined
      if (how.perhaps !== true && (frame ? !frame.fed : claimed)) complain(line, contextOf(words))
      const became = classes[line] as number
      mark(line, before)
      return CLASSES[became] as LineClass
    },
    mark(line, as, words) {
      if (as !== 'unrecognized') mark(line, CLASSES.indexOf(as))
      else if (words === undefined) complain(line, TOP)
      else if (root.next.has(words[0] as string)) complain(line, contextOf(words))
    },
  }
  /** The context of the scopes that take the first words of a path that is not recognised as a whole. */
  const contextOf = (words: readonly string[]): Context => {
    let frame = top
    for (let from = 0; from < words.length; ) {
      const step = enter(frame, words, from)
      if (!step) break
      frame = step.frame
      from = step.used
    }
    return frame.context
  }

  const extent = layout.read(text, emit)
  while (open > 0) close(stack[--open] as Frame)
  return {
    lines: tally(classes, extent.lines),
    classOf: line => CLASSES[classes[line] ?? UNMODELLED] as LineClass,
    unrecognized: Array.from(complaints, ([line, where]) => ({ line, interface: where })),
    incomplete: extent.incomplete,
  }
}

/** The innermost scope row of one table that takes the words from `from`. */
function enter(frame: Frame, words: readonly string[], from: number): { frame: Frame; used: number } | undefined {
  let at = frame.table as Table
  for (let i = from, next: Table | undefined; i < words.length && (next = at.next.get(words[i] as string)); i++) at = next
  for (let n: Table | undefined = at; n; n = n.up) {
    for (const { pattern, row } of n.entries) {
      if (!isScope(row)) continue
      const used = match(pattern, words, from, false)
      if (used <= from) continue
      const context = { ...frame.context, ...row.opens(captured(), frame.context) }
      return { frame: { ...frame, table: row.table, context }, used }
    }
  }
  return undefined
}

function tally(classes: Uint8Array, total: number): LineCounts {
  const counts = [0, 0, 0, 0]
  for (let line = 1; line <= total; line++) counts[classes[line] as number] = (counts[classes[line] as number] as number) + 1
  const [unmodelled = 0, ignored = 0, understood = 0, unrecognized = 0] = counts
  return { total, understood, ignored, unmodelled, unrecognized }
}
