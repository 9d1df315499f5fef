// Serves a folder of configurations as the routers of an inventory, on loopback.
import { randomBytes } from 'node:crypto'
import { known } from './audit/known.ts'
import { platformFor } from './audit/read.ts'
import { simulate } from './collect/simulate.ts'
import { readFolder } from './inventory/folder.ts'
import { loadInventory } from './inventory/load.ts'
import type { Access, InventoryDevice } from './model/inventory.ts'
import { Trouble } from './model/trouble.ts'

export interface SimulatedNetwork {
  readonly routers: number
  /** `22201 to 22216`. */
  readonly ports: string
  readonly knownHosts: string
  /** What a second terminal has to set to log in; null when the environment had it already. */
  readonly credentials: string | null
  close(): Promise<void>
}

/** Starts one router for every SSH device of the inventory that has a configuration in the folder. */
export async function simulateInventory(folder: string, inventoryFile: string): Promise<SimulatedNetwork> {
  const inventory = await loadInventory(inventoryFile, { platforms: known.platforms.map(p => p.id) })
  const files = new Map(readFolder(folder).map(c => [c.device, c]))
  const reachable = inventory.devices.flatMap(device => ('ssh' in device.from ? [{ device, access: device.from.ssh }] : []))
  const routers = reachable.flatMap(({ device, access }) => {
    const found = files.get(device.name)
    if (found?.state !== 'collected') return []
    const platform = platformFor(device.platform, found.text, known)
    if ('reason' in platform) throw new Trouble('input', `the platform of ${found.file} cannot be told: ${platform.reason}`)
    if (access.host !== '127.0.0.1')
      throw new Trouble('usage', `${device.name} has host ${access.host}; a simulated router answers on 127.0.0.1 only`)
    return [{ name: device.name, hostname: device.name, port: access.port, platform, text: found.text }]
  })
  const [first] = reachable
  if (!first || routers.length === 0)
    throw new Trouble('usage', `no SSH device of ${inventoryFile} has a configuration in ${folder}`)
  const {
    username,
    known_hosts: [knownHosts = ''],
  } = first.access
  const { password, credentials } = passwordOf(first)
  const { routers: served, close } = await simulate({ routers, username, password, knownHosts })
  const ports = served.map(r => r.port)
  return { routers: served.length, ports: `${Math.min(...ports)} to ${Math.max(...ports)}`, knownHosts, credentials, close }
}

/** The password behind an `env:` reference; one is made up for the run where the variable is not set. */
function passwordOf({ device, access }: { device: InventoryDevice; access: Access }): {
  password: string
  credentials: string | null
} {
  const [, name] = /^env:(.+)$/.exec(access.password ?? '') ?? []
  if (name === undefined) throw new Trouble('usage', `${device.name} needs password: env:NAME to be simulated`)
  const given = process.env[name]
  if (given !== undefined) return { password: given, credentials: null }
  const password = randomBytes(12).toString('base64url')
  process.env[name] = password
  return { password, credentials: `export ${name}=${password}` }
}
