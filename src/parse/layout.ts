// A layout turns text into statements. It knows a syntax family, never a vendor's vocabulary.

/** What became of a line; see LineCounts. */
export type LineClass = 'unmodelled' | 'ignored' | 'understood' | 'unrecognized'

/** The engine's side: where a layout hands over what it reads. */
export interface Emit {
  /**
   * A statement `depth` levels below the top, standing in `text` from `start` to `end` (no blanks around it).
   * Its parents are the last ones emitted at lesser depths. False when nothing of ours can stand inside it: what does
   * need not be emitted. `breaks`: of the statements open before, those from this depth on may have been broken into by it. `half`: it may
   * be the end of the statement above.
   */
  statement(depth: number, line: number, text: string, start: number, end: number, breaks?: number, half?: boolean): boolean
  /**
   * A line stands deeper than the statement above, and is not emitted because nothing of ours can stand there. `columns`: where the
   * statements that are open stand, and behind them those that were open before.
   */
  indented(line: number, text: string, start: number, end: number, columns: readonly number[]): void
  /** A whole path from the top, as words. Returns what became of it. */
  path(words: readonly string[], line: number, negated?: boolean, how?: PathOptions): LineClass
  /**
   * Classes a line that is no statement (a banner's text, a closing brace). The strongest class wins. A line marked as
   * unrecognized is reported, with the interface that `words` lead to; not when nothing behind their first word is ours.
   */
  mark(line: number, as: LineClass, words?: readonly string[]): void
}

/** What a layout knows of a path beyond its words. */
export interface PathOptions {
  /** The line each word stands on: what a scope says of itself is said there, before what stands inside. */
  readonly lines?: readonly number[]
  /** The words may be no statement at all: nothing is reported when no row takes them. */
  readonly perhaps?: boolean
}

export interface Extent {
  /** Number of lines in the text. */
  readonly lines: number
  /** Why the text cannot be a whole configuration; null when nothing speaks against it. */
  readonly incomplete: string | null
  /** Why it hardly is one, although nothing in it is broken; absent, or null, when nothing says so. */
  readonly unlikely?: string | null
  /** True when the text itself shows where it ends: nothing can be missing behind it. */
  readonly closed: boolean
  /** Lines at the left edge that the layout looks out for, in order; absent where it looks out for none. */
  readonly seen?: readonly string[]
}

export interface Layout {
  read(text: string, emit: Emit): Extent
}

/** A block of free text inside a configuration, such as a banner or a certificate. */
export interface Verbatim {
  /** First word of the opening line. */
  readonly keyword: string
  /**
   * Looks at an opening line. Returns undefined when it opens no block, `closed` when the block also ends on that
   * line, and otherwise the test for the line that ends it.
   */
  open(body: string): undefined | 'closed' | ((line: string) => boolean)
  /** For one block: tells of its lines, in order, whether they mean something that cannot be told; such a line is reported. */
  readonly doubtful?: (() => (line: string) => boolean) | undefined
}

/** A block between two equal delimiters, the first of which stands in capture 1 of `opening`, the rest of the line in 2. */
export const delimited = (keyword: string, opening: RegExp): Verbatim => ({
  keyword,
  open(body) {
    const found = opening.exec(body)
    if (!found) return undefined
    const [, delimiter = '', rest = ''] = found
    return rest.includes(delimiter) ? 'closed' : line => line.includes(delimiter)
  },
})

/** A block that ends with a line of its own. */
export const until = (keyword: string, opening: RegExp, closing: string, doubtful?: Verbatim['doubtful']): Verbatim => ({
  keyword,
  open: body => (opening.test(body) ? line => line === closing : undefined),
  doubtful,
})
