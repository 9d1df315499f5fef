// The user's own SSH configuration: what of it counts, and that nothing in it is ever run.
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { offer } from '../src/collect/offer.ts'
import { loadInventory, resolveInventory } from '../src/inventory/load.ts'
import { originsOf } from '../src/inventory/origins.ts'
import type { Access } from '../src/model/inventory.ts'
import { sshAccess } from './support/access.ts'

const home = mkdtempSync(join(tmpdir(), 'iphelper-ssh-'))
afterAll(() => rmSync(home, { recursive: true }))
mkdirSync(join(home, '.ssh', 'conf.d'), { recursive: true })

/** Stands for /etc/ssh. */
const system = join(home, 'etc')
mkdirSync(system)
const warnings: string[] = []

/** The access of a device called r1, with a host and a line of settings, under an SSH configuration. */
const accessOf = async (config: string, host: string, settings = '', more = ''): Promise<Access> => {
  writeFileSync(join(home, '.ssh', 'config'), config)
  const file = join(home, 'inventory.yaml')
  writeFileSync(
    file,
    `pxe_points: [{ name: p, addresses: [10.9.9.5] }]\n${more}devices:\n  - { name: r1, host: ${host}${settings} }\n`,
  )
  const [device] = (await loadInventory(file, { home, system, warn: sentence => warnings.push(sentence) })).devices
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

describe('the SSH configuration, as ssh_config(5) has it', () => {
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(home, '.ssh', name)), { recursive: true })
    writeFileSync(join(home, '.ssh', name), text)
  }

  it('does not mind how a keyword is spelled, an equals sign, blanks, quotes, CRLF', async () => {
    const config = 'HOST=core\r\n\thostname = "192.0.2.7"\r\nmatch HOST 192.0.2.*\r\n  uSeR "au dit" # why\r\n  Port=2201\r\n'
    expect(await accessOf(config, 'core')).toMatchObject({ host: '192.0.2.7', username: 'au dit', port: 2201 })
  })
  it('takes a question mark for one character, no less', async () => {
    const config = 'Host r?\n  Port 2201\nHost *\n  User u\n'
    expect(await accessOf(config, 'r')).toMatchObject({ port: 22 })
    expect(await accessOf(config, 'r1')).toMatchObject({ port: 2201 })
  })
  it('ends a section of an included file with that file, and includes only where the section around it holds', async () => {
    put('lab', 'User first\nHost *.lab\n  HostName 192.0.2.66\n  User lab\n')
    expect(await accessOf('Include lab\nPort 2201\n', 'r1')).toMatchObject({ host: 'r1', username: 'first', port: 2201 })
    const config = 'Host *.lab\n  Include lab\n  Port 2202\nHost *\n  User u\n'
    expect(await accessOf(config, 'r1.lab')).toMatchObject({ host: '192.0.2.66', username: 'first', port: 2202 })
    expect(await accessOf(config, 'r1')).toMatchObject({ host: 'r1', username: 'u', port: 22 })
  })
  it('includes by wildcards in every part of a path, in order, neither hidden files nor folders', async () => {
    for (const [name, port] of Object.entries({ 'sites/b/x.conf': 2202, 'sites/a/x.conf': 2201, 'sites/a/.x.conf': 2200 }))
      put(name, `Port ${port}\n`)
    mkdirSync(join(home, '.ssh', 'sites/a/old.conf'), { recursive: true })
    expect(await accessOf('User u\nInclude sites/[!c]/*.conf\n', 'r1')).toMatchObject({ port: 2201 })
  })
  it('takes # for a comment where a word begins, and for part of it elsewhere', async () => {
    expect(await accessOf('User u#1 # no\nIdentityFile /k#2\n', 'r1')).toMatchObject({ username: 'u#1', keys: ['/k#2'] })
  })
  it('knows every condition of Match: negated ones, the same one twice, the second reading', async () => {
    const config = (conditions: string) => `Match ${conditions}\n  User right\nHost *\n  HostName b.lab\n  User other\n`
    const user = async (conditions: string) => (await accessOf(config(conditions), 'a1')).username
    expect(await user('!host b*')).toBe('right')
    expect(await user('host a* host b*')).toBe('other')
    expect(await user('originalhost "a1,!a2" !user no-one,no-*')).toBe('right')
    expect(await user('canonical')).toBe('other')
    // What the first reading has settled is not changed by the second.
    expect(await accessOf('Match final host b.lab\n  Port 2201\nHost a1\n  HostName b.lab\n  User u\n', 'a1')).toMatchObject({
      host: 'b.lab',
      port: 2201,
    })
  })
  it('says which condition nobody here can judge, and leaves out what stands below it', async () => {
    warnings.length = 0
    const config =
      'User u\nMatch host r1 exec "onvpn"\n  ForwardAgent no\n  ProxyJump bastion\nMatch host r9 exec "x"\n  Port 1\n'
    expect(await accessOf(config, 'r1')).toMatchObject({ jumps: [] })
    expect(warnings).toEqual([
      `the SSH configuration ${join(home, '.ssh', 'config')} line 2: nobody here knows whether Match host r1 exec "onvpn" is met, so what stands below it counts for no host`,
    ])
  })
  it('refuses what ssh refuses, and names the line', async () => {
    const place = `the SSH configuration ${join(home, '.ssh', 'config')} line 2`
    for (const [line, message] of [
      ['User au dit', `${place} says more than one thing of user`],
      ['User "audit', `${place} cannot be understood: user has a quote that is not closed`],
      ['HostName', `${place} cannot be understood: hostname says nothing`],
      ['Match user', `${place} cannot be understood: Match user`],
      ['Port 22x', 'the SSH configuration says Port 22x'],
      ['Port 70000', 'the SSH configuration says Port 70000'],
      ['HostName -oProxyCommand=x', 'the SSH configuration says HostName -oProxyCommand=x'],
      ['IdentityFile /k/%C', 'the SSH configuration says /k/%C, where %C is not understood'],
      ['IdentityFile ~other/k', 'the SSH configuration says ~other/k'],
      ['ProxyJump a b', 'there is no way through "a b"'],
      ['ProxyJump bastion:ssh', 'there is no way through "bastion:ssh"'],
    ])
      await expect(accessOf(`User u\n${line}\n`.replace(/^User u(?=\nUser)/, '#'), 'r1')).rejects.toThrow(message)
  })
  it('writes tokens and variables out', async () => {
    const config = `Host core\n  HostName %h.Example.net\n  Port 2201\n  User audit\n  HostKeyAlias CORE\n  IdentityFile $\{HOME}/%n/%h/%p/%r/%k/%%\n  IdentityFile %d/k\n  IdentityFile ~/k2\n`
    const access = await accessOf(config, 'core', ', ssh: { port: 2022 }')
    expect(access).toMatchObject({ host: 'core.example.net', port: 2022, host_key_alias: 'core' })
    expect(access.keys).toEqual([
      `${process.env.HOME}/core/core.example.net/2022/audit/core/%`,
      join(home, 'k'),
      join(home, 'k2'),
    ])
  })
  it('takes no file that everybody may write', async () => {
    const file = join(home, '.ssh', 'config')
    writeFileSync(file, '')
    chmodSync(file, 0o666)
    await expect(accessOf('User u\n', 'r1')).rejects.toThrow(/everybody may write it, so ssh does not take it/)
    chmodSync(file, 0o644)
  })
})

