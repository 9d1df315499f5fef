// Changes in the words of NX-OS: what they do besides what they say, and what they leave.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Validation } from '../src/model/validation.ts'
import { pxePoint } from './support/point.ts'
import { cleanUp, folderOf, validating } from './support/validating.ts'

cleanUp()
const V10 = 'default default 10.0.10.0/24'
const RELAY = '  ip dhcp relay address 10.9.9.5'
const svi = (host: number, ...lines: string[]) => [
  'interface Vlan10',
  '  no shutdown',
  `  ip address 10.0.10.${host}/24`,
  ...lines,
]
const whole = (name: string, ...lines: string[]) =>
  [
    '!Command: show running-config',
    'version 9.3(8)',
    `hostname ${name}`,
    'feature dhcp',
    'vlan 1,10',
    ...lines,
    'line console',
    'line vty',
    '',
  ].join('\n')

/** What becomes of the verdicts when the lines are typed on the first of two routers. */
async function became(own: readonly string[], other: readonly string[], ...lines: string[]) {
  const { verdicts, changes } = await typing(own, other, ...lines)
  return {
    verdicts: verdicts.map(v => [v.segment, v.before?.verdict, v.after?.verdict]),
    refused: changes.flatMap(c => c.refused.map(r => r.text)),
  }
}
function typing(own: readonly string[], other: readonly string[], ...lines: string[]): Promise<Validation> {
  const current = folderOf({ 'n1.cfg': whole('n1', ...own), 'n2.cfg': whole('n2', ...other) })
  const file = join(folderOf({ 'change.txt': [...lines, ''].join('\n') }), 'change.txt')
  return validating({ current, changes: [{ device: 'n1', file }], points: [pxePoint()] })
}

describe('what a line takes along', () => {
  const gone = { verdicts: [[V10, 'single', 'none']], refused: [] }
  it.each([
    ['the feature behind SVIs', ['no feature interface-vlan']],
    ['the feature behind relays, and back: nothing comes back', ['no feature dhcp', 'feature dhcp']],
    ['the VLAN', ['no vlan 10']],
    ['the VLAN, among others', ['no vlan 2-9,10']],
    ['the state of the VLAN', ['vlan 10', '  state suspend']],
    ['the VLAN, shut', ['vlan 10', '  shutdown']],
  ])('%s', async (_, lines) => {
    expect(await became(svi(2, RELAY), svi(3), ...lines)).toEqual(gone)
  })

  it('a routed port that becomes one of the bridge', async () => {
    const port = ['interface Ethernet1/1', '  no switchport', '  ip address 10.0.10.2/24', RELAY]
    expect(await became(port, svi(3), 'interface Ethernet1/1', '  switchport')).toEqual(gone)
    // The way from a routed port to an SVI, in one change: one of them relays, not both.
    const moved = await became(port, svi(3), 'interface Ethernet1/1', '  switchport', ...svi(2, RELAY))
    expect(moved).toEqual({ verdicts: [], refused: [] })
  })

  it('groups go with their feature, so a router is left alone in its group', async () => {
    const group = ['  hsrp 10', '    ip 10.0.10.1']
    const { verdicts } = await became(svi(2, ...group, RELAY), svi(3, ...group), 'no feature hsrp')
    expect(verdicts).toEqual([[V10, 'single', 'unknown']])
  })

  it('what becomes of the interfaces of a VRF that goes is not known', async () => {
    const { refused } = await became(svi(2, RELAY), svi(3), 'vrf context BLUE', 'no vrf context BLUE')
    expect(refused).toEqual(['no vrf context BLUE'])
  })
})

