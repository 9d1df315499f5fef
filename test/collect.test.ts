// Collecting: the client against servers on loopback, host keys, secrets.
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import type { ServerChannel } from 'ssh2'
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'
import { collect } from '../src/collect/collect.ts'
import { hostTrust } from '../src/collect/host-key.ts'
import { fingerprint, knownHosts as openKnownHosts } from '../src/collect/known-hosts.ts'
import { offer } from '../src/collect/offer.ts'
import { resolveSecret, type Secret } from '../src/collect/secret.ts'
import { simulate } from '../src/collect/simulate.ts'
import { vault } from '../src/collect/vault.ts'
import type { Access, Collected, InventoryDevice } from '../src/model/inventory.ts'
import { Trouble } from '../src/model/trouble.ts'
import type { Platform } from '../src/parse/platform.ts'
import { platformOf, platforms } from '../src/platforms.ts'
import { sshAccess, sshDevice } from './support/access.ts'
import { type Behaviour, keyPair, startServer, type TestServer } from './support/ssh-server.ts'

const dir = mkdtempSync(join(tmpdir(), 'iphelper-collect-'))
const knownHosts = join(dir, 'known_hosts')
const PASSWORD = 'correct-horse'
const running: { close(): Promise<void> }[] = []
afterEach(() => Promise.all(running.splice(0).map(server => server.close())))
afterAll(() => rmSync(dir, { recursive: true }))

const ios = platformOf('cisco-ios') as Platform
const config = `${Array.from({ length: 90 }, (_, i) => `interface Vlan${i + 1}\n ip address 10.0.${i}.1 255.255.255.0\n`).join('')}end\n`
/** A whole configuration of each platform: what is not whole is not collected. */
const campus = (name: string) => readFileSync(join(import.meta.dirname, 'networks', 'campus', 'configs', `${name}.cfg`), 'utf8')
const texts: Readonly<Record<string, string>> = {
  'arista-eos': campus('ams-leaf-1'),
  'cisco-ios': config,
  'cisco-nxos': campus('ams-core-1'),
  'juniper-junos': campus('lon-edge-1'),
}

