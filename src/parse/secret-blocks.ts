// Secrets that are told by the lines above them: PEM blocks, the data below a `key-string` of its own, answers in scripts.

/** A part of a text that is secret as a whole. */
interface Part {
  readonly start: number
  readonly end: number
}

const PEM = /-----BEGIN [^-]+-----\s*$/
const PEM_LINE = /^\s*(?:[\w-]+: .*|[A-Za-z\d+/=]{16,})\s*$/
const PEM_END = /-----END [^-]+-----/
const KEY_STRING = /^\s*key-string\s*$/i
/** Hexadecimal in groups, or base64, with or without the name of its algorithm in front. */
const KEY_LINE = /^\s*(?:[\dA-F]{2,8}(?: [\dA-F]{2,8})+|[\dA-F]{8}|(?:ssh-\w+ )?[A-Za-z\d+/=]{20,}(?: \S+)?)\s*$/
const KEY_END = /^\s*(?:quit|exit)\s*$/i
/** What stands alone on a line and is no data. */
const COMMAND = /^\s*(?:quit|exit|end|[!#])\s*$/i

/** A command of an EEM applet that is asked for a password: what the next command says is the answer. */
const ASKED = /\bcli\s+command\s.*\spattern\s+"?\S*(?:ass|word|ecret|phrase)/i
const ANSWER = /^\s*action\s+\S+\s+cli\s+command\s+"?(?=[^"])/
const WAITING = /^\s*action\s+\S+\s+wait\s/
/** Longer lines are no commands, and looking at them takes long. */
const LONGEST_COMMAND = 400
const isAsked = (line: string) => line.length <= LONGEST_COMMAND && ASKED.test(line)

/** Whether a line opens a block, be there anything in it or not. */
export const opensBlock = (line: string): boolean => PEM.test(line) || KEY_STRING.test(line) || isAsked(line)

/** The words of the block that `line` opens, which ends at `end`. A line that does not look like a key ends the block. */
export function* keyBlock(text: string, line: string, end: number): Generator<Part> {
  const pem = PEM.test(line)
  if (!pem && isAsked(line)) yield* answerIn(text, end)
  if (!pem && !KEY_STRING.test(line)) return
  const [data, closing] = pem ? [PEM_LINE, PEM_END] : [KEY_LINE, KEY_END]
  for (let start = lineAfter(text, end); start < text.length; ) {
    const stop = endOf(text, start)
    const said = text.slice(start, stop)
    const next = lineAfter(text, stop)
    // The last line of a key may be short: then what ends the block follows.
    const isData = said.trim() === '' || data.test(said) || closing.test(text.slice(next, endOf(text, next)))
    if (closing.test(said) || COMMAND.test(said) || !isData) return
    for (const word of said.matchAll(/\S+/g)) yield { start: start + word.index, end: start + word.index + word[0].length }
    start = next
  }
}

/** A longer string over several lines is taken for a lost quote, as it is where configurations are read. */
const LONGEST_STRING = 20_000

/** The words of the other lines of a string that is open where a line ends; none where its quote seems to be lost. */
export function* stringRest(text: string, end: number): Generator<Part> {
  const close = text.indexOf('"', end)
  if (close < 0 || close - end > LONGEST_STRING || !/^(?:[\s;]|$)/.test(text.slice(close + 1, close + 2))) return
  for (const word of text.slice(end, close).matchAll(/\S+/g))
    yield { start: end + word.index, end: end + word.index + word[0].length }
}

function* answerIn(text: string, end: number): Generator<Part> {
  let start = lineAfter(text, end)
  while (WAITING.test(text.slice(start, endOf(text, start)))) start = lineAfter(text, start)
  const line = text.slice(start, endOf(text, start))
  const [head] = ANSWER.exec(line) ?? []
  if (head === undefined) return
  const stop = head.endsWith('"') ? line.indexOf('"', head.length) : line.slice(head.length).search(/\s|$/) + head.length
  yield { start: start + head.length, end: start + (stop < 0 ? line.length : stop) }
}

const endOf = (text: string, from: number) => {
  let end = from
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++
  return end
}
/** Carriage returns in front of a line feed belong to it; alone each of them ends a line. */
const lineAfter = (text: string, end: number) => {
  const next = endOf(text, end)
  let feed = next
  while (text[feed] === '\r') feed++
  return (text[feed] === '\n' ? feed : next) + 1
}
