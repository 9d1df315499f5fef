// What a real sshd refuses, and whether the sentence about it helps.
import { createConnection } from 'node:net'
import { expect, it } from 'vitest'
import { account, keyAccount } from '../support/account.ts'
import { person } from '../support/command-line.ts'
import { iosText } from '../support/ios-text.ts'
import { keyFile } from '../support/key-file.ts'
import { real } from '../support/real.ts'
import { routerShell } from '../support/router-shell.ts'
import { type SshdOptions, startSshd } from '../support/sshd.ts'

real('refusals of sshd', {}, () => {
  const someone = person()
  const who = keyAccount()
  const key = keyFile(someone, 'audit')
  const start = (options: SshdOptions = {}) =>
    startSshd({
      authorized: [key.public],
      command: routerShell({ name: 'ams-dist-1', config: iosText('ams-dist-1', 2) }).command,
      ...options,
    })
  const audit = async (server: Awaited<ReturnType<typeof start>>, ssh: Record<string, unknown> = {}, username = who.name) => {
    const known_hosts = someone.file(`known-${server.port}`, server.known)
    const device = { name: 'ams-dist-1', host: '127.0.0.1', platform: 'cisco-ios', username, key: key.path }
    const spoken = await someone.audit({ devices: [{ ...device, ssh: { port: server.port, known_hosts, timeout: 20, ...ssh } }] })
    return spoken.result.devices[0]
  }

  const OLD: Readonly<Record<string, string>> = {
    KexAlgorithms: 'diffie-hellman-group14-sha1',
    Ciphers: 'aes128-cbc',
    MACs: 'hmac-sha1',
    HostKeyAlgorithms: 'ssh-rsa',
  }
  it.concurrent.each([
    ['key exchange', ['KexAlgorithms']],
    ['host key type', ['HostKeyAlgorithms']],
    ['cipher', ['Ciphers']],
    ['everything', ['KexAlgorithms', 'HostKeyAlgorithms', 'Ciphers', 'MACs']],
  ])('has nothing in common with an old device by default: %s', async (what, keywords) => {
    const settings = Object.fromEntries(keywords.map(k => [k, OLD[k] ?? '']))
    const server = await start({ hostKeys: ['rsa'], settings })
    const device = await audit(server)
    expect(device?.state).toBe('failed')
    expect(device?.reason).toContain(OLD[keywords[0] ?? ''])
    expect(device?.reason).toContain('legacy_algorithms: true')
    if (what !== 'everything') expect(device?.reason).toContain(what)
    expect(await server.log()).not.toMatch(/userauth-request/)
    expect(await audit(server, { legacy_algorithms: true })).toMatchObject({ state: 'collected', reason: null })
    expect(await server.log()).toMatch(/Accepted publickey/)
  })

  it.concurrent('does not offer an old device more for the sake of a group it is not in', async () => {
    const servers = await Promise.all([1, 2].map(() => start({ hostKeys: ['rsa'], settings: OLD })))
    const known_hosts = someone.file('known-old', servers.map(s => s.known).join(''))
    const [old, young] = servers.map(({ port }) => ({ host: '127.0.0.1', ssh: { port } }))
    const { result } = await someone.audit({
      defaults: { platform: 'cisco-ios', username: who.name, key: key.path, ssh: { known_hosts, timeout: 20 } },
      groups: { old: { ssh: { legacy_algorithms: true } } },
      devices: [
        { name: 'old-1', ...old, groups: ['old'] },
        { name: 'new-1', ...young },
      ],
    })
    expect(result.devices.map(d => [d.name, d.state])).toEqual([
      ['old-1', 'collected'],
      ['new-1', 'failed'],
    ])
  })

  it.concurrent('gets no terminal', async () => {
    const device = await audit(await start({ settings: { PermitTTY: 'no' } }))
    expect(device).toMatchObject({ state: 'failed', reason: expect.stringMatching(/gave no (shell|terminal)/) })
  })

  it.concurrent('gets no session', async () => {
    const device = await audit(await start({ settings: { MaxSessions: '0' } }))
    expect(device).toMatchObject({ state: 'failed', reason: expect.stringMatching(/gave no shell|closed|broke/) })
  })

  it.concurrent('gets a shell that ends at once', async () => {
    const device = await audit(await start({ command: '/bin/false' }))
    expect(device).toMatchObject({ state: 'failed', reason: expect.stringMatching(/ended before the device showed a prompt/) })
  })

  it.concurrent('is turned away at the door', async () => {
    const server = await start({ settings: { MaxStartups: '1:100:1' } })
    const other = createConnection(server.port, '127.0.0.1')
    await new Promise(resolve => other.once('data', resolve))
    try {
      const device = await audit(server)
      expect(device).toMatchObject({ state: 'failed', reason: expect.stringMatching(/hung up|closed|broke|refused/) })
      expect(device?.reason).toContain(`127.0.0.1 port ${server.port}`)
    } finally {
      other.destroy()
    }
  })

  it.concurrent('is not among those who may log in', async () => {
    const server = await start({ settings: { AllowUsers: 'nobody-else' } })
    const device = await audit(server)
    expect(device).toMatchObject({ state: 'failed', reason: expect.stringMatching(`rejected for ${who.name}`) })
    expect((await server.log()).match(/method publickey/g)).toHaveLength(1)
  })

  it.concurrent('takes an unknown user for no more than that', async () => {
    const server = await start()
    const device = await audit(server, {}, 'iphtest-nobody')
    expect(device).toMatchObject({ state: 'failed', reason: expect.stringMatching(/rejected for iphtest-nobody/) })
  })
})

real('login shells', { root: true }, () => {
  const someone = person({ PW: 'correct horse' })
  const audit = async (shell: string, settings: Record<string, string> = {}, timeout = 20) => {
    const who = account({ password: 'correct horse', shell })
    const server = await startSshd({ settings })
    const known_hosts = someone.file(`known-${server.port}`, server.known)
    const device = { name: 'ams-dist-1', host: '127.0.0.1', platform: 'cisco-ios', username: who.name, password: 'env:PW' }
    const inventory = { devices: [{ ...device, ssh: { port: server.port, known_hosts, timeout } }] }
    return (await someone.audit(inventory)).result.devices[0]
  }

  it.concurrent('is a router of its own, with a banner before the login and lines of the system before the prompt', async () => {
    const banner = someone.file(
      'banner',
      `${'*'.repeat(40)}\nAuthorized access only! Prompts like router> or router# mean nothing.\n`,
    )
    const { shell } = routerShell({ name: 'ams-dist-1', config: iosText('ams-dist-1', 2), banner: 'welcome#' })
    expect(await audit(shell, { Banner: banner, PrintLastLog: 'yes', PrintMotd: 'yes' })).toMatchObject({
      state: 'collected',
      reason: null,
      complete: true,
    })
  })

  it.concurrent('lets nobody in', async () => {
    const device = await audit('/usr/sbin/nologin')
    expect(device).toMatchObject({ state: 'failed', reason: expect.stringMatching(/ended before the device showed a prompt/) })
  })

  it.concurrent('is no router at all', async () => {
    const device = await audit('/bin/sh', {}, 2)
    expect(device).toMatchObject({ state: 'failed', reason: expect.stringMatching(/prompt|show running-config/) })
  })

  it.concurrent('takes its time', async () => {
    const { shell } = routerShell({ name: 'ams-dist-1', config: iosText('ams-dist-1', 2), delay: 1 })
    expect(await audit(shell)).toMatchObject({ state: 'collected', reason: null, complete: true })
  })
})
