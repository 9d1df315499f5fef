// What a device answered to one command: its output without echo, prompt and interruptions. Pure.
import { broadcastIn } from '../model/broadcast.ts'
import { render } from '../terminal.ts'
import { isTorn, mayHoldLogs, withoutLogs } from './log-lines.ts'
import type { Plain } from './received.ts'

/** What the command line looked like around a command. */
export interface Around {
  readonly command: string
  readonly prompt: string
  /** Could this be a prompt? Asked of what stands in front of the echo. */
  readonly isPrompt: (line: string) => boolean
  /** The device does not repeat what is typed. */
  readonly echoless: boolean
}

/** An echo starts within so many lines: what came late from the command before stands in front of it. */
const LATE = 24
/** An echo of one command takes no more lines than this. */
const WRAPPED = 3

/** The head of an answer, in which its echo is looked for. */
export const HEAD = { bytes: 8192, lines: LATE + WRAPPED }

const squeeze = (text: string): string => text.replace(/\s+/g, '')

/** Equal prompts, leaving aside what counts commands or marks unsaved changes (`* host.12 #` on EXOS). */
export const samePrompt = (line: string, prompt: string): boolean => prompt !== '' && plain(line) === plain(prompt)

const plain = (prompt: string): string =>
  prompt
    .trim()
    .replace(/^\* /, '')
    .replace(/\.\d+(?= ?[#>]$)/, '')

/** The line behind the one that repeats the command, and the prompt in front of it. Line 0 when there is no echo. */
export function echoIn(lines: readonly string[], around: Around): Echo {
  const { prompt, isPrompt, echoless } = around
  let found: Echo = { end: 0, before: '' }
  for (let from = 0; from < Math.min(lines.length, echoless ? 1 : LATE); from++) {
    const echo = echoAt(lines, from, around)
    // Typed ahead, a command shows twice: as it arrives, and behind the prompt when its turn has come.
    if (echo && (found.end === 0 || echo.before !== '')) found = echo
    const line = lines[from] as string
    if (found.end > 0 && from >= found.end && !echo && line.trim() !== '' && !samePrompt(line, prompt) && !isPrompt(line)) break
    if (echo) from = echo.end - 1
  }
  return found
}

/** The echo that starts in a line, which may be wrapped; null when none does. */
function echoAt(lines: readonly string[], from: number, { command, prompt, isPrompt }: Around): Echo | null {
  let joined = ''
  for (let to = from; to < Math.min(lines.length, from + WRAPPED); to++) {
    joined += lines[to]
    const before = beforeEcho(joined, command)
    // A configuration's own header (`!Command: show ...`) is no echo.
    if (before !== null && (before.trim() === '' || samePrompt(before, prompt) || isPrompt(before)))
      return { end: to + 1, before: before.trim() }
    // Drawn again while it was typed, so that blanks came in between.
    if (squeeze(joined) === squeeze(prompt + command)) return { end: to + 1, before: prompt }
    if (squeeze(joined) === squeeze(command)) return { end: to + 1, before: '' }
  }
  return null
}

/** Where an echo ends, and what stands in front of it. */
export interface Echo {
  readonly end: number
  readonly before: string
}

/** What stands in front of the command in a line that ends with it; IOS shows the end alone of a long one, behind `$`. */
function beforeEcho(line: string, command: string): string | null {
  const text = line.trimEnd()
  if (text.endsWith(command)) return text.slice(0, text.length - command.length)
  const scrolled = text.lastIndexOf('$')
  const shown = text.length - scrolled - 1
  return scrolled > 0 && shown >= 6 && command.endsWith(text.slice(scrolled + 1)) ? text.slice(0, scrolled) : null
}

/** What a command printed. */
export interface Output {
  readonly text: string
  /** The same with the prompt behind it, as a line of its own. */
  readonly closed: string
  /** Something else came in between: a message that may have torn a line in two, or the late answer to an earlier command. */
  readonly torn: boolean
}

/**
 * The output of a command in everything since it was sent, up to the prompt. `frame` are lines that belong to the prompt, `sign` is
 * what lines of the output begin with.
 */
export function outputOf(
  { ended, disturbed, ascii }: Plain,
  around: Around,
  frame: readonly string[],
  sign: RegExp | undefined,
): Output {
  const raw = ended.slice(0, -1)
  const { prompt } = around
  // Nearly always there is nothing to draw and no message: then the text need not be taken apart.
  const quieted = disturbed || mayHoldLogs(raw) ? withoutLogs(render(raw), prompt) : null
  const text = quieted ? quieted.lines.join('\n') : raw
  const head = text.slice(0, HEAD.bytes).split('\n', HEAD.lines)
  const { end: echoed } = echoIn(head, around)
  let start = 0
  for (let i = 0; i < echoed; i++) start += (head[i] as string).length + 1
  let end = text.length
  for (;;) {
    // More than one prompt stands there when a line feed had to bring a lost one back.
    const last = lastLineOf(text, start, end)
    if (last === null || !samePrompt(last.line, prompt)) break
    end = last.start
    const above = end - frame.reduce((length, line) => length + line.length + 1, 0)
    if (frame.length > 0 && above >= start && text.slice(above, end) === `${frame.join('\n')}\n`) end = above
  }
  const output = text.slice(Math.min(start, end), end)
  const printed = output.endsWith('\n') ? output : `${output}\n`
  const shown = ascii ? printed : decoded(printed)
  const closing = `${prompt}\n`
  // Nearly always it stands like this in what came: then there is no need to copy all of it to have the two together.
  const asItCame = text === raw && shown === output && ended.startsWith(closing, end)
  const closed = asItCame ? ended.slice(end - output.length, end + closing.length) : `${shown}${closing}`
  const broken =
    quieted !== null && quieted.behind.length > 0 && isTorn(quieted, echoed, text.slice(0, end).split('\n').length - 1, sign)
  const torn = broken || broadcastIn(output) >= 0 || (echoed === 0 && isMixed(output, around))
  return { text: shown, closed, torn }
}

/** The echo was missed, and stands in the middle: what is above it belongs to another command. */
const isMixed = (output: string, { prompt, command }: Around): boolean =>
  output.split('\n').some(line => line.startsWith(prompt) && squeeze(line) === squeeze(prompt + command))

/** The last line between two places that is not blank. */
function lastLineOf(text: string, start: number, end: number): { readonly line: string; readonly start: number } | null {
  for (let to = end; to > start; ) {
    const from = Math.max(start, text.lastIndexOf('\n', to - 1) + 1)
    const line = text.slice(from, to)
    if (line.trim() !== '') return { line, start: from }
    to = from - 1
  }
  return null
}

/** Lines of a prompt that has more than one (`{master:0}` on Junos): those that stand above it after different commands. */
export function frameOf(one: readonly string[], other: readonly string[]): readonly string[] {
  let n = 0
  while (n < 2 && one.at(-1 - n)?.trim() && one.at(-1 - n) === other.at(-1 - n)) n++
  return n === 0 ? [] : one.slice(-n)
}

/** Text from bytes kept as Latin-1, which is what they stay when they are no UTF-8. */
function decoded(bytes: string): string {
  if (!/[\x80-\xff]/.test(bytes)) return bytes
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(bytes, 'latin1'))
  } catch {
    return bytes
  }
}
