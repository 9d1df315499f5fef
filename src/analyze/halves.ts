// Halves of a pair whose other half is not in the audit.
import type { Device } from '../model/device.ts'
import type { Network, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'
import { linkOf, pairOf } from './gates.ts'

/**
 * Finds the halves on a segment of which nobody read the other one: it may stand there in the same VLAN, and whether it drops what it
 * hears over their link is not known. Where a device has the address of the other half and says nothing of a pair, it is that one.
 * Pairs may be built alike: of those on one side of such a link as many have another half as there are on the other side, and which
 * do is told by the segments on which both stand.
 */
export function halfFinder({ devices }: Network): (segment: Segment) => readonly Reason[] {
  const all = devices.map(({ device }) => device)
  const halves = all.filter(device => device.pair?.peer)
  if (halves.length === 0) return () => NONE
  /** On either side of a link, by what both halves say of it. */
  const sides = new Map<string, number>()
  /** Those that do not show their own address on the side of the other one, by domain and the address they give for it. */
  const hidden = new Map<string, number>()
  for (const device of halves) {
    const key = keyOf(device)
    if (key !== undefined) count(sides, `${key} ${linkOf(device)}`)
    else count(hidden, `${device.pair?.domain} ${device.pair?.peer}`)
  }
  const plain = addressesOf(all.filter(device => device.pair === null))
  /** Only they need to look at every address. */
  const any = hidden.size > 0 ? addressesOf(all) : NOWHERE
  /** Whom halves that show their own address name as their other one. */
  const named = new Set(hidden.size > 0 ? halves.map(({ pair }) => `${pair?.domain} ${pair?.peer}`) : [])

  /** Whether there is no other half for it, or not for each of those that are built alike. */
  const isShort = (device: Device): boolean => {
    const { domain, peer } = device.pair ?? {}
    if (!peer) return false
    const own = device.interfaces.flatMap(i => i.addresses.map(({ ip }) => `${domain} ${ip}`))
    const key = keyOf(device)
    if (key === undefined) return !any.has(peer) && !own.some(ip => named.has(ip))
    if (plain.has(peer)) return false
    const on = (address: string | undefined) => sides.get(`${key} ${address}`) ?? 0
    const unseen = own.reduce((sum, ip) => sum + (hidden.get(ip) ?? 0), 0)
    return on(peer) + unseen < on(linkOf(device))
  }
  /** A device stands on many segments. */
  const short = new Set(halves.filter(isShort))
  if (short.size === 0) return () => NONE
  const isAlone = (device: Device, { attachments }: Segment): boolean => {
    if (!short.has(device)) return false
    const key = keyOf(device)
    // Without its own address nothing but the domain says whose other half it is, and other pairs may have that one as well.
    const isOther = (other: Device) =>
      key === undefined
        ? other !== device && other.pair?.domain === device.pair?.domain && keyOf(other) === undefined
        : keyOf(other) === key && linkOf(other) === device.pair?.peer
    return !attachments.some(a => isOther(a.device))
  }
  return segment => {
    const here = new Set(segment.attachments.filter(a => a.interface.vlan !== null).map(a => a.device))
    const alone = Array.from(here).filter(device => isAlone(device, segment))
    return alone.length === 0 ? NONE : alone.map(halfMissing)
  }
}

const NONE: readonly Reason[] = []
const NOWHERE: ReadonlySet<string> = new Set()

const count = (counts: Map<string, number>, name: string) => counts.set(name, (counts.get(name) ?? 0) + 1)

const addressesOf = (devices: readonly Device[]): ReadonlySet<string> =>
  new Set(devices.flatMap(({ interfaces }) => interfaces.flatMap(i => i.addresses.map(({ ip }) => ip))))

const keyOf = (device: Device): string | undefined => {
  const gate = device.pair ? pairOf(device) : undefined
  return gate?.state === 'shared' ? gate.key : undefined
}

const halfMissing = ({ device, pair }: Device): Reason => ({
  code: 'peer-missing',
  message: `${device} is a half of pair ${pair?.domain}; the other half, ${pair?.peer}, is not in the audit`,
  device,
  line: null,
})
