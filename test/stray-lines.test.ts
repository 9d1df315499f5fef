// A line that is nobody's among those of a block: messages to all users come like this, and so do halves of a line that a message
// tore in two. What stands behind it must not be lost without a word.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readDevice } from '../src/parse/assemble.ts'
import { detect } from '../src/parse/detect.ts'
import { parse } from '../src/parse/grammar.ts'
import { platforms } from '../src/platforms.ts'
import { complaintsOf, factsOf, isLouder } from './support/damage.ts'
import { page } from './support/talk.ts'

const read = (id: string, text: string) => readDevice(page(id), { device: 'x', file: 'x', text })
const complaints = (id: string, text: string) => read(id, text).unrecognized.map(u => [u.line, u.interface, u.text])

const IOS = [
  'version 15.2',
  'hostname r1',
  'interface Vlan10',
  ' ip address 10.0.10.3 255.255.255.0',
  ' ip helper-address 10.9.9.5',
]
const ios = (lines: readonly string[]) => `${lines.join('\n')}\n!\nend\n`

describe('a line that is nobody’s', () => {
  it('above lines of the interface that it came into: they are told', () => {
    expect(complaints('cisco-ios', ios(IOS))).toEqual([])
    expect(
      complaints('cisco-ios', ios(IOS.toSpliced(4, 0, '***', '*** Message from tty0 to all terminals:', '', 'bye'))),
    ).toEqual([[9, null, 'ip helper-address 10.9.9.5']])
    // Right below the header of the interface, whose name it may be the rest of.
    expect(complaints('cisco-ios', ios(IOS.with(2, 'interface Vlan1\n0')))).toEqual([
      [5, null, 'ip address 10.0.10.3 255.255.255.0'],
      [6, null, 'ip helper-address 10.9.9.5'],
    ])
  })
  it('on NX-OS, between empty lines and inside a group', () => {
    const nxos = (stray: string) =>
      `!Command: show running-config\nversion 9.3(8)\nhostname r1\n\ninterface Vlan10\n  ip address 10.0.10.3/24\n${stray}  hsrp 10\n    ip 10.0.10.1\n  ip dhcp relay address 10.9.9.5\n\nline console\nline vty\n`
    expect(complaints('cisco-nxos', nxos(''))).toEqual([])
    const wall = '\nBroadcast message from root (pts/0) (Fri Nov 27 10:00:00 2026):\n\nbye\n\n'
    expect(complaints('cisco-nxos', nxos(wall))).toEqual([
      [12, null, 'hsrp 10'],
      [14, null, 'ip dhcp relay address 10.9.9.5'],
    ])
    // One blank deep: deeper than the interface, and less deep than what stands in it.
    expect(complaints('cisco-nxos', nxos(' bye\n')).map(([, , text]) => text)).toEqual([
      'hsrp 10',
      'ip dhcp relay address 10.9.9.5',
    ])
  })
  it('of a message to all users makes the capture a part: it may have torn a line in two, and the rest of it is any text', () => {
    const wall = '\nBroadcast message from root@r1 (pts/0) (Fri Nov 27 10:00:00 2026):\n\nbye\n\n'
    const configurations = {
      'cisco-ios': ios(IOS),
      'arista-eos': '! device: r1 (vEOS, EOS-4.30.1F)\nhostname r1\ninterface Vlan10\n   ip helper-address 10.9.9.5\n!\nend\n',
      'juniper-junos':
        'set version 20.4R3.8\nset system host-name r1\nset interfaces irb unit 10 family inet address 10.0.10.2/24\n',
    }
    for (const [id, text] of Object.entries(configurations)) {
      const from = text.indexOf('hostname') + 1
      expect(read(id, text).complete, id).not.toBe(false)
      for (let at = Math.max(1, from); at < text.length; at++)
        expect(read(id, text.slice(0, at) + wall + text.slice(at)), `${id} ${at}`).toMatchObject({ complete: false })
    }
    expect(read('cisco-ios', ios(IOS.with(4, ` ip he${wall}lper-address 10.9.9.5`))).incomplete).toBe(
      'a message to all users came into it on line 6, which may have torn a line in two',
    )
    // The text of a banner may say anything.
    const banner = ios([...IOS.slice(0, 2), 'banner motd ^C', ...wall.split('\n'), '^C', ...IOS.slice(2)])
    expect(read('cisco-ios', banner)).toMatchObject({ complete: true, unrecognized: [] })
  })
  it('behind a message is what the message tore off the line above', () => {
    const log = '*Mar  1 00:01:02.003: %LINK-3-UPDOWN: Interface Gi0/1, changed state to up'
    expect(complaints('cisco-ios', ios(IOS.with(4, ` ip helper-address 10.9.9.1\n${log}\n5`)))).toEqual([[7, null, '5']])
    expect(complaints('cisco-ios', ios(IOS.with(3, `${IOS[3]}\n${log}\n secondary`)))).toEqual([[6, 'Vlan10', 'secondary']])
    expect(complaints('cisco-ios', ios([...IOS, log, '!', 'router ospf 1']))).toEqual([])
    // The date of RFC 5424 (EOS: `logging format rfc5424`)
    const dated = '2026-11-27T04:49:01.123456+00:00 r1 Ebra - - - %LINEPROTO-5-UPDOWN: Line protocol on Interface Ethernet1'
    expect(complaints('arista-eos', ios(IOS.with(4, ` ip helper-address 10.9.9.1\n${dated}\n5`)))).toEqual([[7, null, '5']])
    expect(complaints('cisco-ios', ios([...IOS, log, 'ip forward-protocol nd']))).toEqual([])
  })
  it('is none where it begins a block of its own', () => {
    const apart = [...IOS, '!', 'router ospf 1', ' shutdown', ' ip address 10.0.10.3 255.255.255.0']
    expect(complaints('cisco-ios', ios(apart))).toEqual([])
    // Files that somebody took the comments out of: a block has lines that no interface has.
    const bare = [...IOS, 'router ospf 1', ' network 10.0.0.0 0.255.255.255 area 0', 'line vty 0 4', ' transport input ssh']
    expect(complaints('cisco-ios', ios(bare))).toEqual([])
    // Nor has a group in it, whose words are all known.
    const nxos = `!Command: show running-config\nversion 9.3(8)\ninterface Vlan10\n  hsrp 10\n    ip 10.0.10.1\nip access-list PXE\n  10 permit udp any any\nline vty\n`
    expect(complaints('cisco-nxos', nxos)).toEqual([])
    // The second block below has nothing to do with the interface any more.
    const later = [...IOS, 'router ospf 1', ' network 10.0.0.0 0.255.255.255 area 0', 'router bgp 1', ' shutdown']
    expect(complaints('cisco-ios', ios(later))).toEqual([])
  })
})

