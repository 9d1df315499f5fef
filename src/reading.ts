// One configuration, read by itself.
import { readText } from './audit/known.ts'
import { readConfig } from './inventory/read-config.ts'
import type { Device } from './model/device.ts'

export { platforms } from './platforms.ts'

/** The facts of one configuration file. */
export function readFacts(file: string, platform: string): Device {
  return readText(readConfig(file, { device: deviceName(file), site: 'default', platform }))
}

const deviceName = (file: string) => (file.split(/[/\\]/).at(-1) ?? file).replace(/\.[^.]+$/, '')
