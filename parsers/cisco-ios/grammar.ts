import {
  type Credential,
  chainCredential,
  type Fact,
  ignore,
  keyCredential,
  refuse,
  rows,
  scope,
  textCredential,
  wholeScope,
} from '../../src/parse/index.ts'
import { globalRows, localRows } from './option-82.ts'

/** `... [interface] [vrf NAME | global] [source-address X]` behind a DHCPv6 relay destination. */
const vrfIn = (rest = '') => /(?:^| )vrf (\S+)/.exec(rest)?.[1] ?? (/(?:^| )global( |$)/.test(rest) ? 'default' : undefined)

const hsrp = (group = 0) => ({ protocol: 'hsrp', group }) as const
const vrrp = (group: number) => ({ protocol: 'vrrp', group, family: 4 }) as const
const glbp = (group: number) => ({ protocol: 'glbp', group }) as const
/** Bare `standby 1 ip`: the address is learned from the peer. */
const virtual = (ref: ReturnType<typeof hsrp> | ReturnType<typeof glbp>, ip: string | undefined): Fact =>
  ip === undefined ? { kind: 'learned', of: 4, ...ref } : { kind: 'virtual', ip, ...ref }

const authentication = (group: number | undefined, by: Credential | undefined): Fact => ({
  kind: 'authentication',
  by,
  ...hsrp(group),
})

