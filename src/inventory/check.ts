// What one entry of an inventory says about another: names, groups, sites, platforms.
import type { InventoryDevice } from '../model/inventory.ts'
import type { Path } from './locate.ts'
import { overlaps } from './overlaps.ts'
import { type Problem, suggest } from './problem.ts'
import type { InventoryFile } from './schema.ts'
import type { Settings } from './settings-schema.ts'

type Device = InventoryFile['devices'][number]

/** A device's settings: its own, else those of its groups (later ones win), else the defaults. */
export function settle(file: InventoryFile, device: Device): Settings {
  const layers = [file.defaults, ...device.groups.map(g => file.groups[g] ?? {}), device]
  const merged: Settings = Object.assign({}, ...layers)
  return { ...merged, ssh: Object.assign({}, ...layers.map(layer => layer.ssh ?? {})) }
}

/** Contradictions and dangling names. Platforms are checked when the valid ids are given. */
export function check(file: InventoryFile, platforms: readonly string[] | undefined): Problem[] {
  const sites = new Set(file.devices.map(d => settle(file, d).site ?? 'default'))
  return [
    ...repeated(file.pxe_points, 'pxe_points'),
    ...overlaps(file.pxe_points),
    ...file.pxe_points.flatMap((point, p) =>
      (point.sites ?? []).flatMap((site, s) =>
        sites.has(site)
          ? []
          : [wrong(['pxe_points', p, 'sites', s], `no device stands in site "${site}"; ${suggest(site, [...sites])}`)],
      ),
    ),
    ...repeated(file.devices, 'devices'),
    ...spelledTwice(file),
    ...file.devices.flatMap((device, d) => checkDevice(file, device, ['devices', d])),
    ...(platforms ? unknownPlatforms(file, ['auto', ...platforms]) : []),
  ]
}

function checkDevice(file: InventoryFile, device: Device, path: Path): Problem[] {
  const unknown = device.groups.flatMap((group, g) =>
    Object.hasOwn(file.groups, group)
      ? []
      : [
          wrong(
            [...path, 'groups', g],
            `there is no group "${group}" under groups:; ${suggest(group, Object.keys(file.groups)) || 'define it there'}`,
          ),
        ],
  )
  if (unknown.length > 0) return unknown
  if (device.host === undefined && device.config === undefined) {
    return [wrong(path, `device "${device.name}" needs host: (to collect it over SSH) or config: (to read a file)`)]
  }
  if (device.host !== undefined && device.config !== undefined) {
    return [wrong([...path, 'config'], `device "${device.name}" has both host: and config:; keep one`, 'key')]
  }
  return []
}

/** Devices that nobody could log in to, and two entries for one device: it would be logged in to twice, and audited twice. */
export function checkAccess(devices: readonly InventoryDevice[]): Problem[] {
  const first = new Map<string, InventoryDevice>()
  return devices.flatMap((device, d) => {
    if (!('ssh' in device.from)) return []
    const { host, port, username, jumps } = device.from.ssh
    if (username === '')
      return [
        wrong(
          ['devices', d],
          `device "${device.name}" has no username; set one for the device, for a group of it, or under defaults:`,
        ),
      ]
    const place = [...jumps.map(j => `${j.host} ${j.port}`), `${host.toLowerCase()} ${port}`].join(' ')
    const before = first.get(place)
    if (before === undefined) first.set(place, device)
    return before === undefined
      ? []
      : [
          wrong(
            ['devices', d, 'host'],
            `"${device.name}" is reached at ${host} port ${port}, as "${before.name}" is; list a device once, or correct one of them`,
          ),
        ]
  })
}

/** A site that is spelled in two ways is two sites, and the two routers of a segment would be judged apart. */
function spelledTwice(file: InventoryFile): Problem[] {
  const spellings = new Map<string, string>()
  return file.devices.flatMap((device, d) => {
    const site = settle(file, device).site ?? 'default'
    const before = spellings.get(site.toLowerCase())
    if (before === undefined) spellings.set(site.toLowerCase(), site)
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
    platform === undefined || valid.includes(platform)
      ? []
      : [wrong([...path, 'platform'], `there is no platform "${platform}"; ${suggest(platform, valid)}`)],
  )
}

const wrong = (path: Path, message: string, at: Problem['at'] = 'value'): Problem => ({ path, at, message })
