// NetBox, against a stand-in on loopback that answers as its REST API is documented to.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { complaint, loaded, summary, withSources, workspace } from './support/inventory.ts'

const { files } = workspace('netbox')
const TOKEN = '0123456789abcdef0123456789abcdef01234567'

type Answer = (request: IncomingMessage, response: ServerResponse, url: URL) => void

/** What was asked: path with query, and the Authorization header. */
interface Seen {
  readonly path: string
  readonly authorization: string | undefined
}

const open: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of open.splice(0)) await close()
})

async function standIn(answer: Answer): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    seen.push({ path: request.url ?? '', authorization: request.headers.authorization })
    answer(request, response, new URL(request.url ?? '', `http://${request.headers.host}`))
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  open.push(
    () =>
      new Promise(resolve => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  )
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

const json = (response: ServerResponse, data: unknown, status = 200) =>
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(data))

/** Lists devices page by page, as GET /api/dcim/devices/ does: `limit` and `offset` in, `count`, `next` and `results` out. */
const listing =
  (devices: readonly object[], origin = (host: string) => `http://${host}`): Answer =>
  (request, response, url) => {
    const limit = Number(url.searchParams.get('limit'))
    const offset = Number(url.searchParams.get('offset') ?? 0)
    const following = new URL(url)
    following.searchParams.set('offset', String(offset + limit))
    const more = offset + limit < devices.length
    json(response, {
      count: devices.length,
      next: more ? origin(request.headers.host ?? '') + following.pathname + following.search : null,
      previous: null,
      results: devices.slice(offset, offset + limit),
    })
  }

const slug = (name: string, id = 1) => ({ id, url: `http://netbox/api/x/${id}/`, display: name, name, slug: name })
/** A device in the form of NetBox 4. */
const device = (id: number, name: string | null, more: object = {}) => ({
  id,
  name,
  status: { value: 'active', label: 'Active' },
  platform: slug('cisco-ios-xe'),
  site: slug('ams'),
  role: slug('distribution'),
  tags: [slug('pair-a')],
  primary_ip: { id, address: `192.0.2.${id}/24`, family: { value: 4, label: 'IPv4' } },
  primary_ip4: { id, address: `192.0.2.${id}/24` },
  primary_ip6: null,
  virtual_chassis: null,
  ...more,
})

const secret = (value: string) => (reference: string) => {
  expect(reference).toBe('env:NETBOX_TOKEN')
  return value === '' ? { failed: 'the environment variable NETBOX_TOKEN is not set' } : { reveal: () => value }
}
const source = (url: string, more = '') => withSources(`  - { netbox: { url: "${url}", token: env:NETBOX_TOKEN${more} } }\n`)
const of = async (url: string, more = '', token = TOKEN, whole?: string) => {
  const folder = files({ 'inventory.yaml': whole ?? source(url, more) })
  const result = await loaded(folder, { secret: secret(token) })
  return { devices: summary(result, folder), said: result.said, result }
}
const told = async (url: string, more = '', token = TOKEN) => {
  const sentence = await complaint(files({ 'inventory.yaml': source(url, more) }), { secret: secret(token) })
  expect(sentence).not.toContain(TOKEN)
  return sentence.replaceAll(url, 'URL')
}

