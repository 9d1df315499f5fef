// validate: what a change introduces, fixes and leaves; and what it cannot judge.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'
import type { Validation } from '../src/model/validation.ts'
import { roseText } from '../src/report/validation.ts'
import { validationSchema } from '../src/report/validation-schema.ts'
import { RELAY, router } from './support/accepting.ts'
import { pxePoint } from './support/point.ts'
import { brief, cleanUp, folderOf, inventoryOf, validating } from './support/validating.ts'

cleanUp()
const points = [pxePoint()]
const HSRP = (vlan: number) => [`standby ${vlan} ip 10.0.${vlan}.1`]
/** Two routers in VLANs 10 and 20; in 10 both relay, in 20 the first. */
const BASE = {
  'r2.cfg': router(2, { 10: [RELAY, ...HSRP(10)], 20: [RELAY, ...HSRP(20)] }),
  'r3.cfg': router(3, { 10: [RELAY, ...HSRP(10)], 20: HSRP(20) }),
}
const BOTH_IN_20 = router(3, { 10: [RELAY, ...HSRP(10)], 20: [RELAY, ...HSRP(20)] })
const NONE_IN_10 = router(3, { 10: HSRP(10), 20: HSRP(20) })
const [V10, V20] = ['default default 10.0.10.0/24', 'default default 10.0.20.0/24']

const against = (files: Readonly<Record<string, string>>, more: Parameters<typeof validating>[0] | object = {}) =>
  validating({ current: folderOf(BASE), proposed: folderOf(files), points, ...more })

async function cli(...args: readonly string[]) {
  const said = { out: '', err: '' }
  const io = { out: (t: string) => (said.out += t), err: (t: string) => (said.err += t), env: {}, width: 80, colour: false }
  const code = await run(['validate', ...args], io)
  return { code, ...said }
}

describe('an address that is typed over another one', () => {
  const lonely = { 'r2.cfg': router(2, { 10: [RELAY] }), 'r3.cfg': router(3, { 10: [RELAY] }) }
  const typed = (...lines: string[]) => {
    const folder = folderOf({ 'change.txt': ['interface Vlan10', ...lines, ''].join('\n') })
    const changes = [{ device: 'r3', file: join(folder, 'change.txt') }]
    return validating({ current: folderOf(lonely), changes, points })
  }
  const became = ({ verdicts }: Validation) => verdicts.map(v => [v.segment, v.before?.verdict, v.after?.verdict])

  it('takes its place: the router leaves the segment', async () => {
    const result = await typed(' ip address 10.0.30.3 255.255.255.0')
    expect(became(result)).toEqual([
      [V10, 'duplicate', 'single'],
      ['default default 10.0.30.0/24', undefined, 'single'],
    ])
    expect(brief(result.findings.fixed)).toEqual([`error duplicate-pxe-relay ${V10} wds`])
    expect(result).toMatchObject({ exit_code: 0, segments: { appeared: ['default default 10.0.30.0/24'] } })
  })

  it('comes on top of it as a secondary one, and as one of IPv6', async () => {
    for (const line of ['ip address 10.0.30.3 255.255.255.0 secondary', 'ipv6 address 2001:DB8:30::3/64'])
      expect(brief((await typed(` ${line}`)).findings.unchanged)).toContain(`error duplicate-pxe-relay ${V10} wds`)
  })

  it('may be any address, where it comes from elsewhere', async () => {
    for (const line of ['ip address dhcp', 'ip unnumbered Loopback0']) {
      const result = await typed(` ${line}`)
      expect(became(result), line).toEqual([
        ['default default r3:Vlan10', undefined, 'unknown'],
        [V10, 'duplicate', 'unknown'],
      ])
      expect(result.exit_code, line).toBe(3)
    }
  })
})

describe('a virtual address that is typed over another one', () => {
  const gated = (n: number, vip: string) =>
    router(n, { 10: [`standby 10 ip ${vip}`, 'standby 10 name PXE', `${RELAY} redundancy PXE`] })
  const typed = (theirs: string, ...lines: string[]) => {
    const file = join(folderOf({ 'change.txt': ['interface Vlan10', ...lines, ''].join('\n') }), 'change.txt')
    const current = folderOf({ 'r2.cfg': gated(2, theirs), 'r3.cfg': gated(3, '10.0.10.1') })
    return validating({ current, changes: [{ device: 'r3', file }], points })
  }
  const became = ({ verdicts }: Validation) => verdicts.map(v => [v.segment, v.before?.verdict, v.after?.verdict])

  it('takes its place: routers that agreed on one do not any more, or do now', async () => {
    expect(became(await typed('10.0.10.1', ' standby 10 ip 10.0.10.254'))).toEqual([[V10, 'single', 'unknown']])
    expect(became(await typed('10.0.10.254', ' standby 10 ip 10.0.10.254'))).toEqual([[V10, 'unknown', 'single']])
  })

  it('comes on top of it as a secondary one', async () => {
    expect(became(await typed('10.0.10.1', ' standby 10 ip 10.0.10.254 secondary'))).toEqual([])
  })
})

describe('a relay that is taken back in other words', () => {
  it('may be the one that is tied to the active router, or not be there', async () => {
    const pair = (n: number) => router(n, { 10: ['standby 10 ip 10.0.10.1', 'standby 10 name PXE', `${RELAY} redundancy PXE`] })
    const typed = async (...lines: string[]) => {
      const file = join(folderOf({ 'change.txt': ['interface Vlan10', ...lines, ''].join('\n') }), 'change.txt')
      const current = folderOf({ 'r2.cfg': pair(2), 'r3.cfg': pair(3) })
      return (await validating({ current, changes: [{ device: 'r3', file }], points })).exit_code
    }
    expect(await typed(` no ${RELAY}`)).toBe(3)
    expect(await typed(` no ${RELAY} redundancy PXF`)).toBe(3)
    expect(await typed(` no ${RELAY} redundancy PXE`)).toBe(0)
    expect(await typed(' no ip helper-address 10.9.9.77')).toBe(0)
    expect(await typed(` ${RELAY}`, ` no ${RELAY}`)).toBe(0)
  })
})

