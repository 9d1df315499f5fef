// What a collection does to accounts and to the hosts on the way: how often it logs in, what it repeats, and what it never does.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ServerChannel } from 'ssh2'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { type CollectOptions, type Gathered, gather } from '../src/collect/collect.ts'
import type { Access, Hop, InventoryDevice } from '../src/model/inventory.ts'
import { platformOf } from '../src/platforms.ts'
import { sshAccess, sshDevice } from './support/access.ts'
import { type Behaviour, keyPair, startServer, type TestServer } from './support/ssh-server.ts'

const dir = mkdtempSync(join(tmpdir(), 'iphelper-logins-'))
const knownHosts = join(dir, 'known_hosts')
const running: TestServer[] = []
afterEach(() => Promise.all(running.splice(0).map(server => server.close())))
afterAll(() => rmSync(dir, { recursive: true }))

/** A router of few words. */
const shell = (channel: ServerChannel) => {
  channel.write('r1#')
  channel.on('data', (typed: Buffer) => {
    const command = typed.toString().trim()
    channel.write(`${command}\r\n${command.startsWith('show') ? 'hostname r1\r\nend\r\n' : ''}r1#`)
  })
}
const servers = async (count: number, behaviour: Behaviour = {}): Promise<TestServer[]> => {
  const started = await Promise.all(Array.from({ length: count }, () => startServer({ shell, ...behaviour })))
  running.push(...started)
  writeFileSync(knownHosts, running.map(s => s.known).join(''))
  return started
}
const to = (server: TestServer, name = 'r1', more: Partial<Access> = {}): InventoryDevice =>
  sshDevice(name, { port: server.port, known_hosts: [knownHosts], ...more })
const run = async (devices: InventoryDevice[], more: Partial<CollectOptions> = {}): Promise<Gathered[]> => {
  const done = new Map<InventoryDevice, Gathered>()
  await gather(
    devices,
    {
      platformOf,
      env: { PW: 'correct-horse', WRONG: 'wrong' },
      readFile: (file, owner) => ({ ...owner, file, state: 'failed', reason: 'no file' }),
      retries: { count: 2, wait: 5 },
      ...more,
    },
    gathered => void done.set(gathered.device, gathered),
  )
  return devices.map(device => done.get(device) as Gathered)
}
const outcome = ({ failure }: Gathered) => failure?.kind ?? 'collected'
const jump = (server: TestServer, more: Partial<Hop> = {}): Hop =>
  sshAccess({ port: server.port, known_hosts: [knownHosts], ...more })

describe('another try', () => {
  it('is made where no credential was sent', async () => {
    const [busy] = await servers(1, { busy: 2 })
    const [gathered] = await run([to(busy as TestServer)])
    expect(gathered).toMatchObject({ command: 'show running-config view full', failure: null })
    expect(busy?.connections()).toBe(3)
  })
  it('is not made for ever', async () => {
    const [busy] = await servers(1, { busy: 9 })
    const [gathered] = await run([to(busy as TestServer)])
    expect(gathered?.failure?.failed).toMatch(
      /^127\.0\.0\.1 port \d+ hung up (before SSH began|while agreeing on keys); check that SSH is on/,
    )
    expect(busy?.connections()).toBe(3)
  })
  it('is never made once a password was sent and nothing was said of it', async () => {
    const [rude] = await servers(1, { hangsUpOnPassword: true })
    const [gathered] = await run([to(rude as TestServer)])
    expect(gathered?.failure).toMatchObject({ kind: 'hung-up', again: false })
    expect(rude?.credentials).toEqual(['password correct-horse'])
  })
  it('is never made with a rejected password', async () => {
    const [strict] = await servers(1, { methods: ['password', 'keyboard-interactive'] })
    const [gathered] = await run([to(strict as TestServer, 'r1', { password: 'env:WRONG' })])
    expect(outcome(gathered as Gathered)).toBe('rejected')
    expect(strict?.credentials).toEqual(['password wrong'])
  })
  it('is never made with a password that counted as one of two factors', async () => {
    const [careful] = await servers(1, { methods: ['password', 'keyboard-interactive'], wantsMore: true })
    const [gathered] = await run([to(careful as TestServer)])
    expect(gathered?.failure?.failed).toBe(
      'the device asks demo for one more credential (password or keyboard-interactive); set password: and key: both',
    )
    expect(careful?.credentials).toEqual(['password correct-horse'])
  })
  it('is made after a session that broke off behind a good login', async () => {
    let sessions = 0
    const [flaky] = await servers(1, {
      shell(channel) {
        if (++sessions > 1) return shell(channel)
        channel.write('r1#')
        channel.on('data', () => channel.end())
      },
    })
    expect((await run([to(flaky as TestServer)])).map(outcome)).toEqual(['collected'])
    expect(sessions).toBe(2)
  })
})

