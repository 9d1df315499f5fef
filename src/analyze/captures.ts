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
  /** Where among its namesakes a device stands, by the addresses of its interfaces: default host names have many bearers. */
  const bearers = new Map<string, Set<number>>()
  const found: DuplicateCapture[] = []
  const bearing = new Map<string, number>()
  const nameOf = ({ device, site }: PlacedDevice) => `${site}\n${device.hostname}`
  for (const placed of devices) bearing.set(nameOf(placed), (bearing.get(nameOf(placed)) ?? 0) + 1)
  for (const placed of devices) {
    const { device } = placed
    const { hostname } = device
    const name = nameOf(placed)
    // Most names have one bearer.
    if (hostname === null || bearing.get(name) === 1) continue
    const namesakes = known.get(name) ?? []
    known.set(name, namesakes)
    const keys = device.interfaces.flatMap(i => i.addresses.map(({ ip }) => `${name}\n${i.name}\n${ip}`))
    const places = [...new Set(keys.flatMap(key => [...(bearers.get(key) ?? [])]))].sort((a, b) => a - b)
    const at = places.find(n => addressesOfBoth(device, namesakes[n] as Device).length > 0)
    const other = at === undefined ? undefined : namesakes[at]
    const place = at ?? namesakes.length
    for (const key of keys) bearers.set(key, (bearers.get(key) ?? new Set()).add(place))
    if (at === undefined || !other) {
      namesakes.push(device)
      continue
    }
    const addresses = addressesOfBoth(device, other)
    const newer = (ageOf(device) ?? '') > (ageOf(other) ?? '')
    if (newer) namesakes[at] = device
    const [kept, left] = newer ? [device, other] : [other, device]
    found.push({ hostname, kept, left, addresses })
  }
  return found
}

/** The interface addresses of both, where they can be one router; none where an interface tells them apart. */
function addressesOfBoth(a: Device, b: Device): string[] {
  const addressed = addressesIn(b)
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

const read = new WeakMap<Device, ReadonlyMap<string, readonly string[]>>()
function addressesIn(device: Device): ReadonlyMap<string, readonly string[]> {
  let all = read.get(device)
  if (!all)
    read.set(
      device,
      (all = new Map(device.interfaces.filter(i => i.addresses.length > 0).map(i => [i.name, i.addresses.map(x => x.ip)]))),
    )
  return all
}