describe('what a line may take along, or not, is not known', () => {
  const lent = ['port-profile type interface-vlan P', RELAY, '  state enabled', ...svi(2, '  inherit port-profile P')]
  const below = (subnet: string) => ['interface port-channel4', `interface port-channel4.${subnet}`, '  encapsulation dot1q 10']
  it.each<[string, string[], string[]]>([
    ['a port that is hardware', ['interface Ethernet1/1', '  ip address 10.0.10.2/24', RELAY], ['no interface Ethernet1/1']],
    ['subinterfaces of a port channel', [...below('10'), '  ip address 10.0.10.2/24', RELAY], ['no interface port-channel4']],
    ['a relay that a profile lends', lent, ['interface Vlan10', '  no ip dhcp relay address 10.9.9.5']],
    ['what a configured profile did', svi(2, RELAY), ['no apply profile P1']],
    ['what a configured profile does instead', svi(2, RELAY), ['refresh profile P1 P2 overwrite']],
    ['what a switch does that leaves the network', svi(2, RELAY), ['system mode maintenance']],
    ['a relay in another VRF', svi(2, `${RELAY} use-vrf SHARED`), ['interface Vlan10', '  no ip dhcp relay address 10.9.9.5']],
  ])('%s', async (_, own, lines) => {
    const { verdicts, refused } = await became(own, svi(3), ...lines)
    expect(refused).toEqual([lines.at(-1)?.trim()])
    expect(verdicts).toEqual([[V10, 'single', 'unknown']])
  })

  it('a profile that is not enabled any more lends nothing', async () => {
    const { verdicts } = await became(lent, svi(3), 'port-profile P', '  no state enabled')
    expect(verdicts).toEqual([[V10, 'single', 'none']])
  })
})

describe('what takes nothing along', () => {
  it.each([
    ['another VLAN', ['no vlan 11', 'vlan 12', '  state suspend']],
    ['a VLAN that is made anew', ['vlan 10', '  shutdown', 'no vlan 10', 'vlan 10']],
    ['settings of a VLAN that is left to itself', ['vlan configuration 10', '  shutdown']],
    ['ports', ['interface Ethernet1/7', '  switchport', '  switchport access vlan 10']],
    ['features of no weight', ['no feature vrrpv3', 'no feature glbp', 'no feature telnet']],
  ])('%s', async (_, lines) => {
    expect(await became(svi(2, RELAY), svi(3), ...lines)).toEqual({ verdicts: [], refused: [] })
  })
})

describe('blanks say nothing to a device', () => {
  it.each([
    [['hsrp 10', 'ip 10.0.10.1', 'no ip dhcp relay address 10.9.9.5'], 'ip 10.0.10.1'],
    [['vrrp 10', 'shutdown'], 'shutdown'],
    [['vrrp 10', '  address 10.0.10.1', '  no shutdown', 'no shutdown'], 'no shutdown'],
  ])('what follows a group goes into it, if it fits: %j', async (lines, told) => {
    const { refused } = await became(svi(2, RELAY), svi(3), 'interface Vlan10', ...lines.map(line => `  ${line}`))
    expect(refused).toEqual([told])
  })
  it.each([
    [['  hsrp 10', '    ip 10.0.10.1', '    exit', '  no ip dhcp relay address 10.9.9.5', '  exit', 'exit']],
    [['hsrp 10', 'ip 10.0.10.1', 'exit', 'no ip dhcp relay address 10.9.9.5', 'exit']],
    [['  vrrp 10', '    address 10.0.10.1', '  exit', '  no ip dhcp relay address 10.9.9.5']],
    [['  vrrp 10', '    address 10.0.10.1', '  vrrp 11', '    address 10.0.10.9', '  no ip dhcp relay address 10.9.9.5']],
  ])('what leaves a group is understood: %j', async lines => {
    const { refused } = await became(svi(2, RELAY), svi(3), 'interface Vlan10', ...lines)
    expect(refused).toEqual([])
  })
})

it.each(['conf', 'conf t', 'config t', 'config term', 'configure', 'configure terminal', 'configure dual-stage'])(
  'takes %s for the beginning of a change',
  async line => {
    const added = await became(svi(2), svi(3, RELAY), line, 'interface Vlan10', RELAY)
    expect(added).toEqual({ verdicts: [[V10, 'single', 'duplicate']], refused: [] })
  },
)

it('a relay of DHCPv6 by two interfaces to one address is two', async () => {
  const six = (...by: string[]) => [
    'interface Vlan10',
    '  no shutdown',
    '  ipv6 address 2001:db8:10::2/64',
    ...by.map(i => `  ipv6 dhcp relay address 2001:db8:9::5 interface ${i}`),
  ]
  const points = [pxePoint({ addresses: ['2001:db8:9::5'] })]
  const current = folderOf({ 'n1.cfg': whole('n1', ...six('Vlan20')) })
  const file = join(folderOf({ 'change.txt': six('vlan 20', 'Vlan30').join('\n') }), 'change.txt')
  const { verdicts } = await validating({ current, changes: [{ device: 'n1', file }], points })
  expect(verdicts.map(v => [v.before?.verdict, v.after?.copies])).toEqual([['single', 2]])
})
