// The JSON contract as schemas: what `audit` prints, checked when it is read back.
import { z } from 'zod'
import { STRATEGIES } from '../model/remedy.ts'
import type { Result } from '../model/result.ts'
import { comparedSchema } from './history-schema.ts'

export { deviceSchema } from './device-schema.ts'

const line = z.int().min(1)
const int = z.int()
const text = z.string()
const orNull = <T extends z.ZodType>(type: T) => type.nullable()

const severity = z.enum(['error', 'warning', 'info'])
const verdict = z.enum(['duplicate', 'single', 'none', 'unknown'])
const reason = z.object({
  code: z.enum([
    'relays',
    'no-relay',
    'gated',
    'gate-unresolved',
    'inert',
    'peer-missing',
    'gate-unclear',
    'forwarding-unclear',
    'dropped-requests',
    'fabric-unclear',
    'device-not-collected',
    'truncated',
    'unrecognized',
    'unresolved-name',
    'unresolved-host',
    'directed-broadcast',
    'unknown-vrf',
    'relayed-on',
    'no-address',
    'server-on-segment',
    'same-subnet',
    'same-address',
    'stale',
    'group-off',
    'completeness-not-provable',
    'assumed-pair',
  ]),
  message: text,
  device: orNull(text),
  line: orNull(line),
})
const member = z.object({
  device: text,
  interface: text,
  address: orNull(text),
  role: z.enum(['active', 'standby', 'forwarding', 'alone', 'down', 'unknown']),
  confidence: z.enum(['high', 'medium', 'low', 'none']),
  reason: text,
  observed: z.boolean(),
})

const kind = z.enum(['wds', 'responder', 'other'])
const verify = z.array(z.object({ command: text, expect: text }))

/** The result of an audit, as `audit --format json` prints it. */
export const resultSchema = z.object({
  schema_version: z.literal(1),
  tool: z.object({ name: text, version: text }),
  started_at: z.iso.datetime(),
  exit_code: z.int(),
  points: z.array(z.object({ name: text, kind, addresses: z.array(text) })),
  devices: z.array(
    z.object({
      name: text,
      platform: orNull(text),
      site: text,
      state: z.enum(['collected', 'failed']),
      reason: orNull(text),
      file: text,
      sha256: orNull(text),
      content_sha256: text.exactOptional(),
      collected_at: orNull(text),
      complete: orNull(z.boolean()),
      stale: z.literal(true).exactOptional(),
    }),
  ),
  segments: z.array(
    z.object({
      id: text,
      site: text,
      vrf: text,
      subnets: z.array(text),
      members: z.array(member),
      pxe: z.array(
        z.object({
          point: text,
          copies: orNull(z.int()),
          verdict,
          survives_failover: orNull(z.boolean()),
          reasons: z.array(reason),
        }),
      ),
    }),
  ),
  findings: z.array(
    z.object({
      rule: text,
      severity,
      fingerprint: text,
      subject: text,
      message: text,
      waived: orNull(text),
      copies: z.int().exactOptional(),
      evidence: z.array(
        z.object({
          ...{ device: text, file: text, line: z.int(), text, note: text },
          within: z.object({ line: z.int(), text }).exactOptional(),
        }),
      ),
    }),
  ),
  remediations: z.array(
    z.object({
      fingerprint: text,
      strategy: z.enum(STRATEGIES),
      plan: text,
      keeps: orNull(text),
      choice: z.enum(['default', 'alternative', 'person']),
      device: text,
      apply: text,
      rollback: text,
      verify,
      caution: text,
      trade_off: text,
      proven: z.boolean(),
      withheld: orNull(text),
    }),
  ),
  server_workarounds: z
    .array(
      z.object({
        point: text,
        apply: text,
        rollback: text,
        reg: text,
        reg_rollback: text,
        verify,
        caution: text,
        trade_off: text,
      }),
    )
    .exactOptional(),
  summary: z.object({ segments: int, duplicate: int, single: int, none: int, unknown: int, devices: int, failed: int }),
  history: comparedSchema.exactOptional(),
  basis: z
    .object({
      points: z.array(
        z.object({
          name: text,
          kind,
          addresses: z.array(text),
          retired: z.array(text),
          hostnames: z.array(text),
          networks: z.array(text),
          vrf: orNull(text),
          sites: orNull(z.array(text)),
        }),
      ),
      assume_pairs: z.boolean(),
      hosts: z.record(text, z.array(text)),
    })
    .exactOptional(),
}) satisfies z.ZodType<Result>
