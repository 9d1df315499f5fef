// What a device answered to one command: its output without echo, prompt and interruptions. Pure.
import { render } from '../terminal.ts'
import { withoutLog } from './log-lines.ts'

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

/** The output of a command in everything since it was sent, up to the prompt. `frame` are lines that belong to the prompt. */
export function outputOf(raw: string, around: Around, frame: readonly string[]): readonly string[] {
  const { prompt } = around
  const lines = render(raw)
  const output: string[] = []
  for (let i = echoIn(lines, around).end; i < lines.length; i++) {
    const left = withoutLog(lines[i] as string, prompt)
    if (left !== null) output.push(left)
  }
  for (;;) {
    // More than one prompt stands there when a line feed had to bring a lost one back.
    const last = output.findLastIndex(line => line.trim() !== '')
    if (!samePrompt(output[last] ?? '', prompt)) return output
    output.length = last
    if (frame.length > 0 && frame.every((line, i) => output[last - frame.length + i] === line)) output.length -= frame.length
  }
}

/** Lines of a prompt that has more than one (`{master:0}` on Junos): those that end two different outputs alike. */
export function frameOf(one: readonly string[], other: readonly string[]): readonly string[] {
  const [a, b] = [one.slice(0, -1), other.slice(0, -1)]
  let n = 0
  while (n < 2 && a.at(-1 - n)?.trim() && a.at(-1 - n) === b.at(-1 - n)) n++
  return n === 0 ? [] : a.slice(-n)
}

/** Text from bytes kept as Latin-1, which is what they stay when they are no UTF-8. */
export function textOf(lines: readonly string[]): string {
  const text = `${lines.join('\n')}\n`
  if (!/[\x80-\xff]/.test(text)) return text
  const bytes = Buffer.from(text, 'latin1')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return text
  }
}
