import { type Fact, ignore, refuse, rows, scope } from '../../src/parse/index.ts'
import { pair } from './pair.ts'
import { interfaceDefaults, interfaceProfile } from './profiles.ts'
import { typesRelays } from './scripts.ts'
import { vlans } from './vlans.ts'

/** A negated line may stop before its captures (`no ip address virtual`), so any of them can be missing. */
type Maybe<T> = T | undefined
type Cidr = { readonly ip: string; readonly prefix: number }

const address = (a: Maybe<Cidr>, secondary?: true): Fact => ({ kind: 'address', ip: a?.ip, prefix: a?.prefix, secondary })
const address6 = (a: Maybe<Cidr>): Fact => ({ kind: 'address', ip: a?.ip, prefix: a?.prefix, family: 6 })
/**
 * VARP and `ip address virtual`: all shared addresses of an interface are one gateway, which has no number. Without an
 * address the line is one of `show running-config all`, which says that the interface has none of that kind; those of
 * the other kind stay.
 */
const shared = (ip: Maybe<string>): readonly Fact[] => (ip === undefined ? [] : [{ kind: 'virtual', ip, protocol: 'anycast' }])
/** An address of the interface that its peers have as well. */
const anycast = (a: Maybe<Cidr>, secondary?: true): readonly Fact[] =>
  a?.ip === undefined ? [] : [address(a, secondary), ...shared(a.ip)]
const vrrp = (group: number) => ({ protocol: 'vrrp', group }) as const
/** `show running-config all` prints the zero address where none is set. */
const virtual = (family: 4 | 6, group: number, ip: Maybe<string>): readonly Fact[] => {
  // Negated without an address, it takes back those of its own family.
  if (ip === undefined) return [{ kind: 'learned', of: family, ...vrrp(group) }]
  return ip === '0.0.0.0' || ip === '::' ? [] : [{ kind: 'virtual', ip, ...vrrp(group) }]
}

/** What a trunk carries. Taken back, it is all of them, which is the default. */
const allowed = (vlans: Maybe<string>): Fact =>
  vlans === 'all' || vlans === undefined
    ? { kind: 'trunk', how: 'except', vlans: '' }
    : { kind: 'trunk', how: 'only', vlans: vlans === 'none' ? '' : vlans }

interface Helper {
  readonly target: string
  readonly vrf?: string
  readonly how?: string
  readonly source?: string
  readonly link?: string
}
const relay = ({ target, vrf, how, source, link }: Helper, family?: 6): Fact => {
  const options = [how, source, link && `link-address ${link}`].filter(word => word !== undefined).join(' ')
  return { kind: 'relay', target, family, vrf, options: options === '' ? undefined : options }
}

