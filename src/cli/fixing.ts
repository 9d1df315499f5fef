// The options that say which fixes are wanted.
import { existsSync, statSync } from 'node:fs'
import { type Command, Option } from 'commander'
import type { Wishes } from '../api.ts'
import { STRATEGIES, type StrategyId } from '../model/remedy.ts'
import { Trouble } from '../model/trouble.ts'
import { templatesFolder } from './version.ts'

/** What the user decides about fixes. */
export interface FixOptions {
  readonly strategy?: StrategyId | undefined
  readonly prefer?: readonly string[] | undefined
  readonly templates?: string | undefined
}

/** Adds the options that say which fixes are wanted. */
export const withFixes = (command: Command): Command =>
  command
    .addOption(new Option('--strategy <name>', 'which way to fix duplicates comes first').choices(STRATEGIES))
    .option('--prefer <device...>', 'routers that shall go on relaying, where nothing else tells or another one would')
    .option('--templates <folder>', 'templates of your own for fixes: <platform>/<action>.hbs; they are proven like ours')

/** The folders with templates, and what is wished for. */
export function fixing({ strategy, prefer = [], templates }: FixOptions): { templates: readonly string[]; wishes: Wishes } {
  if (templates !== undefined && !(existsSync(templates) && statSync(templates).isDirectory()))
    throw new Trouble('usage', `--templates ${templates} is no folder; name one that holds <platform>/<action>.hbs`)
  return {
    templates: [...(templates === undefined ? [] : [templates]), templatesFolder()],
    wishes: { strategy: strategy ?? null, prefer: new Set(prefer) },
  }
}

/** Routers that are preferred and not there. */
export const absent = ({ prefer = [] }: FixOptions, names: readonly string[]): readonly string[] =>
  prefer.filter(name => !names.includes(name))
