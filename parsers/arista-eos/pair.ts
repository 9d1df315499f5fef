// `dhcp relay` and `mlag configuration`: what is said of relaying for the whole switch, and of the pair it is half of.
import { ignore, part, scope, wholeScope } from '../../src/parse/index.ts'

export const pair = part({
  // The default servers serve every routed interface of the default VRF that has an address and no helper of its own.
  'dhcp relay': wholeScope(
    () => ({ set: 'dhcp relay' }),
    {
      'server <target:ipv4>': ({ target }) => ({ kind: 'set-server', target }),
      'server <target:ipv6>': ({ target }) => ({ kind: 'set-server', target }),
      'server <target:host>': ({ target }) => ({ kind: 'set-server', target }),
      'mlag (peer-link) requests disabled': () => ({ kind: 'pair-gate', on: true }),
      // Requests that come out of a VXLAN tunnel are not relayed again. What one half of a pair got out of it and sends on over
      // the peer link is heard by the other one all the same (source 2 in README.md).
      'tunnel (requests) disabled': () => ({ kind: 'tunnel-gate', on: true }),
      'vss control disabled': ignore,
      'information option': () => ({ kind: 'option-82', of: 'device', setting: 'relay option', on: true }),
    },
    () => [
      { kind: 'set', via: 'dhcp relay', yields: true },
      { kind: 'set-member', all: true, vrf: 'default' },
      { kind: 'pair-gate', on: undefined },
    ],
  ),
  'mlag configuration': scope(
    () => ({}),
    {
      'domain-id <domain>': ({ domain }) => ({ kind: 'pair', domain }),
      'peer-address <ip:ipv4>': ({ ip }) => ({ kind: 'pair-peer', ip }),
      'peer-address heartbeat <rest:text>': ignore,
      // Without a link to the other half there is none.
      'peer-link <name:text>': ({ name }) => ({ kind: 'pair-link', on: true, name }),
      'shutdown': () => ({ kind: 'pair-up', on: false }),
    },
    () => [
      { kind: 'pair', domain: undefined },
      { kind: 'pair-link', on: undefined },
      { kind: 'pair-up', on: undefined },
    ],
  ),
})
