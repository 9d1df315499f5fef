// What routers said at run time: read wherever it was captured, never taken for configuration, and better than a prediction.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { correlate } from '../src/analyze/correlate.ts'
import { judge } from '../src/analyze/judge.ts'
import { auditFolder, auditInventory, readFacts } from '../src/api.ts'
import { readFolder } from '../src/inventory/folder.ts'
import type { Device, Observed } from '../src/model/device.ts'
import type { Companion } from '../src/model/inventory.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { stateIn } from '../src/parse/state.ts'
import { platformOf, platforms } from '../src/platforms.ts'
import { corpus } from './support/corpus.ts'
import { pxePoint } from './support/point.ts'

const read = (id: string, text: string, companions: readonly Companion[] = []): Device => {
  const platform = platformOf(id)
  if (!platform) throw new Error(`no platform ${id}`)
  return readDevice(platform, { device: 'r', file: 'r.cfg', text, companions })
}
/** A row as a reviewer would say it. */
const said = (o: Observed): string =>
  `${o.protocol} ${o.group} ${o.interface}${o.family === 6 ? ' v6' : ''} ${o.state} ${o.priority} ${o.active} ${o.virtual_address} @${o.line}`
const observed = (id: string, text: string): string[] => read(id, text).observed.map(said)

const ios = (host: number, priority: number, ...more: string[]) =>
  [
    'version 15.2',
    'service timestamps log datetime msec',
    `hostname R${host}`,
    'interface Vlan10',
    ` ip address 10.0.10.${host} 255.255.255.0`,
    ' ip helper-address 10.9.9.5',
    ' standby 10 ip 10.0.10.1',
    ` standby 10 priority ${priority}`,
    ' standby 10 preempt',
    ...more,
    'line vty 0 4',
    'end',
    '',
  ].join('\n')
const HEADER = 'Interface   Grp  Pri P State   Active          Standby         Virtual IP'
const MARGIN = ' '.repeat(21)
const brief = (...rows: string[]) => [`${MARGIN}P indicates configured to preempt.`, `${MARGIN}|`, HEADER, ...rows, ''].join('\n')
const ACTIVE = brief('Vl10        10   110 P Active  local           10.0.10.3       10.0.10.1')

