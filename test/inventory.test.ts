// The inventory: what it means, and what it says about each mistake, to the column.
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readFolder } from '../src/inventory/folder.ts'
import { loadInventory } from '../src/inventory/load.ts'
import { readConfig } from '../src/inventory/read-config.ts'
import type { Collected } from '../src/model/inventory.ts'
import { Trouble } from '../src/model/trouble.ts'

const dir = mkdtempSync(join(tmpdir(), 'iphelper-inventory-'))
const file = join(dir, 'inventory.yaml')
const platforms = ['cisco-ios', 'cisco-nxos', 'arista-eos']
afterAll(() => rmSync(dir, { recursive: true }))

const sound = `pxe_points:
  - { name: wds-ams, kind: wds, addresses: [10.9.9.5], networks: [10.9.9.0/24], sites: [ams] }
defaults: { username: audit, password: env:AUDIT_PASSWORD, ssh: { timeout: 60 } }
groups:
  old: { username: old, ssh: { legacy_algorithms: true, port: 2222 } }
  older: { username: older, ssh: { port: 2223 } }
devices:
  - { name: r1, host: 192.0.2.1, platform: cisco-ios, site: ams, groups: [old, older], key: keys/k }
  - { name: r2, config: configs/r2.cfg }
`
const load = (text: string) => {
  writeFileSync(file, text)
  return loadInventory(file, { platforms })
}
/** The complaint about a text, without the folder. */
const complaint = async (text: string | (() => unknown)): Promise<string> => {
  try {
    if (typeof text === 'string') await load(text)
    else await text()
  } catch (error) {
    expect(error).toBeInstanceOf(Trouble)
    return (error as Trouble).message.replaceAll(`${dir}/`, '')
  }
  return 'no complaint'
}

describe('an inventory', () => {
  it('settles each device: its own settings, then its groups, later ones first, then the defaults', async () => {
    const { devices, points } = await load(sound)
    expect(devices).toEqual([
      {
        name: 'r1',
        site: 'ams',
        platform: 'cisco-ios',
        role: null,
        tags: [],
        groups: ['old', 'older'],
        from: {
          ssh: {
            host: '192.0.2.1',
            port: 2223,
            host_key_alias: null,
            username: 'older',
            password: 'env:AUDIT_PASSWORD',
            enable: null,
            keys: [join(dir, 'keys/k')],
            passphrase: null,
            agent: null,
            known_hosts: [join(homedir(), '.ssh/known_hosts')],
            host_keys: 'strict',
            legacy_algorithms: true,
            algorithms: { kex: null, ciphers: null, macs: null, host_keys: null },
            timeout: 60,
            jumps: [],
          },
        },
      },
      {
        name: 'r2',
        site: 'default',
        platform: 'auto',
        role: null,
        tags: [],
        groups: [],
        from: { file: join(dir, 'configs/r2.cfg') },
      },
    ])
    expect(points[0]).toEqual({
      name: 'wds-ams',
      kind: 'wds',
      addresses: ['10.9.9.5'],
      retired: [],
      hostnames: [],
      networks: ['10.9.9.0/24'],
      vrf: null,
      sites: ['ams'],
    })
  })

  it('takes paths relative to itself', async () => {
    const text = sound.replace('env:AUDIT_PASSWORD', 'file:pw.txt').replace('timeout: 60', 'known_hosts: kh')
    expect((await load(text)).devices[0]?.from).toMatchObject({
      ssh: { password: `file:${join(dir, 'pw.txt')}`, known_hosts: [join(dir, 'kh')] },
    })
  })

  it('is explained by the example, which loads', async () => {
    const example = await loadInventory(join(import.meta.dirname, '..', 'inventory.example.yaml'), {
      platforms: ['cisco-ios', 'cisco-nxos', 'arista-eos', 'juniper-junos'],
    })
    expect(example.points.map(p => [p.name, p.addresses, p.sites])).toEqual([
      ['wds-ams', ['10.9.9.5'], ['ams', 'ams-bld']],
      ['wds-lon', ['10.9.8.5'], ['lon']],
    ])
    expect(example.devices.map(d => 'ssh' in d.from && d.from.ssh.port)).toEqual(Array.from({ length: 16 }, (_, i) => 22201 + i))
    expect(example.devices.every(d => d.name.startsWith(d.site))).toBe(true)
  })
})