describe('devices of NetBox', () => {
  it('are read page by page, with the token in the header and nowhere else', async () => {
    const { url, seen } = await standIn(listing([1, 2, 3, 4, 5].map(n => device(n, `r${n}`))))
    const { devices } = await of(
      `${url}/`,
      ', page_size: 2, filter: { site: [ams, lon], role: distribution, has_primary_ip: true }',
    )
    expect(Object.keys(devices)).toEqual(['r1', 'r2', 'r3', 'r4', 'r5'])
    expect(devices.r5).toBe('audit@192.0.2.5:22 | cisco-ios ams distribution pair-a')
    const query = 'limit=2&exclude=config_context&status=active&site=ams&site=lon&role=distribution&has_primary_ip=true'
    expect(seen).toEqual(
      ['', '&offset=2', '&offset=4'].map(offset => ({
        path: `/api/dcim/devices/?${query}${offset}`,
        authorization: `Token ${TOKEN}`,
      })),
    )
  })

  it('may live below a path, and take tokens of both versions', async () => {
    const { url, seen } = await standIn(listing([device(1, 'r1')]))
    await of(`${url}/netbox/`, ', filter: { status: [active, staged] }', 'nbt_abc.def')
    expect(seen[0]).toEqual({
      path: '/netbox/api/dcim/devices/?limit=500&exclude=config_context&status=active&status=staged',
      authorization: 'Bearer nbt_abc.def',
    })
    await of(url, '', 'Bearer xyz')
    expect(seen[1]?.authorization).toBe('Bearer xyz')
    const anonymous = await complaint(files({ 'inventory.yaml': withSources(`  - { netbox: { url: "${url}" } }\n`) }))
    expect(anonymous).toBe('no complaint')
    expect(seen[2]?.authorization).toBeUndefined()
  })

  it('have names and addresses, or are routers that fail', async () => {
    const { url } = await standIn(
      listing([
        device(1, 'v6', { primary_ip: null, primary_ip4: null, primary_ip6: { id: 9, address: '2001:db8::1/64' } }),
        device(2, 'old', { role: undefined, device_role: slug('core') }),
        device(3, 'bare', { primary_ip: null, primary_ip4: null }),
        device(4, null),
        device(5, 'asa', { platform: slug('cisco-asa') }),
        device(6, 'xr', { platform: slug('ios-xr') }),
        device(7, 'any', { platform: null, site: null, tags: [] }),
        device(8, 'stack', { virtual_chassis: { id: 1, name: 's', master: { id: 8, name: 'stack' } } }),
        device(9, 'stack-2', {
          primary_ip: null,
          primary_ip4: null,
          virtual_chassis: { id: 1, name: 's', master: { id: 8, name: 'stack' } },
        }),
      ]),
    )
    const { devices, said } = await of(url)
    const at = (id: number) => `${url}/dcim/devices/${id}/`
    expect(devices).toEqual({
      'v6': 'audit@2001:db8::1:22 | cisco-ios ams distribution pair-a',
      'old': 'audit@192.0.2.2:22 | cisco-ios ams core pair-a',
      'bare': `unusable: ${at(3)}: it has no address there; give it one, or list it under devices: with its host | cisco-ios ams distribution pair-a`,
      'netbox-device-4': `unusable: ${at(4)}: it has no name in NetBox; give it one | cisco-ios ams distribution pair-a`,
      'asa': `unusable: ${at(5)}: its platform is "cisco-asa", and no platform here has such a name; say under platforms: of the source which it is, or leave it out with limit: | auto ams distribution pair-a`,
      'xr': 'unusable: this version cannot read Cisco IOS-XR (cisco-iosxr); nothing was collected from it | cisco-iosxr ams distribution pair-a',
      'any': 'audit@192.0.2.7:22 | auto default distribution ',
      'stack': 'audit@192.0.2.8:22 | cisco-ios ams distribution pair-a',
    })
    expect(said).toEqual(['1 of the devices in NetBox belong to a virtual chassis, and its master speaks for them'])
  })

  it('of a stack whose master the filter leaves out are routers that fail', async () => {
    const member = (id: number, name: string, master: number) =>
      device(id, name, {
        primary_ip: null,
        primary_ip4: null,
        virtual_chassis: { id: 1, name: 's', master: { id: master, name: 'stack' } },
      })
    const { url } = await standIn(listing([device(1, 'r1'), member(3, 'stack-2', 2), member(4, 'r1-2', 1)]))
    const { devices, said } = await of(url)
    expect(devices).toEqual({
      'r1': 'audit@192.0.2.1:22 | cisco-ios ams distribution pair-a',
      'stack-2': `unusable: ${url}/dcim/devices/3/: the master of its virtual chassis is not among the devices; let filter: include ${url}/dcim/devices/2/ | cisco-ios ams distribution pair-a`,
    })
    expect(said).toEqual(['1 of the devices in NetBox belong to a virtual chassis, and its master speaks for them'])
  })

  it('that a page repeats are listed once', async () => {
    const all = [device(1, 'r1'), device(2, 'r2')]
    const { url } = await standIn((request, response, asked) => {
      const first = !asked.searchParams.has('offset')
      json(response, {
        count: 2,
        next: first ? `http://${request.headers.host}/api/dcim/devices/?offset=1` : null,
        results: first ? [all[0]] : all,
      })
    })
    expect(Object.keys((await of(url)).devices)).toEqual(['r1', 'r2'])
  })
  it('that move up because one before them is deleted underway are not lost without a word', async () => {
    // r1 is gone before the second page, which begins behind r2 and r3 then: r3 would be on neither.
    const all = [device(1, 'r1'), device(2, 'r2'), device(3, 'r3'), device(4, 'r4')]
    const { url } = await standIn((request, response, asked) => {
      const first = !asked.searchParams.has('offset')
      listing(first ? all : all.slice(1))(request, response, asked)
    })
    expect(await told(url, ', page_size: 2')).toBe(
      'inventory.yaml:4: NetBox at URL has lost devices while they were listed, and others may be missing; try again',
    )
  })
})

