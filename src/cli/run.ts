// Reads the command line and hands it to a verb. All errors end here, as one sentence and an exit code.
import { Command, CommanderError } from 'commander'
import { Trouble } from '../model/trouble.ts'
import { auditVerb } from './audit.ts'
import { baselineVerb } from './baseline.ts'
import { collectVerb } from './collect.ts'
import { explainVerb } from './explain.ts'
import { factsVerb } from './facts.ts'
import { historyVerb } from './history.ts'
import { initVerb } from './init.ts'
import { inventoryVerb } from './inventory.ts'
import { complain, type ExitCode, type Io } from './io.ts'
import { platformsVerb } from './platforms.ts'
import { loginVerb, probeVerb } from './probe.ts'
import { remediateVerb } from './remediate.ts'
import { reportVerb } from './report.ts'
import { schemaVerb } from './schema.ts'
import { simulateVerb } from './simulate.ts'
import type { Verb } from './verb.ts'
import { version } from './version.ts'

const VERBS: readonly Verb[] = [
  auditVerb,
  collectVerb,
  probeVerb,
  loginVerb,
  baselineVerb,
  factsVerb,
  explainVerb,
  platformsVerb,
  remediateVerb,
  reportVerb,
  historyVerb,
  initVerb,
  inventoryVerb,
  schemaVerb,
  simulateVerb,
]

/** Runs one command line. Never throws, never ends the process. */
export async function run(args: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = 0
  const program = new Command('iphelper-audit')
    .description('Finds redundant gateways that relay one PXE request to a boot server more than once (KB 2510665).')
    .version(version())
    .exitOverride()
    .showSuggestionAfterError(true)
    // The column of commands is wide; without this their descriptions run past a terminal of 80 columns.
    .configureHelp({ minWidthToWrap: 20 })
    .configureOutput({
      writeOut: io.out,
      writeErr: text => io.err(text.replace(/^error: /, 'iphelper-audit: ')),
      getOutHelpWidth: () => io.width,
    })
    .addHelpText(
      'after',
      `
Exit codes:
  0  nothing found        1  findings            2  wrong usage or inventory
  3  something could not be judged               4  internal error

Examples:
  iphelper-audit audit --configs configs/ --pxe 10.9.9.5
  iphelper-audit audit -i inventory.yaml --format text --format html=report.html
  iphelper-audit collect -i inventory.yaml -o snapshot/
  iphelper-audit remediate result.json -o pack/
  iphelper-audit facts core1.cfg --format json
  iphelper-audit explain duplicate-pxe-relay`,
    )
  for (const verb of VERBS)
    verb(
      program,
      io,
      result => {
        code = result
      },
      run,
    )
  for (const command of program.commands)
    command.exitOverride().configureOutput(program.configureOutput()).showSuggestionAfterError(true)
  try {
    if (args.length === 0) {
      io.err(program.helpInformation())
      return 2
    }
    await program.parseAsync(args, { from: 'user' })
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