describe('show standby brief', () => {
  const config = ios(2, 110, 'interface Vlan4010', ' ip address 10.1.254.2 255.255.255.0', ' standby 1 ip 10.1.254.1')

  it('is read behind the configuration, with its line and text', () => {
    const { observed: rows } = read('cisco-ios', config + ACTIVE)
    expect(rows).toEqual([
      {
        protocol: 'hsrp',
        interface: 'Vlan10',
        group: 10,
        family: 4,
        state: 'active',
        priority: 110,
        active: 'local',
        standby: '10.0.10.3',
        virtual_address: '10.0.10.1',
        file: 'r.cfg',
        // 14 lines of configuration, two of legend, the header.
        line: 18,
        text: 'Vl10        10   110 P Active  local           10.0.10.3       10.0.10.1',
      },
    ])
  })

  it.each([
    [
      'a blank P',
      'Vl10        10   90    Standby 10.0.10.3       local           10.0.10.1',
      'hsrp 10 Vlan10 standby 90 10.0.10.3 10.0.10.1 @4',
    ],
    [
      'nobody known',
      'Vl10        10   90    Init    unknown         unknown         10.0.10.1',
      'hsrp 10 Vlan10 init 90 null 10.0.10.1 @4',
    ],
    [
      'speaking',
      'Vl10        10   90    Speak   unknown         unknown         10.0.10.1',
      'hsrp 10 Vlan10 listen 90 null 10.0.10.1 @4',
    ],
    [
      'a long name that wraps',
      'Vl4010 \n     1    120 P Active  local           10.1.254.3    10.1.254.1',
      'hsrp 1 Vlan4010 active 120 local 10.1.254.1 @4',
    ],
    [
      'IPv6 that wraps',
      'Vl10        0    200 P Active  local           FE80::2E5A:FFF:FE1C:2064\n                 FE80::5:73FF:FEA0:0',
      'hsrp 0 Vlan10 v6 active 200 local fe80::5:73ff:fea0:0 @4',
    ],
    [
      'an interface that is not configured',
      'Vl77        7    100   Standby 10.7.0.3        local           10.7.0.1',
      'hsrp 7 Vl77 standby 100 10.7.0.3 10.7.0.1 @4',
    ],
    ['a row of which only the group can be read', 'Vl10        10   1?0 P Actrve', 'hsrp 10 Vlan10 unknown null null null @4'],
    [
      'a state nobody knows',
      'Vl10        10   110 P Dormant local           10.0.10.3       10.0.10.1',
      'hsrp 10 Vlan10 unknown 110 local 10.0.10.1 @4',
    ],
  ])('reads %s', (_, rows, expected) => {
    const front = brief(rows)
    expect(observed('cisco-ios', front + config)).toEqual([expected])
    expect(observed('cisco-ios', (front + config).replaceAll('\n', '\r\n'))).toEqual([expected])
  })

  it('leaves out a row whose interface cannot be read, and reads on', () => {
    expect(
      observed('cisco-ios', config + brief('Vl10        10   110 P Active  local           10.0.10.3       10.0.10.1', 'Vl4010')),
    ).toHaveLength(1)
  })

  it('knows the columns of older releases', () => {
    const old =
      'Interface   Grp Prio P State    Active addr     Standby addr    Group addr\nVl10        10  110  P Active   local           10.0.10.3       10.0.10.1\n'
    expect(observed('cisco-ios', config + old)).toEqual(['hsrp 10 Vlan10 active 110 local 10.0.10.1 @16'])
  })

  it('counts as last said where a session shows it twice', () => {
    const later = brief('Vl10        10   50    Standby 10.0.10.3       local           10.0.10.1')
    expect(observed('cisco-ios', `${ACTIVE}${config}${later}`)).toEqual(['hsrp 10 Vlan10 standby 50 10.0.10.3 10.0.10.1 @22'])
  })

  it('ends at a prompt, at a blank line and at the configuration, and swallows nothing of it', () => {
    for (const between of ['R2#show running-config\n', '\n', '']) {
      const device = read('cisco-ios', ACTIVE + between + config)
      expect(device.observed).toHaveLength(1)
      expect(device.interfaces.map(i => [i.name, i.relays.length])).toEqual([
        ['Vlan10', 1],
        ['Vlan4010', 0],
      ])
    }
  })
})

describe('show hsrp brief', () => {
  it.each([
    [
      '*Interface    Grp  Prio P State    Active addr      Standby addr     Group addr',
      'Vlan100       1    90     Standby  172.16.100.1     local            172.16.100.254',
      'hsrp 1 Vlan100 standby 90 172.16.100.1 172.16.100.254 @3',
    ],
    [
      ' Interface   Grp  Prio P State    Active addr      Standby addr     Group addr',
      ' *Vlan100    1    90   P Active   local            unknown          unknown',
      'hsrp 1 Vlan100 v6 active 90 local null @3',
    ],
    [
      ' Interface   Grp  Prio P State    Active addr      Standby addr     Group addr',
      ' Vlan100     #1   90   P Initial(Interface Down) unknown unknown 172.16.100.254 (conf)',
      'hsrp 1 Vlan100 init 90 null 172.16.100.254 @3',
    ],
  ])('takes marks for what they are: %s', (header, row, expected) => {
    expect(observed('cisco-nxos', `hostname n\n${header}\n${row}\n`)).toEqual([expected])
  })
})

it('does not lose its time over lines that only look like output', () => {
  const long = `Vlan10 - Group 10\n  ${'State is Active '.repeat(100_000)}\n${'  State is Active, State is Active\n'.repeat(20_000)}`
  expect(read('cisco-ios', `${long}end\n`).observed).toEqual([])
  expect(read('cisco-ios', `Interface   Grp  Pri P State   ${'Active Standby '.repeat(100_000)}\n`).observed).toEqual([])
})

