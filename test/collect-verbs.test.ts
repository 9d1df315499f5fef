// collect, probe and login as a person meets them: simulated routers, the real command line.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { barLine, duration, progress } from '../src/cli/progress.ts'
import { run } from '../src/cli/run.ts'
import { simulate } from '../src/collect/simulate.ts'
import { readManifest } from '../src/inventory/read-manifest.ts'
import type { Platform } from '../src/parse/platform.ts'
import { platformOf } from '../src/platforms.ts'
import { failureLines } from '../src/report/failures.ts'
import { resultSchema } from '../src/report/schema.ts'
import { type SimulatedNetwork, simulateInventory } from '../src/simulation.ts'

const root = join(import.meta.dirname, '..')
const campus = join(root, 'test', 'networks', 'campus', 'configs')
const dir = mkdtempSync(join(tmpdir(), 'iphelper-verbs-'))
const base = 19000 + (process.pid % 2000) * 3
const ENV = { IPHELPER_VERBS_PASSWORD: 'right', WRONG: 'wrong-and-secret', XDG_STATE_HOME: join(dir, 'state') }
let network: SimulatedNetwork
let folders = 0
const folder = () => join(dir, `out-${++folders}`)

const cli = async (...args: string[]) => {
  let [out, err] = ['', '']
  const code = await run(args, {
    out: text => {
      out += text
    },
    err: text => {
      err += text
    },
    env: ENV,
    width: 80,
    colour: false,
  })
  return { code, out, err }
}
const head = `pxe_points:\n  - { name: wds, addresses: [10.9.9.5] }\ndefaults: { username: demo, password: env:IPHELPER_VERBS_PASSWORD, ssh: { known_hosts: known_hosts, config: none, timeout: 20 } }\ndevices:\n`
const device = (name: string, port: number, more = '', platform = 'cisco-ios') =>
  `  - { name: ${name}, host: 127.0.0.1, platform: ${platform}, site: ams, ssh: { port: ${port} }${more} }\n`
const inventory = (name: string, ...devices: string[]) => {
  const file = join(dir, name)
  writeFileSync(file, `${head}${devices.join('')}`)
  return file
}
let good = ''

beforeAll(async () => {
  process.env.IPHELPER_VERBS_PASSWORD = 'right'
  good = inventory(
    'good.yaml',
    device('ams-dist-1', base),
    device('ams-dist-2', base + 1),
    device('ams-core-1', base + 2, '', 'cisco-nxos'),
  )
  network = await simulateInventory(campus, good)
})
afterAll(async () => {
  await network.close()
  rmSync(dir, { recursive: true, force: true })
})
afterEach(() => void process.removeAllListeners('SIGINT'))

