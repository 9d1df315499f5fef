// Arista EOS. Sources and quirks: README.md beside this file.
import { definePlatform, expandRange } from '../../src/parse/index.ts'
import { layout } from './capture.ts'
import { change } from './change.ts'
import { fixValues } from './fixes.ts'
import { table } from './grammar.ts'
import { secrets } from './secrets.ts'
import { state } from './state.ts'

/** What puts an interface somewhere; abbreviated commands are told as not understood, so their beginnings count. */
const PLACES = /^(no |default )?(int|ip (?!helper|dhcp).*add|ipv6 (?!helper|dhcp).*add|vrf|enc|client|profile|command)/i

/** Sections beside the interfaces that have lines of the same words: `shutdown`, `vrf`, `description`. Source 5 in README.md. */
const SECTIONS =
  /^(?:class-map|cvx|daemon|dhcp server|flow tracking|(?:ip|ipv6|mac) access-list|management|monitor|mpls (?:ldp|rsvp)$|openflow|patch panel|peer-filter|policy-map|route-map|router|spanning-tree mst configuration|stun|tap aggregation|traffic-policies|vrf (?:definition|instance))(?: |$)/

export default definePlatform({
  id: 'arista-eos',
  name: 'Arista EOS',
  tells: {
    sure: [
      /^! ?device: \S+ \([^)\n]*EOS-/m,
      /^!RANCID-CONTENT-TYPE: arista/m,
      /^! boot system \S*\.swi\s*$/m,
      /^service routing protocols model (multi-agent|ribd)\s*$/m,
      /^transceiver qsfp default-mode 4x10G\s*$/m,
      /^daemon TerminAttr\s*$/m,
      /^management api (http-commands|gnmi|netconf|restconf)\s*$/m,
      /^mlag configuration\s*$/m,
      /^vrf instance \S+\s*$/m,
      /^ +vxlan (source-interface |udp-port |vlan \S+ vni |vrf \S+ vni )/m,
      /^ +vrrp \d+ (ipv4 \d|priority-level |ip version |mac-address advertisement-interval )/m,
      /^ +mlag peer-link requests disabled\s*$/m,
      /^ {3}encapsulation dot1q vlan \d/m,
    ],
    likely: [
      /^(no )?aaa root\b/m,
      /^vlan internal (order|allocation policy) ascending range /m,
      /^interface (Management\d|Port-Channel\d|Vxlan1\s*$)/m,
      /^ {3}ip address (unnumbered |virtual )?([\d.]+\/\d|Loopback)/m,
      /^ {3}no switchport\s*$/m,
      /^ {3}ip helper-address /m,
      /^ {3}ip virtual-router address /m,
      /^ip routing vrf \S+\s*$/m,
      /^ip virtual-router mac-address /m,
    ],
  },
  session: {
    prompt: /^[\w.\-@()/:~+]{1,100}[#>]\s*$/,
    open: ['terminal length 0', 'terminal width 32767'],
    show: ['show running-config'],
    // Whatever the words are; log messages are in capitals.
    refused: /^% ?[A-Z][a-z]|privileged mode required/m,
    sign: /^(! ?device: |hostname|interface|transceiver|service|end *$)/m,
    pager: { when: /--More--/, press: ' ' },
    enable: { when: />\s*$/, command: 'enable', ask: /^(enable )?password: *$/i },
    close: 'exit',
  },
  grammar: {
    layout,
    table,
    negate: ['no', 'default'],
    sections: SECTIONS,
    strays: /(?:no |default )?(?:ip helper-address |ip address (?:virtual )?\d|ipv6 dhcp relay destination )/y,
  },
  defaults: {
    preempt: { hsrp: false, vrrp: true, glbp: false },
    version: { hsrp: 1, vrrp: 2 },
    enabled: () => true,
    switches: {},
  },
  naming: {
    internal: /^(Loopback|Management|Tunnel|Vxlan|Dps|Null)/i,
    internalVrf: /^(clab-)?(mgmt|mgt|management)(-?vrf)?$/i,
    places: { on: PLACES, outside: PLACES },
    vlan: /^Vlan ?(\d+)$/i,
    parent: name => /^(.+\d)\.\d+$/.exec(name)?.[1],
    expand: expandRange,
  },
  state,
  moving: { loses: 'perhaps-addresses' },
  secrets,
  fixValues,
  // `alias NAME COMMAND`, or the commands in the lines below it; of one mode, too.
  aliases: /^alias (?:(?:exec|configure|interface|subinterface) )?(\S+) *(.*)$/gm,
  typed: /^[\w .:/,@+%*()=~&-]*$/,
  change,
  cannot: {
    'follow-master':
      'An event handler could switch the relay with the role of the router, but no configuration shows what it does.',
    'gate-relay': 'EOS has no command that ties a DHCP relay to the VRRP or VARP state of its interface.',
  },
})
