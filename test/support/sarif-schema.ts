// The published JSON Schema of SARIF 2.1.0, as Microsoft's SARIF SDK for JavaScript carries it.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import Draft4 from 'ajv-draft-04'
import addFormats from 'ajv-formats'

const { resolve } = createRequire(import.meta.url)
const schema = JSON.parse(readFileSync(resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'), 'utf8'))
// One pattern of the schema is no regular expression of the `u` kind.
const ajv = new Draft4.default({ allErrors: true, strict: false, unicodeRegExp: false })
addFormats.default(ajv)
const validate = ajv.compile(schema)

/** What is wrong with a SARIF log: the place and the sentence of the schema; nothing where it is valid. */
export function sarifErrors(log: unknown): string[] {
  if (validate(log)) return []
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`)
}
