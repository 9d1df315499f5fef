// What this version can read, and what it knows by sight.
import type { Device } from '../model/device.ts'
import type { Collected } from '../model/inventory.ts'
import { Trouble } from '../model/trouble.ts'
import { readDevice } from '../parse/assemble.ts'
import { platforms, strangers } from '../platforms.ts'
import { type Known, platformFor } from './read.ts'

export const known: Known = { platforms, strangers }

/** The device behind one configuration; throws one sentence where it cannot be read. */
export function readText(collected: Collected): Device {
  if (collected.state === 'failed') throw new Trouble('input', collected.reason)
  const platform = platformFor(collected.platform, collected.text, known)
  if ('reason' in platform) throw new Trouble('input', `the platform of ${collected.file} cannot be told: ${platform.reason}`)
  return readDevice(platform, collected)
}
