// What we make of an SSH configuration against what `ssh -G` makes of it: the same host, user, way, keys and trust.
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir, userInfo } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { type Asked, type HostSettings, readSshConfig } from '../../src/inventory/ssh-config.ts'
import { Trouble } from '../../src/model/trouble.ts'
import { account } from '../support/account.ts'
import { real } from '../support/real.ts'

const SSH = '/usr/bin/ssh'
/** Settings as ssh prints them, by keyword. */
type Printed = ReadonlyMap<string, readonly string[]>

real('the SSH configuration, as ssh reads it', { root: true, programs: { [SSH]: 'openssh-client' } }, () => {
  // ssh looks for included files in the home that the system has for an account, so the account is a real one.
  const who = account()
  const [uid, gid] = ['-u', '-g'].map(option => Number(execFileSync('id', [option, who.name], { encoding: 'utf8' })))
  const dir = mkdtempSync(join(tmpdir(), 'iphelper-config-'))
  chmodSync(dir, 0o755)
  afterAll(() => rmSync(dir, { recursive: true }))
  const put = (path: string, text: string): string => {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, text)
    return path
  }
  const config = join(dir, 'config')
  /** What `ssh -G` prints; null where it refuses. */
  const ask = (args: readonly string[]): Printed | null => {
    const env = { HOME: who.home, PATH: '/usr/bin:/bin' }
    const { status, stdout } = spawnSync(SSH, ['-G', ...args], { encoding: 'utf8', uid, gid, env })
    if (status !== 0) return null
    const printed = new Map<string, string[]>()
    for (const row of stdout.trimEnd().split('\n')) {
      const [keyword = '', ...rest] = row.split(' ')
      printed.set(keyword, [...(printed.get(keyword) ?? []), rest.join(' ')])
    }
    return printed
  }
  const option = ({ user, port }: Asked) => [...(user ? ['-l', user] : []), ...(port ? ['-p', `${port}`] : [])]
  const lists = new Map<string, string | undefined>()
  /** A list of algorithms, written out as ssh does. */
  const list = (keyword: string, said: string | undefined): string | undefined => {
    const key = `${keyword}=${said}`
    if (!lists.has(key))
      lists.set(key, ask(['-F', '/dev/null', ...(said === undefined ? [] : ['-o', key]), 'x'])?.get(keyword)?.[0])
    return lists.get(key)
  }
  const theirs = (printed: Printed, host: string) => {
    const one = (keyword: string) => printed.get(keyword)?.[0]
    const tokens: Record<string, string> = {
      '%h': one('hostname') ?? '',
      '%p': one('port') ?? '',
      '%r': one('user') === who.name ? 'root' : (one('user') ?? ''),
      '%d': who.home,
      '%%': '%',
      '%n': host,
    }
    const path = (text: string) => text.replace(/^~(?=\/)/, who.home).replace(/%./g, token => tokens[token] ?? token)
    const files = (keyword: string) => (printed.get(keyword) ?? []).filter(f => f !== 'none').map(path)
    return {
      hostname: one('hostname'),
      port: one('port'),
      user: one('user') === who.name ? '' : one('user'),
      keys: files('identityfile').filter(f => !DEFAULT_KEY.test(f)),
      only: one('identitiesonly'),
      agent: one('identityagent'),
      jump: one('proxyjump'),
      command: one('proxycommand'),
      known: path(one('userknownhostsfile') ?? ''),
      global: one('globalknownhostsfile'),
      revoked: one('revokedhostkeys'),
      alias: one('hostkeyalias'),
      strict: one('stricthostkeychecking'),
      ...Object.fromEntries(LISTS.map(keyword => [keyword, one(keyword)])),
    }
  }
  const ours = (said: HostSettings, host: string, asked: Asked): ReturnType<typeof theirs> => ({
    hostname: said.hostname ?? host.toLowerCase(),
    port: String(asked.port ?? said.port ?? 22),
    user: asked.user ?? said.user ?? '',
    keys: [...said.identity_files],
    only: said.identities_only ? 'yes' : 'no',
    agent: said.identity_agent,
    jump: said.proxy_jump === 'none' ? undefined : said.proxy_jump?.replace('ssh://', ''),
    command: said.proxy_command,
    known:
      said.known_hosts === undefined
        ? `${who.home}/.ssh/known_hosts ${who.home}/.ssh/known_hosts2`
        : said.known_hosts.join(' ') || 'none',
    global:
      said.global_known_hosts === undefined
        ? '/etc/ssh/ssh_known_hosts /etc/ssh/ssh_known_hosts2'
        : said.global_known_hosts.join(' ') || 'none',
    revoked: said.revoked_host_keys,
    alias: said.host_key_alias,
    strict:
      said.strict_host_keys === 'no' || said.strict_host_keys === 'off'
        ? 'false'
        : said.strict_host_keys === 'yes'
          ? 'true'
          : (said.strict_host_keys ?? 'ask'),
    ...Object.fromEntries(
      [said.kex, said.ciphers, said.macs, said.host_keys].map((text, n) => [LISTS[n] ?? '', list(LISTS[n] ?? '', text)]),
    ),
  })
  /** Reads the configuration both ways; null where ssh refuses it. */
  const both = (host: string, asked: Asked = {}) => {
    const printed = ask(['-F', config, ...option(asked), host])
    const warnings: string[] = []
    let read: ReturnType<typeof theirs> | Trouble
    try {
      read = ours(readSshConfig(config, { wanted: true, home: who.home, warn: w => warnings.push(w) })(host, asked), host, asked)
    } catch (error) {
      if (!(error instanceof Trouble)) throw error
      read = error
    }
    return { printed: printed && theirs(printed, host), read, warnings }
  }

  it('whatever stands in it', () => {
    let compared = 0
    for (let seed = 1; seed <= 60; seed++) {
      const random = dice(seed)
      const files = generate(random)
      rmSync(join(who.home, '.ssh'), { recursive: true, force: true })
      for (const [name, text] of files) put(name === 'config' ? config : join(who.home, '.ssh', name), text)
      for (const host of ['r1', 'core.lab', 'R2.lab', '192.0.2.7']) {
        const asked: Asked = random(3) === 0 ? { user: 'audit' } : random(6) === 0 ? { port: 2022 } : {}
        const { printed, read, warnings } = both(host, asked)
        const shown = [...files].map(([name, text]) => `-- ${name}\n${text}`).join('\n')
        // What we cannot judge we say; ssh runs a program to know.
        if (warnings.length > 0) continue
        compared++
        expect(read, `seed ${seed}, ssh ${[...option(asked), host].join(' ')}, with\n${shown}`).toEqual(printed)
      }
    }
    expect(compared).toBeGreaterThan(150)
  }, 120_000)

  it.each([
    'Port 22x',
    'Port 70000',
    'User au dit',
    'User "audit',
    'User',
    'Match user',
    'Match host r1 all more',
    'HostName %p',
    'ProxyJump 2001:db8::1',
    'ProxyJump',
    'Include "x',
    'UserKnownHostsFile "/kh',
  ])('is refused where ssh refuses it: %s', line => {
    writeFileSync(config, `${line}\n`)
    const { printed, read } = both('r1')
    expect(printed).toBeNull()
    // A way that leads nowhere is refused when it is taken.
    if (!line.startsWith('ProxyJump 2')) expect(read).toBeInstanceOf(Trouble)
  })

  it('names keys as ssh looks for them', () => {
    const lines = ['~/k', '%d/%u/%i', '/%n/%h/%p/%r/%k/%%/%L/%l', `/$\{HOME}`, 'k#1', '/a b'].map(f => `IdentityFile "${f}"\n`)
    writeFileSync(config, `HostName %h.Example.net\nPort 2201\nUser audit\nHostKeyAlias CORE\n${lines.join('')}`)
    // Run as ourselves: names of accounts are those of whoever runs it.
    const args = ['-v', '-F', config, '-o', 'ProxyCommand=true', 'core', 'true']
    const { stderr } = spawnSync(SSH, args, { encoding: 'utf8' })
    const found = [...stderr.matchAll(/identity file (.+) type -?\d+/g)].flatMap(([, path = '']) =>
      path.endsWith('-cert') ? [] : [path],
    )
    expect(found).toHaveLength(lines.length)
    expect(readSshConfig(config, { wanted: true, home: userInfo().homedir })('core').identity_files).toEqual(found)
  })
})

