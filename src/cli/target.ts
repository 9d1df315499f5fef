// `--format NAME[=PATH]`, as often as wanted.
import { Option } from 'commander'
import { suggest } from '../inventory/nearest.ts'
import { Trouble } from '../model/trouble.ts'

/** Where a report goes, and in which form. */
export interface Target {
  readonly format: string
  /** Null for standard output. */
  readonly path: string | null
}

/** Names of formats in a sentence: `text, json or html`. */
export const namesText = (formats: Readonly<Record<string, unknown>>): string =>
  Object.keys(formats)
    .join(', ')
    .replace(/, (?=\w+$)/, ' or ')

/** `--junit-unknown`. */
export const junitUnknownOption = (): Option =>
  new Option('--junit-unknown <outcome>', 'what junit makes of what could not be judged; error when nothing is said').choices([
    'error',
    'skipped',
  ])

/** For commander: collects one `--format` after the other, each the name of a format. `elsewhere` are those that other verbs have. */
export const targetOption =
  (valid: readonly string[], elsewhere: readonly string[] = []) =>
  (value: string, before: readonly Target[] = []): Target[] => {
    const equals = value.indexOf('=')
    const format = equals < 0 ? value : value.slice(0, equals)
    const path = equals < 0 ? null : value.slice(equals + 1)
    if (elsewhere.includes(format)) throw new Trouble('usage', notOfChanges(format, valid))
    if (!valid.includes(format))
      throw new Trouble('usage', `there is no format "${format}"; ${hint(format, valid)}valid are ${valid.join(', ')}`)
    if (path === '')
      throw new Trouble('usage', `--format ${value} names no file; write ${format}=FILE, or ${format} alone for standard output`)
    if (path === null && before.some(t => t.path === null))
      throw new Trouble('usage', `only one format can go to standard output; write ${format}=FILE`)
    if (before.some(t => t.path !== null && t.path === path))
      throw new Trouble('usage', `--format names ${path} twice; give every format a file of its own`)
    return [...before, { format, path }]
  }

/** What is said of a format that audits have, and changes have not. */
export const notOfChanges = (format: string, valid: readonly string[]): string =>
  `there is no ${format} of a change, only of an audit; valid are ${valid.join(', ')}`

/** Near misses are named: `did you mean "markdown"? `. */
const hint = (format: string, valid: readonly string[]) => {
  const near = suggest(format, valid)
  return near.startsWith('did you mean') ? `${near} ` : ''
}
