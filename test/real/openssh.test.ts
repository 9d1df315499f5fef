// What OpenSSH's own client and server have agreed on among themselves: files, options, factors, new keys in mid-session.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { account, keyAccount } from '../support/account.ts'
import { person } from '../support/command-line.ts'
import { iosText } from '../support/ios-text.ts'
import { keyFile } from '../support/key-file.ts'
import { real } from '../support/real.ts'
import { routerShell } from '../support/router-shell.ts'
import { type Sshd, type SshdOptions, startSshd } from '../support/sshd.ts'

real('the ways of OpenSSH', {}, () => {
  const someone = person()
  const who = keyAccount()
  const [key, other] = ['audit', 'other'].map(name => keyFile(someone, name)) as [
    ReturnType<typeof keyFile>,
    ReturnType<typeof keyFile>,
  ]
  const start = (options: SshdOptions = {}, config = iosText('ams-dist-1', 2)) =>
    startSshd({ authorized: [key.public], command: routerShell({ name: 'ams-dist-1', config }).command, ...options })
  /** Audits the router `dist-1` with this in the SSH configuration, and nothing but the known hosts in the inventory. */
  const audit = async (lines: readonly string[], ssh: Record<string, unknown> = {}) => {
    const config = someone.file(
      `config-${ssh.port ?? lines.join()}`.replaceAll(/\W/g, '').slice(0, 99),
      ['Host dist-1', ...lines, ''].join('\n'),
    )
    const devices = [{ name: 'ams-dist-1', host: 'dist-1', platform: 'cisco-ios', ssh: { timeout: 20, config, ...ssh } }]
    return (await someone.audit({ devices })).result.devices[0]
  }
  const reach = ({ port }: Sshd) => ['HostName 127.0.0.1', `Port ${port}`, `User ${who.name}`]
  const known = (server: Sshd, text = server.known) => someone.file(`known-${server.port}`, text)

  it.concurrent('offers old algorithms where the SSH configuration says so', async () => {
    const server = await start({
      hostKeys: ['rsa'],
      settings: {
        KexAlgorithms: 'diffie-hellman-group14-sha1',
        Ciphers: 'aes128-cbc',
        MACs: 'hmac-sha1',
        HostKeyAlgorithms: 'ssh-rsa',
      },
    })
    const more = ['KexAlgorithms +diffie-hellman-group14-sha1', 'Ciphers +aes128-cbc', 'MACs +hmac-sha1']
    const lines = [...reach(server), `IdentityFile ${key.path}`, ...more]
    expect(await audit(lines, { known_hosts: known(server) })).toMatchObject({ state: 'failed' })
    const device = await audit([...lines, 'HostKeyAlgorithms +ssh-rsa'], { known_hosts: known(server) })
    expect(device).toMatchObject({ state: 'collected', reason: null })
  })

  it.concurrent('shows the keys in their order until one is taken', async () => {
    const server = await start()
    const lines = [...reach(server), `IdentityFile ${other.path}`, `IdentityFile ${key.path}`]
    expect(await audit(lines, { known_hosts: known(server) })).toMatchObject({ state: 'collected', reason: null })
  })

  it.concurrent('looks a host up by its alias, in the files and with the strictness that are named', async () => {
    const server = await start()
    const file = someone.file('alias', server.known.replace(/^\S+/, 'dist-1.example.net'))
    const lines = [...reach(server), `IdentityFile ${key.path}`, `UserKnownHostsFile ${file}`]
    expect(await audit([...lines, 'HostKeyAlias dist-1.example.net'])).toMatchObject({ state: 'collected', reason: null })
    expect(await audit([...lines, 'StrictHostKeyChecking yes'])).toMatchObject({ state: 'failed' })
    expect(await audit([...lines, 'StrictHostKeyChecking accept-new'])).toMatchObject({ state: 'collected' })
    expect(readFileSync(file, 'utf8').split('\n')[1]).toBe(server.known.trimEnd().split(' ').slice(0, 3).join(' '))
  })

  it.concurrent('reads what ssh has written, and ssh reads what it writes', async () => {
    const server = await start()
    const [theirs, ours] = ['theirs', 'ours'].map(name => join(someone.home, name)) as [string, string]
    const ssh = (file: string, checking: string) =>
      execFileSync(
        'ssh',
        [
          '-F',
          'none',
          '-o',
          'BatchMode=yes',
          '-o',
          `UserKnownHostsFile=${file}`,
          '-o',
          `StrictHostKeyChecking=${checking}`,
          '-o',
          'HashKnownHosts=yes',
          '-i',
          key.path,
          '-p',
          String(server.port),
          '-n',
          `${who.name}@127.0.0.1`,
        ],
        { stdio: 'ignore' },
      )
    ssh(theirs, 'accept-new')
    expect(readFileSync(theirs, 'utf8')).toMatch(/^\|1\|/)
    const lines = [...reach(server), `IdentityFile ${key.path}`]
    expect(await audit(lines, { known_hosts: theirs })).toMatchObject({ state: 'collected', reason: null })
    expect(await audit(lines, { known_hosts: ours, host_keys: 'tofu' })).toMatchObject({ state: 'collected' })
    ssh(ours, 'yes')
  })

  it.skipIf(!networkInterfaces().lo?.some(({ address }) => address === '::1'))('speaks IPv6', { concurrent: true }, async () => {
    const server = await start({ settings: { ListenAddress: '::1' } })
    const file = join(someone.home, 'v6')
    const device = { name: 'ams-dist-1', host: '::1', platform: 'cisco-ios', username: who.name, key: key.path }
    const ssh = { port: server.port, known_hosts: file, host_keys: 'tofu', timeout: 20 }
    const { result } = await someone.audit({ devices: [{ ...device, ssh }] })
    expect(result.devices[0]).toMatchObject({ state: 'collected', file: `ssh://[::1]:${server.port}` })
    expect(execFileSync('ssh-keygen', ['-F', `[::1]:${server.port}`, '-f', file], { encoding: 'utf8' })).toContain('ssh-ed25519')
  })

  it.concurrent('agrees on new keys as often as the server likes', async () => {
    const remarks = Array.from({ length: 20_000 }, (_, i) => `! remark ${i}, which nobody reads but everybody keeps`)
    const long = iosText('ams-dist-1', 2, remarks)
    const server = await start({ settings: { RekeyLimit: '64K' } }, long)
    const device = await audit([...reach(server), `IdentityFile ${key.path}`], { known_hosts: known(server) })
    expect(device).toMatchObject({ state: 'collected', reason: null })
    expect((await server.log()).match(/rekeying|SSH2_MSG_KEXINIT received/g)?.length).toBeGreaterThan(5)
  })

  it.concurrent('takes new keys in mid-session for no new login, which would have another time limit', async () => {
    const banner = Array.from({ length: 4000 }, (_, i) => `line ${i} of a long greeting`).join('\n')
    const { command } = routerShell({ name: 'ams-dist-1', config: iosText('ams-dist-1', 2), banner, delay: 30 })
    const server = await start({ command, settings: { RekeyLimit: '64K' } })
    const lines = [...reach(server), `IdentityFile ${key.path}`]
    const device = await audit(lines, { known_hosts: known(server), timeout: 4 })
    expect(device?.reason).toBe('timed out after 4 s while waiting for the prompt after "show running-config"')
  })
})

