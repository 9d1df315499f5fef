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

  it('relays that hang on two groups are two copies, until all hang on one', () => {
    const router = (name: string) => ({ Vlan10: [`${PLAIN} redundancy ${name}`, ...TWO] })
    const { steps } = gateOf({ r1: router('ONE'), r2: router('TWO'), r3: { Vlan10: [PLAIN, ...TWO] } })
    const moved = [
      'interface Vlan10',
      ` ${PLAIN} redundancy ONE`,
      ` no ${PLAIN} redundancy TWO`,
      ` ${PLAIN} redundancy ONE`,
    ].join('\n')
    // Equal priorities: the highest address is active, and comes last.
    expect(steps).toEqual([
      ['r2', moved],
      ['r3', tied('Vlan10', 'ONE')],
    ])
  })

  it('a group whose other member does not relay gates nothing', () => {
    const { why } = gateOf({
      r1: { Vlan10: [PLAIN, ...TWO, 'standby 10 priority 120', 'standby 10 preempt'] },
      r2: { Vlan10: [PLAIN, ...TWO] },
      r3: { Vlan10: [...TWO, 'standby 10 priority 50'] },
    })
    expect(why).toMatch(/^r3 is in HSRP group 10 and does not relay Vlan10 to pxe/)
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

describe('what a proof looks at', () => {
  const point = { kind: 'wds', retired: [], hostnames: [], networks: ['10.9.9.0/24'], vrf: null, sites: null } as const
  const server = (name: string, ip: string, sites: readonly string[] | null = null) => ({
    ...point,
    name,
    addresses: [ip],
    sites,
  })
  const ways = (routers: Routers, points: AuditOptions['points']) =>
    auditOf(routers, { points }).flatMap(r => (r.proven ? [`${r.device} ${r.apply.split('\n').at(-1)?.trim()}`] : []))

  it('the only relay to another server stays, also where the verdict on that one is open', () => {
    const both = [server('a', '10.9.9.5'), server('b', '10.9.9.6')]
    const routers = { r1: { Vlan10: ['ip helper-address 10.9.9.255'] }, r2: { Vlan10: [PLAIN] } }
    expect(ways(routers, both)).toEqual([`r2 no ${PLAIN}`])
    // The peer of the third one is nowhere: what reaches b cannot be told, and it is one relay all the same.
    expect(ways({ ...routers, r3: { Vlan10: ['standby 7 ip 10.10.0.1'] } }, both)).toEqual([`r2 no ${PLAIN}`])
  })

  it('a server of another site is looked at like those of the own one', () => {
    const away = [server('a', '10.9.9.5', ['elsewhere']), server('b', '10.9.9.6', ['elsewhere'])]
    const routers = { r1: { Vlan10: ['ip helper-address 10.9.9.255'] }, r2: { Vlan10: [PLAIN] } }
    expect(ways(routers, away)).toEqual([`r2 no ${PLAIN}`])
  })

  // A client asks in one IP version at a time: the relay of the other one is no spare for it.
  it('requests of both IP versions keep a relay', () => {
    const six = 'ipv6 dhcp relay destination 2001:db8::5'
    const both = [{ ...server('a', '10.9.9.5'), addresses: ['10.9.9.5', '2001:db8::5'] }]
    const on = (n: number, ...lines: string[]) => ({ Vlan10: [`ipv6 address 2001:db8:10::${n}/64`, ...lines] })
    const off = (...lines: string[]) => lines.map(line => `\n no ${line}`).join('\ninterface Vlan10')
    const plans = (routers: Routers) =>
      auditOf(routers, { points: both }).flatMap(r => (r.proven ? [[r.device, r.apply.replace('interface Vlan10', '')]] : []))
    expect(plans({ r1: on(2, PLAIN, six), r2: on(3, PLAIN, six) })).toEqual([
      ['r2', off(PLAIN, six)],
      ['r1', off(PLAIN, six)],
    ])
    expect(plans({ r1: on(2, PLAIN, six), r2: on(3, PLAIN) })).toEqual([
      ['r2', off(PLAIN)],
      ['r1', off(PLAIN)],
    ])
    expect(plans({ r1: on(2, PLAIN, six), r2: on(3, six) })).toEqual([
      ['r2', off(six)],
      ['r1', off(six)],
    ])
    // Each has what the other lacks a second one of.
    expect(plans({ r1: on(2, PLAIN, six), r2: on(3, PLAIN), r3: on(4, six) })).toEqual([
      ['r2', off(PLAIN)],
      ['r3', off(six)],
      ['r1', off(PLAIN)],
      ['r3', off(six)],
    ])
  })
})

describe('a relay that is left and hangs on a gate', () => {
  const HSRP = ['standby 10 ip 10.10.0.1', 'standby 10 name PXE']
  const GATED = `${PLAIN} redundancy PXE`
  const removals = (remediations: readonly Remediation[]) =>
    remediations.filter(r => r.strategy === 'remove' && r.proven).map(r => [r.plan, r.device, r.apply])

  it('is not left alone where nothing tells that its router is active', () => {
    // Of two equal ones r2 should be active: with r1 alone, tied to being active, nobody might relay.
    const ways = removals(auditOf({ r1: { Vlan10: [GATED, ...HSRP] }, r2: { Vlan10: [PLAIN, ...HSRP] } }))
    expect(ways).toEqual([['remove, r2 goes on relaying', 'r1', `interface Vlan10\n no ${GATED}`]])
  })

  it('is left where its router should be active, and that is said', () => {
    const remediations = auditOf({
      r1: { Vlan10: [GATED, ...HSRP, 'standby 10 priority 120'] },
      r2: { Vlan10: [PLAIN, ...HSRP] },
    })
    expect(removals(remediations)[0]).toEqual(['remove, r1 goes on relaying', 'r2', `interface Vlan10\n no ${PLAIN}`])
    expect(remediations.find(r => r.strategy === 'remove')?.caution).toContain('r1 relays only while it is the active router.')
  })

  it('stays together with those of the same gate, and only the one outside goes', () => {
    const inside = { Vlan10: [GATED, ...HSRP] }
    const [first] = auditOf({ r1: inside, r2: inside, r3: { Vlan10: [PLAIN] } })
    expect(first).toMatchObject({
      strategy: 'remove',
      plan: 'remove, r1 and r2 go on relaying by turns',
      keeps: null,
      choice: 'default',
      device: 'r3',
      apply: `interface Vlan10\n no ${PLAIN}`,
      proven: true,
    })
    expect(first?.caution).toBe('r1 or r2 goes on relaying through its remaining line to the PXE server.')
  })

  it('of the same target stays on both, where each has two', () => {
    const two = { Vlan10: [GATED, `ip helper-address 10.9.9.6 redundancy PXE`, ...HSRP] }
    expect(removals(auditOf({ r1: two, r2: two })).slice(0, 2)).toEqual([
      ['remove, r1 and r2 go on relaying by turns', 'r1', 'interface Vlan10\n no ip helper-address 10.9.9.6 redundancy PXE'],
      ['remove, r1 and r2 go on relaying by turns', 'r2', 'interface Vlan10\n no ip helper-address 10.9.9.6 redundancy PXE'],
    ])
  })
})

describe('a condition that is not clear', () => {
  it('leaves a second copy possible, so that nothing done about a third router is proven', () => {
    const gated = (vip: string) => ({ Vlan10: [`${PLAIN} redundancy V10`, `standby 10 ip ${vip}`, 'standby 10 name V10'] })
    const open = { Vlan10: [PLAIN] }
    const agreed = auditOf({ r1: gated('10.10.0.1'), r2: gated('10.10.0.1'), r3: open })
    expect(agreed.some(r => r.proven && r.device === 'r3')).toBe(true)
    const own = auditOf({ r1: gated('10.10.0.1'), r2: gated('10.10.0.9'), r3: open })
    // What is left is to leave r3 alone: it depends on nothing.
    expect(own.map(r => [r.device, r.strategy, r.proven])).toEqual([
      ['r1', 'remove', true],
      ['r2', 'remove', true],
    ])
  })
})

describe('a router whose forwarding of BOOTP is off', () => {
  it('may relay all the same, so that its relay goes as well', () => {
    const files = ['no ip forward-protocol udp bootps\n', '', ''].map((above, n) =>
      collected(
        { name: `r${n + 1}`, os: 'ios' },
        `${above}interface Vlan10\n ip address 10.10.0.${n + 2} 255.255.255.0\n ${PLAIN}\nend\n`,
      ),
    )
    const ways = fixed(files, { vrf: null }, { wishes: { strategy: null, prefer: new Set(['r2']) } }).remediations
    const off = `interface Vlan10\n no ${PLAIN}`
    expect(ways.filter(r => r.proven && r.keeps === 'r2').map(r => [r.device, r.apply])).toEqual([
      ['r3', off],
      ['r1', off],
    ])
    expect(ways.some(r => r.keeps === 'r1')).toBe(false)
  })
})

describe('pairs of switches', () => {
  /** One half; `own` is its side of the link to the other. */
  const half = (host: number, own: 1 | 2, ...lines: readonly string[]) =>
    [
      'dhcp relay',
      ...(lines.includes('DROPS') ? ['   mlag peer-link requests disabled'] : []),
      'mlag configuration',
      '   domain-id M',
      `   peer-address 10.0.0.${3 - own}`,
      '   peer-link Port-Channel1',
      'interface Vlan4094',
      `   ip address 10.0.0.${own}/30`,
      'interface Vlan10',
      `   ip address 10.10.0.${host}/24`,
      ...lines.filter(l => l !== 'DROPS').map(l => `   ${l}`),
      'end',
      '',
    ].join('\n')
  const resultOf = (...texts: readonly string[]) =>
    fixed(
      texts.map((text, n) => collected({ name: `r${n + 1}`, os: 'eos' }, text)),
      { vrf: null },
    )
  const dedup = (...texts: readonly string[]) =>
    resultOf(...texts)
      .remediations.filter(r => r.strategy === 'pair-dedup' && r.proven)
      .map(r => r.device)
  const verdict = (...texts: readonly string[]) =>
    resultOf(...texts).segments.find(s => s.subnets.includes('10.10.0.0/24'))?.pxe[0]

  it('drop what came over their link, and no more than that', () => {
    expect(dedup(half(2, 1, PLAIN), half(3, 2, PLAIN))).toEqual(['r1', 'r2'])
    expect(verdict(half(2, 1, PLAIN, 'DROPS'), half(3, 2, PLAIN, 'DROPS'))).toMatchObject({ verdict: 'single', copies: 1 })
  })

  it('built alike are not taken for one', () => {
    // Both are the first half, of a pair each.
    expect(verdict(half(2, 1, PLAIN, 'DROPS'), half(3, 1, PLAIN, 'DROPS'))).toMatchObject({ verdict: 'duplicate', copies: 2 })
    expect(dedup(half(2, 1, PLAIN), half(3, 1, PLAIN))).toEqual([])
    // Four halves: which two belong together cannot be told.
    const four = (...more: readonly string[]) => [half(2, 1, PLAIN, ...more), half(3, 2), half(4, 1), half(5, 2, PLAIN, ...more)]
    expect(verdict(...four('DROPS'))).toMatchObject({ verdict: 'duplicate', copies: 2 })
    expect(dedup(...four())).toEqual([])
  })

  it('do nothing about a third router, nor about three leaves', () => {
    const third = `interface Vlan10\n   ip address 10.10.0.9/24\n   ${PLAIN}\nend\n`
    expect(dedup(half(2, 1, PLAIN), half(3, 2, PLAIN), third)).toEqual([])
    const leaf = (n: number) =>
      `interface Vlan10\n   ip address 10.10.0.${n}/24\n   ip virtual-router address 10.10.0.1\n   ${PLAIN}\nend\n`
    const leaves = resultOf(leaf(2), leaf(3), leaf(4)).remediations
    expect(leaves.every(r => r.strategy === 'remove' && r.proven)).toBe(true)
    expect(leaves.slice(0, 2).map(r => r.device)).toEqual(['r2', 'r3'])
  })

  it('that drop already go on together, and only the third router stops', () => {
    const third = `interface Vlan10\n   ip address 10.10.0.9/24\n   ${PLAIN}\nend\n`
    const [first] = resultOf(half(2, 1, PLAIN, 'DROPS'), half(3, 2, PLAIN, 'DROPS'), third).remediations
    expect(first).toMatchObject({ plan: 'remove, r1 and r2 go on relaying by turns', device: 'r3', proven: true })
  })

  it('that lack a VLAN, a VRF or a server on one half are left as they are', () => {
    const more = (ip: string) => [PLAIN, `ip helper-address ${ip}`]
    expect(dedup(half(2, 1, ...more('10.9.8.20')), half(3, 2, ...more('10.9.8.21')))).toEqual([])
    expect(dedup(half(2, 1, ...more('10.9.8.20')), half(3, 2, ...more('10.9.8.20 vrf MGMT')))).toEqual([])
    const down = half(3, 2, ...more('10.9.8.20'))
    expect(
      dedup(
        half(2, 1, ...more('10.9.8.20')),
        `${down.replace('end\n', '')}interface Vlan20\n   ip address 10.20.0.3/24\n   ${PLAIN}\nend\n`,
      ),
    ).toEqual([])
  })
})

it('the relay of a class of a DHCP pool is not taken back at the pool itself', () => {
  const text = (n: number) =>
    `interface Vlan10\n ip address 10.10.0.${n} 255.255.255.0\nip dhcp pool P\n relay source 10.10.0.0 255.255.255.0\n class C\n  relay target 10.9.9.5\nend\n`
  const files = [2, 3].map(n => collected({ name: `r${n}`, os: 'ios' }, text(n)))
  expect(fixed(files, { vrf: null }).remediations).toMatchObject([
    { proven: false, withheld: '"no relay target 10.9.9.5" is nothing that a fix may type on Cisco IOS and IOS-XE' },
  ])
})
