// What the examples of the rules do not show: severities, what is cited, and what keeps a rule silent.
import { describe, expect, it } from 'vitest'
import { capturesIn } from '../src/analyze/captures.ts'
import { correlate } from '../src/analyze/correlate.ts'
import { judge } from '../src/analyze/judge.ts'
import { examplePoint, type Remark } from '../src/analyze/rule.ts'
import { rules } from '../src/analyze/rules/index.ts'
import type { Device, GroupState } from '../src/model/device.ts'
import type { PxePoint } from '../src/model/inventory.ts'
import { readDevice } from '../src/parse/assemble.ts'
import { platformOf } from '../src/platforms.ts'

const RELAY = 'ip helper-address 10.9.9.5'
const HSRP = ['standby 10 ip 10.0.10.1', 'standby 10 name PXE']
const LEADS = [...HSRP, 'standby 10 priority 110', 'standby 10 preempt']
const GATED = `${RELAY} redundancy PXE`
const svi = (host: number, ...lines: string[]) =>
  ['interface Vlan10', ` ip address 10.0.10.${host} 255.255.255.0`, ...lines.map(l => ` ${l}`), 'end', ''].join('\n')
const wds = examplePoint({ shows: '', configs: {} })

const read = (texts: Readonly<Record<string, string>>, platform = 'cisco-ios'): Device[] => {
  const page = platformOf(platform)
  if (!page) throw new Error(platform)
  return Object.entries(texts).map(([device, text]) => readDevice(page, { device, file: `${device}.cfg`, text }))
}

function say(
  id: string,
  devices: readonly Device[],
  points: readonly PxePoint[] = [wds],
  hosts: Readonly<Record<string, readonly string[]>> = {},
): Remark[] {
  const rule = rules.find(r => r.id === id)
  if (!rule) throw new Error(id)
  const network = correlate(
    devices.map(device => ({ device, site: 'here', stale: null })),
    points,
    [],
    { hosts: new Map(Object.entries(hosts)) },
  )
  return [...rule.check({ network, judgements: judge(network) })]
}
const cited = (remark: Remark | undefined) => remark?.evidence.map(e => `${e.device.device}:${e.line}`)

describe('no-relay-on-active-router', () => {
  const about = (...texts: string[]) =>
    say('no-relay-on-active-router', read(Object.fromEntries(texts.map((t, n) => [`r${n + 1}`, t]))))

  it('warns where nothing forwards, and informs where the standby router does', () => {
    const [dead] = about(svi(2, ...LEADS), svi(3, ...HSRP, GATED))
    expect(dead).toMatchObject({ severity: 'warning', subject: 'here default 10.0.10.0/24 wds' })
    expect(dead?.message).toContain('PXE does not work there while r1 is the active one')
    // The group of r1 starts on its line 3; the relay of r2 is its line 5.
    expect(cited(dead)).toEqual(['r1:3', 'r2:5'])
    const [detour] = about(svi(2, ...LEADS), svi(3, ...HSRP, RELAY))
    expect(detour).toMatchObject({ severity: 'info', subject: dead?.subject })
    expect(detour?.message).toContain('PXE depends on r2 alone')
  })

  it('takes a relay that hangs on another election for one that may forward', () => {
    const other = ['standby 11 ip 10.0.10.11', 'standby 11 name OTHER', `${RELAY} redundancy OTHER`]
    const [remark] = about(svi(2, ...LEADS, 'standby 11 ip 10.0.10.11'), svi(3, ...HSRP, ...other))
    expect(remark?.severity).toBe('info')
  })

  it('misses nothing on a router that was not read whole, or whose target is not known', () => {
    expect(about(svi(2, ...LEADS).replace('end\n', ''), svi(3, ...HSRP, RELAY))).toEqual([])
    expect(about(svi(2, ...LEADS, 'ip helper-addr 10.9.9.5'), svi(3, ...HSRP, RELAY))).toEqual([])
    expect(about(svi(2, ...LEADS, 'ip helper-address boot.corp.example'), svi(3, ...HSRP, RELAY))).toEqual([])
  })
})

describe('partially-gated-relay', () => {
  it('cites the lines of both kinds, and leaves IPv6 alone: nothing can tie it', () => {
    const [remark] = say('partially-gated-relay', read({ r1: svi(2, ...HSRP, GATED), r2: svi(3, ...HSRP, RELAY) }))
    expect(cited(remark)).toEqual(['r1:5', 'r2:5'])
    const both = { ...wds, addresses: ['10.9.9.5', '2001:db8:9::5'] }
    const six = ['ipv6 address 2001:db8:10::2/64', 'ipv6 dhcp relay destination 2001:db8:9::5']
    expect(say('partially-gated-relay', read({ r1: svi(2, ...HSRP, GATED, ...six) }), [both])).toEqual([])
    expect(say('double-target-relay', read({ r1: svi(2, RELAY, ...six) }), [both])).toEqual([])
  })
})

