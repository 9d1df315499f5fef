// Ways through other hosts: real sshd's that forward, named in the inventory and in ~/.ssh/config.
import { setTimeout as pause } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { account, keyAccount } from '../support/account.ts'
import { person } from '../support/command-line.ts'
import { iosText } from '../support/ios-text.ts'
import { keyFile } from '../support/key-file.ts'
import { real } from '../support/real.ts'
import { type RouterShell, routerShell } from '../support/router-shell.ts'
import { type Sshd, type SshdOptions, startSshd } from '../support/sshd.ts'

const config = iosText('ams-dist-1', 2)
/** A jump host lets nobody do anything but pass through. */
const PASSING = { AllowTcpForwarding: 'local', PermitTTY: 'no', ForceCommand: '/bin/false' }
const passed = (jump: Sshd, to: Sshd): boolean =>
  new RegExp(`server_request_direct_tcpip: .*target 127\\.0\\.0\\.1 port ${to.port}\\b`).test(jump.log())

real('jump hosts', {}, () => {
  const someone = person()
  const who = keyAccount()
  const key = keyFile(someone, 'audit')
  const start = (options: SshdOptions = {}) => startSshd({ authorized: [key.public], settings: PASSING, ...options })
  const startRouter = (more: SshdOptions = {}): [RouterShell, Promise<Sshd>] => {
    const router = routerShell({ name: 'ams-dist-1', config })
    return [router, startSshd({ authorized: [key.public], command: router.command, ...more })]
  }
  const know = (...servers: readonly Sshd[]) => someone.file('.ssh/known_hosts', servers.map(s => s.known).join(''))
  const device = (ssh: Record<string, unknown>, more: Record<string, unknown> = {}) => ({
    name: 'ams-dist-1',
    host: '127.0.0.1',
    platform: 'cisco-ios',
    username: who.name,
    key: key.path,
    ...more,
    ssh: { timeout: 20, ...ssh },
  })
  const audit = async (inventory: Record<string, unknown>, env = {}) => (await someone.audit(inventory, env)).result.devices[0]

  it('collects through one that the inventory names', async () => {
    const [router, starting] = startRouter()
    const [server, jump] = await Promise.all([starting, start()])
    know(server, jump)
    const jump_hosts = { bastion: { host: '127.0.0.1', port: jump.port, username: who.name, key: key.path } }
    const collected = await audit({ jump_hosts, devices: [device({ port: server.port, proxy_jump: 'bastion' })] })
    expect(collected).toMatchObject({ state: 'collected', reason: null, complete: true })
    expect(router.typed()).toContain('show running-config')
    expect(passed(jump, server)).toBe(true)
  })

  it('collects through two, nearest first', async () => {
    const [, starting] = startRouter()
    const [server, near, far] = await Promise.all([starting, start(), start()])
    know(server, near, far)
    const at = ({ port }: Sshd) => ({ host: '127.0.0.1', port, username: who.name, key: key.path })
    const devices = [device({ port: server.port, proxy_jump: 'near,far' })]
    expect(await audit({ jump_hosts: { near: at(near), far: at(far) }, devices })).toMatchObject({ state: 'collected' })
    expect([passed(near, far), passed(far, server), passed(near, server)]).toEqual([true, true, false])
  })

  it('finds all of it in ~/.ssh/config', async () => {
    const [, starting] = startRouter()
    const [server, near, far] = await Promise.all([starting, start(), start()])
    know(server, near, far)
    someone.file(
      '.ssh/config',
      [
        'Host dist-1',
        '  HostName 127.0.0.1',
        `  Port ${server.port}`,
        '  ProxyJump far',
        'Host far near',
        '  HostName 127.0.0.1',
        'Host far',
        `  Port ${far.port}`,
        '  ProxyJump near',
        'Host near',
        `  Port ${near.port}`,
        'Host *',
        `  User ${who.name}`,
        '  IdentityFile ~/.ssh/audit',
        '',
      ].join('\n'),
    )
    const devices = [{ name: 'ams-dist-1', host: 'dist-1', platform: 'cisco-ios', ssh: { timeout: 20 } }]
    expect(await audit({ devices })).toMatchObject({ state: 'collected', reason: null })
    expect([passed(near, far), passed(far, server)]).toEqual([true, true])
    someone.file('.ssh/config', '')
  })

  it('names the jump host whose key is unknown or changed, before any credential', async () => {
    const [, starting] = startRouter()
    const [server, jump] = await Promise.all([starting, start()])
    const jump_hosts = { bastion: { host: '127.0.0.1', port: jump.port, username: who.name, key: key.path } }
    const inventory = { jump_hosts, devices: [device({ port: server.port, proxy_jump: 'bastion' })] }
    for (const known of [server.known, server.known + server.known.replace(`:${server.port}`, `:${jump.port}`)]) {
      someone.file('.ssh/known_hosts', known)
      expect(await audit(inventory)).toMatchObject({
        state: 'failed',
        reason: expect.stringMatching(`127.0.0.1 port ${jump.port}`),
      })
    }
    expect(jump.log()).not.toMatch(/userauth-request/)
    expect(server.log()).not.toContain('Connection from')
  })

  it('judges the device by its own key, not by that of the jump host', async () => {
    const [, starting] = startRouter()
    const [server, jump] = await Promise.all([starting, start()])
    know(jump)
    const jump_hosts = { bastion: { host: '127.0.0.1', port: jump.port, username: who.name, key: key.path } }
    const failed = await audit({ jump_hosts, devices: [device({ port: server.port, proxy_jump: 'bastion' })] })
    expect(failed).toMatchObject({ state: 'failed', reason: expect.stringMatching(`127.0.0.1 port ${server.port} .*is not in`) })
    expect(server.log()).not.toMatch(/userauth-request/)
  })

  it('says so when the jump host forwards nothing, and when nothing answers behind it', async () => {
    const [, starting] = startRouter()
    const [server, gone, shut, open] = await Promise.all([
      starting,
      start(),
      start({ settings: { AllowTcpForwarding: 'no' } }),
      start(),
    ])
    know(server, shut, open)
    await gone.close()
    const at = ({ port }: Sshd) => ({ host: '127.0.0.1', port, username: who.name, key: key.path })
    const devices = [
      device({ port: server.port, proxy_jump: 'shut' }),
      { ...device({ port: gone.port, proxy_jump: 'open' }), name: 'ams-dist-2' },
    ]
    const { result } = await someone.audit({ jump_hosts: { shut: at(shut), open: at(open) }, devices })
    expect(result.devices.map(d => d.state)).toEqual(['failed', 'failed'])
    const reason = ({ port }: Sshd) => `jump host 127.0.0.1: it does not lead to 127.0.0.1 port ${port}`
    expect(result.devices[0]?.reason).toContain(reason(server))
    expect(result.devices[1]?.reason).toContain(reason(gone))
    expect(server.log()).not.toContain('Connection from')
  })

  it.each([
    ['the device', 0],
    ['the jump host', 1],
  ])('notices at once that %s is gone in the middle of a session', async (_, gone) => {
    const router = routerShell({ name: 'ams-dist-1', config, delay: 30 })
    const [server, jump] = await Promise.all([startSshd({ authorized: [key.public], command: router.command }), start()])
    know(server, jump)
    const jump_hosts = { bastion: { host: '127.0.0.1', port: jump.port, username: who.name, key: key.path } }
    const audit = someone.audit({ jump_hosts, devices: [device({ port: server.port, proxy_jump: 'bastion' })] })
    while (!router.typed().includes('show running-config')) await pause(20)
    await [server, jump][gone]?.close()
    const failed = (await audit).result.devices[0]
    expect(failed?.state).toBe('failed')
    expect(failed?.reason).not.toMatch(/timed out|silent/)
  })
})