describe('a mistake is told in one sentence with its place', () => {
  const mistakes: [string, string, string, string][] = [
    ['unknown key', 'addresses', 'adresses', '2:33: unknown key "adresses"; did you mean "addresses"? (and 1 more)'],
    ['unknown key at the top', 'devices:', 'device:', '7:1: unknown key "device"; did you mean "devices"? (and 1 more)'],
    ['unknown key deep down', 'port: 2223', 'prot: 1', '6:36: unknown key "prot"; did you mean "port"?'],
    ['wrong type', 'port: 2223', 'port: ssh', '6:42: "port" must be a number, not text'],
    ['number for text', 'name: r2', 'name: 2', '9:13: "name" must be text, not a number; put it in quotes'],
    ['nothing', 'name: r2', 'name:', '9:12: "name" is empty; it must be text'],
    ['out of range', 'port: 2223', 'port: 70000', '6:42: "port" must be between 1 and 65535'],
    ['text for a list', '[10.9.9.5]', '10.9.9.5', '2:44: "addresses" must be a list, not text'],
    ['unknown kind', 'kind: wds', 'kind: pxe', '2:28: "kind" must be one of wds, responder, other'],
    ['no address', '10.9.9.5]', '10.9.9.555]', '2:45: "10.9.9.555" is no IP address (in entry 1 of "addresses")'],
    [
      'no network',
      '10.9.9.0/24',
      '10.9.9.5/24',
      '2:67: "10.9.9.5/24" is no network: write it like 10.9.9.0/24, with no bits set behind the prefix (in entry 1 of "networks")',
    ],
    ['duplicate name', 'name: r2', 'name: r1', '9:13: the name "r1" is taken by entry 1 of devices; names must differ'],
    [
      'name that leads elsewhere',
      'name: r2',
      'name: ../r2',
      '9:13: "name" must be a name without slashes that does not begin with a dot or a blank',
    ],
    [
      'one device twice',
      'config: configs/r2.cfg',
      'host: 192.0.2.1, username: x, ssh: { port: 2223 }',
      '9:23: "r2" is reached at 192.0.2.1 port 2223, as "r1" is; list a device once, or correct one of them',
    ],
    ['host and config', 'config: c', 'host: h, config: c', '9:26: device "r2" has both host: and config:; keep one'],
    [
      'neither',
      ', config: configs/r2.cfg',
      '',
      '9:5: device "r2" needs host: (to collect it over SSH) or config: (to read a file)',
    ],
    ['host that is a command', '192.0.2.1', '"-oProxyCommand=x"', '8:23: "host" must be a host name or an address'],
    ['unknown group', '[old, older]', '[old, odler]', '8:80: there is no group "odler" under groups:; did you mean "older"?'],
    ['unknown platform', 'cisco-ios', 'cisco-io', '8:44: there is no platform "cisco-io"; did you mean "cisco-ios"?'],
    [
      'site in two spellings',
      'config: configs/r2.cfg',
      'config: configs/r2.cfg, site: AMS',
      '9:47: site "AMS" is spelled "ams" before; spell it the same way, or give it another name',
    ],
    [
      'site with a blank that nobody sees',
      'config: configs/r2.cfg',
      'config: configs/r2.cfg, site: "ams "',
      '9:47: site "ams " is spelled "ams" before; spell it the same way, or give it another name',
    ],
    ['site without device', 'sites: [ams]', 'sites: [lon]', '2:89: no device stands in site "lon"; valid here: ams, default'],
    [
      'secret that is none',
      'env:AUDIT_PASSWORD',
      'hunter2',
      '3:40: "password" must be a reference to the secret: env:NAME, file:PATH, cmd:COMMAND, ask, agent, or plain:VALUE if you insist',
    ],
    [
      'broken YAML',
      'name: r2',
      'name: r2: x',
      '9:13: this is not valid YAML: Block collections are not allowed within flow collections',
    ],
    ['key twice', 'devices:', 'defaults: {}\ndevices:', '7:1: this is not valid YAML: Map keys must be unique'],
  ]
  it.each(mistakes)('%s', async (_, right, wrong, message) => {
    expect(await complaint(sound.replace(right, wrong))).toBe(`inventory.yaml:${message}`)
  })

  it.each([
    ['SW1.example.net', 'sw1.Example.net.'],
    ['2001:db8::1', '2001:DB8:0::1'],
  ])('one device twice under two spellings: %s, %s', async (one, other) => {
    const twice = sound.replace('host: 192.0.2.1', `host: "${one}"`).replace('config: configs/r2.cfg', `host: "${other}"`)
    expect(await complaint(twice.replace('platform: cisco-ios, site: ams, groups: [old, older], key: keys/k', 'site: ams'))).toBe(
      `inventory.yaml:9:23: "r2" is reached at ${other} port 22, as "r1" is; list a device once, or correct one of them`,
    )
  })

  it('missing user', async () => {
    expect(await complaint(sound.replace(/username: \w+, /g, ''))).toBe(
      'inventory.yaml:8:5: device "r1" has no username; set one for the device, for a group of it, or under defaults:',
    )
  })
  it('nothing to audit', async () => {
    expect(await complaint('pxe_points: []\ndevices: []\n')).toBe(
      'inventory.yaml:1:13: "pxe_points" must list at least one boot server (and 1 more)',
    )
    expect(await complaint(sound.replace(/devices:.*/s, 'devices: []\n'))).toBe(
      'inventory.yaml:7:10: "devices" must list at least one device',
    )
    expect(await complaint('')).toBe(
      'inventory.yaml:1:1: an inventory is a block of keys such as pxe_points: and devices:; start from inventory.example.yaml',
    )
  })
  it('missing file', async () => {
    expect(await complaint(() => loadInventory(join(dir, 'none.yaml')))).toBe(
      'there is no inventory none.yaml; copy inventory.example.yaml there, or name another file',
    )
  })
  it('never quotes a secret, be it written in a form that YAML takes for something else', async () => {
    const told = (written: string) => complaint(sound.replace('username: old,', `username: old, ${written},`))
    const refers = 'a value that begins with * refers to an anchor (&), and there is none of that name; put it in quotes'
    expect(await told('enable: *hunter2')).toBe(`inventory.yaml:5:33: this is not valid YAML: ${refers}`)
    const between = 'a colon and a blank stand between a key and its value'
    expect(await told('enable:hunter2')).toBe(`inventory.yaml:5:25: unknown key "enable:..."; ${between}`)
    expect(await told('enable=hunter2')).toBe(`inventory.yaml:5:25: unknown key "enable=..."; ${between}`)
    expect(await told('enable: !e!hunter2 x')).toBe('inventory.yaml:5:33: this is not valid YAML: Could not resolve tag')
    expect(await complaint(`${sound}    enable: |hunter2\n`)).toMatch(/^inventory.yaml:\d+:\d+: (?!.*hunter2)/)
    expect(await complaint('defaults:\n  password: |hunter2\n')).toBe(
      'inventory.yaml:2:14: this is not valid YAML: Block scalar header includes extra characters',
    )
  })
  it('never quotes a secret', async () => {
    for (const key of ['password', 'enable']) {
      for (const value of ['hunter2', '[hunter2]', '{ hunter2: 1 }', '*hunter2']) {
        expect(
          (await complaint(sound.replace('username: old,', `username: old, ${key}: ${value},`))).replace('Unresolved alias', ''),
        ).toMatch(value === '*hunter2' ? /not valid YAML/ : /^(?!.*hunter2)/)
      }
    }
  })
})

