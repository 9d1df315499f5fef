// Which interfaces are one broadcast domain, and what a verdict says besides: each case is judged as a person would.
import { describe, expect, it } from 'vitest'
import { correlate } from '../src/analyze/correlate.ts'
import { judge } from '../src/analyze/judge.ts'
import { pointOption } from '../src/cli/points.ts'
import { NO_SITE, type PxePoint } from '../src/model/inventory.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { platformOf } from '../src/platforms.ts'
import { pxePoint } from './support/point.ts'

const HELPER = 'ip helper-address 10.9.9.5'
interface Router {
  readonly text: string
  readonly platform?: string
  readonly site?: string
  readonly stale?: string
}
const svi = (vlan: number, address: string, ...lines: string[]): string =>
  `interface Vlan${vlan}\n${lines
    .filter(l => l.startsWith('vrf'))
    .map(l => ` ${l}\n`)
    .join('')} ip address ${address} 255.255.255.0\n${lines
    .filter(l => !l.startsWith('vrf'))
    .map(l => ` ${l}\n`)
    .join('')}`

function placed({ device, text, platform = 'cisco-ios', site = 'here', stale }: Router & { readonly device: string }) {
  const page = platformOf(platform)
  if (!page) throw new Error(platform)
  const whole = platform === 'cisco-ios' ? `${text}end\n` : text
  const read = readDevice(page, { device, file: `${device}.cfg`, text: whole, whole: platform !== 'cisco-nxos' })
  return { site, stale: stale ?? null, device: read }
}

function judged(
  routers: Readonly<Record<string, Router>>,
  point: Partial<PxePoint> = {},
  hosts: Readonly<Record<string, string[]>> = {},
) {
  const devices = Object.entries(routers).map(([device, router]) => placed({ device, ...router }))
  return judge(correlate(devices, [pxePoint(point)], [], { hosts: new Map(Object.entries(hosts)) }))
}
const verdicts = (...args: Parameters<typeof judged>) =>
  judged(...args).map(({ segment, verdict, doubts }) => [segment.id, verdict.verdict, doubts.map(d => d.code).join(' ')])
const hsrp = (group: number, vip: string, ...more: string[]) => [
  `standby ${group} ip ${vip}`,
  ...more.map(l => `standby ${group} ${l}`),
]

describe('relays that share a condition, where the routers disagree on the virtual address', () => {
  const gated = (host: number, ...group: string[]) =>
    svi(10, `10.0.10.${host}`, ...group, 'standby 10 name P', `${HELPER} redundancy P`)
  const verdictOf = (a: string[], b: string) => verdicts({ a: { text: gated(2, ...a) }, b: { text: b } })[0]?.slice(1)

  // Neither RFC 2281 nor a manual says that a router stands back for one that answers on another address; IOS complains of it.
  it('may both let through', () => {
    expect(verdictOf(hsrp(10, '10.0.10.1'), gated(3, ...hsrp(10, '10.0.10.254')))).toEqual([
      'unknown',
      'gate-unclear gate-unclear',
    ])
  })
  it('hold where one learns the address, has a secondary one besides, or does not relay', () => {
    expect(verdictOf(hsrp(10, '10.0.10.1'), gated(3, ...hsrp(10, '10.0.10.1')))).toEqual(['single', ''])
    expect(verdictOf(hsrp(10, '10.0.10.1'), gated(3, 'standby 10 ip'))).toEqual(['single', ''])
    expect(
      verdictOf([...hsrp(10, '10.0.10.1'), 'standby 10 ip 10.0.10.9 secondary'], gated(3, ...hsrp(10, '10.0.10.1'))),
    ).toEqual(['single', ''])
    expect(verdictOf(hsrp(10, '10.0.10.1'), svi(10, '10.0.10.3', ...hsrp(10, '10.0.10.254')))).toEqual(['single', ''])
  })
  it('are two copies all the same where another router relays besides', () => {
    expect(verdictOf(hsrp(10, '10.0.10.1'), svi(10, '10.0.10.3', ...hsrp(10, '10.0.10.254'), HELPER))).toEqual(['duplicate', ''])
  })
})

describe('VRF names that differ', () => {
  it('are joined by a redundancy group that both sides run', () => {
    const red = svi(10, '10.0.10.2', 'vrf forwarding RED', HELPER, ...hsrp(10, '10.0.10.1'))
    const crimson = svi(10, '10.0.10.3', 'vrf forwarding CRIMSON', HELPER, ...hsrp(10, '10.0.10.1'))
    expect(verdicts({ a: { text: red }, b: { text: crimson } })).toEqual([['here CRIMSON 10.0.10.0/24', 'duplicate', '']])
  })

  it('are not joined by a group of another number, or for another address: then nobody knows', () => {
    const red = svi(10, '10.0.10.2', 'vrf forwarding RED', HELPER, ...hsrp(10, '10.0.10.1'))
    for (const [group, vip] of [
      [11, '10.0.10.1'],
      [10, '10.0.10.99'],
    ] as const) {
      const other = svi(10, '10.0.10.3', 'vrf forwarding CRIMSON', HELPER, ...hsrp(group, vip))
      expect(verdicts({ a: { text: red }, b: { text: other } }).map(v => v[1])).toEqual(['unknown', 'unknown'])
    }
  })

  it('are not joined by a link-local virtual address, which is the same on every link', () => {
    const six = (vrf: string, host: number) =>
      svi(10, `10.0.10.${host}`, `vrf forwarding ${vrf}`, HELPER, 'standby version 2', 'standby 10 ipv6 FE80::1')
    expect(judged({ a: { text: six('RED', 2) }, b: { text: six('CRIMSON', 3) } })).toHaveLength(2)
  })

  it('are not joined where one router has both', () => {
    const tenants = (host: number) =>
      svi(10, `10.0.10.${host}`, 'vrf forwarding RED', HELPER, ...hsrp(10, '10.0.10.1')) +
      svi(20, `10.0.10.${host}`, 'vrf forwarding BLUE', HELPER, ...hsrp(10, '10.0.10.1'))
    expect(verdicts({ a: { text: tenants(2) }, b: { text: tenants(3) } })).toEqual([
      ['here BLUE 10.0.10.0/24', 'duplicate', ''],
      ['here RED 10.0.10.0/24', 'duplicate', ''],
    ])
  })
})

describe('a router that has both of two networks', () => {
  const red = ['vrf forwarding RED', HELPER]
  const moved = { text: svi(10, '10.0.10.3', ...red) }

  it('keeps them apart only where it is up in both: who is to move has the new interface shut beside the old one', () => {
    const staged = (...more: string[]) => ({
      text: svi(10, '10.0.10.2', HELPER) + svi(110, '10.0.10.2', 'vrf forwarding RED', ...more),
    })
    expect(verdicts({ a: staged(), b: moved }).map(v => v.slice(1))).toEqual([
      ['single', ''],
      ['single', ''],
    ])
    expect(verdicts({ a: staged('shutdown'), b: moved }).map(v => v.slice(1))).toEqual([
      ['unknown', 'same-subnet'],
      ['unknown', 'same-subnet'],
    ])
    // As long as the one that moved does not relay, there is one relay in all.
    const quiet = { text: svi(10, '10.0.10.3', 'vrf forwarding RED') }
    expect(verdicts({ a: staged('shutdown'), b: quiet }).map(v => v[1])).toEqual(['none', 'single'])
  })

  it('is the same for masks that differ', () => {
    const port = (n: number, ...lines: string[]) => `interface GigabitEthernet0/${n}\n${lines.map(l => ` ${l}\n`).join('')}`
    const [narrow, wide] = ['ip address 10.0.10.2 255.255.255.0', 'ip address 10.0.11.2 255.255.254.0']
    const other = { text: port(1, 'ip address 10.0.11.3 255.255.254.0', HELPER) }
    const both = (...more: string[]) => ({ text: port(1, narrow, HELPER) + port(2, wide, ...more) })
    expect(verdicts({ a: both(), b: other }).map(v => v[1])).toEqual(['single', 'single'])
    expect(verdicts({ a: both('shutdown'), b: other }).map(v => v[2])).toEqual(['same-subnet', 'same-subnet'])
  })
})

describe('one address on two routers', () => {
  it('is two networks; whether it is one after all cannot be told while both relay', () => {
    expect(verdicts({ a: { text: svi(10, '10.0.10.2', HELPER) }, b: { text: svi(10, '10.0.10.2', HELPER) } })).toEqual([
      ['here default 10.0.10.0/24 (a)', 'unknown', 'same-address'],
      ['here default 10.0.10.0/24 (b)', 'unknown', 'same-address'],
    ])
    expect(verdicts({ a: { text: svi(10, '10.0.10.2', HELPER) }, b: { text: svi(10, '10.0.10.2') } })).toEqual([
      ['here default 10.0.10.0/24 (a)', 'single', ''],
      ['here default 10.0.10.0/24 (b)', 'none', ''],
    ])
  })

  it('is two networks for sure in two VLANs, and at two sites', () => {
    const a = { text: svi(10, '10.0.10.2', HELPER) }
    expect(verdicts({ a, b: { text: svi(20, '10.0.10.2', HELPER) } }).map(v => v[1])).toEqual(['single', 'single'])
    expect(verdicts({ a, b: { ...a, site: 'there' } })).toEqual([
      ['here default 10.0.10.0/24', 'single', ''],
      ['there default 10.0.10.0/24', 'single', ''],
    ])
  })

  it('goes with the router that runs the same group', () => {
    const pair = (host: number) => ({ text: svi(10, `10.0.10.${host}`, HELPER, ...hsrp(10, '10.0.10.1')) })
    const found = judged({ lab: { text: svi(10, '10.0.10.2') }, a: pair(2), b: pair(3) })
    expect(
      found.map(j => [
        j.segment.attachments
          .map(x => x.device.device)
          .sort()
          .join(' '),
        j.verdict.verdict,
      ]),
    ).toEqual([
      ['a b', 'duplicate'],
      ['lab', 'none'],
    ])
    const [{ segment }] = found as [(typeof found)[number]]
    expect(segment.conflicts.map(c => `${c.address} ${c.own.device.device} ${c.other.device.device}`)).toEqual([
      '10.0.10.2 a lab',
    ])
  })

  it('is a shared gateway where both set the same hardware address, or one says so', () => {
    const leaf = { text: svi(10, '10.0.10.1', 'mac-address 0000.5e00.0101', HELPER) }
    expect(verdicts({ a: leaf, b: leaf, c: leaf })).toEqual([['here default 10.0.10.0/24', 'duplicate', '']])
    const varp = 'interface Vlan10\n   ip address virtual 10.0.10.1/24\n   ip helper-address 10.9.9.5\n!\nend\n'
    expect(verdicts({ a: { text: varp, platform: 'arista-eos' }, b: { text: varp, platform: 'arista-eos' } })[0]?.[1]).toBe(
      'duplicate',
    )
  })
})

describe('edges of a fabric that are one gateway', () => {
  const edge = (...lines: string[]) => svi(10, '10.0.10.1', 'mac-address 0000.0c9f.f45c', 'lisp mobility CLIENTS', ...lines)
  const flooding = `${edge(HELPER)}router lisp\n instance-id 8188\n  service ethernet\n   broadcast-underlay 239.0.17.1\n`
  const of = (a: string, ...more: string[]) =>
    verdicts(Object.fromEntries([a, ...more].map((text, n) => [`r${n}`, { text }]))).map(([, verdict, codes]) => [verdict, codes])

  // Cisco, "Configure SD-Access Silent Host with IP Directed Broadcast": suppressed at each edge, or forwarded to all by L2 flooding.
  it('each relay for their own clients', () => {
    expect(of(edge(HELPER), edge(HELPER), edge(HELPER))).toEqual([['single', '']])
    expect(of(edge(HELPER, 'ip helper-address vrf LAB 10.9.9.5'), edge(HELPER))).toEqual([['duplicate', '']])
  })

  it('may relay those of others where one of them floods', () => {
    expect(of(edge(HELPER), flooding)).toEqual([['unknown', 'fabric-unclear']])
    expect(of(flooding)).toEqual([['single', '']])
  })

  it('leave clients out where one of them does not relay', () => {
    expect(of(edge(HELPER), edge())).toEqual([['unknown', 'dropped-requests']])
    expect(of(edge(), edge())).toEqual([['none', '']])
    expect(of(edge(HELPER), edge(HELPER, 'shutdown'))).toEqual([['single', '']])
  })

  it('are no fabric by that word alone: where each has an address of its own, they hear one another', () => {
    const site = (n: number) => svi(10, `10.0.10.${n}`, 'lisp mobility CLIENTS', HELPER, ...hsrp(10, '10.0.10.1'))
    expect(of(site(2), site(3))).toEqual([['duplicate', '']])
    expect(of(edge(HELPER), edge(HELPER), svi(10, '10.0.10.9', HELPER))).toEqual([['duplicate', '']])
  })
})

