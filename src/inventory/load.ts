// The inventory file, read and checked.
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import ipaddr from 'ipaddr.js'
import type { Access, Inventory, InventoryDevice, MaxAge, PxePoint } from '../model/inventory.ts'
import { check, settle } from './check.ts'
import { type Kind, readDocument } from './document.ts'
import { milliseconds } from './max-age.ts'
import { type InventoryFile, inventorySchema, type Settings } from './schema.ts'
import { checkWaivers, type WaiverOptions, waiverOf } from './waivers.ts'

/** Seconds for one session. Building the configuration alone takes old modular switches the better part of a minute. */
const TIMEOUT = 120

const KIND: Kind<InventoryFile> = {
  schema: inventorySchema,
  name: 'inventory',
  start: 'copy inventory.example.yaml there, or name another file',
  whole: 'an inventory is a block of keys such as pxe_points: and devices:; start from inventory.example.yaml',
}

/** What an inventory is held against besides its schema. */
export interface LoadOptions extends WaiverOptions {
  /** The valid platform ids; without them platform names are not checked. */
  readonly platforms?: readonly string[]
}

/** Reads an inventory. */
export function loadInventory(file: string, options: LoadOptions = {}): Inventory {
  const { data, refuse, lineOf } = readDocument(file, KIND)
  refuse([...check(data, options.platforms), ...checkWaivers(data.waivers, options)])
  return {
    file,
    max_age: ageOf(data.max_age),
    points: data.pxe_points.map(pointOf),
    devices: data.devices.map(device => deviceOf(file, device, settle(data, device))),
    hosts: new Map(Object.entries(data.hosts).map(([name, ips]) => [name, ips.map(ip => ipaddr.parse(ip).toString())])),
    waivers: data.waivers.map((waiver, w) => waiverOf(waiver, `${file}:${lineOf(['waivers', w])}`)),
  }
}

function ageOf(duration: string | undefined): MaxAge | null {
  const age = duration === undefined ? null : milliseconds(duration)
  return age === null ? null : { milliseconds: age, said: `max_age is ${duration}` }
}

const pointOf = (point: InventoryFile['pxe_points'][number]): PxePoint => ({
  name: point.name,
  kind: point.kind,
  addresses: point.addresses.map(a => ipaddr.parse(a).toString()),
  retired: point.retired.map(a => ipaddr.parse(a).toString()),
  hostnames: point.hostnames,
  networks: point.networks,
  vrf: point.vrf ?? null,
  sites: point.sites ?? null,
})

function deviceOf(file: string, device: InventoryFile['devices'][number], settings: Settings): InventoryDevice {
  const base = { name: device.name, site: settings.site ?? 'default', platform: settings.platform ?? 'auto' }
  if (device.config !== undefined) return { ...base, from: { file: beside(file, device.config) } }
  const { ssh = {}, username = '', password = null, enable = null, key } = settings
  const access: Access = {
    host: device.host ?? '',
    port: ssh.port ?? 22,
    username,
    password: password && referenceBeside(file, password),
    enable: enable && referenceBeside(file, enable),
    key: key === undefined ? null : beside(file, key),
    known_hosts: beside(file, ssh.known_hosts ?? '~/.ssh/known_hosts'),
    legacy_algorithms: ssh.legacy_algorithms ?? false,
    timeout: ssh.timeout ?? TIMEOUT,
  }
  return { ...base, from: { ssh: access } }
}

/** Paths in an inventory are relative to it, wherever the program runs. */
function beside(inventory: string, path: string): string {
  if (path.startsWith('~/')) return join(homedir(), path.slice(2))
  return isAbsolute(path) ? path : join(dirname(inventory), path)
}

const referenceBeside = (inventory: string, reference: string): string =>
  reference.startsWith('file:') ? `file:${beside(inventory, reference.slice(5))}` : reference
