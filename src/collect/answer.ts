// What a device answered to one command: its output without echo, prompt and interruptions. Pure.
import { render } from '../terminal.ts'

/** Log messages that a console or monitor session mixes into the output, as IOS and NX-OS write them. */
const LOG =
  /^(?:\d+: )?(?:[^ :]{1,64}: ?)?[*.]?(?:\d{4} )?[A-Z][a-z]{2} +\d{1,2} (?:\d{4} )?\d\d:\d\d:\d\d[^%]{0,60}%[\w-]+-\d-\w+ ?: /

const squeeze = (text: string): string => text.replace(/\s+/g, '')

/** Equal prompts, leaving aside what counts commands or marks unsaved changes (`* host.12 #` on EXOS). */
export const samePrompt = (line: string, prompt: string): boolean => prompt !== '' && plain(line) === plain(prompt)

const plain = (prompt: string): string =>
  prompt
    .trim()
    .replace(/^\* /, '')
    .replace(/\.\d+(?= ?[#>]$)/, '')

/** Where the output proper begins: behind the line that repeats the command. 0 when the device repeated nothing. */
export function echoEnd(lines: readonly string[], command: string, prompt: string): number {
  // A late or redrawn prompt may stand before the echo; a configuration's own header (`!Command: show ...`) is no echo.
  return (
    lines.slice(0, 6).findIndex(line => {
      const before = line.trimEnd().endsWith(command) ? line.slice(0, line.lastIndexOf(command)) : null
      return before === null ? squeeze(line) === squeeze(prompt + command) : before.trim() === '' || samePrompt(before, prompt)
    }) + 1
  )
}

/** The output of a command, from everything since it was sent up to the prompt. `frame` are lines that belong to the prompt. */
export function outputOf(raw: string, command: string, prompt: string, frame: readonly string[]): string[] {
  const lines = render(raw)
  const output = lines
    .slice(echoEnd(lines, command, prompt))
    .filter(line => !LOG.test(line.startsWith(prompt) ? line.slice(prompt.length) : line))
  let end = output.length
  for (;;) {
    // More than one prompt stands there when a line feed had to bring a lost one back.
    const last = output.findLastIndex((line, i) => i < end && line.trim() !== '')
    if (!samePrompt(output[last] ?? '', prompt)) return output.slice(0, end)
    end = last
    if (frame.length > 0 && frame.every((line, i) => output[last - frame.length + i] === line)) end -= frame.length
  }
}

/** Lines of a prompt that has more than one (`{master:0}` on Junos): those that end two different outputs alike. */
export function frameOf(one: string, other: string): string[] {
  const [a, b] = [one, other].map(raw => render(raw).slice(0, -1)) as [string[], string[]]
  let n = 0
  while (n < 2 && a.at(-1 - n)?.trim() && a.at(-1 - n) === b.at(-1 - n)) n++
  return n === 0 ? [] : a.slice(-n)
}

/** Text from bytes kept as Latin-1, which is what they stay when they are no UTF-8. */
export function textOf(lines: readonly string[]): string {
  const bytes = Buffer.from(`${lines.join('\n')}\n`, 'latin1')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}
