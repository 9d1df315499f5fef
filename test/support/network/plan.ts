// A network before it has any syntax: what each router does on each VLAN, chosen by one seed.
import { type Random, random } from './random.ts'

export type Os = 'ios' | 'nxos' | 'eos' | 'junos-brace' | 'junos-set'
/** Four ways to name the PXE point, and two DHCP servers that are none of its business. */
export type Target = 'first' | 'second' | 'name' | 'broadcast' | 'dhcp' | 'other'

export interface PlannedRelay {
  readonly target: Target
  /** The group (by position) whose active router alone relays; `typo` names none that exists. */
  readonly gate: number | 'typo' | null
  /** Looked up in the interface's own VRF, or in the default one. */
  readonly into: 'own' | 'default'
}
export interface PlannedPort {
  readonly vlan: PlannedVlan
  readonly host: number
  readonly prefix: number
  readonly up: boolean
  /** Told not to relay, with the platform's words for one interface. */
  readonly silent: boolean
  readonly relays: readonly PlannedRelay[]
  /** Through a DHCP pool instead of lines on the interface (IOS). */
  readonly pool: boolean
}
export interface PlannedRouter {
  readonly name: string
  readonly os: Os
  readonly ports: readonly PlannedPort[]
  /** The device-wide switch of the relay service is off. */
  readonly off: boolean
  /** UDP port 67 is not forwarded (IOS). */
  readonly bootpOff: boolean
  /** Half of an MLAG pair that drops what it hears on the peer link (EOS). */
  readonly pair: { readonly domain: string; readonly own: string; readonly peer: string } | null
  /** Servers for every interface without helpers of its own (EOS). */
  readonly servers: readonly Target[]
  /** Which of the two relay agents is used (Junos). */
  readonly agent: 'dhcp-relay' | 'bootp'
  /** NX-OS: printed under the device's own header, so that the text shows where it ends. */
  readonly header: boolean
}
export interface PlannedGroup {
  readonly protocol: 'hsrp' | 'vrrp' | 'glbp' | 'anycast'
  readonly number: number
  readonly name: string | null
  /** Names of its routers. */
  readonly members: readonly string[]
}
export interface PlannedVlan {
  readonly id: number
  readonly vrf: 'default' | 'RED'
  readonly secondary: boolean
  readonly groups: readonly PlannedGroup[]
}
export interface Plan {
  readonly routers: readonly PlannedRouter[]
  readonly vlans: readonly PlannedVlan[]
  /** VRF of the PXE point; null for any. */
  readonly vrf: 'default' | null
}

/** What the seed does not decide. */
export interface Wish {
  /** Added to every group number, on all routers alike. */
  readonly shift?: number
  /** In front of every router's name. */
  readonly prefix?: string
}

const ALL: readonly Os[] = ['ios', 'ios', 'nxos', 'eos', 'junos-brace', 'junos-set']
const HSRP: readonly Os[] = ['ios', 'nxos']
/** Only these can name a server by a host name. */
const NAMES: readonly Os[] = ['ios', 'eos']

const halfOf = (n: number) => ({ domain: 'PEERS', own: `10.254.0.${n + 1}`, peer: `10.254.0.${2 - n}` })

