// What `--format json=FILE` saved: the result of an audit, or of the validation of a change. They are told apart by `kind`.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { z } from 'zod'
import { written } from '../inventory/written.ts'
import type { Result } from '../model/result.ts'
import { Trouble } from '../model/trouble.ts'
import type { Validation } from '../model/validation.ts'

/** Whether it is a change that was saved. */
export const isValidation = (saved: Result | Validation): saved is Validation => 'kind' in saved

/** Reads either back; throws one sentence where it is none. */
export async function readSaved(file: string): Promise<Result | Validation> {
  const data = readJson(file)
  if (kindOf(data) !== 'validation') return asResult(file, data)
  const { validationSchema } = await import('../report/validation-schema.ts')
  return checked(file, data, validationSchema, 'validation of a change')
}

/** Reads a result back; throws one sentence where it is none. */
export const readResult = async (file: string): Promise<Result> => asResult(file, readJson(file))

async function asResult(file: string, data: unknown): Promise<Result> {
  if (kindOf(data) === 'validation')
    throw new Trouble('input', `${file} is the validation of a change; name a result that audit --format json=FILE wrote`)
  const { resultSchema } = await import('../report/schema.ts')
  return checked(file, data, resultSchema, 'result of an audit')
}

const kindOf = (data: unknown): unknown =>
  typeof data === 'object' && data !== null ? (data as { kind?: unknown }).kind : undefined

function readJson(file: string): unknown {
  try {
    const bytes = readFileSync(file)
    // As a state stores them: compressed, which begins with 1f 8b (RFC 1952, 2.3.1).
    return JSON.parse(written(bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Trouble(
      'input',
      code === undefined
        ? `${file} is no JSON; name a result that audit --format json=FILE wrote`
        : `${file} cannot be read (${code}); name a result that audit wrote`,
    )
  }
}

function checked<T>(file: string, data: unknown, schema: z.ZodType<T>, what: string): T {
  const version = typeof data === 'object' && data !== null ? (data as { schema_version?: unknown }).schema_version : undefined
  if (typeof version === 'number' && version !== 1)
    throw new Trouble(
      'input',
      `${file} has schema version ${version}, and this version reads 1; use the iphelper-audit that wrote it`,
    )
  const parsed = schema.safeParse(data)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Trouble('input', `${file} is no ${what}: ${issue?.path.join('.') || 'the whole file'}: ${issue?.message}`)
}
