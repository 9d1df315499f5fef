// What stands inside an interface. Sources and quirks: README.md beside this file.
import { type Context, expandRange, type Fact, ignore, refuse, scope } from '../../src/parse/index.ts'
import { glbp, hsrp, vrrp, vrrpv3 } from './groups.ts'

interface Target {
  readonly target: string
  readonly vrf?: string
  /** The outgoing interface, in one word or in two; several lines may name one target with one each. */
  readonly out?: string
  readonly type?: string
  readonly number?: string
}
/** A relay line on the interface itself, or in a profile that lends its lines to interfaces. */
export const relay =
  (family: 4 | 6) =>
  ({ target, vrf, out, type, number }: Target, { list, set }: Context): Fact => {
    if (list !== undefined) return { kind: 'list-server', target, vrf, family }
    if (set !== undefined) return { kind: 'set-server', target, vrf, family }
    const by = (out ?? (type === undefined ? undefined : `${type}${number}`))?.toLowerCase().replaceAll(' ', '')
    return { kind: 'relay', target, vrf, family, by, vague: true }
  }
/** SVIs and bridge-domain interfaces: the ones that hosts of a VLAN have as their gateway. */
const isGateway = (name = '') => /^(vlan|bdi) ?\d/i.test(name)
/** The set of the context relays for each of the interfaces the statement stands for. */
const members = (name = ''): Fact[] => expandRange(name).map(each => ({ kind: 'set-member', interface: each }))
/** Routers of a fabric share the interface's own address; only SVIs and bridge-domain interfaces can (elsewhere it is refused). */
const anycast = (_: unknown, context: Context): Fact[] =>
  isGateway(context.interface) ? [{ kind: 'group', protocol: 'anycast' }] : []

/** `interface NAME`, at the top or inside of a `configure profile`, whose relays then come through that profile. */
export const interfaceBlock = scope(
  ({ name }: { readonly name: string }, { set }: Context) => ({
    interface: name,
    ...(set === undefined ? {} : { set: `${set} ${name}` }),
  }),
  {
    'description [<text:text>]': ({ text = '' }) => ({ kind: 'description', text }),
    // A profile may never be applied: what it shuts may be up.
    'shutdown [force]': (_, { set }) => (set === undefined ? { kind: 'enabled', on: false } : refuse),
    'no shutdown [force]': () => ({ kind: 'enabled', on: true }),
    'shutdown lan': ignore,
    // "When you change a Layer 3 port to a Layer 2 port ... all layer-dependent configuration is lost."
    'switchport': () => ({ kind: 'bridged', loses: 'layer-3' }),
    'switchport <rest:text>': ignore,
    'vrf member <name>': ({ name }) => ({ kind: 'vrf', name }),
    'encapsulation (dot1q|dot1Q) <id:int>': ({ id }) => ({ kind: 'vlan', id }),
    // Two tags are not one VLAN: which of them the neighbours see as theirs depends on what takes the outer one off.
    'encapsulation (dot1q|dot1Q) <outer:int> second-dot1q <inner:text>': ignore,
    'encapsulation (dynamic|profile|ppp|hdlc) [<rest:text>]': ignore,
    'mac-address <address:mac>': ({ address }) => ({ kind: 'mac', address }),

    'ip address <a:cidr> [secondary] [use-bia] [route-preference <preference:int>] [tag <tag:int>]': ({ a, secondary }) => ({
      kind: 'address',
      ip: a?.ip,
      prefix: a?.prefix,
      secondary,
    }),
    'ip address <a:cidr> [secondary] [use-bia] tag <tag:int> route-preference <preference:int>': ({ a, secondary }) => ({
      kind: 'address',
      ip: a.ip,
      prefix: a.prefix,
      secondary,
    }),
    'ip address <ip:ipv4> <prefix:mask> [secondary] [use-bia] [route-preference <preference:int>] [tag <tag:int>]': ({
      ip,
      prefix,
      secondary,
    }) => ({ kind: 'address', ip, prefix, secondary }),
    'ip address dhcp': () => ({ kind: 'addressing', how: 'dynamic' }),
    'ip unnumbered <name:text>': () => ({ kind: 'addressing', how: 'unnumbered' }),
    'ipv6 address <a:cidr6> [<how:text>]': ({ a }) => (a ? { kind: 'address', ip: a.ip, prefix: a.prefix } : []),
    'ipv6 address (dhcp|autoconfig|use-link-local-only) [<rest:text>]': ignore,

    'ip dhcp relay address <target:ipv4> [use-vrf <vrf>]': relay(4),
    // The device wants the address; a line without it takes nothing back.
    'no ip dhcp relay address': refuse,
    'no ipv6 dhcp relay address': refuse,
    'ip dhcp relay information trusted': ignore,
    'ip dhcp relay (source-address|source-interface|subnet-broadcast) [<rest:text>]': ignore,
    'ip dhcp smart-relay': ignore,
    'ipv6 dhcp relay address <target:ipv6> [use-vrf <vrf>]': relay(6),
    // The outgoing interface, which a link-local or multicast target needs, may be one word or two (`vlan 51`).
    'ipv6 dhcp relay address <target:ipv6> use-vrf <vrf> interface <out:text>': relay(6),
    'ipv6 dhcp relay address <target:ipv6> interface <out>': relay(6),
    'ipv6 dhcp relay address <target:ipv6> interface <out> use-vrf': refuse,
    'ipv6 dhcp relay address <target:ipv6> interface <type> <number>': relay(6),
    'ipv6 dhcp relay address <target:ipv6> interface <out> use-vrf <vrf>': relay(6),
    'ipv6 dhcp relay address <target:ipv6> interface <type> <number> use-vrf <vrf>': relay(6),
    'ipv6 dhcp relay (option|source-interface) [<rest:text>]': ignore,
    // Not NX-OS: whatever wrote this line, it is not read as if it were.
    'ip helper-address [<rest:text>]': refuse,
    // Relays chosen UDP ports to an object group; whether ports 67 and 69 are among them is said elsewhere.
    'ip udp relay <rest:text>': refuse,

    'hsrp <group:int> [<family:ipv4|ipv6>]': hsrp,
    'hsrp version <version:int>': ({ version }) => ({ kind: 'version', version, protocol: 'hsrp' }),
    'hsrp (bfd|delay|mac-refresh|use-bia) [<rest:text>]': ignore,
    'vrrp <group:int>': vrrp,
    'vrrpv3 <group:int> address-family <family:ipv4|ipv6>': vrrpv3,
    'vrrs pathway <rest:text>': refuse,
    'glbp <group:int>': glbp,
    'fabric forwarding mode (anycast-gateway|proxy-gateway)': anycast,

    // What a port profile lends: its relays, and for an SVI perhaps its `no shutdown`. A live SVI is the safe reading.
    'inherit port-profile <profile>': scope(
      ({ profile }) => ({ set: `inherit ${profile}` }),
      {},
      ({ profile }, context) => [
        // Until it says `state enabled` it lends nothing.
        { kind: 'set', via: `port-profile ${profile}`, lends: true, initially: 'not-selected' },
        { kind: 'set-list', list: `port-profile ${profile}` },
        ...members(context.interface),
        ...(isGateway(context.interface) ? [{ kind: 'enabled', on: true, lent: true } as const] : []),
      ],
    ),
    'no inherit port-profile [<profile>]': refuse,
  },
  ({ name }, { set }) => [
    { kind: 'interface' },
    ...(set === undefined ? [] : [{ kind: 'set', via: set.slice(0, -name.length - 1), lends: true } as const, ...members(name)]),
  ],
)
