// Cisco NX-OS. Sources and quirks: README.md beside this file.
import { definePlatform, expandRange } from '../../src/parse/index.ts'
import { layout } from './capture.ts'
import { change } from './change.ts'
import { table } from './grammar.ts'
import { secrets } from './secrets.ts'
import { state } from './state.ts'

/** A switch that the relay of these families hangs on; on until the configuration says `no`. */
const on = (...families: (4 | 6)[]) => ({ initially: true, families, inert: 'relay-service-off' }) as const

/** What puts an interface somewhere; abbreviated commands are told as not understood, so their beginnings count. */
const PLACES =
  /^(no |default )?(int|ip (?!dhcp|udp).*(add|unn)|ipv6 (?!dhcp).*add|vrf|enc|port-profile|inherit|configure profile|apply profile)/i

/** Sections beside the interfaces that have lines of the same words: `shutdown`, `description`, `ip address`. */
const SECTIONS =
  /^(?:aaa group|bridge-domain|callhome|class-map|evpn multisite border-gateway|fex \d+|flow|ip access-list|ip sla|ipv6 access-list|key chain|line|mac access-list|monitor session|object-group|policy-map|role name|route-map|router|spanning-tree mst configuration|telemetry|track \d+ (?:interface|ip|ipv6|list)|vdc|vlan|vrf context)(?: |$)/

export default definePlatform({
  id: 'cisco-nxos',
  name: 'Cisco NX-OS',
  tells: {
    sure: [
      /^!Command: show (running|startup)-config/m,
      /^!RANCID-CONTENT-TYPE: cisco-nx/m,
      /^version \d+\.\d+\(\d+\)\S*( Bios:version.*)?\s*$/m,
      /^(no )?feature (bfd|bgp|dhcp|eigrp|fabric forwarding|glbp|hsrp|interface-vlan|isis|lacp|lldp|msdp|nv overlay|nxapi|ospf|ospfv3|pbr|pim|private-vlan|privilege|scp-server|sftp-server|tacacs\+|telnet|udld|vn-segment-vlan-based|vpc|vrrp|vrrpv3|vtp)\s*$/m,
      /^boot (nxos|kickstart) \S/m,
      /^vdc \S+ id \d+\s*$/m,
      /^copp profile \S/m,
      /^rmon event \d+ .*owner PMON@/m,
      /^fabric forwarding anycast-gateway-mac /m,
      /^ +fabric forwarding mode /m,
      /^ +vn-segment \d+\s*$/m,
      /^ +inherit port-profile \S/m,
    ],
    likely: [
      /^switchname \S/m,
      /^vrf context \S/m,
      /^ +vrf member \S/m,
      /^ +ip dhcp relay address \d/m,
      /^vpc domain \d+\s*$/m,
      /^ +hsrp \d+( ipv[46])?\s*$/m,
      /^interface Ethernet\d+\/\d+/m,
      /^interface (Vlan|port-channel|loopback|mgmt)\d+\s*$/m,
      /^ +ip address [\d.]+\/\d+ *(tag \d+)?\s*$/m,
      /^line console\s*$/m,
      /^ {2}no switchport\s*$/m,
    ],
  },
  session: {
    // A routing context shows behind a percent sign: switch%tenant#
    prompt: /^\r?[\w.\-@()/:%+]{1,80}[#>]\s*$/,
    open: ['terminal length 0', 'terminal width 511'],
    show: ['show running-config'],
    refused:
      /^\s*% ?[A-Z][a-z]|^(?:Syntax error while parsing|Cmd exec error|Error: AAA authorization failed)|[Cc]ommand authorization failed/m,
    sign: /^(!Command: show running-config|version \d|hostname|switchname|vdc|(no )?feature|interface) ?/m,
    pager: { when: /--More--/, press: ' ' },
    // Only where `feature privilege` is on.
    enable: { when: />\s*$/, command: 'enable', ask: /^(enable )?password: *$/i },
    close: 'exit',
  },
  grammar: {
    layout,
    table,
    negate: ['no', 'default'],
    sections: SECTIONS,
    strays: /(?:no |default )?(?:ip dhcp relay address |ip address \d|ipv6 dhcp relay address )/y,
  },
  defaults: {
    preempt: { hsrp: false, vrrp: true, glbp: false },
    version: { hsrp: 1, vrrp: 2 },
    enabled: name => !/^vlan/i.test(name),
    shutGroups: ['vrrp'],
    switches: {
      'feature dhcp': on(4, 6),
      'service dhcp': on(4, 6),
      'ip dhcp relay': on(4),
      'ipv6 dhcp relay': on(6),
    },
  },
  naming: {
    internal: /^(loopback|mgmt|nve|tunnel|overlay|null|fc|vfc|san-port-channel|sup-eth|inband)/i,
    remains: name => (/^(ethernet|mgmt)[\d/]+$/i.test(name) ? 'all' : undefined),
    parent: name => /^(.+\d)\.\d+$/.exec(name)?.[1],
    internalVrf: /^(management|mgmt)$/i,
    places: { on: PLACES, outside: PLACES },
    vlan: /^vlan ?(\d+)$/i,
    expand: expandRange,
  },
  state,
  // `Warning: Deleted all L3 config on interface Vlan10`
  moving: { loses: 'layer-3', unless: /^system vrf-member-change retain-l3-config\b/m },
  secrets,
  fixValues: (_, iface, { via, family }) => {
    if (via !== null) {
      return {
        withheld: `the relay comes through ${via}, and a change there would reach every interface that takes its lines from it`,
      }
    }
    if (iface.groups.some(g => g.protocol === 'anycast')) {
      return {
        withheld: `on an anycast gateway each switch relays for the clients behind it, and those on ${iface.name} would be left without`,
      }
    }
    return { v6: family === 6 }
  },
  joins: / ;/,
  aliases: /^cli alias name (\S+) *(.*)$/gm,
  typed: /^[\w .:/,@+%*()=~&-]*$/,
  change,
  cannot: {
    'dedup-pair': 'NX-OS has no documented setting that makes one half of a vPC pair relay for both.',
    'follow-master': 'An EEM applet could switch the relay with the role of the router, but no configuration shows what it does.',
    'gate-relay': 'NX-OS has no command that ties a DHCP relay to the state of an HSRP, VRRP or GLBP group.',
  },
})
