// Sessions that this program recorded: one JSON object per line, the first one about the session.
import type { Recorded } from './device.ts'

/** A recorded session as a device. The text of the secret stands nowhere, so whatever is typed in its place will do. */
export interface Stored extends Recorded {
  readonly platform: string
  readonly prompt: string
}

type Line = { readonly received: string } | { readonly sent: string } | { readonly secret: 'enable' }

/** Reads the text of a recording. */
export function stored(name: string, text: string): Stored {
  const [head, ...pieces] = text
    .split('\n')
    .filter(line => line !== '')
    .map(line => JSON.parse(line)) as [{ schema_version: number; platform: string; prompt: string }, ...Line[]]
  if (head.schema_version !== 1) throw new Error(`${name} is of version ${head.schema_version}`)
  let greeting = ''
  const turns: { readonly typed: string | null; answer: string }[] = []
  for (const piece of pieces) {
    if (!('received' in piece)) turns.push({ typed: 'sent' in piece ? piece.sent : null, answer: '' })
    else {
      const last = turns.at(-1)
      if (last) last.answer += piece.received
      else greeting += piece.received
    }
  }
  return {
    name,
    platform: head.platform,
    prompt: head.prompt,
    greeting,
    show: turns.findLast(turn => turn.answer.length > 0)?.typed?.trim() ?? '',
    start() {
      let next = 0
      return typed => {
        const turn = turns[next]
        if (turn === undefined || (turn.typed !== null && turn.typed !== typed))
          throw new Error(`${name}: ${JSON.stringify(typed)} was typed where ${JSON.stringify(turn?.typed)} was recorded`)
        next++
        return turn.answer
      }
    },
  }
}
