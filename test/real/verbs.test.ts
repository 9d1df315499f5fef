// collect, probe and login against real servers: what is stored, what is said, and what the servers saw of it.
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { LoggedIn } from '../../src/asking.ts'
import type { Probed } from '../../src/collect/probe.ts'
import type { Manifest } from '../../src/model/snapshot.ts'
import { account } from '../support/account.ts'
import { person } from '../support/command-line.ts'
import { iosText } from '../support/ios-text.ts'
import { real } from '../support/real.ts'
import { type RouterShell, routerShell } from '../support/router-shell.ts'
import { type Sshd, startSshd } from '../support/sshd.ts'

const SECRETS = ['canary-community', 'canary-key', '$1$canary$hash0123456789abcdefgh/']
const config = (n: number) =>
  iosText(`ams-dist-${n}`, n + 1, [
    'snmp-server community canary-community RO',
    'tacacs server one',
    ' key canary-key',
    'username admin secret 5 $1$canary$hash0123456789abcdefgh/',
  ])

real('the verbs against sshd', { root: true }, () => {
  const someone = person({ PW: 'correct horse', WRONG: 'horse correct', XDG_STATE_HOME: undefined })
  const who = account({ password: 'correct horse' })
  const pair = async (): Promise<[RouterShell[], Sshd[]]> => {
    const routers = [1, 2].map(n => routerShell({ name: `ams-dist-${n}`, config: config(n) }))
    return [routers, await Promise.all(routers.map(({ command }) => startSshd({ command })))]
  }
  const inventory = (servers: readonly Sshd[], known_hosts: string, more: Record<string, unknown> = {}) =>
    someone.inventory({
      defaults: { username: who.name, password: 'env:PW', platform: 'cisco-ios', ssh: { known_hosts, timeout: 20 } },
      devices: servers.map(({ port }, i) => ({
        name: `ams-dist-${i + 1}`,
        host: '127.0.0.1',
        ssh: { port },
        ...(i === 1 ? more : {}),
      })),
    })
  const known = (name: string, servers: readonly Sshd[]) => someone.file(name, servers.map(s => s.known).join(''))

  it('collects into a snapshot for its owner alone, without secrets, that audits like the devices', async () => {
    const [, servers] = await pair()
    const file = inventory(servers, known('collect', servers))
    const folder = join(someone.home, 'snapshot')
    expect((await someone.run(['collect', '-i', file, '-o', folder])).code).toBe(0)
    expect(readdirSync(folder).sort()).toEqual(['ams-dist-1.cfg', 'ams-dist-2.cfg', 'manifest.json'])
    for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600)
    for (const n of [1, 2]) {
      const stored = readFileSync(join(folder, `ams-dist-${n}.cfg`), 'utf8')
      for (const secret of SECRETS) expect(stored).not.toContain(secret)
      // Line for line: what holds no secret is as it was.
      const lines = config(n).trimEnd().split('\n')
      const kept = stored.slice(stored.indexOf('Current configuration')).trimEnd().split('\n')
      expect(kept).toHaveLength(lines.length)
      for (const [i, line] of lines.entries()) if (!SECRETS.some(s => line.includes(s))) expect(kept[i]).toBe(line)
    }
    const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as Manifest
    expect(manifest.devices.map(d => [d.name, d.status, d.command])).toEqual([
      ['ams-dist-1', 'collected', 'show running-config'],
      ['ams-dist-2', 'collected', 'show running-config'],
    ])
    const audited = await someone.run(['audit', '-i', file, '--configs', folder, '--format', 'json'])
    const live = await someone.run(['audit', '-i', file, '--format', 'json'])
    const verdicts = (text: string) => JSON.parse(text).segments.map((s: { id: string; pxe: unknown }) => [s.id, s.pxe])
    expect(verdicts(audited.out)).toEqual(verdicts(live.out))
    expect([audited.code, live.code]).toEqual([1, 1])
    // The second time one of them is gone: the configuration of the first time stays.
    await servers[1]?.close()
    const before = readFileSync(join(folder, 'ams-dist-2.cfg'), 'utf8')
    const again = await someone.run(['collect', '-i', file, '-o', folder])
    expect(again.code).toBe(3)
    expect(again.out).toContain('ams-dist-2')
    expect(readFileSync(join(folder, 'ams-dist-2.cfg'), 'utf8')).toBe(before)
  })

  it('probes without a credential, and prints the fingerprint that ssh-keygen prints', async () => {
    const old = {
      KexAlgorithms: 'diffie-hellman-group14-sha1',
      Ciphers: 'aes128-cbc',
      MACs: 'hmac-sha1',
      HostKeyAlgorithms: 'ssh-rsa',
    }
    const servers = await Promise.all([startSshd(), startSshd({ hostKeys: ['rsa'], settings: old })])
    const file = inventory(servers, known('probe', servers.slice(0, 1)))
    const { out } = await someone.run(['probe', '-i', file, '--format', 'json'])
    const [modern, legacy] = JSON.parse(out) as Probed[]
    const fingerprint = (server: Sshd | undefined) =>
      execFileSync('ssh-keygen', ['-l', '-f', server?.publicKeys[0] ?? ''], { encoding: 'utf8' }).split(' ')[1]
    expect(modern).toMatchObject({
      failure: null,
      distrust: null,
      legacy: false,
      software: expect.stringMatching(/^SSH-2\.0-OpenSSH/),
    })
    expect(modern?.host_key).toBe(`ssh-ed25519 ${fingerprint(servers[0])}`)
    expect(legacy).toMatchObject({ failure: null, legacy: true, host_key: `ssh-rsa ${fingerprint(servers[1])}` })
    expect(legacy?.distrust?.failed).toContain('is not in')
    expect(legacy?.offers).toMatchObject({ 'KEX method': expect.arrayContaining(['diffie-hellman-group14-sha1']) })
    for (const server of servers) expect(await server.log()).not.toMatch(/userauth-request/)
  })

  it('logs in and does nothing else, once each', async () => {
    const [routers, servers] = await pair()
    const file = inventory(servers, known('login', servers), { password: 'env:WRONG' })
    const { out, err, code } = await someone.run(['login', '-i', file, '--format', 'json'])
    expect(code).toBe(3)
    const [right, wrong] = JSON.parse(out) as LoggedIn[]
    expect(right).toMatchObject({ device: 'ams-dist-1', username: who.name, failure: null })
    expect(wrong?.failure?.kind).toBe('rejected')
    expect(out + err).not.toContain('horse correct')
    for (const router of routers) expect(router.typed()).toEqual([])
    const [first, second] = await Promise.all(servers.map(server => server.log()))
    expect(first?.match(/^Accepted password for /gm)).toHaveLength(1)
    expect(first).not.toMatch(/Starting session/)
    expect(second?.match(/^Failed password for /gm)).toHaveLength(1)
  })

  it('puts new keys on file where the command line says so', async () => {
    const [, servers] = await pair()
    const file = inventory(servers, join(someone.home, 'tofu'))
    expect((await someone.run(['login', '-i', file])).code).toBe(3)
    const { code, err } = await someone.run(['login', '-i', file, '--host-keys', 'tofu'])
    expect(code).toBe(0)
    for (const { port } of servers) expect(err).toContain(`127.0.0.1 port ${port}`)
    expect((await someone.run(['login', '-i', file])).code).toBe(0)
  })
})
