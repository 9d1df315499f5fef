// One configuration, read by itself.
import { readText } from './audit/known.ts'
import { readConfig } from './inventory/read-config.ts'
import type { Device } from './model/device.ts'
import { NO_SITE } from './model/inventory.ts'

export { platforms } from './platforms.ts'

/** The facts of one configuration file. */
export function readFacts(file: string, platform: string): Device {
  return readText(readConfig(file, { device: deviceName(file), site: NO_SITE, platform }))
}

const deviceName = (file: string) => (file.split(/[/\\]/).at(-1) ?? file).replace(/\.[^.]+$/, '')
