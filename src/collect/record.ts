// A session written down for the tests: what was sent and received, in order and without secrets.
import type { Piece } from './converse.ts'

/** A session as it was held. */
export interface Recording {
  readonly device: string
  readonly platform: string
  /** Empty where none was learned. */
  readonly prompt: string
  readonly pieces: readonly Piece[]
}

/**
 * The file of a recording: one JSON object per line, the first one about the session. `redact` takes the secrets out of a
 * text line for line; it is given whole answers, because a line may have come in pieces.
 */
export function recordingText(
  { platform, prompt, pieces }: Recording,
  tool: { readonly name: string; readonly version: string },
  redact: (text: string) => string,
): string {
  const whole: Piece[] = []
  for (const piece of pieces) {
    const last = whole.at(-1)
    if ('received' in piece && last && 'received' in last) whole[whole.length - 1] = { received: last.received + piece.received }
    else whole.push(piece)
  }
  const lines = whole.map(piece => ('received' in piece ? { received: redact(piece.received) } : piece))
  return [{ schema_version: 1, tool, platform, prompt }, ...lines].map(line => `${JSON.stringify(line)}\n`).join('')
}
