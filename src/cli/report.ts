import type { Command } from 'commander'
import { type FormatOptions, withFormats, writeReports } from './format.ts'
import type { Io } from './io.ts'
import { isValidation, readSaved } from './saved.ts'
import type { Verb } from './verb.ts'

/** `report`: renders a saved result again. */
export const reportVerb: Verb = (program: Command, io: Io, done) => {
  withFormats(program.command('report'))
    .argument('<result.json>', 'what `audit` or `validate` wrote with `--format json=FILE`')
    .description('render a saved result in other formats')
    .action(async (file: string, options: FormatOptions, command: Command) => {
      const saved = await readSaved(file)
      if (isValidation(saved)) {
        const { fits, writeChangeReports } = await import('./change-report.ts')
        const { format, ...rest } = options
        // Settings for all verbs may ask for what only audits have, as they may where a change is validated.
        const wanted = format && (command.getOptionValueSource('format') === 'cli' || format.every(fits))
        await writeChangeReports(saved, wanted ? options : rest, io)
      } else await writeReports(saved, options, io)
      done(0)
    })
    .addHelpText(
      'after',
      `
A change that validate judged has every format but html and prometheus.

Examples:
  iphelper-audit report result.json --format markdown
  iphelper-audit report result.json -f sarif=pxe.sarif -f junit=pxe.xml
  iphelper-audit report change.json --format markdown=comment.md`,
    )
}
