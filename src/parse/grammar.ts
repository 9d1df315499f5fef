// The engine: feeds statements to a table, sorts every line into a class, and passes on what the rows say.
import type { LineCounts } from '../model/device.ts'
import { astrayIn } from './astray.ts'
import { displaced, says } from './displaced.ts'
import type { Context, Sink } from './facts.ts'
import type { Emit, Layout, LineClass, PathOptions } from './layout.ts'
import { openLedger, rankOf } from './ledger.ts'
import { CLOSED, contextOf, type Frame, NOTHING, offering, TOP } from './offer.ts'
import { splitWords, walked, wordsFor } from './split.ts'
import type { Table } from './table.ts'

export interface Grammar {
  readonly layout: Layout
  readonly table: Table
  /** Words that take back what follows them: `no`, `undo`, `default`. */
  readonly negate: readonly string[]
  /** True where double quotes group words. */
  readonly quotes?: boolean
  /** Openings of sections that the table does not know: without indentation they alone say that another section ended. */
  readonly sections?: RegExp
  /**
   * Lines that stand nowhere but in the blocks that the table knows, as a sticky expression: where the blanks in front put one elsewhere, it
   * is reported, for the device goes by its words.
   */
  readonly strays?: RegExp
}

export interface Parsed {
  readonly lines: LineCounts
  /** What became of a line, by its number (from 1). */
  readonly classOf: (line: number) => LineClass
  /** Line numbers, with the interface each stands in. */
  readonly unrecognized: readonly { readonly line: number; readonly interface: string | null }[]
  /** Lines beside a block that is known completely, and right behind it, which it takes as well: typed, they go into it. */
  readonly adrift: readonly number[]
  /** Why the text cannot be a whole configuration; null when nothing speaks against it. */
  readonly incomplete: string | null
  readonly unlikely: string | null
  /** True when the text itself shows where it ends. */
  readonly closed: boolean
}

const PLAIN: PathOptions = {}

