// Names of platforms: each tool's own, and limits on devices.
import { describe, expect, it } from 'vitest'
import { parseLimit } from '../src/inventory/limit.ts'
import { PLATFORM_NAMES, platformIdOf, SCHEMES } from '../src/inventory/platform-names.ts'
import { Trouble } from '../src/model/trouble.ts'
import { platforms } from '../src/platforms.ts'

describe('names of platforms', () => {
  it.each([
    ['cisco-ios', 'cisco_ios cisco_xe ios cisco.ios.ios cisco_iosxe cisco iosxe ios-xe cisco-ios CISCO_IOS Cisco-IOS'],
    ['cisco-nxos', 'cisco_nxos nxos nxos_ssh cisco.nxos.nxos cisco-nx NX-OS'],
    ['cisco-iosxr', 'cisco_xr iosxr cisco.iosxr.iosxr cisco_iosxr cisco-xr ios-xr'],
    ['arista-eos', 'arista_eos eos arista.eos.eos arista'],
    ['juniper-junos', 'juniper juniper_junos junos junipernetworks.junos.junos'],
    ['hpe-comware', 'hp_comware comware h3c'],
    ['huawei-vrp', 'huawei huawei_vrp vrp ce'],
    ['aruba-aoscx', 'aruba_aoscx aoscx arubanetworks.aoscx.aoscx aos-cx'],
    ['aruba-aoss', 'aruba_procurve hp_procurve procurve hp'],
    ['dell-os10', 'dell_os10 os10 dellemc.os10.os10'],
    ['dell-os9', 'dell_force10 force10 ftos'],
    ['dell-os6', 'dell_os6 os6'],
    ['ruckus-fastiron', 'ruckus_fastiron fastiron foundry icx'],
    ['extreme-exos', 'extreme_exos xos extreme'],
    ['fortinet-fortios', 'fortinet fortios fortigate fortinet.fortios.fortios'],
    ['mikrotik-routeros', 'mikrotik_routeros routeros ros mikrotik'],
    ['vyos', 'vyos vyos_vyos vyatta'],
    ['nokia-sros', 'nokia_sros sros alcatel_sros'],
    ['nokia-srlinux', 'nokia_srl srl nokia_srlinux'],
    ['sonic', 'dell_sonic sonic enterprise_sonic'],
    ['cumulus', 'cumulus cumulus_linux'],
    ['linux', 'linux linuxgeneric frr'],
    ['auto', 'auto AUTO'],
  ])('%s', (id, names) => {
    expect(names.split(' ').map(name => [name, platformIdOf(name)])).toEqual(names.split(' ').map(name => [name, id]))
  })

  it('mean one platform each, whoever uses them', () => {
    const meanings = new Map<string, Set<string>>()
    for (const scheme of Object.values(SCHEMES))
      for (const [id, names] of Object.entries(scheme))
        for (const name of names.split(' ')) {
          const bare = name.toLowerCase().replace(/[-_.]/g, '')
          meanings.set(bare, (meanings.get(bare) ?? new Set()).add(id))
        }
    expect([...meanings].filter(([, ids]) => ids.size > 1)).toEqual([])
    for (const scheme of Object.values(SCHEMES))
      expect(Object.keys(PLATFORM_NAMES)).toEqual(expect.arrayContaining(Object.keys(scheme)))
  })

  it('know every platform that can be read', () => {
    for (const { id } of platforms) expect([platformIdOf(id), PLATFORM_NAMES[id]]).toEqual([id, expect.any(String)])
    expect(Object.keys(PLATFORM_NAMES)).toHaveLength(22)
  })

  it.each(['panos', 'cisco_asa', 'iosx', '', 'cisco_ios_telnet', '__proto__'])('%s is none', name =>
    expect(platformIdOf(name)).toBeUndefined(),
  )
})

const device = (name: string, more: object = {}) => ({
  name,
  site: 'ams',
  role: null,
  tags: [],
  groups: [],
  platform: 'auto',
  host: null,
  ...more,
})
const fleet = [
  device('ams-1', { role: 'core', tags: ['pair-a'], platform: 'cisco-ios', host: '192.0.2.1' }),
  device('ams-2', { role: 'lab', tags: ['pair-a', 'old'], groups: ['legacy'], platform: 'cisco-nxos' }),
  device('lon-1', { site: 'lon', role: 'core', host: 'lon-1.example.net' }),
]

describe('a limit', () => {
  it.each([
    ['site=ams', ['ams-1', 'ams-2']],
    ['site=AMS,!role=lab', ['ams-1']],
    ['site=ams|lon,role=core', ['ams-1', 'lon-1']],
    ['!site=ams', ['lon-1']],
    ['ams-*', ['ams-1', 'ams-2']],
    ['*-1', ['ams-1', 'lon-1']],
    ['!*-1', ['ams-2']],
    ['ams-1|lon-1', ['ams-1', 'lon-1']],
    ['ams-?', ['ams-1', 'ams-2']],
    ['tag=old', ['ams-2']],
    ['!tag=old', ['ams-1', 'lon-1']],
    ['group=leg*', ['ams-2']],
    ['platform=cisco_xe', ['ams-1']],
    ['platform=cisco*', ['ams-1', 'ams-2']],
    ['host=*.example.net', ['lon-1']],
    ['host=192.0.2.1', ['ams-1']],
    ['name = ams-1 , site = ams', ['ams-1']],
    ['role=*', ['ams-1', 'ams-2', 'lon-1']],
    ['site=a.s', []],
  ])('%s', (text, names) => expect(fleet.filter(d => parseLimit(text).fits(d)).map(d => d.name)).toEqual(names))

  it.each([
    ['ams-1|ams-3', ['name=ams-3']],
    ['site=ams|par,!role=x', ['site=par', 'role=x']],
    ['site=a*,!tag=old', []],
  ])('%s: tells the values that fit nothing', (text, values) => expect(parseLimit(text).misses(fleet)).toEqual(values))

  it.each([
    ['', '--limit : there is nothing between two commas; write terms like site=ams,!role=lab'],
    ['site=ams,', '--limit site=ams,: there is nothing between two commas; write terms like site=ams,!role=lab'],
    ['sit=ams', '--limit sit=ams: there is no key "sit"; did you mean "site"?'],
    ['colour=red', '--limit colour=red: there is no key "colour"; valid here: name, site, role, tag, group, platform, host'],
    ['site=', '--limit site=: "site=" has no value; write site=VALUE, or site=ONE|OTHER'],
    ['site=a|', '--limit site=a|: "site=a|" has no value; write site=VALUE, or site=ONE|OTHER'],
    ['site!=ams', '--limit site!=ams: to leave devices out, write !site=ams'],
    ['!', '--limit !: "!" has no value; write name=VALUE, or name=ONE|OTHER'],
    ['__proto__=x', '--limit __proto__=x: there is no key "__proto__"; valid here: name, site, role, tag, group, platform, host'],
  ])('%s is none', (text, sentence) => expect(() => parseLimit(text)).toThrow(new Trouble('usage', sentence)))
})
