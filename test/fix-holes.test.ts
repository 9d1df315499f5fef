// Fixes that look right and are not: what an adversary would try on the proof.
import { describe, expect, it } from 'vitest'
import type { AuditOptions } from '../src/audit/audit.ts'
import type { Remediation } from '../src/model/result.ts'
import { collected } from './support/network/audit.ts'
import { fixed } from './support/network/fixed.ts'

const PLAIN = 'ip helper-address 10.9.9.5'

/** Routers as IOS writes them: the lines of each interface, by router. */
type Routers = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
const auditOf = (routers: Routers, more: Partial<AuditOptions> = {}): readonly Remediation[] => {
  const files = Object.entries(routers).map(([name, interfaces], n) => {
    const blocks = Object.entries(interfaces).map(([iface, lines]) =>
      [
        `interface ${iface}`,
        ...(lines.some(line => line.startsWith('ip address'))
          ? []
          : [` ip address 10.${/\d+$/.exec(iface)?.[0]}.0.${n + 2} 255.255.255.0`]),
        ...lines.map(line => ` ${line}`),
      ].join('\n'),
    )
    return collected({ name, os: 'ios' }, [...blocks, 'end', ''].join('\n'))
  })
  return fixed(files, { vrf: null }, more).remediations
}
/** The steps of the way by which relays are tied, and why there is none. */
const gateOf = (routers: Routers) => {
  const own = auditOf(routers).filter(r => r.strategy === 'gate')
  return {
    steps: own.filter(r => r.proven).map(r => [r.device, r.apply]),
    why: own.map(r => r.withheld).find(why => why !== null),
    own,
  }
}
const tied = (iface: string, name: string, ...names: readonly string[]) =>
  [`interface ${iface}`, ...names, PLAIN, `no ${PLAIN}`, PLAIN]
    .map((line, n) => (n === 0 || names.includes(line) || line.startsWith('no ') ? line : `${line} redundancy ${name}`))
    .map((line, n) => (n === 0 ? line : ` ${line}`))
    .join('\n')

describe('names of groups', () => {
  const HSRP = 'standby 10 ip 10.10.0.1'

  it('a made-up name that the relay of another server hangs on stays', () => {
    const dhcp = 'ip helper-address 10.9.8.20 redundancy hsrp-Vl10-10'
    const router = { Vlan10: [PLAIN, dhcp, HSRP] }
    expect(gateOf({ r1: router, r2: router }).steps.map(s => s[1])).toEqual([
      tied('Vlan10', 'hsrp-Vl10-10'),
      tied('Vlan10', 'hsrp-Vl10-10'),
    ])
  })

  it('a made-up name that only one of them uses is no name on the others', () => {
    const steps = gateOf({ r1: { Vlan10: [`${PLAIN} redundancy hsrp-Vl10-10`, HSRP] }, r2: { Vlan10: [PLAIN, HSRP] } }).steps
    expect(steps).toEqual([['r2', tied('Vlan10', 'PXE-V10', 'standby 10 name PXE-V10')]])
  })

  it('a new name is nobody else’s, neither a group’s nor what a relay that leads nowhere hangs on', () => {
    const other = { Vlan20: ['standby 20 ip 10.20.0.1', 'standby 20 name PXE-V10'] }
    const nowhere = { Vlan20: ['ip helper-address 10.9.8.20 redundancy PXE-V10'] }
    const both = { ...nowhere, Vlan30: ['standby 30 ip 10.30.0.1', 'standby 30 name PXE-V10-10'] }
    for (const [more, name] of [
      [other, 'PXE-V10-10'],
      [nowhere, 'PXE-V10-10'],
      [both, 'PXE-V10-10-2'],
    ] as const) {
      const router = { Vlan10: [PLAIN, HSRP], ...more }
      expect(gateOf({ r1: router, r2: router }).steps.map(s => s[1])).toEqual([
        tied('Vlan10', name, `standby 10 name ${name}`),
        tied('Vlan10', name, `standby 10 name ${name}`),
      ])
    }
  })

  it('a name that two groups of a router have is not relied upon', () => {
    const router = { Vlan10: [PLAIN, HSRP, 'standby 10 name PXE'], Vlan20: ['standby 20 ip 10.20.0.1', 'standby 20 name PXE'] }
    expect(gateOf({ r1: router, r2: router })).toMatchObject({
      steps: [],
      why: expect.stringMatching(/another group named PXE on Vlan20/),
    })
  })

  it('one number for both IP versions is one group', () => {
    const router = { Vlan10: [PLAIN, 'standby version 2', HSRP, 'standby 10 ipv6 autoconfig', 'standby 10 name PXE'] }
    expect(gateOf({ r1: router, r2: router }).steps.map(s => s[0])).toEqual(['r1', 'r2'])
  })

  it('a made-up name that another feature refers to is not taken away', () => {
    const router = { Vlan10: [PLAIN, HSRP], Vlan20: ['crypto map VPN redundancy hsrp-Vl10-10'] }
    expect(gateOf({ r1: router, r2: router })).toMatchObject({
      steps: [],
      why: expect.stringMatching(/refers to hsrp-Vl10-10, which would no longer be the name of group 10/),
    })
  })
})

