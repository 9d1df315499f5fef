// Two captures of one router are no redundant pair.
import type { Device } from '../model/device.ts'
import type { DuplicateCapture, PlacedDevice } from '../model/network.ts'

/**
 * Every two captures of one router: same host name, an interface with the same address, and none whose addresses differ.
 * Two leaves of a fabric may share an anycast address, and even a default host name; their loopbacks tell them apart. The
 * newer one is kept, the first where their age says nothing. `ageOf` gives the time of a capture as ISO 8601.
 */
export function capturesIn(devices: readonly PlacedDevice[], ageOf: (device: Device) => string | null): DuplicateCapture[] {
  const known = new Map<string, Device[]>()
  const found: DuplicateCapture[] = []
  for (const { device, site } of devices) {
    const { hostname } = device
    if (hostname === null) continue
    const namesakes = known.get(`${site}\n${hostname}`) ?? []
    known.set(`${site}\n${hostname}`, namesakes)
    const shared = namesakes.map(other => addressesOfBoth(device, other))
    const at = shared.findIndex(addresses => addresses.length > 0)
    const other = namesakes[at]
    if (!other) {
      namesakes.push(device)
      continue
    }
    const newer = (ageOf(device) ?? '') > (ageOf(other) ?? '')
    if (newer) namesakes[at] = device
    const [kept, left] = newer ? [device, other] : [other, device]
    found.push({ hostname, kept, left, addresses: shared[at] ?? [] })
  }
  return found
}

/** The interface addresses of both, where they can be one router; none where an interface tells them apart. */
function addressesOfBoth(a: Device, b: Device): string[] {
  const addressed = new Map(b.interfaces.filter(i => i.addresses.length > 0).map(i => [i.name, i.addresses.map(x => x.ip)]))
  const shared: string[] = []
  for (const { name, addresses } of a.interfaces) {
    const theirs = addressed.get(name)
    if (!theirs || addresses.length === 0) continue
    const both = addresses.map(x => x.ip).filter(ip => theirs.includes(ip))
    if (both.length === 0) return []
    shared.push(...both)
  }
  return shared
}
