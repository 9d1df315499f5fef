// The program as commander sees it, built anew for every run. Completions, the man page and the settings are made from it.
import { Command, Option } from 'commander'
import { exitCodeLines } from './exit-codes.ts'
import { type ExitCode, type Io, laidOut } from './io.ts'
import type { Run, Verb } from './verb.ts'
import { version } from './version.ts'

/** Options of the program itself, for every verb. */
export interface GlobalOptions {
  readonly quiet?: true
  readonly verbose?: true
  /** False for `--no-config`. */
  readonly config?: string | false
}

/** Builds the program. `errors` takes what commander has to complain of. */
export function programOf(
  verbs: readonly Verb[],
  io: Io,
  { errors, done, run }: { readonly errors: (text: string) => void; readonly done: (code: ExitCode) => void; readonly run: Run },
): Command {
  const program = new Command('iphelper-audit')
    .description('Finds redundant gateways that relay one PXE request to a boot server more than once (KB 2510665).')
    .version(version())
    .option('-q, --quiet', 'say nothing on standard error but why a run ended early')
    .option('-v, --verbose', 'say on standard error where settings come from, and how long every stage took')
    .addOption(new Option('--config <file>', 'take settings from this file, instead of looking for .iphelper-audit.yaml'))
    .option('--no-config', 'take settings from no file')
    .addHelpText(
      'after',
      `
Exit codes:
${exitCodeLines().join('\n')}

Examples:
  iphelper-audit audit --configs configs/ --pxe 10.9.9.5
  iphelper-audit audit -i inventory.yaml --format text --format html=report.html
  iphelper-audit collect -i inventory.yaml -o snapshot/
  iphelper-audit facts core1.cfg --format json
  iphelper-audit explain duplicate-pxe-relay`,
    )
  for (const verb of verbs) verb(program, io, done, run)
  const settle = (command: Command) => {
    command
      .exitOverride()
      .showSuggestionAfterError(true)
      // The column of terms is wide; without this descriptions run past a terminal of 80 columns.
      .configureHelp({ minWidthToWrap: 20, showGlobalOptions: command !== program })
      .configureOutput({
        writeOut: io.out,
        writeErr: text => errors(laidOut(io, text.replace(/^error: /, 'iphelper-audit: '))),
        getOutHelpWidth: () => io.width,
        getErrHelpWidth: () => io.errorWidth ?? io.width,
      })
    command.commands.forEach(settle)
  }
  settle(program)
  return program
}
