// Cisco IOS and IOS-XE. Sources and quirks: README.md beside this file.
import { definePlatform, expandRange } from '../../src/parse/index.ts'
import { layout } from './capture.ts'
import { change } from './change.ts'
import { fixValues } from './fixes.ts'
import { table } from './grammar.ts'
import { secrets } from './secrets.ts'
import { state } from './state.ts'

/** What puts an interface somewhere; abbreviated commands are told as not understood, so their beginnings count. */
const PLACES = /^(no |default )?(int|ip (?!helper|dhcp).*(add|unn|vrf)|ipv6 (?!dhcp).*add|vrf|enc)/i

/** Ports, which the device has whether they are configured or not, and the one VLAN interface that it does not delete. */
const HARDWARE = /^(?:(?:\w*(?:Ethernet|GigE)|Serial|ATM|POS|Cable|Dot11Radio|Cellular) ?\d|Vlan ?1$)/i

/** Sections behind the interfaces that have lines of the same words: `shutdown`, `description`, `vrf forwarding`. */
const SECTIONS =
  /^(?:ipv6 )?router |^(?:controller|dial-peer|dspfarm profile|event manager|gatekeeper|ip access-list|ip sla|ipv6 access-list|line|monitor session|route-map|vlan|voice-port|wireless|wlan)(?: |$)/

/** What places an interface or makes it relay, and is in no block besides. */
const STRAYS =
  /(?:no |default )?(?:ip helper-address |ip address \d[\d.]* 2|ipv6 dhcp relay destination |relay (?:destination|target) |standby (?:\d+ )?ip\b)/y

export default definePlatform({
  id: 'cisco-ios',
  name: 'Cisco IOS and IOS-XE',
  tells: {
    sure: [
      /^Current configuration : \d+ bytes/m,
      /^boot-start-marker\s*$/m,
      /^ ?standby (\d+ )?(ip|name|priority) /m,
      /^ glbp \d+ /m,
    ],
    likely: [
      /^version 1[25]\.\d+\s*$/m,
      /^service timestamps /m,
      /^ip cef\s*$/m,
      /^line vty \d/m,
      /^ ip address [\d.]+ 255\./m,
      /\n +ip address [\d.]+ 255[\d.]+\r?\n/,
      /^ +no ip address\s*$/m,
      /^ +encapsulation dot1Q \d/m,
      /^no aaa new-model\s*$/m,
      /^(no )?ip http (secure-)?server\s*$/m,
      /^ip access-list (standard|extended) /m,
      /^ vrrp \d+ ip /m,

      /^ ip helper-address /m,
      /^interface (Fast|Gigabit|TenGigabit)?Ethernet\d/m,
      /^vrf definition /m,
      /^ip subnet-zero/m,
    ],
  },
  session: {
    prompt: /^[\w.\-@()/:]{1,63}[#>]\s*$/,
    open: ['terminal length 0', 'terminal width 512'],
    show: ['show running-config view full', 'show running-config'],
    // Whatever the words are: `% Invalid input`, `% Authorization failed.`, `% This command is not authorized`. Log messages are in capitals.
    refused: /^% ?[A-Z][a-z]|[Cc]ommand authorization failed/m,
    sign: /^(version \d|hostname|interface|service|end *$)/m,
    announced: /^Current configuration ?: (\d+) bytes/m,
    // Below level 15 a user sees what that level may change, and the version never (Cisco, Document ID 23383: IOS Privilege Levels
    // Cannot See Complete Running Configuration).
    withheld: /^Current configuration ?: \d+ bytes(?![\s\S]*?^version \d)/m,
    pager: { when: /--More--/, press: ' ' },
    enable: { when: />\s*$/, command: 'enable', ask: /^(enable )?password: *$/i },
    close: 'exit',
  },
  grammar: {
    layout,
    table,
    negate: ['no', 'default'],
    sections: SECTIONS,
    strays: STRAYS,
  },
  defaults: {
    preempt: { hsrp: false, vrrp: true, glbp: false },
    version: { hsrp: 1, vrrp: 2 },
    enabled: () => true,
    switches: {
      // DHCPv6 is switched on per interface, and no document says that this stops it.
      'service dhcp': { initially: true, families: [4], inert: 'relay-service-off' },
      'forward-protocol bootps': { initially: true, families: [4], inert: 'bootp-forwarding-off' },
    },
  },
  naming: {
    internal: /^(Loopback|Tunnel|Null|nve|NVI|LISP|Virtual-Template|Virtual-PPP|Async|VoIP-Null|AppGigabitEthernet)/i,
    places: { on: PLACES, outside: PLACES },
    vlan: /^Vlan ?(\d+)$/i,
    expand: name => (name.startsWith('range ') ? expandRange(name.slice(6)) : [name]),
    remains: name => (name.includes('.') ? 'some' : HARDWARE.test(name) ? 'all' : undefined),
    parent: name => /^(.+\d)\.\d+$/.exec(name)?.[1],
    internalVrf: /^(mgmt|mgmt-?vrf|mgmt-intf|management)$/i,
  },
  state,
  // `% Interface Vlan10 IPv4 disabled and address(es) removed due to enabling VRF RED`
  moving: { loses: 'addresses' },
  secrets,
  fixValues,
  // A `relay target` stands in a class of its pool, of which nothing is known here; at the pool itself it would take nothing back.
  typed: /^(?! *(no )?relay target )[\w .:/,@+%*()=~&-]*$/,
  // `alias interface pxe ip helper-address 10.9.9.5`: of one mode each.
  aliases: /^alias [\w-]+ (\S+) *(.*)$/gm,
  change,
  cannot: {
    'dedup-pair': 'IOS routers form no pair that relays once for both: StackWise and VSS are one device.',
    'follow-master':
      'An EEM applet could switch the relay with the role of the router, but no configuration shows what it does; HSRP can gate the relay itself.',
  },
})