describe('an interface that is put into another VRF', () => {
  const VRF = 'vrf definition RED\n address-family ipv4\n!\n'
  const onIos = (...lines: string[]) => {
    const file = join(folderOf({ 'change.txt': ['interface Vlan20', ...lines, ''].join('\n') }), 'change.txt')
    const current = folderOf({ ...BASE, 'r3.cfg': BOTH_IN_20.replace('interface', `${VRF}interface`) })
    return validating({ current, changes: [{ device: 'r3', file }], points })
  }
  const onNexus = (config: string, ...lines: string[]) => {
    const file = join(folderOf({ 'change.txt': ['interface Vlan20', ...lines, ''].join('\n') }), 'change.txt')
    const nexus = (n: number) =>
      `version 9.3(5)\nhostname r${n}\n${config}feature interface-vlan\nfeature dhcp\nvrf context RED\ninterface Vlan20\n  no shutdown\n  ip address 10.0.20.${n}/24\n  ip dhcp relay address 10.9.9.5\n`
    return validating({
      current: folderOf({ 'r2.cfg': nexus(2), 'r3.cfg': nexus(3) }),
      changes: [{ device: 'r3', file }],
      points,
    })
  }
  const became = ({ verdicts }: Validation) => verdicts.map(v => [v.segment, v.before?.verdict, v.after?.verdict])
  // Another subnet: whether one of the same number in another VRF is another network, nobody can tell.
  const RED = 'default RED 10.0.30.0/24'

  it('loses its addresses on IOS: without another one it stands nowhere', async () => {
    const result = await onIos(' vrf forwarding RED')
    expect(became(result).filter(([segment]) => segment !== V10)).toEqual([
      ['default RED r3:Vlan20', undefined, 'unknown'],
      [V20, 'duplicate', 'unknown'],
    ])
    expect(result.exit_code).toBe(3)
  })

  it('has those that are typed behind that', async () => {
    const lines = [' no standby 20', ' vrf forwarding RED', ' ip address 10.0.30.3 255.255.255.0']
    expect(became(await onIos(...lines))).toContainEqual([RED, undefined, 'single'])
    const [none, vrf, address] = lines as [string, string, string]
    expect(became(await onIos(none, address, vrf))).not.toContainEqual([RED, undefined, 'single'])
  })

  it('keeps them where it stands there already', async () => {
    expect(became(await onIos(' no vrf forwarding'))).toEqual([])
  })

  it('may lose them on EOS: only what is typed behind that stands for sure', async () => {
    const eos = (n: number) =>
      `! device: r${n} (DCS-7050, EOS-4.28.1F)\nhostname r${n}\nvrf instance RED\ninterface Vlan20\n   ip address 10.0.20.${n}/24\n   ip helper-address 10.9.9.5\nend\n`
    const onEos = (...lines: string[]) => {
      const file = join(folderOf({ 'change.txt': ['interface Vlan20', ...lines, ''].join('\n') }), 'change.txt')
      const current = folderOf({ 'r2.cfg': eos(2), 'r3.cfg': eos(3) })
      return validating({ current, changes: [{ device: 'r3', file }], points })
    }
    expect((await onEos('   vrf RED')).changes[0]?.refused).toMatchObject([{ text: 'vrf RED' }])
    expect((await onEos('   vrf RED')).exit_code).toBe(3)
    expect((await onEos('   vrf RED', '   ip address 10.0.20.3/24')).changes[0]?.refused).toEqual([])
    expect((await onEos('   vrf default')).changes[0]?.refused).toEqual([])
  })

  it('loses its relays as well on NX-OS, unless the switch is told to keep all', async () => {
    const lines = ['  vrf member RED', '  ip address 10.0.30.3/24']
    expect(became(await onNexus('', ...lines))).toContainEqual([RED, undefined, 'none'])
    expect(became(await onNexus('system vrf-member-change retain-l3-config\n', ...lines))).toContainEqual([
      RED,
      undefined,
      'single',
    ])
    expect(became(await onNexus('', ...lines, '  ip dhcp relay address 10.9.9.5'))).toContainEqual([RED, undefined, 'single'])
  })
})

describe('what IOS does besides what a line says', () => {
  /** r2 relays in VLAN 10, at a port and at a subinterface; r3 does in VLAN 10. */
  const base = {
    'r2.cfg': router(2, { 10: [RELAY] }).replace(
      'end\n',
      [
        'interface GigabitEthernet0/1',
        ' ip address 10.0.30.2 255.255.255.0',
        ` ${RELAY}`,
        'interface GigabitEthernet0/2.20',
        ' encapsulation dot1Q 20',
        ' ip address 10.0.20.2 255.255.255.0',
        ` ${RELAY}`,
        'interface Loopback0',
        'end\n',
      ].join('\n'),
    ),
    'r3.cfg': router(3, { 10: [RELAY] }),
  }
  const changed = async (...lines: string[]) => {
    const folder = folderOf({ 'change.txt': `${lines.join('\n')}\n` })
    const changes = [{ device: 'r2', file: join(folder, 'change.txt') }]
    const { verdicts, exit_code } = await validating({ current: folderOf(base), changes, points })
    return [exit_code, ...verdicts.map(v => `${v.segment.split(' ')[2]} ${v.after?.verdict}`)]
  }

  // Seen on 15.x: "% Interface ... IPv4 disabled and address(es) removed due to enabling VRF RED".
  it('takes the addresses off an interface that it puts into another VRF', async () => {
    const moved = await changed('interface GigabitEthernet0/1', ' vrf forwarding RED')
    // Without an address it hears nobody.
    const lost = ['10.0.30.0/24 undefined', 'r2:GigabitEthernet0/1 none']
    expect(moved).toEqual(expect.arrayContaining(lost))
    const typed = await changed('interface GigabitEthernet0/1', ' vrf forwarding RED', ' ip address 10.0.30.2 255.255.255.0')
    expect(typed[0]).toBe(0)
    expect(typed).not.toContain('10.0.30.0/24 unknown')
    const before = ' ip address 10.0.40.2 255.255.255.0 secondary'
    expect(await changed('interface GigabitEthernet0/1', before, ' ip vrf forwarding RED', ' no ip address')).not.toContain(3)
    expect(await changed('interface GigabitEthernet0/1', before, ' ip vrf forwarding RED')).toEqual(expect.arrayContaining(lost))
  })

  it('takes them off all interfaces of a VRF that it deletes', async () => {
    for (const line of ['no vrf definition RED', 'no ip vrf RED']) expect((await changed(line))[0], line).toBe(3)
  })

  // "Not all config may be removed and may reappear after reactivating the sub-interface", it says itself.
  it('keeps some of a subinterface that is deleted, and that comes back with it', async () => {
    const anew = ['interface GigabitEthernet0/2.20', ' encapsulation dot1Q 20', ' ip address 10.0.20.2 255.255.255.0']
    const deleted = await changed('no interface GigabitEthernet0/2.20')
    expect(deleted[0]).toBe(0)
    const opened = await changed('no interface GigabitEthernet0/2.20', ...anew)
    expect(opened).toContain('10.0.20.0/24 unknown')
    expect(opened[0]).toBe(3)
    expect((await changed('default interface GigabitEthernet0/2.20', ...anew))[0]).toBe(0)
  })

  // "Must delete secondary before deleting primary".
  it('takes back an address as it was typed, and the primary one last', async () => {
    const inside = (...lines: string[]) => changed('interface GigabitEthernet0/1', ...lines)
    const second = ' ip address 10.0.40.2 255.255.255.0 secondary'
    const primary = ' no ip address 10.0.30.2 255.255.255.0'
    for (const lines of [[primary], [second, ` no${second}`, primary], [second, ' no ip address']])
      expect((await inside(...lines))[0], lines.join()).toBe(0)
    for (const lines of [[second, primary], [`${primary} secondary`], [' no ip address 10.0.30.2 255.255.255.128']])
      expect((await inside(...lines))[0], lines.join()).toBe(3)
  })

  // "% Removal of physical interfaces is not permitted".
  it('deletes no port', async () => {
    const kept = await changed('no interface GigabitEthernet0/1')
    expect(kept[0]).toBe(3)
    expect((await changed('no interface Vlan10'))[0]).toBe(0)
  })
})

