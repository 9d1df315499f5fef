// The inventory file and its sources, read and checked.
import { homedir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import ipaddr from 'ipaddr.js'
import type { Inventory, InventoryDevice, LoginBudget, MaxAge, PxePoint } from '../model/inventory.ts'
import { type Reach, reaching } from './access.ts'
import { accessFlaws, addressless, check, checkSites, type Flaw } from './check.ts'
import { combine, type Entry } from './combine.ts'
import { devicesOf, type ResolvedDevice, wayTo, withFlaws, withoutConfig } from './devices.ts'
import { type Kind, readDocument } from './document.ts'
import { layersOf } from './layers.ts'
import { milliseconds } from './max-age.ts'
import type { Without } from './origins.ts'
import type { Problem } from './problem.ts'
import { type InventoryFile, inventorySchema } from './schema.ts'
import { gather } from './sources/gather.ts'
import type { FetchSecret } from './sources/netbox.ts'
import { checkWaivers, type WaiverOptions, waiverOf } from './waivers.ts'

const KIND: Kind<InventoryFile> = {
  schema: inventorySchema,
  name: 'inventory',
  start: 'copy inventory.example.yaml there, or name another file',
  whole: 'an inventory is a block of keys such as pxe_points: and devices:; start from inventory.example.yaml',
}

/** What an inventory is held against besides its schema, and what its sources need. */
export interface LoadOptions extends WaiverOptions {
  /** The platform ids that can be read; without them platform names are not checked. */
  readonly platforms?: readonly string[]
  /** The user's home, for `~` and the SSH configuration. */
  readonly home?: string
  /** Folder with the host keys that every user of the machine trusts. */
  readonly system?: string
  /** Fetches secrets that sources need to be read. */
  readonly secret?: FetchSecret
  /** Takes what the user should know of the sources, and of the SSH configuration. */
  readonly warn?: (sentence: string) => void
}

/** An inventory, and where everything in it stands. */
export interface ResolvedInventory {
  readonly inventory: Inventory
  readonly devices: readonly ResolvedDevice[]
  /** Ways in as they would be with less, to tell what comes from where. */
  readonly without: Without
}

/** Reads an inventory, and those that it names under `sources:`. */
export const loadInventory = async (file: string, options: LoadOptions = {}): Promise<Inventory> =>
  (await resolveInventory(file, options)).inventory

/** The same, with the origin of every setting. */
export async function resolveInventory(file: string, options: LoadOptions = {}): Promise<ResolvedInventory> {
  const { data, refuse, lineOf } = readDocument(file, KIND)
  refuse([...check(data, options.platforms), ...checkWaivers(data.waivers, options)])
  const { home = homedir(), warn = () => {} } = options
  const gathered = await gather(data.sources, {
    file,
    home,
    warn,
    line: source => lineOf(['sources', source]),
    secret: options.secret ?? (() => ({ failed: 'secrets are not available here' })),
  })
  const short = (place: string) => shortened(file, place)
  const problems: Problem[] = []
  const entries = combine(data, gathered, {
    layers: layersOf(data, basename(file), lineOf, short),
    short,
    unfit: (source, message) => problems.push({ path: ['sources', source, 'limit'], at: 'value', message }),
  })
  refuse(problems)
  refuse(entries.flatMap(entry => homeless(data, entry)))
  const { system = '/etc/ssh' } = options
  const reach = reaching(file, data, { home, system, warn })
  const settled = devicesOf(entries, { file, data, reach, platforms: options.platforms, warn })
  const flaws = accessFlaws(settled.map(d => d.device))
  refuse(settled.flatMap(d => flawOf(d, flaws)))
  if (data.sources.length > 0) refuse(checkSites(data, new Set(settled.map(d => d.device.site))))
  const devices = withFlaws(settled, flaws)
  let alone: Reach | undefined
  const withoutMachine = () => (alone ??= reaching(file, data, { home, system, alone: true, warn: () => {} }))
  return {
    devices,
    without: {
      config: device => withoutConfig(device, reach),
      machine: device => wayTo(device, withoutMachine()),
      file: join(system, 'ssh_config'),
    },
    inventory: {
      file,
      max_age: ageOf(data.max_age),
      points: data.pxe_points.map(pointOf),
      devices: devices.map(d => d.device),
      logins: {
        all: budgetOf(data.aaa),
        groups: new Map(Object.entries(data.groups).flatMap(([name, { aaa }]) => (aaa ? [[name, budgetOf(aaa)]] : []))),
      },
      hosts: new Map(Object.entries(data.hosts).map(([name, ips]) => [name, ips.map(ip => ipaddr.parse(ip).toString())])),
      waivers: data.waivers.map((waiver, w) => waiverOf(waiver, `${file}:${lineOf(['waivers', w])}`)),
    },
  }
}

/** A device of our own list that says no address, and that no source names. */
function homeless(data: InventoryFile, { own, place }: Entry): Problem[] {
  const device = own === null ? undefined : data.devices[own]
  if (device === undefined || device.host !== undefined || device.config !== undefined || place !== '') return []
  return [addressless(device, ['devices', own ?? 0])]
}

const flawOf = ({ device, own }: ResolvedDevice, flaws: ReadonlyMap<InventoryDevice, Flaw>): Problem[] => {
  const flaw = flaws.get(device)
  return flaw === undefined || own === null
    ? []
    : [{ path: ['devices', own, ...(flaw.key === null ? [] : [flaw.key])], at: 'value', message: flaw.message }]
}

/** A place relative to the inventory, as people look for it there. */
function shortened(file: string, place: string): string {
  if (/^https?:/.test(place)) return place
  const near = relative(dirname(file), place)
  return near.startsWith('..') ? place : near
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

const budgetOf = (aaa: InventoryFile['aaa']): LoginBudget => ({
  per_second: aaa?.logins_per_second ?? null,
  in_flight: aaa?.logins_in_flight ?? null,
})
