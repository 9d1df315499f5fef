// Juniper Junos. Sources and quirks: README.md beside this file.
import { definePlatform } from '../../src/parse/index.ts'
import { change } from './change.ts'
import { fixValues } from './fixes.ts'
import { table } from './grammar.ts'
import { layout, WITHHELD } from './layout.ts'
import { secrets } from './secrets.ts'
import { state } from './state.ts'

export default definePlatform({
  id: 'juniper-junos',
  name: 'Juniper Junos',
  tells: {
    sure: [
      /^## Last (changed|commit): \d{4}-\d\d-\d\d /m,
      /^version "?\d\d\.\d[\w.-]*"?;\s*$/m,
      /^set version "?\d\d\.\d/m,
      /^set interfaces \S+ unit \d+ /m,
      /^set (routing-instances|routing-options|policy-options|class-of-service|forwarding-options|switch-options|bridge-domains) \S/m,
      /^set (chassis|applications|security (zones|policies|nat|ike|ipsec|screen|forwarding-options)|logical-systems|groups|apply-groups) \S/m,
      /^set (protocols (bgp group|ospf3? area \S+ (interface|area-range)|evpn|mpls|ldp|isis interface|lldp interface|vstp|rstp interface|l2circuit) ?|vlans \S+ (vlan-id|l3-interface|vxlan) )/m,
      /^set firewall (family inet6?|filter|policer) \S/m,
      /^set system (root-authentication |login class |authentication-order |tacplus-server |processes |syslog (file|user|host) )/m,
      /^( {4})*family (inet|inet6|ethernet-switching|mpls|iso|bridge|evpn|vpls) (\{|;)\s*$/m,
      /^( {4})+(inactive: |protect: |replace: )*unit \d+ \{\s*$/m,
      /^(inactive: )?(routing-instances|routing-options|policy-options|class-of-service|forwarding-options|switch-options|bridge-domains|event-options) \{\s*$/m,
      /^ +host-name "?[\w.-]+"?;\s*$/m,
      /^apply-groups (\[ .* \]|\S+);\s*$/m,
      / ## SECRET-DATA\s*$/m,
    ],
    likely: [
      /^set system host-name \S+\s*$/m,
      /^set (interfaces|protocols|vlans|snmp|security|firewall) \S/m,
      /^deactivate \S/m,
      /^\{(master|primary)(:(\d|node\d))?\}/m,
      /^[\w.-]+@[\w.-]+[>#] ?show configuration/m,
      /^(system|interfaces|protocols|chassis|security|vlans|snmp|firewall|groups) \{\s*$/m,
      /^ +(inactive|protect): /m,
    ],
  },
  session: {
    // Above the prompt may stand `{master:0}`; a login as root ends in a shell, and so may that of others (`% `).
    prompt: /^(\{[\w:]+\})?[\w.-]+(@[\w.-]+)?(:\S*)? ?[>#%]\s*$|^%\s*$/,
    open: ['set cli screen-length 0', 'set cli screen-width 0'],
    show: ['show configuration | display omit', 'show configuration'],
    refused:
      /^\s*(unknown command|syntax error|missing argument|invalid (command|value)|ambiguous|error: (permission|command|no such|syntax|could not))|^\s+\^\s*$/m,
    sign: /^(## Last (changed|commit)|version |(inactive: )?(system|interfaces|groups|protocols|routing-instances|forwarding-options) \{|apply-groups |set )/m,
    // A user class without the right to view them; what stands in them is what is audited.
    withheld: WITHHELD,
    // An administrator of a logical or a tenant system sees nothing else (Juniper, Logical Systems User Guide: user@host:ls1>).
    confined: /^[\w.-]+@[\w.-]+: ?([\w.:-]+)>$/,
    pager: { when: /---\(more( \d+%)?\)---/, press: ' ' },
    // From the shell to the command line; it takes no password.
    enable: { when: /(:\S* ?#|%)\s*$/, command: 'cli' },
    close: 'exit',
  },
  grammar: {
    layout,
    table,
    // `delete` and `deactivate` are carried out on the tree before any row sees a statement.
    negate: [],
  },
  defaults: {
    preempt: { hsrp: false, vrrp: true, glbp: false },
    version: { hsrp: 1, vrrp: 2 },
    enabled: () => true,
    switches: {},
  },
  naming: {
    internal:
      /^(lo|fxp|em|me|vme|mgmt_junos|bme|cbp|demux|dsc|esi|fti|gr-|gre|ip-|ipip|jsrv|lc-|lsi|lt-|mt-|mtun|pd-|pe-|pfe-|pfh-|pime|pimd|pp|ppd|ppe|rbeb|si-|sp-|st|sxe|tap|ud-|vt-|vtep)\d*/,
    internalVrf: /^mgmt_junos$/,
    places: {
      on: /address|family|inet|unit|vlan|disable|enable|instance/,
      // Outside of an interface that is known, any statement may stand where it puts one somewhere, but for these.
      outside:
        /^(?!(inactive: )?(server|server-group|active-server-group|host-name|no-listen|description)\b|"?(set|delete|activate|deactivate) (\S+ )?(forwarding-options|protocols|system|event-options)\b)/,
    },
    // The unit of an irb interface need not be its VLAN.
    vlan: /^(?!)/,
    // Without a VLAN or a bridge domain that names it, it has no ports.
    attached: /^(irb|vlan)\.\d+$/,
    parent: name => /^(.+)\.\d+$/.exec(name)?.[1],
  },
  state,
  secrets,
  fixValues,
  // Statements of the relay agents, from the top or from the level that `edit` goes to.
  typed:
    /^(top|(edit|set|delete) ((logical-systems|tenants|routing-instances|vlans|bridge-domains) [\w.:/,@+%*()=~&<>-]+ )*forwarding-options (dhcp-relay|helpers bootp)( [\w .:/,@+%*()=~&<>-]*)?|(set|delete|copy|rename|activate|deactivate) (group|server-group) [\w .:/,@+%*()=~&<>-]*)?$/,
  change,
  commits: true,
  cannot: {
    'dedup-pair': 'Junos has no documented setting that makes one half of an MC-LAG pair relay for both.',
    'follow-master':
      'An event policy could switch the relay with the role of the router, but no configuration shows what it does.',
    'gate-relay': 'Junos has no command that ties a DHCP relay to the VRRP state of its interface.',
  },
})
