// What one entry of an inventory says about another: names, groups, sites, platforms.
import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'
import { type InventoryDevice, NO_SITE } from '../model/inventory.ts'
import { canonicalIp } from '../model/ip.ts'
import { noServer, noSubnet } from '../model/server-address.ts'
import type { Path } from './locate.ts'
import { suggest } from './nearest.ts'
import { overlaps } from './overlaps.ts'
import { PLATFORM_NAMES, platformIdOf } from './platform-names.ts'
import type { Problem } from './problem.ts'
import type { InventoryFile } from './schema.ts'
import type { Settings } from './settings-schema.ts'
import { siteKey } from './site-key.ts'
import { KINDS, kindOf } from './sources/source-schema.ts'

type Device = InventoryFile['devices'][number]
type Source = InventoryFile['sources'][number]

/** Contradictions and dangling names. Platforms are checked when the valid ids are given. */
export function check(file: InventoryFile, platforms: readonly string[] | undefined): Problem[] {
  return [
    ...repeated(file.pxe_points, 'pxe_points'),
    ...overlaps(file.pxe_points),
    ...file.pxe_points.flatMap(unlikely),
    ...(file.sources.length === 0 ? checkSites(file, sitesOf(file)) : []),
    ...repeated(file.devices, 'devices'),
    ...spelledTwice(file),
    ...file.devices.flatMap((device, d) => checkDevice(file, device, ['devices', d])),
    ...file.sources.flatMap((source, s) => checkSource(file, source, ['sources', s])),
    ...(platforms ? unknownPlatforms(file, ['auto', ...platforms]) : []),
  ]
}

/** Addresses that no server has, and networks that none stands in: with them every segment looks clean. */
const unlikely = ({ addresses, networks }: InventoryFile['pxe_points'][number], p: number): Problem[] => [
  ...addresses.flatMap((a, n) => {
    const why = noServer(canonicalIp(a) ?? a, networks)
    return why === null ? [] : [wrong(['pxe_points', p, 'addresses', n], why)]
  }),
  ...networks.flatMap((network, n) => {
    const why = noSubnet(network)
    return why === null ? [] : [wrong(['pxe_points', p, 'networks', n], why)]
  }),
]

/** PXE points of sites where nothing stands. Where there are sources, only their devices tell. */
export const checkSites = (file: InventoryFile, sites: ReadonlySet<string>): Problem[] =>
  file.pxe_points.flatMap((point, p) =>
    (point.sites ?? []).flatMap((site, s) =>
      sites.has(site)
        ? []
        : [wrong(['pxe_points', p, 'sites', s], `no device stands in site "${site}"; ${suggest(site, [...sites])}`)],
    ),
  )

const siteOf = (file: InventoryFile, device: Device): string =>
  [device, ...device.groups.map(g => file.groups[g]).reverse(), file.defaults].find(layer => layer?.site !== undefined)?.site ??
  NO_SITE

const sitesOf = (file: InventoryFile) => new Set(file.devices.map(d => siteOf(file, d)))

function checkSource(file: InventoryFile, source: Source, path: Path): Problem[] {
  if (kindOf(source) === undefined)
    return [wrong(path, `a source names one of ${KINDS.map(k => `${k}:`).join(', ')}, and one only; list several under sources:`)]
  const csv = (['delimiter', 'map'] as const).filter(key => source[key] !== undefined && source.oxidized === undefined)
  return [
    ...unknownGroups(file, source.groups, path),
    ...csv.map(key => wrong([...path, key], `"${key}" goes with oxidized: only`, 'key')),
    ...Object.entries(source.platforms).flatMap(([theirs, ours]) =>
      platformIdOf(ours) !== undefined
        ? []
        : [
            wrong(
              [...path, 'platforms', theirs],
              `there is no platform "${ours}"; ${suggest(ours, Object.keys(PLATFORM_NAMES))}`,
            ),
          ],
    ),
  ]
}

