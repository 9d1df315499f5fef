// First-hop redundancy groups: lines and blocks inside an interface. Sources and quirks: README.md beside this file.
import {
  type Credential,
  chainCredential,
  type Fact,
  ignore,
  keyCredential,
  part,
  refuse,
  textCredential,
  wholeScope,
} from '../../src/parse/index.ts'

const hsrp = (group = 0) => ({ protocol: 'hsrp', group }) as const
const vrrp = (group: number) => ({ protocol: 'vrrp', group, family: 4 }) as const
const glbp = (group: number) => ({ protocol: 'glbp', group }) as const
/** Bare `standby 1 ip`: the address is learned from the peer. A group has one primary address; to type another replaces it. */
const virtual = (ref: ReturnType<typeof hsrp> | ReturnType<typeof glbp>, ip: string | undefined, secondary?: boolean): Fact =>
  ip === undefined ? { kind: 'learned', of: 4, ...ref } : { kind: 'virtual', ip, leading: !secondary, ...ref }

const authentication = (group: number | undefined, by: Credential | undefined): Fact => ({
  kind: 'authentication',
  by,
  ...hsrp(group),
})

/** HSRP, VRRP and GLBP as an interface holds them. */
export const groupRows = part({
  'standby [<group:int>] ip [<ip:ipv4>] [secondary]': ({ group, ip, secondary }) => virtual(hsrp(group), ip, secondary),
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
  'standby [<group:int>] authentication md5 key-string <type:0|5|6|7|8> <key> [timeout <seconds:int>]': ({ group, type, key }) =>
    authentication(group, keyCredential(key, type)),
  'standby [<group:int>] authentication md5 key-chain <chain>': ({ group, chain }) =>
    authentication(group, chainCredential(chain)),
  'standby [<group:int>] (timers|mac-address|arp|bfd) [<rest:text>]': ignore,
  'standby version <version:int>': ({ version }) => ({ kind: 'version', version, protocol: 'hsrp' }),
  'standby (delay|use-bia|bfd|redirect|redirects|mac-refresh) [<rest:text>]': ignore,
  'no standby <group:int>': ({ group }) => ({ kind: 'group-removed', ...hsrp(group) }),

  'vrrp <group:int> ip <ip:ipv4> [secondary]': ({ group, ip, secondary }) => ({
    kind: 'virtual',
    ip,
    leading: !secondary,
    ...vrrp(group),
  }),
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
      'address <ip:ipv4> [primary] [secondary]': ({ ip, secondary }) => ({ kind: 'virtual', ip, leading: !secondary }),
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

  // Shares an address with another router as well: by a VRRP group elsewhere that leads it, or by two routers in a redundancy group.
  'vrrs (follow|pathway) <name>': refuse,
  'redundancy group <group:int> (ip|ipv6) <rest:text>': refuse,

  'glbp <group:int> ip [<ip:ipv4>] [secondary]': ({ group, ip, secondary }) => virtual(glbp(group), ip, secondary),
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
})
