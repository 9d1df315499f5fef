import { styleText } from 'node:util'
import type { Style, TextContext } from '../report/text.ts'

/** The world as a verb sees it: two streams, the environment and the terminal. */
export interface Io {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  readonly env: Readonly<Record<string, string | undefined>>
  /** Columns of the terminal. */
  readonly width: number
  readonly colour: boolean
  /** Whether standard error is a terminal, where a line can be drawn again. */
  readonly live?: boolean
  /** Asks the person at the terminal without showing the answer; absent where there is nobody. */
  readonly ask?: ((question: string) => Promise<string | null>) | undefined
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

/** One sentence on standard error. */
export const complain = (io: Io, sentence: string): void => io.err(`iphelper-audit: ${sentence}\n`)
