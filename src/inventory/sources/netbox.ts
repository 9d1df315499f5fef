// Devices of NetBox over its REST API (netboxlabs.com/docs/netbox, integrations, REST API; GET /api/dcim/devices/).
import { Trouble } from '../../model/trouble.ts'
import { type Ask, getJson } from './http.ts'
import type { SourceEntry } from './source-schema.ts'
import { type Given, type Harvest, type Setting, type Sourced, shown } from './sourced.ts'

/** Fetches the value behind a reference to a secret, or says why there is none. */
export type FetchSecret = (reference: string) => Promise<SecretValue> | SecretValue
type SecretValue = { reveal(): string } | { readonly failed: string }

type NetBox = NonNullable<SourceEntry['netbox']>
type Json = Readonly<Record<string, unknown>>

/** Devices of one page; NetBox caps it at its MAX_PAGE_SIZE, 1000 by default. */
const PAGE = 500
/** No NetBox has more; a list without an end does. */
const MOST_PAGES = 10_000
/** Seconds for one page. */
const TIMEOUT = 30

/** Reads all devices that fit the filter; `place` is where the source stands in our inventory. */
export async function readNetBox(source: NetBox, place: string, secret: FetchSecret): Promise<Harvest> {
  const base = new URL(source.url.replace(/\/*$/, '/'))
  const subject = `${place}: NetBox at ${base.origin}`
  const ask: Ask = {
    authorization: source.token === undefined ? null : await authorization(source.token, subject, secret),
    timeout: source.timeout ?? TIMEOUT,
    subject,
    remedies: {
      400: 'it does not accept the filter: compare filter: with the parameters of its devices',
      401: `it does not accept the token${source.token === undefined ? ': there is none, set token: env:NAME' : '; check that it is whole and not expired'}`,
      403: `it does not accept the token, or the token may not see devices${source.token === undefined ? ': there is none, set token: env:NAME' : ''}`,
      404: 'there is no API: url: is the address of NetBox itself, without /api',
      429: 'it is asked too often: try again later',
    },
  }
  const routers: Json[] = []
  const members: Json[] = []
  const met = new Set<unknown>()
  const visited = new Set<string>()
  let count = 0
  for (let url: URL | null = firstPage(base, source); url !== null; ) {
    if (visited.has(url.href) || visited.size >= MOST_PAGES)
      throw new Trouble('inventory', `${subject} leads round in a circle from page to page; try again later`)
    visited.add(url.href)
    const page = pageOf(await getJson(url, ask), subject)
    // Behind one that is gone the others move up, and the first of the next page has moved to the one before.
    if (page.count < count)
      throw new Trouble('inventory', `${subject} has lost devices while they were listed, and others may be missing; try again`)
    count = page.count
    for (const device of page.results) {
      // Pages shift when devices are added underway.
      if (met.has(device.id)) continue
      met.add(device.id)
      if (isStackMember(device)) members.push(device)
      else routers.push(device)
    }
    url = page.next === null ? null : nextPage(page.next, base, subject)
  }
  if (met.size < count)
    throw new Trouble('inventory', `${subject} says that it has ${count} devices and lists ${met.size}; try again`)
  if (met.size === 0) throw new Trouble('inventory', `${subject} lists no device; compare filter: with what it holds`)
  // Where the filter leaves out the master, nobody speaks for the stack.
  const listed = new Set(routers.map(device => device.id))
  const orphans = members.filter(member => !listed.has(masterOf(member)))
  const stacked = members.length - orphans.length
  const devices = [
    ...routers.map(device => deviceOf(device, base)),
    ...orphans.map(device => ({ ...deviceOf(device, base), trouble: leaderless(device, base) })),
  ]
  const insecure = base.protocol === 'http:' && ask.authorization !== null && !/^(localhost|127\.|\[::1\])/.test(base.hostname)
  return {
    devices,
    notices: [
      ...(stacked > 0 ? [`${stacked} of the devices in NetBox belong to a virtual chassis, and its master speaks for them`] : []),
      ...(insecure ? [`${subject} is asked without encryption, and the token can be read underway; write https:// in url:`] : []),
    ],
  }
}

/** Only active devices are routers that relay today, unless the filter says otherwise. */
function firstPage(base: URL, { filter, page_size }: NetBox): URL {
  const url = new URL('api/dcim/devices/', base)
  url.searchParams.set('limit', String(page_size ?? PAGE))
  // Documented for speed: rendering it takes most of the time of a page.
  url.searchParams.set('exclude', 'config_context')
  if (!Object.hasOwn(filter, 'status')) url.searchParams.set('status', 'active')
  for (const [key, values] of Object.entries(filter))
    for (const value of [values].flat()) url.searchParams.append(key, String(value))
  return url
}

/**
 * `next` is taken for the path and the query it names: behind a proxy its scheme and port are often those of the inside. Another host
 * is refused, as the token would go there.
 */
function nextPage(next: string, base: URL, subject: string): URL {
  const url = URL.canParse(next, base.href) ? new URL(next, base) : null
  if (url === null) throw new Trouble('inventory', `${subject} names a next page that is no address; try again later`)
  if (url.hostname !== base.hostname)
    throw new Trouble(
      'inventory',
      `${subject} sends us to ${shown(url.hostname)} for the next page, and the token is for ${base.hostname} alone; correct the host name that NetBox is set up with, or url:`,
    )
  return new URL(url.pathname + url.search, base.origin)
}

/** Tokens of version 2 (NetBox 4.5) begin with `nbt_` and go as `Bearer`, older ones as `Token`. */
async function authorization(reference: string, subject: string, secret: FetchSecret): Promise<string> {
  const found = await secret(reference)
  if ('failed' in found) throw new Trouble('inventory', `${subject} needs a token: ${found.failed}`)
  const value = found.reveal().trim()
  const [, scheme, token = value] = /^(Token|Bearer) +(\S+)$/i.exec(value) ?? []
  if (!/^[\x21-\x7e]+$/.test(token))
    throw new Trouble(
      'inventory',
      `${subject} needs a token, and what its reference leads to is none: it is empty or holds blanks`,
    )
  const bearer = scheme === undefined ? token.startsWith('nbt_') : scheme.toLowerCase() === 'bearer'
  return `${bearer ? 'Bearer' : 'Token'} ${token}`
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function pageOf(data: unknown, subject: string): { count: number; next: string | null; results: readonly Json[] } {
  const { count, next = null, results } = isObject(data) ? data : {}
  if (
    !Array.isArray(results) ||
    typeof count !== 'number' ||
    !results.every(isObject) ||
    (next !== null && typeof next !== 'string')
  )
    throw new Trouble(
      'inventory',
      `${subject} answers with JSON that is no list of devices; url: is the address of NetBox itself`,
    )
  return { count, next, results }
}

/** The id of the device that speaks for its virtual chassis. */
const masterOf = ({ virtual_chassis: chassis }: Json): unknown =>
  isObject(chassis) && isObject(chassis.master) ? chassis.master.id : undefined

/** Members of a stack have no address of their own. */
function isStackMember(device: Json): boolean {
  const master = masterOf(device)
  return master !== undefined && master !== device.id && addressOf(device) === undefined
}

const placeOf = ({ id }: Json, base: URL): string => `${base.href}dcim/devices/${Number(id) || ''}/`

const leaderless = (device: Json, base: URL): string =>
  `${placeOf(device, base)}: the master of its virtual chassis is not among the devices; let filter: include ${base.href}dcim/devices/${Number(masterOf(device)) || ''}/`

function addressOf(device: Json): string | undefined {
  for (const key of ['primary_ip', 'primary_ip4', 'primary_ip6']) {
    const ip = device[key]
    if (isObject(ip) && typeof ip.address === 'string') return ip.address.replace(/\/\d+$/, '')
  }
  return undefined
}

/** Fields of a device; `role` is called `device_role` before NetBox 3.6. */
function deviceOf(device: Json, base: URL): Sourced {
  const { id, name, platform, site, tags } = device
  const place = placeOf(device, base)
  const slug = (value: unknown) => (isObject(value) && typeof value.slug === 'string' ? value.slug : undefined)
  const values: [Setting, unknown][] = [
    ['host', addressOf(device)],
    ['platform', slug(platform)],
    ['site', slug(site)],
    ['role', slug(device.role) ?? slug(device.device_role)],
    ['tags', Array.isArray(tags) ? tags.map(tag => slug(tag) ?? tag).filter(tag => typeof tag === 'string') : undefined],
  ]
  const named = typeof name === 'string' && name.trim() !== ''
  return {
    name: named ? name.trim() : `netbox-device-${Number(id) || 'x'}`,
    place,
    given: new Map(values.flatMap(([key, value]): [Setting, Given][] => (value === undefined ? [] : [[key, { value, place }]]))),
    groups: [],
    byName: null,
    trouble: named ? null : `${place}: it has no name in NetBox; give it one`,
  }
}
