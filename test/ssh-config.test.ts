// The user's own SSH configuration: what of it counts, and that nothing in it is ever run.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { offer } from '../src/collect/offer.ts'
import { loadInventory } from '../src/inventory/load.ts'
import type { Access } from '../src/model/inventory.ts'
import { sshAccess } from './support/access.ts'

const home = mkdtempSync(join(tmpdir(), 'iphelper-ssh-'))
afterAll(() => rmSync(home, { recursive: true }))
mkdirSync(join(home, '.ssh', 'conf.d'), { recursive: true })

/** The access of a device called r1, with a host and a line of settings, under an SSH configuration. */
const accessOf = async (config: string, host: string, settings = '', more = ''): Promise<Access> => {
  writeFileSync(join(home, '.ssh', 'config'), config)
  const file = join(home, 'inventory.yaml')
  writeFileSync(
    file,
    `pxe_points: [{ name: p, addresses: [10.9.9.5] }]\n${more}devices:\n  - { name: r1, host: ${host}${settings} }\n`,
  )
  const [device] = (await loadInventory(file, { home })).devices
  if (!device || !('ssh' in device.from)) throw new Error('no device')
  return device.from.ssh
}

describe('the SSH configuration', () => {
  it('fills in what the inventory leaves open: host, port, user, keys, files, algorithms', async () => {
    const access = await accessOf(
      `Host core
  HostName 192.0.2.7
  Port 2222
  User audit
  IdentityFile ~/.ssh/audit_%h
  IdentityFile "/keys/with blank"
  UserKnownHostsFile ~/.ssh/kh1 ~/.ssh/kh2
  HostKeyAlias core.example.net
  KexAlgorithms +diffie-hellman-group14-sha1
  Ciphers aes256-ctr
  MACs -hmac-sha1
  HostKeyAlgorithms ^rsa-sha2-512
  StrictHostKeyChecking accept-new
`,
      'core',
    )
    expect(access).toEqual({
      host: '192.0.2.7',
      port: 2222,
      host_key_alias: 'core.example.net',
      username: 'audit',
      password: null,
      enable: null,
      keys: [join(home, '.ssh/audit_192.0.2.7'), '/keys/with blank'],
      passphrase: null,
      agent: 'SSH_AUTH_SOCK',
      known_hosts: [join(home, '.ssh/kh1'), join(home, '.ssh/kh2')],
      host_keys: 'tofu',
      legacy_algorithms: false,
      algorithms: {
        kex: '+diffie-hellman-group14-sha1',
        ciphers: 'aes256-ctr',
        macs: '-hmac-sha1',
        host_keys: '^rsa-sha2-512',
      },
      timeout: 120,
      jumps: [],
    })
  })
  it('gives way to the inventory', async () => {
    const access = await accessOf(
      'Host *\n  User other\n  Port 2222\n  IdentityFile /keys/other\n  StrictHostKeyChecking no\n',
      'r1.example.net',
      ', username: audit, password: env:PW, ssh: { port: 22, host_keys: strict }',
    )
    expect(access).toMatchObject({ username: 'audit', port: 22, password: 'env:PW', keys: [], agent: null, host_keys: 'strict' })
  })
  it('knows patterns, the first value that fits, Match and Include', async () => {
    writeFileSync(join(home, '.ssh', 'conf.d', 'a.conf'), 'Host *.lab\n  Port 2201\n')
    writeFileSync(join(home, '.ssh', 'conf.d', 'b.conf'), 'Host *.lab\n  Port 2202\n')
    const config = 'Include conf.d/*.conf\nHost * !r2.lab\n  User first\nMatch host *.lab\n  User second\nHost *\n  User third\n'
    expect(await accessOf(config, 'r1.lab')).toMatchObject({ username: 'first', port: 2201 })
    expect(await accessOf(config, 'r2.lab')).toMatchObject({ username: 'second', port: 2201 })
    expect(await accessOf(config, 'r3')).toMatchObject({ username: 'first', port: 22 })
  })
  it('runs nothing that stands in it', async () => {
    const mark = join(home, 'was-run')
    const config = `Match exec "touch ${mark}"\n  User wrong\nHost *\n  CanonicalizeHostname yes\n  User right\n  LocalCommand touch ${mark}\n  KnownHostsCommand touch ${mark}\n`
    expect(await accessOf(config, 'r1')).toMatchObject({ username: 'right' })
    expect(existsSync(mark)).toBe(false)
  })
  it('says that a ProxyCommand is not run, unless there is another way', async () => {
    const config = 'Host r1\n  User a\n  ProxyCommand nc bastion 22\n'
    await expect(accessOf(config, 'r1')).rejects.toThrow(
      /reaches r1 through a ProxyCommand, which this program does not run; use ProxyJump/,
    )
    expect(await accessOf(config, 'r1', ', ssh: { proxy_jump: bastion }')).toMatchObject({ jumps: [{ host: 'bastion' }] })
    expect(await accessOf('Host r1\n  User a\n  ProxyCommand none\n', 'r1')).toMatchObject({ jumps: [] })
  })
  it('is left alone where the inventory says so, and must be there where it is named', async () => {
    expect(await accessOf('Host *\n  Port 2222\n', 'r1', ', username: a, ssh: { config: none }')).toMatchObject({ port: 22 })
    await expect(accessOf('', 'r1', ', username: a, ssh: { config: nowhere }')).rejects.toThrow(
      `the SSH configuration ${join(home, 'nowhere')} cannot be read (ENOENT)`,
    )
  })
})