describe('two folders', () => {
  it('a relay that comes is a duplicate introduced, with the lines of both sides', async () => {
    const result = await against({ ...BASE, 'r3.cfg': BOTH_IN_20 })
    expect(brief(result.findings.introduced)).toEqual([`error duplicate-pxe-relay ${V20} wds`])
    expect(brief(result.findings.fixed)).toEqual([`info relay-without-failover ${V20} wds`])
    // In VLAN 10 nothing changes: two relays before and after, and equal priorities on both VLANs.
    expect(brief(result.findings.unchanged)).toEqual([
      `error duplicate-pxe-relay ${V10} wds`,
      `info tied-priority ${V10} hsrp v1 10 ipv4`,
      `info tied-priority ${V20} hsrp v1 20 ipv4`,
    ])
    expect(result.verdicts).toMatchObject([
      {
        segment: V20,
        point: 'wds',
        before: { verdict: 'single', copies: 1, survives_failover: false },
        after: { verdict: 'duplicate', copies: 2, survives_failover: true },
      },
    ])
    // The lines: version, service, hostname, interface, address, relay, standby (7); then the same for VLAN 20.
    expect(result.verdicts[0]?.before?.reasons).toMatchObject([{ device: 'r2', line: 10, text: RELAY }])
    expect(result.verdicts[0]?.after?.reasons.map(r => [r.device, r.line, r.text])).toEqual([
      ['r2', 10, RELAY],
      ['r3', 10, RELAY],
    ])
    expect(result.verdicts[0]?.after?.reasons[1]?.file).toContain('/r3.cfg')
    expect(result).toMatchObject({ exit_code: 1, incomplete: [], segments: { touched: 1, appeared: [], vanished: [] } })
    expect(result.devices.map(d => [d.name, d.change])).toEqual([['r3', 'changed']])
    expect([result.current.summary.duplicate, result.proposed.summary.duplicate]).toEqual([1, 2])
  })

  it('a relay that goes fixes its duplicate; what that costs is for information, and the exit code 0', async () => {
    const result = await against({ ...BASE, 'r3.cfg': NONE_IN_10 })
    expect(brief(result.findings.fixed)).toEqual([`error duplicate-pxe-relay ${V10} wds`])
    expect(brief(result.findings.introduced)).toEqual([`info relay-without-failover ${V10} wds`])
    expect(result.exit_code).toBe(0)
    const strict = await against({ ...BASE, 'r3.cfg': NONE_IN_10 }, { failOn: 'info' })
    expect(strict.exit_code).toBe(1)
  })

  it('a device that is gone fixes nothing: its site is open', async () => {
    const result = await against({ 'r2.cfg': BASE['r2.cfg'] })
    expect(brief(result.findings.fixed)).toEqual([])
    expect(brief(result.findings.unjudged)).toContain(`error duplicate-pxe-relay ${V10} wds`)
    expect(result.findings.unjudged.find(f => f.rule === 'duplicate-pxe-relay')?.why).toContain('r3 could not be read')
    expect(result.devices).toMatchObject([{ name: 'r3', change: 'lost', after: { state: 'failed' } }])
    expect(result.verdicts.map(v => [v.before?.verdict, v.after?.verdict])).toEqual([
      ['duplicate', 'unknown'],
      ['single', 'unknown'],
    ])
    expect(result.exit_code).toBe(3)
    expect(result.incomplete[0]).toContain('write --removed r3 if it is taken out of service')
  })

  it('a device that is taken out of service, as the user says, takes its findings with it', async () => {
    const plain = { 'r2.cfg': router(2, { 10: [RELAY] }), 'r3.cfg': router(3, { 10: [RELAY] }) }
    const result = await validating({
      current: folderOf(plain),
      proposed: folderOf({ 'r2.cfg': plain['r2.cfg'] }),
      removed: ['r3'],
      points,
    })
    expect(brief(result.findings.fixed)).toEqual([`error duplicate-pxe-relay ${V10} wds`])
    expect(result).toMatchObject({ exit_code: 0, incomplete: [], devices: [{ name: 'r3', change: 'removed', after: null }] })
  })

  it('a configuration that is cut short fixes nothing', async () => {
    const cut = BASE['r3.cfg'].slice(0, BASE['r3.cfg'].indexOf('interface Vlan20'))
    const result = await against({ ...BASE, 'r3.cfg': cut.replace(` ${RELAY}\n`, '') })
    expect(brief(result.findings.fixed)).toEqual([])
    expect(result.exit_code).toBe(3)
    expect(result.devices).toMatchObject([{ name: 'r3', change: 'lost' }])
  })

  it('a line that is not understood in place of the relay fixes nothing', async () => {
    const result = await against({ ...BASE, 'r3.cfg': BASE['r3.cfg'].replace(RELAY, 'ip helper-address through the back door') })
    expect(brief(result.findings.fixed)).toEqual([])
    expect(brief(result.findings.unjudged)).toContain(`error duplicate-pxe-relay ${V10} wds`)
    expect(result.exit_code).toBe(3)
  })

  it('a new device may introduce a duplicate', async () => {
    const result = await against({ ...BASE, 'r4.cfg': router(4, { 20: [RELAY, ...HSRP(20)] }) })
    expect(brief(result.findings.introduced)).toContain(`error duplicate-pxe-relay ${V20} wds`)
    expect(result.devices.map(d => [d.name, d.change])).toEqual([['r4', 'appeared']])
  })

  it('a new device that cannot be read leaves the site open', async () => {
    const result = await against({ ...BASE, 'r4.cfg': 'who knows\n' })
    expect(result.exit_code).toBe(3)
    expect(result.incomplete[0]).toMatch(/^r4 is new and could not be read: /)
  })

  it('segments come and go', async () => {
    const result = await against({
      'r2.cfg': router(2, { 10: [RELAY, ...HSRP(10)], 30: [RELAY] }),
      'r3.cfg': router(3, { 10: [RELAY, ...HSRP(10)] }),
    })
    expect(result.segments).toMatchObject({ appeared: ['default default 10.0.30.0/24'], vanished: [V20] })
    expect(result.verdicts.map(v => [v.segment, v.before?.verdict ?? null, v.after?.verdict ?? null])).toEqual([
      ['default default 10.0.30.0/24', null, 'single'],
      [V20, 'single', null],
    ])
  })

  it('a change on a segment that was never known is not clean', async () => {
    const broken = { 'r9.cfg': 'who knows\n' }
    const open = { current: folderOf({ ...BASE, ...broken }), points }
    const shut = NONE_IN_10.replace('interface Vlan20', 'interface Vlan20\n shutdown')
    const result = await validating({ ...open, proposed: folderOf({ ...BASE, ...broken, 'r3.cfg': shut }) })
    expect(result.exit_code).toBe(3)
    expect(result.incomplete).toContainEqual(expect.stringContaining('on segments that the change touches'))
    // What changes nothing does not touch them.
    const same = await validating({ ...open, proposed: folderOf({ ...BASE, ...broken }) })
    expect(same).toMatchObject({ exit_code: 0, incomplete: [] })
  })

  it('a segment that is new and not known is not clean', async () => {
    // What places the interface was not understood: it may stand anywhere, also where nothing was before.
    const files = { 'r2.cfg': router(2, { 10: [] }), 'r3.cfg': router(3, { 10: [] }) }
    const lost = files['r3.cfg'].replace(
      ' ip address 10.0.10.3 255.255.255.0',
      ` ip address 10.0.10.3 255.255.255.0 somewhere\n ${RELAY}`,
    )
    const result = await validating({ current: folderOf(files), proposed: folderOf({ ...files, 'r3.cfg': lost }), points })
    expect(result.exit_code).toBe(3)
    expect(result.verdicts.every(v => v.after?.verdict === 'unknown')).toBe(true)
  })

  it('a router that leaves a segment of which nothing is known touches it', async () => {
    const broken = { 'r9.cfg': 'who knows\n' }
    const there = { ...broken, 'r2.cfg': router(2, { 10: [RELAY] }), 'r3.cfg': router(3, { 10: [] }) }
    const moved = { ...there, 'r3.cfg': router(3, { 30: [] }) }
    const result = await validating({ current: folderOf(there), proposed: folderOf(moved), points })
    expect(result.segments.touched).toBe(2)
    expect(result.exit_code).toBe(3)
  })

  it('a file that comes beside another one of its name is no other device', async () => {
    const a = folderOf({ 'r2.cfg': BASE['r2.cfg'], 'r3.cfg': BASE['r3.cfg'] })
    const b = folderOf({ 'r2.cfg': BASE['r2.cfg'], 'r3.cfg': BASE['r3.cfg'] })
    writeFileSync(join(b, 'r3.txt'), router(4, { 30: [RELAY] }))
    const result = await validating({ current: a, proposed: b, points })
    expect(result.devices.map(d => d.change)).toEqual(['appeared'])
  })

  it('an inventory says which devices there are, and where', async () => {
    const inventory = inventoryOf([{ name: 'r2' }, { name: 'r3', site: 'elsewhere' }], points)
    const result = await against({ ...BASE, 'r3.cfg': BOTH_IN_20 }, { inventory })
    // At two sites they share no segment, and each lacks the peer of its group: nothing is known before or after.
    expect(result.findings.introduced.filter(f => f.after?.severity === 'error')).toEqual([])
    expect(result.verdicts).toEqual([])
    expect(result.exit_code).toBe(3)
  })

  it('waivers and baselines accept what is introduced', async () => {
    const files = { ...BASE, 'r3.cfg': BOTH_IN_20 }
    const waiver = {
      rule: 'duplicate-*',
      site: null,
      device: null,
      subnet: ['10.0.20.0/24'],
      point: null,
      reason: 'planned',
      owner: 'Ann',
      expires: null,
      place: 'w.yaml:1',
    }
    const waived = await against(files, { waivers: [waiver] })
    expect(waived.exit_code).toBe(0)
    expect(waived.findings.introduced[0]?.after?.waived).toBe('planned (Ann)')
    expect(waived.said).toEqual([])
    const [{ fingerprint, rule, subject } = { fingerprint: '', rule: '', subject: '' }] = waived.findings.introduced
    const entry = { fingerprint, rule, subject, severity: 'error' as const }
    const baseline = {
      schema_version: 1 as const,
      tool: { name: 't', version: '0' },
      written_at: '2026-11-01T00:00:00.000Z',
      findings: [entry],
    }
    expect((await against(files, { baseline })).exit_code).toBe(0)
    expect((await against(files, { waivers: [{ ...waiver, subnet: ['10.9.0.0/16'] }] })).said.join()).toContain('w.yaml:1')
  })

  it('what was accepted for two routers is introduced where a third one joins them', async () => {
    const three = { ...BASE, 'r4.cfg': router(4, { 10: HSRP(10) }) }
    const joined = { ...BASE, 'r4.cfg': router(4, { 10: [RELAY, ...HSRP(10)] }) }
    const waiver = { rule: 'duplicate-pxe-relay', site: null, subnet: null, point: null, expires: null, place: 'w.yaml:1' }
    const waivers = [{ ...waiver, device: ['r2', 'r3'], reason: 'old', owner: 'Ann' }]
    const changing = (before: typeof three, after: typeof three) =>
      validating({ current: folderOf(before), proposed: folderOf(after), points, waivers })
    const result = await changing(three, joined)
    // An audit of the proposed network fails as well: the waiver does not name r4.
    expect(result.exit_code).toBe(1)
    expect(brief(result.findings.introduced)).toEqual([`error duplicate-pxe-relay ${V10} wds`])
    const [{ before, after } = { before: null, after: null }] = result.findings.introduced
    expect([before?.waived, after?.waived]).toEqual(['old (Ann)', null])
    expect(result.findings.introduced.map(roseText)).toEqual([' (was accepted)'])
    // Back again it is accepted, and nothing is introduced.
    expect((await changing(joined, three)).exit_code).toBe(0)
    expect((await changing(three, { ...three, 'r4.cfg': `${three['r4.cfg']}! a remark\n` })).exit_code).toBe(0)
  })

  it('a third router that joins two is introduced: their duplicate is known, and its copy is not', async () => {
    const plain = (n: number) => router(n, { 10: [RELAY] })
    const two = { 'r2.cfg': plain(2), 'r3.cfg': plain(3), 'r4.cfg': router(4, { 10: [] }) }
    const three = { ...two, 'r4.cfg': plain(4) }
    const changing = (before: typeof two, after: typeof two) =>
      validating({ current: folderOf(before), proposed: folderOf(after), points })
    const result = await changing(two, three)
    expect(brief(result.findings.introduced)).toEqual([`error duplicate-pxe-relay ${V10} wds`])
    expect(result.findings.introduced.map(roseText)).toEqual([' (was 2 copies)'])
    expect(result.exit_code).toBe(1)
    const back = await changing(three, two)
    expect(brief(back.findings.introduced)).toEqual([])
    expect(back.exit_code).toBe(0)
    // The same number by another router is the duplicate that was there.
    const other = await changing({ ...two, 'r3.cfg': router(3, { 10: [] }), 'r4.cfg': plain(4) }, two)
    expect(other.exit_code).toBe(0)
  })

  it('an edited copy of a snapshot is judged by its text; its sites stay', async () => {
    const manifest = (sha: string | null) =>
      JSON.stringify({
        schema_version: 1,
        tool: { name: 'iphelper-audit', version: '0' },
        written_at: '2026-11-20T00:00:00Z',
        devices: ['r2', 'r3'].map(name => ({
          name,
          platform: 'cisco-ios',
          site: 'ams',
          status: 'collected',
          reason: null,
          command: 'show running-config',
          file: `${name}.cfg`,
          collected_at: '2026-11-20T00:00:00Z',
          sha256: sha,
          bytes: BASE[`${name}.cfg` as keyof typeof BASE].length,
        })),
      })
    const current = folderOf({ ...BASE, 'manifest.json': manifest(null) })
    for (const proposed of [
      { ...BASE, 'r3.cfg': BOTH_IN_20, 'manifest.json': manifest(null) },
      { ...BASE, 'r3.cfg': BOTH_IN_20 },
    ]) {
      const result = await validating({ current, proposed: folderOf(proposed), points })
      expect(brief(result.findings.introduced)).toEqual(['error duplicate-pxe-relay ams default 10.0.20.0/24 wds'])
      expect(result).toMatchObject({ incomplete: [], devices: [{ name: 'r3', change: 'changed' }] })
    }
  })
})