describe('without indentation, a line that reads like one of the interface above', () => {
  const flat = (...lines: string[]) => `${IOS.map(l => l.trim()).join('\n')}\n${lines.join('\n')}\nend\n`
  const up = (id: string, text: string) => read(id, text).interfaces.map(i => [i.name, i.enabled, i.vrf, i.relays.length])
  it('is none behind the opening of a section that has such lines', () => {
    for (const opening of [
      'router ospf 1',
      'voice-port 0/1/0',
      'dspfarm profile 1 conference',
      'monitor session 1 type erspan-source',
    ])
      for (const between of [[], ['!'], ['network 10.0.0.0 0.255.255.255 area 0']]) {
        const text = flat('no ip redirects', ...between, opening, 'shutdown', 'vrf forwarding RED')
        expect(up('cisco-ios', text)).toEqual([['Vlan10', true, 'default', 1]])
        expect(complaints('cisco-ios', text)).toEqual([])
      }
  })
  it('is none there on EOS either, nor behind an exit', () => {
    const eos = (...lines: string[]) =>
      ['interface Vlan10', 'ip address 10.0.10.2/24', 'ip helper-address 10.9.9.5', ...lines, 'end', ''].join('\n')
    for (const lines of [
      ['management api http-commands'],
      ['daemon TerminAttr'],
      ['router ospf 1'],
      ['!', 'router ospf 1'],
      ['router bgp 65001', 'neighbor 10.1.1.1 remote-as 65002'],
      ['monitor connectivity'],
      ['flow tracking sampled'],
      ['mpls ldp'],
      ['vrf instance RED'],
      ['exit', 'router bgp 65001'],
      ['exit', 'router ospf 1'],
      ['exit', '!', 'some service'],
    ]) {
      const text = eos(...lines, 'shutdown', 'vrf MGMT')
      expect(up('arista-eos', text), lines.join(', ')).toEqual([['Vlan10', true, 'default', 1]])
      expect(complaints('arista-eos', text), lines.join(', ')).toEqual([])
    }
    // Out of a group, not of its interface.
    const block = ['interface Vlan10', 'no shutdown', 'ip address 10.0.10.2/24', 'hsrp 10', 'ip 10.0.10.1', 'exit']
    const relay = 'ip dhcp relay address 10.9.9.5'
    expect(up('cisco-nxos', [...block, relay, ''].join('\n'))).toEqual([['Vlan10', true, 'default', 1]])
    expect(up('cisco-nxos', [...block, relay, 'exit', 'some service', 'shutdown', ''].join('\n'))).toEqual([
      ['Vlan10', true, 'default', 1],
    ])
    // Another interface in between is left by its own.
    const two = [...block, 'interface Vlan20', 'exit', 'interface Vlan10', relay, 'shutdown', ''].join('\n')
    expect(up('cisco-nxos', two)).toEqual([
      ['Vlan10', false, 'default', 1],
      ['Vlan20', false, 'default', 0],
    ])
  })
  it('is none there on NX-OS either, which sets nothing apart by comments', () => {
    const block = [
      'feature dhcp',
      'interface Vlan10',
      'no shutdown',
      'ip router ospf 1 area 0',
      'ip address 10.0.10.2/24',
      'ip dhcp relay address 10.9.9.5',
    ]
    for (const opening of [
      'router bgp 65001',
      'monitor session 1',
      'vrf context RED',
      'vlan 20',
      'ip sla 1',
      'flow monitor X',
      'bridge-domain 5',
      'aaa group server tacacs+ T',
    ])
      for (const between of [[], ['line console', 'line vty'], ['neighbor 10.1.1.1']]) {
        const text = [...block, ...between, opening, 'description x', 'shutdown', 'vrf member RED', 'end', ''].join('\n')
        expect(up('cisco-nxos', text), opening).toEqual([['Vlan10', true, 'default', 1]])
        expect(complaints('cisco-nxos', text), opening).toEqual([])
      }
    // These are of the interface, and some of the pair.
    const own = [
      'ip router ospf 1 area 0',
      'ipv6 router ospfv3 1 area 0',
      'fex associate 101',
      'spanning-tree mst 1 cost 5',
      'evpn multisite fabric-tracking',
    ]
    const pair = ['vpc domain 10', 'role priority 100', 'track 5', 'peer-keepalive destination 192.0.2.2', ...block].join('\n')
    expect(read('cisco-nxos', pair).pair).toEqual({ domain: '10', peer: '192.0.2.2' })
    const text = [...block, ...own, 'shutdown', ''].join('\n')
    expect(up('cisco-nxos', text)).toEqual([['Vlan10', false, 'default', 1]])
  })
  it('is told where a comment and a line that is nobody’s stand before it: that may have opened a section', () => {
    const text = flat('!', 'new-service 1', 'shutdown', 'description x', 'transport 5', '!', 'interface Vlan20', 'shutdown')
    expect(up('cisco-ios', text)).toEqual([
      ['Vlan10', true, 'default', 1],
      ['Vlan20', false, 'default', 0],
    ])
    expect(complaints('cisco-ios', text)).toEqual([[8, 'Vlan10', 'shutdown']])
    const eos = 'hostname r1\ninterface Vlan10\nip address 10.0.10.3/24\n!\nnew-service 1\nshutdown\nend\n'
    expect(complaints('arista-eos', eos)).toEqual([[6, 'Vlan10', 'shutdown']])
  })
  it('is one where no line came between that is nobody’s, or no comment', () => {
    const text = flat('!', 'ip helper-address 10.9.9.6', 'no ip redirects', 'shutdown')
    expect(up('cisco-ios', text)).toEqual([['Vlan10', false, 'default', 2]])
    expect(complaints('cisco-ios', text)).toEqual([])
  })
})

