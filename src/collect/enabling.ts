// The password for enable, counted like any other: devices and their login servers lock users for it too.
import type { Piece } from './converse.ts'
import type { Bytes } from './received.ts'
import type { Run } from './run.ts'
import type { Secret } from './secret.ts'

/** What becomes of the password in one session. */
export interface Enabling {
  /** Why it is not used any more; null when it may be sent. */
  readonly refused: string | null
  /** Whether it was sent. */
  sent(): boolean
  /** Something was typed: behind the password, whatever comes next shows that the device took it. */
  typed(piece: Exclude<Piece, { readonly received: Bytes }>): void
  /** The session is over. A password that nothing was typed behind was not taken. */
  over(): void
}

/** Waits until the password may be sent to a device. */
export async function privilege(secret: Secret, device: string, { rejections }: Run): Promise<Enabling> {
  const counted = `enable ${secret.id}`
  const refused = await rejections.ask(counted, device)
  let open = refused === null
  let sent = false
  const answer = (taken: boolean | null) => {
    if (open) rejections.answered(counted, device, device, taken)
    open = false
  }
  return {
    refused,
    sent: () => sent,
    typed(piece) {
      if ('secret' in piece) sent = true
      else if (sent) answer(true)
      // A command that shows something: the device asks for no password any more.
      else if (/^(?:show|terminal|set cli) /.test(piece.sent)) answer(null)
    },
    over: () => answer(sent ? false : null),
  }
}
