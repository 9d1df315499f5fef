// What a run has to find, or to leave open, to end with another exit code than 0.
import { Option } from 'commander'
import type { DeviceResult, Severity, Summary } from '../model/result.ts'
import { type Tolerance, toleratedText } from '../model/tolerance.ts'
import { Trouble } from '../model/trouble.ts'
import { complain, type Io } from './io.ts'

/** `--fail-on`, with what holds when nothing is said. */
export const failOnOption = (usual: Severity | 'none', doc = 'findings from which the exit code is 1'): Option =>
  new Option('--fail-on <severity>', doc).choices(['error', 'warning', 'info', 'none']).default(usual)

/** `--exit-zero`. */
export const exitZeroOption = (): Option =>
  new Option('--exit-zero', 'exit 0 whatever was found (the report keeps the real code)')

/** `--max-unknown N|N%`. */
export const maxUnknownOption = (
  doc = 'how many verdicts may be unknown, and how many devices not be read whole, before the exit code is 3 (default: 0)',
): Option => new Option('--max-unknown <n|n%>', doc).argParser(tolerance)

function tolerance(text: string): Tolerance {
  const [, digits = '', sign] = /^(\d{1,7}(?:\.\d{1,2})?)(%?)$/.exec(text) ?? []
  const percent = sign === '%'
  const number = Number(digits)
  if (digits === '' || (percent ? number > 100 : !Number.isInteger(number)))
    throw new Trouble('usage', `--max-unknown ${text} is neither a number nor a percentage; write 3 or 5%`)
  return { text, number, percent }
}

/** Says what `--max-unknown` tolerates, so that nobody takes a tolerated gap for none. */
export function sayTolerated(
  { summary, devices }: { readonly summary: Summary; readonly devices: readonly DeviceResult[] },
  tolerance: Tolerance | undefined,
  io: Io,
): void {
  const sentence = tolerance && toleratedText(summary, devices, tolerance)
  if (sentence) complain(io, sentence)
}
