// A baseline as it stands in its file. Trouble is told as `file:line: sentence`.
import { readFileSync } from 'node:fs'
import { LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import type { Baseline } from '../model/accepted.ts'
import { Trouble } from '../model/trouble.ts'
import { locate, type Path } from './locate.ts'
import { written } from './written.ts'

const text = z.string()

/** The file of a baseline. */
export const baselineSchema = z
  .strictObject({
    schema_version: z.literal(1).describe('Version of this form.'),
    tool: z
      .strictObject({ name: text.describe('Name of the program.'), version: text.describe('Its version.') })
      .describe('What wrote it.'),
    written_at: z.iso.datetime().describe('When it was written, ISO 8601 in UTC.'),
    findings: z
      .array(
        z.strictObject({
          fingerprint: text.describe('Identifies the finding from run to run.'),
          rule: text.describe('Rule that found it.'),
          subject: text.describe('What it is about, for people.'),
          severity: z.enum(['error', 'warning', 'info']).describe('The finding counts as new when it has become worse.'),
          copies: z.int().describe('Copies of one boot request; of more the finding is new.').exactOptional(),
        }),
      )
      .describe('The findings that stood, sorted.'),
  })
  .describe('Baseline of iphelper-audit.') satisfies z.ZodType<Baseline>

/** What to do about a file that is no baseline, or one of another version. */
const ANEW = 'restore it, or remove it and run baseline write'

/** Reads a baseline; throws one sentence where it is none. */
export function readBaseline(file: string): Baseline {
  const source = read(file)
  const trouble = (line: number, sentence: string) => new Trouble('input', `${file}:${line}: ${sentence}`)
  let data: unknown
  try {
    data = JSON.parse(source)
  } catch (error) {
    throw trouble(brokenAt(source, (error as Error).message), `this is no JSON, so it is no baseline; ${ANEW}`)
  }
  const version = typeof data === 'object' && data !== null ? (data as { schema_version?: unknown }).schema_version : undefined
  if (version !== undefined && version !== 1)
    throw trouble(
      lineOf(source, ['schema_version']),
      `this baseline has schema version ${JSON.stringify(version)}, and this version reads 1; use the iphelper-audit that wrote it, or remove it and run baseline write`,
    )
  const parsed = baselineSchema.safeParse(data)
  if (parsed.success) return parsed.data
  const { path = [], message = '' } = parsed.error.issues[0] ?? {}
  throw trouble(
    lineOf(source, path),
    `this is no baseline: ${path.join('.') || 'the whole file'}: ${message.replace(/^Invalid input: /, '')}; ${ANEW}`,
  )
}

function read(file: string): string {
  try {
    return written(readFileSync(file))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    const sentence =
      code === 'ENOENT'
        ? 'there is no such baseline; run baseline write first, or name another file with --baseline'
        : `it cannot be read (${code}); check that it is a file you may read`
    throw new Trouble('input', `${file}:1: ${sentence}`)
  }
}

/**
 * Marks of a merge are the usual fault. Else the JSON parser tells an offset now and then, the YAML parser mostly; a text
 * that just ends is broken in its last line.
 */
function brokenAt(source: string, message: string): number {
  const [, position] = /position (\d+)/.exec(message) ?? []
  const conflict = /^(<{7}|={7}|>{7})/m.exec(source)
  const offset = conflict
    ? conflict.index + 1
    : position === undefined
      ? parseDocument(source, { prettyErrors: false }).errors[0]?.pos[0]
      : Number(position)
  return source.slice(0, offset).trimEnd().split('\n').length
}

/** JSON is YAML too, so the YAML parser knows where things stand. */
function lineOf(source: string, path: Path): number {
  const lines = new LineCounter()
  return locate(parseDocument(source, { lineCounter: lines }), lines, path).line
}