describe('many routers with one address', () => {
  const bare = (n: number) => [`b${n}`, { text: svi(10, '10.0.10.1') }] as const
  it('leave those that relay open, however many come before them that do not', () => {
    const relaying = { text: svi(10, '10.0.10.1', HELPER) }
    const found = verdicts({ ...Object.fromEntries([1, 2, 3, 4, 5].map(bare)), c: relaying, d: relaying })
    expect(found.slice(-2)).toEqual([
      ['here default 10.0.10.0/24 (c)', 'unknown', 'same-address'],
      ['here default 10.0.10.0/24 (d)', 'unknown', 'same-address'],
    ])
    expect(found.slice(0, -2).map(v => v[1])).toEqual(['none', 'none', 'none', 'none', 'none'])
  })
  it('do so too where the first of them stand in other VLANs', () => {
    const relaying = (vlan: number) => ({ text: svi(vlan, '10.0.10.1', HELPER) })
    const others = Object.fromEntries([21, 22, 23, 24].map(vlan => [`a${vlan}`, relaying(vlan)]))
    const found = verdicts({ ...others, y: relaying(30), z: relaying(30) })
    expect(found.map(v => v[1])).toEqual(['single', 'single', 'single', 'single', 'unknown', 'unknown'])
  })
})

describe('virtual addresses outside of the subnets of their routers', () => {
  /** A leaf of EOS whose clients have another subnet than it; `last` tells its pair. */
  const leaf = (vlan: number, address: string, vip: string, ...lines: string[]) => ({
    platform: 'arista-eos',
    text: `interface Vlan${vlan}\n   ip address ${address}\n   ip virtual-router address ${vip}\n${lines.map(l => `   ${l}\n`).join('')}end\n`,
  })
  const nexus = (vlan: number, address: string, ...lines: string[]) => ({
    platform: 'cisco-nxos',
    text: `interface Vlan${vlan}\n  no shutdown\n  ip address ${address}\n${lines.map(l => `  ${l}\n`).join('')}`,
  })
  const RELAY = 'ip dhcp relay address 10.9.9.5'
  const VIP = '10.0.10.1/24'

  it('are told in words where the routers have no subnet at all', () => {
    const found = judged({
      a: leaf(10, '10.0.10.2/24', '10.0.10.1', HELPER),
      b: { platform: 'arista-eos', text: leaf(10, 'unnumbered Loopback0', VIP, HELPER).text },
    })
    const said = found.flatMap(j => j.doubts.map(d => d.message))
    expect(said.filter(m => m.includes('a subnet that cannot be told'))).toHaveLength(2)
    expect(said.join(' ')).not.toContain('undefined')
  })
  it('are those of one network perhaps, where two pairs have the same one', () => {
    const pairs = (vlan: number, vip = VIP) => ({
      a1: leaf(10, '192.0.2.1/29', VIP, HELPER),
      a2: leaf(10, '192.0.2.2/29', VIP),
      b1: leaf(vlan, '192.0.2.9/29', vip, HELPER),
      b2: leaf(vlan, '192.0.2.10/29', vip),
    })
    expect(verdicts(pairs(10))).toEqual([
      ['here default 192.0.2.0/29', 'unknown', 'same-subnet'],
      ['here default 192.0.2.8/29', 'unknown', 'same-subnet'],
    ])
    // Two VLANs, or two gateways, are two networks.
    expect(verdicts(pairs(11)).map(v => v[1])).toEqual(['single', 'single'])
    expect(verdicts(pairs(10, '10.0.11.1/24')).map(v => v[1])).toEqual(['single', 'single'])
  })
  it('lie in the subnet of a router that has no other one', () => {
    const [a1, a2] = [1, 2].map(n => nexus(10, `192.0.2.${n}/29`, 'hsrp 10', `  ip ${VIP}`, ...(n === 1 ? [RELAY] : [])))
    expect(verdicts({ a1: a1 as Router, a2: a2 as Router, c: nexus(10, '10.0.10.7/24', RELAY) })).toEqual([
      ['here default 10.0.10.0/24', 'unknown', 'same-subnet'],
      ['here default 192.0.2.0/29', 'unknown', 'same-subnet'],
    ])
    expect(verdicts({ a1: a1 as Router, a2: a2 as Router, c: nexus(10, '10.0.10.7/24') }).map(v => v[1])).toEqual([
      'none',
      'single',
    ])
    // Within them they say nothing of other networks.
    const own = [1, 2].map(n => nexus(20, `10.0.10.${n}/24`, 'hsrp 10', '  ip 10.0.10.9', ...(n === 1 ? [RELAY] : [])))
    expect(verdicts({ a1: own[0] as Router, a2: own[1] as Router, c: nexus(10, '10.0.11.7/24', RELAY) }).map(v => v[1])).toEqual([
      'single',
      'single',
    ])
  })
})

describe('subnets that overlap', () => {
  const router = (vlan: number, host: string, mask: string, ...lines: string[]) => ({
    text: `interface Vlan${vlan}\n ip address ${host} ${mask}\n${lines.map(l => ` ${l}\n`).join('')}`,
  })
  const a = router(10, '10.0.10.2', '255.255.255.0', HELPER)
  it('may be one network with a mistyped mask, though the address of one lies outside of the other', () => {
    expect(verdicts({ a, b: router(10, '10.0.11.3', '255.255.254.0', HELPER) })).toEqual([
      ['here default 10.0.10.0/23', 'unknown', 'same-subnet'],
      ['here default 10.0.10.0/24', 'unknown', 'same-subnet'],
    ])
  })
  it('are two networks in two VLANs, on one router, and where one relays nothing', () => {
    expect(verdicts({ a, b: router(20, '10.0.11.3', '255.255.254.0', HELPER) }).map(v => v[1])).toEqual(['single', 'single'])
    expect(verdicts({ a, b: router(10, '10.0.11.3', '255.255.254.0') }).map(v => v[1])).toEqual(['none', 'single'])
    const both = { text: a.text + router(10, '10.0.11.3', '255.255.254.0', HELPER).text.replace('Vlan10', 'BDI7') }
    expect(verdicts({ both }).map(v => v[1])).toEqual(['single', 'single'])
  })
})

describe('a relay of IPv6', () => {
  const DESTINATION = 'ipv6 dhcp relay destination 2001:DB8:9::5'
  const six = (...lines: string[]) => ({ text: `interface Vlan10\n${[...lines, DESTINATION].map(l => ` ${l}\n`).join('')}` })
  const at = { addresses: ['2001:db8:9::5'] }
  it('stands nowhere for sure while no address of its interface tells where', () => {
    for (const address of [
      'ipv6 enable',
      'ipv6 address autoconfig',
      'ipv6 address FE80::1 link-local',
      'ipv6 address ISP ::10:0:0:0:1/64',
    ]) {
      const found = verdicts({ a: six('no ip address', address), b: six('no ip address', 'ipv6 address 2001:DB8:10::3/64') }, at)
      expect(
        found.map(v => v.slice(1)),
        address,
      ).toEqual([
        ['unknown', 'no-address'],
        ['unknown', 'no-address'],
      ])
    }
  })
  it('does not tell where a router relays IPv4 that has no IPv4 address of its own', () => {
    const peer = {
      platform: 'cisco-nxos',
      text: 'interface Vlan10\n  no shutdown\n  ip address 10.0.10.3/24\n  ip dhcp relay address 10.9.9.5\n',
    }
    for (const address of ['ip unnumbered loopback0', 'ip address dhcp']) {
      const text = `interface Vlan10\n  no shutdown\n  ${address}\n  ipv6 address 2001:db8:10::2/64\n  ip dhcp relay address 10.9.9.5\n`
      const found = verdicts({ a: { platform: 'cisco-nxos', text }, b: peer })
      expect(
        found.map(v => v.slice(1)),
        address,
      ).toEqual([
        ['unknown', 'no-address'],
        ['unknown', 'no-address'],
      ])
    }
    // Without any IPv4 it takes no request of IPv4 at all.
    const six = 'interface Vlan10\n  no shutdown\n  ipv6 address 2001:db8:10::2/64\n  ip dhcp relay address 10.9.9.5\n'
    expect(verdicts({ a: { platform: 'cisco-nxos', text: six }, b: peer }).map(v => v[1])).toEqual(['single', 'none'])
  })
  it('shares a link with the one whose address is made from the same prefix', () => {
    const eui = six('ipv6 address 2001:DB8:10::/64 eui-64')
    expect(verdicts({ a: eui, b: eui }, at)).toEqual([['here default 2001:db8:10::/64', 'duplicate', '']])
  })
})

describe('a gate', () => {
  const gated = (host: number, ...more: string[]) => ({
    text: svi(10, `10.0.10.${host}`, `${HELPER} redundancy PXE`, ...hsrp(10, '10.0.10.1', 'name PXE', ...more)),
  })
  it('holds nothing back where the members authenticate differently: both are active', () => {
    const [judgement] = judged({ a: gated(2, 'authentication text ONE'), b: gated(3, 'authentication text TWO') })
    expect(judgement?.verdict).toMatchObject({ verdict: 'duplicate', copies: 2 })
    expect(judgement?.verdict.reasons[0]?.message).toContain('authenticates in another way than b does')
    expect(judged({ a: gated(2, 'authentication text ONE'), b: gated(3) })[0]?.verdict.copies).toBe(2)
  })
  it('holds nothing back where one sends a string and the other a digest, whatever either is made of', () => {
    const text = ['text ONE', 'ONE', 'text redacted-0a1b2c-0123456789abcdef']
    const md5 = [
      'key-chain A',
      'key-string 6 AAAAbbbb',
      'key-string <removed>',
      'key-string redacted-0a1b2c-0123456789abcdef-opaque',
    ]
    for (const a of text)
      for (const b of md5)
        expect(
          judged({ a: gated(2, `authentication ${a}`), b: gated(3, `authentication md5 ${b}`) })[0]?.verdict.copies,
          `${a} / ${b}`,
        ).toBe(2)
    // A digest is not the absence of one.
    expect(judged({ a: gated(2), b: gated(3, 'authentication md5 key-string <removed>') })[0]?.verdict.copies).toBe(2)
  })
  it('holds where they authenticate alike, and where it cannot be told', () => {
    for (const [a, b] of [
      ['authentication text ONE', 'authentication text ONE'],
      // Two spellings of one key, of type 7.
      ['authentication md5 key-string 7 0822455D0A16', 'authentication md5 key-string 7 094F471A1A0A'],
      ['authentication md5 key-chain A', 'authentication md5 key-chain B'],
      ['authentication cisco', 'priority 100'],
      // What was blanked may have been the string that is sent by default, or the whole of it.
      ['authentication <removed>', 'priority 100'],
      ['authentication <removed>', 'authentication md5 key-chain A'],
    ] as const)
      expect(judged({ a: gated(2, a), b: gated(3, b) })[0]?.verdict, `${a} / ${b}`).toMatchObject({
        verdict: 'single',
        copies: 1,
      })
  })
})

it('the global table is there even where no interface of the audit stands in it', () => {
  const text = svi(10, '10.0.10.2', 'vrf forwarding RED', HELPER)
  expect(verdicts({ a: { text } }, { vrf: 'default' })).toEqual([['here RED 10.0.10.0/24', 'none', '']])
})