describe('abbreviated names', () => {
  const names = [
    'GigabitEthernet0/0.10',
    'GigabitEthernet0/0',
    'TenGigabitEthernet1/1/1',
    'Port-channel1',
    'BDI10',
    'HundredGigE1/0/3',
    'FortyGigabitEthernet1/0/1',
    'TwoGigabitEthernet1/0/2',
    'TwentyFiveGigE1/0/2',
    'Vlan10',
    'Vlan 20',
  ]
  const config = `hostname r\n${names.map(n => `interface ${n}\n`).join('')}end\n`
  it.each([
    ['Gi0/0.10', 'GigabitEthernet0/0.10'],
    ['Gi0/0', 'GigabitEthernet0/0'],
    ['Te1/1/1', 'TenGigabitEthernet1/1/1'],
    ['Po1', 'Port-channel1'],
    ['BD10', 'BDI10'],
    ['Hu1/0/3', 'HundredGigE1/0/3'],
    ['Fo1/0/1', 'FortyGigabitEthernet1/0/1'],
    ['Twe1/0/2', 'TwentyFiveGigE1/0/2'],
    ['Vl10', 'Vlan10'],
    ['Vl20', 'Vlan 20'],
    ['GigabitEthernet0/0', 'GigabitEthernet0/0'],
    // Two interfaces begin like this, and none does; the name stays as it was printed.
    ['Tw1/0/2', 'Tw1/0/2'],
    ['Gi9/9', 'Gi9/9'],
  ])('%s is %s', (printed, name) => {
    const row = `${printed} 1 100 P Active local 10.0.0.3 10.0.0.1`
    expect(read('cisco-ios', config + brief(row)).observed.map(o => o.interface)).toEqual([name])
  })
})

const FIXTURES = join(import.meta.dirname, 'fixtures')

describe.each(platforms.map(p => [p.id, p] as const))('%s', (id, platform) => {
  const text = readFileSync(join(FIXTURES, id, 'state.cfg'), 'utf8')
  const { rest, lines } = stateIn(platform.state ?? [], text)
  const without = text
    .split('\n')
    .map((line, n) => (lines.includes(n + 1) ? '' : line))
    .join('\n')

  it('reads its configuration as if there were no output in it', () => {
    const bare = read(id, without)
    const device = read(id, text)
    expect(device.observed.length).toBeGreaterThan(0)
    expect(bare.observed).toEqual([])
    expect({ ...device, observed: [], lines: null }).toEqual({ ...bare, lines: null })
    expect(device.complete).toBe(true)
    expect(device.unrecognized).toEqual([])
    expect(device.lines.understood).toBe(bare.lines.understood + lines.length)
    expect(rest.split('\n')).toHaveLength(text.split('\n').length)
  })

  it('finds the same in a file beside the configuration', () => {
    const beside = read(id, without, [{ file: 'r.show', text }])
    expect(beside.observed).toEqual(read(id, text).observed.map(o => ({ ...o, file: 'r.show' })))
  })

  it('reads any text, and names lines that are there', () => {
    const pieces = text.split(/(?<=\n)|(?<= )/)
    fc.assert(
      fc.property(
        fc.array(fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...pieces) }, { weight: 1, arbitrary: fc.string() }), {
          maxLength: 200,
        }),
        parts => {
          const any = parts.join('')
          const device = read(id, any, [{ file: 'r.show', text: any }])
          const last = any.split('\n').length
          for (const o of device.observed) {
            expect(o.line).toBeGreaterThanOrEqual(1)
            expect(o.line).toBeLessThanOrEqual(last)
            expect(any.split('\n')[o.line - 1]).toContain(o.text.split(' ')[0])
          }
          const { total, understood, ignored, unmodelled, unrecognized } = device.lines
          expect(understood + ignored + unmodelled + unrecognized).toBe(total)
          expect(Math.min(understood, ignored, unmodelled, unrecognized)).toBeGreaterThanOrEqual(0)
        },
      ),
      { numRuns: 150 },
    )
  })
})

describe('completeness', () => {
  it('is not what output behind a configuration proves', () => {
    const cut = ios(2, 110).replace('end\n', '')
    expect(read('cisco-ios', cut + ACTIVE)).toMatchObject({ complete: false, incomplete: 'the closing "end" is missing' })
    const set = 'set version 20.4R3\nset interfaces irb unit 10 family inet address 10.0.10.2/24\n'
    const table =
      'Interface     State       Group   VR state       VR Mode    Type   Address\nirb.10        up              1   master          Active    lcl    10.0.10.2\n'
    expect(read('juniper-junos', set + table).complete).toBe(null)
    // The prompt of the next command came: what the one before printed is at its end.
    expect(read('juniper-junos', `${set}admin@j> show vrrp summary\n${table}`)).toMatchObject({
      complete: true,
      observed: [{ state: 'active' }],
    })
    expect(read('juniper-junos', `admin@j> show vrrp summary\n${table}\n${set}`).complete).toBe(null)
  })
})