describe('snippets', () => {
  const trying = (...texts: readonly string[]) => {
    const current = folderOf(BASE)
    const files = texts.map((text, n) => {
      const file = join(folderOf({}), `change${n}.txt`)
      writeFileSync(file, text)
      return file
    })
    return validating({ current, changes: files.map(file => ({ device: 'r3', file })), points })
  }
  const SECOND = `interface Vlan20\n ${RELAY}\n`
  /** r2 relays Vlan20 and r3 does not, on another system. */
  const onJunos = (text: string) => {
    const file = join(folderOf({}), 'change0.txt')
    writeFileSync(file, text)
    const [r2, r3] = [2, 3].map(
      n => `set system host-name r${n}\nset interfaces irb unit 20 family inet address 10.0.20.${n}/24\n`,
    )
    const helpers = 'set forwarding-options helpers bootp'
    const current = folderOf({ 'r2.cfg': `${r2}${helpers} server 10.9.9.5\n${helpers} interface irb.20\n`, 'r3.cfg': `${r3}` })
    return validating({ current, changes: [{ device: 'r3', file }], points })
  }

  it('stand behind the configuration, and evidence points into them', async () => {
    const result = await trying(`! ticket 4711\n${SECOND}`)
    expect(brief(result.findings.introduced)).toEqual([`error duplicate-pxe-relay ${V20} wds`])
    const cited = result.findings.introduced[0]?.after?.evidence.map(e => [e.device, e.file.split('/').at(-1), e.line, e.text])
    expect(cited).toEqual([
      ['r2', 'r2.cfg', 10, RELAY],
      ['r3', 'change0.txt', 3, RELAY],
    ])
    expect(result.verdicts[0]?.after?.reasons.map(r => [r.file?.split('/').at(-1), r.line])).toEqual([
      ['r2.cfg', 10],
      ['change0.txt', 3],
    ])
    expect(result.changes).toMatchObject([{ device: 'r3', refused: [], effect: true }])
  })

  it('take back with the word of the platform', async () => {
    const result = await trying(`interface Vlan10\n no ${RELAY}\n`)
    expect(brief(result.findings.fixed)).toEqual([`error duplicate-pxe-relay ${V10} wds`])
    expect(result.exit_code).toBe(0)
  })

  it('that end in nothing, or begin anew, show no change that could be judged', async () => {
    const eos = (n: number) =>
      `! Command: show running-config\n! device: e${n} (DCS, EOS-4.29.3M)\nhostname e${n}\ninterface Vlan10\n   ip address 10.0.10.${n}/24\n   ${RELAY}\n!\nend\n`
    const nxos = (n: number) =>
      `!Command: show running-config\nversion 9.3(8)\nhostname n${n}\ninterface Vlan10\n  no shutdown\n  ip address 10.0.10.${n}/24\n  ip dhcp relay address 10.9.9.5\nline console\nline vty\n`
    const exits = async (of: (n: number) => string, text: string) => {
      const file = join(folderOf({}), 'change.txt')
      writeFileSync(file, text)
      const current = folderOf({ 'r2.cfg': of(2), 'r3.cfg': of(3) })
      return (await validating({ current, changes: [{ device: 'r3', file }], points })).exit_code
    }
    const removal = `interface Vlan10\n   no ${RELAY}\n`
    // Arista, EOS user manual, "Configure Session": `abort` drops it, `rollback clean-config` takes away all that was there.
    expect(await exits(eos, `configure session x\n${removal}commit\n`)).toBe(0)
    expect(await exits(eos, `configure session x\n${removal}abort\n`)).toBe(3)
    expect(await exits(eos, `configure session x\nrollback clean-config\n${removal}commit\n`)).toBe(3)
    const taken = 'interface Vlan10\n  no ip dhcp relay address 10.9.9.5\n'
    for (const first of ['conf t', 'configure terminal']) expect(await exits(nxos, `${first}\n${taken}`), first).toBe(0)
    for (const last of ['rollback running-config checkpoint x', 'configure replace bootflash:x', 'abort'])
      expect(await exits(nxos, `${taken}${last}\n`), last).toBe(3)
  })

  it('that are names which the configuration gives to commands may be any', async () => {
    const exit = async (aliases: string, text: string) => {
      const eos = (n: number) =>
        `! Command: show running-config\n! device: e${n} (DCS, EOS-4.29.3M)\n${aliases}\n!\nhostname e${n}\ninterface Vlan10\n   ip address 10.0.10.${n}/24\n${n === 2 ? `   ${RELAY}\n` : ''}!\nend\n`
      const file = join(folderOf({}), 'change.txt')
      writeFileSync(file, text)
      const current = folderOf({ 'r2.cfg': eos(2), 'r3.cfg': eos(3) })
      return (await validating({ current, changes: [{ device: 'r3', file }], points })).exit_code
    }
    const change = 'interface Vlan10\n   pxe\n'
    for (const alias of [
      `alias pxe ${RELAY}`,
      `alias pxe\n   10 ${RELAY}`,
      'alias pxe ip %1-address %2',
      `alias interface pxe ${RELAY}`,
      'alias pxe shutdown',
      'alias pxe configure replace flash:r3.cfg',
      'alias pxe write erase',
    ])
      expect(await exit(alias, change), alias).toBe(3)
    for (const alias of ['alias pxe show ip helper-address', 'alias px ip helper-address', 'alias pxe write memory'])
      expect(await exit(alias, change), alias).toBe(0)
  })

  it('that bring another switch to a tunnel touch what its other ends do', async () => {
    const eos = (name: string, ...lines: readonly string[]) =>
      `! Command: show running-config\n! device: ${name} (DCS, EOS-4.29.3M)\nhostname ${name}\n${lines.join('\n')}\n!\nend\n`
    const end = (name: string) =>
      eos(
        name,
        'dhcp relay',
        '   tunnel requests disabled',
        'interface Vlan10',
        '   ip address virtual 10.0.10.1/24',
        `   ${RELAY}`,
        'interface Vxlan1',
        '   vxlan vlan 10 vni 10010',
      )
    const current = folderOf({ 'r1.cfg': end('r1'), 'r2.cfg': end('r2'), 'r3.cfg': eos('r3', 'vlan 10', 'interface Vxlan1') })
    const file = join(folderOf({ 'change.txt': 'interface Vxlan1\n   vxlan vlan 10 vni 10010\n' }), 'change.txt')
    const result = await validating({ current, changes: [{ device: 'r3', file }], points })
    expect([result.exit_code, result.changes[0]?.effect]).toEqual([3, true])
    expect(result.verdicts.map(v => [v.before?.verdict, v.after?.verdict])).toEqual([['single', 'unknown']])
  })

  it('that delete or suspend a VLAN take its interface down on EOS, and of a VRF nobody knows what they take along', async () => {
    const eos = (n: number) =>
      `! Command: show running-config\n! device: e${n} (DCS, EOS-4.29.3M)\nhostname e${n}\nvlan 10\n!\nvrf instance RED\n!\ninterface Vlan10\n   ip address 10.0.10.${n}/24\n   ${RELAY}\n!\nend\n`
    const result = (text: string) => {
      const file = join(folderOf({}), 'change.txt')
      writeFileSync(file, text)
      const current = folderOf({ 'r2.cfg': eos(2), 'r3.cfg': eos(3) })
      return validating({ current, changes: [{ device: 'r3', file }], points })
    }
    for (const text of ['no vlan 10\n', 'no vlan 8-12\n', 'vlan 10\n   state suspend\n', 'vlan 10\nstate suspend\n'])
      expect(brief((await result(text)).findings.fixed), text).toEqual([`error duplicate-pxe-relay ${V10} wds`])
    for (const text of ['no vlan 10\nvlan 10\n   name x\n', 'no vlan 20\n', 'vlan 10\n   state active\n'])
      expect(brief((await result(text)).findings.fixed), text).toEqual([])
    for (const text of ['no vrf instance RED\n', 'default vlan 10\n']) expect((await result(text)).exit_code, text).toBe(3)
  })

  it('that delete, suspend or shut a VLAN take its interface down on IOS', async () => {
    const result = (text: string) => {
      const file = join(folderOf({ 'change.txt': text }), 'change.txt')
      return validating({ current: folderOf(BASE), changes: [{ device: 'r3', file }], points })
    }
    for (const text of ['no vlan 10\n', 'no vlan 8-12\n', 'vlan 10\n state suspend\n', 'vlan 10\nshutdown\n'])
      expect(brief((await result(text)).findings.fixed), text).toContain(`error duplicate-pxe-relay ${V10} wds`)
    for (const text of ['no vlan 10\nvlan 10\n name x\n', 'no vlan 30\n', 'vlan 10\n state active\n', 'no vlan filter KEEP\n'])
      expect(brief((await result(text)).findings.fixed), text).toEqual([])
  })

  it('that are joined on one line, go elsewhere or wait are not taken for what the device has afterwards', async () => {
    const nxos = (n: number) =>
      `!Command: show running-config\nversion 9.3(8)\nhostname n${n}\ninterface Vlan10\n  no shutdown\n  ip address 10.0.10.${n}/24\n${n === 2 ? '  ip dhcp relay address 10.9.9.5\n' : ''}line console\nline vty\n`
    const exit = async (device: string, text: string) => {
      const file = join(folderOf({}), 'change.txt')
      writeFileSync(file, text)
      const current = folderOf({ 'r2.cfg': nxos(2), 'r3.cfg': nxos(3) })
      return (await validating({ current, changes: [{ device, file }], points })).exit_code
    }
    const relay = 'ip dhcp relay address 10.9.9.5'
    // Cisco, NX-API CLI and "Configuring the Scheduler": a blank and a semicolon part the commands of a line.
    for (const joined of [
      `configure terminal ; interface Vlan10 ; ${relay}`,
      `show clock ; configure terminal ; interface Vlan10 ; ${relay}`,
      `interface Vlan10\n  description clients ; ${relay}`,
      `interface Vlan10\n  mtu 9216 ;${relay}`,
      'show clock ; conf t ; int vlan 10 ; ip dhcp relay add 10.9.9.5',
    ])
      expect(await exit('r3', `${joined}\n`), joined).toBe(3)
    for (const plain of ['show clock ; show version', 'copy running-config startup-config ; end'])
      expect(await exit('r3', `${plain}\n`), plain).toBe(0)
    // Behind it, another virtual device is spoken to.
    const removal = `interface Vlan10\n  no ${relay}\n`
    expect(await exit('r2', removal)).toBe(0)
    expect(await exit('r2', `switchto vdc PROD\nconfigure terminal\n${removal}`)).toBe(3)
    // What a profile holds is not carried out as it is typed. Without indentation nobody sees where it ends.
    for (const profile of ['configure maintenance profile maintenance-mode', 'configure profile P']) {
      expect(await exit('r2', `${profile}\ninterface Vlan10\nno ${relay}\n`), profile).toBe(3)
      expect(await exit('r2', `${profile}\n\n${removal}`), profile).toBe(3)
      expect(await exit('r2', `${profile}\nexit\n`), profile).toBe(0)
    }
    expect(await exit('r3', `conf prof P\n  interface Vlan10\n    ${relay}\napply profile P\n`)).toBe(3)
    expect(await exit('r2', `configure maintenance profile maintenance-mode\n  interface Vlan10\n    no ${relay}\n`)).toBe(0)
    // A profile that is the same on both halves of a pair is carried out when it is committed.
    expect(await exit('r3', `configure sync\nswitch-profile SP\n  interface Vlan10\n    ${relay}\n  commit\n`)).toBe(1)
    // What these run does not stand here.
    for (const script of [
      'run-script bootflash:add.txt',
      'python bootflash:add.py',
      'python3 add.py',
      'run bash vsh -c "conf t"',
    ])
      expect(await exit('r3', `${script}\n`), script).toBe(3)
  })

  it.each([
    ['r3(config-if)#'],
    ['r3(maint-mode)(config-if)# '],
    ['r3%tenant(config-if)# '],
    ['~r3+x(config-if)#'],
    ['r3 (config-if-Vl20)#'],
    ['admin@r3> '],
  ])('that show the prompt of a device are none: %s', async prompt => {
    await expect(trying(`${prompt}interface Vlan20\n${prompt}${RELAY}\n`)).rejects.toThrow('begins with the prompt of a device')
  })
  it.each([['! r3(config)# is what it says'], ['interface Vlan20\n description to r4 > r5 # 3']])(
    'that only look like one are read: %s',
    async text => expect(await trying(`${text}\n`)).toMatchObject({ exit_code: 0, incomplete: [] }),
  )

  it('of one device are typed in order', async () => {
    const [plus, minus] = [SECOND, `interface Vlan20\n no ${RELAY}\n`]
    const both = await trying(plus, minus)
    expect(both).toMatchObject({ exit_code: 0, verdicts: [], changes: [{ effect: false }, { effect: false }] })
    const reversed = await trying(minus, plus)
    expect(reversed.exit_code).toBe(1)
    expect(reversed.findings.introduced[0]?.after?.evidence.at(-1)).toMatchObject({ line: 2, text: RELAY })
    expect(reversed.findings.introduced[0]?.after?.evidence.at(-1)?.file).toContain('change1.txt')
  })

  it.each([
    ['with indentation that all lines have', `   interface Vlan20\n    ${RELAY}\n`],
    ['without any indentation', `interface Vlan20\n${RELAY}\n`],
    ['with the commands around them', `configure terminal\ninterface Vlan20\n ${RELAY}\n exit\nend\nwrite memory\n`],
    ['from Windows', `interface Vlan20\r\n ${RELAY}\r\n`],
    ['without a line end', `interface Vlan20\n ${RELAY}`],
  ])('are read %s', async (_, text) => {
    const result = await trying(text)
    expect(brief(result.findings.introduced)).toEqual([`error duplicate-pxe-relay ${V20} wds`])
    expect(result.incomplete).toEqual([])
  })

  it.each([
    ['a short form of a command', `interface Vlan20\n ip helper 10.9.9.5\n`, 2, 'ip helper 10.9.9.5'],
    ['a short form of the interface', `int vl20\n ${RELAY}\n`, 1, 'int vl20'],
    ['one of two letters', `in vlan20\n ${RELAY}\n`, 1, 'in vlan20'],
    ['the signs of a patch', `+interface Vlan20\n+ ${RELAY}\n`, 1, '+interface Vlan20'],
    [
      'a form of our keyword that is none',
      `interface Vlan20\n ${RELAY} through the back door\n`,
      2,
      `${RELAY} through the back door`,
    ],
  ])('%s is not understood, and never clean', async (_, text, line, said) => {
    const result = await trying(text)
    expect(result.exit_code).toBe(3)
    expect(result.changes[0]?.refused[0]).toEqual({ line, text: said })
    expect(result.incomplete[0]).toMatch(new RegExp(`^line ${line} of \\S*change0.txt was not understood: `))
    expect(result.verdicts.map(v => [v.segment, v.after?.verdict])).toContainEqual([V20, 'unknown'])
    // The message of the verdict names the line of the snippet, too.
    expect(JSON.stringify(result.verdicts)).toContain(`line ${line} of `)
    expect(JSON.stringify(result.verdicts)).not.toMatch(/line 1[3-9] of/)
  })

  it.each([
    ['configure replace flash:new.cfg force'],
    ['conf rep flash:new.cfg'],
    ['configure network tftp://192.0.2.1/r3.cfg'],
    ['copy tftp://192.0.2.1/r3.cfg running-config'],
    ['copy http://192.0.2.1/r3.cfg running-config vrf management'],
    ['copy start run'],
    ['copy bootflash:r3.cfg running-config echo-commands'],
    ['copy scp://192.0.2.1/r3.cfg running-config vrf management echo-commands'],
    ['copy flash:r3.cfg session-config named pxe'],
    // These count from the next start on.
    ['copy tftp://192.0.2.1/r3.cfg startup-config'],
    ['copy flash:new.cfg start'],
    ['copy scp://192.0.2.1/r3.cfg nvram:startup-config vrf management'],
    ['write erase'],
    ['erase startup-config'],
    ['rollback running-config checkpoint before'],
    ['interface Vlan20\n macro apply RELAY $server 10.9.9.5'],
    ['macro global apply RELAY'],
    ['tclsh flash:relay.tcl'],
    ['event manager run relay.tcl'],
    ['event manager run pxe.tcl'],
    ['tclsh flash:pxe.tcl'],
    ['bash'],
    ['guestshell'],
    ['event manager run RELAY'],
    ['guestshell run python3 relay.py'],
    ['run-script bootflash:relay.txt'],
    ['do copy tftp://192.0.2.1/r3.cfg running-config'],
    // Carried out later.
    ['kron policy-list RELAY\n cli copy tftp://192.0.2.1/r3.cfg running-config'],
    ['event manager applet RELAY\n action 1.0 cli command "configure replace flash:r3.cfg force"'],
    ['event manager policy relay.tcl type user'],
  ])('that bring lines which nobody sees are not understood: %s', async text => {
    const result = await trying(`${text}\n`)
    expect(result).toMatchObject({ exit_code: 3, changes: [{ refused: [{ text: text.split('\n').at(-1)?.trim() }] }] })
    expect(result.verdicts.map(v => [v.segment, v.after?.verdict])).toContainEqual([V20, 'unknown'])
  })

  it('may be names that the router was given for commands', async () => {
    const aliases = `alias interface pxe ${RELAY}\nalias exec fetch copy tftp://192.0.2.1/r3.cfg running-config\nalias exec sv show version\n`
    const current = folderOf({ ...BASE, 'r3.cfg': `${aliases}${BASE['r3.cfg']}` })
    const typed = async (text: string) => {
      const file = join(folderOf({ 'change.txt': text }), 'change.txt')
      return (await validating({ current, changes: [{ device: 'r3', file }], points })).exit_code
    }
    for (const text of ['interface Vlan20\n pxe\n', 'interface Vlan10\n no pxe\n', 'do fetch\n'])
      expect(await typed(text), text).toBe(3)
    for (const text of ['do sv\n', 'interface Vlan20\n mtu 1400\n']) expect(await typed(text), text).toBe(0)
    const own = `alias interface boot ${RELAY}\ninterface Vlan20\n boot\n`
    expect(await typed(own)).toBe(3)
  })

  it('of a script are not understood, whatever they type', async () => {
    const text = `tclsh\nforeach v {10 20} {\nios_config "interface Vlan$v" "${RELAY}"\n}\ntclquit\n`
    const result = await trying(text)
    expect(result.exit_code).toBe(3)
    expect(result.changes[0]?.refused.map(r => r.line)).toEqual([1, 3])
  })

  it.each([
    ['load merge /var/tmp/more.conf', 1],
    ['load override terminal', 1],
    ['load merge relative terminal', 1],
    ['rollback 3\ncommit', 1],
    ['rollback rescue', 1],
    ['delete interfaces irb unit 20\nrollback 0\ncommit', 2],
  ])('that bring or take back lines which nobody sees are not understood on Junos: %s', async (text, line) => {
    const result = await onJunos(`${text}\n`)
    expect(result.exit_code).toBe(3)
    expect(result.incomplete[0]).toMatch(new RegExp(`^line ${line} of \\S*change0.txt was not understood: `))
  })

  it.each([
    ['configure\nrollback 0\ncommit and-quit', []],
    [
      'load set terminal\nset forwarding-options helpers bootp server 10.9.9.5\nset forwarding-options helpers bootp interface irb.20',
      [`error duplicate-pxe-relay ${V20} wds`],
    ],
  ])('that stand there are read on Junos: %s', async (text, errors) => {
    const result = await onJunos(`${text}\n`)
    expect(result.incomplete).toEqual([])
    expect(brief(result.findings.introduced).filter(f => f.startsWith('error'))).toEqual(errors)
  })

  it.each([
    ['copy running-config startup-config'],
    ['copy run start'],
    ['copy running-config flash:before.cfg'],
    ['configure terminal'],
    ['reload in 10'],
    ['macro description SERVER'],
    ['guestshell enable'],
    ['event manager environment x 1'],
    ['scripting tcl low-memory 1000'],
    ['event manager session cli username admin'],
    ['do copy running-config startup-config'],
    ['kron policy-list BACKUP\n cli copy running-config tftp://192.0.2.1/r3.cfg\n cli write'],
    ['event manager applet BACKUP\n action 1.0 cli command "enable"\n action 2.0 cli command "copy run start"'],
  ])('that bring none are no reason to doubt: %s', async text => {
    expect(await trying(`${text}\n`)).toMatchObject({ exit_code: 0, incomplete: [] })
  })

  it.each([
    ['without the levels around them', 'group C {\n    interface irb.20;\n}\n'],
    ['of one line without them', 'interface irb.20;\n'],
    ['in JSON', '{ "configuration" : { "forwarding-options" : {} } }\n'],
    ['in XML', '<configuration>\n    <forwarding-options/>\n</configuration>\n'],
  ])('statements %s are not understood', async (_, text) => {
    const result = await onJunos(text)
    expect(result.changes[0]?.refused[0]).toEqual({ line: 1, text: text.split('\n')[0] })
    expect(result.exit_code).toBe(3)
  })

  it('that other platforms have as well, and that no verdict rests on, are no commands for those', async () => {
    const lines = [
      'vlan 30',
      ' name guests',
      'no vlan 31',
      'interface Vlan20',
      ' description hall',
      ' load-interval 30',
      'interface GigabitEthernet0/9',
      ' switchport',
    ]
    expect(await trying(`${lines.join('\n')}\n`)).toMatchObject({ exit_code: 0, changes: [{ refused: [] }] })
  })
  // Commands for the router that stands there next year, or for the one beside it.
  it.each([
    ['Cisco NX-OS', 'interface Vlan20\n  hsrp 20\n    ip 10.0.20.1\n', 2],
    ['Cisco NX-OS', 'feature dhcp\n', 1],
    ['Arista EOS', 'dhcp relay\n   server 10.9.9.5\n', 1],
    ['Juniper Junos', 'set forwarding-options helpers bootp interface irb.20 server 10.9.9.5\n', 1],
    ['Juniper Junos', 'set interfaces irb unit 20 family inet address 10.0.20.9/24\n', 1],
    [
      'Juniper Junos',
      'forwarding-options {\n    helpers {\n        bootp {\n            server 10.9.9.5;\n        }\n    }\n}\n',
      4,
    ],
  ])('in the words of %s are not understood on IOS: %s', async (name, text, line) => {
    const result = await trying(`ntp server 192.0.2.1\n${text}`)
    expect(result.exit_code).toBe(3)
    expect(result.incomplete).toContainEqual(
      expect.stringMatching(new RegExp(`^line ${line + 1} of \\S*change0.txt was not understood, for it is ${name}: `)),
    )
    expect(result.verdicts.map(v => [v.segment, v.after?.verdict])).toContainEqual([V20, 'unknown'])
  })

  it('in the words of IOS are not understood on another system', async () => {
    const nexus = (n: number, ...lines: string[]) =>
      [
        'version 9.3(5)',
        `hostname r${n}`,
        'feature interface-vlan',
        'feature dhcp',
        'interface Vlan20',
        '  no shutdown',
        `  ip address 10.0.20.${n}/24`,
        ...lines,
        '',
      ].join('\n')
    const current = folderOf({ 'r2.cfg': nexus(2, '  ip dhcp relay address 10.9.9.5'), 'r3.cfg': nexus(3) })
    const change = (text: string) => [{ device: 'r3', file: join(folderOf({ 'c.txt': text }), 'c.txt') }]
    const told = await validating({ current, changes: change(`interface Vlan20\n ${RELAY}\n standby 20 ip 10.0.20.1\n`), points })
    expect(told.exit_code).toBe(3)
    expect(told.incomplete[0]).toMatch(/^line 2 of \S*c.txt was not understood: ip helper-address/)
    expect(told.incomplete[1]).toMatch(/^line 3 of \S*c.txt was not understood, for it is Cisco IOS and IOS-XE: standby 20 ip/)
    const own = await validating({ current, changes: change('interface Vlan20\n  mtu 9216\n  no ip redirects\n'), points })
    expect(own).toMatchObject({ exit_code: 0, incomplete: [], verdicts: [] })
  })

  it('that begin another configuration leave it open, and the reason is told', async () => {
    const result = await trying('hostname r9\n')
    expect(result.exit_code).toBe(3)
    const why = 'the file holds 2 configurations; store each in a file of its own'
    expect(result.incomplete[0]).toBe(`r3 was read before and cannot be judged by now: ${why}`)
    expect(result.findings.unjudged.map(f => f.why)).toContain(`r3: ${why}`)
  })

  it('that type a relay again add none', async () => {
    const result = await trying(`interface Vlan10\n ${RELAY}\n`)
    expect(result).toMatchObject({ exit_code: 0, verdicts: [], changes: [{ effect: false }] })
  })

  it('that change nothing that relaying depends on say so', async () => {
    const result = await trying('ntp server 192.0.2.1\n')
    expect(result).toMatchObject({ exit_code: 0, changes: [{ effect: false }], verdicts: [], incomplete: [] })
  })

  it('to a device that could not be read cannot be tried', async () => {
    const current = folderOf({ ...BASE, 'r9.cfg': 'who knows\n' })
    const file = join(folderOf({}), 'c.txt')
    writeFileSync(file, SECOND)
    const result = await validating({ current, changes: [{ device: 'r9', file }], points })
    expect(result.exit_code).toBe(3)
    expect(result.incomplete[0]).toMatch(/^the change to r9 could not be tried: /)
  })
})

