// First-hop redundancy groups: blocks inside an interface. Sources and quirks: README.md beside this file.
import { chainCredential, ignore, keyCredential, refuse, textCredential, wholeScope } from '../../src/parse/index.ts'

interface Numbered {
  readonly group: number
}
const familyOf = (word: string | undefined) => (word === 'ipv6' ? 6 : 4)

/** `hsrp N [ipv4|ipv6]`: one number may stand for two groups, one for each family. */
export const hsrp = wholeScope(
  ({ group, family }: Numbered & { readonly family?: string }) => ({ protocol: 'hsrp', group, family: familyOf(family) }),
  {
    // Bare: the address is learned from the peer.
    'ip [<ip:ipv4>] [secondary]': ({ ip }, { family = 4 }) =>
      ip === undefined ? { kind: 'learned', of: family } : { kind: 'virtual', ip },
    // A virtual address outside of the interface's own subnets says its mask (subnet VIP).
    'ip <a:cidr> [secondary]': ({ a }) => ({ kind: 'virtual', ip: a?.ip }),
    'ip <ip:ipv6> [secondary]': ({ ip }) => ({ kind: 'virtual', ip }),
    'ip <a:cidr6> [secondary]': ({ a }) => ({ kind: 'virtual', ip: a?.ip }),
    'ip autoconfig': () => ({ kind: 'learned', of: 6 }),
    'name <name:text>': ({ name }) => ({ kind: 'name', name }),
    'priority <value:int> [forwarding-threshold <limits:text>]': ({ value }) => ({ kind: 'priority', value }),
    'preempt [<rest:text>]': () => ({ kind: 'preempt', on: true }),
    'follow <leader:text>': ({ leader }) => ({ kind: 'follow', leader }),
    'track <rest:text>': () => ({ kind: 'tracked' }),
    'timers <rest:text>': ignore,
    // Without the words behind them these would be strings and keys themselves.
    'authentication (text|md5)': refuse,
    'authentication md5 key-string (0|5|6|7|8)': refuse,
    'authentication <text>': ({ text }) => ({ kind: 'authentication', by: textCredential(text) }),
    'authentication text <text>': ({ text }) => ({ kind: 'authentication', by: textCredential(text) }),
    'authentication md5 key-string <key> [timeout <seconds:int>]': ({ key }) => ({
      kind: 'authentication',
      by: keyCredential(key),
    }),
    'authentication md5 key-string <type:0|5|6|7|8> <key> [timeout <seconds:int>]': ({ type, key }) => ({
      kind: 'authentication',
      by: keyCredential(key, type),
    }),
    'authentication md5 key-chain <chain>': ({ chain }) => ({ kind: 'authentication', by: chainCredential(chain) }),
    'mac-address <rest:text>': ignore,
    'bfd': ignore,
  },
  () => ({ kind: 'group' }),
)

/** `vrrp N`, version 2: shut until its own `no shutdown` (see `shutGroups` on the platform's page). */
export const vrrp = wholeScope(
  ({ group }: Numbered) => ({ protocol: 'vrrp', group, family: 4 }),
  {
    'address <ip:ipv4> [secondary]': ({ ip }) => ({ kind: 'virtual', ip }),
    'priority <value:int> [forwarding-threshold <limits:text>]': ({ value }) => ({ kind: 'priority', value }),
    'preempt': () => ({ kind: 'preempt', on: true }),
    'shutdown': () => ({ kind: 'group-enabled', on: false }),
    'track <rest:text>': () => ({ kind: 'tracked' }),
    'authentication <rest:text>': ignore,
    'advertisement-interval <rest:text>': ignore,
    'vrrp bfd <peer>': ignore,
  },
  () => [{ kind: 'group' }, { kind: 'version', version: 2 }],
)

/** `vrrpv3 N address-family ipv4|ipv6`: up until it is shut. */
export const vrrpv3 = wholeScope(
  ({ group, family }: Numbered & { readonly family: string }) => ({ protocol: 'vrrp', group, family: familyOf(family) }),
  {
    'address <ip:ipv4> [primary] [secondary]': ({ ip }) => ({ kind: 'virtual', ip }),
    'address <ip:ipv6> [primary] [secondary]': ({ ip }) => ({ kind: 'virtual', ip }),
    'priority <value:int>': ({ value }) => ({ kind: 'priority', value }),
    'preempt [<rest:text>]': () => ({ kind: 'preempt', on: true }),
    'shutdown': () => ({ kind: 'group-enabled', on: false }),
    'object-track <rest:text>': () => ({ kind: 'tracked' }),
    'timers <rest:text>': ignore,
    'description <rest:text>': ignore,
    'match-address': ignore,
    'vrrpv2': ignore,
    'vrrs leader <tag>': ignore,
    'bfd <rest:text>': ignore,
  },
  () => [{ kind: 'group' }, { kind: 'version', version: 3 }, { kind: 'group-enabled', on: true }],
)

/** `glbp N` (Nexus 7000 only, IPv4 only). */
export const glbp = wholeScope(
  ({ group }: Numbered) => ({ protocol: 'glbp', group, family: 4 }),
  {
    'ip [<ip:ipv4>] [secondary]': ({ ip }) => (ip === undefined ? { kind: 'learned', of: 4 } : { kind: 'virtual', ip }),
    'name <name:text>': ({ name }) => ({ kind: 'name', name }),
    'priority <value:int>': ({ value }) => ({ kind: 'priority', value }),
    'preempt [<rest:text>]': () => ({ kind: 'preempt', on: true }),
    'weighting track <rest:text>': () => ({ kind: 'tracked' }),
    'weighting <rest:text>': ignore,
    'forwarder preempt [<rest:text>]': ignore,
    'load-balancing [<rest:text>]': ignore,
    'timers <rest:text>': ignore,
    'authentication <rest:text>': ignore,
  },
  () => ({ kind: 'group' }),
)
