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
    .action(async (file: string, options: FormatOptions) => {
      const saved = await readSaved(file)
      if (isValidation(saved)) await (await import('./change-report.ts')).writeChangeReports(saved, options, io)
      else writeReports(saved, options, io)
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
