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
const passed = async (jump: Sshd, to: Sshd): Promise<boolean> =>
  new RegExp(`server_request_direct_tcpip: .*target 127\\.0\\.0\\.1 port ${to.port}\\b`).test(await jump.log())

const noWay = ({ port }: Sshd): string =>
  `^jump host 127\\.0\\.0\\.1 port \\d+: it does not lead to 127\\.0\\.0\\.1 port ${port} `

real('jump hosts', {}, () => {
  const someone = person()
  const who = keyAccount()
  const key = keyFile(someone, 'audit')
  const start = (options: SshdOptions = {}) => startSshd({ authorized: [key.public], settings: PASSING, ...options })
  const startRouter = (n = 1): [RouterShell, Promise<Sshd>] => {
    const router = routerShell({ name: `ams-dist-${n}`, config: iosText(`ams-dist-${n}`, n + 1) })
    return [router, startSshd({ authorized: [key.public], command: router.command })]
  }
  let files = 0
  /** A known_hosts file with these servers. */
  const know = (...servers: readonly Sshd[]) => someone.file(`known-${++files}`, servers.map(s => s.known).join(''))
  /** Audits one router behind these hosts, which are in the inventory under their names. */
  const audit = async (known_hosts: string, proxy_jump: string, jumps: Readonly<Record<string, Sshd>>, ...routers: Sshd[]) => {
    const common = { host: '127.0.0.1', username: who.name, key: key.path }
    const { result } = await someone.audit({
      jump_hosts: Object.fromEntries(Object.entries(jumps).map(([name, { port }]) => [name, { ...common, port, known_hosts }])),
      devices: routers.map(({ port }, n) => ({
        name: `ams-dist-${n + 1}`,
        ...common,
        platform: 'cisco-ios',
        ssh: { port, proxy_jump, known_hosts, timeout: 20 },
      })),
    })
    return result.devices
  }

  it.concurrent('collects two through one that the inventory names, which is logged in to once', async () => {
    const [[one, first], [two, second]] = [startRouter(1), startRouter(2)]
    const [jump, ...servers] = await Promise.all([start(), first, second])
    const collected = await audit(know(jump, ...servers), 'bastion', { bastion: jump }, ...servers)
    for (const device of collected) expect(device).toMatchObject({ state: 'collected', reason: null, complete: true })
    for (const router of [one, two]) expect(router.typed()).toContain('show running-config')
    for (const server of servers) expect(await passed(jump, server)).toBe(true)
    expect((await jump.log()).match(/^Accepted publickey for /gm)).toHaveLength(1)
  })

  it.concurrent('collects through two, nearest first', async () => {
    const [, starting] = startRouter()
    const [server, near, far] = await Promise.all([starting, start(), start()])
    const [collected] = await audit(know(server, near, far), 'near,far', { near, far }, server)
    expect(collected).toMatchObject({ state: 'collected', reason: null })
    expect(await Promise.all([passed(near, far), passed(far, server), passed(near, server)])).toEqual([true, true, false])
  })

  it('finds all of it in ~/.ssh/config', async () => {
    const [, starting] = startRouter()
    const [server, near, far] = await Promise.all([starting, start(), start()])
    someone.file('.ssh/known_hosts', server.known + near.known + far.known)
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
    const { result } = await someone.audit({ devices })
    expect(result.devices[0]).toMatchObject({ state: 'collected', reason: null })
    expect(await Promise.all([passed(near, far), passed(far, server)])).toEqual([true, true])
  })

  it.concurrent('names the jump host whose key is unknown or changed, before any credential', async () => {
    const [, starting] = startRouter()
    const [server, jump] = await Promise.all([starting, start()])
    const changed = { ...server, known: server.known.replace(`:${server.port}`, `:${jump.port}`) }
    for (const known of [know(server), know(server, changed)]) {
      const [failed] = await audit(known, 'bastion', { bastion: jump }, server)
      expect(failed).toMatchObject({ state: 'failed', reason: expect.stringContaining(`127.0.0.1 port ${jump.port}`) })
      expect(failed?.reason).toContain('host key')
    }
    expect(await jump.log()).not.toMatch(/userauth-request/)
    expect(await server.log()).not.toContain('Connection from')
  })

  it.concurrent('judges the device by its own key, not by that of the jump host', async () => {
    const [, starting] = startRouter()
    const [server, jump] = await Promise.all([starting, start()])
    const [failed] = await audit(know(jump), 'bastion', { bastion: jump }, server)
    expect(failed).toMatchObject({ state: 'failed', reason: expect.stringMatching(`127.0.0.1 port ${server.port} .*is not in`) })
    expect(await server.log()).not.toMatch(/userauth-request/)
  })

  it.concurrent('says so when the jump host forwards nothing', async () => {
    const [, starting] = startRouter()
    const [server, jump] = await Promise.all([starting, start({ settings: { AllowTcpForwarding: 'no' } })])
    const [failed] = await audit(know(server, jump), 'bastion', { bastion: jump }, server)
    expect(failed).toMatchObject({ state: 'failed', reason: expect.stringMatching(noWay(server)) })
    expect(await server.log()).not.toContain('Connection from')
  })

  it.concurrent('says so when nothing answers behind it', async () => {
    const [server, jump] = await Promise.all([start(), start()])
    await server.close()
    const [failed] = await audit(know(server, jump), 'bastion', { bastion: jump }, server)
    expect(failed).toMatchObject({ state: 'failed', reason: expect.stringMatching(noWay(server)) })
  })

  it.concurrent.each([
    ['the device', 0],
    ['the jump host', 1],
  ])('notices at once that %s is gone in the middle of a session', async (_, gone) => {
    const router = routerShell({ name: 'ams-dist-1', config, delay: 30 })
    const [server, jump] = await Promise.all([startSshd({ authorized: [key.public], command: router.command }), start()])
    const auditing = audit(know(server, jump), 'bastion', { bastion: jump }, server)
    while (!router.typed().includes('show running-config')) await pause(20)
    await [server, jump][gone]?.close()
    const [failed] = await auditing
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
    expect(await server.log()).toContain(`Accepted password for ${auditor.name}`)
    expect(await server.log()).not.toContain(jumper.name)
    const wrong = await someone.audit(inventory, { PW: auditor.password, JUMP: auditor.password })
    expect(wrong.result.devices[0]).toMatchObject({ state: 'failed', reason: expect.stringMatching(`${jumper.name} .*env:JUMP`) })
    expect((await jump.log()).match(/^Failed password for /gm)).toHaveLength(1)
  })
})
