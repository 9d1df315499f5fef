// The program as a completion sees it: plain data, made from commander's.
import type { Argument, Command, Option } from 'commander'
import { purposes } from '../../report/purposes.ts'
import { commandsBelow, kindOf, nameOf, placeholderOf, type ValueKind, wordsOf } from '../shape.ts'

/** A value to be typed: one of some words, a path, or something that nobody can guess. */
export interface ValueSpec {
  readonly name: string
  readonly kind: ValueKind
  readonly words: readonly string[]
  readonly many: boolean
}

/** One option. */
export interface OptionSpec {
  /** `-i`, `--inventory`. */
  readonly flags: readonly string[]
  readonly description: string
  readonly value: ValueSpec | null
}

/** One command; the program itself has no name. */
export interface CommandSpec {
  /** `audit`, `history list`. */
  readonly name: string
  readonly description: string
  readonly options: readonly OptionSpec[]
  readonly values: readonly ValueSpec[]
}

/** The program and all its commands; options that hold for every verb stand with each of them. */
export async function specOf(program: Command): Promise<readonly CommandSpec[]> {
  const general = await Promise.all(program.options.map(optionSpec))
  const help: OptionSpec = { flags: ['-h', '--help'], description: 'display help for command', value: null }
  const of = async (command: Command): Promise<CommandSpec> => ({
    name: nameOf(command),
    description: command.description(),
    options: [
      ...(command === program ? [] : await Promise.all(command.options.filter(o => !o.hidden).map(optionSpec))),
      ...general,
      help,
    ],
    values: await Promise.all(command.registeredArguments.map(argumentSpec)),
  })
  return Promise.all([program, ...commandsBelow(program)].map(of))
}

async function optionSpec(option: Option): Promise<OptionSpec> {
  const placeholder = placeholderOf(option)
  return {
    flags: [option.short, option.long].filter(flag => flag !== undefined),
    description: option.description,
    value: placeholder === null ? null : await valueSpec(option, placeholder, option.variadic),
  }
}

const argumentSpec = (argument: Argument): Promise<ValueSpec> => valueSpec(argument, argument.name(), argument.variadic)

async function valueSpec(target: Option | Argument, name: string, variadic: boolean): Promise<ValueSpec> {
  const kind = kindOf(name)
  const own = await wordsOf(target)
  // What can go to a file of its own is a format.
  const words = own.length === 0 && name.includes('[=') ? Object.keys(purposes) : own
  return { name, kind, words, many: variadic || kind === 'target' }
}