real('several factors', { root: true }, () => {
  const someone = person({ PW: 'correct horse', WRONG: 'horse correct' })
  it.concurrent.each([
    ['a key and a password', 'publickey,password', false],
    ['a key and keyboard-interactive', 'publickey,keyboard-interactive', true],
  ])('%s', async (_, AuthenticationMethods, pam) => {
    const who = account({ password: 'correct horse' })
    const key = keyFile(someone, `audit-${who.name}`)
    const { command } = routerShell({ name: 'ams-dist-1', config: iosText('ams-dist-1', 2) })
    const server = await startSshd({ authorized: [key.public], command, pam, settings: { AuthenticationMethods } })
    const known_hosts = someone.file(`known-${server.port}`, server.known)
    const audit = async (more: Record<string, string>) => {
      const device = { name: 'ams-dist-1', host: '127.0.0.1', platform: 'cisco-ios', username: who.name, key: key.path, ...more }
      const { result } = await someone.audit({ devices: [{ ...device, ssh: { port: server.port, known_hosts, timeout: 20 } }] })
      return result.devices[0]
    }
    expect(await audit({ password: 'env:PW' })).toMatchObject({ state: 'collected', reason: null })
    expect(await audit({})).toMatchObject({ state: 'failed', reason: expect.stringMatching(/one more credential/) })
    expect(await audit({ password: 'env:WRONG' })).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('env:WRONG'),
    })
    expect((await server.log()).match(/^Failed (password|keyboard-interactive\S*) for /gm)).toHaveLength(1)
  })
})
