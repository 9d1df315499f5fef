// What other tools call the platforms: one table, and the way from any of their names to our id.

/** The platforms by their ids, with the names people know them by; not all of them can be read by this version. */
export const PLATFORM_NAMES: Readonly<Record<string, string>> = {
  'cisco-ios': 'Cisco IOS and IOS-XE',
  'cisco-nxos': 'Cisco NX-OS',
  'cisco-iosxr': 'Cisco IOS-XR',
  'arista-eos': 'Arista EOS',
  'juniper-junos': 'Juniper Junos',
  'hpe-comware': 'HPE Comware',
  'huawei-vrp': 'Huawei VRP',
  'aruba-aoscx': 'ArubaOS-CX',
  'aruba-aoss': 'ArubaOS-Switch',
  'dell-os10': 'Dell OS10',
  'dell-os9': 'Dell OS9',
  'dell-os6': 'Dell OS6',
  'ruckus-fastiron': 'Ruckus FastIron',
  'extreme-exos': 'Extreme EXOS',
  'fortinet-fortios': 'FortiOS',
  'mikrotik-routeros': 'MikroTik RouterOS',
  'vyos': 'VyOS',
  'nokia-sros': 'Nokia SR OS',
  'nokia-srlinux': 'Nokia SR Linux',
  'sonic': 'SONiC',
  'cumulus': 'Cumulus Linux',
  'linux': 'Linux',
}

/** Names by platform id, separated by blanks. */
type Scheme = Readonly<Record<string, string>>

/** `device_type` of Netmiko over SSH: PLATFORMS.md of ktbyers/netmiko. */
const netmiko: Scheme = {
  'cisco-ios': 'cisco_ios cisco_xe',
  'cisco-nxos': 'cisco_nxos',
  'cisco-iosxr': 'cisco_xr',
  'arista-eos': 'arista_eos',
  'juniper-junos': 'juniper juniper_junos',
  'hpe-comware': 'hp_comware',
  'huawei-vrp': 'huawei huawei_vrp huawei_vrpv8',
  'aruba-aoscx': 'aruba_aoscx',
  'aruba-aoss': 'aruba_osswitch aruba_procurve hp_procurve',
  'dell-os10': 'dell_os10',
  'dell-os9': 'dell_os9 dell_dnos9 dell_force10',
  'dell-os6': 'dell_os6 dell_dnos6',
  'ruckus-fastiron': 'ruckus_fastiron brocade_fastiron',
  'extreme-exos': 'extreme extreme_exos',
  'fortinet-fortios': 'fortinet',
  'mikrotik-routeros': 'mikrotik_routeros',
  'vyos': 'vyos vyatta_vyos brocade_vyos',
  'nokia-sros': 'nokia_sros alcatel_sros',
  'nokia-srlinux': 'nokia_srl',
  'sonic': 'dell_sonic',
  'linux': 'linux',
}

/** Driver names of NAPALM: napalm.readthedocs.io, supported devices, and the drivers of napalm-automation-community. */
const napalm: Scheme = {
  'cisco-ios': 'ios',
  'cisco-nxos': 'nxos nxos_ssh',
  'cisco-iosxr': 'iosxr iosxr_netconf',
  'arista-eos': 'eos',
  'juniper-junos': 'junos',
  'hpe-comware': 'h3c_comware',
  'huawei-vrp': 'huawei_vrp ce',
  'aruba-aoscx': 'aoscx',
  'aruba-aoss': 'procurve',
  'fortinet-fortios': 'fortios',
  'mikrotik-routeros': 'ros',
  'vyos': 'vyos',
  'nokia-sros': 'sros',
  'nokia-srlinux': 'srl',
  'sonic': 'sonic',
  'cumulus': 'cumulus',
}

/** `ansible_network_os` of Ansible, with and without collection: docs.ansible.com, network platform options and collections. */
const ansible: Scheme = {
  'cisco-ios': 'cisco.ios.ios ios',
  'cisco-nxos': 'cisco.nxos.nxos nxos',
  'cisco-iosxr': 'cisco.iosxr.iosxr iosxr',
  'arista-eos': 'arista.eos.eos eos',
  'juniper-junos': 'junipernetworks.junos.junos junos',
  'huawei-vrp': 'community.network.ce ce',
  'aruba-aoscx': 'arubanetworks.aoscx.aoscx',
  'aruba-aoss': 'arubanetworks.aos_switch.arubaoss arubaoss',
  'dell-os10': 'dellemc.os10.os10 dellos10',
  'dell-os9': 'dellemc.os9.os9 dellos9',
  'dell-os6': 'dellemc.os6.os6 dellos6',
  'ruckus-fastiron': 'commscope.icx.icx community.network.icx icx',
  'extreme-exos': 'community.network.exos exos',
  'fortinet-fortios': 'fortinet.fortios.fortios fortios',
  'mikrotik-routeros': 'community.routeros.routeros community.network.routeros routeros',
  'vyos': 'vyos.vyos.vyos vyos',
  'nokia-sros': 'community.network.sros sros',
  'nokia-srlinux': 'nokia.srlinux.srlinux',
  'sonic': 'dellemc.enterprise_sonic.sonic',
  'linux': 'frr.frr.frr frr',
}