export const table = rows({
  'hostname <name>': ({ name }) => ({ kind: 'hostname', name }),
  'service dhcp': () => ({ kind: 'switch', name: 'service dhcp', on: true }),
  'ip forward-protocol udp': () => ({ kind: 'switch', name: 'forward-protocol bootps', on: true }),
  'ip forward-protocol udp (bootps|67)': () => ({ kind: 'switch', name: 'forward-protocol bootps', on: true }),
  'ip forward-protocol udp <port>': ignore,
  'ip forward-protocol (nd|sdns|spanning-tree|turbo-flood|any-local-broadcast) [<rest:text>]': ignore,
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
      'relay destination [vrf <vrf>] <target:ipv4>': ({ vrf, target }) => ({ kind: 'set-server', target, vrf }),
      'relay destination global <target:ipv4>': ({ target }) => ({ kind: 'set-server', target, vrf: 'default' }),
      'relay target [vrf <vrf>] <target:ipv4>': ({ vrf, target }) => ({ kind: 'set-server', target, vrf }),
      'relay target global <target:ipv4>': ({ target }) => ({ kind: 'set-server', target, vrf: 'default' }),
      'class <name>': scope(() => ({}), {
        'relay target [vrf <vrf>] <target:ipv4>': ({ vrf, target }) => ({ kind: 'set-server', target, vrf }),
        'relay target global <target:ipv4>': ({ target }) => ({ kind: 'set-server', target, vrf: 'default' }),
      }),
    },
    ({ name }) => ({ kind: 'set', via: `pool ${name}` }),
  ),
  'interface <name:text>': scope(
    ({ name }) => ({ interface: name }),
    {
      'description <text:text>': ({ text }) => ({ kind: 'description', text }),
      'shutdown': () => ({ kind: 'enabled', on: false }),
      'vrf forwarding <name>': ({ name }) => ({ kind: 'vrf', name }),
      'ip vrf forwarding <name>': ({ name }) => ({ kind: 'vrf', name }),
      'ip address <ip:ipv4> <prefix:mask> [secondary]': ({ ip, prefix, secondary }) => ({
        kind: 'address',
        ip,
        prefix,
        secondary,
      }),
      'ip address (dhcp|negotiated|pool|slarp) [<rest:text>]': () => ({ kind: 'addressing', how: 'dynamic' }),
      'ip unnumbered <name:text>': () => ({ kind: 'addressing', how: 'unnumbered' }),
      'ipv6 address <a:cidr6> [<how:text>]': ({ a }) => ({ kind: 'address', ip: a?.ip, prefix: a?.prefix, family: 6 }),
      'ipv6 address <ip:ipv6> link-local': ({ ip }) => ({ kind: 'address', ip, prefix: 128 }),
      'ipv6 address (autoconfig|dhcp) [<rest:text>]': ignore,
      'ipv6 address <prefix> <a:cidr6> [<how:text>]': ignore,
      'encapsulation (dot1Q|dot1q|isl) <id:int> [<rest:text>]': ({ id }) => ({ kind: 'vlan', id }),
      'encapsulation <rest:text>': ignore,
      'mac-address <address:mac>': ({ address }) => ({ kind: 'mac', address }),

      // Words of the command itself are no host names.
      'ip helper-address (global|vrf|redundancy)': refuse,
      'ip helper-address [vrf <vrf>] <target:ipv4> [redundancy <redundancy>]': ({ vrf, target, redundancy }) => ({
        kind: 'relay',
        target,
        vrf,
        redundancy,
      }),
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
      ...localRows,
      'ip dhcp smart-relay': ignore,
      'ipv6 dhcp relay destination <target:ipv6> [<rest:text>]': ({ target, rest }) => ({
        kind: 'relay',
        family: 6,
        target,
        vrf: vrfIn(rest),
      }),
      'ipv6 dhcp relay destination vrf <vrf> <target:ipv6> [<rest:text>]': ({ target, vrf }) => ({
        kind: 'relay',
        family: 6,
        target,
        vrf,
      }),
      'ipv6 dhcp relay destination global <target:ipv6> [<rest:text>]': ({ target }) => ({
        kind: 'relay',
        family: 6,
        target,
        vrf: 'default',
      }),
      'ipv6 dhcp relay (trust|source-interface|option|client-identifier|default-gateway) [<rest:text>]': ignore,

      'standby [<group:int>] ip [<ip:ipv4>] [secondary]': ({ group, ip }) => virtual(hsrp(group), ip),
      'standby [<group:int>] ipv6 autoconfig': ({ group }) => ({ kind: 'learned', of: 6, ...hsrp(group) }),
      'standby [<group:int>] ipv6 <ip:ipv6>': ({ group, ip }) => ({ kind: 'virtual', ip, ...hsrp(group) }),
      'standby [<group:int>] ipv6 <a:cidr6>': ({ group, a }) => ({ kind: 'virtual', ip: a?.ip, ...hsrp(group) }),
      'standby [<group:int>] priority <value:int>': ({ group, value }) => ({ kind: 'priority', value, ...hsrp(group) }),
      'standby [<group:int>] preempt [<rest:text>]': ({ group }) => ({ kind: 'preempt', on: true, ...hsrp(group) }),
      'standby [<group:int>] name <name:text>': ({ group, name }) => ({ kind: 'name', name, ...hsrp(group) }),
      'standby [<group:int>] follow <leader:text>': ({ group, leader }) => ({ kind: 'follow', leader, ...hsrp(group) }),
      'standby [<group:int>] track <rest:text>': ({ group }) => ({ kind: 'tracked', ...hsrp(group) }),
      // Without the words behind them these would be strings and keys themselves.
      'standby [<group:int>] authentication (text|md5)': refuse,
      'standby [<group:int>] authentication md5 key-string (0|5|6|7|8)': refuse,
      'standby [<group:int>] authentication <text>': ({ group, text }) => authentication(group, textCredential(text)),
      'standby [<group:int>] authentication text <text>': ({ group, text }) => authentication(group, textCredential(text)),
      'standby [<group:int>] authentication md5 key-string <key> [timeout <seconds:int>]': ({ group, key }) =>
        authentication(group, keyCredential(key)),
      'standby [<group:int>] authentication md5 key-string <type:0|5|6|7|8> <key> [timeout <seconds:int>]': ({
        group,
        type,
        key,
      }) => authentication(group, keyCredential(key, type)),
      'standby [<group:int>] authentication md5 key-chain <chain>': ({ group, chain }) =>
        authentication(group, chainCredential(chain)),
      'standby [<group:int>] (timers|mac-address|arp|bfd) [<rest:text>]': ignore,
      'standby version <version:int>': ({ version }) => ({ kind: 'version', version, protocol: 'hsrp' }),
      'standby (delay|use-bia|bfd|redirect|redirects|mac-refresh) [<rest:text>]': ignore,
      'no standby <group:int>': ({ group }) => ({ kind: 'group-removed', ...hsrp(group) }),

      'vrrp <group:int> ip <ip:ipv4> [secondary]': ({ group, ip }) => ({ kind: 'virtual', ip, ...vrrp(group) }),
      'vrrp <group:int> priority <value:int>': ({ group, value }) => ({ kind: 'priority', value, ...vrrp(group) }),
      'vrrp <group:int> preempt [<rest:text>]': ({ group }) => ({ kind: 'preempt', on: true, ...vrrp(group) }),
      'vrrp <group:int> track <rest:text>': ({ group }) => ({ kind: 'tracked', ...vrrp(group) }),
      'vrrp <group:int> shutdown': ({ group }) => ({ kind: 'group-enabled', on: false, ...vrrp(group) }),
      'vrrp <group:int> (timers|authentication|description|name) [<rest:text>]': ignore,
      'vrrp delay <rest:text>': ignore,
      'no vrrp <group:int>': ({ group }) => ({ kind: 'group-removed', protocol: 'vrrp', group }),
      'vrrp <group:int> address-family <family:ipv4|ipv6>': wholeScope(
        ({ group, family }) => ({ protocol: 'vrrp', group, family: family === 'ipv4' ? 4 : 6 }),
        {
          'address <ip:ipv4> [primary] [secondary]': ({ ip }) => ({ kind: 'virtual', ip }),
          'address <ip:ipv6> [primary] [secondary]': ({ ip }) => ({ kind: 'virtual', ip }),
          'address <a:cidr6> [primary] [secondary]': ({ a }) => ({ kind: 'virtual', ip: a?.ip }),
          'priority <value:int>': ({ value }) => ({ kind: 'priority', value }),
          'preempt [<rest:text>]': () => ({ kind: 'preempt', on: true }),
          'track <rest:text>': () => ({ kind: 'tracked' }),
          'shutdown': () => ({ kind: 'group-enabled', on: false }),
          'timers <rest:text>': ignore,
          'match-address': ignore,
          'vrrpv2': ignore,
          'vrrs <rest:text>': ignore,
          'description <rest:text>': ignore,
          'bfd <rest:text>': ignore,
          'exit-vrrp': ignore,
        },
        () => [{ kind: 'group' }, { kind: 'version', version: 3 }],
      ),

      'glbp <group:int> ip [<ip:ipv4>] [secondary]': ({ group, ip }) => virtual(glbp(group), ip),
      'glbp <group:int> ipv6 autoconfig': ({ group }) => ({ kind: 'learned', of: 6, ...glbp(group) }),
      'glbp <group:int> ipv6 <ip:ipv6>': ({ group, ip }) => ({ kind: 'virtual', ip, ...glbp(group) }),
      'glbp <group:int> ipv6 <a:cidr6>': ({ group, a }) => ({ kind: 'virtual', ip: a?.ip, ...glbp(group) }),
      'glbp <group:int> priority <value:int>': ({ group, value }) => ({ kind: 'priority', value, ...glbp(group) }),
      'glbp <group:int> preempt [<rest:text>]': ({ group }) => ({ kind: 'preempt', on: true, ...glbp(group) }),
      'glbp <group:int> name <name:text>': ({ group, name }) => ({ kind: 'name', name, ...glbp(group) }),
      'glbp <group:int> weighting [<rest:text>]': ({ group, rest }) =>
        rest?.startsWith('track') ? { kind: 'tracked', ...glbp(group) } : { kind: 'group', ...glbp(group) },
      'glbp <group:int> (load-balancing|timers|authentication|forwarder|client-cache) [<rest:text>]': ignore,
      'no glbp <group:int>': ({ group }) => ({ kind: 'group-removed', ...glbp(group) }),
    },
    () => ({ kind: 'interface' }),
  ),
})
