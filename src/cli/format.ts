// `--format NAME[=PATH]`, as often as wanted: where a report goes and in which form.
import type { Command } from 'commander'
import type { Result } from '../model/result.ts'
import type { ReportContext } from '../report/formats.ts'
import { purposes } from '../report/purposes.ts'
import { deliver, TEXT } from './deliver.ts'
import { type Io, textContext } from './io.ts'
import { junitUnknownOption, namesText, type Target, targetOption } from './target.ts'
import { templatesFolder } from './version.ts'
import { writeWhole } from './write.ts'

/** How a result is to be reported. */
export interface FormatOptions {
  readonly format?: readonly Target[]
  readonly all?: true
  readonly showWaived?: true
  readonly junitUnknown?: ReportContext['junitUnknown']
}

/** Adds the options that say where a report goes, in which form, and how much it shows. */
export const withFormats = (command: Command): Command =>
  command
    .option(
      '-f, --format <name[=file]>',
      `${namesText(purposes)}; text when nothing is said; repeatable, with a file each but for one`,
      formatOption,
    )
    .option('--all', 'also show segments that relay nothing, all findings for information, and all evidence')
    .option('--show-waived', 'also show accepted findings, with the reason')
    .addOption(junitUnknownOption())

/** For commander: collects one `--format` after the other. */
export const formatOption = targetOption(Object.keys(purposes))

/** Renders a result in every wanted form; files appear whole or not at all. */
export async function writeReports(
  result: Result,
  { format = TEXT, all, showWaived, junitUnknown = 'error' }: FormatOptions,
  io: Io,
  exitZero = false,
): Promise<void> {
  const { formats } = await import('../report/formats.ts')
  const context: ReportContext = {
    text: textContext(io, all === true, showWaived === true),
    templates: templatesFolder(),
    folder: process.cwd(),
    rules: (await import('../rules.ts')).rules,
    junitUnknown,
    exitZero,
  }
  const plain = { ...context, text: { ...context.text, paint: (_: unknown, text: string) => text } }
  deliver(format, io, {
    render: (name, painted) => formats[name]?.(result, painted ? context : plain) ?? '',
    write: (path, text) => writeWhole(path, text, 'report'),
  })
}
