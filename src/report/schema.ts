// The JSON contract as schemas: what `facts` and `audit` print, checked when it is read back.
import { z } from 'zod'
import type { Device } from '../model/device.ts'
import type { Result } from '../model/result.ts'
import { comparedSchema } from './history-schema.ts'

const line = z.int().min(1)
const int = z.int()
const text = z.string()
const orNull = <T extends z.ZodType>(type: T) => type.nullable()

const protocol = z.enum(['hsrp', 'vrrp', 'glbp', 'anycast'])
const family = z.literal([4, 6])
const address = z.object({ ip: text, prefix: z.int(), secondary: z.boolean(), line })
const group = z.object({
  protocol,
  id: orNull(z.int()),
  version: orNull(z.int()),
  family,
  name: orNull(text),
  enabled: z.boolean(),
  virtual_addresses: z.array(text),
  learned: z.boolean(),
  priority: orNull(z.int()),
  preempt: z.boolean(),
  follow: orNull(text),
  tracked: z.boolean(),
  authentication: orNull(z.object({ token: text, comparable: z.boolean(), line })),
  line,
})
const relay = z.object({
  target: text,
  family,
  vrf: orNull(text),
  redundancy: orNull(text),
  gate: z.enum(['always', 'active-router', 'pair-primary', 'script']),
  live: z.boolean(),
  inert: orNull(
    z.enum(['interface-down', 'relay-service-off', 'bootp-forwarding-off', 'not-selected', 'no-address', 'wrong-vrf']),
  ),
  via: orNull(text),
  via_line: orNull(line),
  options: text.exactOptional(),
  line,
})
const counts = z.object({ total: z.int(), understood: z.int(), ignored: z.int(), unmodelled: z.int(), unrecognized: z.int() })

/** One device, as `facts FILE --format json` prints it. */
export const deviceSchema = z.object({
  device: text,
  platform: text,
  hostname: orNull(text),
  file: text,
  complete: orNull(z.boolean()),
  incomplete: orNull(text),
  pair: orNull(z.object({ domain: text, peer: orNull(text) })),
  interfaces: z.array(
    z.object({
      name: text,
      description: orNull(text),
      enabled: z.boolean(),
      vrf: text,
      vlan: orNull(z.int()),
      addressing: z.enum(['static', 'dynamic', 'unnumbered', 'none']),
      faces_clients: z.boolean(),
      mac: orNull(text),
      option_82: orNull(line),
      line,
      addresses: z.array(address),
      groups: z.array(group),
      relays: z.array(relay),
    }),
  ),
  lines: counts,
  unrecognized: z.array(z.object({ line, text, interface: orNull(text), places: z.boolean() })),
  unresolved: z.array(z.object({ line, name: text, why: z.enum(['undefined', 'empty']), interface: orNull(text) })),
  observed: z.array(
    z.object({
      protocol,
      interface: text,
      group: orNull(z.int()),
      family,
      state: z.enum(['active', 'standby', 'listen', 'init', 'unknown']),
      priority: orNull(z.int()),
      active: orNull(text),
      virtual_address: orNull(text),
      file: text,
      line,
      text,
    }),
  ),
}) satisfies z.ZodType<Device>

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
    'device-not-collected',
    'truncated',
    'unrecognized',
    'unresolved-name',
    'unresolved-host',
    'directed-broadcast',
    'unknown-vrf',
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

/** The result of an audit, as `audit --format json` prints it. */
export const resultSchema = z.object({
  schema_version: z.literal(1),
  tool: z.object({ name: text, version: text }),
  started_at: z.iso.datetime(),
  exit_code: z.int(),
  points: z.array(z.object({ name: text, kind: z.enum(['wds', 'responder', 'other']), addresses: z.array(text) })),
  devices: z.array(
    z.object({
      name: text,
      platform: orNull(text),
      site: text,
      state: z.enum(['collected', 'failed']),
      reason: orNull(text),
      file: text,
      sha256: orNull(text),
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
      evidence: z.array(z.object({ device: text, file: text, line: z.int(), text, note: text })),
    }),
  ),
  remediations: z.array(
    z.object({
      fingerprint: text,
      strategy: text,
      device: text,
      apply: text,
      rollback: text,
      verify: z.array(z.object({ command: text, expect: text })),
      caution: text,
      proven: z.boolean(),
    }),
  ),
  summary: z.object({ segments: int, duplicate: int, single: int, none: int, unknown: int, devices: int, failed: int }),
  history: comparedSchema.exactOptional(),
}) satisfies z.ZodType<Result>