real('jump hosts with passwords', { root: true }, () => {
  const someone = person()

  it('gets a password of its own, tried once, and the device never sees it', async () => {
    const [jumper, auditor] = [account({ password: 'near and dear' }), account({ password: 'correct horse' })]
    const router = routerShell({ name: 'ams-dist-1', config })
    const [server, jump] = await Promise.all([startSshd({ command: router.command }), startSshd({ settings: PASSING })])
    someone.file('.ssh/known_hosts', server.known + jump.known)
    const inventory = {
      jump_hosts: { bastion: { host: '127.0.0.1', port: jump.port, username: jumper.name, password: 'env:JUMP' } },
      devices: [
        {
          name: 'ams-dist-1',
          host: '127.0.0.1',
          platform: 'cisco-ios',
          username: auditor.name,
          password: 'env:PW',
          ssh: { port: server.port, proxy_jump: 'bastion', timeout: 20 },
        },
      ],
    }
    const right = await someone.audit(inventory, { PW: auditor.password, JUMP: jumper.password })
    expect(right.result.devices[0]).toMatchObject({ state: 'collected', reason: null })
    expect(server.log()).toContain(`Accepted password for ${auditor.name}`)
    expect(server.log()).not.toContain(jumper.name)
    const wrong = await someone.audit(inventory, { PW: auditor.password, JUMP: auditor.password })
    expect(wrong.result.devices[0]).toMatchObject({ state: 'failed', reason: expect.stringMatching(`${jumper.name} .*env:JUMP`) })
    expect(jump.log().match(/^Failed password for /gm)).toHaveLength(1)
  })
})