describe('several groups on one interface', () => {
  const TWO = ['standby 10 ip 10.10.0.1', 'standby 10 name ONE', 'standby 11 ip 10.10.0.254', 'standby 11 name TWO']

  it('those that are left join the group that relays hang on already', () => {
    const steps = gateOf({ r1: { Vlan10: [`${PLAIN} redundancy TWO`, ...TWO] }, r2: { Vlan10: [PLAIN, ...TWO] } }).steps
    expect(steps).toEqual([['r2', tied('Vlan10', 'TWO')]])
  })

  it('relays that hang on two groups are not called one copy', () => {
    const router = (name: string) => ({ Vlan10: [`${PLAIN} redundancy ${name}`, ...TWO] })
    const remediations = auditOf({ r1: router('ONE'), r2: router('TWO'), r3: { Vlan10: [PLAIN, ...TWO] } })
    expect(remediations.filter(r => r.strategy === 'gate').map(r => r.proven)).toEqual([false])
    expect(remediations[0]).toMatchObject({ strategy: 'remove', proven: true })
  })

  it('a group whose other member does not relay is gated, and that is said', () => {
    const { own } = gateOf({
      r1: { Vlan10: [PLAIN, ...TWO, 'standby 10 priority 120', 'standby 10 preempt'] },
      r2: { Vlan10: [PLAIN, ...TWO] },
      r3: { Vlan10: [...TWO, 'standby 10 priority 50'] },
    })
    expect(own.map(r => r.caution)).toEqual([
      expect.stringContaining('r3 is a member of the group and does not relay'),
      expect.stringContaining('r3 is a member of the group and does not relay'),
    ])
  })
})

describe('what stands in for a gate', () => {
  it('GLBP, VRRP and HSRP over IPv6 gate nothing', () => {
    for (const group of [
      ['glbp 10 ip 10.10.0.1'],
      ['vrrp 10 ip 10.10.0.1'],
      ['standby version 2', 'standby 10 ipv6 autoconfig'],
    ]) {
      const router = { Vlan10: [PLAIN, ...group] }
      expect(auditOf({ r1: router, r2: router }).map(r => r.strategy)).not.toContain('gate')
    }
  })

  it('IPv6 relays are taken off, word for word', () => {
    const six = 'ipv6 dhcp relay destination 2001:db8::5 GigabitEthernet0/1'
    const router = (n: number) => ({
      Vlan10: [`ipv6 address 2001:db8:10::${n}/64`, six, 'standby version 2', 'standby 10 ip 10.10.0.1'],
    })
    const points = [
      { name: 'pxe', kind: 'wds', addresses: ['2001:db8::5'], retired: [], hostnames: [], networks: [], vrf: null, sites: null },
    ] as const
    const [first] = auditOf({ r1: router(2), r2: router(3) }, { points })
    expect(first).toMatchObject({ strategy: 'remove', proven: true, apply: `interface Vlan10\n no ${six}` })
  })

  it('subinterfaces get names that stay apart', () => {
    const router = (n: number) => ({
      'GigabitEthernet0/0.10': ['encapsulation dot1Q 10', PLAIN, 'standby 10 ip 10.10.0.1'],
      'GigabitEthernet0/1.10': [
        'encapsulation dot1Q 10',
        `ip address 10.99.0.${n} 255.255.255.0`,
        PLAIN,
        'standby 10 ip 10.99.0.1',
      ],
    })
    const names = gateOf({ r1: router(2), r2: router(3) }).steps.map(s => /name (\S+)/.exec(s[1] ?? '')?.[1])
    expect(new Set(names)).toEqual(new Set(['PXE-Gi0/0.10', 'PXE-Gi0/1.10']))
  })
})

describe('many fixes proven at once', () => {
  it('a relay of another server that would dangle on the second VLAN keeps the first one’s proof to itself', () => {
    const plain = (id: number) => [PLAIN, `standby ${id} ip 10.${id}.0.1`]
    // The names that are made up for Vlan20 and Vlan30 differ, and so does what hangs on them.
    const router = {
      Vlan10: plain(10),
      Vlan20: [...plain(20), 'ip helper-address 10.9.8.20 redundancy hsrp-Vl20-20'],
      Vlan30: plain(30),
    }
    const { own } = gateOf({ r1: router, r2: router })
    expect(own.filter(r => r.device === 'r1').map(r => [r.proven, /redundancy (\S+)/.exec(r.apply)?.[1]])).toEqual([
      [true, 'PXE-V10'],
      [true, 'hsrp-Vl20-20'],
      [true, 'PXE-V30'],
    ])
  })

  it('two points that one line leads to are fixed together', () => {
    const point = {
      kind: 'wds',
      addresses: ['10.9.9.5'],
      retired: [],
      hostnames: [],
      networks: [],
      vrf: null,
      sites: null,
    } as const
    const router = { Vlan10: [PLAIN] }
    const ways = auditOf(
      { r1: router, r2: router },
      {
        points: [
          { ...point, name: 'a' },
          { ...point, name: 'b' },
        ],
      },
    )
    expect(ways.map(r => [r.strategy, r.proven]).slice(0, 1)).toEqual([['remove', true]])
    expect(new Set(ways.filter(r => r.proven).map(r => r.fingerprint)).size).toBe(2)
  })
})