/** Reads `text` and states its facts, in file order, to `sink`. Never throws on any text. */
export function parse(grammar: Grammar, text: string, sink: Sink): Parsed {
  const { layout, table: root, negate, sections } = grammar
  const isAstray = astrayIn(grammar.strays)
  const quotes = grammar.quotes === true
  const ledger = openLedger(text.length)
  const rows = offering(negate, ledger, sink)
  const top: Frame = { table: root, context: TOP, pending: NOTHING, line: 0, fed: true }
  /** The open statements, outermost first; only the first `open` are open. */
  const stack: Frame[] = []
  let open = 0
  /** In a file without indentation: the section that lines at the top may still belong to. */
  let flat: Frame | undefined
  /** There, a line behind a comment was nobody's: it may have opened another section, whose lines can read like those of `flat`. */
  let elsewhere = false

  /** The statements that were open where a line came that is nobody's: a message may have broken in between two of their lines. */
  let broken: { readonly frames: readonly Frame[]; readonly from: number; readonly at: number } | undefined
  /** Something stood deeper than that line: what comes next at its own level is another block. */
  let strays = false
  /** The last statement, and whether an interface opened somewhere below it. */
  let last = 0
  let nested = false
  /** The level at which an interface stands in a block that has none; its lines may stand beside it. */
  let inner = 0
  const adrift: number[] = []
  /** Whether a row of the frame may take a line, and would say something by it. */
  const isOurs = ({ table, pending }: Frame, text: string, start: number, end: number): boolean => {
    const words = table && pending === NOTHING ? wordsFor(table, negate, text, start, end, quotes) : undefined
    if (table === undefined || words === undefined || words.includes('description')) return false
    // A block that is known completely takes any word.
    return !table.whole || table.next.has((negate.includes(words[0] as string) ? words[1] : words[0]) ?? '')
  }

  const close = (frame: Frame) => {
    // A statement that a row began and nothing ever finished: its keyword is ours, its end is missing.
    if (!frame.fed) ledger.complain(frame.line, frame.context)
  }

  const emit: Emit = {
    statement(depth, line, text, start, end, breaks = -1, half = false) {
      if (depth > 0) flat = undefined
      last = line
      nested = false
      const until = open
      const left = depth > 0 && until > depth ? stack[depth]?.table : undefined
      if (left?.whole) {
        const words = splitWords(text, start, end, quotes, [])
        if (says(left, negate.includes(words[0] as string) ? words.slice(1) : words)) adrift.push(line)
      }
      const leaves = end - start === 4 && text.startsWith('exit', start)
      while (open > depth) close(stack[--open] as Frame)
      const parent = depth === 0 ? top : ((open >= depth ? stack[depth - 1] : undefined) ?? CLOSED)
      let frame: Frame | undefined
      /** Where a row's keyword opened the line, while none takes all of it. */
      let owner: Context | undefined
      if (parent.table) {
        const words =
          parent.pending === NOTHING
            ? wordsFor(parent.table, negate, text, start, end, quotes)
            : splitWords(text, start, end, quotes, [...parent.pending])
        if (words) {
          frame = rows.consider(parent, words, line)
          if (!frame && rows.claimed()) owner = parent.context
        } else if (walked.typed) owner = parent.context
      }
      if (frame || parent.pending === NOTHING) parent.fed = true
      // A file that lost its indentation: the line says nothing at the top, but something in the section above.
      let kept: Frame | undefined
      if (frame && depth === 0 && frame.pending === NOTHING) {
        flat = frame.table ? frame : undefined
        elsewhere = false
      }
      for (let f = depth === 0 && !frame && !leaves ? flat : undefined; f?.table && !frame; f = f.outer) {
        if (elsewhere) {
          if (isOurs(f, text, start, end)) owner ??= f.context
          continue
        }
        const words = wordsFor(f.table, negate, text, start, end, quotes)
        if (words) frame = rows.consider(f, words, line)
        if (!frame && (words ? rows.claimed() : walked.typed)) {
          owner ??= f.context
          kept ??= f
        }
        if (frame?.table) {
          frame.outer = f
          flat = frame
        } else if (frame) flat = f
      }
      if (flat && !frame && !owner) {
        if (sections?.test(text.slice(start, end))) flat = undefined
        else if (leaves) flat = flat.outer
        else elsewhere ||= breaks < 0
      }
      if (depth < inner) inner = 0
      if (!frame && (depth === 0 || inner > 0) && isAstray(text, start)) owner ??= depth === 0 ? TOP : parent.context
      if (!frame && depth > 0 && text.startsWith('interface ', start)) inner = depth
      // Its keyword is not complete: some line below has to go on with it.
      if (frame && frame.pending !== NOTHING) frame.fed = false
      if (!frame && !leaves && (owner || half)) ledger.complain(line, owner ?? parent.context)
      if (frame || kept || breaks < 0) broken = undefined
      else if (breaks < until && stack[breaks] !== CLOSED) {
        broken = { frames: stack.slice(breaks, until), from: breaks, at: depth }
        strays = false
      } else if (strays) broken = undefined
      stack[depth] = frame ?? kept ?? CLOSED
      open = depth + 1
      return stack[depth] !== CLOSED
    },
    indented(line, text, start, end, columns) {
      flat = undefined
      nested ||= text.startsWith('interface ', start)
      const above = ledger.classOf(last)
      // A block that a row passes over is one whole, interfaces and all.
      if ((open > 1 || (nested && above !== 'ignored')) && above !== 'unrecognized' && isAstray(text, start))
        ledger.complain(line, (stack[open - 2] ?? top).context)
      if (broken === undefined) return
      strays = true
      const { frames, from, at } = broken
      const column = start - text.lastIndexOf('\n', start - 1) - 1
      // Where the lines of the block stood that came before, if any did: others are not torn off it.
      const fits = (n: number) => from + n < at || n + 1 === frames.length || columns[from + n + 1] === column
      if (frames.some((frame, n) => fits(n) && isOurs(frame, text, start, end))) ledger.complain(line, TOP)
    },
    path(words, line, negated = false, how = PLAIN) {
      return ledger.during(line, () => {
        if (!root.next.has(words[0] as string)) {
          if (root.typed.has(words[0] as string) || displaced(root, words, 0, 0)) ledger.complain(line, TOP)
          return
        }
        rows.places = how.lines
        const frame = rows.offer(top, words, 0, line, negated)
        rows.places = undefined
        if (how.perhaps !== true && (frame ? !frame.fed : rows.claimed())) ledger.complain(line, contextOf(top, words))
      })
    },
    mark(line, as, words) {
      if (as !== 'unrecognized') ledger.mark(line, rankOf(as))
      else if (words === undefined) ledger.complain(line, TOP)
      else if (root.next.has(words[0] as string)) ledger.complain(line, contextOf(top, words))
    },
  }

  const extent = layout.read(text, emit)
  while (open > 0) close(stack[--open] as Frame)
  return {
    lines: ledger.tally(extent.lines),
    classOf: ledger.classOf,
    adrift,
    unrecognized: Array.from(ledger.complaints, ([line, where]) => ({ line, interface: where })),
    incomplete: extent.incomplete,
    unlikely: extent.unlikely ?? null,
    closed: extent.closed,
  }
}