describe('known hosts', () => {
  const KEY = 'AAAAC3NzaC1lZDI1NTE5AAAAILaz4NqAl5jCxzUqYeMhvOug3gyYTEmbt7ZPWXHRU/sL'
  const key = Buffer.from(KEY, 'base64')
  const trust = (host: string, port = 22, more: Partial<Access> = {}, notice = (_: string) => {}) =>
    hostTrust(sshAccess({ host, port, known_hosts: [knownHosts], ...more }), openKnownHosts(), notice)
  const judge = (text: string, host: string, port = 22) => {
    writeFileSync(knownHosts, text)
    return trust(host, port).judge(key)?.failed.replaceAll(knownHosts, 'FILE') ?? 'trusted'
  }

  it('prints fingerprints as ssh-keygen does', () =>
    expect(fingerprint(key)).toBe('SHA256:2S8QQhPhorBlW/a59+JXSnTWs1okyQKlDwvGpNdb5M0'))

  // The hashed entries were made by ssh-keygen -H for r1.example.net and [192.0.2.7]:2222.
  const hashed = `|1|5ku0qOcYZnv7JLcOSY7ZpEPS5Yc=|AjE/947GBLBi7M0CDiXfNDL9eMg= ssh-ed25519 ${KEY}\n|1|zzfz7U53mo3UNsbkwl8+U2Jlv+s=|CUQujDD4NxnGcDzR3yKed9oi/9w= ssh-ed25519 ${KEY}\n`
  it.each([
    ['plain', `r1,192.0.2.1 ssh-ed25519 ${KEY} comment`, 'R1', 22, true],
    ['comment and blank lines', `# r1 ssh-ed25519 x\n\n r1 ssh-ed25519 ${KEY}`, 'r1', 22, true],
    ['hashed', hashed, 'r1.example.net', 22, true],
    ['hashed, another port', hashed, '192.0.2.7', 2222, true],
    ['hashed, another host', hashed, 'r2.example.net', 22, false],
    ['port', `[r1]:2222 ssh-ed25519 ${KEY}`, 'r1', 2222, true],
    ['another port', `[r1]:2222 ssh-ed25519 ${KEY}`, 'r1', 22, false],
    ['wildcard', `*.example.net,!r9.* ssh-ed25519 ${KEY}`, 'r1.example.net', 22, true],
    ['negation', `*.example.net,!r9.* ssh-ed25519 ${KEY}`, 'r9.example.net', 22, false],
    ['question mark', `r? ssh-ed25519 ${KEY}`, 'r12', 22, false],
    ['certificate authority', `@cert-authority * ssh-ed25519 ${KEY}`, 'r1', 22, false],
  ])('%s', (_, text, host, port, trusted) => {
    expect(judge(text, host, port)).toMatch(
      trusted
        ? /^trusted$/
        : /^the host key of .* is not in FILE; compare the fingerprint .* then run: ssh-keyscan -p \d+ \S+ >> /,
    )
  })
  it('revoked, whatever else the file says', () => {
    expect(judge(`r1 ssh-ed25519 ${KEY}\n@revoked * ssh-ed25519 ${KEY}`, 'r1')).toMatch(/is revoked in FILE line 2/)
  })
  it('asks the host for a key of a type that is on file', () => {
    writeFileSync(knownHosts, `r1 ssh-rsa ${KEY}`)
    const { types } = trust('r1')
    const keys = (legacy_algorithms: boolean) => offer(sshAccess({ legacy_algorithms }), types).serverHostKey.slice(0, 3)
    expect(keys(false)).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-ed25519'])
    expect(keys(true)).toEqual(['rsa-sha2-512', 'rsa-sha2-256', 'ssh-rsa'])
  })
  it('names a file that is not there', () => {
    expect(trust('r1', 22, { known_hosts: [join(dir, 'none')] }).judge(key)?.failed).toContain(
      `is not in ${join(dir, 'none')}, a file that does not exist`,
    )
  })
  it('takes a key that is not on file once, where it is told to, and says so', () => {
    writeFileSync(knownHosts, 'r9 ssh-ed25519 AAAA')
    const said: string[] = []
    const first = trust('R1', 2222, { host_keys: 'tofu' }, sentence => said.push(sentence))
    expect(first.judge(key)).toBeNull()
    expect(readFileSync(knownHosts, 'utf8')).toBe(`r9 ssh-ed25519 AAAA\n[R1]:2222 ssh-ed25519 ${KEY}\n`)
    expect(said).toEqual([
      `the host key of R1 port 2222 (ssh-ed25519 ${fingerprint(key)}) was not known, and is now in ${knownHosts}`,
    ])
    expect(trust('r1', 2222).judge(key)).toBeNull()
    const other = Buffer.from(keyPair().public.split(' ')[1] ?? '', 'base64')
    expect(trust('r1', 2222, { host_keys: 'tofu' }).judge(other)).toMatchObject({ kind: 'host-key-changed', again: false })
  })
  it('never takes a key that has changed, or was revoked, whatever the policy', () => {
    for (const host_keys of ['strict', 'tofu', 'insecure'] as const) {
      const before = `r1 ssh-ed25519 ${keyPair().public.split(' ')[1]}\n@revoked r2 ssh-ed25519 ${KEY}\n`
      writeFileSync(knownHosts, before)
      expect(trust('r1', 22, { host_keys }).judge(key)).toMatchObject({ kind: 'host-key-changed' })
      expect(trust('r2', 22, { host_keys }).judge(key)).toMatchObject({ kind: 'host-key-changed' })
      expect(readFileSync(knownHosts, 'utf8')).toBe(before)
    }
  })
  it('takes any key that is not on file where host keys are insecure, and puts none there', () => {
    writeFileSync(knownHosts, '')
    expect(trust('r1', 22, { host_keys: 'insecure' }).judge(key)).toBeNull()
    expect(readFileSync(knownHosts, 'utf8')).toBe('')
  })
  it('trusts no key that the line calls one of another type, and passes over those of SSH 1', () => {
    expect(judge(`r1 ssh-rsa ${KEY}`, 'r1')).toMatch(/has changed/)
    expect(judge('r1 1024 35 15233', 'r1')).toMatch(/is not in FILE/)
  })
  it('says under which name a key is wanted where the host has another one', () => {
    writeFileSync(knownHosts, '')
    expect(trust('r1', 22, { host_key_alias: 'core' }).judge(key)?.failed).toMatch(
      /; compare the fingerprint with the device's console, then add the key to \S+known_hosts under the name core$/,
    )
  })
  it('puts nothing on file where no file is named', () => {
    writeFileSync(knownHosts, '')
    const more = { known_hosts: [], system_known_hosts: [knownHosts], host_keys: 'tofu' } as const
    expect(trust('r1', 22, more).judge(key)?.failed).toMatch(
      /is not known, and UserKnownHostsFile names no file for it; name one with known_hosts: in the inventory$/,
    )
    expect([existsSync('known_hosts'), readFileSync(knownHosts, 'utf8')]).toEqual([false, ''])
    expect(judge(`r1 ssh-ed25519 ${KEY}`, 'r1')).toBe('trusted')
    expect(trust('r1', 22, more).judge(key)).toBeNull()
  })
  it('knows a host at another port by the key of the host, where nothing is said of that port', () => {
    const other = keyPair().public.split(' ')[1]
    writeFileSync(knownHosts, `r1 ssh-ed25519 ${KEY}\n`)
    expect(trust('r1', 2222).types).toEqual(['ssh-ed25519'])
    expect(trust('r1', 2222).judge(key)).toBeNull()
    // Two servers on one host may have two keys.
    writeFileSync(knownHosts, `r1 ssh-ed25519 ${other}\n`)
    expect(trust('r1', 2222).judge(key)).toMatchObject({ kind: 'host-key-unknown' })
    writeFileSync(knownHosts, `r1 ssh-ed25519 ${KEY}\n[r1]:2222 ssh-ed25519 ${other}\n`)
    expect(trust('r1', 2222).judge(key)).toMatchObject({ kind: 'host-key-changed' })
    expect(trust('r1', 2222, { host_key_alias: 'core' }).judge(key)).toMatchObject({ kind: 'host-key-unknown' })
  })
  it('believes no new key each time anew because the file keeps none: only the word `insecure` says that', () => {
    for (const host_keys of ['strict', 'tofu'] as const)
      expect(trust('r1', 22, { known_hosts: ['/dev/null'], host_keys }).judge(key)).toMatchObject({
        kind: 'host-key-unknown',
        failed: expect.stringMatching(
          /is not known, and \/dev\/null keeps no key; name a file with known_hosts: in the inventory$/,
        ),
      })
    expect(trust('r1', 22, { known_hosts: ['/dev/null'], host_keys: 'insecure' }).judge(key)).toBeNull()
  })
  it('looks a host up under its alias', () => {
    writeFileSync(knownHosts, `alias ssh-ed25519 ${KEY}\n`)
    expect(trust('192.0.2.1', 2222, { host_key_alias: 'alias' }).judge(key)).toBeNull()
  })
})