describe('host keys in the SSH configuration', () => {
  it('stand in the files of the user and of the machine, and in none where it says so', async () => {
    const [own, own2, theirs] = ['.ssh/known_hosts', '.ssh/known_hosts2', 'etc/ssh_known_hosts'].map(f => join(home, f))
    expect(await accessOf('User u\n', 'r1')).toMatchObject({ known_hosts: [own] })
    for (const file of [own2, theirs]) writeFileSync(file ?? '', '')
    expect(await accessOf('User u\n', 'r1')).toMatchObject({ known_hosts: [own, own2], system_known_hosts: [theirs] })
    const named = await accessOf('User u\n', 'r1', ', ssh: { known_hosts: kh }')
    expect([named.known_hosts, named.system_known_hosts]).toEqual([[join(home, 'kh')], undefined])
    const both = 'User u\nUserKnownHostsFile /a /b\nGlobalKnownHostsFile /c\n'
    expect(await accessOf(both, 'r1')).toMatchObject({ known_hosts: ['/a', '/b'], system_known_hosts: ['/c'] })
    const none = await accessOf('User u\nUserKnownHostsFile none\nGlobalKnownHostsFile none\n', 'r1')
    expect([none.known_hosts, none.system_known_hosts]).toEqual([[], undefined])
    for (const file of [own2, theirs]) rmSync(file ?? '')
  })
  it('are held against the revoked ones', async () =>
    expect(await accessOf('User u\nRevokedHostKeys ~/revoked\n', 'r1')).toMatchObject({ revoked_keys: join(home, 'revoked') }))
})

