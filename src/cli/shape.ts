// What commander knows of an option or an argument, in the words of settings files and completions.
import type { Argument, Command, Option } from 'commander'

/** What a value is: a path, `NAME=PATH`, of which the path may be left out where it is in brackets, or something else. */
export type ValueKind = 'file' | 'folder' | 'target' | 'other'

/** What stands between `<` and `>` says it: `<file>`, `<result.json>`, `<folder>`, `<name[=file]>`. */
export function kindOf(placeholder: string): ValueKind {
  if (/=(file|path)\]?$/i.test(placeholder)) return 'target'
  if (/^(file|path)$|^[\w-]+\.(json|yaml|cfg|md)$/i.test(placeholder)) return 'file'
  return /^(folder|dir|directory)$/i.test(placeholder) ? 'folder' : 'other'
}

/** The placeholder of an option's value; null where it takes none. */
export const placeholderOf = (option: Option): string | null =>
  option.isBoolean() || option.negate ? null : (/[<[](.+?)(?:\.\.\.)?[>\]]$/.exec(option.flags)?.[1] ?? '')

/** The commands below one, and those below them. */
export const commandsBelow = (command: Command): readonly Command[] => command.commands.flatMap(c => [c, ...commandsBelow(c)])

/** What a command is called after the program: `audit`, `history list`; empty for the program itself. */
export const nameOf = (command: Command): string =>
  command.parent === null ? '' : `${nameOf(command.parent)} ${command.name()}`.trim()

/** The options of a command that are more than a question, like --version. */
export const optionsOf = (command: Command): readonly Option[] =>
  command.options.filter(option => !option.hidden && option.long !== undefined && option.long !== '--version')

/** What a setting is called in a file: `fail_on` for `--fail-on`. */
export const keyOf = (option: Option): string => (option.long ?? '').slice(2).replaceAll('-', '_')

/** The environment variable of a setting. */
export const variableOf = (option: Option): string => `IPHELPER_AUDIT_${keyOf(option).toUpperCase()}`

type Words = () => readonly string[] | Promise<readonly string[]>
const WORDS = new WeakMap<Option | Argument, Words>()

/** Says which words a value can be where commander does not check it itself; completions offer them. */
export function offering<T extends Option | Argument>(target: T, words: Words): T {
  WORDS.set(target, words)
  return target
}

/** The words that a value can be; none where it may be anything. */
export const wordsOf = async (target: Option | Argument): Promise<readonly string[]> =>
  target.argChoices ?? (await WORDS.get(target)?.()) ?? []
