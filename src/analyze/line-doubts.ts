// Lines and names that were not understood, as reasons to doubt.
import type { Device } from '../model/device.ts'
import { lineOf } from '../model/place.ts'
import type { Reason } from '../model/result.ts'
import { LACKS } from '../model/unresolved.ts'

/** More of them on one interface say nothing new. */
const MOST = 5
const NONE: readonly Reason[] = []
const known = new WeakMap<Device, ReadonlyMap<string | null, readonly Reason[]>>()

/** Whether there is anything that was not understood. */
export const hasDoubts = ({ unrecognized, unresolved }: Device): boolean => unrecognized.length > 0 || unresolved.length > 0

/**
 * What was not understood on an interface, or (null) outside of all of them, where it could change what any of them
 * does. An interface that is down is no exception: the line that was not understood may be what takes it up.
 */
export function lineDoubts(device: Device, iface: string | null): readonly Reason[] {
  if (!hasDoubts(device)) return NONE
  let doubts = known.get(device)
  if (!doubts) known.set(device, (doubts = collect(device)))
  return doubts.get(iface) ?? NONE
}

function collect(from: Device): Map<string | null, Reason[]> {
  const { device, unrecognized, unresolved } = from
  const all = new Map<string | null, Reason[]>()
  const add = (iface: string | null, reason: Reason) => {
    const there = all.get(iface)
    if (there) there.push(reason)
    else all.set(iface, [reason])
  }
  for (const { line, text, interface: iface } of unrecognized)
    add(iface, { code: 'unrecognized', message: `${lineOf(from, line)} was not understood: ${text}`, device, line })
  for (const { line, name, why, interface: iface } of unresolved) {
    const message =
      why === 'empty'
        ? `${name} has no server on ${lineOf(from, line)}: it is empty, or one was cut off`
        : `${name}, ${why === 'undefined' ? 'used ' : ''}on ${lineOf(from, line)}, ${LACKS[why]}`
    add(iface, { code: 'unresolved-name', message, device, line })
  }
  for (const [iface, reasons] of all) {
    // What stands outside of interfaces is said again for each of them: one reason stands for all.
    const shown = iface === null ? 1 : MOST
    const more = reasons.length - shown
    const last = reasons[shown - 1]
    if (more > 0 && last)
      all.set(iface, [
        ...reasons.slice(0, shown - 1),
        { ...last, message: `${last.message}; and ${more} more lines of ${device}` },
      ])
  }
  return all
}
