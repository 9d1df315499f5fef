// Segments, gates, copies and doubts: each case is a pair of configurations and the verdict a person would give.
import { describe, expect, it } from 'vitest'
import { correlate } from '../src/analyze/correlate.ts'
import { judge } from '../src/analyze/judge.ts'
import type { PxePoint } from '../src/model/inventory.ts'
import type { Gap } from '../src/model/network.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { platformOf } from '../src/platforms.ts'
import { pxePoint } from './support/point.ts'

const PXE = '10.9.9.5'
const HELPER = `ip helper-address ${PXE}`

interface Router {
  readonly text: string
  readonly site?: string
  readonly platform?: string
}
const svi = (address: string, ...lines: string[]) =>
  `interface Vlan10\n ip address ${address}\n${lines.map(l => ` ${l}\n`).join('')}`
const whole = (text: string) => `${text}end\n`

function network(
  routers: Readonly<Record<string, Router>>,
  points: readonly PxePoint[] = [pxePoint()],
  gaps: readonly Gap[] = [],
) {
  const devices = Object.entries(routers).map(([device, { text, site = 'here', platform = 'cisco-ios' }]) => {
    const page = platformOf(platform)
    if (!page) throw new Error(platform)
    return {
      site,
      stale: null,
      device: readDevice(page, { device, file: `${device}.cfg`, text: platform === 'cisco-nxos' ? text : whole(text) }),
    }
  })
  return correlate(devices, points, gaps)
}
const verdicts = (...args: Parameters<typeof network>) =>
  judge(network(...args)).map(j => `${j.segment.id} ${j.verdict.verdict} ${j.verdict.copies}`)

describe('segments', () => {
  it('meet by site, VRF and subnet', () => {
    const a = svi('10.0.10.2 255.255.255.0', HELPER)
    const b = svi('10.0.10.3 255.255.255.0', HELPER)
    expect(verdicts({ a: { text: a }, b: { text: b } })).toEqual(['here default 10.0.10.0/24 duplicate 2'])
    expect(verdicts({ a: { text: a, site: 'ams' }, b: { text: b, site: 'lon' } })).toEqual([
      'ams default 10.0.10.0/24 single 1',
      'lon default 10.0.10.0/24 single 1',
    ])
    const inVrf = `interface Vlan10\n vrf forwarding GUEST\n ip address 10.0.10.3 255.255.255.0\n ${HELPER}\n`
    expect(verdicts({ a: { text: a }, b: { text: inVrf } })).toEqual([
      // VRF names are local to a router: two segments, and no proof that they are two.
      'here GUEST 10.0.10.0/24 unknown null',
      'here default 10.0.10.0/24 unknown null',
    ])
  })

  it('survive a mask that was typed differently on one side', () => {
    const [only, ...more] = verdicts({
      a: { text: svi('10.0.10.2 255.255.255.0', HELPER) },
      b: { text: svi('10.0.10.3 255.255.254.0', HELPER) },
    })
    expect(only).toMatch(/duplicate 2$/)
    expect(more).toEqual([])
  })

  it('are not swallowed by a supernet that stands elsewhere', () => {
    expect(
      verdicts({ a: { text: svi('10.0.10.2 255.255.255.0', HELPER) }, b: { text: svi('10.0.0.1 255.255.0.0', HELPER) } }),
    ).toHaveLength(2)
  })

  it('hold primary and secondary subnets of one interface', () => {
    const text = svi('10.0.10.2 255.255.255.0', 'ip address 10.0.110.2 255.255.255.0 secondary', HELPER)
    const { segments } = network({ a: { text }, b: { text: svi('10.0.110.3 255.255.255.0', HELPER) } })
    expect(segments.map(s => s.subnets)).toEqual([['10.0.10.0/24', '10.0.110.0/24']])
  })

  it('are never joined by link-local addresses', () => {
    const text = (n: number) =>
      `interface Vlan${n}\n ip address 10.0.${n}.2 255.255.255.0\n ipv6 address FE80::1 link-local\n standby ${n} ipv6 FE80::1\n`
    expect(network({ a: { text: text(10) }, b: { text: text(20) } }).segments).toHaveLength(2)
  })

  it('leave out links between routers, loopbacks and management ports', () => {
    const text =
      'interface Loopback0\n ip address 10.255.0.1 255.255.255.255\ninterface Vlan20\n ip address 10.1.1.1 255.255.255.252\ninterface GigabitEthernet0/0\n vrf forwarding Mgmt-vrf\n ip address 10.2.0.1 255.255.255.0\n'
    expect(network({ a: { text } }).segments).toEqual([])
  })
})

