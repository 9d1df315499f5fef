// Who is told of changes: a command and a webhook, only when something has changed, and without lines of configurations.
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { addressOf, post, runCommand } from '../src/history.ts'
import type { News } from '../src/state/news.ts'
import { cli, PLAIN, router, scheduled } from './support/scheduled.ts'

const both = { r2: router(2, [PLAIN]), r3: router(3, [PLAIN]) }

/** What a server got. */
interface Request {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

const servers: Server[] = []
afterAll(() => {
  for (const server of servers) server.closeAllConnections()
  for (const server of servers) server.close()
})

/** How a server answers; a silent one never does. */
interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly silent?: true
}

/** A server on loopback that gives these answers in turn, the last one for ever. */
async function receiver(...answers: readonly Answer[]) {
  const requests: Request[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', text => (body += text))
    request.on('end', () => {
      const { status = 200, headers = {}, silent } = answers[Math.min(requests.length, answers.length - 1)] ?? {}
      requests.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, body })
      if (!silent) response.writeHead(status, headers).end()
    })
  })
  servers.push(server)
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { requests, url: `http://127.0.0.1:${port}`, port }
}
const news = (request: Request | undefined): News => JSON.parse(request?.body ?? 'null')
const quick = { timeout: 1, waits: [0.01, 0.01, 0.01], longest: 0.05 }
const hookAt = (url: string) => addressOf(url, {})

describe('the command of --on-change', () => {
  const told = (net: { dir: string }) => {
    const file = join(net.dir, 'told')
    const read = () => (existsSync(file) ? readFileSync(file, 'utf8') : null)
    return {
      command: `env | grep ^IPHELPER_ | LC_ALL=C sort > ${file}; cat > ${file}.json`,
      read,
      clear: () => rmSync(file, { force: true }),
      json: `${file}.json`,
    }
  }

  it('is run when something has changed, with numbers in its environment and the result on its input', async () => {
    const net = scheduled(both)
    const { command, read, clear, json } = told(net)
    const first = await net.audit('--on-change', command)
    expect(read()?.split('\n')).toEqual([
      'IPHELPER_ACCEPTED=0',
      'IPHELPER_CHANGES=1 new finding',
      'IPHELPER_EXIT_CODE=1',
      'IPHELPER_NEW=1',
      'IPHELPER_NOT_JUDGED=0',
      'IPHELPER_PREVIOUS_EXIT_CODE=',
      'IPHELPER_RESOLVED=0',
      'IPHELPER_RUN=1',
      'IPHELPER_STANDING=0',
      `IPHELPER_STATE=${net.state}`,
      '',
    ])
    expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual(first.result)
    clear()
    // Nothing has changed.
    await net.audit('--on-change', command)
    expect(read()).toBeNull()
    // Resolved, with another exit code; that PXE now stops with one router is new, and for information.
    net.set({ r3: router(3) })
    await net.audit('--on-change', command)
    expect(read()).toContain('IPHELPER_CHANGES=1 new finding; 1 finding resolved; exit code 0, and it was 1\n')
    expect(read()).toContain('IPHELPER_RESOLVED=1\n')
    clear()
    // A device that could be read no longer.
    net.set({ r3: '' })
    await net.audit('--on-change', command)
    expect(read()).toMatch(/^IPHELPER_CHANGES=.*exit code 3, and it was 0; not read: r3$/m)
  })

  it('is run by the next run where one was killed before it told anybody', async () => {
    const net = scheduled(both)
    const { command, read, clear } = told(net)
    await net.audit('--on-change', command)
    clear()
    const journal = join(net.state, 'history.ndjson')
    const lines = readFileSync(journal, 'utf8').split('\n')
    expect(lines[1]).toBe('{"schema_version":1,"kind":"told","run":1,"listener":"command"}')
    writeFileSync(journal, `${lines[0]}\n`)
    await net.audit('--on-change', command)
    expect(read()).toContain('IPHELPER_NEW=1\n')
    expect(read()).toContain('IPHELPER_CHANGES=run 1 and later could not be told before\n')
    clear()
    await net.audit('--on-change', command)
    expect(read()).toBeNull()
  })

  it('is not run for a first run that finds nothing', async () => {
    const net = scheduled({ r2: router(2, [PLAIN]), r3: router(3, [PLAIN.replace('10.9.9.5', '10.9.9.6')]), r4: '' })
    const { command, read } = told(net)
    const { result, code } = await net.audit('--on-change', command, '--waivers', waiveAll(net.dir))
    expect([code, result.history?.changes, read()]).toEqual([3, [], null])
  })

  it.each([
    ['exit 7', 'ended with exit code 7'],
    ['kill -9 $$', 'was ended by SIGKILL'],
    ['no-such-command-here', 'ended with exit code 127'],
  ])('says how it ended, and changes nothing: %s', async (command, said) => {
    const net = scheduled(both)
    const { code, err } = await net.audit('--on-change', command)
    expect(code).toBe(1)
    expect(err.split('\n').at(-2)).toBe(`iphelper-audit: the command of --on-change ${said}`)
    // It was told all the same.
    expect((await net.audit('--on-change', command)).err).toBe('')
  })

  it('is ended with all that it has started when it takes too long', async () => {
    const said: string[] = []
    const running = { env: process.env, input: 'x'.repeat(1_000_000), seconds: 0.3, err: (text: string) => said.push(text) }
    expect(await runCommand('echo here; sleep 600 & sleep 600', running)).toBe('took more than 0.3 s and was ended')
    expect(said.join('')).toBe('here\n')
    // One that leaves something running keeps nobody waiting.
    expect(await runCommand('sleep 5 &', running)).toBeNull()
  })
})