describe('hosts on the way', () => {
  it('come from ProxyJump, each with its own settings and its own way', async () => {
    const config = `Host r1\n  ProxyJump inner\nHost inner\n  HostName 192.0.2.2\n  Port 2222\n  IdentityFile /keys/inner\n  ProxyJump me@outer:2022\nHost *\n  User audit\n`
    const { jumps, host } = await accessOf(config, 'r1', ', password: env:PW')
    expect(host).toBe('r1')
    expect(jumps.map(j => [j.username, j.host, j.port, j.keys, j.password])).toEqual([
      ['me', 'outer', 2022, [], null],
      // The password of the device is not theirs.
      ['audit', '192.0.2.2', 2222, ['/keys/inner'], null],
    ])
  })
  it('come from the inventory, with what to log in with there', async () => {
    const hosts = 'jump_hosts:\n  bastion: { host: 192.0.2.9, username: me, password: env:BASTION, port: 2022 }\n'
    const { jumps } = await accessOf('', 'r1', ', username: audit, ssh: { proxy_jump: "bastion,[2001:db8::1]:22,x@y" }', hosts)
    expect(jumps.map(j => [j.username, j.host, j.port, j.password])).toEqual([
      ['me', '192.0.2.9', 2022, 'env:BASTION'],
      ['', '2001:db8::1', 22, null],
      ['x', 'y', 22, null],
    ])
  })
  it('may not lead round in a circle', async () => {
    const config = 'Host a\n  ProxyJump b\nHost b\n  ProxyJump a\nHost *\n  User u\n'
    await expect(accessOf(config, 'a')).rejects.toThrow(/the way to a goes through a twice/)
  })
  it('is direct where the inventory says none', async () => {
    expect(await accessOf('Host *\n  User u\n  ProxyJump b\n', 'r1', ', ssh: { proxy_jump: none }')).toMatchObject({ jumps: [] })
  })
})

describe('what is offered', () => {
  const lists = (algorithms: Partial<Access['algorithms']>, legacy_algorithms = false) =>
    offer(
      sshAccess({ legacy_algorithms, algorithms: { kex: null, ciphers: null, macs: null, host_keys: null, ...algorithms } }),
      [],
    )

  it('is nothing broken by itself', () => {
    const all = Object.values(lists({})).flat()
    expect(all.filter(a => /cbc|md5|-96|group1-|sha1$/.test(a) && a !== 'hmac-sha1')).toEqual([])
    expect(all).not.toContain('ssh-rsa')
  })
  it('is what old devices need where it is allowed, behind the rest', () => {
    const { kex, serverHostKey, cipher } = lists({}, true)
    expect(kex.at(-1)).toBe('diffie-hellman-group1-sha1')
    expect(serverHostKey.slice(-2)).toEqual(['ssh-rsa', 'ssh-dss'])
    expect(cipher).toContain('3des-cbc')
    expect(kex[0]).toBe('curve25519-sha256@libssh.org')
  })
  it('follows ssh_config: more, first, fewer, only; what is unknown here is passed over', () => {
    expect(lists({ kex: '+diffie-hellman-group1-sha1,unknown' }).kex.at(-1)).toBe('diffie-hellman-group1-sha1')
    expect(lists({ ciphers: '^aes256-ctr' }).cipher[0]).toBe('aes256-ctr')
    expect(lists({ macs: '-*sha1*' }).hmac).toEqual([
      'hmac-sha2-256-etm@openssh.com',
      'hmac-sha2-512-etm@openssh.com',
      'hmac-sha2-256',
      'hmac-sha2-512',
    ])
    expect(lists({ ciphers: 'aes256-ctr,aes128-ctr' }).cipher).toEqual(['aes256-ctr', 'aes128-ctr'])
    expect(lists({ kex: 'sntrup761x25519-sha512@openssh.com' }).kex).toEqual(lists({}).kex)
  })
})
