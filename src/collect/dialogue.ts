// The conversation with one device, whatever carries it: bytes in, actions out. No I/O and no clock, so every session
// that was ever recorded can be replayed against it.
import type { Session } from '../parse/platform.ts'
import { lastLine, render } from '../terminal.ts'
import { echoEnd, frameOf, outputOf, samePrompt, textOf } from './answer.ts'

/** What to do next. `done` carries what the show command printed; `failed` says why there is none. */
export type Action = { readonly send: string } | { readonly done: string } | { readonly failed: string }

/** A conversation under way. It never acts on bytes in flight, only once the device has paused. */
export interface Dialogue {
  /** Takes bytes, one per character. */
  receive(bytes: string): readonly Action[]
  /** The device has paused: `settle` milliseconds without a byte. */
  quiet(): readonly Action[]
  /** The device has been silent for so long that it may be waiting for us. */
  stalled(): readonly Action[]
  /** The device has hung up. */
  ended(): readonly Action[]
  /** What is being waited for, to go after "while". */
  readonly waiting: string
  /** Longer until the prompt is known: banners come in pieces and may end like prompts. */
  readonly settle: number
  /** The prompt as the device writes it; empty until it is known. */
  readonly prompt: string
}

/** What a conversation may start from. */
export interface DialogueOptions {
  /** The password for enable and how the inventory refers to it; null when there is none. */
  readonly enable?: { readonly value: string; readonly reference: string } | null
  /** The prompt, when an earlier conversation in the same session has learned it. */
  readonly prompt?: string
}

/** Pagers that come up where no platform says which one to expect. */
const PAGER = { when: /-- ?more ?--|---- ?more ?----|---\(more[^)]*\)---|<--- more --->|-- more --, next page/i, press: ' ' }
/** More than any configuration; a device that prints without end must not fill the memory. */
const LIMIT = 64 * 1024 * 1024
const LOGIN = /(user ?name|login|password|passcode)[^:]{0,40}:\s*$/i

/** Starts a conversation; with a known prompt, `quiet` makes the first move. */
export function dialogue(session: Session, { enable = null, prompt: known = '' }: DialogueOptions = {}): Dialogue {
  const commands = [...session.open.map(text => ({ text, show: false })), ...session.show.map(text => ({ text, show: true }))]
  const pager = session.pager ?? PAGER
  let awaiting: 'prompt' | 'enable' | 'answer' | 'nothing' = 'prompt'
  let raw = known
  let prompt = ''
  let before = known
  let frame: string[] = []
  let command = { text: '', show: false }
  let refusal = ''
  let answeredEnable = false
  let echoless = false
  let nudges = 0

  const send = (text: string): readonly Action[] => {
    raw = ''
    return [{ send: text }]
  }
  const fail = (failed: string): readonly Action[] => {
    awaiting = 'nothing'
    return [{ failed }]
  }
  const next = (): readonly Action[] => {
    const following = commands.shift()
    if (!following) return fail(refusal || 'the platform has no command that shows the configuration')
    command = following
    awaiting = 'answer'
    nudges = 0
    return send(`${command.text}\n`)
  }
  const learn = (line: string): readonly Action[] => {
    prompt = line.trim()
    if (!session.enable?.when.test(line)) return next()
    if (answeredEnable) return fail(`the enable password was rejected (${enable?.reference})`)
    if (awaiting === 'enable')
      return fail(`the device refused "${session.enable.command}"; give the user a higher privilege level`)
    awaiting = 'enable'
    command = { text: session.enable.command, show: false }
    return send(`${command.text}\n`)
  }
  const askedForEnable = (): readonly Action[] => {
    if (answeredEnable) return fail(`the enable password was rejected (${enable?.reference})`)
    if (!enable) return fail(`the device asks for a password after "${command.text}"; set enable: in the inventory`)
    answeredEnable = true
    return send(`${enable.value}\n`)
  }
  const answer = (): readonly Action[] => {
    if (!command.show) {
      frame = frameOf(before, raw)
      before = raw
      return next()
    }
    const output = outputOf(raw, command.text, prompt, frame)
    // A refusal is short. The same words deep inside a configuration are somebody's banner.
    const refused = output.length <= 15 ? output.find(line => session.refused.test(line)) : undefined
    if (refused !== undefined || output.every(line => line.trim() === '')) {
      refusal = `the device ${refused === undefined ? 'printed nothing for' : 'refused'} "${command.text}"${refused === undefined ? '' : ` (${refused.trim().slice(0, 120)})`}; check what the user may do`
      return next()
    }
    awaiting = 'nothing'
    return [...(session.close ? [{ send: `${session.close}\n` }] : []), { done: textOf(output) }]
  }
  const echoed = (): boolean => echoless || echoEnd(render(raw.slice(0, 8192)), command.text, prompt) > 0

  const quiet = (): readonly Action[] => {
    const line = lastLine(raw)
    if (awaiting === 'nothing') return []
    if (awaiting === 'answer' && samePrompt(line, prompt)) return echoed() ? answer() : []
    const more = pager.when.exec(line)
    if (more) {
      // What stands before the pager in its line is configuration; the pager itself would be erased by the device.
      raw = raw.slice(0, raw.lastIndexOf('\n') + 1) + line.slice(0, more.index).trimEnd()
      return [{ send: pager.press }]
    }
    if (awaiting === 'answer' || (awaiting === 'enable' && !answeredEnable && !echoed())) return []
    if (awaiting === 'enable' && session.enable?.ask.test(line)) return askedForEnable()
    if (!session.prompt.test(line) && !session.prompt.test(line.trim())) return []
    before = raw
    return learn(line)
  }

  return {
    receive(bytes) {
      raw += bytes
      return raw.length > LIMIT ? fail(`the device printed more than ${LIMIT / 1024 / 1024} MB without coming to an end`) : []
    },
    quiet,
    stalled() {
      const line = lastLine(raw)
      if (awaiting === 'nothing') return []
      if ((awaiting === 'answer' && samePrompt(line, prompt)) || (awaiting === 'enable' && !answeredEnable)) {
        echoless = true
        return quiet()
      }
      if (awaiting === 'prompt' && LOGIN.test(line))
        return fail(`the device asks "${line.trim()}" after the SSH login, which is not supported`)
      // A prompt lost behind a log message, or "press any key", comes back for a line feed; a password question must not get one.
      if (nudges >= 2 || awaiting === 'enable' || LOGIN.test(line)) return []
      nudges++
      return [{ send: '\n' }]
    },
    ended() {
      // The last bytes may have been the prompt.
      const last = quiet()
      if (last.some(action => !('send' in action)) || awaiting === 'nothing') return last
      return fail(
        `the session ended before ${awaiting === 'prompt' ? 'the device showed a prompt' : `the prompt came back after "${command.text}"`}`,
      )
    },
    get waiting() {
      return awaiting === 'prompt' ? 'waiting for the first prompt' : `waiting for the prompt after "${command.text}"`
    },
    get settle() {
      return awaiting === 'answer' ? 40 : 250
    },
    get prompt() {
      return prompt
    },
  }
}
