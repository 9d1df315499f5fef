import { ignore, refuse, rows, scope } from '../../src/parse/index.ts'
import { interfaceBlock, relay } from './interface.ts'
import { typesRelays } from './scripts.ts'

/** Everything NX-OS writes that bears on gateways and relays. Sources and quirks: README.md beside this file. */
export const table = rows({
  'hostname <name>': ({ name }) => ({ kind: 'hostname', name }),
  'switchname <name>': ({ name }) => ({ kind: 'hostname', name }),

  'feature dhcp': () => ({ kind: 'switch', name: 'feature dhcp', on: true }),
  // A feature that is disabled takes along all that was configured by it.
  'no feature dhcp': () => [
    { kind: 'switch', name: 'feature dhcp', on: false },
    { kind: 'erase', relays: true },
  ],
  'no feature interface-vlan': () => ({ kind: 'erase', interfaces: /^vlan/i }),
  'no feature hsrp': () => ({ kind: 'erase', groups: 'hsrp' }),
  'no feature vrrp': () => ({ kind: 'erase', groups: 'vrrp', version: 2 }),
  'no feature vrrpv3': () => ({ kind: 'erase', groups: 'vrrp', version: 3 }),
  'no feature glbp': () => ({ kind: 'erase', groups: 'glbp' }),
  'no feature fabric forwarding': () => ({ kind: 'erase', groups: 'anycast' }),
  'feature vpc': () => ({ kind: 'pair', domain: undefined }),
  'service dhcp': () => ({ kind: 'switch', name: 'service dhcp', on: true }),
  'ip dhcp relay': () => ({ kind: 'switch', name: 'ip dhcp relay', on: true }),
  'ip dhcp relay information option': () => ({ kind: 'option-82', of: 'device', setting: 'option', on: true }),
  'ip dhcp relay information option vpn': () => ({ kind: 'option-82', of: 'device', setting: 'vpn', on: true }),
  // What becomes of an option 82 that others have added, and what stands in one.
  'ip dhcp relay information option (trust|server-id-override-disable)': ignore,
  'ip dhcp relay information trust-all': ignore,
  'ip dhcp relay (source-address|source-interface|sub-option) [<rest:text>]': ignore,
  'ip dhcp smart-relay [global]': ignore,
  'ipv6 dhcp relay': () => ({ kind: 'switch', name: 'ipv6 dhcp relay', on: true }),
  'ipv6 dhcp relay (option|source-interface) [<rest:text>]': ignore,

  // Anycast HSRP bundles and timers move roles between routers; they never stop a relay.
  'hsrp (anycast|bfd|timers) [<rest:text>]': ignore,
  'glbp timers <rest:text>': ignore,
  'fabric forwarding anycast-gateway-mac <mac>': ignore,
  // vPC has no command that keeps one of the two halves from relaying.
  'vpc domain <domain:int>': scope(
    () => ({}),
    {
      // Mostly the other half's management port; whether it was read is told by that address.
      'peer-keepalive destination <ip:ipv4> [<rest:text>]': ({ ip }) => ({ kind: 'pair-peer', ip }),
      'peer-keepalive destination <ip:ipv6> [<rest:text>]': ({ ip }) => ({ kind: 'pair-peer', ip }),
      'shutdown': () => ({ kind: 'pair-up', on: false }),
    },
    ({ domain }) => ({
      kind: 'pair',
      domain: `${domain}`,
    }),
  ),

  // The interface of a VLAN that is not there, suspended or shut is down.
  'vlan <vlans:vlans>': scope(
    ({ vlans }) => ({ vlans }),
    {
      'state <how:active|suspend>': ({ how }) => ({ kind: 'vlan-off', by: 'state', off: how === 'suspend' }),
      'no state [<how>]': () => ({ kind: 'vlan-off', by: 'state', off: false }),
      'shutdown': () => ({ kind: 'vlan-off', by: 'shutdown', off: true }),
    },
    () => ({ kind: 'vlan-off', by: 'absence', off: false }),
  ),
  'vlan (access-map|configuration|dot1q|dot1Q|filter) [<rest:text>]': ignore,
  // What becomes of the interfaces in it is not documented.
  'no vrf context <name>': refuse,

  'interface breakout <rest:text>': ignore,
  // A list or a range of names needs no word for it; what wrote this meant another system.
  'interface range <rest:text>': refuse,
  'interface <name:ports>': interfaceBlock,
  'port-profile [type <type>] <name>': scope(
    ({ name }) => ({ list: `port-profile ${name}`, set: `inherit ${name}` }),
    {
      'ip dhcp relay address <target:ipv4> [use-vrf <vrf>]': relay(4),
      'ip dhcp relay information trusted': ignore,
      'ip dhcp relay (source-address|source-interface|subnet-broadcast) [<rest:text>]': ignore,
      'ipv6 dhcp relay address <target:ipv6> [use-vrf <vrf>]': relay(6),
      // Up to four levels deep; the interfaces that inherit the outer profile are told as not understood.
      'inherit port-profile <inner>': scope(
        (_, { list = '' }) => ({ set: list.replace('port-profile', 'inherit') }),
        {},
        ({ inner }, { list = '' }) => ({ kind: 'set-list', list: `port-profile ${inner} inherited by ${list}` }),
      ),
      'state enabled': () => ({ kind: 'set-off', reason: null }),
      'vrf member <rest:text>': refuse,
      'ip address <rest:text>': refuse,
      'ip unnumbered <rest:text>': refuse,
      'ip udp relay <rest:text>': refuse,
      'ipv6 address <rest:text>': refuse,
      'hsrp <rest:text>': refuse,
      'vrrp <rest:text>': refuse,
      'vrrpv3 <rest:text>': refuse,
      'glbp <rest:text>': refuse,
      'fabric forwarding mode <rest:text>': refuse,
    },
    // Makes the profile known even when it relays nothing.
    () => ({ kind: 'list-server', target: undefined }),
  ),
  // A profile that a fabric controller wrote. One that is never applied is read as if it were: more relays, never fewer.
  'configure profile <name>': scope(({ name }) => ({ set: `profile ${name}` }), { 'interface <name:ports>': interfaceBlock }),
  // Typed in a change: what is there afterwards stands somewhere else.
  'abort': refuse,
  'rollback <rest:text>': refuse,
  'configure replace <rest:text>': refuse,
  // The word alone means the terminal; the lines typed in the other modes are committed in the end.
  'conf [(t|te|ter|term|terminal|sync)]': ignore,
  'conf <rest:text>': refuse,
  'config [(t|te|ter|term|terminal|sync)]': ignore,
  'config <rest:text>': refuse,
  'configure [(t|te|ter|term|terminal|sync|exclusive|dual-stage)]': ignore,
  'configure session <name>': ignore,
  // What follows is typed for another virtual device.
  'switchto <rest:text>': refuse,
  // What both halves of a pair take over; once committed it is a part of the configuration.
  'switch-profile <name>': scope(() => ({}), { 'interface <name:ports>': interfaceBlock }),
  // What a switch types when it leaves the network, and when it comes back.
  'configure maintenance profile <name>': ignore,
  // What is typed when something happens: a relay may come and go by it, on an interface that other lines of it name.
  'event manager applet <name> [<rest:text>]': scope(() => ({}), {
    'action <label> cli <typed:text>': ({ typed }) => (typesRelays(typed) ? refuse : []),
    'action <label> <what> [<rest:text>]': ignore,
  }),
  'apply profile <name>': ignore,
  // What a profile did is taken back, or done anew by another one: what is left shows in no line of these.
  'no apply profile <rest:text>': refuse,
  'no configure profile <rest:text>': refuse,
  'refresh profile <rest:text>': refuse,
  // The switch leaves the network by a profile that it may have made itself, or comes back by one.
  'system mode maintenance [(dont-generate-profile|shutdown|always-use-custom-profile)]': refuse,
  'system mode maintenance (on-reload|timeout) <rest:text>': ignore,
  // Fills in the profile's variables, which are not followed.
  'apply profile <name> <parameters:text>': refuse,
})