describe('latent-duplicate', () => {
  it('says what holds each relay off', () => {
    const [remark] = say(
      'latent-duplicate',
      read({ r1: svi(2, RELAY), r2: svi(3, RELAY, 'shutdown'), r3: `no service dhcp\n${svi(4, RELAY)}` }),
    )
    expect(remark?.message).toContain('r2 does not relay Vlan10 to 10.9.9.5 (the interface is down)')
    expect(remark?.message).toContain('r3 does not relay Vlan10 to 10.9.9.5 (the relay service is off)')
    expect(remark?.message).toContain('would duplicate if enabled: 3 copies')
    expect(cited(remark)).toEqual(['r2:3', 'r3:4', 'r1:3'])
  })

  it('knows that a default server takes the place of an own one, and does not come on top', () => {
    const eos = (...own: string[]) =>
      ['dhcp relay', '   server 10.9.9.5', 'interface Vlan10', '   ip address 10.0.10.2/24', ...own, 'end', ''].join('\n')
    const own = read({ r1: eos('   ip helper-address 10.9.9.5') }, 'arista-eos')
    expect(own[0]?.interfaces[0]?.relays.map(r => r.inert)).toEqual([null, 'not-selected'])
    expect(say('latent-duplicate', own)).toEqual([])
    // The default server would serve Vlan10 if the DHCP server were taken off.
    const dhcp = read({ r1: eos('   ip helper-address 10.9.9.20') }, 'arista-eos')
    expect(say('latent-duplicate', [...dhcp, ...read({ r2: svi(3, RELAY) })])).toHaveLength(1)
  })
})

describe('relay-without-failover', () => {
  it('says nothing where the verdict is unknown', () => {
    const cut = svi(3).replace('end\n', '')
    expect(say('relay-without-failover', read({ r1: svi(2, RELAY), r2: cut }))).toEqual([])
  })

  it('names a router that is down', () => {
    const [remark] = say('relay-without-failover', read({ r1: svi(2, ...HSRP, RELAY), r2: svi(3, ...HSRP, 'shutdown') }))
    expect(remark?.message).toContain('r2 is down there')
    expect(cited(remark)).toEqual(['r1:5', 'r2:1'])
  })
})

describe('stale-pxe-relay', () => {
  const old = { ...wds, retired: ['10.9.9.4'] }
  const texts = { r1: svi(2, 'ip helper-address 10.9.9.4'), r2: svi(3, 'ip helper-address 10.9.9.4', 'shutdown') }

  it('cites every line, and says that nothing else reaches the server', () => {
    const [remark, ...more] = say('stale-pxe-relay', read(texts), [old])
    expect(more).toEqual([])
    expect(cited(remark)).toEqual(['r1:3', 'r2:3'])
    expect(remark?.message).toContain('no other relay of 10.0.10.0/24 reaches it')
    expect(remark?.evidence[1]?.note).toContain('the relay is off: interface-down')
  })

  it('knows the address by a name of the inventory', () => {
    const named = { r1: svi(2, 'ip helper-address Old.corp.example') }
    const found = (ip: string) => say('stale-pxe-relay', read(named), [old], { 'old.corp.example': [ip] })
    expect(found('10.9.9.4').map(r => r.message)).toEqual([
      'relays lead to an address that wds no longer has: r1 on Vlan10 to Old.corp.example; no other relay of 10.0.10.0/24 reaches it',
    ])
    expect(found('10.9.9.20')).toEqual([])
  })

  it('takes no address for a leftover that another PXE point has now, or that is meant in another VRF', () => {
    expect(say('stale-pxe-relay', read(texts), [old, { ...wds, name: 'new', addresses: ['10.9.9.4'] }])).toEqual([])
    expect(say('stale-pxe-relay', read(texts), [{ ...old, vrf: 'MGMT' }])).toEqual([])
  })
})

describe('tied-priority', () => {
  const tied = read({ r1: svi(2, ...HSRP), r2: svi(3, ...HSRP) })
  const seen = (device: Device, state: GroupState): Device => ({
    ...device,
    observed: [
      {
        protocol: 'hsrp',
        interface: 'Vlan10',
        group: 10,
        family: 4,
        state,
        priority: 100,
        active: state === 'active' ? 'local' : null,
        virtual_address: '10.0.10.1',
        file: device.file,
        line: 1,
        text: '',
      },
    ],
  })

  it('is silent where somebody saw who is active, or where the group follows another', () => {
    const [r1, r2] = tied as [Device, Device]
    expect(say('tied-priority', tied)).toHaveLength(1)
    expect(say('tied-priority', [seen(r1, 'active'), r2])).toEqual([])
    expect(say('tied-priority', [seen(r1, 'listen'), r2])).toHaveLength(1)
    const follows = read({ r1: svi(2, ...HSRP, 'standby 10 follow LEAD'), r2: svi(3, ...HSRP) })
    expect(say('tied-priority', follows)).toEqual([])
  })
})

describe('mask-mismatch', () => {
  it('leaves an interface alone that is down', () => {
    const wide = svi(3).replace('255.255.255.0', '255.255.254.0')
    expect(say('mask-mismatch', read({ r1: svi(2), r2: wide }))).toHaveLength(1)
    expect(say('mask-mismatch', read({ r1: svi(2), r2: wide.replace('end', ' shutdown\nend') }))).toEqual([])
  })
})

describe('captures of one router', () => {
  const devices = read({ a: `hostname R\n${svi(2)}`, b: `hostname R\n${svi(2)}`, c: `hostname R\n${svi(2)}` })
  const placed = devices.map(device => ({ device, site: 'here', stale: null }))
  const pairs = (age: Readonly<Record<string, string>>) =>
    capturesIn(placed, d => age[d.device] ?? null).map(c => `${c.kept.device} over ${c.left.device}: ${c.addresses}`)

  it('keeps the newer one, and the first where nothing tells', () => {
    expect(pairs({})).toEqual(['a over b: 10.0.10.2', 'a over c: 10.0.10.2'])
    expect(pairs({ a: '2026-01-02', b: '2026-01-03', c: '2026-01-01' })).toEqual(['b over a: 10.0.10.2', 'b over c: 10.0.10.2'])
  })

  it('are looked for on one site only', () => {
    const apart = placed.map((p, n) => ({ ...p, site: `site ${n}` }))
    expect(capturesIn(apart, () => null)).toEqual([])
  })
})