function checkDevice(file: InventoryFile, device: Device, path: Path): Problem[] {
  const unknown = unknownGroups(file, device.groups, path)
  if (unknown.length > 0) return unknown
  // With sources, one of them may have the address.
  if (device.host === undefined && device.config === undefined && file.sources.length === 0) return [addressless(device, path)]
  if (device.host !== undefined && device.config !== undefined) {
    return [wrong([...path, 'config'], `device "${device.name}" has both host: and config:; keep one`, 'key')]
  }
  return []
}

/** Said of a device that nobody says the address of. */
export const addressless = ({ name }: Device, path: Path): Problem =>
  wrong(path, `device "${name}" needs host: (to collect it over SSH) or config: (to read a file)`)

const unknownGroups = (file: InventoryFile, groups: readonly string[], path: Path): Problem[] =>
  groups.flatMap((group, g) =>
    Object.hasOwn(file.groups, group)
      ? []
      : [
          wrong(
            [...path, 'groups', g],
            `there is no group "${group}" under groups:; ${suggest(group, Object.keys(file.groups)) || 'define it there'}`,
          ),
        ],
  )

/** What is wrong with the way into a device, and at which of its keys; null for the whole of it. */
export interface Flaw {
  readonly key: 'host' | null
  readonly message: string
}

/** Devices that nobody could log in to, and two entries for one device: it would be logged in to twice, and audited twice. */
export function accessFlaws(devices: readonly InventoryDevice[]): Map<InventoryDevice, Flaw> {
  const flaws = new Map<InventoryDevice, Flaw>()
  const first = new Map<string, InventoryDevice>()
  for (const device of devices) {
    if (!('ssh' in device.from)) continue
    const { host, port, username, jumps } = device.from.ssh
    const { name } = device
    if (username === '') {
      const message = `device "${name}" has no username; set one for the device, for a group of it, or under defaults:`
      flaws.set(device, { key: null, message })
      continue
    }
    const place = [...jumps, { host, port }].map(hop => `${spelled(hop.host)} ${hop.port}`).join(' ')
    const before = first.get(place)
    if (before === undefined) first.set(place, device)
    else {
      const message = `"${name}" is reached at ${host} port ${port}, as "${before.name}" is; list a device once, or correct one of them`
      flaws.set(device, { key: 'host', message })
    }
  }
  return flaws
}

/** A host as all of its spellings have it: `2001:DB8:0::1`, `SW1.example.net.`. */
const spelled = (host: string): string =>
  isIP(host) === 0 ? host.toLowerCase().replace(/\.$/, '') : ipaddr.parse(host).toString()

/** A site that is spelled in two ways is two sites, and the two routers of a segment would be judged apart. */
function spelledTwice(file: InventoryFile): Problem[] {
  const spellings = new Map<string, string>()
  return file.devices.flatMap((device, d) => {
    const site = siteOf(file, device)
    const before = spellings.get(siteKey(site))
    if (before === undefined) spellings.set(siteKey(site), site)
    return before === undefined || before === site
      ? []
      : [
          wrong(
            ['devices', d, 'site'],
            `site "${site}" is spelled "${before}" before; spell it the same way, or give it another name`,
          ),
        ]
  })
}

function repeated(entries: readonly { readonly name: string }[], list: string): Problem[] {
  const first = new Map<string, number>()
  return entries.flatMap(({ name }, i) => {
    const before = first.get(name)
    if (before === undefined) first.set(name, i)
    return before === undefined
      ? []
      : [wrong([list, i, 'name'], `the name "${name}" is taken by entry ${before + 1} of ${list}; names must differ`)]
  })
}

function unknownPlatforms(file: InventoryFile, valid: readonly string[]): Problem[] {
  const places: [Path, Settings][] = [
    [['defaults'], file.defaults],
    ...Object.entries(file.groups).map(([name, group]): [Path, Settings] => [['groups', name], group]),
    ...file.devices.map((device, d): [Path, Settings] => [['devices', d], device]),
  ]
  return places.flatMap(([path, { platform }]) =>
    platform === undefined || platformIdOf(platform) !== undefined
      ? []
      : [wrong([...path, 'platform'], `there is no platform "${platform}"; ${suggest(platform, valid)}`)],
  )
}

const wrong = (path: Path, message: string, at: Problem['at'] = 'value'): Problem => ({ path, at, message })
