import type { PlannedPort, PlannedRelay, PlannedRouter } from './plan.ts'
import type { Random } from './random.ts'
import { address, type Block, groupsOf, secondary, secretOf, TARGETS, virtual } from './words.ts'

/** Cisco NX-OS, under the device's header or bare. The lines of the terminals follow the interfaces. */
export function renderNxos(router: PlannedRouter, r: Random): { head: Block[]; parts: Block[]; tail: Block[] } {
  const head: Block[] = [
    ...(router.header ? [['!Command: show running-config', '!Time: Fri Nov 27 01:00:00 2026', '']] : []),
    ['version 9.3(8)'],
    [`hostname ${router.name}`],
    ['feature hsrp', 'feature vrrp', 'feature interface-vlan', 'feature dhcp'],
    ['service dhcp', router.off ? 'no ip dhcp relay' : 'ip dhcp relay'],
  ]
  if (router.ports.some(p => p.vlan.vrf === 'RED')) head.push(['vrf context RED'])
  const noise: Block[] = [
    ['interface Ethernet1/1', '  description ip dhcp relay address 10.9.9.5', '  switchport mode trunk'],
    ['vlan 10,20', '  name clients'],
    ['ip access-list PXE', '  10 permit udp any 10.9.9.5/32 eq bootps'],
  ]
  const interfaces: Block[] = [
    ...router.ports.map(port => interfaceOf(router, port, r)),
    ['interface mgmt0', '  vrf member management'],
  ]
  return { head, parts: [...interfaces, ...r.some(noise, r.below(noise.length + 1))], tail: [['line console', 'line vty']] }
}

/** A VRF that is the interface's own may be said as well. */
const scope = ({ vlan }: PlannedPort, into: PlannedRelay['into'], r: Random) =>
  vlan.vrf === 'default' ? '' : into === 'default' ? ' use-vrf default' : r.chance(0.5) ? ' use-vrf RED' : ''

function interfaceOf(router: PlannedRouter, port: PlannedPort, r: Random): Block {
  const { vlan } = port
  const lines: string[][] = [[`  ip address ${address(port)}/${port.prefix}`], ['  no ip redirects']]
  if (vlan.secondary) lines.push([`  ip address ${secondary(port)}/24 secondary`])
  if (port.up) lines.push(['  no shutdown'])
  for (const { target, into } of port.relays) lines.push([`  ip dhcp relay address ${TARGETS[target]}${scope(port, into, r)}`])
  const own = groupsOf(router, port)
  if (own.some(g => g.group.protocol === 'hsrp')) lines.push(['  hsrp version 2'])
  for (const { group, index } of own) {
    const { protocol, number } = group
    const inside = [`${protocol === 'vrrp' ? 'address' : 'ip'} ${virtual(vlan, index)}`, `priority ${90 + r.below(40)}`]
    if (group.name !== null) inside.push(`name ${group.name}`)
    if (group.secret !== null) inside.push(`authentication text ${secretOf(group, router)}`)
    if (protocol === 'vrrp') inside.push('no shutdown')
    if (r.chance(0.5)) inside.push('preempt')
    lines.push([`  ${protocol} ${number}`, ...r.shuffle(inside).map(line => `    ${line}`)])
  }
  return [`interface Vlan${vlan.id}`, ...(vlan.vrf === 'RED' ? ['  vrf member RED'] : []), ...r.shuffle(lines).flat()]
}
