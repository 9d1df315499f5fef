// `--format NAME[=PATH]`, as often as wanted: where a report goes and in which form.
import { existsSync, realpathSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { type Command, Option } from 'commander'
import { makeFolder, replace, rules } from '../api.ts'
import type { Result } from '../model/result.ts'
import { untimed } from '../model/timings.ts'
import { Trouble } from '../model/trouble.ts'
import { formats, type ReportContext } from '../report/formats.ts'
import { type Io, textContext } from './io.ts'
import { type Target, targetOption } from './target.ts'
import { templatesFolder } from './version.ts'

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
      `${listedNames()}; text when nothing is said; repeatable, with a file each but for one`,
      formatOption,
    )
    .option('--all', 'also show segments that relay nothing, all findings for information, and all evidence')
    .option('--show-waived', 'also show accepted findings, with the reason')
    .addOption(
      new Option('--junit-unknown <outcome>', 'what junit makes of what could not be judged; error when nothing is said').choices(
        ['error', 'skipped'],
      ),
    )

const listedNames = () =>
  Object.keys(formats)
    .join(', ')
    .replace(/, (?=\w+$)/, ' or ')

/** For commander: collects one `--format` after the other. */
export const formatOption = targetOption(Object.keys(formats))

/** Renders a result in every wanted form; files appear whole or not at all. */
export function writeReports(
  result: Result,
  { format, all, showWaived, junitUnknown = 'error' }: FormatOptions,
  io: Io,
  exitZero = false,
): void {
  const context: ReportContext = {
    text: textContext(io, all === true, showWaived === true),
    templates: templatesFolder(),
    folder: process.cwd(),
    rules,
    junitUnknown,
    exitZero,
  }
  const plain = { ...context, text: { ...context.text, paint: (_: unknown, text: string) => text } }
  // One file that cannot be written costs nobody the other reports.
  let trouble: unknown
  const { timings = untimed } = io
  for (const { format: name, path } of format ?? [{ format: 'text', path: null }]) {
    const rendered = timings.during('report', () => formats[name]?.(result, path === null ? context : plain) ?? '')
    try {
      if (path === null) io.out(rendered)
      else writeWhole(path, rendered, 'report')
    } catch (error) {
      trouble ??= error
    }
  }
  if (trouble !== undefined) throw trouble
}

/** Writes a file whole or not at all; `what` is said where it cannot be written. */
export function writeWhole(path: string, text: string, what: string): void {
  try {
    const target = existsSync(path) ? realpathSync(path) : path
    // A device or a pipe is written to, never replaced.
    if (existsSync(target) && !statSync(target).isFile()) writeFileSync(target, text)
    else {
      makeFolder(dirname(target))
      replace(target, text, { mode: 0o666 })
    }
  } catch (error) {
    const { code = 'no reason given' } = error as NodeJS.ErrnoException
    throw new Trouble('usage', `the ${what} cannot be written to ${path} (${code}); name a file you may write`)
  }
}
