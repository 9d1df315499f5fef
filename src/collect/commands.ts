// Everything a session page can make the program type. The dialogue can send nothing else: `send` takes what is made here.
import type { Session } from '../parse/platform.ts'

/** What something is typed for. */
export type Purpose = 'open' | 'show' | 'enable' | 'secret' | 'page' | 'answer' | 'line feed' | 'close'

declare const page: unique symbol

/** Something that may be typed. Only this file can make one. */
export interface Sendable {
  readonly [page]: true
  readonly purpose: Purpose
  /** Exactly what is typed. Empty for the secret, which is on no page. */
  readonly typed: string
  /** When it is typed, for people. */
  readonly when: string
}

/** A session page as things to type. */
export interface Repertoire {
  readonly open: readonly Sendable[]
  readonly show: readonly Sendable[]
  readonly enable: Sendable | null
  readonly secret: Sendable | null
  readonly turn: Sendable
  readonly answers: readonly { readonly when: RegExp; readonly item: Sendable }[]
  readonly feed: Sendable
  readonly close: Sendable | null
}

const sendable = (purpose: Purpose, typed: string, when: string) => ({ purpose, typed, when }) as Sendable

/** Pages that are made into things to type: hundreds of conversations follow the same one. */
const repertoires = new WeakMap<Session, Repertoire>()

/** What a page allows, by the place in the conversation. */
export function repertoireOf(session: Session): Repertoire {
  const before = repertoires.get(session)
  if (before) return before
  const repertoire = read(session)
  repertoires.set(session, repertoire)
  return repertoire
}

function read({ open, show, enable, pager, answers = [], close }: Session): Repertoire {
  return {
    open: open.map(command => sendable('open', `${command}\n`, 'after login, so that the output comes in one piece')),
    show: show.map((command, n) =>
      sendable(
        'show',
        `${command}\n`,
        n === 0 ? 'to have the configuration printed' : 'the same, where the one before is refused',
      ),
    ),
    enable: enable
      ? sendable('enable', `${enable.command}\n`, 'where the prompt shows that the user may not see the configuration yet')
      : null,
    secret: enable?.ask
      ? sendable('secret', '', `as the answer to the question for it right behind "${enable.command}", and nowhere else`)
      : null,
    turn: sendable('page', pager?.press ?? ' ', 'where the output waits for a key'),
    answers: answers.map(({ when, send }) => ({ when, item: sendable('answer', send, `before the first prompt, to ${when}`) })),
    feed: sendable('line feed', '\n', 'where a greeting asks for a key, or no prompt comes'),
    close: close ? sendable('close', `${close}\n`, 'at the end') : null,
  }
}

/** Everything that could ever be typed for a page, in the order of a conversation. */
export function commandsOf(session: Session): readonly Sendable[] {
  const { answers, feed, enable, secret, open, show, turn, close } = repertoireOf(session)
  return [...answers.map(a => a.item), feed, enable, secret, ...open, ...show, turn, close].filter(item => item !== null)
}
