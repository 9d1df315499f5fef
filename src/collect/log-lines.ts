// Messages that a device writes between the lines of what it was asked for: logs of the system, and what users send round.

/**
 * The time in front of a message: IOS and NX-OS date it, IOS may count uptime (`00:01:02`, `1w2d`) or add a sequence number, EOS may
 * write the date of RFC 5424 (`logging format rfc5424`).
 */
const DATED = String.raw`(?:\d+: )?(?:[^ :%#>]{1,64}: ?)?[*.]?(?:(?:\d{4} )?[A-Z][a-z]{2} +\d{1,2} (?:\d{4} )?|\d{4}-\d\d-\d\dT)\d\d:\d\d:\d\d`
const UPTIME = String.raw`(?:\d+: )?\*?(?:\d\d:\d\d:\d\d|\d+[ywd]\d+[wdh])`
/** `%SYS-5-CONFIG_I: `; NX-OS names the virtual device in front: `%$ VDC-1 %$ %VSHD-5-VSHD_SYSLOG_CONFIG_I: `. */
const MNEMONIC = String.raw`(?:%\$ VDC-\d+ %\$ )?%[\w-]+-\d-\w+ ?: `
/** What Junos adds: the host, and the process with or without its number. */
const PROCESS = String.raw` +[\w.-]+ +[\w./-]+(?:\[\d+\])?: `

const BARE = DATED.replace('(?:[^ :%#>]{1,64}: ?)?', '')
/** Behind something else in a line only the surest form counts. */
const MESSAGE = new RegExp(
  `(?:${BARE}[^%\\n]{0,60}|${UPTIME}: )${MNEMONIC}|${BARE} +[\\w.-]+ +[\\w./-]+\\[\\d+\\]: |Message from syslogd@`,
)
const WHOLE = new RegExp(`^(?:(?:${DATED}[^%\\n]{0,60}|${UPTIME}: )?${MNEMONIC}|${BARE}${PROCESS}|Message from syslogd@)`)
/** A text without any of these holds no message. */
const PERHAPS = /%[\w-]+-\d-|syslogd@|:\d\d +[\w.-]+ +[\w./-]+(?:\[\d+\])?: /

/**
 * False when there is surely no message in a text. What each kind of message has in it is looked for first, single characters,
 * which takes a thirtieth of the time that the expression does.
 */
export const mayHoldLogs = (text: string): boolean =>
  (text.includes('%') || text.includes('@') || holdsTime(text)) && PERHAPS.test(text)

/** A colon, two characters, and a blank. */
function holdsTime(text: string): boolean {
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) if (text[at + 3] === ' ') return true
  return false
}

/** A line without the message in it: null when nothing else stands there, the line itself when none does. */
export function withoutLog(line: string, prompt: string): string | null {
  if (!mayHoldLogs(line)) return line
  if (WHOLE.test(line)) return null
  const at = MESSAGE.exec(line)?.index ?? -1
  if (at > 0) return line.slice(0, at)
  return prompt !== '' && line.startsWith(prompt) && WHOLE.test(line.slice(prompt.length).trimStart()) ? prompt : line
}

/** Lines without the messages in them. */
export interface Quieted {
  readonly lines: readonly string[]
  /** The places of lines that a message stands in front of. */
  readonly behind: readonly number[]
  /** The places of lines that a message came into, and nobody knows where it began: its number may be theirs. */
  readonly blurred: readonly number[]
}

/** Takes the messages out of lines. */
export function withoutLogs(lines: readonly string[], prompt: string): Quieted {
  const kept: string[] = []
  const behind: number[] = []
  const blurred: number[] = []
  for (const line of lines) {
    if (!mayHoldLogs(line)) {
      kept.push(line)
      continue
    }
    // A message may come into a line of which nothing but the indentation is there.
    const alone = withoutLog(line.trimStart(), prompt) === null
    const left = alone ? (/^\s+/.exec(line)?.[0] ?? null) : withoutLog(line, prompt)
    if (left !== null && left !== line && (alone || /\d/.test(line[left.length] ?? ''))) blurred.push(kept.length)
    if (left !== null) kept.push(left)
    if (left !== line && behind.at(-1) !== kept.length) behind.push(kept.length)
  }
  return { lines: kept, behind, blurred }
}

/**
 * Whether a message may have torn a line of a configuration in two: a device writes it wherever it stands, and goes on in the next
 * line. What surely begins a line shows that the one before had come to its end. `from` and `to` are places of lines, `sign` is what
 * lines of a configuration begin with.
 */
export function isTorn({ lines, behind, blurred }: Quieted, from: number, to: number, sign: RegExp | undefined): boolean {
  const inside = new Set(behind.filter(at => at >= from && at < to))
  if (inside.size === 0 && blurred.length === 0) return false
  if (blurred.some(at => at >= from && at < to)) return true
  const firsts = new Set(lines.flatMap((line, at) => (inside.has(at) ? [] : (START.exec(line)?.[0] ?? []))))
  return [...inside].some(at => {
    const line = lines[at] ?? ''
    const before = at > from ? (lines[at - 1] ?? '') : '!'
    if (line === '') return false
    if (/[ -]$/.test(before)) return true
    if (/^(?:[!#}]|\/\*| {2})/.test(line) || sign?.test(line) || (at === from && /^[A-Z]/.test(line))) return false
    // Blocks end with a comment or an empty line.
    if (/^\S/.test(line) && /^\s/.test(before)) return true
    return OPEN_ENDED.test(before) || !firsts.has(START.exec(line)?.[0] ?? '')
  })
}

/** The first word of a line, with the blank in front of it: what stands behind a blank may as well be the rest of a line. */
const START = /^ ?[^ ]+/
/** A line that any word may go on with. */
const OPEN_ENDED = /^ *(?:[a-z]+|(?:no |default )?(?:description|remark)\b.*)$/

/**
 * The line in which a device waits, of the last lines it wrote: messages may stand behind the prompt, in its line and
 * below, and the device does not write it again.
 */
export function standing(lines: readonly string[], prompt: string): string {
  const last = lines.at(-1) ?? ''
  let logged = false
  for (let i = lines.length - 1; i >= 0; i--) {
    const line = lines[i] ?? ''
    const left = withoutLog(line, prompt)
    if (left === null) logged = true
    else if (left !== line) return left
    else if (line.trim() !== '') return logged || i === lines.length - 1 ? line : last
  }
  return last
}
