// A line of the history as a schema: what is written is checked when it is read back.
import { z } from 'zod'
import type { CloseLine, HistoryLine, RunLine, ToldLine } from '../model/history.ts'

const text = z.string()
const number = z.int()
const time = z.iso.datetime()
const version = z.literal(1)

const remembered = z.object({
  fingerprint: text,
  rule: text,
  severity: z.enum(['error', 'warning', 'info']),
  copies: number.exactOptional().describe('Copies of one boot request, where it is about them.'),
  subject: text,
  message: text,
  waived: text.nullable().describe('Why it was accepted; null when it stands.'),
  site: text,
  devices: z.array(text),
  segment: z.object({ id: text, subnets: z.array(text) }).nullable(),
  point: text.nullable(),
  points: z.array(text).describe('PXE points whose verdicts have to be known before it is resolved.'),
})
const counts = z.object({
  segments: number,
  duplicate: number,
  single: number,
  none: number,
  unknown: number,
  devices: number,
  failed: number,
  cut: number,
  stale: number,
  error: number,
  warning: number,
  info: number,
  accepted: number,
  not_judged: number,
})
const listener = z.enum(['command', 'webhook'])

const run = z
  .object({
    schema_version: version,
    kind: z.literal('run'),
    run: number.min(1).describe('Counts up; clocks may not.'),
    started_at: time,
    finished_at: time,
    tool: z.object({ name: text, version: text }),
    exit_code: number,
    result: text.nullable().describe('The stored result, relative to the state; null where it could not be stored.'),
    summary: z.object({
      segments: number,
      duplicate: number,
      single: number,
      none: number,
      unknown: number,
      devices: number,
      failed: number,
    }),
    sites: z.record(text, counts).describe('The same, and findings by severity, per site.'),
    failed: z.array(text).describe('Devices that could not be read.'),
    findings: z.array(remembered).describe('Findings that are new, or of which something has changed.'),
    resolved: z.array(z.object({ fingerprint: text, caveat: text.exactOptional() })),
    renamed: z.array(z.object({ from: text, to: text })).describe('Findings that go on under another fingerprint.'),
    not_judged: z
      .array(z.object({ reason: text, fingerprints: z.array(text) }))
      .describe('Findings that stand without being judged.'),
    tell: z.array(listener).describe('Who was to be told.'),
  })
  .describe('One audit.') satisfies z.ZodType<RunLine>

const told = z
  .object({ schema_version: version, kind: z.literal('told'), run: number, listener })
  .describe('Somebody was told of a run, and of those before it.') satisfies z.ZodType<ToldLine>

const close = z
  .object({ schema_version: version, kind: z.literal('close'), at: time, reason: text, fingerprints: z.array(text) })
  .describe('A person has closed findings that no run could judge any more.') satisfies z.ZodType<CloseLine>

/** One line of `history.ndjson`; `schema history` prints it as JSON Schema. */
export const historySchema = z
  .discriminatedUnion('kind', [run, told, close])
  .describe('One line of the history of iphelper-audit.') satisfies z.ZodType<HistoryLine>
