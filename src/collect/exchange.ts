// One command and what has come since it was typed. The only place from which anything is typed.
import type { Session } from '../parse/platform.ts'
import { type Around, type Echo, echoIn, HEAD, type Output, outputOf, samePrompt } from './answer.ts'
import type { Purpose, Sendable } from './commands.ts'
import { standing, withoutLog } from './log-lines.ts'
import { openPages } from './pager.ts'
import { openReceived, type Received } from './received.ts'

/** Something to type, as exact bytes. */
export interface Typed {
  readonly send: string
  readonly purpose: Purpose
}

/** The device's side of the conversation since the last command, and the way to type the next. */
export interface Exchange {
  readonly received: Pick<Received, 'add' | 'clear' | 'size' | 'line' | 'tail'>
  /** The command without its line feed; empty before the first. */
  readonly asked: string
  readonly purpose: Purpose | null
  /** The prompt as it is known. */
  prompt: string
  /** An answer has ended in the prompt: it is no line of a greeting. */
  confirmed: boolean
  isPrompt(line: string): boolean
  /** The last lines as a terminal shows them, and the one the device waits in. */
  look(): { readonly lines: readonly string[]; readonly line: string }
  /** The last of those, and the one the device waits in: nearly always the same, so that the others need not be taken apart. */
  glance(): { readonly last: string; readonly line: string }
  /** Has the device repeated the command? Corrects the prompt by what stands in front of it. */
  echoed(): boolean
  /** The device does not repeat what is typed, as it seems. */
  assumeEcholess(): void
  /** What the device has said to the command so far, without the line it waits in. */
  said(): readonly string[]
  /** The lines right above the prompt, nearest last. */
  abovePrompt(): readonly string[]
  /** The output without echo, pagers, messages, prompt, and the lines that `frame` the prompt. */
  output(frame: readonly string[]): Output
  /** Types something into the answer that is under way. */
  type(item: Sendable): readonly Typed[]
  /** Types a command, or the secret; what came before is forgotten. */
  ask(item: Sendable): readonly Typed[]
  /** Types an answer to a greeting, once for each time it is asked for, and not for ever. */
  press(item: Sendable, asks: (line: string) => boolean): readonly Typed[]
  /** What to do about the pager the cursor stands in, if any. */
  turn(last: string): 'none' | 'turn' | 'turned' | 'endless'
}

/** The lines at the end that are looked at, in bytes: a prompt, and a burst of log messages behind it. */
const WINDOW = 8192
/** The same where nothing came in between. */
const NEAR = 512
/** Greetings that ask for a key again and again are not obeyed for ever. */
const KEYS = 5

/** Starts with what an earlier conversation left behind: its prompt, if any. */
export function openExchange(session: Session, secret: string, known: string): Exchange {
  const received = openReceived()
  const pages = openPages(received, session.pager?.when)
  let echo: Echo | null = null
  let echoless = false
  let keys = 0
  let keyAt = -1
  received.add(known)

  const around = (): Around => ({ command: self.asked, prompt: self.prompt, isPrompt: self.isPrompt, echoless })
  const type = ({ purpose, typed }: Sendable) => [{ send: purpose === 'secret' ? `${secret}\n` : typed, purpose }]
  const self: Exchange & { asked: string; purpose: Purpose | null } = {
    received,
    asked: '',
    purpose: null,
    prompt: '',
    confirmed: false,
    isPrompt: line => session.prompt.test(line) || session.prompt.test(line.trim()),
    look() {
      const lines = received.lines(-WINDOW)
      return { lines, line: standing(lines, self.prompt) }
    },
    glance() {
      const near = received.lines(-NEAR)
      const last = near.at(-1) ?? ''
      // A whole line that holds no message is the one, whatever stands above it.
      if (near.length > 1 && last.trim() !== '' && withoutLog(last, self.prompt) === last) return { last, line: last }
      const { lines, line } = self.look()
      return { last: lines.at(-1) ?? '', line }
    },
    echoed() {
      if (echo) return true
      const found = echoIn(received.lines(0, HEAD.bytes, HEAD.lines), around())
      if (found.end === 0) return echoless
      echo = found
      if (!self.confirmed && found.before !== '' && !samePrompt(found.before, self.prompt)) self.prompt = found.before
      return true
    },
    assumeEcholess() {
      echoless = true
    },
    said() {
      const lines = received.lines(-WINDOW)
      const behind = lines
        .slice(echoIn(lines, around()).end)
        .map(line => withoutLog(line, self.prompt)?.trim() ?? '')
        .filter(line => line !== '')
      // The line it waits in is the last one that is left, unless it waits in an empty one.
      return behind.slice(0, -1).filter(line => !samePrompt(line, self.prompt))
    },
    abovePrompt() {
      const lines = received.lines(-WINDOW).flatMap(line => withoutLog(line, self.prompt) ?? [])
      const at = lines.findLastIndex(line => samePrompt(line, self.prompt))
      return lines.slice(Math.max(0, at - 3), Math.max(0, at))
    },
    output(frame) {
      return outputOf(pages.text(), around(), frame, session.sign)
    },
    type,
    ask(item) {
      received.clear()
      pages.clear()
      if (item.purpose !== 'secret') {
        self.asked = item.typed.trim()
        self.purpose = item.purpose
      }
      echo = null
      keyAt = -1
      return type(item)
    },
    press(item, asks) {
      const again = keyAt < 0 || asks(received.lines(keyAt).at(-1) ?? '')
      if (keys >= KEYS || !again) return []
      keys++
      keyAt = received.size
      return type(item)
    },
    turn: last => pages.turn(last),
  }
  return self
}
