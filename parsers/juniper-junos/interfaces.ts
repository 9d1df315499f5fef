// [edit interfaces]: units, addresses, VRRP and EVPN gateways. Sources and quirks: README.md beside this file.
import { type Context, type Fact, ignore, part, refuse, scope } from '../../src/parse/index.ts'

interface Numbered {
  readonly group: number
}
/** The group whose state another copies: Junos groups have no names, so it is called `irb.5 group 10`. */
const leader = (name: string, group: number) => `${name} group ${group}`

/** What a VRRP group says in either family. */
const vrrpRows = part({
  'priority <value:int>': ({ value }) => ({ kind: 'priority', value }),
  'preempt [hold-time <seconds:int>]': () => ({ kind: 'preempt', on: true }),
  'no-preempt [<rest:text>]': () => ({ kind: 'preempt', on: false }),
  'track <rest:text>': () => ({ kind: 'tracked' }),
  'vrrp-inherit-from active-interface <name>': ({ name }) => ({ kind: 'follow', leader: name }),
  'vrrp-inherit-from active-interface <name> active-group <number:int>': ({ name, number }) => ({
    kind: 'follow',
    leader: leader(name, number),
  }),
  'vrrp-inherit-from active-group <number:int>': ({ number }, context) => ({
    kind: 'follow',
    leader: leader(context.interface ?? '', number),
  }),
  'accept-data': ignore,
  'no-accept-data': ignore,
  'advertisements-threshold <count:int>': ignore,
  'fast-interval <milliseconds:int>': ignore,
  'authentication-type <type>': ignore,
  'authentication-key <key:text>': ignore,
  'preferred': ignore,
})

const vrrp4 = scope(
  ({ group }: Numbered) => ({ protocol: 'vrrp', group, family: 4 }),
  {
    ...vrrpRows,
    'virtual-address <ip:ipv4>': ({ ip }) => ({ kind: 'virtual', ip }),
    'advertise-interval <seconds:int>': ignore,
  },
  () => ({ kind: 'group' }),
)

const vrrp6 = scope(
  ({ group }: Numbered) => ({ protocol: 'vrrp', group, family: 6 }),
  {
    ...vrrpRows,
    'virtual-inet6-address <ip:ipv6>': ({ ip }) => ({ kind: 'virtual', ip }),
    'virtual-link-local-address <ip:ipv6>': ({ ip }) => ({ kind: 'virtual', ip }),
    'inet6-advertise-interval <milliseconds:int>': ignore,
  },
  () => ({ kind: 'group' }),
)

/** A logical interface. Inside a logical system it starts out in that system's own routing table. */
const unit = scope(
  ({ unit }: { readonly unit: number }, { list }: Context) => ({ interface: `${list}.${unit}` }),
  {
    'disable': () => ({ kind: 'enabled', on: false }),
    'enable': () => ({ kind: 'enabled', on: true }),
    'description [<text:text>]': ({ text = '' }) => ({ kind: 'description', text }),
    'vlan-id <id:int>': ({ id }) => ({ kind: 'vlan', id }),
    // Tags that are put on or taken off in passing.
    'input-vlan-map [<rest:text>]': ignore,
    'output-vlan-map [<rest:text>]': ignore,
    'mac <address:mac>': ({ address }) => ({ kind: 'mac', address }),
    'virtual-gateway-accept-data': ignore,
    'virtual-gateway-v4-mac <address>': ignore,
    'virtual-gateway-v6-mac <address>': ignore,
    'virtual-gateway-esi [<rest:text>]': ignore,
    'no-virtual-gateway-esi': ignore,
    'proxy-macip-advertisement': ignore,
    'family inet address <a:cidr>': scope(
      () => ({}),
      {
        'vrrp-group <group:int>': vrrp4,
        'virtual-gateway-address <ip:ipv4>': ({ ip }) => ({ kind: 'virtual', ip, protocol: 'anycast', family: 4 }),
        'primary': ignore,
        'preferred': ignore,
        'master-only': ignore,
      },
      ({ a }) => ({ kind: 'address', ip: a.ip, prefix: a.prefix }),
    ),
    'family inet address <ip:ipv4> [primary] [preferred]': ({ ip }) => ({ kind: 'address', ip, prefix: 32 }),
    'family inet dhcp [<rest:text>]': () => ({ kind: 'addressing', how: 'dynamic' }),
    'family inet dhcp-client [<rest:text>]': () => ({ kind: 'addressing', how: 'dynamic' }),
    'family inet negotiate-address': () => ({ kind: 'addressing', how: 'dynamic' }),
    'family inet unnumbered-address <rest:text>': () => ({ kind: 'addressing', how: 'unnumbered' }),
    'family inet6 address <a:cidr6>': scope(
      () => ({}),
      {
        'vrrp-inet6-group <group:int>': vrrp6,
        'virtual-gateway-address <ip:ipv6>': ({ ip }) => ({ kind: 'virtual', ip, protocol: 'anycast', family: 6 }),
        'primary': ignore,
        'preferred': ignore,
        'eui-64': ignore,
      },
      ({ a }) => ({ kind: 'address', ip: a.ip, prefix: a.prefix }),
    ),
    'family inet6 address <ip:ipv6> [primary] [preferred]': ({ ip }) => ({ kind: 'address', ip, prefix: 128 }),
  },
  (_, context): Fact[] =>
    context.vrf === undefined
      ? [{ kind: 'interface' }]
      : [{ kind: 'interface' }, { kind: 'vrf', name: context.vrf, interface: context.interface }],
)

/**
 * A physical interface (or `irb`, `vlan`): its name is kept as `list`, for its units. What is not recognised here
 * concerns all of them, so the context names no interface.
 */
export const interfaceBlock = scope(({ name }: { readonly name: string }) => ({ list: name }), {
  'disable': scope(
    (_, { list = '' }) => ({ interface: list }),
    {},
    () => ({ kind: 'enabled', on: false }),
  ),
  'enable': scope(
    (_, { list = '' }) => ({ interface: list }),
    {},
    () => ({ kind: 'enabled', on: true }),
  ),
  'mac <address:mac>': scope(
    (_, { list = '' }) => ({ interface: list }),
    {},
    ({ address }) => ({ kind: 'mac', address }),
  ),
  'unit <unit:int>': unit,
  // It lost its unit, or was written by hand as `irb.10 { family ...`.
  'family [<rest:text>]': refuse,
})
