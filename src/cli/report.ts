import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Command } from 'commander'
import type { Result } from '../model/result.ts'
import { Trouble } from '../model/trouble.ts'
import { resultSchema } from '../report/schema.ts'
import { type FormatOptions, withFormats, writeReports } from './format.ts'
import type { Io } from './io.ts'
import type { Verb } from './verb.ts'

/** `report`: renders a saved result again. */
export const reportVerb: Verb = (program: Command, io: Io, done) => {
  withFormats(program.command('report'))
    .argument('<result.json>', 'a result that `audit --format json=FILE` wrote')
    .description('render a saved result in other formats')
    .action((file: string, options: FormatOptions) => {
      writeReports(readResult(file), options, io)
      done(0)
    })
    .addHelpText(
      'after',
      `
Examples:
  iphelper-audit report result.json --format markdown
  iphelper-audit report result.json -f sarif=pxe.sarif -f junit=pxe.xml`,
    )
}

/** Reads a result back; throws one sentence where it is none. */
export function readResult(file: string): Result {
  let data: unknown
  try {
    const bytes = readFileSync(file)
    // As a state stores them: compressed, which begins with 1f 8b (RFC 1952, 2.3.1).
    data = JSON.parse((bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes).toString('utf8'))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Trouble(
      'input',
      code === undefined
        ? `${file} is no JSON; name a result that audit --format json=FILE wrote`
        : `${file} cannot be read (${code}); name a result that audit wrote`,
    )
  }
  const version = typeof data === 'object' && data !== null ? (data as { schema_version?: unknown }).schema_version : undefined
  if (typeof version === 'number' && version !== 1)
    throw new Trouble(
      'input',
      `${file} has schema version ${version}, and this version reads 1; use the iphelper-audit that wrote it`,
    )
  const parsed = resultSchema.safeParse(data)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw new Trouble('input', `${file} is no result of an audit: ${issue?.path.join('.') || 'the whole file'}: ${issue?.message}`)
}
