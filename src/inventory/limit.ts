// `--limit site=ams,!role=lab`: which devices to take.
import type { Collected, InventoryDevice } from '../model/inventory.ts'
import { Trouble } from '../model/trouble.ts'
import { suggest } from './nearest.ts'
import { platformIdOf } from './platform-names.ts'

/** What a device is chosen by. */
export type Choosable = Pick<InventoryDevice, 'name' | 'site' | 'role' | 'tags' | 'groups' | 'platform'> & {
  readonly host: string | null
  /** Keys whose values cannot be read: a device may fit there, so no term leaves it out. */
  readonly open?: ReadonlySet<string>
}

/** An expression, and what it says of a device. */
export interface Limit {
  readonly text: string
  fits(device: Choosable): boolean
  /** The values that fit none of some devices, as `site=ams`: mistyped, perhaps. */
  misses(devices: readonly Choosable[]): readonly string[]
}

/** One condition. */
interface Term {
  fits(device: Choosable): boolean
  misses(devices: readonly Choosable[]): readonly string[]
}

/** What each key looks at. */
const KEYS: Readonly<Record<string, (device: Choosable) => readonly string[]>> = {
  name: d => [d.name],
  site: d => [d.site],
  role: d => (d.role === null ? [] : [d.role]),
  tag: d => d.tags,
  group: d => d.groups,
  platform: d => [d.platform],
  host: d => (d.host === null ? [] : [d.host]),
}

/**
 * Terms with commas between; all must hold. A term is `key=value`, `!key=value`, or a name alone. A value may be several with `|`
 * between, and `*` and `?` stand for any text and any character. Case tells nothing apart. `said` begins every complaint.
 */
export function parseLimit(text: string, said = '--limit'): Limit {
  const terms = text.split(',').map(term => parseTerm(term.trim(), text, said))
  return {
    text,
    fits: device => terms.every(term => term.fits(device)),
    misses: devices => terms.flatMap(term => term.misses(devices)),
  }
}

function parseTerm(term: string, text: string, said: string): Term {
  const wrong = (sentence: string) => new Trouble('usage', `${said} ${text}: ${sentence}`)
  if (term === '') throw wrong('there is nothing between two commas; write terms like site=ams,!role=lab')
  const negative = term.startsWith('!')
  const positive = term.slice(negative ? 1 : 0).trim()
  const equals = positive.indexOf('=')
  const key = equals < 0 ? 'name' : positive.slice(0, equals).trim().toLowerCase()
  if (key.endsWith('!')) throw wrong(`to leave devices out, write !${key.slice(0, -1)}=${positive.slice(equals + 1)}`)
  const read = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
  if (!read) throw wrong(`there is no key "${key}"; ${suggest(key, Object.keys(KEYS))}`)
  const values = positive
    .slice(equals + 1)
    .split('|')
    .map(value => value.trim())
  if (values.includes('')) throw wrong(`"${term}" has no value; write ${key}=VALUE, or ${key}=ONE|OTHER`)
  const patterns = values.map(value => patternOf(key === 'platform' ? (platformIdOf(value) ?? value) : value))
  const hits = (device: Choosable, pattern: RegExp) => read(device).some(own => pattern.test(own))
  return {
    fits: device => device.open?.has(key) || patterns.some(pattern => hits(device, pattern)) !== negative,
    misses: devices =>
      values.filter((_, n) => !devices.some(d => hits(d, patterns[n] as RegExp))).map(value => `${key}=${value}`),
  }
}

const patternOf = (text: string): RegExp =>
  new RegExp(
    `^${text
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'is',
  )

/** A device of an inventory as a limit sees it. */
export const choosable = (device: InventoryDevice): Choosable => ({
  ...device,
  host: 'ssh' in device.from ? device.from.ssh.host : null,
})

/** Devices that are taken, and those that are not. */
export interface Choice {
  readonly taken: readonly InventoryDevice[]
  readonly left: readonly InventoryDevice[]
}

/** Splits devices by a limit; one that fits none is a mistake, and a part of one that does may be. */
export function choose(
  devices: readonly InventoryDevice[],
  limit: Limit | undefined,
  warn: (sentence: string) => void = () => {},
): Choice {
  if (!limit) return { taken: devices, left: [] }
  const taken = devices.filter(device => limit.fits(choosable(device)))
  if (taken.length === 0)
    throw new Trouble(
      'usage',
      `--limit ${limit.text} fits none of the ${devices.length} devices; inventory list shows what they have`,
    )
  const misses = limit.misses(devices.map(choosable))
  if (misses.length > 0) warn(`--limit ${limit.text}: no device has ${misses.join(' or ')}; inventory list shows what they have`)
  const chosen = new Set(taken)
  return { taken, left: devices.filter(device => !chosen.has(device)) }
}

/** Why a device that was left out was not read. */
export const LEFT_OUT = 'left out by --limit'

/** A device that was left out is one that was not read: its site stays open, so no limit ever makes a segment look clean. */
export const leftOut = ({ name, site, platform, from }: InventoryDevice, file: string): Collected => ({
  device: name,
  site,
  platform,
  file,
  state: 'failed',
  reason: LEFT_OUT,
  ...('unusable' in from && from.anywhere ? { adrift: true } : {}),
})