/** Core and community platforms of scrapli: carlmontanari.github.io/scrapli, and scrapli/scrapli_community. */
const scrapli: Scheme = {
  'cisco-ios': 'cisco_iosxe',
  'cisco-nxos': 'cisco_nxos',
  'cisco-iosxr': 'cisco_iosxr',
  'arista-eos': 'arista_eos',
  'juniper-junos': 'juniper_junos',
  'hpe-comware': 'hp_comware',
  'huawei-vrp': 'huawei_vrp',
  'aruba-aoscx': 'aruba_aoscx',
  'ruckus-fastiron': 'ruckus_fastiron',
  'fortinet-fortios': 'fortinet_fortios',
  'mikrotik-routeros': 'mikrotik_routeros',
  'vyos': 'vyos_vyos',
  'nokia-sros': 'nokia_sros',
  'nokia-srlinux': 'nokia_srlinux',
  'cumulus': 'cumulus_linux',
}

/** Device types of RANCID: router.db(5), and etc/rancid.types.base with its aliases. */
const rancid: Scheme = {
  'cisco-ios': 'cisco ios cisco-ncs',
  'cisco-nxos': 'cisco-nx ios-nx',
  'cisco-iosxr': 'cisco-xr ios-xr cisco-xr7 ios-xr7 cisco-exr ios-exr',
  'arista-eos': 'arista',
  'juniper-junos': 'juniper juniper-srx junos junos-evo',
  'hpe-comware': 'h3c',
  'huawei-vrp': 'vrp',
  'aruba-aoss': 'hp',
  'dell-os10': 'dnos10',
  'dell-os9': 'dnos9 force10',
  'ruckus-fastiron': 'foundry',
  'extreme-exos': 'extreme',
  'fortinet-fortios': 'fortigate fortigate-full',
  'mikrotik-routeros': 'mikrotik routeros',
  'nokia-sros': 'sros sros-md',
  'linux': 'frr',
}

/** Models of Oxidized: docs/Supported-OS-Types.md of ytti/oxidized. */
const oxidized: Scheme = {
  'cisco-ios': 'ios iosxe',
  'cisco-nxos': 'nxos',
  'cisco-iosxr': 'iosxr',
  'arista-eos': 'eos',
  'juniper-junos': 'junos',
  'hpe-comware': 'comware h3c',
  'huawei-vrp': 'vrp',
  'aruba-aoscx': 'aoscx',
  'aruba-aoss': 'procurve aoss',
  'dell-os10': 'os10',
  'dell-os9': 'ftos dnos',
  'dell-os6': 'os6',
  'ruckus-fastiron': 'fastiron',
  'extreme-exos': 'xos',
  'fortinet-fortios': 'fortios fortigate',
  'mikrotik-routeros': 'routeros',
  'vyos': 'vyos vyatta',
  'nokia-sros': 'sros',
  'nokia-srlinux': 'srlinux',
  'sonic': 'enterprise_sonic asternos',
  'cumulus': 'cumulus',
  'linux': 'linuxgeneric',
}

/** Slugs that NetBox installations give their platforms (there is no fixed list; these follow the names of the systems). */
const netbox: Scheme = {
  'cisco-ios': 'cisco-ios cisco-ios-xe ios-xe cisco-xe',
  'cisco-nxos': 'cisco-nx-os nx-os',
  'cisco-iosxr': 'cisco-ios-xr ios-xr',
  'hpe-comware': 'comware',
  'aruba-aoscx': 'aruba-aos-cx aos-cx arubaos-cx',
  'aruba-aoss': 'aruba-aos-s aos-s arubaos-switch',
  'dell-os10': 'dell-emc-os10 os10',
  'dell-os9': 'os9',
  'ruckus-fastiron': 'icx-fastiron',
  'extreme-exos': 'extremexos',
  'mikrotik-routeros': 'mikrotik',
  'nokia-sros': 'nokia-sr-os sr-os timos',
  'nokia-srlinux': 'nokia-sr-linux sr-linux',
  'cumulus': 'cumulus-linux nvidia-cumulus',
}

/** All naming schemes, by the tool that has them. */
export const SCHEMES: Readonly<Record<string, Scheme>> = { netmiko, napalm, ansible, scrapli, rancid, oxidized, netbox }

/** Case and `-`, `_`, `.` and blanks tell no names apart. */
const bare = (name: string): string => name.toLowerCase().replace(/[-_.\s]+/g, '')

const BY_NAME: ReadonlyMap<string, string> = new Map([
  ...Object.values(SCHEMES).flatMap(scheme =>
    Object.entries(scheme).flatMap(([id, names]) => names.split(' ').map((name): [string, string] => [bare(name), id])),
  ),
  ...Object.keys(PLATFORM_NAMES).map((id): [string, string] => [bare(id), id]),
])

/** The id behind any tool's name of a platform; undefined for a name that none of them has. `auto` stays what it is. */
export const platformIdOf = (name: string): string | undefined => (bare(name) === 'auto' ? 'auto' : BY_NAME.get(bare(name)))
