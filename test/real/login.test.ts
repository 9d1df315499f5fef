// Logins at a real sshd, each kind of credential once, and what the server saw of them.
import { expect, it } from 'vitest'
import { account, expire } from '../support/account.ts'
import { person } from '../support/command-line.ts'
import { iosText } from '../support/ios-text.ts'
import { real } from '../support/real.ts'
import { routerShell } from '../support/router-shell.ts'
import { type Sshd, startSshd } from '../support/sshd.ts'

const count = (log: string, what: RegExp) => log.match(new RegExp(what, 'gm'))?.length ?? 0

real('password logins at sshd', { root: true }, () => {
  const someone = person({ PW: 'correct horse', WRONG: 'horse correct', EN: 'battery staple', BAD: 'staple battery' })
  const config = iosText('ams-dist-1', 2)
  const device = (server: Sshd, username: string, more: Record<string, unknown> = {}) => ({
    name: 'ams-dist-1',
    host: '127.0.0.1',
    platform: 'cisco-ios',
    username,
    password: 'env:PW',
    ...more,
    ssh: { port: server.port, known_hosts: someone.file(`known-${server.port}`, server.known), timeout: 20 },
  })

  it.concurrent('collects a pair and finds the duplicate', async () => {
    const who = account({ password: 'correct horse' })
    const routers = [1, 2].map(n => routerShell({ name: `ams-dist-${n}`, config: iosText(`ams-dist-${n}`, n + 1) }))
    const servers = await Promise.all(routers.map(({ command }) => startSshd({ command })))
    const known = someone.file('known-pair', servers.map(s => s.known).join(''))
    const { result, err } = await someone.audit({
      defaults: { username: who.name, password: 'env:PW', platform: 'cisco-ios', ssh: { known_hosts: known, timeout: 20 } },
      devices: servers.map(({ port }, i) => ({ name: `ams-dist-${i + 1}`, host: '127.0.0.1', ssh: { port } })),
    })
    expect(err).toBe('')
    expect(result.devices.map(d => [d.name, d.state, d.complete])).toEqual([
      ['ams-dist-1', 'collected', true],
      ['ams-dist-2', 'collected', true],
    ])
    expect(result.segments.find(s => s.subnets.includes('10.20.10.0/24'))?.pxe[0]?.verdict).toBe('duplicate')
    expect(result.exit_code).toBe(1)
    for (const router of routers) {
      // Whether the goodbye is read before the line is gone is up to the machine.
      expect(router.typed().filter(line => line !== 'exit')).toEqual([
        'terminal length 0',
        'terminal width 512',
        'show running-config view full',
        'show running-config',
      ])
    }
    for (const server of servers) {
      expect(count(await server.log(), /^Accepted password for /)).toBe(1)
      expect(count(await server.log(), /^Failed password for /)).toBe(0)
    }
  })

  it.concurrent('enables with a secret of its own', async () => {
    const who = account({ password: 'correct horse' })
    const router = routerShell({ name: 'ams-dist-1', config, enable: 'battery staple' })
    const server = await startSshd({ command: router.command })
    const { result } = await someone.audit({ devices: [device(server, who.name, { enable: 'env:EN' })] })
    expect(result.devices[0]).toMatchObject({ state: 'collected', reason: null, complete: true })
    expect(router.typed()[0]).toBe('enable')
    const wrong = await someone.audit({ devices: [device(server, who.name, { enable: 'env:BAD' })] })
    expect(wrong.result.devices[0]).toMatchObject({ state: 'failed', reason: expect.stringContaining('env:BAD') })
    expect(JSON.stringify(wrong)).not.toContain('staple battery')
  })

  it.concurrent('answers keyboard-interactive', async () => {
    const who = account({ password: 'correct horse' })
    const server = await startSshd({
      command: routerShell({ name: 'ams-dist-1', config }).command,
      pam: true,
      settings: { PasswordAuthentication: 'no' },
    })
    const { result } = await someone.audit({ devices: [device(server, who.name)] })
    expect(result.devices[0]).toMatchObject({ state: 'collected', reason: null })
    expect(count(await server.log(), /^Accepted keyboard-interactive\/pam for /)).toBe(1)
  })

  it.concurrent.each([
    ['alone', false],
    ['with keyboard-interactive on offer', true],
  ])('tries a wrong password once, %s', async (_, pam) => {
    const who = account({ password: 'correct horse' })
    const server = await startSshd({ pam })
    const { result, err, out, code } = await someone.audit({ devices: [device(server, who.name, { password: 'env:WRONG' })] })
    expect(code).toBe(3)
    expect(result.devices[0]).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(new RegExp(`password was rejected for ${who.name} \\(env:WRONG\\)`)),
    })
    expect(err + out).not.toContain('horse correct')
    const log = await server.log()
    expect(count(log, /^Failed (password|keyboard-interactive\S*) for /)).toBe(1)
    expect(count(log, /userauth-request for user \S+ service ssh-connection method (password|keyboard-interactive)/)).toBe(1)
    expect(count(log, /^Connection from /)).toBe(1)
  })

  it.concurrent('says that the password is wrong where the server hangs up on it', async () => {
    const who = account({ password: 'correct horse' })
    const server = await startSshd({ settings: { MaxAuthTries: '1' } })
    const { result } = await someone.audit({ devices: [device(server, who.name, { password: 'env:WRONG' })] })
    expect(await server.log()).toMatch(/Too many authentication failures/)
    expect(result.devices[0]?.reason).toBe(
      `the password was rejected for ${who.name} (env:WRONG); correct it before the account is locked`,
    )
  })

  it.concurrent('gets in where one attempt is all there is', async () => {
    const who = account({ password: 'correct horse' })
    const server = await startSshd({
      command: routerShell({ name: 'ams-dist-1', config }).command,
      settings: { MaxAuthTries: '1' },
    })
    const { result } = await someone.audit({ devices: [device(server, who.name)] })
    expect(result.devices[0]).toMatchObject({ state: 'collected', reason: null })
  })

  it.concurrent('is cut off before its password has been judged, and does not try again', async () => {
    const who = account({ password: 'correct horse' })
    // PAM takes two seconds over a wrong password; a login server that is slow takes them over any.
    const server = await startSshd({ pam: true, settings: { LoginGraceTime: '1', KbdInteractiveAuthentication: 'no' } })
    const { result } = await someone.audit({ devices: [device(server, who.name, { password: 'env:WRONG' })] })
    expect(result.devices[0]).toMatchObject({ state: 'failed', reason: expect.stringMatching(/closed|broke/) })
    // A connection that a busy machine loses before the password went out may be tried again: the password itself goes out once.
    expect(count(await server.log(), / method password( \[preauth\])?$/)).toBe(1)
  })

  it.concurrent('sets no new password where the old one has expired', async () => {
    const who = account({ password: 'correct horse' })
    expire(who)
    const server = await startSshd()
    const { result } = await someone.audit({ devices: [device(server, who.name)] })
    expect(result.devices[0]).toMatchObject({ state: 'failed', reason: expect.stringMatching(/password/i) })
  })
})
