// Conversations in one line: what a device says in answer to what was typed, piece by piece.
import { type Action, type Dialogue, type DialogueOptions, dialogue } from '../../src/collect/dialogue.ts'
import type { Emit } from '../../src/parse/layout.ts'
import type { Platform, Session } from '../../src/parse/platform.ts'
import { platformOf } from '../../src/platforms.ts'

/** Takes what a layout reads, and does nothing with it. */
const silent: Emit = { statement: () => true, indented() {}, path: () => 'unmodelled', mark() {} }

/** A platform of ours. */
export const page = (id: string): Platform => platformOf(id) as Platform
/** The platform's own verdict on a configuration, as it is asked for when collecting. */
export const proof = (id: string) => (text: string) => page(id).grammar.layout.read(text, silent).incomplete

/** An IOS device that has let us in, and has answered the first command. */
export const opened = ['\r\nbanner #\r\nr1#', 'terminal length 0\r\nr1#'] as const

/** What came of a conversation. */
export interface Said {
  readonly said: readonly string[]
  readonly done?: string
  readonly failed?: string
}

/** What is said to a device that answers like this; `|` cuts, `~` is a silence. */
export function talk(answers: readonly string[], own: Partial<Session> = {}, options: DialogueOptions = {}): Said {
  const session = { ...page('cisco-ios').session, open: ['terminal length 0'], show: ['show run', 'show conf'], ...own }
  return converseWith(dialogue(session, options), answers)
}

/** The same with a conversation of one's own. */
export function converseWith(it: Dialogue, answers: readonly string[]): Said {
  const said: string[] = []
  const act = (actions: readonly Action[]) => {
    for (const action of actions) {
      if ('send' in action) said.push(action.send)
      else return action
    }
    return undefined
  }
  for (const answer of answers)
    for (const piece of answer.split(/(?=[|~])/)) {
      const outcome = act([...it.receive(piece.replace(/^[|~]/, '')), ...(piece[0] === '~' ? it.stalled() : it.quiet())])
      if (outcome) return { said, ...outcome }
    }
  return { said, ...act(it.ended()) }
}