const samples = join(corpus, 'ssh', 'fakenos', 'platforms_yaml')
describe.skipIf(!existsSync(samples))('captures that this project did not make', () => {
  const output = (platform: string, command: string): string =>
    parse(readFileSync(join(samples, `${platform}.yaml`), 'utf8')).commands[command].output

  it('show standby brief', () => {
    expect(observed('cisco-ios', output('cisco_ios', 'show standby brief')).map(r => r.replace(/ @\d+$/, ''))).toEqual([
      'hsrp 1 Vl1 active 120 local 10.1.1.1',
      'hsrp 6 Vl1 v6 active 120 local fe80::def',
      'hsrp 1 Vl51 init 120 null 10.1.51.1',
      'hsrp 6 Vl51 v6 init 120 null fe80::def',
      'hsrp 1 Vl500 active 120 local 10.1.5.1',
      'hsrp 6 Vl500 v6 active 120 local fe80::def',
      'hsrp 1 Vl4010 active 120 local 10.1.254.1',
    ])
  })

  it('show vrrp brief, and the same groups in the long form', () => {
    const groups = [
      'vrrp 1 NAME0 active 110 local 10.0.1.1',
      'vrrp 6 NAME0 v6 active 110 local fe80::1:1',
      'vrrp 1 NAME0.4010 standby 110 10.254.1.3 10.254.1.1',
      'vrrp 6 NAME0.4010 v6 standby 110 fe80::4010:3 fe80::4010:1',
      'vrrp 1 NAME0.2600 standby 90 172.26.0.3 172.26.0.1',
    ]
    const rows = (command: string) => observed('cisco-ios', output('cisco_ios', command)).map(r => r.replace(/ @\d+$/, ''))
    expect(rows('show vrrp brief')).toEqual(groups.map(g => g.replace('NAME', 'Gi0/')))
    expect(rows('show vrrp all')).toEqual([
      ...groups.map(g => g.replace('NAME', 'GigabitEthernet0/')),
      'vrrp 6 GigabitEthernet0/0.2600 v6 init 110 null fe80::2600:1',
    ])
  })

  it('show standby', () => {
    expect(observed('cisco-ios', output('cisco_ios', 'show standby'))).toEqual([
      'hsrp 1 Vlan111 standby 255 192.168.77.60 192.168.77.62 @1',
      'hsrp 1 BDI10 active 240 local 203.57.147.1 @15',
      'hsrp 4 Vlan703 active 200 local 172.23.40.9 @30',
      'hsrp 1 GigabitEthernet0/1.2951 active 255 local 111.222.230.17 @44',
    ])
  })

  it('show hsrp all', () => {
    const rows = observed('cisco-nxos', output('cisco_nxos', 'show hsrp all'))
    expect(rows.slice(0, 2)).toEqual([
      'hsrp 100 Vlan100 active 250 local 192.168.100.1 @1',
      'hsrp 200 Vlan200 active 250 local 172.11.4.254 @18',
    ])
    expect(rows).toHaveLength(output('cisco_nxos', 'show hsrp all').match(/^Vlan\d+ - Group/gm)?.length ?? 0)
  })
})

describe('roles', () => {
  const network = (first: string, second: string) =>
    correlate(
      [first, second].map((text, n) => {
        const page = platformOf('cisco-ios')
        if (!page) throw new Error('no platform')
        return { site: 's', stale: null, device: readDevice(page, { device: `r${n + 2}`, file: `r${n + 2}.cfg`, text }) }
      }),
      [],
      [],
    )
  it('are those the routers stated, whatever priorities suggest', () => {
    const contrary = brief('Vl10        10   50  P Standby 10.0.10.3       local           10.0.10.1')
    const [segment] = network(ios(2, 110) + contrary, ios(3, 100)).segments
    if (!segment) throw new Error('no segment')
    const [r2, r3] = segment.standings
    expect(r2).toMatchObject({ role: 'standby', confidence: 'high', predicted: 'active', observed: { line: 15, priority: 50 } })
    // It said nothing itself; its neighbour named it.
    expect(r3).toMatchObject({ role: 'active', confidence: 'high', predicted: 'standby' })
  })
  it('are predicted where a row could not be read', () => {
    const [segment] = network(ios(2, 110) + brief('Vl10        10   ???'), ios(3, 100)).segments
    if (!segment) throw new Error('no segment')
    expect(segment.standings).toMatchObject([
      { role: 'active', observed: null },
      { role: 'standby', observed: null },
    ])
  })
})

