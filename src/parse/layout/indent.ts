// IOS, NX-OS, EOS and their many relatives: a deeper indent belongs to the line above.
import type { Layout, Verbatim } from '../layout.ts'

const SPACE = 32
const NO_BREAK_SPACE = 160

interface Options {
  /** First character of a comment line. */
  readonly comment: string
  readonly verbatim?: readonly Verbatim[]
  /** The last statement of a whole configuration, where the platform prints one. */
  readonly terminator?: string
  /** Keyword of a top-level line that one configuration has once; another value means another configuration. */
  readonly once?: string
  /** How lines at the left edge begin, comments included, that say something of the capture; `seen` of the extent has them. */
  readonly heads?: readonly string[]
}

/** Free text that is open, since a line. */
interface Block {
  readonly since: number
  readonly ends: (line: string) => boolean
  readonly doubtful: ((line: string) => boolean) | undefined
}

/** Reads lines into statements at a depth. Line numbers start at 1 and refer to the text as it stands. */
export const indent = ({ comment, verbatim = [], terminator, once, heads = [] }: Options): Layout => ({
  read(text, emit) {
    const commentCode = comment.charCodeAt(0)
    const initials = new Uint8Array(128)
    for (const { keyword } of verbatim) initials[keyword.charCodeAt(0)] = 1
    const headInitials = new Uint8Array(128)
    for (const head of heads) headInitials[head.charCodeAt(0)] = 1
    const seen: string[] = []
    const ending = terminator?.length ?? -1
    const columns: number[] = []
    let depth = 0
    let line = 0
    /** Nothing of ours can stand deeper than this column. */
    let closed = Number.POSITIVE_INFINITY
    let terminated = terminator === undefined
    /** The least column of a comment behind the last statement: devices set blocks of that column apart by it. */
    let apart = 0
    /** The last line was a message: it may have torn the one before in two. */
    let logged = false
    const names = new Set<string>()
    const initial = once?.charCodeAt(0)
    let block: Block | undefined
    for (let start = 0, next = 0; start < text.length; start = next) {
      line++
      const newline = text.indexOf('\n', start)
      let end = newline < 0 ? text.length : newline
      next = end + 1
      while (end > start && text.charCodeAt(end - 1) <= SPACE) end--
      let i = start
      let code = 0
      while (i < end && ((code = text.charCodeAt(i)) <= SPACE || code === NO_BREAK_SPACE)) i++
      const column = i - start
      // In free text, too: one that was cut short swallows the beginning of the next capture.
      if (column === 0 && headInitials[code] === 1 && heads.some(head => text.startsWith(head, i))) seen.push(text.slice(i, end))
      if (block) {
        const said = text.slice(i, end)
        emit.mark(line, block.doubtful?.(said) ? 'unrecognized' : 'ignored')
        if (block.ends(said)) block = undefined
        continue
      }
      if (i >= end) {
        logged = false
        continue
      }
      // A comment closes nothing: a device stays where it is over a `!`, and what is indented below belongs there still.
      if (code === commentCode) {
        if (column < apart) apart = column
        logged = false
        continue
      }
      if (column === 0 && isLogged(text, i, end)) {
        emit.mark(line, 'ignored')
        logged = true
        continue
      }
      const opened = initials[code] === 1 ? openVerbatim(verbatim, text, i, end) : undefined
      if (opened) {
        emit.mark(line, 'ignored')
        if (opened !== 'closed') block = { since: line, ...opened }
        continue
      }
      if (column > closed) {
        emit.indented(line, text, i, end, columns)
        continue
      }
      while (depth > 0 && (columns[depth - 1] as number) >= column) depth--
      if (column === 0 && end - i === ending && text.startsWith(terminator as string, i)) terminated = true
      if (code === initial && column === 0 && text.startsWith(`${once} `, i)) names.add(text.slice(i, end))
      // Where no line stood before, it may have broken into the block itself; else into one above it.
      const breaks = column >= apart ? -1 : columns[depth] === column ? depth : 0
      closed = emit.statement(depth, line, text, i, end, breaks, logged) ? Number.POSITIVE_INFINITY : column
      columns[depth++] = column
      apart = Number.POSITIVE_INFINITY
      logged = false
    }
    if (block) {
      return { lines: line, incomplete: `the block that opens on line ${block.since} is never closed`, closed: false, seen }
    }
    if (names.size > 1) {
      const incomplete = `the file holds ${names.size} configurations; store each in a file of its own`
      return { lines: line, incomplete, closed: false, seen }
    }
    const incomplete = terminated ? null : `the closing "${terminator}" is missing`
    return { lines: line, incomplete, closed: terminator !== undefined && terminated, seen }
  },
})

/** `Nov 23 10:00:00 host ...`, `*Nov 23 10:00:00.123: %LINK-3-UPDOWN: ...`: a message that came in between. */
const LOGGED =
  /^[*.]?(?:(?:(?:\d{4} )?[A-Z][a-z]{2} +\d{1,2} (?:\d{4} )?|\d{4}-\d\d-\d\dT)\d{2}:\d{2}:\d{2}|%[A-Z][A-Z0-9_-]*-\d-[A-Z0-9_]+:|Message from syslogd@)/
const PERCENT = 37
const ZERO = 48
const NINE = 57
const STAR = 42
const DOT = 46
const UPPER_A = 65
const UPPER_Z = 90

/** Looks at the line itself only where its first characters allow it. */
function isLogged(text: string, start: number, end: number): boolean {
  const code = text.charCodeAt(start)
  const mayBe =
    (code >= ZERO && code <= NINE) || code === PERCENT || code === STAR || code === DOT || (code >= UPPER_A && code <= UPPER_Z)
  if (!mayBe) return false
  return LOGGED.test(text.slice(start, Math.min(end, start + 60)))
}

const openVerbatim = (verbatim: readonly Verbatim[], text: string, start: number, end: number) => {
  for (const v of verbatim) {
    const ends = text.startsWith(v.keyword, start) ? v.open(text.slice(start, end)) : undefined
    if (ends) return ends === 'closed' ? ends : { ends, doubtful: v.doubtful?.() }
  }
  return undefined
}
