import type { Command } from 'commander'
import { z } from 'zod'
import { history } from '../api.ts'
import { baselineSchema } from '../inventory/baseline.ts'
import { manifestSchema } from '../inventory/manifest.ts'
import { inventorySchema, waiversSchema } from '../inventory/schema.ts'
import { Trouble } from '../model/trouble.ts'
import { packSchema } from '../report/pack-schema.ts'
import { deviceSchema, resultSchema } from '../report/schema.ts'
import type { Io } from './io.ts'
import type { Verb } from './verb.ts'

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  inventory: inventorySchema,
  manifest: manifestSchema,
  device: deviceSchema,
  result: resultSchema,
  waivers: waiversSchema,
  baseline: baselineSchema,
  pack: packSchema,
  history: history.historySchema,
}

/** `schema`: prints the JSON Schema of a file format. */
export const schemaVerb: Verb = (program: Command, io: Io, done) => {
  program
    .command('schema')
    .argument('<name>', 'inventory, manifest, device, result, waivers, baseline, pack or history')
    .description('print the JSON Schema of a file format')
    .action((name: string) => {
      const schema = Object.hasOwn(SCHEMAS, name) ? SCHEMAS[name] : undefined
      if (!schema) throw new Trouble('usage', `there is no schema "${name}"; valid are ${Object.keys(SCHEMAS).join(', ')}`)
      io.out(`${JSON.stringify(z.toJSONSchema(schema, { io: 'input' }), null, 2)}\n`)
      done(0)
    })
}
