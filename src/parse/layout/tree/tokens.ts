// Splits brace text into tokens, in one pass. Comments and line ends are told on the way.

export const WORD = 0
export const OPEN = 1
export const CLOSE = 2
export const END = 3
export const LIST = 4
export const UNLIST = 5
export const LINE_END = 6
export const STOP = 7

export interface Scanner {
  /** Moves to the next token and returns its kind. `bare`: the statement is empty so far, so `#` begins a comment. */
  next(bare: boolean): number
  /** The same within a line of commands, where braces are part of words. */
  nextInLine(): number
  /** The text of the last word, without quotes. */
  word(): string
  /** The line that the last token stands on. */
  line(): number
  /** The text from here to the end of the line. */
  rest(): string
  /** Goes on behind the end of the line (the next token is LINE_END). */
  skipLine(): void
  /** True when nothing at all stands before the last token on its line. */
  flush(): boolean
  /** Number of lines; known once the text is at its end. */
  lines(): number
  /** What makes the text end too early, if anything does. */
  broken(): string | null
}

const [NEWLINE, SPACE, QUOTE, HASH, STAR, DASH, SLASH, SEMICOLON] = [10, 32, 34, 35, 42, 45, 47, 59]
const [LESS, GREATER, OPEN_LIST, BACKSLASH, CLOSE_LIST, OPEN_BRACE, CLOSE_BRACE] = [60, 62, 91, 92, 93, 123, 125]
const [NO_BREAK_SPACE, BYTE_ORDER_MARK] = [160, 65279]

/** A pager's line that got into the capture. */
const PAGER = /---\(more(?: \d+%)?\)---/y
/** A longer string over several lines is taken for a lost quote. */
const LONGEST = 20_000

const isBlank = (code: number) => code <= SPACE || code === NO_BREAK_SPACE || code === BYTE_ORDER_MARK

/** Reads `text`; `comment` is called with the number of every line of a comment, and where that begins. */
export function scan(text: string, comment: (line: number, from: number) => void): Scanner {
  const length = text.length
  let at = 0
  let line = 1
  let lineStart = 0
  let tokenStart = 0
  let word = ''
  let tokenLine = 1
  let broken: string | null = null
  /** Nothing but blanks and comments stands before on this line. */
  let fresh = true
  /** Open lists; none goes on behind its statement. */
  let lists = 0

  const toLineEnd = (from: number) => {
    const end = text.indexOf('\n', from)
    return end < 0 ? length : end
  }
  const blockComment = () => {
    const close = text.indexOf('*/', at + 2)
    if (close < 0) broken ??= `the comment that opens on line ${line} is never closed`
    const end = close < 0 ? length : close + 2
    comment(line, at)
    for (; at < end; at++) {
      if (text.charCodeAt(at) !== NEWLINE) continue
      line++
      lineStart = at + 1
      if (at + 1 < length) comment(line, at + 1)
    }
  }
  /** Where a string ends that does not end on its line: at a quote that closes a word, or nowhere. */
  const farQuote = (from: number) => {
    const close = text.indexOf('"', from)
    if (close < 0 || close - from > LONGEST) return -1
    const after = text.charCodeAt(close + 1)
    return Number.isNaN(after) || after <= SPACE || after === SEMICOLON ? close : -1
  }
  const quoted = () => {
    const start = at + 1
    const end = toLineEnd(start)
    let i = start
    for (let code = 0; i < end && (code = text.charCodeAt(i)) !== QUOTE; i++) if (code === BACKSLASH && i + 1 < end) i++
    if (i >= end) {
      const close = farQuote(end)
      if (close < 0) {
        broken ??= `the quote that opens on line ${line} is never closed`
        // What follows on the line is the string, but for the sign that ends the statement.
        for (i = end; i > start && text.charCodeAt(i - 1) <= SPACE; ) i--
        if (i > start && text.charCodeAt(i - 1) === SEMICOLON) i--
        word = text.slice(start, i)
        at = i
        return WORD
      }
      i = close
    }
    word = text.slice(start, i).replaceAll('\r\n', '\n')
    if (word.includes('\\"')) word = word.replaceAll('\\"', '"')
    for (; at <= i; at++) {
      if (text.charCodeAt(at) !== NEWLINE) continue
      line++
      lineStart = at + 1
    }
    return WORD
  }
  const plain = (braces: boolean) => {
    const start = at
    // `<ge-0/0/[0-3]>` is one word.
    let inPattern = text.charCodeAt(at) === LESS
    let bracket = lists === 0
    for (; at < length; at++) {
      const code = text.charCodeAt(at)
      if (isBlank(code)) break
      if (inPattern) inPattern = code !== GREATER
      else if (braces && (code === SEMICOLON || code === OPEN_BRACE || code === CLOSE_BRACE)) break
      else if (code === OPEN_LIST) bracket = true
      else if (code === CLOSE_LIST && !bracket) break
    }
    word = text.slice(start, at)
    return WORD
  }
  const sign = (kind: number) => {
    at++
    lists = kind === LIST ? lists + 1 : kind === UNLIST ? lists - 1 : 0
    return kind
  }

  const step = (bare: boolean, braces: boolean): number => {
    for (; at < length; ) {
      const code = text.charCodeAt(at)
      tokenStart = at
      tokenLine = line
      if (code === NEWLINE) {
        at++
        line++
        lineStart = at
        if (!braces) lists = 0
        return LINE_END
      }
      if (isBlank(code)) {
        at++
        continue
      }
      if (code === HASH && (bare || fresh || text.charCodeAt(at + 1) === HASH)) {
        comment(line, at)
        at = toLineEnd(at)
        continue
      }
      if (code === SLASH && text.charCodeAt(at + 1) === STAR && braces) {
        blockComment()
        continue
      }
      if (code === DASH && text.startsWith('---(more', at)) {
        PAGER.lastIndex = at
        if (PAGER.test(text)) at = PAGER.lastIndex
        if (at > tokenStart) continue
      }
      if (code === QUOTE) return quoted()
      if (code === OPEN_LIST) return sign(LIST)
      if (code === CLOSE_LIST && lists > 0) return sign(UNLIST)
      if (!braces) return plain(false)
      if (code === SEMICOLON) return sign(END)
      if (code === OPEN_BRACE) return sign(OPEN)
      if (code === CLOSE_BRACE) return sign(CLOSE)
      return plain(true)
    }
    tokenStart = at
    tokenLine = at > lineStart ? line : line - 1
    return STOP
  }
  const told = (kind: number) => {
    fresh = kind === LINE_END
    return kind
  }
  return {
    next: bare => told(step(bare, true)),
    nextInLine: () => told(step(false, false)),
    word: () => word,
    line: () => tokenLine,
    rest: () => text.slice(at, toLineEnd(at)),
    skipLine: () => {
      at = toLineEnd(at)
      lists = 0
    },
    flush: () => tokenLine === line && tokenStart === lineStart,
    lines: () => (lineStart === length ? line - 1 : line),
    broken: () => broken,
  }
}