describe('a verdict that rests on which router is active', () => {
  const gated = (host: number, ...more: string[]) =>
    ios(host, 100, ...more)
      .replace('10.9.9.5', '10.9.9.5 redundancy P')
      .replace(' standby 10 ip', ' standby 10 name P\n standby 10 ip')
  const row = (state: string, active: string, standby = 'unknown') =>
    brief(`Vl10        10   100 P ${state.padEnd(7)} ${active.padEnd(15)} ${standby.padEnd(15)} 10.0.10.1`)
  const verdict = (...texts: string[]) => {
    const devices = texts.map((text, n) => ({
      site: 's',
      stale: null,
      device: { ...read('cisco-ios', text), device: `r${n + 2}` },
    }))
    const [judgement] = judge(correlate(devices, [pxePoint()], []))
    return [judgement?.verdict.verdict, ...(judgement?.doubts.map(d => `${d.code}: ${d.message}`) ?? [])]
  }

  it('stands where what they said agrees', () => {
    expect(verdict(gated(2), gated(3))).toEqual(['single'])
    expect(verdict(gated(2) + row('Active', 'local', '10.0.10.3'), gated(3) + row('Standby', '10.0.10.2', 'local'))).toEqual([
      'single',
    ])
    expect(verdict(gated(2) + row('Active', 'local', '10.0.10.3'), gated(3) + row('Init', 'unknown'))).toEqual(['single'])
  })

  // HSRP hellos that are filtered between the two, or a VLAN that is not carried: each is active, and lets its relays through.
  it('cannot be given where each says that it is', () => {
    const both = [
      'unknown',
      'gate-unclear: r2 and r3 were each said to be active in HSRP group 10 when the routers were captured, so more than one may forward',
    ]
    expect(verdict(gated(2) + row('Active', 'local'), gated(3) + row('Active', 'local'))).toEqual(both)
    // Or where a third one hears another than the one that says so.
    expect(verdict(gated(2) + row('Active', 'local'), gated(3), gated(4) + row('Standby', '10.0.10.3', 'local'))).toEqual(both)
  })

  it('does not care who is active where relays are not tied to it', () => {
    expect(verdict(ios(2, 100) + row('Active', 'local'), ios(3, 100) + row('Active', 'local'))).toEqual(['duplicate'])
    const bare = ios(3, 100).replace(' ip helper-address 10.9.9.5\n', '')
    expect(verdict(ios(2, 100) + row('Active', 'local'), bare + row('Active', 'local'))).toEqual(['single'])
  })

  it('cannot be given where they name one that nobody read', () => {
    const named = (device: string) => [
      'unknown',
      `peer-missing: ${device} named 10.0.10.7 as the active router of HSRP group 10 when it was captured, and no router that was read has that address here`,
    ]
    expect(verdict(gated(2) + row('Standby', '10.0.10.7', 'local'), gated(3) + row('Listen', '10.0.10.7'))).toEqual(named('r2'))
    const third = verdict(gated(2) + row('Active', 'local', '10.0.10.7'), gated(3) + row('Listen', '10.0.10.2', '10.0.10.7'))
    expect(third).toEqual(['unknown', named('r2')[1]?.replace('active', 'standby')])
    const bare = gated(2).replace(/ ip helper-address .*\n/, '')
    expect(verdict(bare, gated(3) + row('Standby', '10.0.10.7', 'local'))).toEqual(named('r3'))
  })
})

