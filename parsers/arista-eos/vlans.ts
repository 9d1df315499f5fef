// VLANs and VRFs. Sources: README.md beside this file.
import { ignore, part, refuse, scope } from '../../src/parse/index.ts'

export const vlans = part({
  'vlan internal <rest:text>': ignore,
  'vlan <vlans>': scope(
    ({ vlans }) => ({ vlans }),
    {
      'trunk group <group>': ({ group }) => ({ kind: 'trunk-group', group }),
      // Its ports block a suspended VLAN.
      'state <state:active|suspend>': ({ state }) => ({ kind: 'vlan-off', by: 'state', off: state === 'suspend' }),
      // That is what they are by themselves.
      'no state': () => ({ kind: 'vlan-off', by: 'state', off: false }),
      'default state': () => ({ kind: 'vlan-off', by: 'state', off: false }),
    },
    () => [
      { kind: 'vlan-off', by: 'absence', off: false },
      { kind: 'trunk-group', group: undefined },
    ],
  ),
  'default vlan <vlans>': refuse,

  'vrf instance <name>': ignore,
  'vrf definition <name>': ignore,
  // What becomes of the interfaces in it, and of their addresses, was not found in a manual.
  'no vrf instance <name>': refuse,
  'no vrf definition <name>': refuse,
  'default vrf instance <name>': refuse,
})
