import type { PlannedPort, PlannedRelay, PlannedRouter } from './plan.ts'
import type { Random } from './random.ts'
import { address, type Block, body, groupsOf, mask, secondary, TARGETS, virtual } from './words.ts'

/** Arista EOS: `show running-config`, closed by `end`. */
export function renderEos(router: PlannedRouter, r: Random): { head: Block[]; parts: Block[]; tail: Block[] } {
  const head: Block[] = [
    [`! device: ${router.name} (DCS-7050SX3-48YC8, EOS-4.28.3M)`, '!', 'service routing protocols model ribd'],
    [`hostname ${router.name}`],
  ]
  if (router.ports.some(p => p.vlan.vrf === 'RED')) head.push(['vrf instance RED'])
  const relay = [
    ...router.servers.map(target => `   server ${TARGETS[target]}`),
    ...(!router.pair?.drops ? [] : ['   mlag peer-link requests disabled']),
  ]
  const parts: Block[] = router.ports.map(port => interfaceOf(router, port, r))
  if (relay.length > 0) parts.push(['dhcp relay', ...r.shuffle(relay)])
  if (router.pair !== null) {
    const { domain, own, peer } = router.pair
    parts.push(
      [
        'mlag configuration',
        `   domain-id ${domain}`,
        '   local-interface Vlan4094',
        `   peer-address ${peer}`,
        '   peer-link Port-Channel1',
      ],
      ['interface Vlan4094', `   ip address ${own}/30`, '   no autostate'],
    )
  }
  const noise: Block[] = [
    ['interface Loopback0', '   ip address 10.255.0.3/32'],
    ['interface Ethernet1', '   description ip helper-address 10.9.9.5', '   switchport mode trunk'],
    ['ip virtual-router mac-address 00:1c:73:00:00:99'],
    ['ip routing'],
    ['banner motd', 'interface Vlan10', '   ip helper-address 10.9.9.5', 'EOF'],
  ]
  return { head, parts: [...parts, ...r.some(noise, r.below(noise.length + 1))], tail: [['end']] }
}

/** A VRF that is the interface's own may be said as well. */
const scope = ({ vlan }: PlannedPort, into: PlannedRelay['into'], r: Random) =>
  vlan.vrf === 'default' ? '' : into === 'default' ? ' vrf default' : r.chance(0.5) ? ' vrf RED' : ''

function interfaceOf(router: PlannedRouter, port: PlannedPort, r: Random): Block {
  const { vlan } = port
  const lines = [
    r.chance(0.5) ? `   ip address ${address(port)}/${port.prefix}` : `   ip address ${address(port)} ${mask(port.prefix)}`,
  ]
  if (vlan.secondary) lines.push(`   ip address ${secondary(port)}/24 secondary`)
  if (!port.up) lines.push('   shutdown')
  if (port.silent || router.off) lines.push('   dhcp relay ipv4 disabled')
  for (const { target, into } of port.relays) lines.push(`   ip helper-address ${TARGETS[target]}${scope(port, into, r)}`)
  for (const { group, index } of groupsOf(router, port)) {
    if (group.protocol === 'anycast') {
      lines.push(`   ip virtual-router address ${virtual(vlan, index)}`)
      continue
    }
    const old = r.chance(0.5)
    lines.push(`   vrrp ${group.number} ${old ? 'ip' : 'ipv4'} ${virtual(vlan, index)}`)
    lines.push(`   vrrp ${group.number} ${old ? 'priority' : 'priority-level'} ${90 + r.below(40)}`)
    if (r.chance(0.3)) lines.push(`   no vrrp ${group.number} preempt`)
  }
  return [`interface Vlan${vlan.id}`, ...body(r, vlan.vrf === 'RED' ? ['   vrf RED'] : [], lines)]
}
