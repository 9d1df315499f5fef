// What a gated relay hangs on: the redundancy group whose active router alone forwards it.
import type { Authentication, Device, Group, Interface, Relay } from '../model/device.ts'
import { inSubnet, subnetOf } from '../model/ip.ts'
import type { GateState } from '../model/judgement.ts'
import type { Network, RedundancyGroup, Segment } from '../model/network.ts'
import { edgeOf, isOfEdge } from './edges.ts'
import { groupKey } from './keys.ts'
import { contestedIn } from './witnesses.ts'

/** `hsrp-Vl10-10`: the name IOS and NX-OS make up for a group that was given none. */
const MADE_UP = /^hsrp-([A-Za-z]+)([\d/.:]*)-(\d+)$/

/** Finds the segment an interface stands on. */
export type SegmentOf = (device: Device, iface: Interface) => Segment | undefined

const indexes = new WeakMap<Network, SegmentOf>()

/** Looks segments up by interface; the index is made once for a network, when it is first asked. */
export function segmentIndex(network: Network): SegmentOf {
  const known = indexes.get(network)
  if (known) return known
  let index: Map<Interface, Segment> | undefined
  const found: SegmentOf = (_, iface) => {
    if (!index) {
      index = new Map()
      for (const segment of network.segments) for (const a of segment.attachments) index.set(a.interface, segment)
    }
    return index.get(iface)
  }
  indexes.set(network, found)
  return found
}

/** For whoever only asks whether a gate holds, which depends on the device alone; the segment tells which others share it. */
export const ANY_SEGMENT: SegmentOf = () => undefined
const HOLDS: GateState = { state: 'shared', key: '' }

/**
 * Says what holds a live relay back: HSRP over IPv4 on the relay's own interface (IOS `redundancy NAME`), the other half of a pair, or
 * a script that a group of the interface runs when its role changes.
 */
export function gateOf(device: Device, iface: Interface, relay: Relay, segmentOf: SegmentOf): GateState {
  if (relay.gate === 'pair-primary') return pairOn(device, iface, segmentOf(device, iface))
  if (relay.gate === 'always') return { state: 'open' }
  if (isOfEdge(relay)) return edgeOf(iface, segmentOf(device, iface))
  if (relay.follows) return scriptedBy(device, iface, relay.follows, segmentOf)
  if (relay.redundancy === null) return { state: 'broken', why: `nothing is known of what ${relay.gate} means here` }
  const name = relay.redundancy
  const groups = iface.groups.filter(g => named(g, iface, name))
  const [group = groups[0], ...others] = groups.filter(g => g.enabled)
  if (!group) return { state: 'broken', why: `no HSRP group of ${iface.name} is named ${name}` }
  if (!group.enabled) return { state: 'broken', why: `HSRP group ${group.id} of ${iface.name} is not running` }
  const gate = leaderOf(device, iface, group, segmentOf, [])
  if (others.length === 0 || gate.state !== 'shared') return gate
  const unclear = `${iface.name} of ${device.device} has several HSRP groups named ${name}, and which of them a relay hangs on is not documented`
  return { ...gate, unclear }
}

/** Only one router of a group is active, unless all of them are by design. */
function scriptedBy(
  device: Device,
  iface: Interface,
  { protocol, id }: NonNullable<Relay['follows']>,
  segmentOf: SegmentOf,
): GateState {
  const name = `${protocol.toUpperCase()} group ${id} of ${iface.name}`
  const group = iface.groups.find(g => g.protocol === protocol && g.id === id)
  if (!group) return { state: 'broken', why: `its script runs with ${name}, which is not there` }
  if (!group.enabled) return { state: 'broken', why: `${name} is not running` }
  if (protocol !== 'hsrp' && protocol !== 'vrrp') return { state: 'broken', why: `every router of ${name} forwards` }
  return leaderOf(device, iface, group, segmentOf, [])
}

/**
 * One address on either side of the link; where pairs were built alike, which two of the switches are one cannot be told. What comes
 * over the link stays in its VLAN: halves that stand on the segment in different ones hear its requests at ports of their own.
 */
function pairOn(device: Device, { vlan }: Interface, segment: Segment | undefined): GateState {
  const own = pairOf(device)
  if (own.state !== 'shared' || !segment) return own
  const halves = new Set<Device>()
  for (const { device: other } of segment.attachments) {
    const gate = other.pair ? pairOf(other) : undefined
    if (gate?.state === 'shared' && gate.key === own.key) halves.add(other)
  }
  const links = new Set(Array.from(halves, linkOf))
  return links.size === halves.size
    ? { ...own, key: `${own.key} vlan ${vlan}` }
    : { state: 'broken', why: `${halves.size} switches of this segment say that they are a half of pair ${device.pair?.domain}` }
}

/** The address a half has on the link to the other one; where that is shut, it is no half. */
export const linkOf = ({ pair, interfaces }: Device) => {
  const peer = pair?.peer ?? null
  return interfaces
    .flatMap(i => (i.enabled ? i.addresses : []))
    .find(a => peer !== null && a.ip !== peer && inSubnet(peer, subnetOf(a.ip, a.prefix)))?.ip
}