const LISTS = ['kexalgorithms', 'ciphers', 'macs', 'hostkeyalgorithms']
const DEFAULT_KEY = /\.ssh\/id_(rsa|ecdsa|ecdsa_sk|ed25519|ed25519_sk|xmss|dsa)$/

/** Whole numbers below what is asked for, the same for the same seed. */
function dice(seed: number): (below: number) => number {
  let state = seed * 2654435761
  return below => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) >>> 0
    const mixed = Math.imul(state ^ (state >>> 13), 3266489917) >>> 0
    return ((mixed ^ (mixed >>> 16)) >>> 0) % below
  }
}

/** A configuration and the files it may include, by name. */
function generate(random: (below: number) => number): Map<string, string> {
  const of = <T>(list: readonly T[]): T => list[random(list.length)] as T
  const maybe = (chance: number) => random(chance) === 0
  const spell = (word: string) => (maybe(3) ? word.toLowerCase() : maybe(6) ? word.toUpperCase() : word)
  const quoted = (word: string) => (maybe(6) ? `"${word}"` : maybe(10) ? `'${word}'` : word)
  const pattern = () =>
    of(['*', 'r1', 'r?', 'r2', '*.lab', 'R*', 'core*', 'core.lab', '192.0.2.?', '?', '*1', 'r1?', '192.0.2.*'])
  const separator = () => of([' ', ' ', ' ', '\t', '  ', '=', ' = ', ' =', '= '])
  const end = () => of(['', '', '', '', ' ', '\t', ' # why', '\r'])
  const values: Readonly<Record<string, () => string>> = {
    HostName: () => quoted(of(['192.0.2.1', '%h.example.net', 'Core.Example.NET', 'x%%y', 'b.lab', 'r1', '2001:db8::1'])),
    Port: () => of(['22', '2201', '2202', '65535']),
    User: () => quoted(of(['audit', 'bob', 'al ice'])).replace(/^al ice$/, '"al ice"'),
    IdentityFile: () => quoted(of(['~/.ssh/k1', '/keys/%h', '/k/%r@%h:%p', '/k#2', 'none', '%d/k', '/k/%n', '/k%%'])),
    IdentitiesOnly: () => of(['yes', 'no', 'YES']),
    IdentityAgent: () => of(['none', 'SSH_AUTH_SOCK', '/run/agent', '$OTHER']),
    ProxyJump: () => of(['none', 'bastion', 'me@bastion:2222', 'a,b', 'x@[2001:db8::9]:22,y', 'ssh://z:99', 'bastion # no']),
    ProxyCommand: () => of(['none', 'nc %h %p']),
    UserKnownHostsFile: () => of(['none', '/kh1', '/kh1 /kh2', '~/.ssh/kh_%h', '"/kh1"']),
    GlobalKnownHostsFile: () => of(['none', '/gkh', '/gkh1 /gkh2']),
    RevokedHostKeys: () => of(['/revoked', 'none']),
    HostKeyAlias: () => of(['core', 'CORE.lab']),
    StrictHostKeyChecking: () => of(['yes', 'no', 'ask', 'accept-new', 'off', 'Accept-New']),
    KexAlgorithms: () => of(['+diffie-hellman-group14-sha1', 'ecdh-sha2-nistp256', '-*sha1', '^diffie-hellman-group14-sha256']),
    Ciphers: () => of(['aes256-ctr', '+aes128-cbc', '-aes*', '^aes256-ctr,aes128-ctr']),
    MACs: () => of(['-hmac-sha1', 'hmac-sha2-256,hmac-sha2-512']),
    HostKeyAlgorithms: () => of(['+ssh-rsa', '^rsa-sha2-512', 'ssh-ed25519']),
    // These have no bearing here.
    ForwardAgent: () => 'no',
    SendEnv: () => 'LANG LC_*',
    ConnectTimeout: () => '10',
  }
  const keywords = Object.keys(values)
  const says = () => {
    const keyword = of([...keywords, 'HostName', 'User', 'Port', 'ProxyJump'])
    const value = values[keyword]?.() ?? ''
    // A comment behind `ProxyJump none` is taken for part of it by OpenSSH 9.2, and behind a command it is one for the shell.
    const ended = keyword === 'ProxyCommand' || (keyword === 'ProxyJump' && value === 'none') ? '' : end()
    return `${of(['', '', '  ', '\t'])}${spell(keyword)}${separator()}${value}${ended}`
  }
  const condition = (): string => {
    const name = of(['host', 'originalhost', 'user', 'localuser', 'canonical', 'final', 'host', 'user', 'exec'])
    const sign = maybe(5) ? '!' : ''
    if (name === 'canonical' || name === 'final') return sign + name
    if (name === 'exec') return maybe(3) ? `${sign}exec "${of(['true', 'test a = b', 'false'])}"` : `${sign}host ${pattern()}`
    const list = Array.from(
      { length: 1 + random(2) },
      () => (maybe(5) ? '!' : '') + (name.endsWith('user') ? of(['audit', 'bob', 'a*', '*']) : pattern()),
    )
    return `${sign}${spell(name)}${of([' ', ' ', '='])}${maybe(4) ? `"${list}"` : list}`
  }
  const section = () =>
    maybe(3)
      ? `${spell('Match')} ${maybe(5) ? of(['all', 'final all', 'canonical all', '!all', 'all # all']) : Array.from({ length: 1 + random(2) }, condition).join(' ')}`
      : `${spell('Host')}${separator()}${Array.from({ length: 1 + random(3) }, () => (maybe(5) ? '!' : '') + quoted(pattern())).join(' ')}${end()}`
  const text = (files: readonly string[], sections: number): string => {
    const lines: string[] = []
    const body = () => {
      for (let n = random(4); n > 0; n--) lines.push(says())
      if (files.length > 0 && maybe(3)) lines.push(`${of(['', '  '])}${spell('Include')}${of([' ', '='])}${of(files)}${end()}`)
      if (maybe(6)) lines.push(of(['', '# a comment', '   # another', '  ']))
    }
    body()
    for (let n = sections; n > 0; n--) {
      lines.push(section())
      body()
      body()
    }
    return lines.join('\n') + (maybe(4) ? '' : '\n')
  }
  return new Map([
    [
      'config',
      text(
        [
          'conf.d/*.conf',
          'one',
          'conf.d/a.conf one',
          'nowhere',
          'conf.d/*',
          '"one"',
          '~/.ssh/one',
          'c*/[ab].conf',
          'conf.d/?.conf',
        ],
        1 + random(4),
      ),
    ],
    ['one', text(['two', 'conf.d/*.conf'], random(3))],
    ['two', text([], random(2))],
    ['conf.d/a.conf', text(['../.ssh/two', 'two'], random(2))],
    ['conf.d/b.conf', text([], random(3))],
    ['conf.d/.hidden.conf', text([], 1)],
    ['conf.d/c', text([], 1)],
  ])
}
