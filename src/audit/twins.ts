// Two captures of one router are no redundant pair.
import type { Device } from '../model/device.ts'
import type { PlacedDevice } from '../model/network.ts'
import type { DeviceResult } from '../model/result.ts'

/**
 * The older of every two captures of one router, as failed results: same host name, an interface with the same address,
 * and none whose addresses differ. Two leaves of a fabric may share an anycast address, and even a default host name;
 * their loopbacks tell them apart. The newer capture counts, so the older one leaves no gap.
 */
export function twinsIn(devices: readonly PlacedDevice[], results: readonly DeviceResult[]): Map<string, DeviceResult> {
  const resultOf = new Map(results.map(r => [r.name, r]))
  const kept = new Map<string, Device[]>()
  const twins = new Map<string, DeviceResult>()
  for (const { device, site } of devices) {
    if (device.hostname === null) continue
    const namesakes = kept.get(`${site}\n${device.hostname}`) ?? []
    kept.set(`${site}\n${device.hostname}`, namesakes)
    const at = namesakes.findIndex(other => sameRouter(device, other))
    const other = namesakes[at]
    const own = resultOf.get(device.device)
    const twin = other && resultOf.get(other.device)
    if (!other || !own || !twin) {
      namesakes.push(device)
      continue
    }
    const newer = (own.collected_at ?? '') > (twin.collected_at ?? '')
    if (newer) namesakes[at] = device
    const [stays, left] = newer ? [own, twin] : [twin, own]
    const reason = `${left.file} is another capture of ${device.hostname}, which ${stays.file} holds too; the newer one was audited, remove the other`
    twins.set(left.name, { ...left, state: 'failed', reason, complete: false })
  }
  return twins
}

function sameRouter(a: Device, b: Device): boolean {
  const addressed = new Map(b.interfaces.filter(i => i.addresses.length > 0).map(i => [i.name, i.addresses.map(x => x.ip)]))
  let shared = 0
  for (const { name, addresses } of a.interfaces) {
    const theirs = addressed.get(name)
    if (!theirs || addresses.length === 0) continue
    if (!addresses.some(x => theirs.includes(x.ip))) return false
    shared++
  }
  return shared > 0
}