describe('what is inert keeps its reason', () => {
  const codes = (...args: Parameters<typeof judged>) => judged(...args)[0]?.verdict.reasons.map(r => [r.code, r.message])
  it('a relay that looks the server up in another VRF', () => {
    const text = svi(10, '10.0.10.2', 'vrf forwarding RED', HELPER, 'ip helper-address vrf MGMT 10.9.9.5')
    expect(judged({ a: { text } }, { vrf: 'MGMT' })[0]?.verdict).toMatchObject({ verdict: 'single', copies: 1 })
    expect(codes({ a: { text } }, { vrf: 'MGMT' })).toEqual([
      ['relays', 'a relays Vlan10 to 10.9.9.5'],
      ['inert', 'a would relay Vlan10 to 10.9.9.5, but does not: wrong-vrf'],
    ])
  })
  it('a group that is shut', () => {
    const vrrp = (host: number, ...more: string[]) => ({ text: svi(10, `10.0.10.${host}`, 'vrrp 10 ip 10.0.10.1', ...more) })
    expect(codes({ a: vrrp(2, HELPER), b: vrrp(3, 'vrrp 10 shutdown') })).toEqual([
      ['relays', 'a relays Vlan10 to 10.9.9.5'],
      ['group-off', 'VRRP group 10 of Vlan10 on b is configured and does not run'],
    ])
  })
  it('an interface that has addresses of IPv6 alone takes no part in IPv4', () => {
    const a = { text: `interface Vlan10\n no ip address\n ipv6 address 2001:DB8:10::2/64\n ${HELPER}\n` }
    const b = { text: svi(10, '10.0.10.3', 'ipv6 address 2001:DB8:10::3/64', HELPER) }
    expect(codes({ a, b })).toEqual([
      ['relays', 'b relays Vlan10 to 10.9.9.5'],
      ['inert', 'a would relay Vlan10 to 10.9.9.5, but does not: no-address'],
    ])
  })
  it('but not DHCPv6, which the service of DHCP for IPv4 does not switch', () => {
    const six = (n: number) =>
      `interface Vlan10\n ipv6 address 2001:DB8:10::${n}/64\n ipv6 dhcp relay destination 2001:DB8:9::5\n`
    expect(
      verdicts({ a: { text: `no service dhcp\n${six(2)}` }, b: { text: six(3) } }, { addresses: ['2001:db8:9::5'] })[0]?.[1],
    ).toBe('duplicate')
  })
  it('service, forwarding and interface', () => {
    for (const [text, why] of [
      [`no service dhcp\n${svi(10, '10.0.10.2', HELPER)}`, 'relay-service-off'],
      [`no ip forward-protocol udp bootps\n${svi(10, '10.0.10.2', HELPER)}`, 'bootp-forwarding-off'],
      [svi(10, '10.0.10.2', HELPER, 'shutdown'), 'interface-down'],
    ] as const)
      expect(codes({ a: { text } })).toEqual([['inert', `a would relay Vlan10 to 10.9.9.5, but does not: ${why}`]])
  })
})

describe('a capture', () => {
  it('that is too old leaves open what its router was given since, on any segment of its site', () => {
    const stale = 'it was captured 9 days ago, and 7d is allowed'
    const a = { text: `${svi(10, '10.0.10.2', HELPER)}${svi(20, '10.0.20.2', HELPER)}` }
    const b = { text: svi(10, '10.0.10.3'), stale }
    expect(verdicts({ a, b })).toEqual([
      ['here default 10.0.10.0/24', 'unknown', 'stale'],
      ['here default 10.0.20.0/24', 'unknown', 'stale'],
    ])
    expect(verdicts({ a, b: { text: svi(10, '10.0.10.3'), stale, site: 'there' } })[0]?.[1]).toBe('single')
    expect(verdicts({ a, b: { text: svi(10, '10.0.10.3', HELPER), stale } })[0]?.[1]).toBe('duplicate')
  })
  it('that cannot be proven whole is said with the verdict, and does not change it', () => {
    const text = 'feature dhcp\ninterface Vlan10\n  no shutdown\n  ip address 10.0.10.2/24\n  ip dhcp relay address 10.9.9.5\n'
    const [judgement] = judged({ a: { text, platform: 'cisco-nxos' } })
    expect(judgement?.verdict.verdict).toBe('single')
    expect(judgement?.verdict.reasons.map(r => r.code)).toEqual(['relays', 'completeness-not-provable'])
  })
  it('that is cut leaves open whether its router is a third one anywhere on its site', () => {
    const pair = (host: number, ...more: string[]) => ({ text: svi(10, `10.0.10.${host}`, ...hsrp(10, '10.0.10.1'), ...more) })
    const cut = { text: 'hostname c\ninterface Vlan20\n ip address 10.0.20.2 255.2', platform: 'arista-eos' }
    expect(verdicts({ a: pair(2, HELPER), b: pair(3), c: cut })[0]).toEqual([
      'here default 10.0.10.0/24',
      'unknown',
      expect.stringContaining('truncated'),
    ])
    expect(verdicts({ a: pair(2, HELPER), b: pair(3), c: { ...cut, site: 'there' } })[0]?.[1]).toBe('single')
  })
})

describe('a host name', () => {
  const text = svi(10, '10.0.10.2', HELPER, 'ip helper-address Boot.corp.example')
  const copies = (hosts: Readonly<Record<string, string[]>>, point: Partial<PxePoint> = {}) =>
    judged({ a: { text } }, point, hosts).map(j => [j.verdict.verdict, j.verdict.copies, j.doubts.map(d => d.code).join(' ')])[0]
  it('leads where the inventory says', () => {
    expect(copies({})).toEqual(['unknown', null, 'unresolved-host'])
    expect(copies({ 'boot.corp.example': ['10.9.9.20'] })).toEqual(['single', 1, ''])
    expect(copies({ 'BOOT.corp.example.': ['10.9.9.20', '10.9.9.5'] })).toEqual(['duplicate', 2, ''])
    // The name may stand for a broadcast as well as an address does.
    expect(copies({ 'boot.corp.example': ['10.9.9.255'] })).toEqual(['unknown', null, 'directed-broadcast'])
    expect(copies({ 'boot.corp.example': ['10.9.9.255'] }, { networks: ['10.9.9.0/24'] })).toEqual(['duplicate', 2, ''])
  })
})

const two = (site?: string) => ({
  a: { text: svi(10, '10.0.10.2', HELPER), ...(site && { site }) },
  b: { text: svi(10, '10.0.10.3', HELPER), ...(site && { site }) },
})
const pair = (target: string) => ({
  a: { text: svi(10, '10.0.10.2', HELPER) },
  b: { text: svi(10, '10.0.10.3', `ip helper-address ${target}`) },
})
it('--pxe takes the mask of the server along, which settles broadcasts', () => {
  const [point] = pointOption('wds=10.9.9.5/24,10.9.9.6')
  expect(point).toMatchObject({ addresses: ['10.9.9.5', '10.9.9.6'], networks: ['10.9.9.0/24'] })
  expect(verdicts(pair('10.9.9.255'), point)[0]?.[1]).toBe('duplicate')
  expect(verdicts(pair('10.9.9.127'), point)[0]?.[1]).toBe('single')
  for (const wrong of ['10.9.9.5/33', '10.9.9.5/', '10.9.9.5/x', '10.9.9/24'])
    expect(() => pointOption(wrong), wrong).toThrow('is no address of a server')
})

