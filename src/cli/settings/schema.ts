// The keys of a settings file, made from the options of the program; `schema settings` prints them as JSON Schema.
import type { Command, Option } from 'commander'
import { z } from 'zod'
import { commandsBelow, keyOf, nameOf, optionsOf } from '../shape.ts'

/** What stands behind a key. */
export type SettingValue = boolean | string | number | readonly (string | number)[]
/** The options of the program that no settings file has a say in: it would have to be read to know. */
const OF_THE_FILE = ['config', 'no_config']

/** Every option of the program that can be set, by key. */
export function settable(program: Command): Map<string, Option[]> {
  const byKey = new Map<string, Option[]>()
  for (const command of [program, ...commandsBelow(program)])
    for (const option of optionsOf(command)) byKey.set(keyOf(option), [...(byKey.get(keyOf(option)) ?? []), option])
  for (const key of OF_THE_FILE) byKey.delete(key)
  return new Map([...byKey].sort(([a], [b]) => a.localeCompare(b)))
}

const scalar = z.union([z.string(), z.number()])

function valueSchema(options: readonly Option[]): z.ZodType<SettingValue> {
  const choices = options.flatMap(o => o.argChoices ?? [])
  const type: z.ZodType<SettingValue> = options.every(o => o.isBoolean() || o.negate)
    ? z.boolean()
    : options.every(o => o.argChoices)
      ? z.enum(choices)
      : z.union([scalar, z.array(scalar)])
  return type.describe([...new Set(options.map(o => `${o.long}: ${o.description}.`))].join(' '))
}

const block = (options: ReadonlyMap<string, readonly Option[]>) =>
  z.strictObject(Object.fromEntries([...options].map(([key, those]) => [key, valueSchema(those).optional()])))

/** The schema of settings files. */
export function settingsSchema(program: Command) {
  const verbs = commandsBelow(program).filter(command => optionsOf(command).length > 0)
  const own = (command: Command) =>
    block(new Map(optionsOf(command).map(option => [keyOf(option), [option]])))
      .optional()
      .describe(`Settings of ${nameOf(command)} alone.`)
  return block(settable(program))
    .extend({
      verbs: z
        .strictObject(Object.fromEntries(verbs.map(command => [nameOf(command), own(command)])))
        .optional()
        .describe('Settings of single verbs; they win over those above.'),
    })
    .describe('Settings of iphelper-audit: options by their long names, with underscores.')
}
