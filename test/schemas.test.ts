// JSON Schemas, in the hands of a validator and of an editor: the examples fit, and every key is explained.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run } from '../src/cli/run.ts'

const root = join(import.meta.dirname, '..')
const EXAMPLE = join(root, 'inventory.example.yaml')

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'iphelper-schemas-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function cli(...args: readonly string[]) {
  const said = { out: '', err: '' }
  const io = { out: (text: string) => (said.out += text), err: (text: string) => (said.err += text) }
  const code = await run(args, { ...io, env: {}, width: 80, colour: false, cwd: folder })
  return { code, ...said }
}

interface Schema {
  readonly $schema?: string
  readonly description?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly items?: Schema
  readonly additionalProperties?: Schema | boolean
  readonly anyOf?: readonly Schema[]
}
const schemaOf = async (name: string) => JSON.parse((await cli('schema', name)).out) as Schema

/** Every property of a schema, with its path. */
function* properties(schema: Schema, path = ''): Generator<readonly [string, Schema]> {
  for (const [key, own] of Object.entries(schema.properties ?? {})) {
    yield [`${path}${key}`, own]
    yield* properties(own, `${path}${key}.`)
  }
  if (schema.items) yield* properties(schema.items, path)
  if (typeof schema.additionalProperties === 'object') yield* properties(schema.additionalProperties, `${path}*.`)
  for (const other of schema.anyOf ?? []) yield* properties(other, path)
}

/** What a validator that is none of ours has to say. */
async function complaints(name: string, data: unknown): Promise<readonly string[]> {
  const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true })
  addFormats.default(ajv)
  const validate = ajv.compile(await schemaOf(name))
  validate(data)
  return (validate.errors ?? []).map(e => `${e.instancePath} ${e.message}`)
}

describe('every schema', () => {
  const NAMES = ['inventory', 'manifest', 'device', 'result', 'waivers', 'baseline', 'settings']

  it.each(NAMES)('%s is sound, and of the draft that editors know', async name => {
    expect((await schemaOf(name)).$schema).toBe('http://json-schema.org/draft-07/schema#')
    expect(await complaints(name, {})).toEqual(expect.any(Array))
  })

  it.each(['inventory', 'waivers', 'settings', 'manifest', 'baseline'])('%s explains every key', async name => {
    const silent = [...properties(await schemaOf(name))].filter(([, { description }]) => !description).map(([path]) => path)
    expect(silent).toEqual([])
  })
})

describe('the inventory', () => {
  it.each([EXAMPLE, join(root, 'templates', 'inventory', 'inventory.yaml')])('%s fits its schema', async file =>
    expect(await complaints('inventory', parse(readFileSync(file, 'utf8')))).toEqual([]),
  )

  it('with a wrong key, value or type does not', async () => {
    const sound = { pxe_points: [{ name: 'wds', addresses: ['10.9.9.5'] }], devices: [{ name: 'r1', host: '192.0.2.1' }] }
    expect(await complaints('inventory', sound)).toEqual([])
    for (const [wrong, complaint] of [
      [{ ...sound, pxe_point: [] }, ' must NOT have additional properties'],
      [{ ...sound, devices: [{ name: 'r1', hots: '192.0.2.1' }] }, '/devices/0 must NOT have additional properties'],
      [{ ...sound, max_age: 'soon' }, expect.stringContaining('/max_age must match pattern')],
      [
        { ...sound, pxe_points: [{ ...sound.pxe_points[0], kind: 'wsd' }] },
        '/pxe_points/0/kind must be equal to one of the allowed values',
      ],
      [{ ...sound, defaults: { password: 'secret' } }, expect.stringContaining('/defaults/password must match pattern')],
      [{ devices: sound.devices }, " must have required property 'pxe_points'"],
    ] as const)
      expect(await complaints('inventory', wrong)).toEqual([complaint])
  })

  it('the example has every key of the schema, at least in a comment', async () => {
    const text = readFileSync(EXAMPLE, 'utf8')
    const missing = [...properties(await schemaOf('inventory'))].filter(
      ([path]) => !new RegExp(`(^|[\\s#{,])${path.split('.').at(-1)}:`, 'm').test(text),
    )
    expect(missing.map(([path]) => path)).toEqual([])
  })

  it('the example names a schema that the package comes with', () => {
    const [, schema = ''] = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(EXAMPLE, 'utf8')) ?? []
    const { scripts, files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>
      files: readonly string[]
    }
    expect(scripts.generate).toContain(`schema inventory > ${schema}`)
    expect(files).toContain(dirname(schema))
  })
})

describe('init', () => {
  const wordsOf = (text: string) => text.split(/\s+/).join(' ')

  it('writes an inventory that names the schema written beside it', async () => {
    const file = join(folder, 'net.yaml')
    const { code, out, err } = await cli('init', file)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(wordsOf(out)).toContain(`Wrote ${file}, and ${join(folder, 'net.schema.json')} for editors to complete it from.`)
    const text = readFileSync(file, 'utf8')
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=net.schema.json')
    const schema = JSON.parse(readFileSync(join(folder, 'net.schema.json'), 'utf8')) as Schema
    expect(schema).toEqual(await schemaOf('inventory'))
    expect(new Ajv({ allowUnionTypes: true }).compile(schema)(parse(text))).toBe(true)
  })

  it('brings an older schema up to date, and leaves alone what is something else', async () => {
    writeFileSync(join(folder, 'old.schema.json'), '{ "description": "Inventory of iphelper-audit." }')
    expect((await cli('init', join(folder, 'old.yaml'))).err).toBe('')
    expect(JSON.parse(readFileSync(join(folder, 'old.schema.json'), 'utf8'))).toEqual(await schemaOf('inventory'))
    writeFileSync(join(folder, 'mine.schema.json'), 'mine')
    const { code, err } = await cli('init', join(folder, 'mine.yaml'))
    expect(code).toBe(0)
    expect(err).toContain('mine.schema.json is something else and was left alone')
    expect(readFileSync(join(folder, 'mine.schema.json'), 'utf8')).toBe('mine')
  })
})

it('a settings file fits its schema', async () => {
  const settings = {
    inventory: 'inventory.yaml',
    configs: 'snapshot',
    pxe: ['10.9.9.5'],
    fail_on: 'warning',
    max_unknown: '5%',
    concurrency: 16,
    exit_zero: false,
    format: ['text', 'html=report.html'],
    verbs: { baseline: { fail_on: 'info' } },
  }
  expect(await complaints('settings', settings)).toEqual([])
  expect(await complaints('settings', { ...settings, fail_on: 'eror' })).toEqual([
    '/fail_on must be equal to one of the allowed values',
  ])
  expect(await complaints('settings', { verbs: { audti: {} } })).toEqual(['/verbs must NOT have additional properties'])
})