describe('PXE points', () => {
  const devices = 'devices:\n  - { name: r1, config: c, site: ams }\n  - { name: r2, config: c, site: lon }\n'
  const points = (...entries: string[]) => `pxe_points:\n${entries.map(e => `  - { ${e} }\n`).join('')}${devices}`

  it('have addresses they have given up, spelled like all others', async () => {
    const [point] = (await load(points('name: a, addresses: [10.9.9.5], retired: [10.9.9.3, "2001:DB8:0::3"]'))).points
    expect(point?.retired).toEqual(['10.9.9.3', '2001:db8::3'])
  })

  it.each([
    [
      'an address in two points',
      ['name: a, addresses: [10.9.9.5]', 'name: b, addresses: [10.9.9.6, 10.9.9.5]'],
      '3:38: "b" and "a" both answer on "10.9.9.5"; make them one PXE point, or keep them apart by sites: or vrf:',
    ],
    [
      'the same address in other words',
      ['name: a, addresses: ["2001:db8::5"]', 'name: b, addresses: ["2001:DB8:0::5"]'],
      '3:28: "b" and "a" both answer on "2001:DB8:0::5"; make them one PXE point, or keep them apart by sites: or vrf:',
    ],
    [
      'a host name in two points',
      [
        'name: a, addresses: [10.9.9.5], hostnames: [WDS.example.net]',
        'name: b, addresses: [10.9.9.6], hostnames: [wds.example.net.]',
      ],
      '3:51: "b" and "a" both answer on "wds.example.net."; make them one PXE point, or keep them apart by sites: or vrf:',
    ],
    [
      'the number of its own network',
      ['name: a, addresses: [10.9.9.0], networks: [10.9.9.0/24]'],
      "2:28: 10.9.9.0 is the number of the network 10.9.9.0/24, and no server has it; write the server's own address",
    ],
    [
      'an IPv4 address written as one of IPv6',
      ['name: a, addresses: ["::ffff:10.9.9.5"]'],
      '2:28: ::ffff:a09:905 is an IPv4 address written as one of IPv6; write 10.9.9.5',
    ],
    ['an address of nobody', ['name: a, addresses: [127.0.0.1]'], '2:28: 127.0.0.1 is no address of a server'],
    [
      'a network that holds everything',
      ['name: a, addresses: [10.9.9.5], networks: [0.0.0.0/0]'],
      '2:50: 0.0.0.0/0 is no subnet that a server stands in',
    ],
    [
      'an address that the one gave up and the other has',
      ['name: a, addresses: [10.9.9.5], retired: [10.9.9.3]', 'name: b, addresses: [10.9.9.3]'],
      '3:28: "10.9.9.3" is live at "b" and retired at "a"; remove it from one of them, or keep them apart by sites: or vrf:',
    ],
    [
      'an address that the one has and the other gave up',
      ['name: a, addresses: [10.9.9.5]', 'name: b, addresses: [10.9.9.6], retired: [10.9.9.5]'],
      '3:49: "10.9.9.5" is live at "a" and retired at "b"; remove it from one of them, or keep them apart by sites: or vrf:',
    ],
    [
      'one site in common, and a VRF that may be equal',
      ['name: a, addresses: [10.9.9.5], sites: [ams, lon], vrf: PXE', 'name: b, addresses: [10.9.9.5], sites: [lon]'],
      '3:28: "b" and "a" both answer on "10.9.9.5"; make them one PXE point, or keep them apart by sites: or vrf:',
    ],
    [
      'an address twice in one point',
      ['name: a, addresses: [10.9.9.5, 10.9.9.5]'],
      '2:38: "10.9.9.5" is listed twice under addresses: of "a"; keep one',
    ],
    [
      'an address that was given up twice',
      ['name: a, addresses: [10.9.9.5], retired: [10.9.9.3, 10.9.9.3]'],
      '2:59: "10.9.9.3" is listed twice under retired: of "a"; keep one',
    ],
    [
      'an address that is both',
      ['name: a, addresses: [10.9.9.5], retired: [10.9.9.5]'],
      '2:49: "10.9.9.5" of "a" is both under addresses: and under retired:; it is one or the other',
    ],
    [
      'an address given up that is none',
      ['name: a, addresses: [10.9.9.5], retired: [10.9.9.555]'],
      '2:49: "10.9.9.555" is no IP address (in entry 1 of "retired")',
    ],
  ])('must not overlap: %s', async (_, entries, message) => {
    expect(await complaint(points(...entries))).toBe(`inventory.yaml:${message}`)
  })

  it.each([
    [
      'sites without one in common',
      ['name: a, addresses: [10.9.9.5], sites: [ams]', 'name: b, addresses: [10.9.9.5], sites: [lon]'],
    ],
    ['two VRFs', ['name: a, addresses: [10.9.9.5], vrf: A', 'name: b, addresses: [10.9.9.5], vrf: B']],
    [
      'an address that both gave up',
      ['name: a, addresses: [10.9.9.5], retired: [10.9.9.3]', 'name: b, addresses: [10.9.9.6], retired: [10.9.9.3]'],
    ],
    [
      'a subnet in which both stand',
      ['name: a, addresses: [10.9.9.5], networks: [10.9.9.0/24]', 'name: b, addresses: [10.9.9.6], networks: [10.9.9.0/24]'],
    ],
  ])('may share: %s', async (_, entries) => {
    expect((await load(points(...entries))).points.map(p => p.name)).toEqual(['a', 'b'])
  })
})