export const table = rows({
  'hostname <name>': ({ name }) => ({ kind: 'hostname', name }),
  'ip virtual-router mac-address <rest:text>': ignore,
  'ip virtual-router address subnet-routes': ignore,
  'ip dhcp relay information option': () => ({ kind: 'option-82', of: 'device', setting: 'option', on: true }),
  'ip dhcp relay information option (circuit-id|remote-id) <rest:text>': ignore,
  'ip dhcp relay (always-on|all-subnets) [<rest:text>]': ignore,
  'ip dhcp smart-relay global': ignore,
  'ipv6 dhcp relay (always-on|all-subnets|option) [<rest:text>]': ignore,

  ...pair,
  ...vlans,

  // Typed in a session: what stands above is not applied, or goes. Neither shows what is left.
  'abort': refuse,
  'rollback <rest:text>': refuse,

  // What is run when something happens: a relay may come and go by it.
  'schedule <name> <typed:text>': ({ typed }) => (typesRelays(typed) ? refuse : []),
  'event-handler <name>': scope(() => ({}), {
    'action bash <typed:text>': ({ typed }) => (typesRelays(typed) ? refuse : []),
  }),
  'interface defaults': interfaceDefaults,
  'interface profile <name:text>': interfaceProfile,
  // A list or a range of names needs no word for it; what wrote this meant another system.
  'interface range <rest:text>': refuse,
  'interface <name:ports>': scope(
    ({ name }) => ({ interface: name }),
    {
      'description [<text:text>]': ({ text = '' }) => ({ kind: 'description', text }),
      'shutdown': () => ({ kind: 'enabled', on: false }),
      'switchport [<rest:text>]': ignore,
      'switchport mode <mode:text>': ({ mode }) => ({ kind: 'trunking', on: mode === 'trunk' || mode === undefined }),
      'switchport trunk allowed vlan <vlans>': ({ vlans }) => allowed(vlans),
      'switchport trunk allowed vlan <how:add|remove|except> <vlans>': ({ how, vlans }) => ({ kind: 'trunk', how, vlans }),
      'switchport trunk group <group>': ({ group }) => ({ kind: 'trunk-group', group }),
      'profile <names:text>': () => ({ kind: 'borrowing' }),
      'vrf <name>': ({ name }) => ({ kind: 'vrf', name }),
      'vrf forwarding <name>': ({ name }) => ({ kind: 'vrf', name }),
      // Cut off, it is not a VRF of that name.
      'vrf forwarding': refuse,
      'encapsulation dot1q vlan <id:int>': ({ id }) => ({ kind: 'vlan', id }),
      'encapsulation dot1q vlan <outer:int> inner <inner:int>': ignore,
      'encapsulation vlan': scope(() => ({}), {
        'client dot1q <id:int> [<rest:text>]': ({ id }) => ({ kind: 'vlan', id }),
        'client (dot1q|dot1ad) outer <rest:text>': ignore,
        'client dot1ad <id:int> [<rest:text>]': ignore,
        'client (untagged|unmatched) [<rest:text>]': ignore,
      }),
      'encapsulation (vn-tag|dot1br) <rest:text>': ignore,
      'vxlan vlan <vlans> vni <vnis>': ({ vlans, vnis }) => ({ kind: 'tunneled', vlans, vnis }),
      // As it is typed (pyeapi); it is printed without `add`.
      'vxlan vlan add <vlans> vni <vnis>': ({ vlans, vnis }) => ({ kind: 'tunneled', vlans, vnis }),
      'vxlan vlan remove <vlans> vni [<rest:text>]': ({ vlans }) => ({ kind: 'tunneled', vlans, vnis: undefined }),
      'vxlan vlan <rest:text>': ignore,
      'mac-address <address:mac>': ({ address }) => ({ kind: 'mac', address }),

      'ip address <a:cidr> [secondary]': ({ a, secondary }) => address(a, secondary),
      'ip address <ip:ipv4> <prefix:mask> [secondary]': ({ ip, prefix, secondary }) => address({ ip, prefix }, secondary),
      'ip address virtual <a:cidr> [secondary]': ({ a, secondary }) => anycast(a, secondary),
      'ip address virtual <ip:ipv4> <prefix:mask> [secondary]': ({ ip, prefix, secondary }) => anycast({ ip, prefix }, secondary),
      'ip address dhcp': () => ({ kind: 'addressing', how: 'dynamic' }),
      'ip address unnumbered <name:text>': () => ({ kind: 'addressing', how: 'unnumbered' }),
      // `show running-config all` of old releases.
      'no ip virtual address': ignore,
      'ip virtual-router address <ip:ipv4>': ({ ip }) => shared(ip),
      'ip virtual-router address <a:cidr>': ({ a }) => shared(a?.ip),
      'ipv6 address <a:cidr6> [<how:eui-64|link-local>]': ({ a }) => address6(a),
      'ipv6 address <ip:ipv6> link-local': ({ ip }) => address6({ ip, prefix: 128 }),
      'ipv6 address (auto-config|dhcp) [<rest:text>]': ignore,
      'ipv6 address virtual <a:cidr6>': ({ a }) => anycast(a),
      'ipv6 virtual-router address <ip:ipv6>': ({ ip }) => shared(ip),
      'ipv6 virtual-router address <a:cidr6>': ({ a }) => shared(a?.ip),

      'ip helper-address <target:ipv4> [vrf <vrf>]': c => relay(c),
      'ip helper-address <target:host> [vrf <vrf>]': c => relay(c),
      'ip helper-address <target:ipv4> [vrf <vrf>] source-interface <source:ports>': c =>
        relay({ ...c, how: 'source-interface' }),
      'ip helper-address <target:host> [vrf <vrf>] source-interface <source:ports>': c =>
        relay({ ...c, how: 'source-interface' }),
      'ip helper-address <target:ipv4> [vrf <vrf>] source-address <source:ipv4>': c => relay({ ...c, how: 'source-address' }),
      'ip helper-address <target:host> [vrf <vrf>] source-address <source:ipv4>': c => relay({ ...c, how: 'source-address' }),
      'ipv6 dhcp relay destination <target:ipv6> [vrf <vrf>] [<how:local-interface|source-address> <source>] [link-address <link>]':
        c => relay(c, 6),
      // The manual spells the override of a default DHCPv6 server so.
      'ipv6 helper-address <target:ipv6>': ({ target }) => ({ kind: 'relay', family: 6, target }),
      'dhcp relay <family:ipv4|ipv6> disabled': ({ family }) => ({
        kind: 'relaying',
        family: family === 'ipv4' ? 4 : 6,
        on: false,
      }),
      'default ip dhcp relay': ignore,
      // Says what stands in the option of this interface; only the line at the top adds one.
      'ip dhcp relay information option (circuit-id|remote-id) <rest:text>': ignore,
      'ip dhcp relay (all-subnets|client) [<rest:text>]': ignore,
      'ip dhcp smart-relay': ignore,
      'ipv6 dhcp relay (all-subnets|install|option) [<rest:text>]': ignore,

      'vrrp <group:int> (ip|ipv4) <ip:ipv4> [secondary]': ({ group, ip }) => virtual(4, group, ip),
      'vrrp <group:int> ipv6 <ip:ipv6> [secondary]': ({ group, ip }) => virtual(6, group, ip),
      'vrrp <group:int> (ip|ipv4) version <version:int>': ({ group, version }) => ({ kind: 'version', version, ...vrrp(group) }),
      'vrrp <group:int> (priority|priority-level) <value:int>': ({ group, value }) => ({
        kind: 'priority',
        value,
        ...vrrp(group),
      }),
      'vrrp <group:int> preempt': ({ group }) => ({ kind: 'preempt', on: true, ...vrrp(group) }),
      // Preemption is on by default, so here `default` does not mean the same as `no`.
      'default vrrp <group:int> preempt': ({ group }) => ({ kind: 'preempt', on: true, ...vrrp(group) }),
      // Printed even where preemption is off, so it does not turn it on.
      'vrrp <group:int> preempt delay [<rest:text>]': ignore,
      'vrrp <group:int> (track|tracked-object) <rest:text>': ({ group }) => ({ kind: 'tracked', ...vrrp(group) }),
      'vrrp <group:int> (shutdown|disabled)': ({ group }) => ({ kind: 'group-enabled', on: false, ...vrrp(group) }),
      'vrrp <group:int> (timers|delay|advertisement|mac-address|bfd) [<rest:text>]': ignore,
      'vrrp <group:int> (authentication|peer|description|session) [<rest:text>]': ignore,
      'no vrrp <group:int>': ({ group }) => ({ kind: 'group-removed', ...vrrp(group) }),
      'default vrrp <group:int>': ({ group }) => ({ kind: 'group-removed', ...vrrp(group) }),
    },
    () => ({ kind: 'interface' }),
  ),
})
