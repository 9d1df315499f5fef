import type { PlannedPort, PlannedRelay, PlannedRouter } from './plan.ts'
import type { Random } from './random.ts'
import { address, type Block, body, groupsOf, mask, secondary, secretOf, TARGETS, virtual } from './words.ts'

/** Cisco IOS: `show running-config`, closed by `end`. */
export function renderIos(router: PlannedRouter, r: Random): { head: Block[]; parts: Block[]; tail: Block[] } {
  const head: Block[] = [
    [
      'Building configuration...',
      '',
      'Current configuration : 4711 bytes',
      '!',
      'version 15.2',
      'service timestamps log datetime msec',
    ],
    [`hostname ${router.name}`],
  ]
  if (router.off) head.push(['no service dhcp'])
  if (router.ports.some(p => p.vlan.vrf === 'RED'))
    head.push(['vrf definition RED', ' address-family ipv4', ' exit-address-family'])
  const pools = router.ports.filter(p => p.pool && p.relays.length > 0).map(poolOf)
  if (router.share)
    pools.push(['ip dhcp pool SHARED', ' relay source 10.0.0.0 255.224.0.0', ...router.share.relays.map(destination)])
  const interfaces = router.ports.map(port => interfaceOf(router, port, r))
  const noise: Block[] = [
    ['interface Loopback0', ' ip address 10.255.0.1 255.255.255.255'],
    ['interface GigabitEthernet1/0/1', ' description ip helper-address 10.9.9.5', ' switchport mode access'],
    ['router ospf 1', ' passive-interface default'],
    ['ip access-list extended PXE', ' permit udp any host 10.9.9.5 eq bootps', ' remark ip helper-address 10.9.9.5'],
    ['line vty 0 4', ' transport input ssh'],
    ['banner motd ^C', 'interface Vlan10', ' ip helper-address 10.9.9.5', '^C'],
  ]
  const bootp = router.bootpOff ? [['no ip forward-protocol udp bootps']] : []
  return { head, parts: [...pools, ...interfaces, ...bootp, ...r.some(noise, r.below(noise.length + 1))], tail: [['end']] }
}

const poolOf = ({ vlan, relays }: PlannedPort): Block => [
  `ip dhcp pool RELAY${vlan.id}`,
  ` relay source 10.${vlan.id}.0.0 255.255.255.0`,
  ...relays.map(destination),
]
const destination = ({ target }: PlannedRelay) => ` relay destination ${TARGETS[target]}`

function interfaceOf(router: PlannedRouter, port: PlannedPort, r: Random): Block {
  const { vlan } = port
  const lines = [` ip address ${address(port)} ${mask(port.prefix)}`, ' no ip redirects']
  if (vlan.secondary) lines.push(` ip address ${secondary(port)} 255.255.255.0 secondary`)
  if (!port.up) lines.push(' shutdown')
  if (!port.pool)
    lines.push(
      ...port.relays.map(relay => ` ip helper-address ${scope(port, relay, r)}${TARGETS[relay.target]}${gate(port, relay)}`),
    )
  const own = groupsOf(router, port)
  if (own.some(g => g.group.protocol === 'hsrp')) lines.push(' standby version 2')
  for (const { group, index } of own) {
    const word = group.protocol === 'hsrp' ? 'standby' : group.protocol
    const start = ` ${word} ${group.number}`
    lines.push(`${start} ip ${virtual(vlan, index)}`, `${start} priority ${90 + r.below(40)}`)
    if (group.name !== null) lines.push(`${start} name ${group.name}`)
    if (group.secret !== null) lines.push(`${start} authentication ${r.chance(0.5) ? 'text ' : ''}${secretOf(group, router)}`)
    if (r.chance(0.5)) lines.push(`${start} preempt`)
    if (r.chance(0.2)) lines.push(`${start} timers 1 3`)
  }
  return [`interface Vlan${vlan.id}`, ...body(r, vlan.vrf === 'RED' ? [' vrf forwarding RED'] : [], lines)]
}

/** A VRF that is the interface's own may be said as well. */
const scope = ({ vlan }: PlannedPort, { into }: PlannedRelay, r: Random) =>
  vlan.vrf === 'default' ? '' : into === 'default' ? 'global ' : r.chance(0.5) ? 'vrf RED ' : ''

function gate({ vlan }: PlannedPort, { gate }: PlannedRelay): string {
  if (gate === null) return ''
  if (gate === 'typo') return ' redundancy PXE-TYPO'
  const group = vlan.groups[gate]
  return ` redundancy ${group?.name ?? `hsrp-Vl${vlan.id}-${group?.number}`}`
}
