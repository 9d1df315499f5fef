// The program as a completion sees it: plain data, made from commander's.
import type { Argument, Command, Option } from 'commander'
import { formats } from '../../report/formats.ts'
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
export function specOf(program: Command): readonly CommandSpec[] {
  const general = program.options.map(optionSpec)
  const help: OptionSpec = { flags: ['-h', '--help'], description: 'display help for command', value: null }
  const of = (command: Command): CommandSpec => ({
    name: nameOf(command),
    description: command.description(),
    options: [...(command === program ? [] : command.options.filter(o => !o.hidden).map(optionSpec)), ...general, help],
    values: command.registeredArguments.map(argumentSpec),
  })
  return [program, ...commandsBelow(program)].map(of)
}

function optionSpec(option: Option): OptionSpec {
  const placeholder = placeholderOf(option)
  return {
    flags: [option.short, option.long].filter(flag => flag !== undefined),
    description: option.description,
    value: placeholder === null ? null : valueSpec(option, placeholder, option.variadic),
  }
}

const argumentSpec = (argument: Argument): ValueSpec => valueSpec(argument, argument.name(), argument.variadic)

function valueSpec(target: Option | Argument, name: string, variadic: boolean): ValueSpec {
  const kind = kindOf(name)
  const own = wordsOf(target)
  // What can go to a file of its own is a format.
  const words = own.length === 0 && name.includes('[=') ? Object.keys(formats) : own
  return { name, kind, words, many: variadic || kind === 'target' }
}
