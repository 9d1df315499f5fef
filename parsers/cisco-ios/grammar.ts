import { ignore, part, refuse, rows, scope } from '../../src/parse/index.ts'
import { groupRows } from './groups.ts'
import { globalRows, localRows } from './option-82.ts'

/** `... [interface] [vrf NAME | global] [source-address X]` behind a DHCPv6 relay destination. */
const vrfIn = (rest = '') => /(?:^| )vrf (\S+)/.exec(rest)?.[1] ?? (/(?:^| )global( |$)/.test(rest) ? 'default' : undefined)
/** The interface among them: it is the one that requests leave by. */
const interfaceIn = (rest = '') => rest.replace(/(?:^| )(?:vrf \S+|global|source-address \S+)(?= |$)/g, '').trim() || undefined

/** What an applet types about relays, whole or shortened as far as the device takes it; with a variable in front it may be anything. */
const RELAYS = /^"?\s*(?:(?:no|default)\s+)?(?:\$|ip\s+(?:help|forward-p)|ip(?:v6)?\s+dhcp\s+rel|serv\S*\s+dhcp)/i

/** What a class of a pool relays to. What stops behind its VRF names nothing, and so takes nothing back. */
const targetRows = part({
  'relay target global': refuse,
  'relay target vrf [<vrf>]': refuse,
  'relay target [vrf <vrf>] <target:ipv4>': ({ vrf, target }) => ({ kind: 'set-server', target, vrf }),
  'relay target global <target:ipv4>': ({ target }) => ({ kind: 'set-server', target, vrf: 'default' }),
})

