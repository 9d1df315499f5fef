// Keys as ssh-keygen writes them, and a real agent, shown to a real sshd.
import { execFileSync, spawn } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { keyAccount } from '../support/account.ts'
import { person } from '../support/command-line.ts'
import { iosText } from '../support/ios-text.ts'
import { type KeyOptions, keyFile } from '../support/key-file.ts'
import { real } from '../support/real.ts'
import { routerShell } from '../support/router-shell.ts'
import { startSshd } from '../support/sshd.ts'

real('keys shown to sshd', {}, () => {
  const PASSPHRASE = 'open sesame'
  const someone = person({ PASSPHRASE, WRONG: 'open barley' })
  const who = keyAccount()
  /** A router that takes these keys, and what comes of auditing it with these settings. */
  const audit = async (authorized: readonly string[], settings: Record<string, unknown>, env = {}, sshd = {}) => {
    const { command } = routerShell({ name: 'ams-dist-1', config: iosText('ams-dist-1', 2) })
    const server = await startSshd({ authorized, command, settings: { PasswordAuthentication: 'no', ...sshd } })
    const known_hosts = someone.file(`known-${server.port}`, server.known)
    const device = { name: 'ams-dist-1', host: '127.0.0.1', platform: 'cisco-ios', username: who.name, ...settings }
    const spoken = await someone.audit({ devices: [{ ...device, ssh: { port: server.port, known_hosts, timeout: 20 } }] }, env)
    return { ...spoken, device: spoken.result.devices[0], log: await server.log() }
  }
  const tries = (log: string) => log.match(/method publickey/g)?.length ?? 0

  it.concurrent.each<[string, KeyOptions, string]>([
    ['ed25519', { type: 'ed25519' }, 'ED25519'],
    ['ECDSA', { type: 'ecdsa' }, 'ECDSA'],
    ['RSA', { type: 'rsa' }, 'RSA'],
    ['RSA in PEM', { type: 'rsa', pem: true }, 'RSA'],
    ['ed25519 behind a passphrase', { type: 'ed25519', passphrase: PASSPHRASE }, 'ED25519'],
    ['RSA behind a passphrase', { type: 'rsa', passphrase: PASSPHRASE }, 'RSA'],
    ['RSA in PEM behind a passphrase', { type: 'rsa', pem: true, passphrase: PASSPHRASE }, 'RSA'],
    ['ECDSA in PEM behind a passphrase', { type: 'ecdsa', pem: true, passphrase: PASSPHRASE }, 'ECDSA'],
  ])('gets in with a key: %s', async (name, options, type) => {
    const key = keyFile(someone, name.replaceAll(' ', '-'), options)
    const secret = options.passphrase ? { passphrase: 'env:PASSPHRASE' } : {}
    const { device, log } = await audit([key.public], { key: key.path, ...secret })
    expect(device).toMatchObject({ state: 'collected', reason: null })
    expect(log).toMatch(new RegExp(`^Accepted publickey for ${who.name} from 127\\.0\\.0\\.1 port \\d+ ssh2: ${type} `, 'm'))
  })

  it.concurrent('says so when the passphrase is missing or wrong, and shows nothing', async () => {
    const key = keyFile(someone, 'locked', { passphrase: PASSPHRASE })
    const none = await audit([key.public], { key: key.path })
    expect(none.device).toMatchObject({ state: 'failed', reason: expect.stringMatching(/passphrase/) })
    const wrong = await audit([key.public], { key: key.path, passphrase: 'env:WRONG' })
    expect(wrong.device).toMatchObject({ state: 'failed', reason: expect.stringMatching(/passphrase.*env:WRONG/) })
    expect(wrong.out + wrong.err).not.toContain('barley')
    expect(tries(none.log) + tries(wrong.log)).toBe(0)
  })

  it.concurrent('names a key that the server does not take, and shows it once', async () => {
    const [key, other] = ['mine', 'theirs'].map(name => keyFile(someone, name))
    const { device, log } = await audit([other?.public ?? ''], { key: key?.path })
    expect(device).toMatchObject({ state: 'failed', reason: expect.stringContaining(key?.path ?? '') })
    expect(tries(log)).toBe(1)
  })

  describe('in an agent', () => {
    const socket = join(someone.home, 'agent')
    // Bounded, should nobody be left to end it.
    const agent = spawn('timeout', ['300', 'ssh-agent', '-D', '-a', socket], { stdio: 'ignore' })
    afterAll(() => agent.kill())
    const [first, second] = ['agent-1', 'agent-2'].map(name => keyFile(someone, name))
    const load = async (...keys: readonly (string | undefined)[]) => {
      for (let i = 0; i < 50 && !existsSync(socket); i++) await pause(20)
      const env = { ...process.env, SSH_AUTH_SOCK: socket }
      execFileSync('ssh-add', ['-q', '-D'], { env, stdio: 'ignore' })
      for (const key of keys) execFileSync('ssh-add', ['-q', key ?? ''], { env, stdio: 'ignore' })
    }

    it('gets in with the second of two keys', async () => {
      await load(first?.path, second?.path)
      const { device, log } = await audit([second?.public ?? ''], { password: 'agent' }, { SSH_AUTH_SOCK: socket })
      expect(device).toMatchObject({ state: 'collected', reason: null })
      expect(log).toMatch(/^Accepted publickey for /m)
    })
    it('asks the agent where the inventory names no credential', async () => {
      await load(first?.path)
      const { device } = await audit([first?.public ?? ''], {}, { SSH_AUTH_SOCK: socket })
      expect(device).toMatchObject({ state: 'collected', reason: null })
    })
    it('shows the key that the SSH configuration names before those of the agent', async () => {
      await load(first?.path)
      const config = someone.file('.ssh/config', `Host *\n  IdentityFile ${second?.path}\n`)
      const { device } = await audit([second?.public ?? ''], {}, { SSH_AUTH_SOCK: socket }, { MaxAuthTries: '1' })
      rmSync(config)
      expect(device).toMatchObject({ state: 'collected', reason: null })
    })
    it('shows the one that is wanted of all that an agent holds, wherever the SSH configuration says it is', async () => {
      await load(first?.path, second?.path)
      const lines = ['IdentitiesOnly yes', `IdentityFile ${second?.path}.pub`, 'IdentityAgent $WORK_AGENT']
      const config = someone.file('.ssh/config', `${lines.join('\n')}\n`)
      const audited = (key: typeof first) => audit([key?.public ?? ''], {}, { WORK_AGENT: socket }, { MaxAuthTries: '1' })
      expect((await audited(second)).device).toMatchObject({ state: 'collected', reason: null })
      const { device, log } = await audited(first)
      rmSync(config)
      expect(device).toMatchObject({ state: 'failed', reason: expect.stringMatching(/after as many keys as it puts up with/) })
      expect(tries(log)).toBe(1)
    })
    it('says so when none of its keys is taken', async () => {
      await load(first?.path)
      const { device, log } = await audit([second?.public ?? ''], { password: 'agent' }, { SSH_AUTH_SOCK: socket })
      expect(device).toMatchObject({ state: 'failed', reason: expect.stringMatching(/agent/) })
      expect(tries(log)).toBe(1)
    })
    it('says so when the server hangs up on too many keys', async () => {
      await load(first?.path, second?.path)
      const sshd = { MaxAuthTries: '1' }
      const { device, log } = await audit([second?.public ?? ''], { password: 'agent' }, { SSH_AUTH_SOCK: socket }, sshd)
      expect(log).toMatch(/Too many authentication failures/)
      expect(device).toMatchObject({
        state: 'failed',
        reason: expect.stringMatching(
          /^the device hung up on \S+ after as many keys as it puts up with; name the one that it knows with key:, or with IdentityFile and IdentitiesOnly in the SSH configuration$/,
        ),
      })
    })
    it('says so when there is no agent', async () => {
      const { device } = await audit([first?.public ?? ''], { password: 'agent' }, { SSH_AUTH_SOCK: join(someone.home, 'none') })
      expect(device).toMatchObject({ state: 'failed', reason: expect.stringMatching(/SSH_AUTH_SOCK|agent/) })
    })
  })
})