describe('files beside configurations', () => {
  let folder = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'iphelper-state-'))
    mkdirSync(join(folder, 'a', 'dir.show'), { recursive: true })
    const put = (name: string, text: string) => writeFileSync(join(folder, 'a', name), text)
    put('r2.cfg', ios(2, 110))
    put('r3.cfg', ios(3, 100))
    put('r3.show', brief('Vl10        10   100 P Active  local           10.0.10.2       10.0.10.1'))
    mkdirSync(join(folder, 'b'))
    writeFileSync(join(folder, 'b', 'r2.cfg'), ios(2, 110))
    writeFileSync(join(folder, 'b', 'r3.cfg'), ios(3, 100))
    writeFileSync(join(folder, 'b', 'r3.cfg.show.txt'), 'nothing that anybody could read\n')
    writeFileSync(join(folder, 'b', 'r9.show'), ACTIVE)
    writeFileSync(
      join(folder, 'inventory.yaml'),
      'pxe_points:\n  - { name: wds, kind: wds, addresses: [10.9.9.5] }\ndevices:\n  - { name: east, config: a/r2.cfg }\n  - { name: west, config: a/r3.cfg }\n',
    )
    writeFileSync(
      join(folder, 'a', 'east.show.txt'),
      brief('Vl10        10   110 P Standby 10.0.10.3       local           10.0.10.1'),
    )
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  const point = pxePoint()
  const options = {
    templates: [join(import.meta.dirname, '..', 'templates')],
    version: '0',
    failOn: 'error' as const,
    started: new Date(0),
  }

  it('are no routers, and say which router is active', async () => {
    // `east.show.txt` belongs to the inventory; in a folder it has no configuration.
    const result = await auditFolder(join(folder, 'a'), [point], options)
    expect(result.devices.map(d => [d.name, d.state])).toEqual([
      ['r2', 'collected'],
      ['r3', 'collected'],
      ['east', 'failed'],
    ])
    expect(result.segments[0]?.members).toMatchObject([
      { device: 'r2', role: 'standby', confidence: 'high', observed: true },
      { device: 'r3', role: 'active', confidence: 'high', observed: true },
    ])
    expect(result.segments[0]?.pxe[0]?.verdict).toBe('duplicate')
    expect(result.remediations.length).toBeGreaterThan(0)
    expect(result.remediations.every(r => r.proven)).toBe(true)
  })

  it('are read for devices of an inventory, by the name of the device or of the file', async () => {
    const result = await auditInventory(join(folder, 'inventory.yaml'), { ...options, concurrency: 1, warn: () => undefined })
    expect(result.devices.map(d => [d.name, d.state, d.reason])).toEqual([
      ['east', 'collected', null],
      ['west', 'collected', null],
    ])
    expect(result.segments[0]?.members).toMatchObject([
      { device: 'east', role: 'standby', observed: true },
      { device: 'west', role: 'active', observed: true },
    ])
  })

  it('are read by `facts`', () => {
    expect(readFacts(join(folder, 'a', 'r3.cfg'), 'auto').observed).toMatchObject([
      { file: join(folder, 'a', 'r3.show'), line: 4, state: 'active' },
    ])
  })

  it('are named where they belong to no configuration, or say nothing', async () => {
    const result = await auditFolder(join(folder, 'b'), [point], options)
    const { r3, r9 } = Object.fromEntries(result.devices.map(d => [d.name, d]))
    expect(r3?.state).toBe('collected')
    expect(r3?.reason).toBe(
      `${join(folder, 'b', 'r3.cfg.show.txt')} tells the state of no group of r3 in a form that this version reads`,
    )
    expect(r9?.state).toBe('failed')
    expect(r9?.reason).toBe(
      `${join(folder, 'b', 'r9.show')} holds output of show commands, and no configuration r9 stands beside it; add that, or rename the file if it is one`,
    )
    expect(readFolder(join(folder, 'b')).map(c => c.device)).toEqual(['r2', 'r3', 'r9'])
  })
})

it('counts no line behind the last one', () => {
  const page = platformOf('juniper-junos')
  const header = 'Interface     State       Group   VR state       VR Mode    Type   Address\n'
  for (const end of ['', '\n', '\n\n']) {
    const text = `set system host-name r1\n\n${header}${end}`
    const { lines } = readDevice(page as NonNullable<typeof page>, { device: 'r1', file: 'r1.cfg', text })
    expect(lines.total).toBe(text.split('\n').length - 1)
    expect(lines.understood + lines.ignored + lines.unmodelled + lines.unrecognized).toBe(lines.total)
  }
})
