// The conversation with one device, whatever carries it: bytes in, actions out. No I/O and no clock, so every session
// that was ever recorded can be replayed against it.
import type { Session } from '../parse/platform.ts'
import { frameOf, samePrompt } from './answer.ts'
import { boundOf, overflow, PROMPTS, TEARS } from './bounds.ts'
import { repertoireOf } from './commands.ts'
import type { Action, Dialogue, DialogueOptions } from './conversation.ts'
import { openExchange } from './exchange.ts'
import { asksForKey, asksForText, hungUp, inBootLoader, mayAsk, noticeIn, questionIn } from './notices.ts'
import { openPace } from './pace.ts'
import { privilege } from './privilege.ts'
import { broken, judge, unwhole } from './verdict.ts'

export type { Action, Dialogue, DialogueOptions } from './conversation.ts'

/** Starts a conversation; with a known prompt, `quiet` makes the first move. */
export function dialogue(session: Session, options: DialogueOptions = {}): Dialogue {
  const { enable = null, prompt: known = '', complete } = options
  const page = repertoireOf(session)
  const queue = [...page.open, ...page.show]
  const talk = openExchange(session, enable?.value ?? '', known)
  const { received } = talk
  const pace = openPace()
  let awaiting: 'prompt' | 'enable' | 'answer' | 'nothing' = 'prompt'
  let before: readonly string[] = []
  let frame: readonly string[] = []
  let answered = false
  let refusal = ''
  let doubt: {
    readonly kind: 'empty' | 'unfinished'
    readonly reason: string
    readonly size: number
    readonly torn: boolean
  } | null = null
  let doubts = 0
  /** The command under way, and how often messages broke into its output. */
  let shown: Parameters<typeof talk.ask>[0] | null = null
  let tears = 0
  let silences = 0
  let nudges = 0

  const lacksRights = (line: string) => session.enable?.when.test(line) === true
  const ask = (item: Parameters<typeof talk.ask>[0]): readonly Action[] => {
    doubt = null
    nudges = silences = 0
    return talk.ask(item)
  }
  const fail = (failed: string): readonly Action[] => {
    awaiting = 'nothing'
    received.clear()
    return [{ failed }]
  }
  const next = (): readonly Action[] => {
    const following = queue.shift()
    if (!following) return fail(refusal || 'the platform has no command that shows the configuration')
    awaiting = 'answer'
    shown = following
    return ask(following)
  }
  /** Messages broke into the output: another one may be spared. */
  const again = (reason: string) => (++tears > TEARS || !shown ? fail(reason) : ask(shown))
  const refuse = (reason: string) => {
    refusal = `${reason}; check what the user may do`
    return next()
  }
  const learn = (line: string) => {
    talk.prompt = line.trim()
    // What refuses one command after the other is no part of the prompt.
    const lines = talk.abovePrompt()
    const above = lines.slice(lines.findLastIndex(said => session.refused.test(said)) + 1)
    if (talk.confirmed) frame = frameOf(before, above)
    before = above
  }

  const atGreeting = (line: string): readonly Action[] => {
    const answer = page.answers.find(a => a.when.test(line))
    if (answer) return talk.press(answer.item, asked => answer.when.test(asked))
    if (asksForKey(line)) return talk.press(page.feed, asksForKey)
    if (!talk.isPrompt(line) || inBootLoader(line)) return []
    learn(line)
    if (!lacksRights(line) || !page.enable) return next()
    awaiting = 'enable'
    return ask(page.enable)
  }
  const atEnable = (line: string): readonly Action[] => {
    if (!answered && !talk.echoed()) return []
    const step = privilege({
      command: talk.asked,
      said: talk.said(),
      asks: page.secret !== null && session.enable?.ask?.test(line) === true,
      prompt: !talk.isPrompt(line) ? 'none' : lacksRights(line) ? 'user' : 'privileged',
      answered,
      reference: enable?.reference ?? null,
    })
    if (step === 'wait') return []
    if (step === 'answer' && page.secret) {
      answered = true
      return ask(page.secret)
    }
    if (typeof step === 'object') return fail(step.failed)
    learn(line)
    return next()
  }
  const atAnswer = (line: string): readonly Action[] => {
    // Until an answer has ended in it, the prompt may have been a line of the greeting.
    const here = samePrompt(line, talk.prompt) || (!talk.confirmed && talk.isPrompt(line))
    const echoed = (here || received.line > 0) && talk.echoed()
    if (here && echoed) return answer(line)
    pace.paused(received.line > 0 && echoed)
    return []
  }
  const answer = (line: string): readonly Action[] => {
    if (doubt?.size === received.size) return []
    if (talk.purpose !== 'show') {
      talk.confirmed = true
      learn(line)
      return next()
    }
    talk.prompt = line.trim()
    const { text, closed, torn } = talk.output(frame)
    // The prompt is a part of the proof: layouts know what stands in front of one.
    const proof = complete && (() => complete(closed))
    const verdict = judge(talk.asked, text, session, proof, talk.prompt)
    switch (verdict.kind) {
      case 'whole':
        if (torn && complete) return again(broken(talk.asked))
        awaiting = 'nothing'
        received.clear()
        return [...(page.close ? talk.type(page.close) : []), { done: text }]
      case 'withheld':
        return fail(verdict.reason)
      case 'refused':
        return refuse(verdict.reason)
      case 'empty':
      case 'unfinished':
        doubt = { size: received.size, torn, ...verdict }
        silences = 0
        return ++doubts > PROMPTS ? fail(unwhole(verdict.reason)) : []
    }
  }

  const quiet = (): readonly Action[] => {
    if (awaiting === 'nothing') return []
    const { last, line } = talk.glance()
    pace.asked(asksForText(line))
    const turn = talk.turn(last)
    if (turn === 'endless') return fail(`the pager of the device does not come to an end after "${talk.asked}"`)
    if (turn !== 'none') return turn === 'turn' ? talk.type(page.turn) : []
    return awaiting === 'prompt' ? atGreeting(line) : awaiting === 'enable' ? atEnable(line) : atAnswer(line)
  }
  const stalled = (): readonly Action[] => {
    if (awaiting === 'nothing') return []
    const { lines, line } = talk.look()
    silences++
    if (doubt?.size === received.size) {
      if (doubt.kind === 'empty') return refuse(doubt.reason)
      return silences < 2 ? [] : doubt.torn ? again(unwhole(doubt.reason)) : fail(unwhole(doubt.reason))
    }
    if (awaiting !== 'prompt' && !answered && !talk.echoed() && (awaiting === 'enable' || talk.isPrompt(line))) {
      talk.assumeEcholess()
      const acted = quiet()
      if (acted.length > 0) return acted
    }
    // The prompt has changed under way: somebody renamed the device.
    if (awaiting === 'answer' && talk.isPrompt(line) && talk.echoed()) return answer(line)
    const question = awaiting === 'prompt' || silences > 1 ? questionIn(lines, talk.asked, silences < 2) : null
    const notice = awaiting !== 'prompt' ? null : silences > 1 || inBootLoader(line) ? noticeIn(lines, 1) : null
    if (question !== null || notice !== null) return fail(question ?? notice ?? '')
    // A prompt lost behind a message comes back for a line feed; nothing that may be a question gets one.
    if (nudges >= 2 || awaiting === 'enable' || mayAsk(lines)) return []
    nudges++
    return talk.type(page.feed)
  }

  return {
    receive(bytes) {
      if (awaiting === 'nothing') return []
      received.add(bytes)
      pace.resumed()
      const over = overflow(received, boundOf(awaiting === 'prompt' ? null : talk.purpose), talk.asked)
      return over === null ? [] : fail(over)
    },
    quiet,
    stalled,
    ended() {
      // The last bytes may have been the prompt.
      const { lines } = talk.look()
      const last = quiet()
      if (last.some(action => !('send' in action)) || awaiting === 'nothing') return last
      if (doubt) return doubt.kind === 'empty' ? fail(doubt.reason) : fail(unwhole(doubt.reason))
      return fail(hungUp(lines, awaiting === 'prompt' ? '' : talk.asked))
    },
    waiting: () => (awaiting === 'prompt' ? 'waiting for the first prompt' : `waiting for the prompt after "${talk.asked}"`),
    settle: () => pace.settle(awaiting === 'prompt' && known === '', doubt ? doubts : 0),
    stall: pace.stall,
    prompt: () => talk.prompt,
    command: () => talk.asked,
    buffered: () => received.size,
  }
}
