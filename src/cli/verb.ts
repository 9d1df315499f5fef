import type { Command } from 'commander'
import type { ExitCode, Io } from './io.ts'

/** Runs a command line. */
export type Run = (args: readonly string[], io: Io) => Promise<ExitCode>

/** What a verb adds to the program; `done` takes its exit code, `run` starts another command line. */
export type Verb = (program: Command, io: Io, done: (code: ExitCode) => void, run: Run) => void
