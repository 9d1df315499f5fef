// What a finding shows of a configuration: the line it cites, and the line that says of which interface.
import { describe, expect, it } from 'vitest'
import { readText } from '../src/audit/known.ts'
import { scopeOf } from '../src/audit/scope.ts'

const read = (text: string, platform: string) =>
  readText({ device: 'r1', site: 'default', platform, state: 'collected', file: 'r1.cfg', text } as Parameters<
    typeof readText
  >[0])

const IOS = `hostname r1
interface Vlan10
 ip address 10.0.10.2 255.255.255.0
 ip helper-address 10.9.9.5
 standby 10 ip 10.0.10.1
!
interface Vlan20
 ip helper-address 10.9.9.5
!
end
`
const JUNOS = `set interfaces irb unit 10 family inet address 10.0.10.2/24
set forwarding-options dhcp-relay server-group PXE 10.9.9.5
set forwarding-options dhcp-relay group A active-server-group PXE
set forwarding-options dhcp-relay group A interface irb.10
`

describe('the line that a line stands under', () => {
  it('is the interface', () => {
    const device = read(IOS, 'cisco-ios')
    expect([3, 4, 5, 8].map(line => scopeOf(device, line))).toEqual([2, 2, 2, 7])
  })

  it('is nothing for a line that stands for itself, or that nobody knows', () => {
    const device = read(IOS, 'cisco-ios')
    expect([1, 2, 6, 10, 99].map(line => scopeOf(device, line))).toEqual([null, null, null, null, null])
  })

  it('is not the interface where the relay stands in a list of servers elsewhere', () => {
    const device = read(JUNOS, 'juniper-junos')
    expect(device.interfaces.flatMap(i => i.relays.map(r => r.line))).toEqual([2])
    expect(scopeOf(device, 2)).toBe(null)
  })

  it('is nothing where it would be in another part of the file', () => {
    const far = IOS.replace(' standby 10 ip', `${' no shutdown\n'.repeat(250)} standby 10 ip`)
    const device = read(far, 'cisco-ios')
    expect(device.interfaces[0]?.groups[0]?.line).toBe(255)
    expect([4, 255].map(line => scopeOf(device, line))).toEqual([2, null])
  })
})
