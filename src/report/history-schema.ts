// What a result says of the runs before, as a schema.
import { z } from 'zod'
import type { History } from '../model/history.ts'

const text = z.string()
const int = z.int()
const time = z.iso.datetime()

/** What a result says of the runs before. */
export const comparedSchema = z.object({
  run: int,
  previous: z.object({ run: int, started_at: time, exit_code: int }).nullable(),
  finished_at: time,
  last_success_at: time.nullable(),
  counts: z.object({ new: int, standing: int, not_judged: int, resolved: int, accepted: int }),
  findings: z.array(
    z.object({
      fingerprint: text,
      rule: text,
      severity: z.enum(['error', 'warning', 'info']),
      copies: int.exactOptional(),
      site: text,
      subject: text,
      message: text,
      waived: text.nullable(),
      status: z.enum(['new', 'standing', 'resolved']),
      not_judged: text.nullable(),
      caveat: text.nullable(),
      first_seen: time,
      last_seen: time,
    }),
  ),
  changes: z.array(text),
  oldest_open: z.object({ fingerprint: text, first_seen: time }).nullable(),
  time_to_fix: z.object({ findings: int, median_seconds: int.nullable() }),
  trend: z
    .object({
      runs: z.array(z.object({ at: time, duplicate: int, unknown: int, findings: int, by_site: z.record(text, int) })),
    })
    .exactOptional(),
}) satisfies z.ZodType<History>
