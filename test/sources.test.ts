// Inventories of other tools: what their documents say must come out as devices of ours, and every mistake as one sentence.
import { chmodSync, copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { complaint, loaded, summary, withSources, workspace } from './support/inventory.ts'

const { files } = workspace('sources')

/** What the devices of one source come to. */
async function of(source: string, content: Readonly<Record<string, string | Buffer>>, more?: string) {
  const folder = files({ 'inventory.yaml': withSources(source, more), ...content })
  const result = await loaded(folder)
  return { devices: summary(result, folder), said: result.said, result }
}

describe('Nornir SimpleInventory', () => {
  const nornir = {
    'nr/hosts.yaml': `---
r1:
  hostname: 192.0.2.1
  port: 2222
  username: nina
  platform: ios
  groups: [ams, core]
  data: { role: dist, tags: [pair-a] }
r2:
  hostname: 192.0.2.2
  groups: [ams]
  connection_options:
    netmiko: { port: 8022, username: nm, extras: { key_file: keys/id, secret: hunter2 } }
    napalm: { port: 443 }
r3.example.net:
  groups: [lost]
r4: { hostname: 192.0.2.4, platform: panos, groups: [core] }
r5: { hostname: -oProxyCommand=x, groups: [core] }
r6:
`,
    'nr/groups.yaml': `---
core: { platform: nxos_ssh, groups: [global] }
ams: { username: amsuser, data: { site: ams }, groups: [global] }
global: { platform: eos, port: 22022, data: { site: world, role: any } }
`,
    'nr/defaults.yaml': 'username: everybody\npassword: hunter2\nplatform: junos\n',
  }

  it('takes what a host has, then what its groups have depth first, then the defaults', async () => {
    const { devices, said } = await of('  - { nornir: nr }\n', nornir)
    expect(devices).toEqual({
      'r1': 'nina@192.0.2.1:2222 | cisco-ios ams dist pair-a,ams,global,core',
      // ams has no platform, so its own group global is asked before the defaults are.
      'r2': 'nm@192.0.2.2:8022 key nr/keys/id | arista-eos ams any ams,global',
      'r3.example.net':
        'unusable: nr/hosts.yaml:15: its group "lost" is not among those of groups.yaml | juniper-junos default - lost',
      'r4': 'unusable: nr/hosts.yaml:17: its platform is "panos", and no platform here has such a name; say under platforms: of the source which it is, or leave it out with limit: | auto world any core,global',
      'r5': 'unusable: nr/hosts.yaml:18: its host is "-oProxyCommand=x": it must be a host name or an address | cisco-nxos world any core,global',
      'r6': 'everybody@r6:22 | juniper-junos default - ',
    })
    expect(said).toEqual([
      'nr/hosts.yaml holds passwords (2 places); they are not taken over: set password: env:NAME under defaults: or for a group of ours',
    ])
  })

  it('is found through the config.yaml of Nornir, and through hosts.yaml', async () => {
    const moved = {
      'nr/inv/h.yaml': 'a1: { hostname: 192.0.2.9, platform: cisco_xe }\n',
      'nr/config.yaml': 'inventory:\n  plugin: SimpleInventory\n  options: { host_file: inv/h.yaml }\n',
    }
    const one = { a1: 'audit@192.0.2.9:22 | cisco-ios default - ' }
    expect((await of('  - { nornir: nr/config.yaml }\n', moved)).devices).toEqual(one)
    expect((await of('  - { nornir: nr }\n', moved)).devices).toEqual(one)
    expect((await of('  - { nornir: nr/hosts.yml }\n', { 'nr/hosts.yml': moved['nr/inv/h.yaml'] })).devices).toEqual(one)
  })

  it('in another form than it should have is a host that fails', async () => {
    const { devices } = await of('  - { nornir: nr }\n', {
      'nr/hosts.yaml':
        'r1: 192.0.2.1\nr2: { groups: ams }\nr3: { data: [x] }\nr4: { groups: [lon] }\nr5: { groups: [ams], platform: ios }\n',
      'nr/groups.yaml': 'ams: { data: { site: ams } }\nlon: [site]\n',
    })
    expect(devices).toEqual({
      r1: 'unusable: nr/hosts.yaml:1: it is "192.0.2.1", and must be a block of hostname:, platform: and the like | auto default - ',
      r2: 'unusable: nr/hosts.yaml:2: its groups: must be a list | auto default - ',
      r3: 'unusable: nr/hosts.yaml:3: its data: must be a block | auto default - ',
      r4: 'unusable: nr/groups.yaml:2: it is "["site"]", and must be a block of hostname:, platform: and the like | auto default - lon',
      r5: 'audit@r5:22 | cisco-ios ams - ams',
    })
  })

  it('is read from hosts.yaml where there is a hosts.yml as well, and says what of it cannot be read', async () => {
    const both = { 'nr/hosts.yaml': 'r1: { platform: ios }\n', 'nr/hosts.yml': 'old: { platform: ios }\n' }
    expect(Object.keys((await of('  - { nornir: nr }\n', both)).devices)).toEqual(['r1'])
    const folder = files({ 'inventory.yaml': withSources('  - { nornir: nr }\n'), ...both, 'nr/groups.yaml/x': '' })
    expect(await complaint(folder)).toMatch(/^nr\/groups.yaml is a folder, not a file; name the folder with hosts.yaml/)
  })

  it('survives groups that hold each other', async () => {
    const { devices } = await of('  - { nornir: nr }\n', {
      'nr/hosts.yaml': 'r1: { groups: [a] }\n',
      'nr/groups.yaml': 'a: { groups: [b] }\nb: { groups: [a], platform: eos }\n',
    })
    expect(devices).toEqual({ r1: 'audit@r1:22 | arista-eos default - a,b' })
  })

  it('says what it is not', async () => {
    const told = (content: Record<string, string>) =>
      complaint(files({ 'inventory.yaml': withSources('  - { nornir: nr }\n'), ...content }))
    expect(await told({ 'nr/x': '' })).toMatch(/^there is no file nr\/hosts.yaml; name the folder with hosts.yaml/)
    expect(await told({ 'nr/hosts.yaml': 'a: [1\n' })).toMatch(/^nr\/hosts.yaml:[12]: this is not valid YAML: /)
    expect(await told({ 'nr/hosts.yaml': '- a\n- b\n' })).toMatch(/^nr\/hosts.yaml:1: these are no hosts of Nornir/)
    expect(await told({ 'nr/config.yaml': 'inventory:\n  plugin: NetBoxInventory2\n' })).toBe(
      'nr/config.yaml:2: the inventory plugin is "NetBoxInventory2", and only SimpleInventory can be read here',
    )
  })
})

describe('RANCID router.db', () => {
  it('reads both separators, and leaves out what is not up', async () => {
    const { devices, said } = await of('  - { rancid: router.db, site: ams }\n', {
      'router.db':
        '# a comment\nR1.example.net;cisco;up\nn1;cisco-nx;UP;a:comment\n\nold1:arista:up\ngone:juniper:down:until 2026\n2001:db8::1;juniper;up\nshort;cisco\nfw1;paloalto;up\n',
    })
    expect(devices).toEqual({
      'r1.example.net': 'audit@R1.example.net:22 | cisco-ios ams - ',
      'n1': 'audit@n1:22 | cisco-nxos ams - ',
      'old1': 'audit@old1:22 | arista-eos ams - ',
      '2001:db8::1': 'audit@2001:db8::1:22 | juniper-junos ams - ',
      'short': 'unusable: router.db:8: the line of "short" has no state; write name;type;state | cisco-ios ams - ',
      'fw1':
        'unusable: router.db:9: its platform is "paloalto", and no platform here has such a name; say under platforms: of the source which it is, or leave it out with limit: | auto ams - ',
    })
    expect(said).toEqual(['gone is not up in router.db, and left out'])
  })

  it('tells the separator by what cannot stand in a name', async () => {
    const { devices } = await of('  - { rancid: router.db }\n', {
      'router.db':
        'a1:cisco:up:ticket 7; ask Bob\n2001:db8:face::1;juniper;up;was: b1\n[2001:db8::2];juniper;up\nc1;cisco-nx;up;since 12:30\nd1:arista:up:\n',
    })
    expect(devices).toEqual({
      'a1': 'audit@a1:22 | cisco-ios default - ',
      '2001:db8:face::1': 'audit@2001:db8:face::1:22 | juniper-junos default - ',
      '[2001:db8::2]': 'audit@2001:db8::2:22 | juniper-junos default - ',
      'c1': 'audit@c1:22 | cisco-nxos default - ',
      'd1': 'audit@d1:22 | arista-eos default - ',
    })
  })

  it('reads the groups of a base folder, and makes tags of them', async () => {
    const { devices } = await of('  - { rancid: rancid }\n', {
      'rancid/core/router.db': 'c1;cisco-nx;up\n',
      'rancid/edge/router.db': 'e1;juniper;up\n',
      'rancid/logs/x': 'y',
    })
    const both = await of('  - { rancid: rancid }\n', {
      'rancid/router.db': 'a1;cisco;up\n',
      'rancid/core/router.db': 'c1;cisco-nx;up\n',
    })
    expect(Object.keys(both.devices)).toEqual(['a1', 'c1'])
    expect(devices).toEqual({ c1: 'audit@c1:22 | cisco-nxos default - core', e1: 'audit@e1:22 | juniper-junos default - edge' })
  })
})

describe('Oxidized', () => {
  it('reads its CSV with its own defaults, or with columns of ours', async () => {
    expect((await of('  - { oxidized: router.db }\n', { 'router.db': 'r1.example.net:ios\n # no\nn1:nxos:\n' })).devices).toEqual(
      {
        'r1.example.net': 'audit@r1.example.net:22 | cisco-ios default - ',
        'n1': 'audit@n1:22 | cisco-nxos default - ',
      },
    )
    const map = 'map: { name: 0, ip: 1, model: 2, group: 3, username: 4, password: 5, ssh_port: 6, ssh_proxy: 7 }'
    const { devices, said } = await of(`  - { oxidized: db, delimiter: ";", ${map} }\n`, {
      'db': 'r1;192.0.2.1;eos;ams;ox;hunter2;2022;jump.example.net\nr2;;junos;;;;;\nr3;192.0.2.3\n',
    })
    expect(devices).toEqual({
      r1: 'ox@192.0.2.1:2022 via jump.example.net:22 | arista-eos default - ams',
      r2: 'audit@r2:22 | juniper-junos default - ',
      r3: 'unusable: db:3: the line has no column 2 for the model with ";" between columns; set delimiter: and map: as in Oxidized | auto default - ',
    })
    expect(said).toEqual([
      'db holds passwords (one place); they are not taken over: set password: env:NAME under defaults: or for a group of ours',
    ])
  })

  it('names devices without the rest of their lines where the delimiter is another one', async () => {
    const { devices, said } = await of('  - { oxidized: db }\n', {
      db: 'r1;192.0.2.1;ios;ox;hunter2\nr-2.lon,192.0.2.2,ios,ox,hunter2\n',
    })
    const wrong = (line: number) =>
      `unusable: db:${line}: the line has no column 1 for the model with ":" between columns; set delimiter: and map: as in Oxidized | auto default - `
    expect(devices).toEqual({ 'r1': wrong(1), 'r-2.lon': wrong(2) })
    expect(said).toEqual([])
  })

  it('follows its configuration to the file', async () => {
    const { devices } = await of('  - { oxidized: ox/config }\n', {
      'ox/config':
        '---\nusername: oxuser\npassword: hunter2\nsource:\n  default: csv\n  csv:\n    file: db.csv\n    delimiter: !ruby/regexp /,/\n    map:\n      name: 0\n      model: 2\n      ip: 1\n    gpg: false\n',
      'ox/db.csv': 'r1,192.0.2.1,ios\n',
    })
    expect(devices).toEqual({ r1: 'oxuser@192.0.2.1:22 | cisco-ios default - ' })
  })
})

describe('the configuration of Oxidized', () => {
  const config = (more: string) =>
    `username: everybody\nmodel: eos\n${more}source:\n  default: csv\n  csv:\n    file: db\n    map: { name: 0, model: 1, group: 2, ip: 3 }\n`

  it('renames models and groups, and has users for them', async () => {
    const { devices } = await of('  - { oxidized: ox }\n', {
      'ox': config(
        'model_map: { cisco: nxos, !ruby/regexp /^jun/: junos }\ngroup_map: { old: ams }\nmodels: { nxos: { username: nx }, junos: { username: jun } }\ngroups: { ams: { username: amsuser, models: { junos: { username: amsjun } } }, lon: {} }\n',
      ),
      'db': 'r1:cisco:lon:192.0.2.1\nr2:cisco:old:192.0.2.2\nr3:juniper:ams:192.0.2.3\nr4:junos:lon:nil\nr5:ios:nil:192.0.2.5\n',
    })
    expect(devices).toEqual({
      r1: 'nx@192.0.2.1:22 | cisco-nxos default - lon',
      r2: 'amsuser@192.0.2.2:22 | cisco-nxos default - ams',
      r3: 'amsjun@192.0.2.3:22 | juniper-junos default - ams',
      r4: 'jun@r4:22 | juniper-junos default - lon',
      r5: 'everybody@192.0.2.5:22 | cisco-ios default - ',
    })
  })

  it('has the model of devices for which there is no column', async () => {
    const { devices } = await of('  - { oxidized: ox }\n', {
      ox: config('models: { eos: { username: arista } }\n').replace(/map: .*/, 'map: { name: 0 }'),
      db: 'r1\n',
    })
    expect(devices).toEqual({ r1: 'arista@r1:22 | arista-eos default - ' })
  })

  it('that has its CSV file encrypted says so', async () => {
    const folder = files({ 'inventory.yaml': withSources('  - { oxidized: ox }\n'), 'ox': `${config('')}    gpg: true\n` })
    expect(await complaint(folder)).toBe('ox:5: its CSV file is encrypted with GPG; name a file that is not')
  })
})

describe('several sources and our own list', () => {
  const two = {
    'a/hosts.yaml': 'r1: { hostname: 192.0.2.1, platform: ios }\nr2: { hostname: 192.0.2.2, platform: ios }\n',
    'router.db': 'r1;arista;up\nr3;juniper;up\n',
  }

  it('our own settings win; what we do not say comes from the source', async () => {
    const { devices } = await of(
      '  - { nornir: a, groups: [net], site: ams }\n',
      two,
      'groups: { net: { username: net, ssh: { port: 22022 } } }\ndevices:\n  - { name: r2, platform: cisco_nxos, site: lon, ssh: { timeout: 9 } }\n  - { name: own, host: 192.0.2.77, username: me }\n',
    )
    expect(devices).toEqual({
      r2: 'net@192.0.2.2:22022 | cisco-nxos lon - ',
      own: 'me@192.0.2.77:22 | auto default - ',
      r1: 'net@192.0.2.1:22022 | cisco-ios ams - ',
    })
  })

  it('of two sources the first counts for what both say, and the second for the rest', async () => {
    const { devices } = await of('  - { nornir: a }\n  - { oxidized: db, map: { name: 0, model: 1, username: 2 } }\n', {
      ...two,
      db: 'r2:eos:second\n',
    })
    expect(devices.r2).toBe('second@192.0.2.2:22 | cisco-ios default - ')
  })

  it('sources that contradict each other are a device that fails, at every site they name', async () => {
    const { devices } = await of('  - { nornir: a, site: ams }\n  - { rancid: router.db, site: lon }\n', two)
    const reason = 'unusable: a/hosts.yaml:1 says "ams" and router.db:1 says "lon"; list it under devices: with what is right'
    expect(devices.r1).toBe(`${reason} | cisco-ios ams - `)
    // It stands at one of the two; where else others stand is no question.
    const { result } = await of('  - { nornir: a, site: ams }\n  - { rancid: router.db, site: lon }\n', two)
    for (const { device } of result.devices) expect(device.from).not.toHaveProperty('anywhere')
    expect(devices['r1~2']).toMatch(/^unusable: router.db:1 says "lon" and a\/hosts.yaml:1 says "ams".* lon - $/)
    const same = await of('  - { nornir: a }\n  - { oxidized: db, map: { name: 0, model: 1, ip: 2 } }\n', {
      ...two,
      db: 'r1:ios:192.0.2.8\n',
    })
    expect(same.devices.r1).toBe(
      'unusable: a/hosts.yaml:1 says "192.0.2.1" and db:1 says "192.0.2.8"; list it under devices: with what is right | cisco-ios default - ',
    )
    const settled = await of(
      '  - { nornir: a, site: ams }\n  - { rancid: router.db, site: lon }\n',
      two,
      'defaults: { username: audit }\ndevices: [{ name: r1, host: 192.0.2.5, site: par }]\n',
    )
    expect(settled.devices.r1).toBe('audit@192.0.2.5:22 | cisco-ios par - ')
    expect(settled.devices['r1~2']).toBeUndefined()
  })

  it('one address under two names is a device that fails, and so is one without a user', async () => {
    const { devices } = await of('  - { nornir: a }\n', {
      'a/hosts.yaml': 'r1: { hostname: 192.0.2.1, platform: ios }\nr9: { hostname: 192.0.2.1, platform: ios }\n',
    })
    expect(devices.r9).toBe(
      'unusable: "r9" is reached at 192.0.2.1 port 22, as "r1" is; list a device once, or correct one of them | cisco-ios default - ',
    )
    const nobody = await of('  - { nornir: a }\n', { 'a/hosts.yaml': 'r1: { hostname: 192.0.2.1, platform: ios }\n' }, '')
    expect(nobody.devices.r1).toMatch(/^unusable: device "r1" has no username; /)
  })

  it('a site in another spelling is the same site', async () => {
    const { devices, said } = await of(
      '  - { nornir: a, site: AMS }\n',
      two,
      'defaults: { username: audit }\ndevices: [{ name: own, config: c, site: Ams }]\n',
    )
    expect(devices.r1).toMatch(/ cisco-ios Ams - $/)
    expect(said).toEqual(['site "AMS" of a source is taken for "Ams"'])
    // An accent as a letter of its own, as some systems write it.
    const accented = await of(
      '  - { nornir: a, site: "Zu\\u0308rich" }\n',
      two,
      'defaults: { username: audit }\ndevices: [{ name: own, config: c, site: "Z\\u00fcrich" }]\n',
    )
    expect(accented.devices.r1).toMatch(/ cisco-ios Z\u00fcrich - $/)
  })

  it('a platform that this version cannot read is a device that fails, and a name of their own can be explained', async () => {
    const { devices } = await of('  - { nornir: a, platforms: { our-ios: cisco_ios } }\n', {
      'a/hosts.yaml': 'x1: { platform: iosxr }\nx2: { platform: our-ios }\nx3: { platform: OUR.IOS }\n',
    })
    expect(devices.x1).toBe(
      'unusable: this version cannot read Cisco IOS-XR (cisco-iosxr); nothing was collected from it | cisco-iosxr default - ',
    )
    expect(devices.x2).toBe('audit@x2:22 | cisco-ios default - ')
    expect(devices.x3).toMatch(/^unusable: a\/hosts.yaml:3: its platform is "OUR.IOS"/)
  })

  it('a name that cannot be one is told by what is left of it', async () => {
    const { devices } = await of('  - { nornir: a }\n', {
      'a/hosts.yaml':
        '"../../etc/x": { hostname: 192.0.2.1, platform: ios }\n"a\\u001bb": { hostname: 192.0.2.2, platform: ios }\n',
    })
    expect(Object.keys(devices)).toEqual(['__.._etc_x', 'a_b'])
    expect(devices['__.._etc_x']).toMatch(
      /^unusable: a\/hosts.yaml:1: "..\/..\/etc\/x" is no name for a device: it must not hold slashes/,
    )
    expect(devices.a_b).toMatch(/^unusable: a\/hosts.yaml:2: "a b" is no name/)
  })

  it('names that cannot be one stay apart from one another, and from those that can', async () => {
    const { devices } = await of('  - { nornir: a }\n', {
      'a/hosts.yaml':
        'a/b: { hostname: 192.0.2.1, platform: ios }\na_b: { hostname: 192.0.2.2, platform: ios }\n"..": { hostname: 192.0.2.3, platform: ios }\n"": { hostname: 192.0.2.4, platform: ios }\n',
    })
    expect(Object.keys(devices)).toEqual(['a_b~2', 'a_b', '_', '_~2'])
    expect(devices.a_b).toBe('audit@192.0.2.2:22 | cisco-ios default - ')
    for (const name of ['a_b~2', '_', '_~2']) expect(devices[name]).toMatch(/is no name for a device/)
  })

  it('limit: chooses among the devices of one source', async () => {
    const { devices } = await of('  - { nornir: a, limit: "!r2" }\n', two)
    expect(Object.keys(devices)).toEqual(['r1'])
    const told = (limit: string) =>
      complaint(files({ 'inventory.yaml': withSources(`  - { nornir: a, limit: "${limit}" }\n`), ...two }))
    const hiding = {
      'a/hosts.yaml':
        'r1: { platform: ios, data: { site: ams, role: core } }\nr2: { platform: ios, data: { site: "{{ s }}", role: core } }\nr3: { platform: ios, data: { site: ams, role: "{{ r }}" } }\nr4: { platform: ios, groups: [lost] }\nr5: { platform: ios, data: { site: lon, role: "{{ r }}" } }\nr6: { platform: ios, data: { site: ams, role: lab } }\n',
    }
    // Who hides the value that a limit asks for may be one of those it wants.
    for (const [limit, names] of [
      ['site=ams', ['r1', 'r2', 'r3', 'r4', 'r6']],
      ['site=ams,role=core', ['r1', 'r2', 'r3']],
      ['!site=lon,!role=lab', ['r1', 'r2', 'r3', 'r4']],
    ] as const)
      expect(Object.keys((await of(`  - { nornir: a, limit: "${limit}" }\n`, hiding)).devices)).toEqual(names)
    expect(await told('site=nowhere')).toBe('inventory.yaml:4:25: limit site=nowhere fits none of the 2 devices of this source')
    expect(await told('sit=x')).toBe('inventory.yaml:4:25: limit sit=x: there is no key "sit"; did you mean "site"?')
  })

  it.each([
    [
      '  - { site: ams }',
      '4:5: a source names one of nornir:, ansible:, rancid:, oxidized:, netbox:, and one only; list several under sources:',
    ],
    [
      '  - { nornir: a, rancid: b }',
      '4:5: a source names one of nornir:, ansible:, rancid:, oxidized:, netbox:, and one only; list several under sources:',
    ],
    ['  - { nornir: a, groups: [nix] }', '4:27: there is no group "nix" under groups:; define it there'],
    ['  - { nornir: a, map: { name: 0 } }', '4:18: "map" goes with oxidized: only'],
    ['  - { nornr: a }', '4:7: unknown key "nornr"; did you mean "nornir"?'],
    ['  - { nornir: a, platforms: { x: cisco-io } }', '4:34: there is no platform "cisco-io"; did you mean "cisco-ios"?'],
    [
      '  - { netbox: { url: "https://me:pw@netbox" } }',
      '4:22: "url" must be the address of NetBox, like https://netbox.example.net, without user and password',
    ],
  ])('a mistake in the source itself: %s', async (source, sentence) => {
    expect(await complaint(files({ 'inventory.yaml': withSources(`${source}\n`) }))).toBe(`inventory.yaml:${sentence}`)
  })

  it.runIf(process.getuid?.() === 0)('a folder that may not be read stops the run, and is no fault of the program', async () => {
    const folder = files({
      'inventory.yaml': withSources('  - { rancid: r }\n'),
      'ansible.yaml': withSources('  - { ansible: a }\n'),
      'vars.yaml': withSources('  - { ansible: v/hosts }\n'),
      'r/core/router.db': 'r1;cisco;up\n',
      'a/hosts': 'r1\n',
      'v/hosts': '[g]\nr1\n',
      'v/group_vars/g.yml': 'site: ams\n',
    })
    for (const closed of ['r', 'a', 'v/group_vars']) chmodSync(join(folder, closed), 0o700)
    for (const open of ['.', '..']) chmodSync(join(folder, open), 0o755)
    const told = async (inventory: string) => {
      copyFileSync(join(folder, inventory), join(folder, 'inventory.yaml'))
      process.seteuid?.(65534)
      try {
        return await complaint(folder)
      } finally {
        process.seteuid?.(0)
      }
    }
    const sentence = (closed: string) => `the folder ${closed} cannot be read (EACCES); check that it is one you may read`
    expect([await told('inventory.yaml'), await told('ansible.yaml'), await told('vars.yaml')]).toEqual(
      ['r', 'a', 'v/group_vars'].map(sentence),
    )
  })

  it('PXE points may serve sites that only a source names, and no others', async () => {
    const points = (site: string) =>
      `pxe_points: [{ name: wds, addresses: [10.9.9.5], sites: [${site}] }]\ndefaults: { username: a }\nsources: [{ nornir: a, site: ams }]\n`
    expect(await complaint(files({ 'inventory.yaml': points('ams'), ...two }))).toBe('no complaint')
    expect(await complaint(files({ 'inventory.yaml': points('lon'), ...two }))).toBe(
      'inventory.yaml:1:58: no device stands in site "lon"; valid here: ams',
    )
  })

  it('a source that is not there, empty or no text stops everything: nobody knows which routers it names', async () => {
    const told = (source: string, content: Record<string, string | Buffer> = {}) =>
      complaint(files({ 'inventory.yaml': withSources(`  - { ${source} }\n`), ...content }))
    for (const kind of ['ansible', 'rancid', 'oxidized']) {
      expect(await told(`${kind}: nix`)).toMatch(/^there is no file nix; name /)
      expect(await told(`${kind}: f`, { f: ' \n' })).toMatch(/^f:1: it is empty; name /)
      expect(await told(`${kind}: f`, { f: Buffer.from([0x7f, 0x45, 0, 1]) })).toMatch(/^f:1: it holds binary data; name /)
    }
    expect(await told('rancid: f', { f: '# nothing\n' })).toMatch(/^f:1: it lists no device; name /)
  })

  it('our own platform: takes every name too; one that cannot be read is a device that fails', async () => {
    const { devices } = await of(
      '  - { nornir: a }\n',
      two,
      'defaults: { username: audit, platform: cisco.nxos.nxos }\ndevices: [{ name: o1, host: h1, platform: Cisco_XE }, { name: o2, host: h2 }, { name: o3, host: h3, platform: cisco_xr }]\n',
    )
    expect(devices).toMatchObject({
      o1: 'audit@h1:22 | cisco-ios default - ',
      o2: 'audit@h2:22 | cisco-nxos default - ',
      o3: 'unusable: this version cannot read Cisco IOS-XR (cisco-iosxr); nothing was collected from it | cisco-iosxr default - ',
    })
  })

  it('an own device without an address must be in a source', async () => {
    const folder = files({
      'inventory.yaml': withSources('  - { nornir: a }\n', 'defaults: { username: a }\ndevices: [{ name: r1 }, { name: r7 }]\n'),
      ...two,
    })
    expect(await complaint(folder)).toBe(
      'inventory.yaml:3:25: device "r7" needs host: (to collect it over SSH) or config: (to read a file)',
    )
  })
})