describe('copies', () => {
  const gated = (host: number, ...more: string[]) => ({
    text: svi(
      `10.0.10.${host} 255.255.255.0`,
      'standby 10 ip 10.0.10.1',
      'standby 10 name PXE',
      `${HELPER} redundancy PXE`,
      ...more,
    ),
  })

  it('are one where all members follow one group', () =>
    expect(verdicts({ a: gated(2), b: gated(3) })).toEqual(['here default 10.0.10.0/24 single 1']))

  it('are two where one side is not gated, or keeps a plain line', () => {
    expect(verdicts({ a: gated(2), b: { text: svi('10.0.10.3 255.255.255.0', HELPER, 'standby 10 ip 10.0.10.1') } })[0]).toMatch(
      /duplicate 2$/,
    )
    expect(verdicts({ a: gated(2), b: gated(3, HELPER) })[0]).toMatch(/duplicate 2$/)
  })

  it('are two where the gates follow different groups', () => {
    const other = {
      text: svi(
        '10.0.10.3 255.255.255.0',
        'standby 10 ip 10.0.10.1',
        'standby 11 ip 10.0.10.9',
        'standby 11 name OTHER',
        `${HELPER} redundancy OTHER`,
      ),
    }
    const both = gated(2, 'standby 11 ip 10.0.10.9')
    expect(verdicts({ a: both, b: other })[0]).toMatch(/duplicate 2$/)
  })

  it('are two where HSRP versions differ: the groups do not hear each other', () => {
    expect(verdicts({ a: gated(2), b: gated(3, 'standby version 2') })[0]).toMatch(/duplicate 2$/)
  })

  it('follow a leader on another interface', () => {
    const leader = (host: number) =>
      `interface Vlan20\n ip address 10.0.20.${host} 255.255.255.0\n standby 20 ip 10.0.20.1\n standby 20 name LEAD\n`
    const follower = (host: number) => ({
      text: `${leader(host)}${svi(`10.0.10.${host} 255.255.255.0`, 'standby 10 ip 10.0.10.1', 'standby 10 name PXE', 'standby 10 follow LEAD', `${HELPER} redundancy PXE`)}`,
    })
    expect(verdicts({ a: follower(2), b: follower(3) })).toEqual([
      'here default 10.0.10.0/24 single 1',
      'here default 10.0.20.0/24 none 0',
    ])
  })

  it('count two addresses of one server on one router', () => {
    const text = svi('10.0.10.2 255.255.255.0', HELPER, 'ip helper-address 10.9.9.6')
    expect(verdicts({ a: { text } }, [pxePoint({ addresses: [PXE, '10.9.9.6'] })])[0]).toMatch(/duplicate 2$/)
    expect(verdicts({ a: { text } })[0]).toMatch(/single 1$/)
  })

  it('count a host name and its address, and a directed broadcast of a declared network', () => {
    expect(
      verdicts({ a: { text: svi('10.0.10.2 255.255.255.0', HELPER, 'ip helper-address wds01.corp.example') } }, [
        pxePoint({ hostnames: ['WDS01.corp.example'] }),
      ])[0],
    ).toMatch(/duplicate 2$/)
    expect(
      verdicts({ a: { text: svi('10.0.10.2 255.255.255.0', HELPER, 'ip helper-address 10.9.9.255') } }, [
        pxePoint({ networks: ['10.9.9.0/24'] }),
      ])[0],
    ).toMatch(/duplicate 2$/)
  })

  it('leave the PXE address in another VRF alone, once the VRF of the point is stated', () => {
    const text = svi('10.0.10.2 255.255.255.0', HELPER, `ip helper-address vrf LAB ${PXE}`)
    expect(verdicts({ a: { text } }, [pxePoint({ vrf: 'default' })])[0]).toMatch(/single 1$/)
    expect(verdicts({ a: { text } })[0]).toMatch(/duplicate 2$/)
  })

  it('are one inside an MLAG pair that drops requests from its peer link, on both halves', () => {
    const leaf = (host: number, peer: number, knob = true) => ({
      platform: 'arista-eos',
      text: `hostname l${host}\n!\n${knob ? 'dhcp relay\n   mlag peer-link requests disabled\n!\n' : ''}interface Vlan10\n   ip address 10.0.10.${host}/24\n   ip helper-address ${PXE}\n   ip virtual-router address 10.0.10.1\n!\ninterface Vlan4094\n   ip address 10.255.255.${host}/24\n!\nmlag configuration\n   domain-id A\n   local-interface Vlan4094\n   peer-address 10.255.255.${peer}\n   peer-link Port-Channel1\n!\n`,
    })
    const copies = (...args: Parameters<typeof verdicts>) => verdicts(...args).find(v => v.includes('10.0.10.0/24'))
    expect(copies({ a: leaf(2, 3), b: leaf(3, 2) })).toMatch(/single 1$/)
    expect(copies({ a: leaf(2, 3), b: leaf(3, 2, false) })).toMatch(/duplicate 2$/)
    // The third has the domain's name and is neither one's other half.
    expect(copies({ a: leaf(2, 3), b: leaf(3, 2), c: leaf(4, 5) })).toMatch(/duplicate 2$/)
    expect(copies({ a: leaf(2, 3), c: leaf(4, 5) })).toMatch(/duplicate 2$/)
  })

  it('count every member of an anycast gateway and of GLBP', () => {
    const glbp = (host: number) => ({ text: svi(`10.0.10.${host} 255.255.255.0`, 'glbp 10 ip 10.0.10.1', HELPER) })
    expect(verdicts({ a: glbp(2), b: glbp(3), c: glbp(4) })[0]).toMatch(/duplicate 3$/)
  })

  it('do not count what is inert, and say so', () => {
    const [judgement] = judge(
      network({
        a: { text: svi('10.0.10.2 255.255.255.0', HELPER) },
        b: { text: svi('10.0.10.3 255.255.255.0', HELPER, 'shutdown') },
      }),
    )
    expect(judgement?.verdict).toMatchObject({ verdict: 'single', copies: 1, survives_failover: false })
    expect(judgement?.verdict.reasons.map(r => r.code)).toEqual(['relays', 'inert'])
  })
})

