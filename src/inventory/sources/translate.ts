// From what another inventory says of a device to settings of ours. A value that cannot be used is a reason, never a crash.
import { homedir } from 'node:os'
import { dirname, isAbsolute, join } from 'node:path'
import type { z } from 'zod'
import { PLATFORM_NAMES, platformIdOf } from '../platform-names.ts'
import { host as hostShape, type Settings, ssh as sshShape } from '../settings-schema.ts'
import { type Given, isWithheld, legible, type Setting, type Sourced, shown } from './sourced.ts'

/** A device of another inventory in our words. */
export interface Translated {
  readonly name: string
  readonly place: string
  readonly host: string | undefined
  /** What to connect to where nobody gives an address. */
  readonly implied: string | undefined
  readonly settings: Settings
  /** Where each setting stands, by its name here (`ssh.port`). */
  readonly places: ReadonlyMap<string, string>
  /** Why a setting that stands there cannot be used, by its name. */
  readonly troubles: ReadonlyMap<Setting, string>
  /** Settings whose values only its own tool can tell. */
  readonly hidden: ReadonlySet<Setting>
  readonly trouble: string | null
  /** What is in the way may hide where it stands. */
  readonly adrift: boolean
}

/** What a source of ours says of all its devices. */
export interface TranslateOptions {
  /** Their names of platforms, and ours for them. */
  readonly platforms: Readonly<Record<string, string>>
}

/** How one setting is taken over: its value, or the reason why it cannot be. */
type Reader = (
  value: unknown,
  given: Given,
  options: TranslateOptions,
) => { readonly value: unknown } | { readonly wrong: string; readonly hidden?: true }

const TEMPLATE = 'is a template ({{ }}), which only the tool that it is for can fill in'

/** Text in one line; numbers count as text, as names and sites may be. */
const word: Reader = value =>
  (typeof value === 'string' && /^[^\0-\x1f\x7f-\x9f]+$/.test(value.trim())) || typeof value === 'number'
    ? { value: String(value).trim() }
    : { wrong: `is ${shown(value)}, and must be text` }

const shaped =
  (shape: z.ZodType, type: string, normal: (value: unknown) => unknown): Reader =>
  value => {
    const parsed = shape.safeParse(normal(value))
    if (parsed.success) return { value: parsed.data }
    const { code, message } = parsed.error.issues[0] ?? {}
    return { wrong: `is ${shown(value)}${code === 'invalid_type' ? `, and must be ${type}` : `: it ${message}`}` }
  }

const path: Reader = (value, { place }) => {
  const text = word(value, { value, place }, { platforms: {} })
  if ('wrong' in text) return text
  const file = String(text.value)
  if (isAbsolute(file)) return { value: file }
  if (/^~\//.test(file)) return { value: join(homedir(), file.slice(2)) }
  return { value: join(dirname(place.replace(/:\d+$/, '')), file) }
}

const jump = shaped(sshShape.shape.proxy_jump.unwrap(), 'text', value =>
  typeof value === 'string' ? value.trim().replace(/,\s+/g, ',') : value,
)

const READERS: Readonly<Record<Setting, Reader>> = {
  host: shaped(hostShape, 'text', value => (typeof value === 'string' ? value.trim().replace(/^\[(.*)\]$/, '$1') : value)),
  port: shaped(sshShape.shape.port.unwrap(), 'a whole number', value =>
    typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : value,
  ),
  username: word,
  key: path,
  ssh_config: path,
  proxy_jump: (value, given, options) =>
    // ssh would take the password for a part of the name.
    typeof value === 'string' && /:[^\s,@]*@/.test(value)
      ? { wrong: 'holds a password before a host; say what to log in with there under jump_hosts:' }
      : jump(value, given, options),
  site: word,
  role: word,
  tags: value => {
    const list = typeof value === 'string' ? value.split(',') : value
    return Array.isArray(list) && list.every(tag => typeof tag === 'string' || typeof tag === 'number')
      ? { value: list.map(tag => String(tag).trim()).filter(Boolean) }
      : { wrong: `are ${shown(value)}, and must be a list of texts` }
  },
  platform: (value, given, { platforms }) => {
    const text = word(value, given, { platforms })
    if ('wrong' in text) return text
    const name = String(text.value)
    const id = platformIdOf(Object.hasOwn(platforms, name) ? (platforms[name] ?? '') : name)
    return id === undefined
      ? {
          wrong: `is ${shown(name)}, and no platform here has such a name; say under platforms: of the source which it is, or leave it out with limit:`,
        }
      : { value: id }
  },
}

/** Where each setting stands among ours. */
const OURS: Readonly<Record<Exclude<Setting, 'host'>, string>> = {
  port: 'ssh.port',
  username: 'username',
  key: 'key',
  platform: 'platform',
  site: 'site',
  role: 'role',
  tags: 'tags',
  proxy_jump: 'ssh.proxy_jump',
  ssh_config: 'ssh.config',
}

/** Puts a device into our words. */
export function translate(device: Sourced, options: TranslateOptions): Translated {
  const settings: Record<string, unknown> = {}
  const ssh: Record<string, unknown> = {}
  const places = new Map<string, string>()
  const troubles = new Map<Setting, string>()
  const hidden = new Set<Setting>()
  let host: string | undefined
  for (const [setting, given] of device.given) {
    const read = readOne(setting, given, options)
    if (read === null) continue
    if ('wrong' in read) {
      if (read.hidden || setting === 'site') hidden.add(setting)
      troubles.set(setting, `${given.place}: its ${setting} ${read.wrong}`)
      continue
    }
    if (setting === 'host') {
      host = String(read.value)
      places.set('host', given.place)
      continue
    }
    const [first = '', second] = OURS[setting].split('.')
    if (second === undefined) settings[first] = read.value
    else ssh[second] = read.value
    places.set(OURS[setting], given.place)
  }
  const implied =
    device.byName === null || host !== undefined || troubles.has('host')
      ? null
      : readOne('host', { value: device.byName, place: device.place }, options)
  if (implied && 'wrong' in implied) troubles.set('host', `${device.place}: its name ${implied.wrong}`)
  const tags = [...new Set([...((settings.tags as string[] | undefined) ?? []), ...device.groups].map(legible))]
  if (tags.length > 0) {
    settings.tags = tags
    if (!places.has('tags')) places.set('tags', device.place)
  }
  if (Object.keys(ssh).length > 0) settings.ssh = ssh
  return {
    name: device.name,
    place: device.place,
    host,
    implied: implied && 'value' in implied ? String(implied.value) : undefined,
    settings: settings as Settings,
    places,
    troubles,
    hidden,
    trouble: device.trouble === null ? null : legible(device.trouble),
    adrift: device.adrift === true,
  }
}

/** Null for a setting that says nothing. */
function readOne(setting: Setting, given: Given, options: TranslateOptions): ReturnType<Reader> | null {
  const { value } = given
  if (value === undefined || value === null || value === '') return null
  if (isWithheld(value)) return { wrong: value.withheld, hidden: true }
  if (typeof value === 'string' && /\{[{%#]/.test(value)) return { wrong: TEMPLATE, hidden: true }
  return READERS[setting](value, given, options)
}

/** Why this version cannot read a platform; null where it can, or where nobody checks. */
export function unreadable(platform: string, readable: readonly string[] | undefined): string | null {
  if (readable === undefined || platform === 'auto' || readable.includes(platform)) return null
  const name = PLATFORM_NAMES[platform]
  return name === undefined ? null : `this version cannot read ${name} (${platform})`
}