describe('collect', () => {
  it('takes a snapshot that audits like the routers themselves, and holds none of their secrets', async () => {
    const out = folder()
    const collected = await cli('collect', '-i', good, '-o', out)
    expect(collected).toMatchObject({ code: 0, err: '' })
    expect(collected.out).toMatch(new RegExp(`^Collected 3 of 3 devices into ${out} in \\d+ s\\.\n$`))
    expect(readdirSync(out).sort()).toEqual(['ams-core-1.cfg', 'ams-dist-1.cfg', 'ams-dist-2.cfg', 'manifest.json'])
    const commands = readManifest(out)?.devices.map(d => [d.name, d.status, d.command, d.platform])
    expect(commands).toEqual([
      ['ams-dist-1', 'collected', 'show running-config view full', 'cisco-ios'],
      ['ams-dist-2', 'collected', 'show running-config view full', 'cisco-ios'],
      ['ams-core-1', 'collected', 'show running-config', 'cisco-nxos'],
    ])
    const stored = readdirSync(out).map(f => readFileSync(join(out, f), 'utf8'))
    // Every secret that the configurations of the campus hold, read off them by eye: words behind these keywords.
    const secrets = ['ams-dist-1', 'ams-dist-2', 'ams-core-1'].flatMap(name =>
      [
        ...readFileSync(join(campus, `${name}.cfg`), 'utf8').matchAll(
          /(?:secret [059] |password [057] |community |key-string [07]? ?|tacacs-server key 7 )(\S+)/g,
        ),
      ].map(([, secret]) => secret ?? ''),
    )
    expect(secrets.length).toBeGreaterThan(5)
    for (const secret of secrets) expect(stored.some(text => text.includes(secret))).toBe(false)

    const verdicts = (text: string) =>
      resultSchema.parse(JSON.parse(text)).segments.map(s => [s.id, s.pxe.map(p => [p.verdict, p.copies, p.survives_failover])])
    const live = await cli('audit', '-i', good, '--format', 'json')
    const stale = await cli('audit', '-i', good, '--configs', out, '--format', 'json')
    expect(stale.code).toBe(live.code)
    expect(verdicts(stale.out)).toEqual(verdicts(live.out))
    expect(verdicts(live.out).length).toBeGreaterThan(10)
  })

  it('goes on where devices fail, keeps their last good configuration, and says what to do', async () => {
    const out = folder()
    await cli('collect', '-i', good, '-o', out)
    const before = readFileSync(join(out, 'ams-dist-2.cfg'), 'utf8')
    const bad = inventory(
      'bad.yaml',
      device('ams-dist-1', base),
      device('ams-dist-2', base + 1, ', password: env:WRONG'),
      device('gone', base + 5999),
    )
    const collected = await cli('collect', '-i', bad, '-o', out)
    expect(collected.code).toBe(3)
    expect(
      collected.out
        .replaceAll(/\d{4}-\d\d-\d\d/g, 'DAY')
        .replaceAll(`${base + 5999}`, 'PORT')
        .replaceAll(out, 'OUT'),
    ).toMatch(
      /^Collected 1 of 3 devices into OUT in \d+ s\.\n\nDEVICE {6}WHAT HAPPENED, AND WHAT TO DO\nams-dist-2 {2}the password was rejected for demo \(env:WRONG\); the configuration of\n {12}DAY was kept\n {12}-> correct it before the account is locked\ngone {8}127\.0\.0\.1 port PORT refused the connection\n {12}-> check port: and that SSH is on\n$/,
    )
    expect(readFileSync(join(out, 'ams-dist-2.cfg'), 'utf8')).toBe(before)
    expect(`${collected.out}${JSON.stringify(readManifest(out))}`).not.toContain('wrong-and-secret')
    // What was not collected this time is not relied upon, unless somebody says that its age will do.
    const audited = await cli('audit', '-i', bad, '--configs', out, '--format', 'json')
    expect(resultSchema.parse(JSON.parse(audited.out)).devices[1]).toMatchObject({
      name: 'ams-dist-2',
      state: 'collected',
      stale: true,
      reason: expect.stringContaining('failed: the password was rejected for demo'),
    })
    const trusting = await cli('audit', '-i', bad, '--configs', out, '--max-age', '1d', '--format', 'json')
    expect(resultSchema.parse(JSON.parse(trusting.out)).devices[1]).not.toHaveProperty('stale')
  })

  it('takes no configuration of a platform that the device is not: with the wrong page its secrets would stay in', async () => {
    const out = folder()
    const named = (platform: string) => {
      const file = inventory(`${platform}.yaml`, device('leaf', base + 4000, '', platform))
      // Keys of its own: those of the others are on file where they are.
      writeFileSync(file, readFileSync(file, 'utf8').replace('known_hosts: known_hosts', 'known_hosts: known_leaf'))
      return file
    }
    // EOS answers the commands of IOS, and IOS finds nothing wrong with it.
    const text = readFileSync(join(campus, 'ams-leaf-1.cfg'), 'utf8')
      .replace(/^banner [\s\S]*?^EOF\n/gm, '')
      .replace(/^end$/m, 'daemon TerminAttr\n   exec /usr/bin/TerminAttr -cvauth=key,planted-key\n   no shutdown\n!\nend')
    const leaf = { name: 'leaf', hostname: 'leaf', platform: platformOf('arista-eos') as Platform, text, port: base + 4000 }
    const router = await simulate({ routers: [leaf], username: 'demo', password: 'right', knownHosts: join(dir, 'known_leaf') })
    try {
      expect((await cli('collect', '-i', named('arista-eos'), '-o', out)).code).toBe(0)
      const before = readFileSync(join(out, 'leaf.cfg'), 'utf8')
      const sessions = folder()
      const collected = await cli('collect', '-i', named('cisco-ios'), '-o', out, '--record', sessions)
      const recorded = readFileSync(join(sessions, 'leaf.session'), 'utf8')
      expect(recorded).toContain('TerminAttr -cvauth=key,')
      expect(recorded).not.toContain('planted-key')
      expect(collected.code).toBe(3)
      expect(collected.out.replaceAll(/\s+/g, ' ')).toMatch(
        /leaf it is named cisco-ios and reads like arista-eos; the configuration of \S+ was kept -> correct its platform/,
      )
      expect(readFileSync(join(out, 'leaf.cfg'), 'utf8')).toBe(before)
      expect(readManifest(out)?.devices).toMatchObject([{ platform: 'arista-eos', status: 'collected' }])
    } finally {
      await router.close()
    }
  })

  it('is finished by --resume, which asks only for what is missing', async () => {
    const out = folder()
    const partly = inventory('partly.yaml', device('ams-dist-1', base), device('ams-dist-2', base + 1, ', password: env:WRONG'))
    expect((await cli('collect', '-i', partly, '-o', out)).code).toBe(3)
    const first = statSync(join(out, 'ams-dist-1.cfg')).mtimeMs
    inventory('partly.yaml', device('ams-dist-1', base), device('ams-dist-2', base + 1))
    const resumed = await cli('collect', '-i', partly, '-o', out, '--resume')
    expect(resumed.code).toBe(0)
    expect(resumed.out).toMatch(/^Collected 1 of 1 device into .* in \d+ s; 1 was there already\.\n$/)
    expect(statSync(join(out, 'ams-dist-1.cfg')).mtimeMs).toBe(first)
  })

  it('does not call it collected where no device is in use', async () => {
    writeFileSync(join(dir, 'router.db'), 'r1;cisco;down\n')
    const file = join(dir, 'down.yaml')
    writeFileSync(file, `${head.replace('devices:\n', 'sources: [{ rancid: router.db }]\n')}`)
    const down = `iphelper-audit: r1 is not up in ${join(dir, 'router.db')}, and left out\n`
    const said = (what: string) => `${down}iphelper-audit: ${file} names no device that is in use: ${what}\n`
    const nothing = said('there is nothing to collect')
    expect(await cli('collect', '-i', file, '-o', folder())).toEqual({ code: 2, out: '', err: nothing })
    for (const verb of ['probe', 'login'])
      expect(await cli(verb, '-i', file)).toEqual({ code: 2, out: '', err: said('there is nobody to ask') })
  })

  it('leaves a folder to the run that has it', async () => {
    const out = folder()
    expect((await cli('collect', '-i', good, '-o', out)).code).toBe(0)
    writeFileSync(join(out, '.lock'), '1\n')
    expect(await cli('collect', '-i', good, '-o', out)).toEqual({
      code: 2,
      out: '',
      err: `iphelper-audit: process 1 is collecting into ${out}; wait until it is done, or name another folder\n`,
    })
  })

  it('leaves a usable snapshot at Ctrl-C', async () => {
    const out = folder()
    const slow = inventory('slow.yaml', device('ams-dist-1', base), device('ams-dist-2', base + 1))
    const collecting = cli('collect', '-i', slow, '-o', out, '--concurrency', '1', '--logins-per-second', '0.2')
    for (let i = 0; i < 200 && !existsSync(join(out, 'ams-dist-1.cfg')); i++)
      await new Promise(resolve => setTimeout(resolve, 20))
    process.emit('SIGINT')
    const { code, err, out: said } = await collecting
    expect(code).toBe(3)
    expect(err).toBe('iphelper-audit: interrupted; what was collected is kept, and --resume collects the rest\n')
    expect(said).toContain('-> run it again with --resume')
    expect(readManifest(out)?.devices.map(d => d.status)).toEqual(['collected', 'failed'])
    expect((await cli('collect', '-i', slow, '-o', out, '--resume')).code).toBe(0)
  })

  it('stores sessions for tests to replay, without their secrets', async () => {
    const [out, record] = [folder(), folder()]
    expect((await cli('collect', '-i', good, '-o', out, '--record', record)).code).toBe(0)
    expect(readdirSync(record).sort()).toEqual(['ams-core-1.session', 'ams-dist-1.session', 'ams-dist-2.session'])
    const text = readFileSync(join(record, 'ams-dist-1.session'), 'utf8')
    const [first, ...rest] = text
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line))
    expect(first).toMatchObject({ schema_version: 1, platform: 'cisco-ios', prompt: 'ams-dist-1#' })
    expect(rest.filter(piece => 'sent' in piece).map(piece => piece.sent)).toEqual([
      'terminal length 0\n',
      'terminal width 512\n',
      'show running-config view full\n',
      'exit\n',
    ])
    const secret = /^enable secret 9 (\S+)/m.exec(readFileSync(join(campus, 'ams-dist-1.cfg'), 'utf8'))?.[1] ?? 'none there'
    expect(text).toContain('enable secret 9 redacted-')
    expect(text).not.toContain(secret)
    expect(statSync(join(record, 'ams-dist-1.session')).mode & 0o777).toBe(0o600)
  })

  it('prints all that can ever be sent, without an inventory', async () => {
    const { code, out } = await cli('collect', '--explain-access')
    expect(code).toBe(0)
    for (const command of [
      'show running-config view full',
      'terminal length 0',
      '(the enable password)',
      'set cli screen-length 0',
    ])
      expect(out).toContain(`\n  ${command}\n`)
    expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
    expect(out).not.toMatch(/\b(write|conf(igure)? t|reload|copy|delete|set system|commit)\b/)
  })

  it.each([
    ['nothing', [], 'which devices? Name an inventory: -i inventory.yaml'],
    ['no folder', ['-i', 'GOOD'], 'where to? Name a folder for the snapshot: -o snapshot/'],
    [
      'a folder of something else',
      ['-i', 'GOOD', '-o', 'ELSE'],
      'ELSE holds files and no manifest.json; name an empty folder, or the folder of a snapshot',
    ],
    [
      'nothing to resume',
      ['-i', 'GOOD', '-o', 'NEW', '--resume'],
      'there is no snapshot in NEW to resume; leave --resume out to begin one',
    ],
    ['a folder that cannot be', ['-i', 'GOOD', '-o', '/proc/snapshot'], 'the snapshot /proc/snapshot cannot be written (ENOENT'],
    ['no policy', ['-i', 'GOOD', '-o', 'NEW', '--host-keys', 'none'], "option '--host-keys <policy>' argument 'none' is invalid"],
    [
      'no rate',
      ['-i', 'GOOD', '-o', 'NEW', '--logins-per-second', '0'],
      '--logins-per-second 0 is no number above 0, such as 5 or 0.5',
    ],
    ['no number', ['-i', 'GOOD', '-o', 'NEW', '--concurrency', 'many'], '--concurrency many is no number from 1 to 9999'],
  ])('%s: one sentence and exit code 2', async (_, args, sentence) => {
    const other = folder()
    mkdirSync(other)
    writeFileSync(join(other, 'thesis.txt'), 'of value')
    const fresh = folder()
    const fill = (text: string) => text.replace('GOOD', good).replace('ELSE', other).replace('NEW', fresh)
    const { code, out, err } = await cli('collect', ...args.map(fill))
    expect(code).toBe(2)
    expect(out).toBe('')
    expect(err.startsWith(`iphelper-audit: ${fill(sentence)}`)).toBe(true)
    expect(readdirSync(other)).toEqual(['thesis.txt'])
    expect(existsSync(fresh)).toBe(false)
  })
})

