// Schema violations in the words of the person who wrote the file.
import { z } from 'zod'
import type { Path } from './locate.ts'
import { suggest } from './nearest.ts'

/** One thing that is wrong, and where. */
export interface Problem {
  readonly path: Path
  /** Whether the key or its value is to blame. */
  readonly at: 'key' | 'value'
  readonly message: string
}

/** What a schema has to say about a document; `whole` is the sentence for a document that is something else altogether. */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  data: unknown,
  { schema, whole }: { readonly schema: z.ZodType; readonly whole: string },
): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    if (issue.code !== 'unrecognized_keys')
      return [{ path: issue.path, at: 'value', message: sentence(issue, valueAt(data, issue.path), whole) }]
    const valid = keysAt(schema, issue.path)
    return issue.keys.map(key => ({
      path: [...issue.path, key],
      at: 'key',
      message: unknown(key, valid),
    }))
  })
}

/** In braces, what follows a colon without a blank is a part of the key: the value, which may be a password. */
function unknown(key: string, valid: readonly string[]): string {
  const [, name] = /^([^:=]*[:=])./s.exec(key) ?? []
  return name === undefined
    ? `unknown key "${key}"; ${suggest(key, valid)}`
    : `unknown key "${name}..."; a colon and a blank stand between a key and its value`
}

function sentence(issue: z.core.$ZodIssue, value: unknown, whole: string): string {
  const subject = subjectOf(issue.path)
  if (issue.code === 'invalid_type') {
    if (issue.path.length === 0) return whole
    if (value === undefined) return `${subject} is missing; add it`
    if (value === null) return `${subject} is empty; it must be ${typeName(issue.expected)}`
    const quotes = issue.expected === 'string' && typeof value !== 'object' ? '; put it in quotes' : ''
    return `${subject} must be ${typeName(issue.expected)}, not ${valueName(value)}${quotes}`
  }
  if (issue.code === 'invalid_value') {
    const valid = issue.values.map(String)
    return `${subject} must be one of ${valid.join(', ')}${typeof value === 'string' ? `; ${suggest(value, valid)}`.replace(/; valid here.*/, '') : ''}`
  }
  if (issue.code === 'invalid_union') return `${subject} must be text or a list of texts`
  // Every other rule of the schema carries its own words; those that begin with a quote are about the value itself.
  return issue.message.startsWith('"') ? `${issue.message} (in ${subject})` : `${subject} ${issue.message}`
}

function subjectOf(path: Path): string {
  const last = path.at(-1)
  return typeof last === 'number' ? `entry ${last + 1} of ${subjectOf(path.slice(0, -1))}` : `"${String(last)}"`
}

const typeName = (type: string): string =>
  ({
    string: 'text',
    number: 'a number',
    int: 'a whole number',
    boolean: 'true or false',
    array: 'a list',
    object: 'a block of keys',
    record: 'a block of keys',
  })[type] ?? type

function valueName(value: unknown): string {
  if (Array.isArray(value)) return 'a list'
  return (
    { string: 'text', number: 'a number', boolean: 'true or false', object: 'a block of keys' }[typeof value as string] ??
    typeof value
  )
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) => (value === null || value === undefined ? undefined : (value as Record<PropertyKey, unknown>)[step]),
    data,
  )

type JsonSchema = { properties?: Record<string, JsonSchema>; items?: JsonSchema; additionalProperties?: JsonSchema | boolean }

/** The keys that are valid at a path. */
function keysAt(root: z.ZodType, path: Path): readonly string[] {
  let schema: JsonSchema | undefined = z.toJSONSchema(root, { io: 'input' }) as JsonSchema
  for (const step of path) {
    const other: JsonSchema | undefined =
      typeof schema?.additionalProperties === 'object' ? schema.additionalProperties : undefined
    schema = typeof step === 'number' ? schema?.items : (schema?.properties?.[String(step)] ?? other)
  }
  return Object.keys(schema?.properties ?? {})
}