describe('a credential that devices reject', () => {
  it('is sent to three devices and to no more', async () => {
    const all = await servers(12)
    const gathered = await run(
      all.map((server, n) => to(server, `r${n}`, { password: 'env:WRONG' })),
      { concurrency: 12 },
    )
    expect(all.flatMap(s => s.credentials)).toEqual(['password wrong', 'password wrong', 'password wrong'])
    expect(gathered.filter(g => outcome(g) === 'rejected')).toHaveLength(3)
    const stopped = gathered.filter(g => outcome(g) === 'not-tried')
    expect(stopped).toHaveLength(9)
    expect(stopped[0]?.failure?.failed).toMatch(
      /^env:WRONG for demo was not tried: it was rejected 3 times in a row \(r\d+, r\d+, r\d+\); correct it, then/,
    )
  })
  it('is the same one under whatever reference it stands', async () => {
    const all = await servers(9)
    const file = join(dir, 'pw')
    writeFileSync(file, 'wrong\n')
    const references = ['env:WRONG', `file:${file}`, 'cmd:echo wrong']
    const gathered = await run(all.map((server, n) => to(server, `r${n}`, { password: references[n % 3] ?? '' })))
    expect(all.flatMap(s => s.credentials)).toEqual(['password wrong', 'password wrong', 'password wrong'])
    expect(gathered.filter(g => outcome(g) === 'not-tried')).toHaveLength(6)
  })
  it('leaves the device its other ones: where no device has the key, the password still goes to each', async () => {
    const all = await servers(8, { methods: ['publickey', 'password'] })
    const key = join(dir, 'key')
    writeFileSync(key, keyPair().private, { mode: 0o600 })
    const gathered = await run(all.map((server, n) => to(server, `r${n}`, { keys: [key] })))
    expect(gathered.map(outcome)).toEqual(all.map(() => 'collected'))
    const sent = all.flatMap(s => s.credentials)
    expect(sent.filter(c => c === 'publickey')).toHaveLength(3)
    expect(sent.filter(c => c === 'password correct-horse')).toHaveLength(8)
  })
  it('is told as the reason where the device has no other one to take', async () => {
    const all = await servers(6, { methods: ['publickey'] })
    const key = join(dir, 'key')
    writeFileSync(key, keyPair().private, { mode: 0o600 })
    const gathered = await run(all.map((server, n) => to(server, `r${n}`, { keys: [key] })))
    expect(gathered.map(outcome).sort()).toEqual([...Array(3).fill('not-tried'), ...Array(3).fill('rejected')])
    const [stopped] = gathered.filter(g => outcome(g) === 'not-tried')
    expect(stopped?.failure?.failed).toMatch(/\/key for demo was not tried: it was rejected 3 times in a row/)
  })
  it('costs those with another one nothing', async () => {
    const all = await servers(8)
    const gathered = await run(all.map((server, n) => to(server, `r${n}`, { password: n % 2 ? 'env:WRONG' : 'env:PW' })))
    expect(gathered.filter(g => outcome(g) === 'collected')).toHaveLength(4)
  })
})

