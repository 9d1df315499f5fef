// Reads the command line and hands it to a verb. All errors end here, as one sentence and an exit code.
import { CommanderError } from 'commander'
import { timings } from '../model/timings.ts'
import { Trouble } from '../model/trouble.ts'
import { complain, type ExitCode, type Io } from './io.ts'
import { type GlobalOptions, programOf } from './program.ts'
import { lifted, settled } from './settings/settle.ts'
import { settingLines, timeLines } from './verbose.ts'
import { verbs } from './verbs.ts'

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
  const program = programOf(verbs, verbIo, { errors: io.err, done, run })
  const demanded = lifted(program)
  program.hook('preAction', async (_, command) => {
    said = program.opts()
    const taken = await settled(program, command, verbIo)
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