describe('doubts', () => {
  const reasons = (...args: Parameters<typeof network>) =>
    judge(network(...args)).map(j => [j.segment.subnets[0], j.verdict.verdict, [...new Set(j.doubts.map(d => d.code))]])

  it('a line that was not understood reaches the segment of its interface, no further', () => {
    const text = `${svi('10.0.10.2 255.255.255.0', HELPER, 'standby 10 frobnicate')}interface Vlan20\n ip address 10.0.20.2 255.255.255.0\n`
    expect(reasons({ a: { text } })).toEqual([
      ['10.0.10.0/24', 'unknown', ['unrecognized']],
      ['10.0.20.0/24', 'none', []],
    ])
  })

  it('a line outside of interfaces reaches the whole device', () => {
    const text = `ip dhcp relay frobnicate\n${svi('10.0.10.2 255.255.255.0', HELPER)}`
    expect(reasons({ a: { text } })).toEqual([['10.0.10.0/24', 'unknown', ['unrecognized']]])
  })

  it('two copies are two copies, whatever was not understood', () => {
    expect(
      verdicts({
        a: { text: svi('10.0.10.2 255.255.255.0', HELPER, 'standby 10 frobnicate') },
        b: { text: svi('10.0.10.3 255.255.255.0', HELPER) },
      })[0],
    ).toMatch(/duplicate 2$/)
  })

  it('an interface whose address was not understood may stand on any segment that shows one router', () => {
    const lost = `interface Vlan10\n ip address 10.0.10.3/24\n ${HELPER}\n`
    expect(reasons({ a: { text: svi('10.0.10.2 255.255.255.0', HELPER) }, b: { text: lost } })).toContainEqual([
      '10.0.10.0/24',
      'unknown',
      ['no-address'],
    ])
  })

  it('a host name that nothing resolves', () => {
    expect(reasons({ a: { text: svi('10.0.10.2 255.255.255.0', 'ip helper-address boot.example') } })).toEqual([
      ['10.0.10.0/24', 'unknown', ['unresolved-host']],
    ])
  })

  it('a directed broadcast near the PXE point, while its networks are not declared', () => {
    expect(reasons({ a: { text: svi('10.0.10.2 255.255.255.0', 'ip helper-address 10.9.9.255') } })).toEqual([
      ['10.0.10.0/24', 'unknown', ['directed-broadcast']],
    ])
  })

  it('a device that was not collected may stand on any segment of its site: that two routers show does not rule out a third', () => {
    const gap: Gap = { device: 'x', site: 'ams', kind: 'not-collected', vlan: null, reason: 'x could not be read' }
    const pair = (host: number) => ({ text: svi(`10.0.10.${host} 255.255.255.0`), site: 'ams' })
    const alone = { text: svi('10.0.20.2 255.255.255.0', HELPER), site: 'ams' }
    const elsewhere = { text: svi('10.0.30.2 255.255.255.0', HELPER), site: 'lon' }
    const routers = { a: pair(2), b: pair(3), c: alone, d: elsewhere }
    expect(reasons(routers, [pxePoint()], [gap])).toEqual([
      ['10.0.10.0/24', 'unknown', ['device-not-collected']],
      ['10.0.20.0/24', 'unknown', ['device-not-collected']],
      ['10.0.30.0/24', 'single', []],
    ])
    // Whoever vouches for pairs is told so with every verdict that rests on it.
    const [pairs, ...others] = judge({ ...network(routers, [pxePoint()], [gap]), assume: { pairs: true } })
    expect([pairs?.verdict.verdict, pairs?.verdict.reasons.map(r => r.code)]).toEqual(['none', ['no-relay', 'assumed-pair']])
    expect(others.map(j => j.verdict.verdict)).toEqual(['unknown', 'single'])
  })

  it('a gap in one VLAN leaves the segments of others alone', () => {
    const gap: Gap = { device: 'x', site: 'here', kind: 'unplaced', vlan: 20, reason: 'Vlan20 of x may stand anywhere' }
    const a = svi('10.0.10.2 255.255.255.0', HELPER)
    const routed = `interface GigabitEthernet0/1\n ip address 10.0.30.2 255.255.255.0\n`
    expect(reasons({ a: { text: `${a}${routed}` } }, [pxePoint()], [gap])).toEqual([
      ['10.0.10.0/24', 'single', []],
      // A routed port does not say which VLAN it serves.
      ['10.0.30.0/24', 'unknown', ['no-address']],
    ])
  })
})

