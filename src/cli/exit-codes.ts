import type { ExitCode } from './io.ts'

/** What the exit codes of every verb mean; 1 wins over 3. */
export const EXIT_CODES: Readonly<Record<ExitCode, string>> = {
  0: 'nothing found',
  1: 'findings',
  2: 'wrong usage or inventory',
  3: 'something could not be judged',
  4: 'internal error',
}

/** The codes for the help. */
export const exitCodeLines = (): string[] => Object.entries(EXIT_CODES).map(([code, meaning]) => `  ${code}  ${meaning}`)
