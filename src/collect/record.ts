// A session written down for the tests: what was sent and received, in order and without secrets.
import { render } from '../terminal.ts'
import type { Piece } from './converse.ts'
import { mayHoldLogs, withoutLogs } from './log-lines.ts'
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
  const whole: Told[] = []
  for (const piece of pieces) {
    const last = whole.at(-1)
    if (!('received' in piece)) whole.push(piece)
    else if (last && 'received' in last) whole[whole.length - 1] = { received: last.received + characters(piece.received) }
    else whole.push({ received: characters(piece.received) })
  }
  const rests: string[] = []
  const redacted: { readonly piece: (typeof whole)[number]; readonly text: string; readonly values: readonly string[] }[] = []
  for (let from = 0; from < whole.length; ) {
    let to = from
    while (to < whole.length && isWithin(whole[to])) to++
    const answer = whole.slice(from, Math.max(to, from + 1))
    const said = clean(answer.map(heard).join(''))
    const { text, values } = redact(said)
    rests.push(...restsIn(said, redact))
    const texts = partsOf(text, answer.map(heard))
    for (const [n, piece] of answer.entries()) redacted.push({ piece, text: texts[n] ?? '', values })
    from += answer.length
  }
  // A secret of the configuration may stand where no expression looks for one: in a prompt, an echo, a log message.
  const values = [...new Set(redacted.flatMap(r => r.values))].sort((a, b) => b.length - a.length)
  const scrub = (text: string) =>
    rests.reduce(
      (t, rest) => t.replaceAll(`\n${rest}`, '\nredacted'),
      values.reduce((t, value) => t.replaceAll(value, 'redacted'), text),
    )
  const lines = redacted.map(({ piece, text }) => ('received' in piece ? { received: scrub(text) } : piece))
  return [{ schema_version: 1, tool, platform, prompt: scrub(clean(prompt)) }, ...lines]
    .map(line => `${JSON.stringify(line)}\n`)
    .join('')
}

type Told = Exclude<Piece, { readonly received: Bytes }> | { readonly received: string }

const heard = (piece: Told): string => ('received' in piece ? piece.received : '')

/**
 * What comes in the course of one answer: parts of it, and keys for a pager or a lost prompt. A part may end in the middle of a line, and
 * of what is told by the lines above it.
 */
const isWithin = (piece: Told | undefined): boolean =>
  piece !== undefined && ('received' in piece || ('sent' in piece && piece.sent.trim() === ''))

/** A redacted text in as many parts as it came in. A line that was changed stays whole, in the part in which it ended. */
function partsOf(text: string, came: readonly string[]): string[] {
  const [before, after] = [linesOf(came.join('')), linesOf(text)]
  let [end, line, from, cut, start] = [0, 0, 0, 0, 0]
  return came.map((part, n) => {
    end += part.length
    for (; line < before.length && from + (before[line] ?? '').length <= end; line++) {
      from += (before[line] ?? '').length
      cut += (after[line] ?? '').length
    }
    const to = n === came.length - 1 ? text.length : cut + (before[line] === after[line] ? end - from : 0)
    const shown = text.slice(start, to)
    start = to
    return shown
  })
}

/** How lines begin that have the rest of a secret in them: a log message came in between, and what tells of it stands above that. */
function restsIn(answer: string, redact: (text: string) => { readonly values: readonly string[] }): string[] {
  if (!mayHoldLogs(answer)) return []
  const { lines, behind } = withoutLogs(render(answer), '')
  return behind.flatMap(at => {
    const [before, rest] = [lines[at - 1] ?? '', lines[at] ?? '']
    const whole = before + rest
    const ends = redact(whole).values.flatMap(value => (whole.includes(value) ? [whole.indexOf(value) + value.length] : []))
    return ends.flatMap(end => (end > before.length ? [rest.slice(0, end - before.length)] : []))
  })
}

/** With what ends them: redaction leaves that as it is. */
const linesOf = (text: string): string[] => text.split(/(?<=[\r\n])/)

const characters = (bytes: Bytes): string => (typeof bytes === 'string' ? bytes : bytes.toString('latin1'))
