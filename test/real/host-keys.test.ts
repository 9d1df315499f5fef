// Host keys of a real sshd, as OpenSSH's own tools write and print them.
import { execFile, execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { hostTrust } from '../../src/collect/host-key.ts'
import { knownHosts } from '../../src/collect/known-hosts.ts'
import { sshAccess } from '../support/access.ts'
import { keyAccount } from '../support/account.ts'
import { person } from '../support/command-line.ts'
import { iosText } from '../support/ios-text.ts'
import { keyFile } from '../support/key-file.ts'
import { real } from '../support/real.ts'
import { routerShell } from '../support/router-shell.ts'
import { type Sshd, type SshdOptions, startSshd } from '../support/sshd.ts'

const run = promisify(execFile)

real('host keys of sshd', {}, () => {
  const someone = person()
  const who = keyAccount()
  const key = keyFile(someone, 'audit_ed25519')
  const start = (options: SshdOptions = {}) =>
    startSshd({
      authorized: [key.public],
      command: routerShell({ name: 'ams-dist-1', config: iosText('ams-dist-1', 2) }).command,
      ...options,
    })
  const audit = async ({ port }: Sshd, ssh: Record<string, unknown>) => {
    const device = { name: 'ams-dist-1', host: '127.0.0.1', platform: 'cisco-ios', username: who.name, key: key.path }
    const { result } = await someone.audit({ devices: [{ ...device, ssh: { port, timeout: 20, ...ssh } }] })
    return result.devices[0]
  }
  const fingerprints = ({ publicKeys }: Sshd) =>
    publicKeys.map(file => execFileSync('ssh-keygen', ['-l', '-f', file], { encoding: 'utf8' }).split(' ')[1] ?? '')
  /** No user has been named yet, far less a credential shown. */
  const unasked = async (server: Sshd) => {
    expect(await server.log()).toContain('Connection from 127.0.0.1')
    expect(await server.log()).not.toMatch(/userauth-request|Accepted|Failed/)
  }

  it('refuses one that is not on file, and names its fingerprint', async () => {
    const server = await start()
    const device = await audit(server, { known_hosts: someone.file('empty', '') })
    expect(device).toMatchObject({ state: 'failed', reason: expect.stringContaining(fingerprints(server)[0] ?? '') })
    expect(device?.reason).toContain(join(someone.home, 'empty'))
    await unasked(server)
  })

  it('knows one by a name that ssh-keygen has hashed, in the known_hosts of the home folder', async () => {
    const server = await start()
    const file = someone.file('.ssh/known_hosts', server.known)
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' })
    expect(readFileSync(file, 'utf8')).toMatch(/^\|1\|/)
    expect(await audit(server, {})).toMatchObject({ state: 'collected', reason: null })
  })

  it('asks for the key that is on file, where the server has others that it would rather show', async () => {
    const server = await start({ hostKeys: ['ed25519', 'ecdsa', 'rsa'] })
    const rsa = server.known.split('\n').filter(line => line.includes(' ssh-rsa '))
    expect(await audit(server, { known_hosts: someone.file('rsa', `${rsa[0]}\n`) })).toMatchObject({ state: 'collected' })
    expect(await server.log()).toMatch(/kex: host key algorithm: rsa-sha2-/)
  })

  it('finds in a file what ssh-keygen finds there', () => {
    const keys = ['one', 'two'].map(name => keyFile(someone, name).public.trim().split(' ').slice(0, 2).join(' '))
    let state = 7
    const random = (below: number) => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0
      return (state >>> 8) % below
    }
    const of = (list: readonly string[]) => list[random(list.length)] ?? ''
    const names = [
      'r1',
      'R2',
      'r1.lab',
      'r2.lab',
      '192.0.2.7',
      '2001:db8::7',
      '[r1]:2222',
      '[192.0.2.7]:2222',
      '[2001:db8::7]:22',
    ]
    const patterns = [...names, '*.lab', 'r?', 'R?.*', '!r1.lab', '!*.lab', '*', '[r1]:*', '[*]:2222', '192.0.2.?', '!r2,r*', '?']
    for (let n = 0; n < 40; n++) {
      const line = () =>
        of(['', '', '', '', '@revoked ', '@cert-authority ', '@strange ', '@revoked @revoked ']) +
        of(['', '', '  ', '\t']) +
        Array.from({ length: 1 + random(3) }, () => of(patterns)).join(',') +
        of([' ', ' ', '\t', '  ']) +
        of(keys) +
        of(['', '', ' who@where', ' # why', '\r'])
      const rows = Array.from({ length: 1 + random(9) }, () =>
        of(['', '# r1 is', '  # no', line(), line(), line(), line(), line()]),
      )
      const file = someone.file('found', rows.join('\n') + of(['', '\n', '\r\n']))
      if (random(2) === 0) spawnSync('ssh-keygen', ['-q', '-H', '-f', file])
      for (const name of names) {
        const { stdout } = spawnSync('ssh-keygen', ['-F', name.toLowerCase(), '-f', file], { encoding: 'utf8' })
        const theirs = [...stdout.matchAll(/^# Host \S+ found: line (\d+) ?(\w*)/gm)].flatMap(([, at, mark]) =>
          mark === 'CA' ? [] : [`${at} ${mark === 'REVOKED'}`],
        )
        const ours = knownHosts()
          .find([file], name)
          .map(({ line: at, revoked }) => `${at} ${revoked}`)
        expect(ours.sort(), `${name} in\n${readFileSync(file, 'utf8')}`).toEqual(theirs.sort())
      }
    }
  })

  it('trusts the one of a server where ssh does, and nowhere else', async () => {
    const server = await startSshd()
    const [right = '', wrong = '', other = ''] = [
      server.known,
      `x ${keyFile(someone, 'wrong').public}`,
      `x ${keyFile(someone, 'wrong-rsa', { type: 'rsa' }).public}`,
    ].map(line => line.split(' ').slice(1, 3).join(' ').trim())
    const name = `[127.0.0.1]:${server.port}`
    const misnamed = right.replace(/^\S+/, 'ssh-rsa')
    const files: readonly (readonly [boolean, ...string[]])[] = [
      [true, `${name} ${right}`],
      [true, `${name} ${wrong}`, `${name} ${right}`],
      [true, `${name} ${other}\r`, `\t${name},r1\t${right} who\r`],
      [true, `[127.0.0.?]:* ${right}`],
      [true, `@revoked ${name} ${wrong}`, `${name} ${right}`],
      [false, `${name} ${wrong}`],
      [false, `${name} ${other}`],
      // Without the address alone, under which ssh looks as well.
      [false, `!${name},!127.0.0.1,* ${right}`],
      // The address alone counts where nothing is said of the port.
      [true, `127.0.0.1 ${right}`],
      [true, `127.0.0.1 ${wrong}`, `127.0.0.1 ${right}`],
      [false, `127.0.0.1 ${wrong}`],
      [false, `127.0.0.1 ${right}`, `${name} ${wrong}`],
      [false, `@revoked 127.0.0.1 ${right}`, `127.0.0.1 ${right}`],
      [false, `127.0.0.2 ${right}`],
      [false, `# ${name} ${right}`],
      [false, `@cert-authority ${name} ${right}`],
      [false, `@strange ${name} ${right}`],
      [false, `@revoked ${name} ${right}`],
      [false, `${name} ${right}`, `@revoked * ${right}`],
      [false, `${name} ${misnamed}`],
      [false, `${name} ${right.slice(0, -8)}`],
    ]
    const [host, port] = ['127.0.0.1', server.port]
    for (const [n, [trusted, ...lines]] of files.entries()) {
      const file = someone.file(`trust-${n}`, `${lines.join('\n')}\n`)
      const options = [
        'BatchMode=yes',
        'PreferredAuthentications=none',
        'StrictHostKeyChecking=yes',
        `UserKnownHostsFile=${file}`,
        'GlobalKnownHostsFile=none',
      ]
      const args = [
        '-F',
        'none',
        ...options.flatMap(o => ['-o', o]),
        '-i',
        key.path,
        '-p',
        `${port}`,
        `${who.name}@${host}`,
        'true',
      ]
      // Not in one go: the server waits until somebody reads its log.
      const { stderr } = await run('ssh', args, { timeout: 10_000 }).catch((error: { stderr: string }) => error)
      expect([lines, /Permission denied/.test(stderr)], stderr).toEqual([lines, trusted])
      const judged = hostTrust(sshAccess({ host, port, known_hosts: [file] }), knownHosts(), () => {}).judge(
        Buffer.from(right.split(' ')[1] ?? '', 'base64'),
      )
      expect([lines, judged === null]).toEqual([lines, trusted])
    }
  })

  it('writes a new one down, once, where ssh-keygen finds it', async () => {
    const server = await start()
    const file = join(someone.home, 'new', 'known_hosts')
    expect(await audit(server, { known_hosts: file, host_keys: 'tofu' })).toMatchObject({ state: 'collected', reason: null })
    const found = () => execFileSync('ssh-keygen', ['-F', `[127.0.0.1]:${server.port}`, '-l', '-f', file], { encoding: 'utf8' })
    expect(found()).toContain(fingerprints(server)[0])
    const written = readFileSync(file, 'utf8')
    expect(await audit(server, { known_hosts: file, host_keys: 'tofu' })).toMatchObject({ state: 'collected' })
    expect(await audit(server, { known_hosts: file, host_keys: 'strict' })).toMatchObject({ state: 'collected' })
    expect(readFileSync(file, 'utf8')).toBe(written)
  })

  it('adds a new one to a file whose last line is not ended', async () => {
    const server = await start()
    const other = server.known.replace(/^\S+/, 'r9.example.net').trimEnd()
    const file = someone.file('unended', other)
    chmodSync(file, 0o600)
    expect(await audit(server, { known_hosts: file, host_keys: 'tofu' })).toMatchObject({ state: 'collected' })
    for (const host of ['r9.example.net', `[127.0.0.1]:${server.port}`])
      expect(execFileSync('ssh-keygen', ['-F', host, '-f', file], { encoding: 'utf8' })).toContain('ssh-ed25519')
  })

  it.each(['strict', 'tofu', 'insecure'])(
    'refuses one that has changed, with both fingerprints, whoever asks: %s',
    async host_keys => {
      const old = await start()
      const [before = ''] = fingerprints(old)
      const file = someone.file('changed', old.known)
      await old.close()
      const server = await start({ port: old.port })
      const device = await audit(server, { known_hosts: file, host_keys })
      expect(device?.state).toBe('failed')
      expect(device?.reason).toContain(before)
      expect(device?.reason).toContain(fingerprints(server)[0])
      expect(device?.reason).toContain(`${file} line 1`)
      expect(readFileSync(file, 'utf8')).toBe(old.known)
      await unasked(server)
    },
  )

  it.each(['strict', 'tofu', 'insecure'])('refuses one of another type than the one on file: %s', async host_keys => {
    const old = await start()
    const [before = ''] = fingerprints(old)
    await old.close()
    const server = await start({ port: old.port, hostKeys: ['ecdsa', 'rsa'] })
    const device = await audit(server, { known_hosts: someone.file('another-type', old.known), host_keys })
    expect(device?.reason).toContain(`ssh-ed25519 ${before}`)
    expect(device?.reason).toMatch(
      new RegExp(
        fingerprints(server)
          .map(f => f.replaceAll(/\W/g, '\\$&'))
          .join('|'),
      ),
    )
    await unasked(server)
  })

  it('refuses one of a host on the way that has changed, with both fingerprints', async () => {
    const [device, old] = await Promise.all([start(), start()])
    const [before = ''] = fingerprints(old)
    await old.close()
    const jump = await start({ port: old.port, hostKeys: ['ecdsa'] })
    const known_hosts = someone.file('changed-way', device.known + old.known)
    const { result } = await someone.audit({
      jump_hosts: {
        bastion: { host: '127.0.0.1', port: jump.port, username: who.name, key: key.path, known_hosts, host_keys: 'insecure' },
      },
      devices: [
        {
          name: 'ams-dist-1',
          host: '127.0.0.1',
          platform: 'cisco-ios',
          username: who.name,
          key: key.path,
          ssh: { port: device.port, known_hosts, proxy_jump: 'bastion', timeout: 20 },
        },
      ],
    })
    const reason = result.devices[0]?.reason ?? ''
    expect(reason).toContain(before)
    expect(reason).toContain(fingerprints(jump)[0])
    await unasked(jump)
    expect(await device.log()).not.toContain('Connection from')
  })

  it('refuses one that RevokedHostKeys lists, and any where that list cannot be read, as ssh does', async () => {
    const server = await start()
    const file = someone.file('known-revoked', server.known)
    const list = someone.file('revoked-keys', `# broken into\n${readFileSync(server.publicKeys[0] ?? '', 'utf8')}`)
    const krl = join(someone.home, 'revoked.krl')
    execFileSync('ssh-keygen', ['-q', '-k', '-f', krl, server.publicKeys[0] ?? ''])
    const reason = async (revoked: string) => {
      const config = someone.file('config-revoked', `RevokedHostKeys ${revoked}\n`)
      return (await audit(server, { known_hosts: file, config }))?.reason
    }
    expect(await reason(list)).toMatch(`is revoked in ${list}; find out why`)
    expect(await reason(krl)).toMatch(`may be revoked in ${krl}, which is a KRL`)
    expect(await reason(join(someone.home, 'nowhere'))).toMatch('nowhere, which cannot be read (ENOENT)')
    await unasked(server)
    expect(await reason(someone.file('others', key.public))).toBeNull()
  })

  it('refuses a revoked one', async () => {
    const server = await start()
    const known_hosts = someone.file('revoked', `${server.known}@revoked * ${server.known.split(' ').slice(1).join(' ')}`)
    expect(await audit(server, { known_hosts })).toMatchObject({ state: 'failed', reason: expect.stringContaining('revoked') })
    await unasked(server)
  })
})