describe('what must not pass for clean', () => {
  it('sites: two routers of a site the point is not said to serve relay to it', () => {
    const found = verdicts({ ...two('lon'), c: { text: svi(20, '10.0.20.2', HELPER), site: 'ams' } }, { sites: ['ams'] })
    expect(found.find(v => v[0] === 'lon default 10.0.10.0/24')?.[1]).toBe('duplicate')
  })
  it('vrf: a VRF of the point that no router has proves nothing', () => {
    for (const vrf of ['global', 'Default', 'SERVRES']) expect(verdicts(two(), { vrf })[0]?.[1], vrf).not.toBe('none')
  })
  it('vrf: names are local, so a router without that of the point may call it otherwise', () => {
    const core = { text: svi(10, '10.0.10.2', 'vrf forwarding SRV', HELPER) }
    const found = (...lines: string[]) =>
      verdicts({ core, a: { text: svi(20, '10.0.20.2', HELPER) }, b: { text: svi(20, '10.0.20.3', ...lines) } }, { vrf: 'SRV' })
        .find(v => v[0] === 'here default 10.0.20.0/24')
        ?.slice(1)
    expect(found(HELPER)).toEqual(['unknown', 'unknown-vrf unknown-vrf'])
    expect(found('ip helper-address vrf SERVERS 10.9.9.5')).toEqual(['unknown', 'unknown-vrf unknown-vrf'])
    // One that has both means another server; a has not.
    expect(found('ip helper-address vrf SRV 10.9.9.20', HELPER)).toEqual(['unknown', 'unknown-vrf'])
  })
  it('vrf: a broadcast that may reach the point does so in a VRF that nobody knows, too', () => {
    for (const vrf of ['SERVRES', 'SRV'])
      expect(verdicts({ a: { text: svi(10, '10.0.10.2', 'ip helper-address 10.9.9.255') } }, { vrf })[0]?.slice(1), vrf).toEqual([
        'unknown',
        'directed-broadcast',
      ])
  })
  it('vrf: nor does it hide that another site may relay to the point', () => {
    const found = verdicts(two('lon'), { sites: ['ams'], vrf: 'SERVRES' })
    expect(found.find(v => v[0] === 'lon default 10.0.10.0/24')?.[1]).toBe('unknown')
  })
  it('networks: those that hold none of the other addresses settle nothing about them', () => {
    expect(verdicts(pair('10.9.9.127'), { addresses: ['10.9.9.5', '10.8.8.5'], networks: ['10.8.8.0/24'] })[0]?.[1]).toBe(
      'unknown',
    )
  })
  it('broadcast: a server subnet of 27 bits, of 8 bits, and the old all-zeros form', () => {
    for (const target of ['10.9.9.31', '10.255.255.255', '10.9.9.0'])
      expect(verdicts(pair(target))[0]?.[1], target).toBe('unknown')
  })
  it('multicast: FF05::1:3 is every DHCP server of the site', () => {
    const six = (n: number) => ({
      text: `interface Vlan10\n ipv6 address 2001:DB8:10::${n}/64\n ipv6 dhcp relay destination FF05::1:3\n`,
    })
    expect(verdicts({ a: six(2), b: six(3) }, { addresses: ['2001:db8:9::5'] })[0]?.[1]).toBe('unknown')
  })
  it('link-local: a server on a link of the router, which the points do not tell by that address', () => {
    const six = (n: number, target: string) => ({
      text: `interface Vlan10\n ipv6 address 2001:DB8:10::${n}/64\n ipv6 dhcp relay destination ${target}\n`,
    })
    const routers = { a: six(2, 'FE80::5 Vlan99'), b: six(3, '2001:DB8:9::5') }
    const copies = (addresses: string[]) => verdicts(routers, { addresses })[0]?.slice(1)
    expect(copies(['2001:db8:9::5'])).toEqual(['unknown', 'unresolved-host'])
    expect(copies(['2001:db8:9::5', 'fe80::5'])).toEqual(['duplicate', ''])
    expect(copies(['2001:db8:9::5', 'fe80::6'])).toEqual(['single', ''])
    // Without an address of that version it hears no such request.
    expect(copies(['10.9.9.5'])).toEqual(['none', ''])
  })
  it('addresses: of IPv4 one is not in the text, and those of IPv6 do not tell where its clients are', () => {
    const b = { text: svi(10, '10.0.10.3', HELPER) }
    const six = 'ipv6 address 2001:DB8:10::2/64'
    const a = (...lines: string[]) => ({ text: `interface Vlan10\n${[...lines, HELPER].map(l => ` ${l}\n`).join('')}` })
    for (const how of ['ip unnumbered Loopback0', 'ip address dhcp'])
      for (const lines of [[six], ['ip address 10.0.20.2 255.255.255.0 secondary']])
        expect(verdicts({ a: a(how, ...lines), b }), how).toMatchObject([
          [expect.anything(), 'unknown', 'no-address'],
          [expect.anything(), 'unknown', 'no-address'],
        ])
    // Its own requests of IPv6 have their place, and an address that is typed later takes the place of the other.
    const only6 = { text: `interface Vlan10\n ip address dhcp\n ${six}\n ipv6 dhcp relay destination 2001:DB8:9::5\n` }
    expect(verdicts({ a: only6 }, { addresses: ['2001:db8:9::5'] })[0]?.[1]).toBe('single')
    expect(verdicts({ a: a('ip address dhcp', 'ip address 10.0.10.2 255.255.255.0'), b })[0]?.[1]).toBe('duplicate')
  })
  it('two tags: neither tells that the clients are not in the VLAN of another router', () => {
    const a = (...lines: string[]) => ({
      text: `interface GigabitEthernet0/0.10\n encapsulation dot1Q 10 second-dot1q 20\n${lines.map(l => ` ${l}\n`).join('')} ${HELPER}\n`,
    })
    const b = { text: svi(20, '10.0.10.193', HELPER) }
    for (const where of ['ip unnumbered Loopback0', 'ip address 10.0.10.2 255.255.255.128'])
      expect(verdicts({ a: a(where), b }).map(v => v[1])).toEqual(['unknown', 'unknown'])
  })
  it('learned: a group that has its address from none of the routers has another one', () => {
    const learns = (host: number, ip = '') => ({
      text: svi(10, `10.0.10.${host}`, `standby 10 ip${ip}`, 'standby 10 name PXE', `${HELPER} redundancy PXE`),
    })
    expect(verdicts({ a: learns(2), b: learns(3) })).toEqual([['here default 10.0.10.0/24', 'unknown', 'peer-missing']])
    expect(verdicts({ a: learns(2), b: learns(3, ' 10.0.10.1') })[0]?.[1]).toBe('single')
  })
  it('output interfaces: a target that is named with two of them gets two copies', () => {
    const six = (...lines: string[]) =>
      verdicts(
        { a: { text: `interface Vlan10\n ipv6 address 2001:DB8:10::2/64\n${lines.map(l => ` ${l}\n`).join('')}` } },
        { addresses: ['2001:db8:9::5'] },
      )[0]?.[1]
    const by = (rest: string) => `ipv6 dhcp relay destination 2001:DB8:9::5${rest}`
    expect(six(by(' Vlan98'), by(' Vlan99'))).toBe('duplicate')
    expect(six(by(' Vlan98'), by(' Vlan98'), by(' Vlan98 source-address 2001:DB8:10::2'))).toBe('single')
    expect(six(by(' Vlan98'), by(' Vlan99'), `no ${by(' Vlan98')}`)).toBe('single')
    expect(six(by(' Vlan98'), by(' Vlan99'), `no ${by('')}`, by(' Vlan97'))).toBe('single')
  })
  it('broadcast: the all-zeros form of a declared network, which some hosts hear (RFC 1122, 3.3.6)', () => {
    const point = { networks: ['10.9.9.0/24'] }
    expect(verdicts(pair('10.9.9.0'), point)[0]).toEqual(['here default 10.0.10.0/24', 'unknown', 'directed-broadcast'])
    // The number of a subnet without a broadcast address is a host like any other.
    expect(verdicts(pair('10.9.9.4'), { networks: ['10.9.9.4/31'] })[0]?.[1]).toBe('single')
    // Its own address with a length of 32 says nothing of its mask.
    for (const networks of [['10.9.9.5/32'], ['10.9.9.5/32', '10.8.0.0/16']])
      expect(verdicts(pair('10.9.9.255'), { networks })[0]).toEqual([
        'here default 10.0.10.0/24',
        'unknown',
        'directed-broadcast',
      ])
    expect(verdicts(pair('10.9.9.255'), { networks: ['10.9.9.5/32', '10.9.8.0/23'] })[0]?.[1]).toBe('duplicate')
    const elsewhere = verdicts({ ...two('lon'), b: { ...pair('10.9.9.0').b, site: 'lon' } }, { ...point, sites: ['ams'] })
    expect(elsewhere[0]?.[1]).toBe('unknown')
  })
  it('broadcast: routers of the server that disagree on its mask', () => {
    const server = (host: number, mask: string) => ({ text: `interface Vlan9\n ip address 10.9.9.${host} ${mask}\n` })
    const around = { c: server(2, '255.255.255.0'), d: server(3, '255.255.255.128') }
    for (const target of ['10.9.9.255', '10.9.9.127'])
      expect(verdicts({ ...pair(target), ...around })[0], target).toEqual([
        'here default 10.0.10.0/24',
        'unknown',
        'directed-broadcast',
      ])
    expect(verdicts({ ...pair('10.9.9.63'), ...around })[0]?.[1]).toBe('single')
  })
  it('relays to a relay: what is sent to another router may be passed on (RFC 1542, 4.1.1; RFC 8415, 19.1.2)', () => {
    const to = (target: string) => `ip helper-address ${target}`
    const open = ['here default 10.0.10.0/24', 'unknown', 'relayed-on']
    const far = { text: svi(20, '10.0.20.3', HELPER) }
    // In place of its own way to the server, or besides it.
    expect(verdicts({ a: { text: svi(10, '10.0.10.2', to('10.0.20.3')) }, far })[0]).toEqual(open)
    expect(verdicts({ a: { text: svi(10, '10.0.10.2', HELPER, to('10.0.20.3')) }, far })[0]).toEqual(open)
    // To the neighbour, which hears the broadcast itself as well.
    const pair = { a: { text: svi(10, '10.0.10.2', to('10.0.10.3')) }, b: { text: svi(10, '10.0.10.3', HELPER) } }
    expect(verdicts(pair)[0]).toEqual(open)
    // To whoever is active, and over two routers.
    const group = { text: svi(20, '10.0.20.2', to('10.0.30.3'), ...hsrp(20, '10.0.20.1')) }
    const last = { text: svi(30, '10.0.30.3', HELPER) }
    const chain = { a: { text: svi(10, '10.0.10.2', to('10.0.20.1')) }, group, last }
    expect(verdicts(chain)[0]).toEqual(open)
    // To all that stand on a segment on which a router relays.
    expect(verdicts({ a: { text: svi(10, '10.0.10.2', to('10.0.20.255')) }, far })[0]).toEqual(open)
    const named = {
      a: {
        text: `interface Vlan10\n   ip address 10.0.10.2/24\n   ${HELPER}\n   ip helper-address core\nend\n`,
        platform: 'arista-eos',
      },
    }
    expect(verdicts({ ...named, far }, {}, { core: ['10.0.20.3'] })[0]).toEqual(open)
    expect(verdicts({ ...named, far }, {}, { core: ['10.0.20.9'] })[0]?.[1]).toBe('single')
    // Two copies are two, whatever a third one does.
    expect(verdicts({ ...pair, b: { text: svi(10, '10.0.10.3', HELPER, 'ip helper-address vrf V 10.9.9.5') } })[0]?.[1]).toBe(
      'duplicate',
    )
    const six = (vlan: number, target: string) => ({
      text: `interface Vlan${vlan}\n ipv6 address 2001:DB8:${vlan}::2/64\n ipv6 dhcp relay destination ${target}\n`,
    })
    const point = { addresses: ['2001:db8:9::5'] }
    const [near] = verdicts({ a: six(10, '2001:DB8:20::2'), b: six(20, '2001:DB8:9::5') }, point)
    expect(near?.slice(1)).toEqual(['unknown', 'relayed-on'])
  })
  it('relays to a relay: a router that does not relay to the server passes nothing on', () => {
    const both = svi(10, '10.0.10.2', HELPER, 'ip helper-address 10.0.20.3')
    const verdict = (far: string) => verdicts({ a: { text: both }, far: { text: far } })[0]?.[1]
    expect(verdict(svi(20, '10.0.20.3', HELPER))).toBe('unknown')
    expect(verdict(svi(20, '10.0.20.3'))).toBe('single')
    expect(verdict(svi(20, '10.0.20.3', 'ip helper-address 10.9.9.20'))).toBe('single')
    expect(verdict(`no service dhcp\n${svi(20, '10.0.20.3', HELPER)}`)).toBe('single')
    expect(verdict(svi(20, '10.0.20.3', 'shutdown', HELPER))).toBe('single')
    // What a router sends to itself goes to its own server, and round in a circle no further.
    expect(verdicts({ a: { text: svi(10, '10.0.10.2', HELPER, 'ip helper-address 10.0.10.2') } })[0]?.[1]).toBe('single')
    const circle = (own: number, other: number) => ({ text: svi(own, `10.0.${own}.2`, `ip helper-address 10.0.${other}.2`) })
    expect(verdicts({ a: circle(10, 20), b: circle(20, 10) })[0]?.[1]).toBe('none')
    // However many lead to one another.
    const all = Array.from({ length: 24 }, (_, n) => n + 10)
    const mesh = all.map((own): [string, Router] => [
      `r${own}`,
      { text: svi(own, `10.0.${own}.2`, ...all.map(other => `ip helper-address 10.0.${other}.2`)) },
    ])
    expect(new Set(verdicts(Object.fromEntries(mesh)).map(v => v[1]))).toEqual(new Set(['none']))
  })
  it('server: a declared network that it stands in besides its addresses', () => {
    const clients = { a: { text: svi(10, '10.0.10.2', HELPER) } }
    expect(verdicts(clients, { networks: ['10.9.9.0/24', '10.0.10.0/24'] })[0]?.slice(1)).toEqual([
      'unknown',
      'server-on-segment',
    ])
    expect(verdicts(clients, { networks: ['10.9.9.0/24'] })[0]?.[1]).toBe('single')
  })
  it('addresses: one that is not in the configuration stands anywhere, whatever the IPv6 subnet of the interface', () => {
    for (const address of ['ip address dhcp', 'ip unnumbered Loopback0']) {
      const b = (line: string) => ({
        text: `interface Vlan10\n ${address}\n ipv6 address 2001:DB8:10::3/64\n ${line}\n`,
      })
      const found = (line: string) =>
        verdicts({ a: { text: svi(10, '10.0.10.2', HELPER) }, b: b(line) }).find(v => v[0] === 'here default 10.0.10.0/24')
      expect(found(HELPER)?.slice(1), address).toEqual(['unknown', 'no-address'])
      expect(found(`${HELPER} sometimes`)?.slice(1), address).toEqual(['unknown', 'no-address'])
      // A relay of IPv6 stands where the IPv6 address says.
      expect(found('ipv6 dhcp relay destination 2001:DB8:9::5')?.[1], address).toBe('single')
    }
  })
  it('addresses: a line that was not understood may be the relay of an interface that stands anywhere', () => {
    const b = (...lines: string[]) => ({ text: `interface Vlan10\n${lines.map(l => ` ${l}\n`).join('')}` })
    const found = (...lines: string[]) => verdicts({ a: { text: svi(10, '10.0.10.2', HELPER) }, b: b(...lines) })[0]?.slice(1)
    for (const address of ['ip address dhcp', 'ip unnumbered Loopback0'])
      expect(found(address, `${HELPER} sometimes`), address).toEqual(['unknown', 'no-address'])
    // Without any address it relays nothing.
    expect(found('no ip address', `${HELPER} sometimes`)).toEqual(['single', ''])
    expect(found('ip address dhcp')).toEqual(['single', ''])
  })
  it('addresses: one of 32 bits is that of a router alone; its clients stand in another subnet', () => {
    const alone = (host: number) => ({ text: svi(10, `10.0.10.${host}`, HELPER).replace('255.255.255.0', '255.255.255.255') })
    expect(verdicts({ a: alone(2), b: alone(3) }).map(v => v.slice(1))).toEqual([
      ['unknown', 'no-address no-address'],
      ['unknown', 'no-address no-address'],
    ])
    const [, ...others] = verdicts({ a: alone(2), b: { text: svi(10, '10.0.20.3', HELPER) } })
    expect(others.map(v => v.slice(1))).toEqual([['unknown', 'no-address']])
  })
  it('mlag: halves of two pairs that share a domain name do not hold each other back', () => {
    const half = (host: number, local: string, peer: string) => ({
      platform: 'arista-eos',
      text: `dhcp relay\n   mlag peer-link requests disabled\n!\nmlag configuration\n   domain-id mlag1\n   local-interface Vlan4094\n   peer-address ${peer}\n   peer-link Port-Channel1\n!\ninterface Vlan4094\n   ip address ${local}/30\n!\ninterface Vlan10\n   ip address 10.0.10.${host}/24\n   ${HELPER}\n!\nend\n`,
    })
    const found = verdicts({ a: half(2, '10.255.0.1', '10.255.0.2'), c: half(3, '10.255.1.1', '10.255.1.2') })
    expect(found.find(v => String(v[0]).includes('10.0.10.0'))?.[1]).not.toBe('single')
  })
  it('lines: one outside of interfaces may be a relay of an interface that has nothing but IPv6', () => {
    const six = (host: number, ...lines: string[]) =>
      `interface Vlan10\n${[`ipv6 address 2001:DB8:10::${host}/64`, ...lines].map(l => ` ${l}\n`).join('')}`
    const relay = 'ipv6 dhcp relay destination 2001:DB8:9::5'
    const found = (b: string) =>
      verdicts({ a: { text: six(2, relay) }, b: { text: b } }, { addresses: ['2001:db8:9::5'] }).map(v => v.slice(1))
    expect(found(`ip dhcp relay frobnicate\n${six(3)}`)).toEqual([['unknown', 'unrecognized']])
    expect(found(six(3))).toEqual([['single', '']])
    // Between two routers there are no clients.
    expect(found(`ip dhcp relay frobnicate\n${six(3).replace('/64', '/127')}`)).toEqual([['single', '']])
  })
  it('lines: one may be a relay of what may be the same network', () => {
    const a = { text: svi(10, '10.0.10.2', 'vrf forwarding RED', HELPER) }
    const found = (b: string) =>
      verdicts({ a, b: { text: b } })
        .find(v => v[0] === 'here RED 10.0.10.0/24')
        ?.slice(1)
    for (const line of [`${svi(10, '10.0.10.3', `${HELPER} sometimes`)}`, `ip dhcp relay frobnicate\n${svi(10, '10.0.10.3')}`])
      expect(found(line), line).toEqual(['unknown', 'same-subnet'])
    expect(found(svi(10, '10.0.10.3'))).toEqual(['single', ''])
    const [own] = judged({ a: { text: svi(10, '10.0.10.2', HELPER) }, b: { text: svi(10, '10.0.10.2', `${HELPER} sometimes`) } })
    expect(own?.doubts.map(d => d.message)).toEqual([
      'Vlan10 of b has 10.0.10.2 too and may relay: another network of that number, or a shared gateway, cannot be told',
    ])
  })
  it('spare: a router that waits with the address of another one takes nobody off the segment', () => {
    const at = (host: number, ...lines: string[]) => ({ text: svi(10, `10.0.10.${host}`, HELPER, ...lines) })
    const waiting = at(2, 'shutdown')
    for (const name of ['a-spare', 'z-spare'])
      expect(verdicts({ [name]: waiting, b: at(2), c: at(3) }), name).toEqual([['here default 10.0.10.0/24', 'duplicate', '']])
    expect(verdicts({ a: waiting, b: at(2) })).toEqual([['here default 10.0.10.0/24', 'single', '']])
    // It hides no clash of others either.
    for (const name of ['a-spare', 'z-spare']) {
      const found = verdicts({ [name]: waiting, b: at(2), c: at(2) })
      expect(
        found.map(v => v.slice(1)),
        name,
      ).toEqual([
        ['unknown', 'same-address'],
        ['unknown', 'same-address'],
      ])
    }
  })
  describe('mlag: what a half drops is what comes over the link, so it holds nothing back', () => {
    interface Half {
      readonly host: number
      readonly place?: string
      readonly link?: string
      readonly mlag?: readonly string[]
      readonly knob?: boolean
      readonly relay?: string
    }
    const LINK = ['domain-id m1', 'local-interface Vlan4094', 'peer-address PEER', 'peer-link Port-Channel1']
    const half = ({ host, place = 'Vlan10', link = '', mlag = LINK, knob = true, relay = HELPER }: Half) => ({
      platform: 'arista-eos',
      text: [
        'hostname x',
        ...(knob ? ['dhcp relay', '   mlag peer-link requests disabled'] : []),
        ...(mlag.length > 0 ? ['mlag configuration'] : []),
        ...mlag.map(l => `${/^no |^mlag/.test(l) ? '' : '   '}${l.replace('PEER', `10.255.0.${3 - host}`)}`),
        ...['interface Vlan4094', `   ip address 10.255.0.${host}/30`, `   ${link}`],
        ...[`interface ${place}`, '   no switchport', `   ip address 10.0.10.${host}/24`, `   ${relay}`, 'end', ''],
      ].join('\n'),
    })
    const verdict = (...halves: Half[]) =>
      verdicts(Object.fromEntries(halves.map(h => [`s${h.host}`, half(h)]))).map(v => v.slice(1))[0]
    it('holds in one VLAN', () => expect(verdict({ host: 1 }, { host: 2 })).toEqual(['single', '']))
    it('in two VLANs, at ports of their own', () => {
      expect(verdict({ host: 1 }, { host: 2, place: 'Vlan11' })?.[0]).toBe('duplicate')
      for (const place of ['Ethernet5', 'Port-Channel7'])
        expect(verdict({ host: 1, place }, { host: 2, place })?.[0], place).toBe('duplicate')
    })
    it('where the pair is shut, or the interface of its link is', () => {
      for (const mlag of [
        [...LINK, 'shutdown'],
        ['shutdown', ...LINK],
      ])
        expect(verdict({ host: 1, mlag }, { host: 2 })?.[0]).toBe('duplicate')
      expect(verdict({ host: 1, mlag: LINK.slice(0, 3) }, { host: 2 })?.[0]).toBe('duplicate')
      expect(verdict({ host: 1, link: 'shutdown' }, { host: 2 })?.[0]).toBe('duplicate')
      // Whoever goes into it again has not taken the link away.
      const again = [...LINK, 'mlag configuration', 'reload-delay 300']
      expect(verdict({ host: 1, mlag: again }, { host: 2 })).toEqual(['single', ''])
      const anew = ['shutdown', 'no mlag configuration', 'mlag configuration', ...LINK]
      expect(verdict({ host: 1, mlag: anew }, { host: 2 })).toEqual(['single', ''])
    })
    it('where nobody read the other half, which may relay as well', () => {
      for (const knob of [true, false]) expect(verdict({ host: 1, knob }), `${knob}`).toEqual(['unknown', 'peer-missing'])
      // It was read, and stands nowhere else, or says nothing of a pair.
      expect(verdict({ host: 1, knob: false }, { host: 2, place: 'Vlan20', relay: 'mtu 1500' })?.[1]).toBe('')
      expect(verdict({ host: 1 }, { host: 2, place: 'Vlan20', relay: 'mtu 1500' })?.[1]).toBe('dropped-requests')
      expect(verdict({ host: 1 }, { host: 2, mlag: [], relay: 'mtu 1500' })).toEqual(['single', ''])
      // Nothing of a pair is heard at a routed port.
      expect(verdict({ host: 1, place: 'Ethernet5' })).toEqual(['single', ''])
    })
  })
  it('vpc: a half of which nobody read the other one, which has its VLANs too', () => {
    const half = (n: number, ...lines: readonly string[]) => ({
      platform: 'cisco-nxos',
      text: `vpc domain 10\n  peer-keepalive destination 192.0.2.${3 - n} source 192.0.2.${n} vrf management\ninterface mgmt0\n  vrf member management\n  ip address 192.0.2.${n}/24\ninterface Vlan10\n  no shutdown\n  ip address 10.0.10.${n}/24\n${lines.map(l => `  ${l}\n`).join('')}`,
    })
    const RELAY = 'ip dhcp relay address 10.9.9.5'
    const one = half(1, RELAY)
    expect(verdicts({ a: one })[0]?.slice(1)).toEqual(['unknown', 'peer-missing'])
    // It was read, and does not relay; or it is there, and shut out of the pair.
    expect(verdicts({ a: one, b: half(2) })[0]?.slice(1)).toEqual(['single', ''])
    const shut = half(2)
    expect(
      verdicts({ a: one, b: { ...shut, text: shut.text.replace('vpc domain 10\n', 'vpc domain 10\n  shutdown\n') } })[0]?.slice(
        1,
      ),
    ).toEqual(['single', ''])
    expect(verdicts({ a: one, b: half(2, RELAY) })[0]?.slice(1)).toEqual(['duplicate', ''])
    // Its management port has its address from elsewhere.
    const dynamic = half(2)
    const there = { ...dynamic, text: dynamic.text.replace('ip address 192.0.2.2/24', 'ip address dhcp') }
    expect(verdicts({ a: one, b: there })[0]?.slice(1)).toEqual(['single', ''])
    // Without the pair, nothing speaks of a second router.
    expect(
      verdicts({ a: { ...one, text: one.text.replace('vpc domain 10\n', 'vpc domain 10\n  shutdown\n') } })[0]?.slice(1),
    ).toEqual(['single', ''])
  })
  describe('pairs that were built alike', () => {
    type Half = readonly [name: string, host: number, vlan: number, relays?: boolean]
    const vpc = (host: number, vlan: number, relays: boolean) =>
      `vpc domain 10\n  peer-keepalive destination 10.255.0.${3 - host} vrf KA\ninterface Vlan4000\n  no shutdown\n  vrf member KA\n  ip address 10.255.0.${host}/30\ninterface Vlan${vlan}\n  no shutdown\n  ip address 10.0.${vlan}.${host}/24\n${relays ? '  ip dhcp relay address 10.9.9.5\n' : ''}`
    const mlag = (host: number, vlan: number, relays: boolean) =>
      `mlag configuration\n   domain-id M\n   peer-address 10.255.0.${3 - host}\n   peer-link Port-Channel1\ninterface Vlan4094\n   ip address 10.255.0.${host}/30\ninterface Vlan${vlan}\n   ip address 10.0.${vlan}.${host}/24\n${relays ? `   ${HELPER}\n` : ''}end\n`
    for (const [platform, text] of [
      ['cisco-nxos', vpc],
      ['arista-eos', mlag],
    ] as const) {
      const found = (...halves: Half[]) =>
        verdicts(Object.fromEntries(halves.map(([n, host, vlan, r = true]) => [n, { platform, text: text(host, vlan, r) }]))).map(
          v => [String(v[0]).replace(/.*10\.0\.(\d+)\..*/, '$1'), ...v.slice(1)],
        )
      it(`${platform}: one half of each is none of the other`, () => {
        expect(found(['a1', 1, 10], ['b1', 1, 20])).toEqual([
          ['10', 'unknown', 'peer-missing'],
          ['20', 'unknown', 'peer-missing'],
        ])
        // That one stands beside its own other half.
        expect(found(['a1', 1, 10], ['b1', 1, 20], ['b2', 2, 20, false])).toEqual([
          ['10', 'unknown', 'peer-missing'],
          ['20', 'single', ''],
        ])
        // All were read, and one of them has not the VLAN.
        expect(found(['a1', 1, 10], ['a2', 2, 30, false], ['b1', 1, 20], ['b2', 2, 20, false])).toEqual([
          ['10', 'single', ''],
          ['20', 'single', ''],
          ['30', 'none', ''],
        ])
      })
    }
  })
  it('vpc: a half that shows no address on the side of the other one', () => {
    const half = (own: string, other: string, host: number, ...lines: readonly string[]) => ({
      platform: 'cisco-nxos',
      text: `vpc domain 10\n  peer-keepalive destination ${other} vrf management\ninterface mgmt0\n  vrf member management\n  ip address ${own}\ninterface Vlan10\n  no shutdown\n  ip address 10.0.10.${host}/24\n${lines.map(l => `  ${l}\n`).join('')}`,
    })
    const RELAY = 'ip dhcp relay address 10.9.9.5'
    // The way to it is routed, or the address comes from elsewhere.
    for (const own of ['192.0.2.1/24', 'dhcp']) {
      const one = half(own, '198.51.100.2', 1, RELAY)
      expect(verdicts({ a: one })[0]?.slice(1), own).toEqual(['unknown', 'peer-missing'])
      for (const other of ['198.51.100.2/24', 'dhcp'])
        expect(verdicts({ a: one, b: half(other, '192.0.2.1', 2) })[0]?.slice(1), `${own} ${other}`).toEqual(['single', ''])
    }
    // Halves of two pairs with one domain, on segments of their own: neither other half was read.
    const far = half('dhcp', '192.0.2.9', 1, RELAY)
    expect(
      verdicts({
        a: half('dhcp', '198.51.100.2', 1, RELAY),
        b: { ...far, text: far.text.replace('Vlan10', 'Vlan20').replace('10.0.10', '10.0.20') },
      }).map(v => v.slice(1)),
    ).toEqual([
      ['unknown', 'peer-missing'],
      ['unknown', 'peer-missing'],
    ])
    const routed = half('192.0.2.1/24', '198.51.100.2', 1, RELAY)
    const elsewhere = half('203.0.113.1/24', '203.0.113.2', 3)
      .text.replace('domain 10', 'domain 20')
      .replaceAll('Vlan10', 'Vlan20')
    const other = { platform: 'cisco-nxos', text: elsewhere.replace('10.0.10.3', '10.0.20.3') }
    expect(
      verdicts({ a: routed, c: other })
        .find(v => String(v[0]).includes('10.0.10.0'))
        ?.slice(1),
    ).toEqual(['unknown', 'peer-missing'])
  })
  it('eos: at the interface of a VLAN that is suspended nothing is heard', () => {
    const at = (host: number, vlan: string, ...lines: readonly string[]) => ({
      platform: 'arista-eos',
      text: `${vlan}!\ninterface Vlan10\n   ip address 10.0.10.${host}/24\n${lines.map(l => `   ${l}\n`).join('')}end\n`,
    })
    const out = 'vlan 10\n   state suspend\n'
    expect(verdicts({ a: at(2, 'vlan 10\n', HELPER), b: at(3, out, HELPER) })[0]?.[1]).toBe('single')
    expect(verdicts({ a: at(2, out, HELPER), b: at(3, 'vlan 10\n') })[0]?.[1]).toBe('none')
    expect(verdicts({ a: at(2, 'vlan 10\n', HELPER), b: at(3, 'vlan 20\n   state suspend\n', HELPER) })[0]?.[1]).toBe('duplicate')
  })
  it('eos: a subinterface is down with its port', () => {
    const at = (host: number, port: string, ...lines: readonly string[]) => ({
      platform: 'arista-eos',
      text: `interface ${port}\n   no switchport\n${lines.map(l => `   ${l}\n`).join('')}interface ${port}.10\n   encapsulation dot1q vlan 10\n   ip address 10.0.10.${host}/24\n   ${HELPER}\nend\n`,
    })
    for (const port of ['Ethernet1', 'Ethernet3/1/1', 'Port-Channel5']) {
      expect(verdicts({ a: at(2, port), b: at(3, port) })[0]?.[1], port).toBe('duplicate')
      expect(verdicts({ a: at(2, port), b: at(3, port, 'shutdown') })[0]?.[1], port).toBe('single')
    }
  })
  it('mlag: what a routed port hears did not come over the link between the halves', () => {
    const half = (n: number, port: string) => ({
      platform: 'arista-eos',
      text: `dhcp relay\n   mlag peer-link requests disabled\n!\nmlag configuration\n   domain-id M\n   peer-address 10.255.0.${3 - n}\n   peer-link Port-Channel1\n!\ninterface Vlan4094\n   ip address 10.255.0.${n}/30\n!\ninterface ${port}\n   ip address 10.0.10.${n}/24\n   ${HELPER}\n!\nend\n`,
    })
    for (const [port, verdict] of [
      ['Vlan10', 'single'],
      ['Ethernet5', 'duplicate'],
      ['Ethernet5.10', 'duplicate'],
      ['Port-Channel7.10', 'duplicate'],
    ] as const) {
      const found = verdicts({ a: half(1, port), b: half(2, port) })
      expect(found.find(v => String(v[0]).includes('10.0.10.0'))?.[1], port).toBe(verdict)
    }
  })
  it('mlag: what the link between the halves leaves out does not come over it', () => {
    const half = (n: number, ...trunk: readonly string[]) => ({
      platform: 'arista-eos',
      text: `dhcp relay\n   mlag peer-link requests disabled\n!\nmlag configuration\n   domain-id M\n   peer-address 10.255.0.${3 - n}\n   peer-link Port-Channel1\n!\ninterface Port-Channel1\n   switchport mode trunk\n${trunk.map(l => `   ${l}\n`).join('')}!\ninterface Vlan4094\n   ip address 10.255.0.${n}/30\n!\ninterface Vlan10\n   ip address 10.0.10.${n}/24\n   ${HELPER}\n!\nend\n`,
    })
    const list = 'switchport trunk allowed vlan'
    for (const [trunk, verdict] of [
      [[], 'single'],
      [['switchport trunk group peer'], 'single'],
      [[`${list} 2-12,4094`], 'single'],
      [[`${list} 20,4094`], 'duplicate'],
      [[`${list} 20,4094`, `${list} add 8-12`], 'single'],
      [[`${list} 20,4094`, `no ${list}`], 'single'],
      [[`${list} remove 10`], 'duplicate'],
      [[`${list} except 10`], 'duplicate'],
      [[`${list} except 20`], 'single'],
      [[`${list} none`], 'duplicate'],
      [[`${list} none`, `${list} all`], 'single'],
      [[`${list} 1,1O`], 'duplicate'],
      [['shutdown'], 'duplicate'],
      [['shutdown', 'no shutdown'], 'single'],
      [['switchport mode access'], 'duplicate'],
      [['no switchport mode'], 'duplicate'],
      [['switchport mode access', 'switchport mode trunk'], 'single'],
      // What a profile says of the trunk is not read.
      [['profile PEER'], 'unknown'],
      [['profile PEER', 'no profile PEER'], 'single'],
      [['profile PEER', `${list} 20`], 'duplicate'],
    ] as const) {
      const found = verdicts({ a: half(1, ...trunk), b: half(2, ...trunk) })
      expect(found.find(v => String(v[0]).includes('10.0.10.0'))?.[1], trunk.join('\n')).toBe(verdict)
    }
    // A VLAN in trunk groups goes over the trunks of these alone (Arista, EOS user manual, "Trunk Groups").
    const grouped = (vlan: string, ...trunk: readonly string[]) =>
      verdicts({
        a: { ...half(1, ...trunk), text: `${vlan}!\n${half(1, ...trunk).text}` },
        b: { ...half(2, ...trunk), text: `${vlan}!\n${half(2, ...trunk).text}` },
      }).find(v => String(v[0]).includes('10.0.10.0'))?.[1]
    const own = 'switchport trunk group PEER'
    const vlan = (...lines: readonly string[]) => lines.map(l => `${l}\n`).join('')
    for (const [text, trunk, verdict] of [
      [vlan('vlan 10', '   trunk group SERVERS'), [own], 'duplicate'],
      [vlan('vlan 10', '   trunk group SERVERS'), [], 'duplicate'],
      [vlan('vlan 10', '   trunk group SERVERS', '   trunk group PEER'), [own], 'single'],
      [vlan('vlan 10', '   trunk group SERVERS'), [own, 'switchport trunk group SERVERS'], 'single'],
      [vlan('vlan 8-12,20', '   name x', '   trunk group SERVERS'), [own], 'duplicate'],
      [vlan('vlan 20,4094', '   trunk group SERVERS'), [own], 'single'],
      [vlan('vlan 10', '   trunk group SERVERS', '   no trunk group SERVERS'), [own], 'single'],
      [vlan('vlan 10', '   trunk group SERVERS', 'no vlan 10', 'vlan 10'), [own], 'single'],
      [vlan('vlan 10', '   trunk group PEER'), [own, `no ${own}`], 'duplicate'],
      [vlan('vlan 10', '   trunk group PEER'), [own, 'no switchport trunk group'], 'duplicate'],
      [vlan('vlan 10', '   trunk group PEER', 'vlan internal order ascending range 1006 1199'), [own], 'single'],
      [vlan('vlan 10', '   trunk group PEER'), [own, `${list} 20`], 'duplicate'],
    ] as const)
      expect(grouped(text, ...trunk), `${text}${trunk.join('\n')}`).toBe(verdict)
    // One side is enough: it hears what the other one does not send it at a port of its own.
    const uneven = verdicts({ a: half(1, `${list} 20`), b: half(2) })
    expect(uneven.find(v => String(v[0]).includes('10.0.10.0'))?.[1]).toBe('duplicate')
  })
  it('mlag: shut is shut, wherever the line stands; a change of it that names no link leaves the link alone', () => {
    const half = (n: number, ...lines: readonly string[]) => ({
      platform: 'arista-eos',
      text: `dhcp relay\n   mlag peer-link requests disabled\n!\n${lines.join('\n')}\ninterface Vlan4094\n   ip address 10.255.0.${n}/30\n!\ninterface Vlan10\n   ip address 10.0.10.${n}/24\n   ${HELPER}\n!\nend\n`,
    })
    const named = (n: number) => ['   domain-id M', `   peer-address 10.255.0.${3 - n}`]
    const link = '   peer-link Port-Channel1'
    const block = 'mlag configuration'
    for (const [lines, verdict] of [
      [(n: number) => [block, ...named(n), link], 'single'],
      [(n: number) => [block, ...named(n)], 'duplicate'],
      [(n: number) => [block, ...named(n), link, '   shutdown'], 'duplicate'],
      [(n: number) => [block, ...named(n), '   shutdown', link], 'duplicate'],
      [(n: number) => [block, ...named(n), '   no shutdown'], 'duplicate'],
      [(n: number) => [block, ...named(n), link, block, '   reload-delay 300'], 'single'],
      [(n: number) => [block, ...named(n), link, block, '   no peer-link'], 'duplicate'],
      [(n: number) => [block, ...named(n), link, '   shutdown', block, '   no shutdown'], 'single'],
      [(n: number) => [block, ...named(n), link, '   shutdown', `no ${block}`, block, ...named(n), link], 'single'],
      [(n: number) => [block, ...named(n), link, `no ${block}`, block, ...named(n)], 'duplicate'],
    ] as const) {
      const found = verdicts({ a: half(1, ...lines(1)), b: half(2, ...lines(2)) })
      expect(found.find(v => String(v[0]).includes('10.0.10.0'))?.[1], lines(1).join('\n')).toBe(verdict)
    }
  })
  it('scripts: an applet that types relays may have them come and go', () => {
    const b = { text: svi(10, '10.0.10.3', HELPER) }
    const applet = (...typed: string[]) =>
      `event manager applet PXE\n event track 1 state up\n${typed.map((t, n) => ` action ${n}.0 cli command "${t}"\n`).join('')}`
    const found = (said: string, ...lines: string[]) =>
      verdicts({ a: { text: `${said}${svi(10, '10.0.10.2', ...lines)}` }, b })[0]?.slice(1)
    const open = ['unknown', 'unrecognized']
    expect(found(applet('enable', 'conf t', 'interface Vlan10', HELPER))).toEqual(open)
    expect(found(applet('interface Vlan10', `no ${HELPER}`), HELPER)).toEqual(['duplicate', 'unrecognized'])
    expect(found(applet('ipv6 dhcp relay destination 2001:DB8:9::5'))).toEqual(open)
    expect(found(applet('no ipv6 dhcp relay destination 2001:DB8:9::5'))).toEqual(open)
    for (const typed of [
      'ip help 10.9.9.5',
      ' ip helper-address 10.9.9.5',
      'service dhcp',
      'no ip forward-protocol udp 67',
      '$_pxe',
    ])
      expect(found(applet(typed)), typed).toEqual(open)
    for (const typed of [
      'show running-config | include helper-address',
      'show ip dhcp binding',
      'ip ospf hello-interval 5',
      'ping $_peer',
    ])
      expect(found(applet(typed)), typed).toEqual(['single', ''])
  })
  it('pools: one whose subnet no interface shows may serve an interface that learns its address', () => {
    const pool = 'ip dhcp pool P\n relay source 10.0.10.0 255.255.255.0\n relay destination 10.9.9.5\n'
    const b = { text: svi(10, '10.0.10.3', HELPER) }
    const ofB = (text: string) => verdicts({ a: { text }, b }).find(v => String(v[0]).includes('10.0.10.0'))?.[1]
    expect(ofB(`${pool}interface Vlan10\n ip address dhcp\n`)).toBe('unknown')
    expect(ofB(`${pool}${svi(20, '10.0.20.2')}`)).toBe('single')
    // Where one shows it, the others stand elsewhere.
    expect(ofB(`${pool.replace('10.0.10.0', '10.0.20.0')}${svi(20, '10.0.20.2')}interface Vlan30\n ip address dhcp\n`)).toBe(
      'single',
    )
  })
  it('negations: a line that stops behind its VRF names no relay, so it takes none back', () => {
    const b = { text: svi(10, '10.0.10.3', HELPER) }
    for (const stump of ['vrf', 'vrf RED', 'global'])
      expect(
        verdicts({ a: { text: svi(10, '10.0.10.2', HELPER, `no ip helper-address ${stump}`) }, b })[0]?.slice(1),
        stump,
      ).toEqual(['duplicate', 'unrecognized'])
    const six = (n: number, ...lines: string[]) => ({
      text: `interface Vlan10\n ipv6 address 2001:DB8:10::${n}/64\n ipv6 dhcp relay destination 2001:DB8:9::5\n${lines.map(l => ` ${l}\n`).join('')}`,
    })
    for (const stump of ['vrf', 'vrf RED', 'global'])
      expect(
        verdicts({ a: six(2, `no ipv6 dhcp relay destination ${stump}`), b: six(3) }, { addresses: ['2001:db8:9::5'] })[0]?.[1],
        stump,
      ).toBe('duplicate')
    for (const stump of ['vrf', 'vrf RED', 'global']) {
      const pool = `ip dhcp pool P\n relay source 10.0.10.0 255.255.255.0\n relay destination 10.9.9.5\n no relay destination ${stump}\n`
      expect(verdicts({ a: { text: `${pool}${svi(10, '10.0.10.2')}` }, b })[0]?.[1], stump).toBe('duplicate')
      const target = `ip dhcp pool P\n relay source 10.0.10.0 255.255.255.0\n class C\n  relay target 10.9.9.5\n  no relay target ${stump}\n`
      expect(verdicts({ a: { text: `${target}${svi(10, '10.0.10.2')}` }, b })[0]?.[1], stump).toBe('duplicate')
    }
  })
  it('broadcasts: a router takes them elsewhere by other means than relays', () => {
    const b = { text: svi(10, '10.0.10.3', HELPER) }
    const found = (said: string, ...lines: string[]) =>
      verdicts({ a: { text: `${said}${svi(10, '10.0.10.2', ...lines)}` }, b })[0]?.slice(1)
    const open = ['unknown', 'unrecognized']
    // Flooding carries BOOTP to every interface of a bridge group, and whatever relays there.
    expect(found('ip forward-protocol spanning-tree\n')).toEqual(open)
    expect(found('ip forward-protocol spanning-tree any-local-broadcast\n')).toEqual(open)
    expect(found('ip forward-protocol nd\nip forward-protocol turbo-flood\n')).toEqual(['single', ''])
    // The last hop makes a broadcast of the multicast again, on the server's segment.
    expect(found('', 'ip multicast helper-map broadcast 239.1.1.1 120')).toEqual(open)
    expect(found('', 'ip multicast helper-map 239.1.1.1 10.0.10.255 120 ttl 5')).toEqual(['single', ''])
    expect(found('', 'ip multicast boundary 10')).toEqual(['single', ''])
    expect(found('template T\n ipv6 dhcp relay destination 2001:DB8:9::5\n')).toEqual(open)
  })
  it('scripts: what NX-OS types at some time is not configured; where relays are in it, they may come and go', () => {
    const b = { text: svi(10, '10.0.10.3', HELPER) }
    const RELAY = 'ip dhcp relay address 10.9.9.5'
    const found = (said: string, ...lines: string[]) =>
      verdicts({
        a: {
          platform: 'cisco-nxos',
          text: `interface Vlan10\n  no shutdown\n  ip address 10.0.10.2/24\n${lines.map(l => `  ${l}\n`).join('')}${said}`,
        },
        b,
      })[0]?.slice(1)
    // As printed: the commands of a job at the left edge, a blank line, `end-job`.
    const job = (...typed: string[]) => `scheduler job name x\n${typed.map(t => `${t}\n`).join('')}\nend-job\n\n`
    expect(found(job('configure terminal', 'interface Vlan10', 'shutdown'), RELAY)).toEqual(['duplicate', ''])
    expect(found(job('configure terminal', 'interface Vlan10', `no ${RELAY}`), RELAY)).toEqual(['duplicate', 'unrecognized'])
    expect(found(job('configure terminal', 'no feature dhcp'), RELAY)).toEqual(['duplicate', 'unrecognized'])
    const applet = (typed: string) => `event manager applet x\n  event track 1 state up\n  action 1 cli ${typed}\n`
    for (const typed of [
      RELAY,
      `conf t ; interface vlan 10 ; ${RELAY}`,
      'ip dhcp rel add 10.9.9.5',
      'feature dhcp',
      'no ipv6 dhcp relay',
    ])
      for (const said of [job(typed), applet(typed), applet(`local ${typed}`), applet(`command "${typed}"`)])
        expect(found(said), said).toEqual(['unknown', 'unrecognized'])
    for (const typed of ['copy running-config startup-config', 'show ip dhcp relay', 'cli var name t $(TIMESTAMP) ; checkpoint'])
      for (const said of [job(typed), applet(typed)]) expect(found(said), said).toEqual(['single', ''])
    // Cut short, nobody knows what follows the job.
    expect(found('scheduler job name x\ncheckpoint\n')).toEqual(['unknown', 'truncated'])
    // What the profiles of graceful insertion and removal hold is not configured either, and no reason to doubt.
    const profile = (name: string, line: string) => `configure maintenance profile ${name}\n  interface Vlan10\n    ${line}\n`
    const profiles = `${profile('normal-mode', 'no shutdown')}${profile('maintenance-mode', 'shutdown')}configure terminal\n\n`
    expect(found(profiles, RELAY)).toEqual(['duplicate', ''])
    expect(found(profiles)).toEqual(['single', ''])
  })
  it('scripts: an event handler of EOS that has bash type relays', () => {
    const b = { text: svi(10, '10.0.10.3', HELPER) }
    const found = (action: string) =>
      verdicts({
        a: {
          platform: 'arista-eos',
          text: `event-handler x\n   trigger on-boot\n   action bash${action}\n   delay 5\n!\ninterface Vlan10\n   ip address 10.0.10.2/24\n!\nend\n`,
        },
        b,
      })[0]?.slice(1)
    const open = ['unknown', 'unrecognized']
    expect(found(` FastCli -p 15 -c $'configure\\ninterface Vlan10\\n${HELPER}'`)).toEqual(open)
    expect(found(`\nFastCli -p 15 -c "configure\ninterface Vlan10\nno ${HELPER}"\nEOF`)).toEqual(open)
    expect(found('\nFastCli -p 15 << X\ndhcp relay\nserver 10.9.9.5\nX\nEOF')).toEqual(open)
    // As short as the device takes it.
    for (const short of ['ip hel 10.9.9.5', 'no ip he', 'ipv6 dh re dest 2001:db8:9::5', 'dhcp re'])
      expect(found(` FastCli -p 15 -c $'conf\\nint vl10\\n${short}'`), short).toEqual(open)
    expect(found(" FastCli -p 15 -c 'show ip helper-address'")).toEqual(['single', ''])
    expect(found(" FastCli -p 15 -c $'conf\\nip host x 10.0.0.1\\nip dhcp snooping'")).toEqual(['single', ''])
    expect(found("\nFastCli -p 15 -c 'show ip dhcp relay'\nEOF")).toEqual(['single', ''])
    const scheduled = (command: string) =>
      verdicts({
        a: {
          platform: 'arista-eos',
          text: `schedule x interval 5 timeout 5 max-log-files 0 command ${command}\ninterface Vlan10\n   ip address 10.0.10.2/24\n!\nend\n`,
        },
        b,
      })[0]?.slice(1)
    expect(scheduled(`bash FastCli -p 15 -c $'configure\\ninterface Vlan10\\n${HELPER}'`)).toEqual(open)
    for (const command of ['show tech-support', 'show ip helper-address'])
      expect(scheduled(command), command).toEqual(['single', ''])
  })
  it('profiles of NX-OS: one that is not applied shuts nothing; what it lends twice is one relay', () => {
    const RELAY = 'ip dhcp relay address 10.9.9.5'
    const a = (profile: string, ...lines: string[]) => ({
      platform: 'cisco-nxos',
      text: `${profile}interface Vlan10\n  no shutdown\n  ip address 10.0.10.2/24\n${lines.map(l => `  ${l}\n`).join('')}`,
    })
    const b = { text: svi(10, '10.0.10.3', HELPER) }
    const alone = { text: svi(10, '10.0.10.3') }
    const kept = (line: string) => `configure profile P\n  interface Vlan10\n    ${line}\n`
    expect(verdicts({ a: a(kept('shutdown'), RELAY), b })[0]?.slice(1)).not.toEqual(['single', ''])
    const after = { platform: 'cisco-nxos', text: `${a('', RELAY).text}${kept('shutdown')}` }
    expect(verdicts({ a: after, b })[0]?.slice(1)).not.toEqual(['single', ''])
    expect(verdicts({ a: a(kept('no shutdown'), RELAY), b })[0]?.[1]).toBe('duplicate')
    // The same line in the profile and on the interface, as `expand-port-profile` and a fabric controller leave it.
    const lent = `port-profile type interface-vlan UP\n  ${RELAY}\n  state enabled\n`
    expect(verdicts({ a: a(lent, 'inherit port-profile UP', RELAY), b: alone })[0]?.[1]).toBe('single')
    expect(verdicts({ a: a(lent, 'inherit port-profile UP', `${RELAY} use-vrf X`), b: alone })[0]?.[1]).toBe('duplicate')
    expect(verdicts({ a: a(`${kept(RELAY)}apply profile P\n`, RELAY), b: alone })[0]?.[1]).toBe('single')
    expect(verdicts({ a: a(`${lent}${kept(RELAY)}`, 'inherit port-profile UP'), b: alone })[0]?.[1]).toBe('single')
    // What both halves of a pair take over is a part of the configuration.
    const shared = `switch-profile SP\n  sync-peers destination 192.0.2.2\n  interface Vlan10\n    ${RELAY}\n`
    expect(verdicts({ a: a(shared), b })[0]?.[1]).toBe('duplicate')
  })
  it('tags: two of them are not the VLAN of the outer one', () => {
    const b = { text: svi(10, '10.0.10.3', HELPER) }
    const relay = { 'cisco-ios': HELPER, 'cisco-nxos': 'ip dhcp relay address 10.9.9.5' }
    for (const platform of ['cisco-ios', 'cisco-nxos'] as const) {
      const port = (tags: string) => ({
        platform,
        text: `interface Ethernet1/1.10\n encapsulation dot1Q ${tags}\n ip unnumbered Loopback0\n ${relay[platform]}\n no shutdown\n`,
      })
      const ofB = (tags: string) => verdicts({ a: port(tags), b }).find(v => String(v[0]).includes('10.0.10.0'))?.[1]
      expect(ofB('900'), platform).toBe('single')
      expect(ofB('10'), platform).toBe('unknown')
      expect(ofB('900 second-dot1q 10'), platform).toBe('unknown')
    }
  })
  it('captures: what NX-OS was told to leave out may be the relays', () => {
    const nxos = (n: number, command: string, ...lines: readonly string[]) => ({
      platform: 'cisco-nxos',
      text: `!Command: ${command}\nversion 9.3(8)\nhostname r${n}\ninterface Vlan10\n  no shutdown\n  ip address 10.0.10.${n}/24\n${lines.map(l => `  ${l}\n`).join('')}line console\nline vty\n`,
    })
    const a = nxos(2, 'show running-config', 'ip dhcp relay address 10.9.9.5')
    for (const [options, verdict] of [
      ['', 'single'],
      [' exclude security', 'single'],
      [' | no-more', 'single'],
      [' exclude dhcp', 'unknown'],
      [' | exclude relay', 'unknown'],
      [' | section interface', 'unknown'],
    ] as const)
      expect(verdicts({ a, b: nxos(3, `show running-config${options}`) })[0]?.[1], options).toBe(verdict)
  })
  it('defaults: what is put back to its default does what the device does by itself', () => {
    const b = { text: svi(10, '10.0.10.3', HELPER) }
    const ios = svi(10, '10.0.10.2', HELPER)
    for (const line of ['service dhcp', 'ip forward-protocol udp bootps', 'ip forward-protocol udp']) {
      for (const [said, verdict] of [
        [`default ${line}`, 'duplicate'],
        [`no ${line}\ndefault ${line}`, 'duplicate'],
        // Sources differ on whether the relay agent goes on without the forwarding of BOOTP.
        [`no ${line}`, line === 'service dhcp' ? 'single' : 'unknown'],
      ] as const)
        expect(verdicts({ a: { text: `${said}\n${ios}` }, b })[0]?.[1], said).toBe(verdict)
    }
    const named = ios.replace('10.9.9.5', 'boot.corp.example')
    expect(verdicts({ a: { text: `no ip forward-protocol udp bootps\n${named}` }, b })[0]?.[1]).toBe('unknown')
    expect(verdicts({ a: { text: `no service dhcp\n${named}` }, b })[0]?.[1]).toBe('single')
    const nxos = (said: string, ...lines: readonly string[]) => ({
      platform: 'cisco-nxos',
      text: `${said}\ninterface Vlan10\n  no shutdown\n  ip address 10.0.10.2/24\n  ip dhcp relay address 10.9.9.5\n${lines.map(l => `  ${l}\n`).join('')}`,
    })
    for (const line of ['feature dhcp', 'service dhcp', 'ip dhcp relay']) {
      expect(verdicts({ a: nxos(`default ${line}`), b })[0]?.[1], line).toBe('duplicate')
      expect(verdicts({ a: nxos(`no ${line}`), b })[0]?.[1], line).toBe('single')
    }
    // An SVI of NX-OS is down by itself, and up by what it inherits, unless it says so itself, wherever that stands.
    const up = 'port-profile type interface-vlan UP\n  no shutdown\n  state enabled'
    const lends = 'inherit port-profile UP'
    for (const [lines, verdict] of [
      [['shutdown', 'default shutdown'], 'single'],
      [[lends, 'shutdown', 'default shutdown'], 'duplicate'],
      [['shutdown', lends], 'single'],
      [[lends, 'shutdown'], 'single'],
      [['default shutdown', lends], 'duplicate'],
    ] as const)
      expect(verdicts({ a: nxos(up, ...lines), b })[0]?.[1], lines.join(', ')).toBe(verdict)
  })
  it('names: the word for a range is none where the platform has no such word', () => {
    const b = { text: svi(10, '10.0.10.3', HELPER) }
    for (const [platform, relay] of [
      ['cisco-nxos', 'ip dhcp relay address 10.9.9.5'],
      ['arista-eos', HELPER],
    ] as const) {
      const a = (name: string) => ({
        platform,
        text: `interface ${name}\n  ${relay}\ninterface Vlan10\n  no shutdown\n  ip address 10.0.10.2/24\n!\nend\n`,
      })
      const found = (name: string) => verdicts({ a: a(name), b }).find(v => String(v[0]).includes('10.0.10.0'))?.[1]
      expect(found('Vlan10-12'), platform).toBe('duplicate')
      expect(found('range Vlan10-12'), platform).toBe('unknown')
    }
  })
  it('names: a short form of an interface of the file is that interface', () => {
    const b = { text: `${svi(10, '10.0.10.3')}interface Vl10\n ${HELPER}\n` }
    expect(
      verdicts({ a: { text: svi(10, '10.0.10.2', HELPER) }, b }).find(v => String(v[0]).includes('10.0.10.0'))?.[1],
    ).not.toBe('single')
  })
  it('names: a first letter is a short form too, and the kind of a link is no part of the name', () => {
    const read = (first: string, again: string) =>
      verdicts({ a: { text: `interface ${first}\n ip address 10.0.10.2 255.255.255.0\ninterface ${again}\n ${HELPER}\n` } })
        .filter(v => String(v[0]).includes('10.0.10.0'))
        .map(v => v[1])
    expect(read('GigabitEthernet0/0.10', 'g0/0.10')).toEqual(['unknown'])
    expect(read('TenGigabitEthernet1/1/1', 'range t1/1/1 - 2')).toEqual(['unknown'])
    expect(read('Serial0/0.10 point-to-point', 'Serial0/0.10')).toEqual(['single'])
  })
})