describe('a host on the way', () => {
  it('is logged in to once for all devices behind it', async () => {
    const devices = await servers(6)
    const [bastion] = await servers(1, { forwards: true })
    const gathered = await run(devices.map((server, n) => to(server, `r${n}`, { jumps: [jump(bastion as TestServer)] })))
    expect(gathered.map(outcome)).toEqual(devices.map(() => 'collected'))
    // Each is a router of its own: two that print the same are not two captures of one.
    expect(gathered.map(g => g.collected)).toEqual(devices.map(() => expect.objectContaining({ named: true })))
    expect(bastion?.credentials).toEqual(['password correct-horse'])
    expect(bastion?.connections()).toBe(1)
  })
  it('leads many devices at once, and no word of it comes from the runtime', async () => {
    const warned: string[] = []
    const hear = ({ message }: Error) => void warned.push(message)
    process.on('warning', hear)
    const devices = await servers(15)
    const [bastion] = await servers(1, { forwards: true })
    const gathered = await run(devices.map((server, n) => to(server, `r${n}`, { jumps: [jump(bastion as TestServer)] })))
    process.off('warning', hear)
    expect(gathered.map(outcome)).toEqual(devices.map(() => 'collected'))
    expect(warned).toEqual([])
  })
  it('may stand behind another one', async () => {
    const [device] = await servers(1)
    const [outer, inner] = await servers(2, { forwards: true })
    const gathered = await run([
      to(device as TestServer, 'r1', { jumps: [jump(outer as TestServer), jump(inner as TestServer)] }),
    ])
    expect(gathered.map(outcome)).toEqual(['collected'])
    expect([outer?.connections(), inner?.connections()]).toEqual([1, 1])
  })
  it('that rejects us is asked once, and named', async () => {
    const devices = await servers(5)
    const [bastion] = await servers(1, { forwards: true })
    const gathered = await run(
      devices.map((server, n) => to(server, `r${n}`, { jumps: [jump(bastion as TestServer, { password: 'env:WRONG' })] })),
    )
    expect(gathered.map(outcome)).toEqual(devices.map(() => 'jump-host'))
    expect(gathered[0]?.failure?.failed).toBe(
      `jump host 127.0.0.1 port ${bastion?.port}: the password was rejected for demo (env:WRONG); correct it before the account is locked`,
    )
    expect(bastion?.credentials).toEqual(['password wrong'])
    expect(devices.map(d => d.connections())).toEqual(devices.map(() => 0))
  })
  it('that is a device, too, or is reached in two ways, gets a wrong password once', async () => {
    const [far] = await servers(1)
    const [both] = await servers(1, { forwards: true })
    const wrong = { password: 'env:WRONG' }
    const gathered = await run([
      to(both as TestServer, 'r1', wrong),
      to(far as TestServer, 'r2', { jumps: [jump(both as TestServer, wrong)] }),
      to(far as TestServer, 'r3', { jumps: [jump(both as TestServer, { ...wrong, host_keys: 'tofu' })] }),
    ])
    expect(both?.credentials).toEqual(['password wrong'])
    expect(gathered.map(outcome).sort()).toEqual(['jump-host', 'jump-host', 'rejected'])
    expect(gathered.map(g => g.failure?.failed).filter(said => said?.includes('was not tried'))).toEqual(
      Array(2).fill(expect.stringMatching(/env:WRONG for demo was not tried: it has been rejected there before; correct it/)),
    )
  })
  it('whose key has changed gets no credential, nor does anybody behind it', async () => {
    const [device] = await servers(1)
    const [bastion, other] = await servers(2, { forwards: true })
    writeFileSync(knownHosts, `${device?.known}${other?.known.replace(`${other.port}`, `${bastion?.port}`)}`)
    const [gathered] = await run([to(device as TestServer, 'r1', { jumps: [jump(bastion as TestServer)] })])
    expect(gathered?.failure?.failed).toMatch(
      /^jump host 127\.0\.0\.1 port \d+: the host key of 127\.0\.0\.1 port \d+ has changed/,
    )
    expect([...(bastion?.credentials ?? []), ...(device?.credentials ?? [])]).toEqual([])
  })
  it('that is too old is named with the line that would help, which stands under jump_hosts:', async () => {
    const [device] = await servers(1)
    const [bastion] = await servers(1, { forwards: true, algorithms: { kex: ['diffie-hellman-group14-sha1'] } })
    const through = (more: Partial<Hop>) => run([to(device as TestServer, 'r1', { jumps: [jump(bastion as TestServer, more)] })])
    expect((await through({}))[0]?.failure?.failed).toMatch(
      /^jump host 127\.0\.0\.1 port \d+: there is no common key exchange: the device offers diffie-hellman-group14-sha1\S*, we offer \S+; set legacy_algorithms: true for it under jump_hosts: if it can do no better$/,
    )
    expect((await through({ legacy_algorithms: true })).map(outcome)).toEqual(['collected'])
  })
  it('that does not lead to the device is named, and so is the device', async () => {
    const [device] = await servers(1)
    const [bastion] = await servers(1, { forwards: false })
    const [gathered] = await run([to(device as TestServer, 'r1', { jumps: [jump(bastion as TestServer)] })])
    expect(gathered?.failure?.failed).toMatch(
      /^jump host 127\.0\.0\.1 port \d+: it does not lead to 127\.0\.0\.1 port \d+ \(.*\); check host:, port: and what it lets through$/,
    )
  })
})

