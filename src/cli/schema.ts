import { Argument, type Command } from 'commander'
import type { z } from 'zod'
import { Trouble } from '../model/trouble.ts'
import { withExamples } from './examples.ts'
import type { Io } from './io.ts'
import { offering } from './shape.ts'
import type { Verb } from './verb.ts'

const SCHEMAS = {
  inventory: async () => (await import('../inventory/schema.ts')).inventorySchema,
  manifest: async () => (await import('../inventory/manifest.ts')).manifestSchema,
  device: async () => (await import('../report/schema.ts')).deviceSchema,
  result: async () => (await import('../report/schema.ts')).resultSchema,
  validation: async () => (await import('../report/validation-schema.ts')).validationSchema,
  waivers: async () => (await import('../inventory/schema.ts')).waiversSchema,
  baseline: async () => (await import('../inventory/baseline.ts')).baselineSchema,
  pack: async () => (await import('../report/pack-schema.ts')).packSchema,
  history: async () => (await import('../history.ts')).historySchema,
} satisfies Readonly<Record<string, () => Promise<z.ZodType>>>

const isNamed = (name: string): name is keyof typeof SCHEMAS => Object.hasOwn(SCHEMAS, name)

/** The JSON Schema of a file format. */
export const schemaNamed = async (name: keyof typeof SCHEMAS) => jsonSchema(await SCHEMAS[name]())

/**
 * A schema as JSON Schema, in the draft that YAML editors know: the language server behind them reads draft 7, and says of later
 * ones that they are not fully supported (https://github.com/redhat-developer/vscode-yaml/issues/726).
 */
const jsonSchema = async (schema: z.ZodType) => (await import('zod')).z.toJSONSchema(schema, { io: 'input', target: 'draft-7' })

/** `schema`: prints the JSON Schema of a file format. */
export const schemaVerb: Verb = (program: Command, io: Io, done) => {
  const names = [...Object.keys(SCHEMAS), 'settings']
  withExamples(program.command('schema'), 'schema result', 'schema inventory > inventory.schema.json')
    .addArgument(offering(new Argument('<name>', names.join(', ')), () => names))
    .description('print the JSON Schema of a file format')
    .action(async (name: string) => {
      // The settings follow from the options of the program.
      const schema =
        name === 'settings'
          ? await jsonSchema((await import('./settings/schema.ts')).settingsSchema(program))
          : isNamed(name) && (await schemaNamed(name))
      if (!schema) throw new Trouble('usage', `there is no schema "${name}"; valid are ${names.join(', ')}`)
      io.out(`${JSON.stringify(schema, null, 2)}\n`)
      done(0)
    })
}