describe('probe and login', () => {
  it('probe says what devices offer, and sends no credential', async () => {
    const { code, out, err } = await cli(
      'probe',
      '-i',
      inventory('probe.yaml', device('ams-dist-1', base), device('gone', base + 5999)),
    )
    expect([code, err]).toEqual([3, ''])
    expect(out).toMatch(
      /^ams-dist-1\n {2}127\.0\.0\.1 port \d+, SSH-2\.0-simulated, \d+ ms\n {2}host key: ssh-ed25519 SHA256:\S+\s+\(trusted\)\n {2}key exchange: (\S+ )*curve25519-sha256/,
    )
    expect(out).toContain('\n1 of 2 devices answered.\n\nDEVICE  WHAT HAPPENED, AND WHAT TO DO\ngone    127.0.0.1 port')
    expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
    const [first] = JSON.parse((await cli('probe', '-i', join(dir, 'probe.yaml'), '--format', 'json')).out)
    expect(first).toMatchObject({
      device: 'ams-dist-1',
      legacy: false,
      distrust: null,
      failure: null,
      software: 'SSH-2.0-simulated',
    })
  })
  it('probe shows a key that is not on file without trusting it', async () => {
    const file = inventory('strange.yaml', device('ams-dist-1', base))
    writeFileSync(file, readFileSync(file, 'utf8').replace('known_hosts: known_hosts', 'known_hosts: nobody'))
    const { code, out } = await cli('probe', '-i', file)
    expect(code).toBe(0)
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /host key: ssh-ed25519 SHA256:\S+ the host key of 127\.0\.0\.1 port \d+ .* is not in .*nobody/,
    )
    expect(existsSync(join(dir, 'nobody'))).toBe(false)
  })
  it('login says who is let in', async () => {
    const file = inventory('login.yaml', device('ams-dist-1', base), device('ams-dist-2', base + 1, ', password: env:WRONG'))
    const { code, out } = await cli('login', '-i', file)
    expect(code).toBe(3)
    expect(out).toMatch(
      /^ams-dist-1: let demo in, \d+ ms\n1 of 2 devices let us in\.\n\nDEVICE {6}WHAT HAPPENED, AND WHAT TO DO\nams-dist-2 {2}the password was rejected for demo \(env:WRONG\)\n/,
    )
    expect((await cli('login')).err).toBe('iphelper-audit: which devices? Name an inventory: -i inventory.yaml\n')
  })
})