describe('the agent in the SSH configuration', () => {
  it('shows only the keys that are wanted', async () => {
    const config = 'User u\nIdentitiesOnly yes\nIdentityFile /k\nIdentityAgent $OTHER\n'
    expect(await accessOf(config, 'r1')).toMatchObject({ agent: '$OTHER', agent_keys: ['/k'] })
    const { agent_keys = [] } = await accessOf('User u\nIdentitiesOnly yes\n', 'r1')
    expect(agent_keys).toContain(join(home, '.ssh/id_ed25519'))
    expect(await accessOf('User u\n', 'r1')).not.toHaveProperty('agent_keys')
  })
})

describe('hosts on the way', () => {
  it('have their own way only where we go to them directly: ssh -J overrules the rest', async () => {
    const config = 'Host r1\n  ProxyJump a,b\nHost a\n  ProxyJump c\nHost b\n  ProxyJump d\n  ProxyCommand x\nHost *\n  User u\n'
    expect((await accessOf(config, 'r1')).jumps.map(j => j.host)).toEqual(['c', 'a', 'b'])
  })
  it('are what comes first of ProxyJump and ProxyCommand', async () => {
    expect(await accessOf('User u\nProxyCommand none\nProxyJump b\n', 'r1')).toMatchObject({ jumps: [] })
    expect(await accessOf('User u\nProxyJump none # direct\nProxyJump b\n', 'r1')).toMatchObject({ jumps: [] })
    const config = 'User u\nHost r1\n  ProxyJump b # by way of b\n  ProxyCommand nc b\n'
    expect(await accessOf(config, 'r1')).toMatchObject({ jumps: [{ host: 'b' }] })
  })
  it('may have users of a domain, addresses of IPv6, the form of a URI, and names with tokens', async () => {
    const config = 'User u\nHost r1\n  ProxyJump me@corp.example@a:2201,x@[2001:db8::9]:2202,ssh://y@b:2203,%h-gw\n'
    const { jumps } = await accessOf(config, 'r1')
    expect(jumps.map(j => [j.username, j.host, j.port])).toEqual([
      ['me@corp.example', 'a', 2201],
      ['x', '2001:db8::9', 2202],
      ['y', 'b', 2203],
      ['u', 'r1-gw', 22],
    ])
    const bare = await accessOf('User u\n', 'r1', ', ssh: { proxy_jump: "2001:db8::1" }')
    expect(bare.jumps.map(j => [j.host, j.port])).toEqual([['2001:db8::1', 22]])
  })

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
  it('hold no password, which would be the user in every message', async () => {
    for (const place of ['y', 'y:99999', '[2001:db8::1]:22'])
      for (const access of [
        accessOf('', 'r1', `, username: audit, ssh: { proxy_jump: "x:hunter2@${place}" }`),
        accessOf(`User u\nProxyJump x:hunter2@${place}\n`, 'r1'),
      ]) {
        const error = await access.catch((caught: Error) => caught)
        expect(String(error)).toMatch(
          /the way through \S+ holds a password, .*; say under jump_hosts: what to log in with there$/,
        )
        expect(String(error)).not.toContain('hunter2')
      }
  })
  it('may not lead round in a circle', async () => {
    const config = 'Host a\n  ProxyJump b\nHost b\n  ProxyJump a\nHost *\n  User u\n'
    await expect(accessOf(config, 'a')).rejects.toThrow(/the way to a goes through a twice/)
  })
  it('is direct where the inventory says none', async () => {
    expect(await accessOf('Host *\n  User u\n  ProxyJump b\n', 'r1', ', ssh: { proxy_jump: none }')).toMatchObject({ jumps: [] })
  })
})

