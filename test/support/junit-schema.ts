// JUnit XML in the hands of libxml2, against what all readers accept (test/schemas/junit.xsd).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { validateXML } from 'xmllint-wasm'

const schema = readFileSync(join(import.meta.dirname, '..', 'schemas', 'junit.xsd'), 'utf8')
/** In pages of 64 KiB: 1 GiB. */
const MEMORY = 16_384

/** What is wrong with a report, as XML or by the schema; nothing where it is valid. */
export async function junitErrors(xml: string): Promise<string[]> {
  const { errors } = await validateXML({
    xml: { fileName: 'report.xml', contents: xml },
    schema: { fileName: 'junit.xsd', contents: schema },
    maxMemoryPages: MEMORY,
  })
  return errors.map(e => e.rawMessage)
}
