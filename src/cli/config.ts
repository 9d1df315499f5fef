import { Argument, type Command, Option } from 'commander'
import { columns } from '../report/columns.ts'
import { withExamples } from './examples.ts'
import { type Io, textContext } from './io.ts'
import type { Resolved } from './settings/resolved.ts'
import type { Verb } from './verb.ts'

/** `config`: which options hold without being typed, and who says so. */
export const configVerb: Verb = (program: Command, io: Io, done) => {
  withExamples(
    program.command('config'),
    'config show',
    'config show --resolved audit',
    'config show --resolved -- audit --fail-on warning',
  )
    .description('show which settings hold: flags, environment, settings file, defaults')
    .addArgument(new Argument('<action>', 'show').choices(['show']))
    .argument('[command...]', 'a verb, or after -- a command line with flags; all verbs when absent')
    .option('--resolved', 'every option, also those that have their default')
    .addOption(new Option('-f, --format <name>', 'how to print it').choices(['text', 'json']).default('text'))
    .action(async (_: string, words: readonly string[], { resolved, format }: { resolved?: true; format: 'text' | 'json' }) => {
      const { resolve } = await import('./settings/resolved.ts')
      const { place, verbs } = resolve(program, words, io)
      const wanted = verbs
        .map(({ verb, options }) => ({ verb, options: options.filter(o => resolved || o.origin !== 'default') }))
        .filter(({ options }) => options.length > 0)
      if (format === 'json')
        io.out(`${JSON.stringify({ file: place?.file ?? null, found: place?.found ?? false, verbs: wanted }, null, 2)}\n`)
      else {
        const file = place ? `${place.file}${place.found ? ' (found, not named)' : ''}` : 'none'
        const { width } = textContext(io, false)
        const tables = wanted.map(({ verb, options }) => `\n${verb}\n${table(options, width).join('\n')}\n`)
        io.out(`Settings file: ${file}\n${tables.join('')}`)
      }
      done(0)
    })
}

/** The value comes last, because it may be long. */
const table = (options: readonly Resolved[], width: number): string[] =>
  columns(
    options.map(({ option, value, origin }) => [`  ${option}`, origin, valueText(value)]),
    width,
  )

const valueText = (value: Resolved['value']): string =>
  value === null ? '-' : value === true ? 'yes' : typeof value === 'string' ? value : value.join(' ')