describe('roles', () => {
  const roles = (...routers: string[]) => {
    const [segment] = network(Object.fromEntries(routers.map((text, n) => [`r${n + 1}`, { text }]))).segments
    return segment ? segment.standings.map(r => `${r.role} ${r.confidence}`) : []
  }
  it('follow priority, and are sure where the better one takes over', () => {
    expect(
      roles(
        svi('10.0.10.2 255.255.255.0', 'standby 10 ip 10.0.10.1', 'standby 10 priority 110', 'standby 10 preempt'),
        svi('10.0.10.3 255.255.255.0', 'standby 10 ip 10.0.10.1'),
      ),
    ).toEqual(['active high', 'standby high'])
    expect(
      roles(
        svi('10.0.10.2 255.255.255.0', 'standby 10 ip 10.0.10.1', 'standby 10 priority 110'),
        svi('10.0.10.3 255.255.255.0', 'standby 10 ip 10.0.10.1'),
      ),
    ).toEqual(['active medium', 'standby medium'])
  })
  it('fall back on the higher address, which proves little', () => {
    expect(
      roles(svi('10.0.10.2 255.255.255.0', 'standby 10 ip 10.0.10.1'), svi('10.0.10.3 255.255.255.0', 'standby 10 ip 10.0.10.1')),
    ).toEqual(['standby low', 'active low'])
  })
  it('give the address owner of VRRP priority 255', () => {
    expect(
      roles(
        svi('10.0.10.1 255.255.255.0', 'vrrp 10 ip 10.0.10.1'),
        svi('10.0.10.3 255.255.255.0', 'vrrp 10 ip 10.0.10.1', 'vrrp 10 priority 250'),
      ),
    ).toEqual(['active high', 'standby high'])
  })
})

describe('what may be one network or two', () => {
  const codes = (...args: Parameters<typeof network>) =>
    judge(network(...args)).map(j => [j.segment.vrf, j.verdict.verdict, [...new Set(j.doubts.map(d => d.code))]])
  const inVrf = (vrf: string, host: number) =>
    `interface Vlan10\n vrf forwarding ${vrf}\n ip address 10.0.10.${host} 255.255.255.0\n ${HELPER}\n`

  it('the same subnet on other routers under another VRF name is not judged', () => {
    expect(codes({ a: { text: inVrf('RED', 2) }, b: { text: inVrf('red', 3) } })).toEqual([
      ['RED', 'unknown', ['same-subnet']],
      ['red', 'unknown', ['same-subnet']],
    ])
  })

  it('a router that stands in both proves that they are two', () => {
    const both = `${inVrf('RED', 2)}${inVrf('BLUE', 2).replace('Vlan10', 'Vlan20')}`
    expect(codes({ a: { text: both }, b: { text: inVrf('BLUE', 3) } })).toEqual([
      ['BLUE', 'duplicate', []],
      ['RED', 'single', []],
    ])
  })

  it('a server that hears the clients itself and is relayed to besides is not judged', () => {
    expect(codes({ a: { text: svi('10.9.9.2 255.255.255.0', HELPER) } })).toEqual([['default', 'unknown', ['server-on-segment']]])
    expect(codes({ a: { text: svi('10.9.9.2 255.255.255.0') } })).toEqual([['default', 'none', []]])
  })

  it('a broadcast to everyone, or into a subnet the server may stand in', () => {
    for (const target of ['255.255.255.255', '10.9.255.255', '10.9.9.63'])
      expect(codes({ a: { text: svi('10.0.10.2 255.255.255.0', `ip helper-address ${target}`) } })[0]).toEqual([
        'default',
        'unknown',
        ['directed-broadcast'],
      ])
    expect(codes({ a: { text: svi('10.0.10.2 255.255.255.0', 'ip helper-address 10.9.9.7') } })[0]).toEqual([
      'default',
      'none',
      [],
    ])
  })
})
