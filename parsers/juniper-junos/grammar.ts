// The Junos hierarchy, as far as gateways and relays go. Sources and quirks: README.md beside this file.
import { type Context, type Fact, ignore, part, refuse, rows, scope } from '../../src/parse/index.ts'
import { bootp } from './bootp.ts'
import { interfaceBlock } from './interfaces.ts'
import { relay, relay6 } from './relay.ts'
import { zones } from './zones.ts'

interface Named {
  readonly name: string
}
interface Attached {
  readonly id: number
  readonly name: string
}
/** The layout repeats a VLAN's id in front of its other statements. */
const vlanOf = ({ id, name }: Attached): Fact => ({ kind: 'vlan', id, interface: name })

/** In a VLAN or a bridge domain whose id is not said, or is none. */
const somewhere = ({ name }: Named): Fact => ({ kind: 'vlan', id: undefined, interface: name })

const vlan = scope(({ name }: Named, { set = '' }: Context): Context => ({ set: `${set}vlans ${name} ` }), {
  'vlan-id <id:int>': () => [],
  'vlan-id <id:int> l3-interface <name:unit> [<rest:text>]': vlanOf,
  'vlan-id <id:int> routing-interface <name:unit> [<rest:text>]': vlanOf,
  // All ports of it; whether its routing interface is one of them is not known.
  'vlan-id <which> forwarding-options dhcp-relay group <name> interface all [<rest:text>]': refuse,
  'vlan-id <which> forwarding-options dhcp-relay': relay,
  'vlan-id <which> forwarding-options dhcp-relay dhcpv6': relay6,
  // A word too many in front of what would have counted, or no interface where one belongs.
  'vlan-id <which> <stray> (l3-interface|routing-interface|vlan-id) [<rest:text>]': refuse,
  'vlan-id <which> forwarding-options dhcp-relay [<rest:text>]': refuse,
  'vlan-id <which> <stray> forwarding-options dhcp-relay [<rest:text>]': refuse,
  'vlan-id <which> forwarding-options <stray> dhcp-relay [<rest:text>]': refuse,
  'vlan-id (none|all) (l3-interface|routing-interface) <name:unit> [<rest:text>]': somewhere,
  'vlan-id <which> (l3-interface|routing-interface) <rest:text>': refuse,
  'vlan-id (none|all) [<rest:text>]': ignore,
  'vlan-id <id:int> [<rest:text>]': ignore,
})
const bridgeDomain = {
  ...vlan,
  opens: ({ name }: Named, { set = '' }: Context): Context => ({ set: `${set}bridge-domains ${name} ` }),
}

/** What relays, at each level that may. */
const relays = part({
  'forwarding-options helpers bootp': bootp,
  // The port of DHCP: whether it is relayed besides, or instead, is not known.
  'forwarding-options helpers port 67 [<rest:text>]': refuse,
  'forwarding-options dhcp-relay': relay,
  'forwarding-options dhcp-relay dhcpv6': relay6,
})

/** Instances that route for their interfaces; without a type they are none yet, and nothing is lost by taking them for one. */
const routing = scope(() => ({}), {
  'interface <name:unit> [<rest:text>]': ({ name }, { vrf }) => ({ kind: 'vrf', name: vrf, interface: name }),
  ...relays,
})
/** Instances that switch, or only hold routes: their interfaces stay where they are. */
const switching = scope(() => ({}), {
  'interface <name> [<rest:text>]': ignore,
  'l3-interface <name:unit> [<rest:text>]': somewhere,
  'routing-interface <name:unit> [<rest:text>]': somewhere,
  'vlans <name>': vlan,
  'bridge-domains <name>': bridgeDomain,
  ...relays,
  // All that it switches between; whether routing interfaces are among them is not known.
  'forwarding-options helpers bootp interface all [<rest:text>]': refuse,
  'forwarding-options dhcp-relay group <name> interface all [<rest:text>]': refuse,
})
/** The layout repeats the type of an instance in front of its other statements. */
const instance = scope(
  ({ name }: Named, { vrf, set = '' }: Context): Context => ({
    vrf: vrf === undefined ? name : `${vrf}/${name}`,
    set: `${set}routing-instances ${name} `,
  }),
  {
    'instance-type (none|virtual-router|vrf)': routing,
    'instance-type (evpn|evpn-vpws|mac-vrf|virtual-switch|vpls|l2vpn|l2backhaul-vpn|layer2-control)': switching,
    'instance-type (forwarding|no-forwarding|mpls-forwarding|mpls-internet-multicast)': switching,
  },
)

/** What an event policy types about relays; with a variable in front, or as a group that is applied, it may be anything. */
const RELAYS =
  /^\s*(?:\{\$|(?:set|delete|activate|deactivate)\s+(?:\{\$|(?:.*\s)?(?:apply-g|forw\S*(?:$|\s+(?:dhcp-r|he|\{\$)))))/

/** A router within this one, with routing tables of its own. */
const system = scope(({ name }: Named): Context => ({ vrf: name, set: `logical-systems ${name} ` }), {
  'interfaces <name>': interfaceBlock,
  'vlans <name>': vlan,
  'bridge-domains <name>': bridgeDomain,
  ...relays,
  ...zones,
  'routing-instances <name>': instance,
})
/** The same on a firewall, with an instance that may list interfaces from the top as well. */
const tenant = { ...system, opens: ({ name }: Named): Context => ({ vrf: name, set: `tenants ${name} ` }) }

/** `set` is the configuration path so far: sets of servers are known by their paths, and shown by them as `via`. */
export const table = rows({
  'system host-name <name>': ({ name }) => ({ kind: 'hostname', name }),
  // A relay whose process does not run: "never disable any of the software processes unless instructed to" (Juniper, "Disabling Junos OS
  // Processes"), so which of them it takes is left open.
  'system processes (bootp|dhcp|dhcp-service) disable': refuse,
  'system processes [<rest:text>]': ignore,
  'interfaces <name>': interfaceBlock,
  'vlans <name>': vlan,
  'bridge-domains <name>': bridgeDomain,
  // What is done when something happens: a relay may come and go by it, on an interface that other lines name.
  'event-options policy <name>': scope(() => ({}), {
    'then change-configuration commands <typed>': ({ typed }) => (RELAYS.test(typed) ? refuse : []),
  }),
  'protocols vrrp version-3': () => ({ kind: 'version', version: 3, protocol: 'vrrp' }),
  'protocols vrrp version-3 <rest:text>': refuse,
  'protocols vrrp <stray> version-3 [<rest:text>]': refuse,
  'protocols vrrp [<rest:text>]': ignore,
  ...relays,
  ...zones,
  'routing-instances <name>': instance,
  'logical-systems <name>': system,
  'tenants <name>': tenant,
})
