// The result of a validation as a schema: what `validate --format json` prints.
import { z } from 'zod'
import type { Validation } from '../model/validation.ts'
import { resultSchema } from './schema.ts'

const text = z.string()
const orNull = <T extends z.ZodType>(type: T) => type.nullable()
const { tool, started_at, exit_code, points, findings, summary, segments } = resultSchema.shape
const finding = findings.element
const { reasons, verdict, copies, survives_failover } = segments.element.shape.pxe.element.shape
const { code } = reasons.element.shape

const side = z.object({ from: text, summary })
const deviceSide = orNull(
  z.object({ state: z.enum(['collected', 'failed']), file: text, reason: orNull(text), complete: orNull(z.boolean()) }),
)
const verdictSide = orNull(
  z.object({
    verdict,
    copies,
    survives_failover,
    reasons: z.array(
      z.object({
        code,
        message: text,
        device: orNull(text),
        file: orNull(text),
        line: orNull(z.int().min(1)),
        text: orNull(text),
      }),
    ),
  }),
)
const findingChange = z.object({ fingerprint: text, rule: text, subject: text, before: orNull(finding), after: orNull(finding) })

/** What a change introduces, fixes and leaves. */
export const validationSchema = z.object({
  schema_version: z.literal(1),
  kind: z.literal('validation'),
  tool,
  started_at,
  exit_code,
  scope: z.enum(['all', 'changed']),
  points,
  current: side,
  proposed: side,
  changes: z.array(
    z.object({
      device: text,
      file: text,
      refused: z.array(z.object({ line: z.int().min(1), text })),
      effect: z.boolean(),
    }),
  ),
  devices: z.array(
    z.object({
      name: text,
      site: text,
      change: z.enum(['changed', 'appeared', 'removed', 'lost', 'regained']),
      before: deviceSide,
      after: deviceSide,
    }),
  ),
  segments: z.object({ appeared: z.array(text), vanished: z.array(text), touched: z.int() }),
  verdicts: z.array(z.object({ segment: text, point: text, before: verdictSide, after: verdictSide })),
  findings: z.object({
    introduced: z.array(findingChange),
    fixed: z.array(findingChange),
    unchanged: z.array(findingChange),
    unjudged: z.array(findingChange.extend({ why: text })),
  }),
  incomplete: z.array(text),
}) satisfies z.ZodType<Validation>
