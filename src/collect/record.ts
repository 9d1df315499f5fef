// A session written down for the tests: what was sent and received, in order and without secrets.
import type { Piece } from './converse.ts'
import type { Bytes } from './received.ts'

/** A session as it was held. */
export interface Recording {
  readonly device: string
  readonly platform: string
  /** Empty where none was learned. */
  readonly prompt: string
  readonly pieces: readonly Piece[]
  /** Takes out what we typed ourselves, where a device repeats it. */
  readonly clean?: (text: string) => string
}

/**
 * The file of a recording: one JSON object per line, the first one about the session. `redact` takes the secrets out of a
 * text line for line; it is given whole answers, because a line may have come in pieces.
 */
export function recordingText(
  { platform, prompt, pieces, clean = text => text }: Recording,
  tool: { readonly name: string; readonly version: string },
  redact: (text: string) => { readonly text: string; readonly values: readonly string[] },
): string {
  const whole: (Exclude<Piece, { readonly received: Bytes }> | { readonly received: string })[] = []
  for (const piece of pieces) {
    const last = whole.at(-1)
    if (!('received' in piece)) whole.push(piece)
    else if (last && 'received' in last) whole[whole.length - 1] = { received: last.received + characters(piece.received) }
    else whole.push({ received: characters(piece.received) })
  }
  const redacted = whole.map(piece =>
    'received' in piece ? { piece, ...redact(clean(piece.received)) } : { piece, text: '', values: [] },
  )
  // A secret of the configuration may stand where no expression looks for one: in a prompt, an echo, a log message.
  const values = [...new Set(redacted.flatMap(r => r.values))].sort((a, b) => b.length - a.length)
  const scrub = (text: string) => values.reduce((t, value) => t.replaceAll(value, 'redacted'), text)
  const lines = redacted.map(({ piece, text }) => ('received' in piece ? { received: scrub(text) } : piece))
  return [{ schema_version: 1, tool, platform, prompt: scrub(clean(prompt)) }, ...lines]
    .map(line => `${JSON.stringify(line)}\n`)
    .join('')
}

const characters = (bytes: Bytes): string => (typeof bytes === 'string' ? bytes : bytes.toString('latin1'))