describe('secrets', () => {
  const value = async (reference: string, env = {}, answer: string | null = null) => {
    const secret = await resolveSecret(reference, 'Password of audit', { env, ask: async () => answer })
    return 'failed' in secret ? secret.failed : secret.reveal()
  }
  it('come from where the reference says', async () => {
    writeFileSync(join(dir, 'pw'), 'from-file\nrest\n')
    expect(await value('env:PW', { PW: 'from-env' })).toBe('from-env')
    expect(await value(`file:${join(dir, 'pw')}`)).toBe('from-file')
    expect(await value('plain:a:b')).toBe('a:b')
    expect(await value('cmd:echo from-program; echo rest')).toBe('from-program')
    expect(await value('ask', {}, 'typed')).toBe('typed')
  })
  it('say where they are missing, and quote nothing that may be one', async () => {
    expect(await value('env:PW')).toBe('the environment variable PW is not set; put the password there')
    expect(await value('file:/none')).toBe('the password file /none cannot be read (ENOENT); check the path')
    expect(await value('hunter2')).not.toContain('hunter2')
    expect(await value('cmd:false --token hunter2')).toBe('cmd:false ... ended with exit code 1; run it by hand to see why')
    expect(await value('cmd:true')).toBe('cmd:true ... printed nothing; run it by hand to see why')
    expect(await value('ask')).toBe(
      'there is no terminal to ask for the password of audit; use env:, file: or cmd: instead of ask',
    )
  })
  it('show of a command no more than the program, and not that where it cannot be told', async () => {
    const shown = async (command: string) => (await value(`cmd:${command}`)).replace(/ (?:ended|printed|cannot).*/, '')
    expect(await shown('HUNTER=hunter2 false')).toBe('cmd:false ...')
    expect(await shown(`A='hunter2 b' B="hunter2 \\" c" C=hunter2\\ d /bin/false hunter2`)).toBe('cmd:/bin/false ...')
    expect(await shown('A=$(echo hunter2) false')).toBe('cmd:...')
    expect(await shown('A="$(echo hunter2 )" false')).toBe('cmd:...')
    expect(await shown('A=hunter2;false hunter2')).toBe('cmd:...')
    expect(await shown('(exit 1)')).toBe('cmd:...')
  })
  it('are not waited for longer than a minute, whatever the program behind a command has started', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    try {
      // The shell is ended, and its child still holds the output open.
      const late = value('cmd:sleep 3; echo late')
      await vi.advanceTimersByTimeAsync(60_000)
      expect(await late).toBe('cmd:sleep ... took too long or printed too much; run it by hand to see why')
    } finally {
      vi.useRealTimers()
    }
    expect(await value('cmd:sleep 3 & echo there')).toBe('there')
  })
  it('are not left in what devices repeat, which is kept byte by byte', async () => {
    const safe = vault({ env: { PW: 'häst-och-vagn' } })
    await safe.get('env:PW', 'a')
    const repeated = Buffer.from('% Bad secret "häst-och-vagn"').toString('latin1')
    expect(safe.clean(repeated)).toBe('% Bad secret "[secret]"')
    expect(safe.clean('häst-och-vagn')).toBe('[secret]')
  })
  it('cannot be printed', async () => {
    const secret = (await resolveSecret('plain:hunter2', '', { env: {} })) as Secret
    const nested = { list: [secret], copy: { ...secret } }
    expect(`${secret} ${JSON.stringify(nested)} ${inspect(nested, { depth: 9, showHidden: true })}`).not.toContain('hunter2')
    expect(`${secret}`).toBe('[secret]')
  })
  it('are fetched once for a run, a question is put once for a user, and nothing fetched stays in a sentence', async () => {
    const asked: string[] = []
    const safe = vault({
      env: {},
      ask: async question => {
        asked.push(question)
        return `answer ${asked.length}`
      },
    })
    const counter = join(dir, 'count')
    writeFileSync(counter, '')
    const get = (reference: string, what: string) => safe.get(reference, what)
    const counting = `cmd:echo x >> ${counter}; echo from-program`
    await Promise.all([
      get(counting, 'a'),
      get(counting, 'b'),
      get('ask', 'password of u1'),
      get('ask', 'password of u2'),
      get('ask', 'password of u1'),
    ])
    expect(readFileSync(counter, 'utf8')).toBe('x\n')
    expect(asked).toEqual(['Password of u1', 'Password of u2'])
    expect(safe.clean('the device said from-program and answer 2')).toBe('the device said [secret] and [secret]')
  })
})

