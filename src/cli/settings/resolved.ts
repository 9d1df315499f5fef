// Every value that would hold for a command line, and where it comes from.
import type { Command, Option } from 'commander'
import { Trouble } from '../../model/trouble.ts'
import type { Io } from '../io.ts'
import { commandsBelow, keyOf, nameOf, optionsOf } from '../shape.ts'
import { applySettings, sourcesOf } from './apply.ts'
import type { SettingsPlace } from './find.ts'
import { placeOf } from './place.ts'
import type { Raw } from './raw.ts'

/** One option of a verb. */
export interface Resolved {
  readonly option: string
  readonly key: string
  /** True for a flag, text for a value, several for one that is repeated; null where there is none. */
  readonly value: true | string | readonly string[] | null
  /** `flag`, `env NAME`, `FILE:LINE` or `default`. */
  readonly origin: string
}

/** The options of one verb; of all of them, where it is called `every verb`. */
export interface ResolvedVerb {
  readonly verb: string
  readonly options: readonly Resolved[]
}

/** The settings file, and the options of a command line, or of all verbs where there is none. Every command may be parsed once. */
export function resolve(
  program: Command,
  words: readonly string[],
  io: Io,
): { readonly place: SettingsPlace | null; readonly verbs: readonly ResolvedVerb[] } {
  const flags = new Map<Option, Raw>()
  const wanted = words.length === 0 ? commandsBelow(program) : [parsedCommand(program, words, flags)]
  const sources = sourcesOf(placeOf(program, io), io.env, program)
  const verbs = [program, ...wanted].flatMap(command => {
    const options = optionsOf(command)
    if (options.length === 0) return []
    const taken = applySettings(command, sources)
    const rows = options.map((option): Resolved => {
      const one = taken.find(t => t.option === option)
      const flag = flags.get(option) ?? flagOf(command, option)
      const [raw, origin] = flag
        ? [flag, 'flag']
        : one
          ? [one.raw, one.place ? one.origin : `env ${one.origin}`]
          : [usual(option), 'default']
      return { option: option.long ?? '', key: keyOf(option), value: shown(raw), origin }
    })
    return [{ verb: nameOf(command) || 'every verb', options: rows }]
  })
  return { place: sources.place, verbs }
}

/** What was typed before the command line that is looked at. */
function flagOf(command: Command, option: Option): Raw | undefined {
  const name = option.attributeName()
  if (command.getOptionValueSource(name) !== 'cli') return undefined
  const value: unknown = command.getOptionValue(name)
  // `--config FILE` and `--no-config` are one value.
  if (option.negate !== (value === false)) return undefined
  return typeof value === 'boolean' ? true : [String(value)]
}

const usual = ({ defaultValue }: Option): Raw =>
  defaultValue === undefined || defaultValue === false ? null : [String(defaultValue)]

const shown = (raw: Raw): Resolved['value'] => (raw === null || raw === true ? raw : raw.length === 1 ? (raw[0] ?? null) : raw)

/** The command of a command line, with its flags set; what was typed goes into `flags`. */
function parsedCommand(program: Command, words: readonly string[], flags: Map<Option, Raw>): Command {
  const listen = (command: Command) => {
    for (const option of command.options)
      command.on(`option:${option.name()}`, (value: string | undefined) => {
        const before = flags.get(option)
        flags.set(option, typeof value === 'string' ? [...(Array.isArray(before) ? (before as string[]) : []), value] : true)
      })
  }
  for (const command of [program, ...commandsBelow(program)]) listen(command)
  let { operands, unknown } = program.parseOptions([...words])
  let command = program
  for (let next = below(command, operands[0]); next; next = below(command, operands[0])) {
    command = next
    const rest = operands.slice(1)
    ;({ operands, unknown } = command.parseOptions(unknown))
    operands = [...rest, ...operands]
  }
  if (command === program)
    throw new Trouble(
      'usage',
      `there is no verb "${operands[0] ?? words[0]}"; valid are ${program.commands.map(c => c.name()).join(', ')}`,
    )
  const [strange] = unknown
  if (strange !== undefined) command.error(`error: unknown option '${strange}'`)
  return command
}

const below = (command: Command, name: string | undefined) => command.commands.find(c => c.name() === name)