/** A network of 2 to 6 routers and 1 to 4 VLANs. */
export function planNetwork(seed: number, { shift = 0, prefix = 'r' }: Wish = {}): Plan {
  const r = random(seed)
  const vrf = r.chance(0.5) ? ('default' as const) : null
  const size = 2 + r.below(5)
  // Vendors mostly come in pairs.
  const first = r.pick(ALL)
  const kinds = Array.from({ length: size }, (_, n) => (n < 2 && r.chance(0.7) ? first : r.pick(ALL)))
  const paired = kinds.flatMap((os, n) => (os === 'eos' ? [n] : [])).slice(0, 2)
  const mlag = paired.length === 2 && r.chance(0.5)
  const shells = kinds.map((os, n) => ({
    name: `${prefix}${n + 1}`,
    os,
    off: r.chance(0.04),
    bootpOff: os === 'ios' && r.chance(0.03),
    pair: mlag && paired.includes(n) ? halfOf(paired.indexOf(n)) : null,
    servers: os === 'eos' && r.chance(0.3) ? r.some(['first', 'dhcp', 'broadcast', 'name'] as const, 1 + r.below(2)) : [],
    agent: r.chance(0.5) ? ('dhcp-relay' as const) : ('bootp' as const),
    header: r.chance(0.5),
  }))
  const vlans = r.some([10, 20, 30, 140, 250], 1 + r.below(4)).map(id => {
    const members = r.some(shells, 1 + r.below(size))
    const plain = members.every(m => m.os !== 'junos-brace' && m.os !== 'junos-set')
    return { members, vlan: planVlan(r, id, members, plain && r.chance(0.25) ? 'RED' : 'default', shift) }
  })
  const routers = shells.map((shell): PlannedRouter => {
    const ports = vlans.flatMap(({ members, vlan }): PlannedPort[] => {
      const n = members.indexOf(shell)
      return n < 0 ? [] : [planPort(r, shell, vlan, n + 2)]
    })
    return { ...shell, ports }
  })
  return { routers, vlans: vlans.map(v => v.vlan), vrf }
}

type Shell = Omit<PlannedRouter, 'ports'>

function planVlan(r: Random, id: number, members: readonly Shell[], vrf: PlannedVlan['vrf'], shift: number): PlannedVlan {
  const secondary = r.chance(0.15)
  const capable = members.filter(m => HSRP.includes(m.os))
  const named = (index: number) => (r.chance(0.75) ? `PXE-V${id}-${index}` : null)
  const group = (protocol: PlannedGroup['protocol'], index: number, of: readonly Shell[], name: string | null): PlannedGroup => ({
    protocol,
    number: id + index + shift,
    name,
    members: of.map(m => m.name),
  })
  const groups: PlannedGroup[] = []
  const kind = r.below(10)
  if (kind < 5 && capable.length >= 2) {
    groups.push(group('hsrp', 0, capable, named(0)))
    if (r.chance(0.2)) groups.push(group('hsrp', 1, capable, named(1)))
  } else if (kind < 7 && members.length >= 2) groups.push(group('vrrp', 0, members, null))
  else if (kind < 8 && capable.length >= 2) groups.push(group('glbp', 0, capable, null))
  else if (kind < 9) {
    const sharing = members.filter(m => !HSRP.includes(m.os))
    if (sharing.length >= 2) groups.push(group('anycast', 0, sharing, null))
  }
  return { id, vrf, secondary, groups }
}

function planPort(r: Random, shell: Shell, vlan: PlannedVlan, host: number): PlannedPort {
  const reachable: readonly Target[] = NAMES.includes(shell.os)
    ? ['first', 'second', 'name', 'broadcast']
    : ['first', 'second', 'broadcast']
  const own = vlan.groups.flatMap((g, index) => (g.protocol === 'hsrp' && g.members.includes(shell.name) ? [index] : []))
  const pool = shell.os === 'ios' && vlan.vrf === 'default' && r.chance(0.12)
  const relays: PlannedRelay[] = []
  const targets = r.chance(0.75) ? (r.chance(0.85) ? ['first' as const] : r.some(reachable, 1 + r.below(2))) : []
  const into = () => (vlan.vrf === 'default' || r.chance(0.7) ? ('default' as const) : ('own' as const))
  for (const target of targets) {
    const gate =
      shell.os === 'ios' && !pool && own.length > 0 && r.chance(0.6) ? (r.chance(0.1) ? ('typo' as const) : r.pick(own)) : null
    if (pool && target === 'name') continue
    relays.push({ target, gate, into: into() })
    // A plain line left beside the gated one, or a second gate.
    if (gate !== null && r.chance(0.15))
      relays.push({ target, gate: own.find(g => g !== gate && r.chance(0.5)) ?? null, into: 'default' })
  }
  for (const target of ['dhcp', 'other'] as const) if (r.chance(0.4)) relays.push({ target, gate: null, into: into() })
  const silent = shell.os !== 'ios' && shell.os !== 'nxos' && r.chance(0.06)
  return { vlan, host, prefix: r.chance(0.03) ? 23 : 24, up: r.chance(0.92), silent, relays: r.shuffle(relays), pool }
}
