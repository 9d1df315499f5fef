import { Argument, type Command } from 'commander'
import { z } from 'zod'
import { history } from '../api.ts'
import { baselineSchema } from '../inventory/baseline.ts'
import { manifestSchema } from '../inventory/manifest.ts'
import { inventorySchema, waiversSchema } from '../inventory/schema.ts'
import { Trouble } from '../model/trouble.ts'
import { packSchema } from '../report/pack-schema.ts'
import { deviceSchema, resultSchema } from '../report/schema.ts'
import { validationSchema } from '../report/validation-schema.ts'
import { withExamples } from './examples.ts'
import type { Io } from './io.ts'
import { settingsSchema } from './settings/schema.ts'
import { offering } from './shape.ts'
import type { Verb } from './verb.ts'

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  inventory: inventorySchema,
  manifest: manifestSchema,
  device: deviceSchema,
  result: resultSchema,
  validation: validationSchema,
  waivers: waiversSchema,
  baseline: baselineSchema,
  pack: packSchema,
  history: history.historySchema,
}

/**
 * A schema as JSON Schema, in the draft that YAML editors know: the language server behind them reads draft 7, and says of later
 * ones that they are not fully supported (https://github.com/redhat-developer/vscode-yaml/issues/726).
 */
export const jsonSchema = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', target: 'draft-7' })

/** `schema`: prints the JSON Schema of a file format. */
export const schemaVerb: Verb = (program: Command, io: Io, done) => {
  const names = [...Object.keys(SCHEMAS), 'settings']
  withExamples(program.command('schema'), 'schema result', 'schema inventory > inventory.schema.json')
    .addArgument(offering(new Argument('<name>', names.join(', ')), () => names))
    .description('print the JSON Schema of a file format')
    .action((name: string) => {
      // The settings follow from the options of the program.
      const schema = name === 'settings' ? settingsSchema(program) : Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined
      if (!schema) throw new Trouble('usage', `there is no schema "${name}"; valid are ${names.join(', ')}`)
      io.out(`${JSON.stringify(jsonSchema(schema), null, 2)}\n`)
      done(0)
    })
}