/** A file of waivers that accepts everything. */
function waiveAll(dir: string): string {
  const file = join(dir, 'waivers.yaml')
  writeFileSync(file, 'waivers: [{ rule: "*", reason: known, owner: Network team }]\n')
  return file
}

describe('a webhook', () => {
  it('is posted what has changed since it was told last, and no line of a configuration', async () => {
    const net = scheduled(both)
    const hook = await receiver({ status: 204 })
    const first = await net.audit('--webhook', `${hook.url}/T0/secret-token`)
    expect(hook.requests.map(r => [r.method, r.url, r.headers['content-type']])).toEqual([
      ['POST', '/T0/secret-token', 'application/json'],
    ])
    const [finding] = first.result.findings
    expect(news(hook.requests[0])).toEqual({
      schema_version: 1,
      tool: first.result.tool,
      run: 1,
      started_at: first.result.started_at,
      exit_code: 1,
      previous_exit_code: null,
      since_run: 0,
      changes: ['1 new finding'],
      counts: { new: 1, resolved: 0, standing: 0, not_judged: 0, accepted: 0 },
      new: [
        {
          fingerprint: finding?.fingerprint,
          rule: 'duplicate-pxe-relay',
          severity: 'error',
          site: 'default',
          subject: finding?.subject,
          message: finding?.message,
          first_seen: first.result.started_at,
        },
      ],
      resolved: [],
      failed_devices: [],
    })
    expect(hook.requests[0]?.body).not.toContain('ip helper-address')
    expect(`${first.out}${first.err}`).not.toContain('secret-token')
    for (const file of ['history.ndjson']) expect(readFileSync(join(net.state, file), 'utf8')).not.toContain('secret-token')

    await net.audit('--webhook', hook.url)
    expect(hook.requests).toHaveLength(1)
    net.set({ r3: router(3) })
    await net.audit('--webhook', hook.url)
    expect(news(hook.requests[1])).toMatchObject({
      run: 3,
      since_run: 2,
      exit_code: 0,
      previous_exit_code: 1,
      resolved: [{ fingerprint: finding?.fingerprint, caveat: null }],
    })
  })

  it('has the lines where it is trusted with them', async () => {
    const net = scheduled(both)
    const hook = await receiver({ status: 200 })
    const { result } = await net.audit('--webhook', hook.url, '--webhook-with-evidence')
    expect(news(hook.requests[0]).new[0]?.evidence).toEqual(result.findings[0]?.evidence)
  })

  it('is told again by the next run where it could not be told', async () => {
    const net = scheduled(both)
    const down = await receiver({ status: 500 })
    const said = await net.audit('--webhook', `${down.url}/secret-token`)
    expect([said.code, down.requests.length]).toEqual([1, 4])
    expect(said.err).toBe(
      `iphelper-audit: the webhook at ${down.url} answered with status 500, 4 times; the next run tells it again\n`,
    )
    // Nothing has changed since; still nobody knows.
    const up = await receiver({ status: 200 })
    await net.audit('--webhook', up.url)
    expect(news(up.requests[0])).toMatchObject({
      run: 2,
      since_run: 0,
      changes: ['run 1 and later could not be told before'],
      counts: { new: 1, standing: 0 },
    })
    await net.audit('--webhook', up.url)
    expect(up.requests).toHaveLength(1)
  }, 60_000)

  it('that refuses is not told again', async () => {
    const net = scheduled(both)
    const hook = await receiver({ status: 404 })
    expect((await net.audit('--webhook', hook.url)).err).toBe(
      `iphelper-audit: the webhook at ${hook.url} answered with status 404; it is not told again: check its address\n`,
    )
    await net.audit('--webhook', hook.url)
    expect(hook.requests).toHaveLength(1)
  })

  it.each<[string, readonly Answer[], number, unknown]>([
    ['429, then a success', [{ status: 429, headers: { 'retry-after': '1' } }, { status: 200 }], 2, { delivered: true }],
    [
      '503 with a date, then a success',
      [{ status: 503, headers: { 'retry-after': 'Wed, 21 Oct 2099 07:28:00 GMT' } }, { status: 201 }],
      2,
      { delivered: true },
    ],
    ['500 for ever', [{ status: 500 }], 4, { delivered: false, why: 'answered with status 500, 4 times', again: true }],
    [
      'no answer',
      [{ status: 200, silent: true }],
      4,
      { delivered: false, why: 'did not answer within 1 s, 4 times', again: true },
    ],
    ['400', [{ status: 400 }], 1, { delivered: false, why: 'answered with status 400', again: false }],
    ['401', [{ status: 401 }], 1, { delivered: false, why: 'answered with status 401', again: false }],
    [
      'a redirect that loses the body',
      [{ status: 302, headers: { location: '/there' } }],
      1,
      { delivered: false, why: 'answered with a redirect (status 302)', again: false },
    ],
    ['a redirect on the same host', [{ status: 307, headers: { location: '/there' } }, { status: 200 }], 2, { delivered: true }],
    [
      'redirects in a circle',
      [{ status: 308, headers: { location: '/' } }],
      4,
      { delivered: false, why: 'answered with a redirect (status 308)', again: false },
    ],
  ])('and its answers: %s', async (_, answers, requests, delivery) => {
    const hook = await receiver(...answers)
    expect(await post(await hookAt(hook.url), '{}', quick)).toEqual(delivery)
    expect(hook.requests).toHaveLength(requests)
    for (const { method, body } of hook.requests) expect([method, body]).toEqual(['POST', '{}'])
  })

  it('is never followed to another host', async () => {
    const other = await receiver({ status: 200 })
    const hook = await receiver({ status: 307, headers: { location: `${other.url}/` } })
    expect(await post(await hookAt(hook.url), '{}', quick)).toEqual({
      delivered: false,
      why: 'answered with a redirect to another host',
      again: false,
    })
    expect(other.requests).toEqual([])
  })

  it('that nobody serves is tried again', async () => {
    const hook = await receiver({ status: 200 })
    const server = servers.pop()
    await new Promise(resolve => server?.close(resolve))
    expect(await post(await hookAt(hook.url), '{}', quick)).toEqual({
      delivered: false,
      why: 'could not be reached (ECONNREFUSED), 4 times',
      again: true,
    })
  })

  it('takes a name and a password from its address, and never shows them', async () => {
    const hook = await receiver({ status: 200 })
    const checked = await hookAt(`http://aud%40it:s%3Acret@127.0.0.1:${hook.port}/x?key=k`)
    expect(checked.shown).toBe(hook.url)
    expect(await post(checked, '{}', quick)).toEqual({ delivered: true })
    expect(hook.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('aud@it:s:cret').toString('base64')}`)
  })

  it('may be named by a reference', async () => {
    const net = scheduled(both)
    const file = join(net.dir, 'hook')
    writeFileSync(file, 'https://h.example/a\nsecond line\n')
    expect((await addressOf(`file:${file}`, {})).url.href).toBe('https://h.example/a')
    expect((await addressOf('env:HOOK', { HOOK: 'https://h.example/b' })).url.href).toBe('https://h.example/b')
  })

  it.each([
    ['env:NO_SUCH_HOOK', '--webhook: the environment variable NO_SUCH_HOOK is not set; put the address there'],
    ['file:/no/such/file', '--webhook: the address file /no/such/file cannot be read (ENOENT); check the path'],
    [
      'hooks.example.net/secret-token',
      '--webhook is no address that begins with https:// or http://; write the whole address of the webhook',
    ],
    [
      'ftp://hooks.example.net/secret-token',
      '--webhook is no address that begins with https:// or http://; write the whole address of the webhook',
    ],
  ])('that is none is refused before anything is done: %s', async (address, sentence) => {
    const net = scheduled(both)
    expect(await cli('audit', '--configs', net.configs, '--pxe', '10.9.9.5', '--state', net.state, '--webhook', address)).toEqual(
      {
        code: 2,
        out: '',
        err: `iphelper-audit: ${sentence}\n`,
      },
    )
    expect(existsSync(net.state)).toBe(false)
  })
})
