// [edit security zones]: what a firewall lets in of DHCP, by zone or by interface. Sources and quirks: README.md beside this file.
import { type Fact, ignore, part } from '../../src/parse/index.ts'

interface Said {
  readonly zone: string
  readonly name?: string
  readonly service?: string
}
const lets = ({ zone, name, service = '' }: Said, barred: boolean): Fact[] => {
  const families: (4 | 6)[] = []
  // Public configurations of relays have one of the two, or both; which of them a relay needs was not found in a manual.
  if (/^(all|any-service|bootp|dhcp)$/.test(service)) families.push(4)
  if (/^(all|any-service|dhcpv6)$/.test(service)) families.push(6)
  const said: Fact = { kind: 'zone-lets', zone, interface: name, families, barred }
  return name === undefined ? [said] : [{ kind: 'zone', zone, interface: name }, said]
}

/** Zones exist at the top, and inside of logical and tenant systems. What an interface says goes before what its zone says. */
export const zones = part({
  'security zones security-zone <zone> host-inbound-traffic system-services <service>': said => lets(said, false),
  'security zones security-zone <zone> host-inbound-traffic system-services <service> except': said => lets(said, true),
  'security zones security-zone <zone> interfaces <name> host-inbound-traffic system-services <service>': said =>
    lets(said, false),
  'security zones security-zone <zone> interfaces <name> host-inbound-traffic system-services <service> except': said =>
    lets(said, true),
  'security zones security-zone <zone> interfaces <name> host-inbound-traffic [<rest:text>]': said => lets(said, false),
  'security zones security-zone <zone> interfaces <name>': ({ zone, name }) => ({ kind: 'zone', zone, interface: name }),
  'security zones security-zone <zone> [<rest:text>]': ignore,
})