const pairs = new WeakMap<Device, GateState>()

/** The two halves of a pair have each other's address as their peer's; a domain name alone may be used by several pairs. */
export function pairOf(device: Device): GateState {
  const known = pairs.get(device)
  if (known) return known
  const link = linkOf(device)
  const gate: GateState = link
    ? { state: 'shared', key: `pair ${device.pair?.domain} ${[link, device.pair?.peer].sort().join(' ')}` }
    : { state: 'broken', why: `${device.device} does not say on which link the other half of its pair is` }
  pairs.set(device, gate)
  return gate
}

const named = (g: Group, iface: Interface, name: string): boolean =>
  g.protocol === 'hsrp' && g.family === 4 && (g.name === name || (g.name === null && madeUp(name, iface, g)))

function madeUp(name: string, iface: Interface, g: Group): boolean {
  const [, letters = '', numbers = '', group] = MADE_UP.exec(name) ?? []
  const [, type = '', place = ''] = /^([A-Za-z-]+?) ?([\d/.:]*)$/.exec(iface.name) ?? []
  return letters !== '' && Number(group) === g.id && numbers === place && type.toLowerCase().startsWith(letters.toLowerCase())
}

/** A group that follows another copies its state, often on another interface: what counts is the leader. */
function leaderOf(device: Device, iface: Interface, group: Group, segmentOf: SegmentOf, seen: readonly Group[]): GateState {
  if (group.follow === null) {
    if (segmentOf === ANY_SEGMENT) return HOLDS
    const common = segmentOf(device, iface)?.groups.find(g => g.members.some(m => m.group === group))
    const stranger = common && strangerTo(group, common)
    // On no segment, a group is one of its own.
    if (stranger === undefined) {
      const key = common?.key ?? `${device.device} ${iface.name} ${groupKey(group)}`
      const unclear = common && (contestedIn(common) ?? rivalry(iface, group, common))
      return { state: 'shared', key, ...(unclear !== undefined && { unclear }) }
    }
    const why = `HSRP group ${group.id} of ${iface.name} authenticates in another way than ${stranger} does, so both are active`
    return { state: 'broken', why }
  }
  if (seen.includes(group)) return { state: 'broken', why: `HSRP group ${group.id} of ${iface.name} follows itself` }
  for (const other of device.interfaces) {
    const leader = other.groups.find(g => g !== group && g.protocol === 'hsrp' && g.name === group.follow)
    if (leader?.enabled && other.enabled) return leaderOf(device, other, leader, segmentOf, [...seen, group])
  }
  return {
    state: 'broken',
    why: `HSRP group ${group.id} of ${iface.name} follows ${group.follow}, which is not running on this device`,
  }
}

/** A router of the same group whose authentication is another one for sure: neither hears the other (RFC 2281, 5.1). */
function strangerTo(group: Group, { members }: RedundancyGroup): string | undefined {
  if (group.authentication === null && members.every(m => m.group.authentication === null)) return undefined
  return members.find(
    m => m.group.enabled && m.attachment.interface.enabled && differs(m.group.authentication, group.authentication),
  )?.attachment.device.device
}

/**
 * Why two routers of a group may be active: one has another virtual address than the other. A backup drops what a router of other
 * addresses says (RFC 5798, 7.1), and complains of it (`%HSRP-4-DIFFVIP1`); whether it becomes active besides is not documented for HSRP,
 * whose hello has the primary one.
 */
function rivalry(iface: Interface, group: Group, { members }: RedundancyGroup): string | undefined {
  const said = (g: Group) =>
    g.learned ? '' : g.protocol === 'hsrp' ? (g.virtual_addresses[0] ?? '') : [...g.virtual_addresses].sort().join()
  const own = said(group)
  if (own === '') return undefined
  const rival = members.find(
    m => m.group.enabled && m.attachment.interface.enabled && said(m.group) !== '' && said(m.group) !== own,
  )?.attachment.device.device
  const name = `${group.protocol.toUpperCase()} group ${group.id} of ${iface.name}`
  return rival && `${name} has another virtual address than ${rival} has, so both may be active`
}

/** Two settings that are known and differ; a string and a digest; or one that is there, whatever it is, and none. */
function differs(a: Authentication | null, b: Authentication | null): boolean {
  if (a === null || b === null) return a !== b && (a ?? b)?.token !== 'redacted'
  if (a.token === 'redacted' || b.token === 'redacted') return false
  if (isText(a) !== isText(b)) return true
  return a.comparable && b.comparable && keyOf(a.token) === keyOf(b.token) && a.token !== b.token
}

/** Sent as it is; everything else is MD5 (`Authentication` says how tokens begin). */
const isText = ({ token }: Authentication): boolean => token.startsWith('text:')

/** What a token was made with: the key of a redacted configuration, or none. Digests of two keys cannot be held against each other. */
const keyOf = (token: string): string => (/^\w+:(\w+):/.exec(token) ?? [])[1] ?? ''
