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
/** One pool, range or list that serves several interfaces, which then have no relays of their own. */
export interface PlannedShare {
  /** IOS: a pool whose source covers them. Junos: a range, `all`, or the servers of the level. */
  readonly form: 'pool' | 'range' | 'all' | 'level'
  /** The VLANs it serves, in ascending order. */
  readonly ids: readonly number[]
  readonly relays: readonly PlannedRelay[]
}
export interface PlannedRouter {
  readonly name: string
  readonly os: Os
  readonly ports: readonly PlannedPort[]
  /** The device-wide switch of the relay service is off. */
  readonly off: boolean
  /** UDP port 67 is not forwarded (IOS). */
  readonly bootpOff: boolean
  /** Half of an MLAG pair (EOS). `drops`: it drops what it hears on the peer link. */
  readonly pair: { readonly domain: string; readonly own: string; readonly peer: string; readonly drops: boolean } | null
  readonly share: PlannedShare | null
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
  /** HSRP: whether its routers share a secret, or have one each and so do not hear one another. */
  readonly secret: 'shared' | 'own' | null
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

const halfOf = (n: number, drops: boolean) => ({ domain: 'PEERS', own: `10.254.0.${n + 1}`, peer: `10.254.0.${2 - n}`, drops })

/** A network of 2 to 6 routers and 1 to 4 VLANs. */
export function planNetwork(seed: number, { shift = 0, prefix = 'r' }: Wish = {}): Plan {
  const r = random(seed)
  const vrf = r.chance(0.5) ? ('default' as const) : null
  const size = 2 + r.below(5)
  // Vendors mostly come in pairs, or alone.
  const first = r.pick(ALL)
  const uniform = r.chance(0.4)
  const kinds = Array.from({ length: size }, (_, n) => (uniform || (n < 2 && r.chance(0.7)) ? first : r.pick(ALL)))
  const paired = kinds.flatMap((os, n) => (os === 'eos' ? [n] : [])).slice(0, 2)
  const mlag = paired.length === 2 && r.chance(0.7)
  const drops = r.chance(0.3)
  // Both halves of a pair mostly do the same.
  const alike = mlag && r.chance(0.75)
  const shells = kinds.map((os, n) => ({
    name: `${prefix}${n + 1}`,
    os,
    off: r.chance(0.04),
    bootpOff: os === 'ios' && r.chance(0.03),
    pair: mlag && paired.includes(n) ? halfOf(paired.indexOf(n), drops) : null,
    servers: os === 'eos' && r.chance(0.3) ? r.some(['first', 'dhcp', 'broadcast', 'name'] as const, 1 + r.below(2)) : [],
    agent: r.chance(0.5) ? ('dhcp-relay' as const) : ('bootp' as const),
    header: r.chance(0.5),
  }))
  const vlans = r.some([10, 20, 30, 140, 250], 1 + r.below(4)).map(id => {
    const drawn = r.some(shells, 1 + r.below(size))
    const members = alike && drawn.some(m => m.pair) ? [...drawn.filter(m => !m.pair), ...shells.filter(m => m.pair)] : drawn
    const plain = members.every(m => m.os !== 'junos-brace' && m.os !== 'junos-set')
    return { members, vlan: planVlan(r, id, members, plain && r.chance(0.25) ? 'RED' : 'default', shift) }
  })
  const routers: PlannedRouter[] = []
  for (const shell of shells) {
    const twin = alike && shell.pair ? routers.find(other => other.pair) : undefined
    const own = vlans.flatMap(({ members, vlan }): PlannedPort[] => {
      const n = members.indexOf(shell)
      if (n < 0) return []
      const port = planPort(r, shell, vlan, n + 2)
      return [{ ...port, ...(twin && { relays: twin.ports.find(p => p.vlan === vlan)?.relays ?? [] }) }]
    })
    const share = planShare(r, shell, own)
    const shared = (port: PlannedPort) => share?.ids.includes(port.vlan.id)
    const ports = own.map(port => (shared(port) ? { ...port, relays: [], pool: false, silent: false } : port))
    routers.push({ ...shell, ...(twin && { servers: twin.servers }), ports, share })
  }
  return { routers, vlans: vlans.map(v => v.vlan), vrf }
}

type Shell = Omit<PlannedRouter, 'ports' | 'share'>

/** Several interfaces of one router that are served through one list. */
function planShare(r: Random, { os, agent }: Shell, ports: readonly PlannedPort[]): PlannedShare | null {
  if (ports.length < 2 || !r.chance(os === 'ios' ? 0.15 : 0.3)) return null
  const sorted = ports.toSorted((a, b) => a.vlan.id - b.vlan.id)
  const relays = [
    ...r.some(['first', 'second', 'broadcast'] as const, 1 + r.below(2)),
    ...(r.chance(0.5) ? ['dhcp' as const] : []),
  ].map(target => ({ target, gate: null, into: 'default' as const }))
  const idsOf = (some: readonly PlannedPort[]) => some.map(p => p.vlan.id)
  if (os === 'ios') {
    // What the source of the pool covers, 10.0.0.0 to 10.31.255.255.
    const low = sorted.filter(p => p.vlan.id < 32)
    return low.length >= 2 && low.every(p => p.vlan.vrf === 'default') ? { form: 'pool', ids: idsOf(low), relays } : null
  }
  if (os !== 'junos-brace' && os !== 'junos-set') return null
  const bare = sorted.filter(p => p.relays.length === 0)
  if (agent === 'dhcp-relay' && r.chance(0.7)) {
    const from = r.below(sorted.length - 1)
    const upto = from + 1 + r.below(sorted.length - from - 1)
    return { form: 'range', ids: idsOf(sorted.slice(from, upto + 1)), relays }
  }
  const form = agent === 'bootp' && r.chance(0.5) ? ('level' as const) : ('all' as const)
  return form === 'level' ? { form, ids: idsOf(r.chance(0.5) ? sorted : bare), relays } : { form, ids: idsOf(bare), relays }
}

function planVlan(r: Random, id: number, members: readonly Shell[], vrf: PlannedVlan['vrf'], shift: number): PlannedVlan {
  const secondary = r.chance(0.15)
  const capable = members.filter(m => HSRP.includes(m.os))
  const named = (index: number) => (r.chance(0.75) ? `PXE-V${id}-${index}` : null)
  const group = (protocol: PlannedGroup['protocol'], index: number, of: readonly Shell[], name: string | null): PlannedGroup => ({
    protocol,
    number: id + index + shift,
    name,
    secret: protocol === 'hsrp' && r.chance(0.2) ? (r.chance(0.6) ? 'shared' : 'own') : null,
    members: of.map(m => m.name),
  })
  const groups: PlannedGroup[] = []
  const kind = r.below(10)
  if (kind < 6 && capable.length >= 2) {
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