describe('waivers', () => {
  const entry = 'rule: duplicate-pxe-relay, device: [r1, r2], subnet: 10.0.0.0/8, pxe_point: wds-*, reason: x, owner: Ann'
  const waivers = (...entries: string[]) => `${sound}waivers:\n${entries.map(e => `  - { ${e} }\n`).join('')}`
  const options = { rules: ['duplicate-pxe-relay', 'missing-pxe-relay'], now: new Date('2026-03-04T23:59:59Z') }
  const held = async (text: string, more: Partial<typeof options> = options) => {
    writeFileSync(file, text)
    return (await loadInventory(file, { platforms, ...more })).waivers
  }

  it.each(['inventory.example.yaml', 'templates/inventory/inventory.yaml'])(
    'are shown by %s, and load once the marks are gone',
    async name => {
      const text = readFileSync(join(import.meta.dirname, '..', name), 'utf8')
      const uncommented = text.slice(0, text.indexOf('# waivers:')) + text.slice(text.indexOf('# waivers:')).replace(/^# /gm, '')
      writeFileSync(file, uncommented.replaceAll('# retired:', 'retired:'))
      const inventory = await loadInventory(file, options)
      expect(inventory.waivers.map(w => [w.rule, w.owner, w.expires])).toEqual([
        ['duplicate-pxe-relay', 'Network team', '2030-12-31'],
      ])
      expect(inventory.points[0]?.retired).toHaveLength(1)
    },
  )

  it('are none where nothing is said', async () => expect(await held(sound)).toEqual([]))

  it('know their place', async () => {
    expect(await held(waivers('rule: "*", reason: all, owner: Bob, expires: 2026-03-04', entry))).toEqual([
      {
        rule: '*',
        site: null,
        device: null,
        subnet: null,
        point: null,
        reason: 'all',
        owner: 'Bob',
        expires: '2026-03-04',
        place: `${file}:11`,
      },
      {
        rule: 'duplicate-pxe-relay',
        site: null,
        device: ['r1', 'r2'],
        subnet: ['10.0.0.0/8'],
        point: ['wds-*'],
        reason: 'x',
        owner: 'Ann',
        expires: null,
        place: `${file}:12`,
      },
    ])
  })

  it('end with their day, in UTC; who does not audit does not ask', async () => {
    const text = waivers('rule: "*", reason: all, owner: Bob, expires: 2026-03-04')
    expect(await held(text)).toHaveLength(1)
    const later = { ...options, now: new Date('2026-03-05T00:00:00Z') }
    expect(await complaint(() => held(text, later))).toBe(
      'inventory.yaml:11:52: this waiver by Bob ended on 2026-03-04; renew or remove it',
    )
    expect(await held(text, {})).toHaveLength(1)
  })

  it('name a rule there is; a pattern may be for one that is yet to come', async () => {
    expect(await complaint(() => held(waivers('rule: mising-pxe-relay, reason: x, owner: Ann')))).toBe(
      'inventory.yaml:11:13: there is no rule "mising-pxe-relay"; did you mean "missing-pxe-relay"?',
    )
    expect(await held(waivers('rule: new-*, reason: x, owner: Ann'))).toHaveLength(1)
  })

  it('tell what is wrong with the first, and how many follow', async () => {
    expect(await complaint(() => held(waivers(entry, 'rule: "*", reason: x', 'rule: "*", owner: y')))).toBe(
      'inventory.yaml:12:5: "owner" is missing; add it (and 1 more)',
    )
  })
})

describe('a folder of configurations', () => {
  const folder = join(dir, 'folder')
  const put = (path: string, bytes: string | Buffer) => {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), bytes)
  }
  const text = 'hostname r1\r\n! Zürich\r\n'
  const seen = (c: Collected) => (c.state === 'failed' ? c.reason.replaceAll(`${dir}/`, '') : c.text)

  it('is read whatever its files were saved as', () => {
    put('plain.cfg', text)
    put('bom.txt', `\ufeff${text}`)
    put('le.conf', Buffer.from(`\ufeff${text}`, 'utf16le'))
    put('be.log', Buffer.from(`\ufeff${text}`, 'utf16le').swap16())
    put('latin1', Buffer.from(text, 'latin1'))
    put('nul.cap', `${text.repeat(20)}\0`)
    put('r1.example.net', text)
    put('a/twin.cfg', text)
    put('b/twin.cfg', text)
    put('blank.cfg', '\n')
    put('image', Buffer.from([0x7f, 0x45, 0, 0, 0, 1]))
    for (const other of ['README.md', '.hidden', '.git/config', 'x.json', 'y.yaml', 'z.html', 'p.png']) put(other, text)
    symlinkSync(join(folder, 'nowhere'), join(folder, 'broken.cfg'))
    symlinkSync(folder, join(folder, 'circle'))
    const found = Object.fromEntries(readFolder(folder).map(c => [c.device, seen(c)]))
    expect(found).toEqual({
      'a/twin': text,
      'b/twin': text,
      'be': text,
      'blank': 'folder/blank.cfg is empty; collect the configuration again',
      'bom': text,
      'broken': 'there is no file folder/broken.cfg; check the path',
      'image': 'folder/image holds binary data, not a configuration; save it as plain text',
      'latin1': text,
      'le': text,
      'nul': text.repeat(20),
      'plain': text,
      'r1.example.net': text,
    })
  })

  it('is read where links lead, each folder once', () => {
    const links = join(dir, 'links')
    const site = (name: string, device: string) => {
      mkdirSync(join(links, name), { recursive: true })
      writeFileSync(join(links, name, device), text)
      return join(links, name)
    }
    const top = site('top', 'r1.cfg')
    const today = site('top/2026-11-27', 'r2.cfg')
    symlinkSync(today, join(top, '.current'))
    symlinkSync('2026-11-27', join(top, '2026-latest'))
    symlinkSync(site('elsewhere', 'r3.cfg'), join(top, 'b'))
    symlinkSync('b', join(top, 'c'))
    symlinkSync(site('farther', 'r4.cfg'), join(links, 'elsewhere', 'on'))
    // Hidden here, and named all the same.
    symlinkSync(site('top/.store', 'r5.cfg'), join(top, 'd'))
    for (const [n, holder] of [top, links, '/', join(links, 'elsewhere')].entries())
      symlinkSync(holder, join(links, 'farther', `circle${n}`))
    expect(readFolder(top).map(c => [c.device, seen(c)])).toEqual(
      ['2026-11-27/r2', 'b/on/r4', 'b/r3', 'd/r5', 'r1'].map(name => [name.replace(/.*\//, ''), text]),
    )
  })

  it('gives each file its digest and its date', () => {
    put('dated.cfg', text)
    utimesSync(join(folder, 'dated.cfg'), 1e9, 1e9)
    expect(readConfig(join(folder, 'dated.cfg'), { device: 'd', site: 's', platform: 'auto' })).toMatchObject({
      state: 'collected',
      sha256: createHash('sha256').update(text).digest('hex'),
      collected_at: '2001-09-09T01:46:40.000Z',
      incomplete: null,
    })
  })

  it('must be there and hold something', async () => {
    mkdirSync(join(dir, 'empty'))
    expect(await complaint(() => readFolder(join(dir, 'none')))).toBe('there is no folder none; check the path')
    expect(await complaint(() => readFolder(join(dir, 'empty')))).toBe(
      'there is no configuration in the folder empty; name the folder that holds them',
    )
    expect(await complaint(() => readFolder(file))).toBe('inventory.yaml is a file, not a folder; name the folder it stands in')
  })
})
