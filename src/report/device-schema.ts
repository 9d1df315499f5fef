// One device as a schema: what `facts FILE --format json` prints.
import { z } from 'zod'
import type { Device } from '../model/device.ts'

const line = z.int().min(1)
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
  gate: z.enum(['always', 'active-router', 'pair-primary', 'script', 'fabric-edge', 'flooded-edge']),
  live: z.boolean(),
  inert: orNull(
    z.enum(['interface-down', 'relay-service-off', 'bootp-forwarding-off', 'not-selected', 'no-address', 'wrong-vrf']),
  ),
  via: orNull(text),
  via_line: orNull(line),
  options: text.exactOptional(),
  tunnel: text.exactOptional(),
  follows: z.object({ protocol: z.enum(['hsrp', 'vrrp', 'glbp', 'anycast']), id: orNull(z.int()) }).exactOptional(),
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
  tunnels: z.array(text).exactOptional(),
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
  unresolved: z.array(
    z.object({ line, name: text, why: z.enum(['undefined', 'empty', 'detached', 'closed']), interface: orNull(text) }),
  ),
  observed: z.array(
    z.object({
      protocol,
      interface: text,
      group: orNull(z.int()),
      family,
      state: z.enum(['active', 'standby', 'listen', 'init', 'unknown']),
      priority: orNull(z.int()),
      active: orNull(text),
      standby: text.exactOptional(),
      virtual_address: orNull(text),
      file: text,
      line,
      text,
    }),
  ),
}) satisfies z.ZodType<Device>
