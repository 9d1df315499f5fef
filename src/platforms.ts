// The one list of platforms. Adding a platform is one folder under parsers/, one under templates/ and one line here.
import aristaEos from '../parsers/arista-eos/index.ts'
import ciscoIos from '../parsers/cisco-ios/index.ts'
import ciscoNxos from '../parsers/cisco-nxos/index.ts'
import juniperJunos from '../parsers/juniper-junos/index.ts'
import type { Stranger } from './parse/detect.ts'
import type { Platform } from './parse/platform.ts'

/** Every platform this version can read, in the order in which they are listed to people. */
export const platforms: readonly Platform[] = [aristaEos, ciscoIos, ciscoNxos, juniperJunos]

/** The platform with this id, if this version has it. */
export const platformOf = (id: string): Platform | undefined => platforms.find(p => p.id === id)

/**
 * Systems this version knows by sight and cannot read. Their configurations resemble those of others, and a file that is
 * read with the wrong grammar looks like one without relays.
 */
export const strangers: readonly Stranger[] = [
  {
    name: 'Cisco IOS-XR',
    tells: [
      /^!! IOS XR Configuration/m,
      /^!RANCID-CONTENT-TYPE: cisco-xr/m,
      /^router (hsrp|vrrp)\s*$/m,
      /^interface MgmtEth0\//m,
      /^\s+ipv4 address \d/m,
      /^ipv4 access-list /m,
    ],
  },
  { name: 'Cisco ASA', tells: [/^ASA Version /m, /^: Serial Number:/m] },
  { name: 'FortiOS', tells: [/^#config-version=/m, /^config system (global|interface)\s*$/m] },
  { name: 'Comware or VRP', tells: [/^ ?sysname \S/m, /^interface (Vlanif|Vlan-interface) ?\d/m, /^ip vpn-instance /m] },
  {
    name: 'ArubaOS-CX',
    tells: [/^!Version ArubaOS-CX/m, /^! ?Version ArubaOS-CX/m, /^interface vlan ?\d+\n {4}/m, /^interface \d+\/\d+\/\d+\s*$/m],
  },
  { name: 'ArubaOS-Switch', tells: [/^; \w+ Configuration Editor/m] },
  { name: 'RouterOS', tells: [/^# .* by RouterOS/m, /^\/(interface|ip) /m] },
  {
    name: 'VyOS',
    tells: [
      /^set (interfaces ethernet eth\d|service ssh|system config-management)/m,
      /^interfaces \{\n {4}(ethernet|loopback|bonding|bridge) \w+ \{/m,
      /vyos-config-version|vyatta-config-version/,
    ],
  },
  { name: 'SONiC', tells: [/"DEVICE_METADATA"\s*:/, /^\s*"(VLAN|PORT|LOOPBACK_INTERFACE)"\s*:\s*\{/m] },
  {
    name: 'Cumulus Linux',
    tells: [
      /^nv set /m,
      /^auto (lo|swp\d+|eth0|bond\d|peerlink)/m,
      /^- set:\s*$/m,
      /^frr (defaults|version)\b/m,
      /^# This file describes the network interfaces/m,
    ],
  },
  { name: 'keepalived or ISC dhcrelay', tells: [/^vrrp_instance /m, /^(SERVERS|INTERFACES)=/m, /^vrrp_script /m] },
  { name: 'SR OS', tells: [/^# TiMOS-/m, /^configure \{\s*$/m, /^echo "(System|Port|Router) Configuration"/m, /^\/configure /m] },
  {
    name: 'SR Linux',
    tells: [/^set \/ (interface|system|network-instance)/m, /^\s*(subinterface \d+|network-instance \S+) \{/m],
  },
  {
    name: 'Dell OS10 or OS9',
    tells: [/^! Version 10\.\d/m, /^interface (ethernet|vlan)\d+(\/\d+)*\s*$/m, /^! Version \d+\.\d+\(/m, /^ip vlt-peering/m],
  },
  { name: 'FastIron', tells: [/^ver 0\d\.\d/m, /^interface ve \d/m, /^router vrrp(-extended)?\s*$/m] },
  { name: 'EXOS', tells: [/^# Module devmgr configuration/m, /^(create|configure) vlan "?\w+"? /m] },
]