const here = import.meta.dirname
const folders = [...platforms.map(p => join('fixtures', p.id)), join('networks', 'campus', 'configs')]
const texts = folders.flatMap(folder =>
  readdirSync(join(here, folder))
    .filter(f => f.endsWith('.cfg'))
    .flatMap(f => {
      const text = readFileSync(join(here, folder, f), 'utf8')
      const { platform } = detect(text, platforms)
      return platform ? [{ platform, file: join(folder, f), text }] : []
    }),
)

/** What nobody can tell: `interfaces` and its brace on two lines, and files without indentation in which one line has some. */
const UNTELLABLE = /session\.cfg:\d+ \{$|(bare|flat)\.cfg:.*/

/** Every so many-th place is tried; `STRAYS=1` tries all of them. */
const SHARE = Number(process.env.STRAYS ?? 5)

it.each(['bye', ' bye', '***'])('%j between any two lines of any configuration loses nothing in silence', stray => {
  const silent: string[] = []
  let tried = 0
  for (const [n, { platform, file, text }] of texts.entries()) {
    const of = (t: string) => readDevice(platform, { device: 'x', file: 'x', text: t })
    const before = of(text)
    const { classOf } = parse(platform.grammar, text, () => {})
    const lines = text.split('\n')
    for (let at = 1; at < lines.length; at++) {
      // In front of what is read, a share of it: the same places each time.
      if (classOf(at + 1) !== 'understood' || (at + n) % SHARE !== 0) continue
      tried++
      const after = of(lines.toSpliced(at, 0, stray).join('\n'))
      if (factsOf(after) === factsOf(before) || isLouder(before, after)) continue
      const known = new Set(
        [...complaintsOf(before)].map(c => c.replace(/^\d+/, line => `${Number(line) + (Number(line) > at ? 1 : 0)}`)),
      )
      if ([...complaintsOf(after)].some(c => !known.has(c))) continue
      const where = `${file}:${at + 1} ${lines[at]?.trim()}`
      if (!UNTELLABLE.test(where)) silent.push(where)
    }
  }
  expect(tried).toBeGreaterThan(150)
  expect(silent).toEqual([])
})