describe('routers without a site, where others have one', () => {
  const a = { text: svi(10, '10.0.10.2', HELPER), site: 'ams' }
  const b = (...lines: string[]) => ({ text: svi(10, '10.0.10.3', ...lines), site: NO_SITE })
  it('may stand on the segment of another that relays too', () => {
    expect(verdicts({ a, b: b(HELPER) })).toEqual([
      ['ams default 10.0.10.0/24', 'unknown', 'same-subnet'],
      ['default default 10.0.10.0/24', 'unknown', 'same-subnet'],
    ])
    expect(judged({ a, b: b(HELPER) }).map(j => j.doubts[0]?.message)).toEqual([
      'b relays 10.0.10.0/24, and no site is given for those routers: one network or two cannot be told',
      'a relays 10.0.10.0/24 at ams, and no site is given for this segment: one network or two cannot be told',
    ])
  })
  it('under another mask as well, whichever is the longer', () => {
    const wide = (host: string, site: string) => ({
      text: svi(10, host, HELPER).replace('255.255.255.0', '255.255.0.0'),
      site,
    })
    expect(verdicts({ a, b: wide('10.0.10.3', NO_SITE) }).map(v => v[1])).toEqual(['unknown', 'unknown'])
    expect(verdicts({ a: wide('10.0.10.2', 'ams'), b: b(HELPER) }).map(v => v[1])).toEqual(['unknown', 'unknown'])
  })
  it('not where one of the two relays nothing, where VLANs or a router tell them apart, nor where the subnets differ', () => {
    expect(verdicts({ a, b: b() }).map(v => v[1])).toEqual(['single', 'none'])
    expect(verdicts({ a, b: { text: svi(20, '10.0.10.3', HELPER), site: NO_SITE } }).map(v => v[1])).toEqual(['single', 'single'])
    expect(verdicts({ a, b: { text: svi(10, '10.0.11.3', HELPER), site: NO_SITE } }).map(v => v[1])).toEqual(['single', 'single'])
  })
  it('two sites with a name are two places', () => {
    expect(verdicts({ a, b: { ...b(HELPER), site: 'lon' } }).map(v => v[1])).toEqual(['single', 'single'])
  })
  it('leave all sites open where they were not read, and are left open by all', () => {
    const lost = (site: string) =>
      ({ device: 'x', site, kind: 'not-collected', vlan: null, reason: 'x could not be read' }) as const
    const open = (site: string, ...seen: Parameters<typeof placed>[0][]) =>
      judge(correlate(seen.map(placed), [pxePoint({})], [lost(site)])).map(j => [j.verdict.verdict, j.doubts[0]?.message])
    const [here, nowhere] = [
      { device: 'a', ...a },
      { device: 'b', ...b(HELPER) },
    ]
    expect(open(NO_SITE, here)).toEqual([['unknown', 'x could not be read; its site is not known']])
    expect(open(NO_SITE, nowhere)).toEqual([['unknown', 'x could not be read']])
    expect(open('lon', nowhere)).toEqual([['unknown', 'x could not be read; the site of this segment is not known']])
    expect(open('lon', here)).toEqual([['single', undefined]])
  })
})