describe('the token', () => {
  it('is sent to the host of url: alone, whatever next says', async () => {
    const other = await standIn(listing([device(9, 'stolen')]))
    const elsewhere = other.url.replace('127.0.0.1', 'localhost')
    const { url } = await standIn(listing([device(1, 'r1'), device(2, 'r2')], () => elsewhere))
    expect(await told(url, ', page_size: 1')).toBe(
      'inventory.yaml:4: NetBox at URL sends us to "localhost" for the next page, and the token is for 127.0.0.1 alone; correct the host name that NetBox is set up with, or url:',
    )
    expect(other.seen).toEqual([])
  })

  it('stays on the port and scheme of url: where next names those of the inside', async () => {
    const other = await standIn(listing([]))
    const { url, seen } = await standIn(listing([device(1, 'r1'), device(2, 'r2')], () => other.url))
    expect(Object.keys((await of(url, ', page_size: 1')).devices)).toEqual(['r1', 'r2'])
    expect([seen.length, other.seen.length]).toEqual([2, 0])
  })

  it('does not follow redirects', async () => {
    const other = await standIn(listing([device(9, 'stolen')]))
    const { url } = await standIn((_, response) =>
      response.writeHead(302, { location: `${other.url}/login/?next=${TOKEN}` }).end(),
    )
    expect((await told(url)).replaceAll(other.url, 'OTHER')).toBe(
      'inventory.yaml:4: NetBox at URL answers with a redirect to "OTHER/login/"; write the address it leads to under url:',
    )
    expect(other.seen).toEqual([])
  })

  it('that is none is not sent', async () => {
    const { url, seen } = await standIn(listing([]))
    expect(await told(url, '', '')).toBe(
      'inventory.yaml:4: NetBox at URL needs a token: the environment variable NETBOX_TOKEN is not set',
    )
    expect(await told(url, '', 'two\nlines')).toMatch(/needs a token, and what its reference leads to is none/)
    expect(seen).toEqual([])
  })
})

describe('what goes wrong is one sentence', () => {
  it.each([
    [401, 'it does not accept the token; check that it is whole and not expired'],
    [403, 'it does not accept the token, or the token may not see devices'],
    [400, 'it does not accept the filter: compare filter: with the parameters of its devices'],
    [404, 'there is no API: url: is the address of NetBox itself, without /api'],
    [429, 'it is asked too often: try again later'],
    [500, 'it is out of order: try again later'],
    [418, 'check url:'],
  ])('status %i', async (status, remedy) => {
    const { url } = await standIn((_, response) => json(response, { detail: `Invalid token ${TOKEN}` }, status))
    expect(await told(url)).toBe(`inventory.yaml:4: NetBox at URL answers with status ${status}; ${remedy}`)
  })

  it.each<[string, Answer, string]>([
    [
      'a page for people',
      (_, r) => r.writeHead(200, { 'content-type': 'text/html' }).end('<html>'),
      'answers with "text/html" instead of JSON; url: is the address of NetBox itself, and no page in front of it',
    ],
    [
      'no JSON',
      (_, r) => r.writeHead(200, { 'content-type': 'application/json' }).end('{"count": 1,'),
      'says that it answers with JSON, and does not; try again later',
    ],
    [
      'other JSON',
      (_, r) => json(r, { devices: [] }),
      'answers with JSON that is no list of devices; url: is the address of NetBox itself',
    ],
    [
      'no devices at all',
      (_, r) => json(r, { count: 0, next: null, results: [] }),
      'lists no device; compare filter: with what it holds',
    ],
    [
      'pages in a circle',
      (q, r) => json(r, { count: 9, next: `http://${q.headers.host}${q.url}`, results: [] }),
      'leads round in a circle from page to page; try again later',
    ],
    [
      'fewer than it says',
      (_, r) => json(r, { count: 2, next: null, results: [device(1, 'r1')] }),
      'says that it has 2 devices and lists 1; try again',
    ],
    [
      'a line that goes dead',
      (_, r) => void r.writeHead(200, { 'content-type': 'application/json' }).write('{'),
      'does not answer within 1 s; check that it can be reached, or set timeout:',
    ],
    ['silence', () => {}, 'does not answer within 1 s; check that it can be reached, or set timeout:'],
    ['a closed connection', q => q.socket.destroy(), 'cannot be reached (UND_ERR_SOCKET); check url:'],
  ])('%s', async (_, answer, sentence) => {
    const { url } = await standIn(answer)
    expect(await told(url, ', timeout: 1')).toBe(`inventory.yaml:4: NetBox at URL ${sentence}`)
  })

  it('nobody there', async () => {
    const { url } = await standIn(() => {})
    for (const close of open.splice(0)) await close()
    expect(await told(url)).toBe('inventory.yaml:4: NetBox at URL cannot be reached (ECONNREFUSED); check url:')
  })
})
