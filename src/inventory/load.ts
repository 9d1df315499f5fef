// The inventory file, read and checked.
import ipaddr from 'ipaddr.js'
import type { Inventory, InventoryDevice, LoginBudget, MaxAge, PxePoint } from '../model/inventory.ts'
import { beside, type Reach, reaching } from './access.ts'
import { check, checkAccess, settle } from './check.ts'
import { type Kind, readDocument } from './document.ts'
import { milliseconds } from './max-age.ts'
import { type InventoryFile, inventorySchema } from './schema.ts'
import type { Settings } from './settings-schema.ts'
import { checkWaivers, type WaiverOptions, waiverOf } from './waivers.ts'

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
  /** The user's home, for `~` and the SSH configuration. */
  readonly home?: string
}

/** Reads an inventory. */
export function loadInventory(file: string, options: LoadOptions = {}): Inventory {
  const { data, refuse, lineOf } = readDocument(file, KIND)
  refuse([...check(data, options.platforms), ...checkWaivers(data.waivers, options)])
  const reach = reaching(file, data, options.home)
  const devices = data.devices.map(device => deviceOf(file, device, settle(data, device), reach))
  refuse(checkAccess(devices))
  return {
    file,
    max_age: ageOf(data.max_age),
    points: data.pxe_points.map(pointOf),
    devices,
    logins: {
      all: budgetOf(data.aaa),
      groups: new Map(Object.entries(data.groups).flatMap(([name, { aaa }]) => (aaa ? [[name, budgetOf(aaa)]] : []))),
    },
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

function deviceOf(file: string, device: InventoryFile['devices'][number], settings: Settings, reach: Reach): InventoryDevice {
  const base = {
    name: device.name,
    site: settings.site ?? 'default',
    platform: settings.platform ?? 'auto',
    role: settings.role ?? null,
    tags: settings.tags ?? [],
    groups: device.groups,
  }
  return device.config === undefined
    ? { ...base, from: { ssh: reach(device.host ?? '', settings) } }
    : { ...base, from: { file: beside(file, device.config) } }
}

const budgetOf = (aaa: InventoryFile['aaa']): LoginBudget => ({
  per_second: aaa?.logins_per_second ?? null,
  in_flight: aaa?.logins_in_flight ?? null,
})