describe('an end from outside', () => {
  it('ends every session, starts none, and says so', async () => {
    const slow = await servers(3, { shell: channel => void channel.write('wait') })
    const stop = new AbortController()
    setTimeout(() => stop.abort('interrupted; run it again with --resume'), 400)
    const gathered = await run(
      slow.map((server, n) => to(server, `r${n}`)),
      { concurrency: 2, signal: stop.signal },
    )
    expect(gathered.map(g => [outcome(g), g.failure?.failed])).toEqual(
      slow.map(() => ['interrupted', 'interrupted; run it again with --resume']),
    )
    expect(slow[2]?.connections()).toBe(0)
  })
})

describe('the password for enable', () => {
  it('is counted like any other, also where the platform has to be asked for first', async () => {
    for (const platform of ['cisco-ios', 'auto']) {
      const typed: string[] = []
      const wary = (channel: ServerChannel) => {
        let asking = false
        channel.write('r1>')
        channel.on('data', (bytes: Buffer) => {
          const line = bytes.toString().trim()
          if (asking) {
            typed.push(line)
            asking = false
            channel.write('\r\n% Bad secrets\r\n\r\nr1>')
          } else if (line === 'enable') {
            asking = true
            channel.write('enable\r\nPassword: ')
          } else channel.write(`${line}\r\n${line === 'show version' ? 'Cisco IOS Software\r\n' : ''}r1>`)
        })
      }
      const all = await servers(6, { shell: wary })
      const gathered = await run(
        all.map((server, n) => ({ ...to(server, `r${n}`, { enable: 'env:WRONG', timeout: 20 }), platform })),
      )
      expect([platform, typed]).toEqual([platform, ['wrong', 'wrong', 'wrong']])
      expect(gathered.map(outcome).sort()).toEqual([...Array(3).fill('not-tried'), ...Array(3).fill('rejected')])
    }
  })
})

describe('hostile ends of a login', () => {
  it('count as rejections: a device that hangs up on a password has not taken it', async () => {
    const rude = await servers(8, { hangsUpOnPassword: true })
    const gathered = await run(rude.map((server, n) => to(server, `r${n}`, { password: 'env:WRONG' })))
    expect(rude.flatMap(s => s.credentials)).toHaveLength(3)
    expect(gathered.filter(g => outcome(g) === 'not-tried')).toHaveLength(5)
  })
  it('passwords that only look alike are counted apart', async () => {
    const good = await servers(3)
    const all = [...good, ...(await servers(4))]
    const gathered = await run(
      all.map((server, n) =>
        to(server, `r${n}`, { password: good.includes(server) ? 'cmd:echo correct-horse' : 'cmd:echo wrong-horse' }),
      ),
    )
    expect(gathered.slice(0, 3).map(outcome)).toEqual(['collected', 'collected', 'collected'])
    expect(all.slice(3).flatMap(s => s.credentials)).toEqual(Array.from({ length: 3 }, () => 'password wrong-horse'))
  })
  it('a session that ends while it waits for its turn gives the turn back', async () => {
    const silent = await servers(3, { answersPasswordAfter: 1500 })
    const good = await servers(2)
    const gathered = await run([
      ...silent.map((server, n) => to(server, `slow${n}`, { timeout: 1 })),
      ...good.map((server, n) => to(server, `r${n}`)),
    ])
    expect(gathered.map(outcome)).toEqual(['timed-out', 'timed-out', 'timed-out', 'collected', 'collected'])
  })
})