const device = (name: string, port: number, more: Partial<Access> = {}, platform = 'cisco-ios') =>
  sshDevice(name, { port, known_hosts: [knownHosts], ...more }, platform)
const file = (path: string): InventoryDevice => ({
  name: path,
  site: 'ams',
  platform: 'auto',
  from: { file: path },
  role: null,
  tags: [],
  groups: [],
})
const readFile = (path: string, owner: { device: string; site: string; platform: string }): Collected => ({
  ...owner,
  file: path,
  state: 'failed',
  reason: 'read',
})
const env = { PW: PASSWORD, WRONG: 'wrong-and-secret', SSH_AUTH_SOCK: undefined }
const run = (devices: InventoryDevice[], platform: (id: string) => Platform | undefined = platformOf) =>
  collect(devices, { platformOf: platform, readFile, env })
const reasonOf = (c: Collected | undefined) => (c?.state === 'failed' ? c.reason.replaceAll(knownHosts, 'FILE') : 'collected')
const simulation = async (routers = [ios]) => {
  const started = await simulate({
    routers: routers.map(platform => ({
      name: platform.id,
      port: 0,
      platform,
      text: texts[platform.id] ?? '',
      hostname: 'R1.lab-2',
    })),
    username: 'demo',
    password: PASSWORD,
    knownHosts: join(dir, 'simulated'),
  })
  running.push(started)
  writeFileSync(knownHosts, readFileSync(join(dir, 'simulated')))
  return started.routers.map(r => r.port) as [number, ...number[]]
}
const server = async (behaviour: Behaviour = {}): Promise<TestServer> => {
  const started = await startServer(behaviour)
  running.push(started)
  appendFileSync(knownHosts, started.known)
  return started
}

