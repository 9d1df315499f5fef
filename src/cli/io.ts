import { styleText } from 'node:util'
import type { Timings } from '../model/timings.ts'
import { wrap } from '../report/columns.ts'
import { legibleText } from '../report/legible.ts'
import type { Style, TextContext } from '../report/text.ts'

/** The world as a verb sees it: two streams, the environment and the terminal. */
export interface Io {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  /** Columns of the terminal behind standard output. */
  readonly width: number
  /** Columns of the one behind standard error, where that is another. */
  readonly errorWidth?: number
  readonly colour: boolean
  /** Whether standard error is a terminal, where a line can be drawn again. */
  readonly live?: boolean
  /** Asks the person at the terminal without showing the answer; absent where there is nobody. */
  readonly ask?: ((question: string) => Promise<string | null>) | undefined
  /** Where settings files are looked for, and upwards; the current folder when absent. */
  readonly cwd?: string
  /** Milliseconds that passed before the run, while the program was loaded. */
  readonly loaded?: number
  /** Measures the stages of the run. */
  readonly timings?: Timings
}

/** 0 clean, 1 findings, 2 wrong usage or inventory, 3 incomplete evidence, 4 internal error. */
export type ExitCode = 0 | 1 | 2 | 3 | 4

/** Text narrower than this is unreadable, wider than that too. */
const NARROWEST = 60
const WIDEST = 140

/** How text is laid out and painted for this terminal. */
export function textContext(io: Io, all: boolean, waived = false): TextContext {
  const width = Math.min(WIDEST, Math.max(NARROWEST, io.width))
  return {
    width,
    all,
    waived,
    paint: io.colour ? (style: Style, text: string) => styleText(style, text, { validateStream: false }) : (_, text) => text,
  }
}

/** One sentence on standard error. What it names may hold what a terminal would obey. */
export const complain = (io: Io, sentence: string): void => io.err(`${laidOut(io, `iphelper-audit: ${legibleText(sentence)}`)}\n`)

/** Text for standard error: lines end where a terminal does, and stay as they are for everything that reads them. */
export function laidOut(io: Io, text: string): string {
  if (!io.live) return text
  const width = Math.max(NARROWEST, io.errorWidth ?? io.width)
  const lines = text.split('\n').map(line => (line.length <= width ? line : wrap(line, width - 2).join('\n  ')))
  return lines.join('\n')
}

type Environment = Io['env']

/**
 * Whether text is painted: FORCE_COLOR says yes (0 says no), else NO_COLOR says no, unless it is empty (https://no-color.org), else
 * a terminal does that is not dumb.
 */
export function wantsColour(
  { FORCE_COLOR: force = '', NO_COLOR: none = '', TERM: term }: Environment,
  terminal: boolean,
): boolean {
  if (force !== '') return force !== '0' && force !== 'false'
  return none === '' && terminal && term !== 'dumb'
}