describe('the SSH configuration of the machine', () => {
  const put = (name: string, text: string) => {
    mkdirSync(dirname(join(system, name)), { recursive: true })
    writeFileSync(join(system, name), text)
  }
  afterEach(() => {
    for (const name of ['ssh_config', 'ssh_config.d']) rmSync(join(system, name), { recursive: true, force: true })
  })

  it('counts behind that of the user, section by section, with the files beside it', async () => {
    put('ssh_config', 'Include ssh_config.d/*.conf\nHost *\n  User everybody\n  Port 2022\n')
    put('ssh_config.d/10.conf', `Host r?\n  RevokedHostKeys /etc/revoked\n  IdentityFile ~/machine\nPort 2033\n`)
    // What stands in front of the first section of a file holds for all, whatever section the file before ended in.
    const access = await accessOf('Host other\n  Port 1\nHost r1\n  User me\n  IdentityFile ~/mine\n', 'r1')
    expect(access).toMatchObject({
      username: 'me',
      port: 2033,
      revoked_keys: '/etc/revoked',
      keys: [join(home, 'mine'), join(home, 'machine')],
    })
    expect(await accessOf('', 'q1')).toMatchObject({ username: 'everybody', port: 2022 })
    // `ssh -F`: who names a configuration means that one alone.
    writeFileSync(join(home, 'named'), 'User named\n')
    const named = await accessOf('', 'r1', ', ssh: { config: named }')
    expect([named.port, named.revoked_keys]).toEqual([22, undefined])
    expect(await accessOf('', 'r1', ', username: x, ssh: { config: none }')).toMatchObject({ username: 'x', port: 22 })
  })
  it('is read again once all is known, where it says so', async () => {
    put('ssh_config', 'Match final host 192.0.2.7\n  User last\n')
    expect(await accessOf('Host r1\n  HostName 192.0.2.7\n', 'r1')).toMatchObject({ username: 'last' })
  })
  it('keeps no algorithm from a device that the inventory allows old ones; what the user says of them stays', async () => {
    put('ssh_config', 'User u\nCiphers aes256-gcm@openssh.com\nKexAlgorithms curve25519-sha256\n')
    const old = ', ssh: { legacy_algorithms: true }'
    const algorithms = async (config: string, settings: string) => (await accessOf(config, 'r1', settings)).algorithms
    expect(await algorithms('', '')).toMatchObject({ ciphers: 'aes256-gcm@openssh.com', kex: 'curve25519-sha256' })
    expect(await algorithms('', old)).toMatchObject({ ciphers: null, kex: null })
    expect(await algorithms('Ciphers aes256-ctr\n', old)).toMatchObject({ ciphers: 'aes256-ctr', kex: null })
  })
  it("may refuse what it cannot do: a command in the way, a file in nobody's home", async () => {
    put('ssh_config', 'User u\nProxyCommand /usr/bin/sss_ssh_knownhostsproxy -p %p %h\n')
    await expect(accessOf('', 'r1')).rejects.toThrow(
      /reaches r1 through a ProxyCommand, which this program does not run; use ProxyJump, or set ssh: \{ proxy_jump: \.\.\. \}, with none where no other host is needed/,
    )
    expect(await accessOf('', 'r1', ', ssh: { proxy_jump: none }')).toMatchObject({ jumps: [] })
    put('ssh_config', 'Include ~/x\n')
    await expect(accessOf('User u\n', 'r1')).rejects.toThrow(/ssh_config line 1 includes ~\/x, and belongs to all users/)
  })
  it('is named as the origin of what it says', async () => {
    put('ssh_config', 'Port 2022\nUser machine\n')
    writeFileSync(join(home, '.ssh', 'config'), 'User me\n')
    const file = join(home, 'origins.yaml')
    writeFileSync(file, 'pxe_points: [{ name: p, addresses: [10.9.9.5] }]\ndevices:\n  - { name: r1, host: 192.0.2.1 }\n')
    const { devices, without } = await resolveInventory(file, { home, system })
    const origins = devices.flatMap(device => originsOf(device, without))
    const of = (setting: string) => origins.find(o => o.setting === setting)
    expect([of('port'), of('username'), of('timeout')]).toEqual([
      { setting: 'port', value: '2022', origin: join(system, 'ssh_config') },
      { setting: 'username', value: 'me', origin: '~/.ssh/config' },
      { setting: 'timeout', value: '120', origin: 'default' },
    ])
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
    expect(kex[0]).toBe('ecdh-sha2-nistp256')
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