describe('progress', () => {
  const picture = { doing: 'collecting', total: 2000, done: 500, failed: 3, seconds: 10 }
  it('draws a bar with the rate, the time left and the failures so far', () => {
    expect(barLine(picture)).toBe('collecting [#####---------------] 500/2000  50/s  30 s left  3 failed')
    expect(barLine({ ...picture, done: 0, failed: 0, seconds: 0 })).toBe('collecting [--------------------] 0/2000')
    expect(barLine({ ...picture, done: 2000, failed: 0, seconds: 20 })).toBe('collecting [####################] 2000/2000  100/s')
    expect(barLine({ ...picture, done: 12, seconds: 10 })).toBe(
      'collecting [--------------------] 12/2000  1.2/s  27 min 37 s left  3 failed',
    )
  })
  it('says how long in words', () =>
    expect([0.2, 59.4, 60, 200, 3600, 7500].map(duration)).toEqual(['1 s', '59 s', '1 min', '3 min 20 s', '1 h', '2 h 5 min']))
  it('is a line now and then where there is no terminal, and never hides a sentence where there is one', () => {
    const said: string[] = []
    const io = { out: () => {}, err: (text: string) => void said.push(text), env: {}, width: 80, colour: false }
    const plain = progress(io, 'collecting')
    plain.start(40)
    for (let i = 0; i < 40; i++) plain.step(i === 7)
    expect(said).toHaveLength(10)
    expect(said[4]).toBe('iphelper-audit: collecting: 20 of 40 devices done, 1 failed\n')
    said.length = 0
    let now = 0
    const live = progress({ ...io, live: true }, 'collecting', () => now)
    live.start(2)
    now = 1000
    live.step(false)
    live.say('a sentence')
    live.end()
    expect(said).toEqual([
      '\r\x1b[Kcollecting [--------------------] 0/2',
      '\r\x1b[Kcollecting [##########----------] 1/2  1.0/s  1 s left',
      '\r\x1b[K',
      'iphelper-audit: a sentence\n',
      '\r\x1b[Kcollecting [##########----------] 1/2  1.0/s  1 s left',
      '\r\x1b[K',
    ])
  })
})

describe('the table of failures', () => {
  const context = { width: 60, all: false, waived: false, paint: (_: unknown, text: string) => text }
  it('puts what happened beside the device, what to do below, and many of a kind together', () => {
    const failed = (device: string, kind: string, reason: string, kept: string | null = null) => ({ device, kind, reason, kept })
    const many = Array.from({ length: 10 }, (_, i) => failed(`r${i}`, 'refused', '192.0.2.1 refused; check port:'))
    const lines = failureLines([failed('core-with-a-rather-long-name', 'x', 'no remedy', '2026-11-01'), ...many], context)
    expect(lines).toEqual([
      'DEVICE                    WHAT HAPPENED, AND WHAT TO DO',
      ...Array.from({ length: 8 }, (_, i) => [
        `r${i}                        192.0.2.1 refused`,
        '                          -> check port:',
      ]).flat(),
      '                          and 2 more devices of this kind',
      'core-with-a-rather-long-name',
      '                          no remedy; the configuration of',
      '                          2026-11-01 was kept',
    ])
  })
})
