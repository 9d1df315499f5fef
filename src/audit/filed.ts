// A device as one side of a comparison names it.
import type { Device } from '../model/device.ts'
import type { DeviceResult } from '../model/result.ts'

/**
 * Gives devices the file that their results name. A configuration that is the same on both sides of a change is read once, and the
 * device is then that of the side before.
 */
export function filedAs(results: readonly DeviceResult[]): (device: Device) => Device {
  const files = new Map(results.map(r => [r.name, r.file]))
  const filed = new Map<Device, Device>()
  return device => {
    const file = files.get(device.device) ?? device.file
    if (file === device.file) return device
    const own = filed.get(device) ?? { ...device, file }
    filed.set(device, own)
    return own
  }
}