describe('a line that was not understood', () => {
  const relaying = svi(10, '10.0.10.2', HELPER)
  const on = (opening: string, said = 'ip helper-address wds.corp.example redundancy') =>
    `${svi(10, '10.0.10.3')}!\n${opening}\n ${said}\n!\n`
  const about = (text: string, platform = 'cisco-ios') => verdicts({ a: { text: relaying }, b: { text, platform } })
  const open = [['here default 10.0.10.0/24', 'unknown', 'unrecognized']]

  // `interface vlan 10` and `interface Vlan10` are one interface: devices print the latter, and take either.
  it.each(['interface Vlan10', 'interface vlan10', 'interface Vlan 10', 'interface VLAN10'])(
    'concerns the interface of %s',
    line => {
      expect(about(on(line))).toEqual(open)
    },
  )

  it('concerns each interface of a range', () => {
    for (const range of ['range Vlan10 - 12', 'range Vlan9 , Vlan10']) expect(about(on(`interface ${range}`))).toEqual(open)
    expect(about(`${on('interface Vlan9-10', 'ip helper-address 10.9.9.5 somehow')}end\n`, 'arista-eos')).toEqual(open)
    expect(about(on('interface Vlan9-10', 'ip dhcp relay address 10.9.9.5 somehow'), 'cisco-nxos')).toEqual(open)
  })

  it('concerns no other interface', () => {
    expect(about(on('interface vlan 11'))).toEqual([['here default 10.0.10.0/24', 'single', '']])
  })
})