describe('over SSH, simulated routers', () => {
  it('every platform, to the byte, with file devices and failures in between, in the order of the inventory', async () => {
    const ports = await simulation([...platforms])
    const devices = [
      file('x.cfg'),
      ...platforms.map((p, i) => device(p.id, ports[i] ?? 0, {}, p.id)),
      device('wrong', ports[0], { password: 'env:WRONG' }),
      device('unset', ports[0], { password: 'env:NONE' }),
      device('auto', ports[platforms.indexOf(ios)] ?? 0, {}, 'auto'),
    ]
    const seen: number[] = []
    const results = await collect(devices, {
      platformOf,
      readFile,
      env,
      concurrency: 8,
      onDone: (_, done, total) => seen.push(done / total),
    })
    expect(results.map(r => r.device)).toEqual(devices.map(d => d.name))
    expect(seen).toEqual(devices.map((_, i) => (i + 1) / devices.length))
    for (const [i, p] of platforms.entries()) {
      expect(results[i + 1]).toMatchObject({
        platform: p.id,
        state: 'collected',
        text: texts[p.id],
        incomplete: null,
        file: `ssh://127.0.0.1:${ports[i]}`,
      })
    }
    expect(results.at(-1)).toMatchObject({ platform: 'cisco-ios', text: config })
    expect(reasonOf(results.at(-3))).toBe(
      'the password was rejected for demo (env:WRONG); correct it before the account is locked',
    )
    expect(reasonOf(results.at(-2))).toBe('the environment variable NONE is not set; put the password there')
    expect(JSON.stringify(results)).not.toMatch(/wrong-and-secret|correct-horse/)
  })
  it('turns the pages of a router whose pager was not switched off, and goes on when a command is refused', async () => {
    const [port] = await simulation()
    const stubborn = { ...ios, session: { ...ios.session, open: [], show: ['show nonsense', ...ios.session.show] } }
    expect((await run([device('r1', port)], () => stubborn))[0]).toMatchObject({ text: config })
  })
  it('gives up on a device that never shows its prompt', async () => {
    const [port] = await simulation()
    const deaf = { ...ios, session: { ...ios.session, prompt: /^never$/ } }
    expect(reasonOf((await run([device('r1', port, { timeout: 2 })], () => deaf))[0])).toMatch(
      /^(timed out after|the device was silent for) 2 s while waiting for the first prompt$/,
    )
  })
  it('keeps its host key for itself, overwrites only its own, and says which port is taken', async () => {
    const [port] = await simulation()
    expect(statSync(join(dir, 'simulated')).mode & 0o777).toBe(0o600)
    const again = (knownHosts: string) =>
      simulate({
        routers: [{ name: 'r1', port, platform: ios, text: config, hostname: 'r1' }],
        username: 'u',
        password: 'p',
        knownHosts,
      })
    await expect(again(join(dir, 'simulated'))).rejects.toThrow(
      new Trouble(
        'usage',
        `port ${port} on 127.0.0.1 is in use, so r1 cannot be simulated; stop what uses it, or choose other ports`,
      ),
    )
    writeFileSync(join(dir, 'mine'), 'r1 ssh-ed25519 x\n')
    await expect(again(join(dir, 'mine'))).rejects.toThrow(/was not written by a simulation/)
  })
})

