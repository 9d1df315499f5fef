// Halves of a pair whose other half is not in the audit.
import type { Device } from '../model/device.ts'
import type { Network, Segment } from '../model/network.ts'
import type { Reason } from '../model/result.ts'
import { pairOf } from './gates.ts'

/**
 * Finds the halves on a segment of which nobody read the other one: it may stand there in the same VLAN, and whether it drops what it
 * hears over their link is not known. Where a device has the address of the other half and says nothing of a pair, it is that one.
 */
export function halfFinder({ devices }: Network): (segment: Segment) => readonly Reason[] {
  const pairs = new Map<string, number>()
  const plain = new Set<string>()
  /** Whom halves name as their other one, whether they show their own address or not. */
  const named = new Set<string>()
  for (const { device } of devices) {
    const key = keyOf(device)
    if (device.pair?.peer) named.add(`${device.pair.domain} ${device.pair.peer}`)
    if (key !== undefined) pairs.set(key, (pairs.get(key) ?? 0) + 1)
  }
  if (pairs.size === 0) return () => NONE
  for (const { device } of devices)
    if (device.pair === null) for (const i of device.interfaces) for (const { ip } of i.addresses) plain.add(ip)
  const isAlone = (device: Device): boolean => {
    const key = keyOf(device)
    if (key === undefined || pairs.get(key) !== 1 || plain.has(device.pair?.peer ?? '')) return false
    return !device.interfaces.some(i => i.addresses.some(({ ip }) => named.has(`${device.pair?.domain} ${ip}`)))
  }
  return ({ attachments }) => {
    const alone = new Set(attachments.filter(a => a.interface.vlan !== null && isAlone(a.device)).map(a => a.device))
    return alone.size === 0 ? NONE : Array.from(alone, halfMissing)
  }
}

const NONE: readonly Reason[] = []

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