describe('a name that several groups of an interface have', () => {
  const gated = (n: number, ...more: string[]) => ({
    text: svi(
      10,
      `10.0.10.${n}`,
      `${HELPER} redundancy P`,
      ...hsrp(10, '10.0.10.1', 'name P'),
      ...hsrp(11, '10.0.10.254', ...more),
    ),
  })

  // Each router is active for one of them: relays that hang on either would both go through.
  it('does not tell which of them a relay hangs on', () => {
    expect(verdicts({ a: gated(2, 'name P'), b: gated(3, 'name P') })).toEqual([
      ['here default 10.0.10.0/24', 'unknown', 'gate-unclear gate-unclear'],
    ])
    expect(verdicts({ a: gated(2, 'name Q'), b: gated(3, 'name Q') })).toEqual([['here default 10.0.10.0/24', 'single', '']])
  })
})

describe('the loss of a router', () => {
  const six = 'ipv6 dhcp relay destination 2001:db8:9::5'
  const dual = (n: number, ...lines: string[]) => ({
    text: svi(10, `10.0.10.${n}`, `ipv6 address 2001:db8:10::${n}/64`, ...lines),
  })
  const survives = (a: Router, b: Router) =>
    judged({ a, b }, { addresses: ['10.9.9.5', '2001:db8:9::5'] }).map(({ verdict: v }) => [v.verdict, v.survives_failover])

  it('is survived where no request depends on one alone: relays of one IP version are no spare for the other', () => {
    expect(survives(dual(2, HELPER), dual(3, six))).toEqual([['single', false]])
    expect(survives(dual(2, HELPER, six), dual(3, six))).toEqual([['duplicate', false]])
    expect(survives(dual(2, HELPER, six), dual(3, HELPER, six))).toEqual([['duplicate', true]])
    expect(survives(dual(2), dual(3))).toEqual([['none', false]])
  })
})