describe('over SSH, servers of all kinds', () => {
  const shell = (channel: ServerChannel) => {
    channel.write('r1#')
    channel.on('data', (typed: Buffer) => {
      const show = typed.toString() === 'show running-config view full\n'
      channel.write(`${typed.toString().trim()}\r\n${show ? 'hostname r1\r\nend\r\n' : ''}r1#`)
    })
  }

  it('sends no credential before the host key is found good', async () => {
    const started = await server({ shell })
    writeFileSync(knownHosts, '')
    expect(reasonOf((await run([device('r1', started.port)]))[0])).toMatch(
      /^the host key of 127\.0\.0\.1 port \d+ \(ssh-ed25519 SHA256:\S{43}\) is not in FILE; compare/,
    )
    writeFileSync(knownHosts, `[127.0.0.1]:${started.port} ${keyPair().public}\n`)
    expect(reasonOf((await run([device('r1', started.port)]))[0])).toMatch(
      /has changed: FILE line 1 has ssh-ed25519 SHA256:\S{43}, the device shows ssh-ed25519 SHA256:\S{43};/,
    )
    expect(started.credentials).toEqual([])
  })
  it('tries a password once, whatever ways the device offers', async () => {
    const attempt = async (methods: readonly ('password' | 'keyboard-interactive')[]) => {
      const started = await server({ methods, shell })
      const [wrong] = await run([device('r1', started.port, { password: 'env:WRONG' })])
      expect(reasonOf(wrong)).toBe('the password was rejected for demo (env:WRONG); correct it before the account is locked')
      expect(started.credentials).toEqual([`${methods[0]} wrong-and-secret`])
      expect((await run([device('r1', started.port)]))[0]).toMatchObject({ text: 'hostname r1\nend\n' })
    }
    await Promise.all([attempt(['password', 'keyboard-interactive']), attempt(['password']), attempt(['keyboard-interactive'])])
  })
  it('answers questions that come one after the other, and no further one behind the password', async () => {
    const methods = ['keyboard-interactive'] as const
    const asking = await server({ methods, asksBefore: 'login: ', shell })
    expect((await run([device('r1', asking.port)]))[0]).toMatchObject({ text: 'hostname r1\nend\n' })
    expect(asking.credentials).toEqual(['answer demo', `keyboard-interactive ${PASSWORD}`])
    const curious = await server({ methods, asksAfter: 'Reason for this login: ', shell })
    expect(reasonOf((await run([device('r1', curious.port)]))[0])).toBe(
      'the device asks demo for more than a password ("Reason for this login:"), which is not supported; give the user a login without it',
    )
  })
  it('says what else stands in the way of logging in', async () => {
    const started = await server({ methods: ['keyboard-interactive'], question: 'Verification code: ' })
    const [locked, key, none] = [join(dir, 'locked'), join(dir, 'key'), join(dir, 'none')]
    writeFileSync(locked, keyPair('a-passphrase').private)
    writeFileSync(key, keyPair().private)
    const reasons = await run([
      device('a', started.port),
      device('b', started.port, { password: null }),
      device('c', started.port, { password: null, keys: [locked] }),
      device('d', started.port, { password: null, keys: [none] }),
    ])
    expect(reasons.map(reasonOf)).toEqual([
      'the device asks demo for more than a password ("Verification code:"), which is not supported; give the user a login without it',
      'there is nothing to log in with as demo: the device takes keyboard-interactive; set password: or key:',
      `the key ${locked} is protected by a passphrase; set passphrase:, or load it into an SSH agent and set password: agent`,
      `the key file ${none} cannot be read (ENOENT); check key:`,
    ])
    expect(started.credentials).toEqual([])
    chmodSync(key, 0o600)
    const both = await server({ methods: ['password'], shell })
    expect((await run([device('e', both.port, { keys: [key] })]))[0]).toMatchObject({ state: 'collected' })
  })
  it('names the algorithms of a device that is too old, and talks to it when told to', async () => {
    const started = await server({
      shell,
      algorithms: { kex: ['diffie-hellman-group14-sha1'], cipher: ['aes128-cbc'], hmac: ['hmac-sha1-96'] },
    })
    expect(reasonOf((await run([device('r1', started.port)]))[0])).toMatch(
      /^there is no common key exchange: the device offers diffie-hellman-group14-sha1\S*, we offer ecdh-sha2-nistp256,curve25519\S+; set ssh: \{ legacy_algorithms: true \}/,
    )
    expect((await run([device('r1', started.port, { legacy_algorithms: true })]))[0]).toMatchObject({ state: 'collected' })
  })
  it('says so where the SSH configuration leaves out what a device offers', async () => {
    const started = await server({ shell, algorithms: { cipher: ['aes128-ctr'] } })
    const algorithms = { kex: null, ciphers: 'aes256-ctr', macs: null, host_keys: null }
    for (const legacy_algorithms of [false, true])
      expect(reasonOf((await run([device('r1', started.port, { algorithms, legacy_algorithms })]))[0])).toBe(
        'there is no common cipher: the device offers aes128-ctr, we offer aes256-ctr; change Ciphers in the SSH configuration, which leaves that out',
      )
  })
  it('takes nothing from a session that ends in the middle', async () => {
    const started = await server({
      shell(channel) {
        channel.write('r1#')
        channel.on('data', (typed: Buffer) => {
          if (!typed.toString().startsWith('show')) channel.write(`${typed}r1#`)
          else {
            channel.write(`${typed}hostname r1\r\nend\r\n`)
            channel.end()
          }
        })
      },
    })
    expect(reasonOf((await run([device('r1', started.port)]))[0])).toBe(
      'the session ended before the prompt came back after "show running-config view full"',
    )
  })
  it('tells refused, unknown, silent and hanging up apart', async () => {
    const closed = await startServer()
    await closed.close()
    const silent = createServer(() => {}).listen(0, '127.0.0.1')
    const rude = createServer(socket => socket.destroy()).listen(0, '127.0.0.1')
    await Promise.all([silent, rude].map(s => new Promise(resolve => s.once('listening', resolve))))
    const portOf = (s: typeof silent) => (s.address() as { port: number }).port
    const results = await run([
      device('a', closed.port),
      device('b', 22, { host: 'no-such-host.invalid' }),
      device('c', portOf(silent), { timeout: 1 }),
      device('d', portOf(rude)),
    ])
    expect(results.map(reasonOf)).toEqual([
      `127.0.0.1 port ${closed.port} refused the connection; check port: and that SSH is on`,
      'there is no address for the name no-such-host.invalid; check host: and the name service',
      'timed out after 1 s while agreeing on keys',
      expect.stringMatching(/hung up before SSH began|hung up while (connecting|agreeing on keys)/),
    ])
    silent.close()
    rude.close()
  })
})