describe('the command line', () => {
  const current = folderOf(BASE)
  const proposed = folderOf({ ...BASE, 'r3.cfg': BOTH_IN_20 })
  const file = (text: string | Buffer) => {
    const path = join(folderOf({}), 'change.txt')
    writeFileSync(path, text)
    return path
  }
  const PXE = ['--pxe', 'wds=10.9.9.5']

  it('says what changes, in 80 columns', async () => {
    const { code, out, err } = await cli('--current', current, '--proposed', proposed, ...PXE)
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect(out.split('\n').filter(line => line.length > 80 && !line.includes(current) && !line.includes(proposed))).toEqual([])
    expect(out).toContain('! 10.0.20.0/24 wds: single -> duplicate, 1 -> 2 copies')
    expect(out).toContain('Introduced: 1 finding\nerror duplicate-pxe-relay')
    expect(out.replace(/\s+/g, ' ')).toContain(
      'The change introduces 1 finding (1 error), fixes 1 finding (1 info) and leaves 3 as they were.',
    )
  })

  it('counts what is too much for a terminal, unless all is wanted', async () => {
    const many = (relayed: boolean) =>
      Object.fromEntries(
        [2, 3].map(host => [
          `r${host}.cfg`,
          router(host, Object.fromEntries(Array.from({ length: 25 }, (_, v) => [v + 100, host === 2 || relayed ? [RELAY] : []]))),
        ]),
      )
    const args = ['--current', folderOf(many(false)), '--proposed', folderOf(many(true)), ...PXE]
    const { out } = await cli(...args)
    expect(out).toContain('  5 more verdicts change; --all shows them\n')
    expect(out).toContain('Introduced: 25 findings\n')
    expect(out.match(/^error duplicate-pxe-relay/gm)).toHaveLength(20)
    expect(out).toContain('  and 5 more findings; --all shows them\n')
    expect((await cli(...args, '--all')).out.match(/^error duplicate-pxe-relay/gm)).toHaveLength(25)
  })

  it('prints JSON that its schema accepts', async () => {
    const { out } = await cli('--current', current, '--proposed', proposed, ...PXE, '--format', 'json')
    const result = validationSchema.parse(JSON.parse(out)) satisfies Validation
    expect(result.exit_code).toBe(1)
    const open = folderOf({ 'r2.cfg': BASE['r2.cfg'] })
    const lost = await cli('--current', current, '--proposed', open, ...PXE, '--format', 'json')
    expect(validationSchema.safeParse(JSON.parse(lost.out)).error).toBeUndefined()
    expect(lost.code).toBe(3)
  })

  it('writes Markdown into a file, and text to the terminal', async () => {
    const comment = join(folderOf({}), 'comment.md')
    const { out, code } = await cli(
      '--current',
      current,
      '--proposed',
      proposed,
      ...PXE,
      '-f',
      'text',
      '-f',
      `markdown=${comment}`,
      '--exit-zero',
    )
    expect(code).toBe(0)
    expect(out).toContain('Verdicts that change')
    const text = readFileSync(comment, 'utf8')
    expect(text).toContain('### :x: PXE relays: the change introduces 1 finding\n')
    expect(text).toContain('| 10.0.20.0/24 wds | single -&#62; duplicate, 1 -&#62; 2 copies |')
  })

  it('reads an inventory, its waivers and a baseline', async () => {
    const inventory = join(folderOf({}), 'inventory.yaml')
    const waivers = [{ rule: 'duplicate-pxe-relay', subnet: '10.0.20.0/24', reason: 'planned', owner: 'Ann' }]
    writeFileSync(
      inventory,
      JSON.stringify({
        pxe_points: [{ name: 'wds', kind: 'wds', addresses: ['10.9.9.5'] }],
        devices: ['r2', 'r3'].map(name => ({ name, config: `${name}.cfg` })),
        waivers,
      }),
    )
    const args = ['--current', current, '--proposed', proposed, '-i', inventory]
    expect((await cli(...args)).code).toBe(0)
    expect((await cli(...args, '--no-waivers')).code).toBe(1)
  })

  const change = ['--current', current, ...PXE]
  it.each<[string, readonly string[], string]>([
    ['nothing at all', [], 'what is the network as it is? Name a folder or a git revision'],
    ['no proposal', change, 'what is proposed?'],
    ['both proposals', [...change, '--proposed', proposed, '--change', `r3=${file('x')}`], 'use one of them'],
    ['no server', ['--current', current, '--proposed', proposed], 'which PXE server?'],
    ['two sources of servers', [...change, '--proposed', proposed, '-i', 'inventory.yaml'], '--pxe goes without -i'],
    ['no such folder or revision', ['--current', join(current, 'nope'), '--proposed', proposed, ...PXE], 'nope'],
    [
      'a file as a side',
      ['--current', join(current, 'r2.cfg'), '--proposed', proposed, ...PXE],
      'is a file; name the folder it stands in',
    ],
    [
      'an option as a revision',
      ['--current=-p', '--proposed', proposed, ...PXE],
      'neither a folder nor a git revision begins with a hyphen',
    ],
    ['an empty side', ['--current', current, '--proposed', folderOf({}), ...PXE], 'there is no configuration in the folder'],
    ['an empty name', ['--current=', '--proposed', proposed, ...PXE], '--current names nothing'],
    [
      'an unknown device',
      [...change, '--change', `r33=${file('x')}`],
      '--change r33=change.txt: there is no device r33; did you mean r3?',
    ],
    ['no file', [...change, '--change', 'r3'], 'write DEVICE=FILE'],
    ['a file that is not there', [...change, '--change', 'r3=/nope/x'], 'there is no file /nope/x'],
    ['a folder for a snippet', [...change, '--change', `r3=${current}`], 'is a folder; name the file with the lines for r3'],
    ['an empty snippet', [...change, '--change', `r3=${file(' \n')}`], 'is empty; put the lines for r3 into it'],
    ['a binary snippet', [...change, '--change', `r3=${file(Buffer.alloc(200))}`], 'holds binary data'],
    [
      'a whole configuration',
      [...change, '--change', `r3=${file(BOTH_IN_20)}`],
      'is a whole configuration, of r3, and not a change to one',
    ],
    [
      'a session',
      [...change, '--change', `r3=${file('r3(config)#interface Vlan20\nr3(config-if)#ip helper-address 10.9.9.5\n')}`],
      'line 1 of change.txt begins with the prompt of a device',
    ],
    [
      'a ragged snippet',
      [...change, '--change', `r3=${file('  interface Vlan20\n ip helper-address 10.9.9.5\n')}`],
      'the first line of change.txt is indented deeper than one below it',
    ],
    ['removing what stays', [...change, '--proposed', proposed, '--removed', 'r3'], '--removed r3: it is still in'],
    ['removing what never was', [...change, '--proposed', proposed, '--removed', 'r7'], '--removed r7: there is no such device'],
    ['removing with a snippet', [...change, '--change', `r3=${file('x')}`, '--removed', 'r2'], '--removed goes with --proposed'],
    [
      'an unknown format',
      [...change, '--proposed', proposed, '--format', 'jsn'],
      'there is no format "jsn"; did you mean "json"?',
    ],
    [
      'two formats for one place',
      [...change, '--proposed', proposed, '--format', 'json', '--format', 'text'],
      'only one format can go to standard output',
    ],
    [
      'a waiver file that is not there',
      [...change, '--proposed', proposed, '--waivers', '/nope/w'],
      'there is no file of waivers /nope/w',
    ],
  ])('2: %s', async (_, args, sentence) => {
    const { code, out, err } = await cli(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.replace(/\/\S*\/(?=change\.txt)/g, '')).toContain(sentence)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('says in the README what it says', async () => {
    const text = (name: string, host: number, own: readonly string[]) =>
      [
        'version 15.2',
        `hostname ${name}`,
        ...[10, 20].flatMap(v => [
          `interface Vlan${v}`,
          ` ip address 10.0.${v}.${host} 255.255.255.0`,
          ...own,
          ` standby ${v} ip 10.0.${v}.1`,
        ]),
        'end',
        '',
      ].join('\n')
    const configs = folderOf({ 'core1.cfg': text('core1', 2, [` ${RELAY}`]), 'core2.cfg': text('core2', 3, []) })
    const snippet = file(`interface Vlan20\n ${RELAY}\n`)
    const { out } = await cli('--current', configs, '--change', `core2=${snippet}`, ...PXE)
    const shown = out.slice(0, out.indexOf('Current, '))
    expect(readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8')).toContain(shown)
  })

  it('shows examples', async () => {
    const { code, out } = await cli('--help')
    expect(code).toBe(0)
    expect(out).toContain('iphelper-audit validate --current main --proposed configs/ --pxe 10.9.9.5')
    expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
  })
})