export const table = rows({
  'hostname <name>': ({ name }) => ({ kind: 'hostname', name }),
  'service dhcp': () => ({ kind: 'switch', name: 'service dhcp', on: true }),
  'ip forward-protocol udp': () => ({ kind: 'switch', name: 'forward-protocol bootps', on: true }),
  'ip forward-protocol udp (bootps|67)': () => ({ kind: 'switch', name: 'forward-protocol bootps', on: true }),
  'ip forward-protocol udp <port:int>': ignore,
  'ip forward-protocol udp (biff|bootpc|discard|dnsix|domain|echo|isakmp|mobile-ip|nameserver|netbios-dgm|netbios-ns)': ignore,
  'ip forward-protocol udp (netbios-ss|non500-isakmp|ntp|pim-auto-rp|rip|snmp|snmptrap|sunrpc|syslog|tacacs|talk)': ignore,
  'ip forward-protocol udp (tftp|time|who|xdmcp)': ignore,
  'ip forward-protocol (nd|sdns|turbo-flood) [<rest:text>]': ignore,
  // Floods broadcasts, BOOTP among them, to every interface of a bridge group: clients are heard where they do not stand.
  'ip forward-protocol (spanning-tree|any-local-broadcast) [<rest:text>]': refuse,
  'fhrp version vrrp (v2|v3)': ignore,
  ...globalRows,
  'ip dhcp-relay source-interface <name:text>': ignore,
  'ip dhcp smart-relay': ignore,
  'standby (bfd|redirect|redirects|sso) [<rest:text>]': ignore,
  'ipv6 dhcp-relay (bulk-lease|option|show|source-interface) [<rest:text>]': ignore,
  'ip dhcp pool <name:text>': scope(
    ({ name }) => ({ set: `pool ${name}` }),
    {
      'relay source <ip:ipv4> <prefix:mask>': ({ ip, prefix }) => ({ kind: 'set-member', subnet: `${ip}/${prefix}` }),
      'relay destination global': refuse,
      'relay destination vrf [<vrf>]': refuse,
      'relay destination [vrf <vrf>] <target:ipv4>': ({ vrf, target }) => ({ kind: 'set-server', target, vrf }),
      'relay destination global <target:ipv4>': ({ target }) => ({ kind: 'set-server', target, vrf: 'default' }),
      ...targetRows,
      'class <name>': scope(() => ({}), targetRows),
    },
    ({ name }) => ({ kind: 'set', via: `pool ${name}` }),
  ),
  // Lends its lines to interfaces (`source template NAME`), which are not followed.
  'template <name>': scope(() => ({}), {
    'ip helper-address <rest:text>': refuse,
    'ipv6 dhcp relay destination <rest:text>': refuse,
  }),
  // What is typed when something happens: a relay may come and go by it, on an interface that other lines of it name.
  'event manager applet <name> [<rest:text>]': scope(() => ({}), {
    'action <label> cli command <typed:text>': ({ typed }) => (RELAYS.test(typed) ? refuse : []),
    'action <label> <what> [<rest:text>]': ignore,
  }),
  'router lisp [<name>]': scope(() => ({}), {
    'instance-id <id>': scope(() => ({}), {
      // SD-Access: broadcasts of a VLAN go to all edges. Whatever the VLAN, all of the device count.
      'service ethernet': scope(() => ({}), {
        'broadcast-underlay <rest:text>': () => ({ kind: 'switch', name: 'flooding', on: true }),
        'flood <rest:text>': () => ({ kind: 'switch', name: 'flooding', on: true }),
        // Other VLANs may be flooded all the same.
        'no (broadcast-underlay|flood) [<rest:text>]': ignore,
        'default (broadcast-underlay|flood) [<rest:text>]': ignore,
      }),
    }),
  }),
  // The interface of a VLAN that was deleted, is suspended or shut has no port that hears anything: it is down.
  'vlan <vlans:vlans>': scope(
    ({ vlans }) => ({ vlans }),
    {
      'state <how:active|suspend>': ({ how }) => ({ kind: 'vlan-off', by: 'state', off: how === 'suspend' }),
      'no state [<how>]': () => ({ kind: 'vlan-off', by: 'state', off: false }),
      'shutdown': () => ({ kind: 'vlan-off', by: 'shutdown', off: true }),
    },
    () => ({ kind: 'vlan-off', by: 'absence', off: false }),
  ),
  'vlan (access-log|access-map|accounting|allocation|configuration|database|dot1q|dot1Q|filter|group|ifdescr|internal|mapping|port) [<rest:text>]':
    ignore,
  // Names a list of interfaces that a `define` elsewhere holds.
  'interface range macro <name>': refuse,
  // Takes the addresses off all of its interfaces; without its address family it takes those of one IP version.
  'no vrf definition <name>': refuse,
  'no ip vrf <name>': refuse,
  'vrf definition <name>': scope(() => ({}), { 'no address-family <rest:text>': refuse }),
  'interface <name:ports>': scope(
    ({ name }) => ({ interface: name }),
    {
      'description [<text:text>]': ({ text = '' }) => ({ kind: 'description', text }),
      'shutdown': () => ({ kind: 'enabled', on: false }),
      'vrf forwarding <name>': ({ name }) => ({ kind: 'vrf', name }),
      'ip vrf forwarding <name>': ({ name }) => ({ kind: 'vrf', name }),
      'ip address <ip:ipv4> <prefix:mask> [secondary]': ({ ip, prefix, secondary }) => ({
        kind: 'address',
        ip,
        prefix,
        secondary,
        strict: true,
      }),
      'ip address (dhcp|negotiated|pool|slarp) [<rest:text>]': () => ({ kind: 'addressing', how: 'dynamic' }),
      // "the previous configuration information related to the affected interface might be lost" (`switchport`, Catalyst command references).
      'switchport': () => ({ kind: 'bridged', loses: 'perhaps-addresses' }),
      'switchport <rest:text>': ignore,
      // Commands of other features that have words of ours in the second place.
      'ip igmp <rest:text>': ignore,
      'ip irdp [<rest:text>]': ignore,
      'ip wccp <rest:text>': ignore,
      'ip unnumbered <name:text>': () => ({ kind: 'addressing', how: 'unnumbered' }),
      'ipv6 address <a:cidr6> [<how:text>]': ({ a }) => ({ kind: 'address', ip: a?.ip, prefix: a?.prefix, family: 6 }),
      'ipv6 address <ip:ipv6> link-local': ({ ip }) => ({ kind: 'address', ip, prefix: 128 }),
      'ipv6 address (autoconfig|dhcp) [<rest:text>]': ignore,
      'ipv6 address <prefix> <a:cidr6> [<how:text>]': ignore,
      // Of two tags neither is the VLAN that clients are in elsewhere: where the outer one comes off, the inner one counts.
      'encapsulation (dot1Q|dot1q) <id:int> second-dot1q <inner:text>': ignore,
      'encapsulation (dot1Q|dot1q|isl) <id:int> [<rest:text>]': ({ id }) => ({ kind: 'vlan', id }),
      'encapsulation (ppp|hdlc|frame-relay|slip|lapb|x25|smds|sdlc|atm-dxi|dot1ad|default|untagged|mpls|l2tpv3) [<rest:text>]':
        ignore,
      'encapsulation (aal5snap|aal5mux|aal5nlpid|aal5autoppp|aal5ciscoppp) [<rest:text>]': ignore,
      // An edge of SD-Access.
      'lisp mobility liveness [<rest:text>]': ignore,
      'lisp mobility <name> [<rest:text>]': () => ({ kind: 'edge' }),
      'mac-address <address:mac>': ({ address }) => ({ kind: 'mac', address }),

      // Words of the command itself are no host names; what stops behind its VRF would take back every relay.
      'ip helper-address redundancy': refuse,
      'ip helper-address global': refuse,
      'ip helper-address vrf [<vrf>]': refuse,
      // The command reference knows no `no ip helper-address` without an address; devices are said to take it, and all relays back with it.
      'ip helper-address [vrf <vrf>] <target:ipv4> [redundancy <redundancy>]': ({ vrf, target, redundancy }) =>
        target === undefined ? refuse : { kind: 'relay', target, vrf, redundancy },
      'ip helper-address global <target:ipv4> [redundancy <redundancy>]': ({ target, redundancy }) => ({
        kind: 'relay',
        target,
        vrf: 'default',
        redundancy,
      }),
      'ip helper-address global <target:host> [redundancy <redundancy>]': ({ target, redundancy }) => ({
        kind: 'relay',
        target,
        vrf: 'default',
        redundancy,
      }),
      'ip helper-address [vrf <vrf>] <target:host> [redundancy <redundancy>]': ({ vrf, target, redundancy }) => ({
        kind: 'relay',
        target,
        vrf,
        redundancy,
      }),
      // Broadcasts go to a multicast group, and the last router makes broadcasts of them again, where servers may hear them.
      'ip multicast helper-map broadcast <rest:text>': refuse,
      // The relay of cable modem termination systems, for modems or for the hosts behind them.
      'cable helper-address <rest:text>': refuse,
      ...localRows,
      'ip dhcp smart-relay': ignore,
      'ipv6 dhcp relay destination <target:ipv6> [<rest:text>]': ({ target, rest }) => ({
        kind: 'relay',
        family: 6,
        target,
        vrf: vrfIn(rest),
        by: interfaceIn(rest),
      }),
      'ipv6 dhcp relay destination global': refuse,
      'ipv6 dhcp relay destination vrf [<vrf>]': refuse,
      'ipv6 dhcp relay destination vrf <vrf> <target:ipv6> [<rest:text>]': ({ target, vrf, rest }) => ({
        kind: 'relay',
        family: 6,
        target,
        vrf,
        by: interfaceIn(rest),
      }),
      'ipv6 dhcp relay destination global <target:ipv6> [<rest:text>]': ({ target, rest }) => ({
        kind: 'relay',
        family: 6,
        target,
        vrf: 'default',
        by: interfaceIn(rest),
      }),
      'ipv6 dhcp relay (trust|source-interface|option|client-identifier|default-gateway) [<rest:text>]': ignore,

      ...groupRows,
    },
    () => ({ kind: 'interface' }),
  ),
})
