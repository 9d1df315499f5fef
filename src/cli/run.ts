// Reads the command line and hands it to a verb. All errors end here, as one sentence and an exit code.
import { type Command, CommanderError } from 'commander'
import { timings } from '../model/timings.ts'
import { Trouble } from '../model/trouble.ts'
import { auditVerb } from './audit.ts'
import { baselineVerb } from './baseline.ts'
import { collectVerb } from './collect.ts'
import { completionVerb } from './completion.ts'
import { configVerb } from './config.ts'
import { explainVerb } from './explain.ts'
import { factsVerb } from './facts.ts'
import { initVerb } from './init.ts'
import { inventoryVerb } from './inventory.ts'
import { complain, type ExitCode, type Io } from './io.ts'
import { manVerb } from './man.ts'
import { platformsVerb } from './platforms.ts'
import { loginVerb, probeVerb } from './probe.ts'
import { type GlobalOptions, programOf } from './program.ts'
import { reportVerb } from './report.ts'
import { schemaVerb } from './schema.ts'
import { lifted, settled } from './settings/settle.ts'
import { simulateVerb } from './simulate.ts'
import type { Verb } from './verb.ts'
import { settingLines, timeLines } from './verbose.ts'

const VERBS: readonly Verb[] = [
  auditVerb,
  collectVerb,
  probeVerb,
  loginVerb,
  baselineVerb,
  factsVerb,
  explainVerb,
  platformsVerb,
  reportVerb,
  initVerb,
  inventoryVerb,
  schemaVerb,
  simulateVerb,
  configVerb,
  completionVerb,
  manVerb,
]

/** The program with all its verbs. */
export const wholeProgram = (io: Io, done: (code: ExitCode) => void = () => {}, errors = io.err): Command =>
  programOf(VERBS, io, { errors, done, run })

/** Runs one command line. Never throws, never ends the process. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  const began = performance.now()
  let code: ExitCode = 0
  let said: GlobalOptions = {}
  const measured = timings()
  // What ends a run early is said past this, so --quiet leaves it alone.
  const verbIo: Io = { ...io, err: text => said.quiet || io.err(text), timings: measured }
  const done = (result: ExitCode) => {
    code = result
  }
  const program = wholeProgram(verbIo, done, io.err)
  const demanded = lifted(program)
  program.hook('preAction', (_, command) => {
    said = program.opts()
    const taken = settled(program, command, verbIo)
    said = program.opts()
    if (said.verbose) for (const line of settingLines(taken)) verbIo.err(`${line}\n`)
    demanded(command)
  })
  try {
    if (args.length === 0) {
      io.err(program.helpInformation())
      return 2
    }
    await program.parseAsync(args, { from: 'user' })
    if (said.verbose)
      for (const line of timeLines(measured.taken(), performance.now() - began, io.loaded)) verbIo.err(`${line}\n`)
    return code
  } catch (error) {
    return failed(error, io)
  }
}

function failed(error: unknown, io: Io): ExitCode {
  // Commander has printed its own sentence; help and version end here too, with code 0.
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
  if (error instanceof Trouble) {
    complain(io, error.message)
    return 2
  }
  complain(
    io,
    `this is a fault of the program, please report it: ${error instanceof Error ? (error.stack ?? error.message) : error}`,
  )
  return 4
}
