// The command line as a person meets it: one clear sentence on standard error, the right exit code, and the rest goes on.
import { execFileSync } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rules } from '../src/api.ts'
import { run } from '../src/cli/run.ts'
import { deviceSchema, resultSchema } from '../src/report/schema.ts'
import { simulateInventory } from '../src/simulation.ts'

const root = join(import.meta.dirname, '..')
const campus = join(root, 'test', 'networks', 'campus', 'configs')
let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'iphelper-audit-cli-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function cli(...args: string[]) {
  let out = ''
  let err = ''
  const code = await run(args, {
    out: text => (out += text),
    err: text => (err += text),
    env: process.env,
    width: 80,
    colour: false,
  })
  return { code, out, err, sentences: err.split('\n').filter(Boolean) }
}

const router = (host: number, ...lines: string[]) =>
  [
    'version 15.2',
    'service timestamps log datetime msec',
    `hostname r${host}`,
    'interface Vlan10',
    ` ip address 10.0.10.${host} 255.255.255.0`,
    ...lines.map(l => ` ${l}`),
    'end',
    '',
  ].join('\n')
const PLAIN = 'ip helper-address 10.9.9.5'

/** Text without its line breaks. */
const words = (text: string) => text.split(/\s+/).join(' ')

/** A folder below the test's own with these files. */
function files(name: string, contents: Readonly<Record<string, string | Buffer>>): string {
  const dir = join(folder, name)
  mkdirSync(dir, { recursive: true })
  for (const [file, content] of Object.entries(contents)) writeFileSync(join(dir, file), content)
  return dir
}

describe('names of files', () => {
  it('break no line and command no terminal', async () => {
    // In the log of a pipeline, a line of its own may be a command.
    const evil = 'a\n::error::b\n##vso[task.complete]c\u001b]0;d\u0007\u009b2J'
    const dir = files('evil', { [`${evil}.cfg`]: router(2, PLAIN), 'r3.cfg': router(3, PLAIN), [`${evil}.txt`]: 'nothing' })
    const { code, out, err } = await cli('audit', '--configs', dir, '--pxe', '10.9.9.5')
    expect(code).toBe(1)
    for (const text of [out, err]) {
      expect(text).toContain('[U+001B]]0;d[U+0007][U+009B]2J')
      expect(text.split('\n').filter(line => /^(::|##vso)/.test(line) || /\p{Cc}/u.test(line))).toEqual([])
    }
  })
})

describe('a report', () => {
  it.each([
    ['a pipe by its name', '-f json=/dev/stdout | cat'],
    ['a process', '-f json=>(cat) | cat'],
  ])('goes to %s', (_, how) => {
    const dir = files('piped', { 'r2.cfg': router(2, PLAIN), 'r3.cfg': router(3, PLAIN) })
    const line = `"${process.execPath}" dist/src/main.js audit --configs "${dir}" --pxe 10.9.9.5 --exit-zero ${how}`
    const out = execFileSync('bash', ['-c', line], { cwd: root, encoding: 'utf8' })
    expect(resultSchema.parse(JSON.parse(out)).summary.duplicate).toBe(1)
  })
})

describe('help', () => {
  it.each([[[]], [['audit']], [['baseline']], [['simulate']], [['history']]])('fits a terminal of 80 columns: %s', async verb => {
    const { code, out } = await cli(...verb, '--help')
    expect(code).toBe(0)
    expect(out).toContain('Usage: iphelper-audit')
    expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
  })
})

describe('exit codes', () => {
  it('0: nothing found', async () => {
    const { code, err } = await cli(
      'audit',
      '--configs',
      files('clean', { 'r2.cfg': router(2, PLAIN), 'r3.cfg': router(3) }),
      '--pxe',
      '10.9.9.5',
    )
    expect({ code, err }).toEqual({ code: 0, err: '' })
  })

  it('1: findings; 0 with --exit-zero or --fail-on none', async () => {
    const dir = files('double', { 'r2.cfg': router(2, PLAIN), 'r3.cfg': router(3, PLAIN) })
    expect((await cli('audit', '--configs', dir, '--pxe', '10.9.9.5')).code).toBe(1)
    expect((await cli('audit', '--configs', dir, '--pxe', '10.9.9.5', '--exit-zero')).code).toBe(0)
    expect((await cli('audit', '--configs', dir, '--pxe', '10.9.9.5', '--fail-on', 'none')).code).toBe(0)
  })

  it('3: something could not be judged', async () => {
    const { code, out } = await cli(
      'audit',
      '--configs',
      files('lone', { 'r2.cfg': router(2, PLAIN, 'standby 10 ip 10.0.10.1') }),
      '--pxe',
      '10.9.9.5',
    )
    expect(code).toBe(3)
    expect(out).toContain('UNKNOWN')
  })

  it('2: wrong usage, each in one sentence', async () => {
    const dir = files('usage', { 'r2.cfg': router(2) })
    for (const [args, sentence] of [
      [
        ['audit'],
        'nothing to audit; name an inventory (-i inventory.yaml), or a folder and a PXE server (--configs FOLDER --pxe ADDRESS)',
      ],
      [['audit', '--configs', dir], 'which PXE server? Name every address that answers boot requests: --pxe ADDRESS'],
      [
        ['audit', '--configs', dir, '--pxe', '10.9.9.999'],
        '--pxe: "10.9.9.999" is no address of a server; write --pxe 10.9.9.5 or --pxe NAME=10.9.9.5/24,10.9.9.6/24',
      ],
      [
        ['audit', '--configs', dir, '--pxe', '10.9.9.05'],
        '--pxe: "10.9.9.05" is no address of a server; write --pxe 10.9.9.5 or --pxe NAME=10.9.9.5/24,10.9.9.6/24',
      ],
      [['audit', '--configs', dir, '--pxe', '0.0.0.0'], '0.0.0.0 is no address of a server'],
      // Taken for a server's, they would make every segment look as if nothing led to it.
      [['audit', '--configs', dir, '--pxe', '10.9.9.0/24'], '10.9.9.0 is the number of the network 10.9.9.0/24'],
      [['audit', '--configs', dir, '--pxe', 'wds=10.9.9.255,10.9.9.5/24'], '10.9.9.255 is the broadcast address of 10.9.9.0/24'],
      [['audit', '--configs', dir, '--pxe', '::ffff:10.9.9.5'], 'is an IPv4 address written as one of IPv6; write 10.9.9.5'],
      [['audit', '--configs', dir, '--pxe', 'fe80::5%eth0'], 'has the name of an interface in it; write fe80::5'],
      [['audit', '--configs', dir, '--pxe', '10.9.9.5/0'], '0.0.0.0/0 is no subnet that a server stands in'],
      [
        ['audit', '--configs', dir, '--pxe', 'wds=10.9.9.5,10.9.9.6,10.9.9.5'],
        '--pxe: wds=10.9.9.5,10.9.9.6,10.9.9.5 names 10.9.9.5 twice; name every address once',
      ],
      [
        ['audit', '--configs', dir, '--pxe', 'v6=2001:db8::5,2001:DB8:0::5'],
        '--pxe: v6=2001:db8::5,2001:DB8:0::5 names 2001:db8::5 twice; name every address once',
      ],
      [
        ['audit', '--configs', dir, '--pxe', 'a=10.9.9.5', '--pxe', 'b=10.9.9.6,10.9.9.5'],
        '--pxe: b=10.9.9.6,10.9.9.5 repeats a; name every PXE point once, with all its addresses',
      ],
      [['audit', '--configs', dir, '--pxe', '=10.9.9.5'], 'has no name before the equals sign'],
      [
        ['audit', '--configs', dir, '--pxe', '10.9.9.5', '--format', `html=${join(dir, 'r2.cfg')}/x.html`],
        'the report cannot be written to',
      ],
      [
        ['audit', '--configs', dir, '--pxe', '10.9.9.5', '--format', 'pdf'],
        'there is no format "pdf"; valid are text, json, ndjson, html, markdown, csv, sarif, junit, github, gitlab, azure',
      ],
      [
        ['audit', '--configs', dir, '--pxe', '10.9.9.5', '--format', 'markdwn=comment.md'],
        'there is no format "markdwn"; did you mean "markdown"? valid are text, json,',
      ],
      [
        ['audit', '--configs', dir, '--pxe', '10.9.9.5', '--fail-on', 'panic'],
        "option '--fail-on <severity>' argument 'panic' is invalid. Allowed choices are error, warning, info, none.",
      ],
      [
        ['audit', '--configs', join(folder, 'absent'), '--pxe', '10.9.9.5'],
        `there is no folder ${join(folder, 'absent')}; check the path`,
      ],
      [
        ['audit', '--configs', files('empty', {}), '--pxe', '10.9.9.5'],
        `there is no configuration in the folder ${join(folder, 'empty')}; name the folder that holds them`,
      ],
      [['explain', 'duplicate'], 'there is no rule "duplicate"; valid are'],
      [['facts', join(folder, 'absent.cfg')], 'absent.cfg'],
      [['facts', join(dir, 'r2.cfg'), '--platform', 'panos'], 'there is no platform "panos"; valid are auto,'],
      [
        ['schema', 'report'],
        'there is no schema "report"; valid are inventory, manifest, device, result, validation, waivers, baseline',
      ],
      [['report', join(dir, 'r2.cfg')], `${join(dir, 'r2.cfg')} is no JSON; name a result that audit --format json=FILE wrote`],
      ...['7', '0d', '-1d', '1.5h', '7 d', '7D', '1y', ''].map(
        age =>
          [
            ['audit', '--configs', dir, '--pxe', '10.9.9.5', '--max-age', age],
            `--max-age ${age} is no duration; write 30m, 36h, 7d or 2w`,
          ] as const,
      ),
      [['audti'], "unknown command 'audti'"],
    ] as const) {
      const { code, sentences, out } = await cli(...args)
      expect({ args, code }).toEqual({ args, code: 2 })
      expect(sentences[0]).toContain(sentence)
      expect(sentences[0]).toMatch(/^iphelper-audit: /)
      expect(sentences.length).toBeLessThanOrEqual(2)
      expect(out).toBe('')
    }
  })

  it('2: an inventory with a wrong key, named with its place and the nearest valid key', async () => {
    const dir = files('inventory', {
      'inventory.yaml':
        'pxe_points:\n  - { name: wds, kind: wds, adresses: [10.9.9.5] }\ndevices:\n  - { name: r2, config: r2.cfg }\n',
    })
    const { code, sentences } = await cli('audit', '-i', join(dir, 'inventory.yaml'))
    expect(code).toBe(2)
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toContain('inventory.yaml:2:29: unknown key "adresses"; did you mean "addresses"?')
  })
})

describe('snapshots', () => {
  it('2: a broken manifest, with its line', async () => {
    const broken = files('broken', { 'r2.cfg': router(2), 'manifest.json': '{\n  "schema_version": 1,\n  "devices": [\n' })
    const { code, sentences, out } = await cli('audit', '--configs', broken, '--pxe', '10.9.9.5')
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toContain(`iphelper-audit: ${join(broken, 'manifest.json')}:3: this is not valid JSON: `)

    const outside = {
      schema_version: 1,
      tool: { name: 'iphelper-audit', version: '0' },
      written_at: '2026-11-23T09:00:00Z',
      devices: [{ name: 'r2', platform: null, site: 'ams', status: 'collected', reason: null, command: null, file: '../r2.cfg' }],
    }
    const more = { collected_at: '2026-11-23T09:00:00Z', sha256: null, bytes: null }
    const devices = outside.devices.map(d => ({ ...d, ...more }))
    const dir = files('outside', { 'r2.cfg': router(2), 'manifest.json': JSON.stringify({ ...outside, devices }) })
    writeFileSync(
      join(dir, 'inventory.yaml'),
      'pxe_points:\n  - { name: wds, addresses: [10.9.9.5] }\ndevices:\n  - { name: r2, config: r2.cfg }\n',
    )
    for (const args of [
      ['--configs', dir, '--pxe', '10.9.9.5'],
      ['-i', join(dir, 'inventory.yaml'), '--configs', dir],
    ]) {
      const refused = await cli('audit', ...args)
      expect(refused.code).toBe(2)
      expect(refused.sentences).toEqual([
        `iphelper-audit: ${join(dir, 'manifest.json')}:1: "file" must be a file in this folder: a relative path without ".."; collect the snapshot again, or take manifest.json away if it is none of a snapshot`,
      ])
    }
    // Without the folder option nobody asks for a manifest.
    expect((await cli('audit', '-i', join(dir, 'inventory.yaml'))).code).toBe(0)
  })

  it('0 and a sentence: a configuration that the manifest does not list', async () => {
    const empty = { schema_version: 1, tool: { name: 'x', version: '0' }, written_at: '2026-11-23T09:00:00Z', devices: [] }
    const dir = files('unlisted', { 'r2.cfg': router(2, PLAIN), 'manifest.json': JSON.stringify(empty) })
    const { code, sentences } = await cli('audit', '--configs', dir, '--pxe', '10.9.9.5')
    expect({ code, sentences }).toEqual({
      code: 0,
      sentences: [`iphelper-audit: r2.cfg is not listed in ${join(dir, 'manifest.json')} and is read all the same`],
    })
  })
})

describe('--max-age', () => {
  const HOUR = 3_600_000
  /** Dates a file so many hours back. */
  const dated = (file: string, hours: number) => {
    const at = new Date(Date.now() - hours * HOUR)
    utimesSync(file, at, at)
    return at.toISOString().slice(0, 10)
  }

  it('says of a capture that is older how old it is, in every report, and is not content', async () => {
    const dir = files('old', { 'r2.cfg': router(2, PLAIN), 'r3.cfg': router(3) })
    const day = dated(join(dir, 'r3.cfg'), 9 * 24 + 1)
    const page = join(folder, 'old.html')
    const args = ['audit', '--configs', dir, '--pxe', '10.9.9.5', '--format', 'json', '--format', `html=${page}`]
    expect((await cli(...args)).code).toBe(0)
    expect((await cli(...args, '--max-age', '2w')).code).toBe(0)

    const { code, out, sentences } = await cli(...args, '--max-age', '7d')
    const why = `it was captured on ${day}, 9 days ago, and --max-age is 7d`
    expect({ code, sentences }).toEqual({ code: 3, sentences: [`iphelper-audit: r3: ${why}`] })
    const [young, old] = resultSchema.parse(JSON.parse(out)).devices
    expect(young).toMatchObject({ name: 'r2', state: 'collected', reason: null, complete: true })
    expect(young).not.toHaveProperty('stale')
    expect(old).toMatchObject({ name: 'r3', state: 'collected', reason: why, complete: true, stale: true })
    const html = readFileSync(page, 'utf8')
    expect(html).toContain('Collected; too old')
    expect(html).toContain(why)
    const { out: text } = await cli('audit', '--configs', dir, '--pxe', '10.9.9.5', '--max-age', '7d')
    expect(text).toContain(`Too old: 1 device\n  r3: ${why}\n`)
    expect(text).not.toContain('No boot request reaches a PXE server more than once.')
  })

  it('wins over the inventory, which may say it too', async () => {
    const dir = files('aged', { 'r2.cfg': router(2, PLAIN) })
    const day = dated(join(dir, 'r2.cfg'), 37)
    const inventory = (age: string) => {
      const file = join(dir, 'inventory.yaml')
      const points = 'pxe_points:\n  - { name: wds, addresses: [10.9.9.5] }\n'
      writeFileSync(file, `max_age: ${age}\n${points}devices:\n  - { name: r2, config: r2.cfg }\n`)
      return ['audit', '-i', file, '--format', 'json']
    }
    const reasonOf = ({ out }: { out: string }) => resultSchema.parse(JSON.parse(out)).devices[0]?.reason
    expect(reasonOf(await cli(...inventory('36h')))).toBe(`it was captured on ${day}, 37 hours ago, and max_age is 36h`)
    expect(reasonOf(await cli(...inventory('36h'), '--max-age', '2d'))).toBeNull()
    expect(reasonOf(await cli(...inventory('1w'), '--max-age', '90m'))).toBe(
      `it was captured on ${day}, 37 hours ago, and --max-age is 90m`,
    )
    const wrong = await cli(...inventory('soon'))
    expect(wrong.code).toBe(2)
    expect(wrong.sentences).toEqual([
      `iphelper-audit: ${join(dir, 'inventory.yaml')}:1:10: "max_age" must be a duration like 30m, 36h, 7d or 2w`,
    ])
  })
})

describe('configurations that cannot be read', () => {
  it('are named in one sentence each, and the rest is audited', async () => {
    const dir = files('mixed', {
      'r2.cfg': router(2, PLAIN),
      'r3.cfg': router(3, PLAIN),
      'nothing.cfg': '',
      'binary.cfg': Buffer.from([0x7f, 0x45, 0x4c, 0x46, 0, 0, 1, 2, 0, 3, 0, 0]),
      'fortigate.conf':
        '#config-version=FG100F-7.2.5-FW-build1517-230606:opmode=0:vdom=0:user=admin\nconfig system global\n    set hostname "fw1"\nend\n',
      'letter.txt': 'Dear colleague,\nplease find attached the configuration.\n',
    })
    const { code, sentences, out } = await cli('audit', '--configs', dir, '--pxe', '10.9.9.5', '--format', 'json')
    expect(code).toBe(1)
    const result = resultSchema.parse(JSON.parse(out))
    expect(result.summary).toMatchObject({ devices: 6, failed: 4, duplicate: 1 })
    expect(sentences).toHaveLength(4)
    for (const [name, words] of [
      ['nothing', 'empty'],
      ['binary', 'binary'],
      ['fortigate', 'it looks like FortiOS, which this version cannot read'],
      ['letter', 'no platform this version can read writes lines like these'],
    ] as const) {
      const said = sentences.find(s => s.startsWith(`iphelper-audit: ${name}: `))
      expect(said, name).toContain(words)
    }
  })

  it('make segments with one router unknown: the second may be among them', async () => {
    const dir = files('gap', { 'r2.cfg': router(2, PLAIN), 'r3.cfg': '' })
    const { code, out } = await cli('audit', '--configs', dir, '--pxe', '10.9.9.5', '--format', 'json')
    expect(code).toBe(3)
    const [segment] = resultSchema.parse(JSON.parse(out)).segments
    expect(segment?.pxe[0]).toMatchObject({ verdict: 'unknown', copies: null, survives_failover: null })
    expect(segment?.pxe[0]?.reasons.map(r => r.code)).toContain('device-not-collected')
  })
})

describe('over SSH', () => {
  it('an unreachable host, a wrong password and a changed host key are said, and the others are audited', async () => {
    const device = (name: string, port: number, more = '') =>
      `  - { name: ${name}, host: 127.0.0.1, platform: cisco-ios, site: ams, ssh: { port: ${port}${more} } }\n`
    const head = `pxe_points:\n  - { name: wds, kind: wds, addresses: [10.9.9.5] }\ndefaults: { username: demo, password: env:IPHELPER_TEST_PASSWORD, ssh: { known_hosts: known_hosts } }\ndevices:\n`
    const base = 18000 + (process.pid % 2000) * 3
    const dir = files('ssh', { 'good.yaml': `${head}${device('ams-dist-1', base)}${device('ams-dist-2', base + 1)}` })
    process.env.IPHELPER_TEST_PASSWORD = 'right'
    const network = await simulateInventory(campus, join(dir, 'good.yaml'))
    try {
      const good = await cli('audit', '-i', join(dir, 'good.yaml'), '--format', 'json')
      expect(good.sentences).toEqual([])
      expect(good.code).toBe(1)
      const folderRun = await cli('audit', '-i', join(dir, 'good.yaml'), '--configs', campus, '--format', 'json')
      const verdicts = (text: string) =>
        resultSchema.parse(JSON.parse(text)).segments.map(s => [s.id, s.pxe.map(p => [p.verdict, p.copies])])
      expect(verdicts(good.out)).toEqual(verdicts(folderRun.out))

      const changed = readFileSync(join(dir, 'known_hosts'), 'utf8').replaceAll(
        /ssh-ed25519 (\S{30})\S{6}/g,
        'ssh-ed25519 $1AAAAAA',
      )
      writeFileSync(join(dir, 'changed_hosts'), changed)
      // A router stands in an inventory once, so this one goes by another name there.
      appendFileSync(
        join(dir, 'known_hosts'),
        readFileSync(join(dir, 'known_hosts'), 'utf8').replaceAll('[127.0.0.1]', '[localhost]'),
      )
      writeFileSync(
        join(dir, 'bad.yaml'),
        `${head}${device('ams-dist-1', base)}${device('gone', base + 2)}${device('swapped', base + 1, ', known_hosts: changed_hosts')}  - { name: locked, host: localhost, platform: cisco-ios, password: env:IPHELPER_TEST_WRONG, site: ams, ssh: { port: ${base + 1} } }\n`,
      )
      process.env.IPHELPER_TEST_WRONG = 'wrong-and-secret'
      const bad = await cli('audit', '-i', join(dir, 'bad.yaml'), '--format', 'json')
      expect(bad.code).toBe(3)
      const result = resultSchema.parse(JSON.parse(bad.out))
      expect(result.devices.map(d => [d.name, d.state])).toEqual([
        ['ams-dist-1', 'collected'],
        ['gone', 'failed'],
        ['swapped', 'failed'],
        ['locked', 'failed'],
      ])
      expect(bad.sentences).toHaveLength(3)
      expect(bad.sentences[0]).toMatch(/^iphelper-audit: gone: .*refused/)
      expect(bad.sentences[1]).toMatch(/^iphelper-audit: swapped: .*(SHA256:.*SHA256:|host key)/)
      expect(bad.sentences[2]).toMatch(/^iphelper-audit: locked: .*password.*env:IPHELPER_TEST_WRONG/)
      expect(bad.out + bad.err).not.toContain('wrong-and-secret')
    } finally {
      await network.close()
    }
  })
})

describe('the other verbs', () => {
  it('facts follows the contract', async () => {
    for (const name of ['ams-dist-1', 'ams-core-1', 'ams-leaf-1', 'lon-edge-1', 'lon-dist-1']) {
      const { code, out } = await cli('facts', join(campus, `${name}.cfg`), '--format', 'json')
      expect(code).toBe(0)
      const device = deviceSchema.strict().parse(JSON.parse(out))
      // A file of set lines has no mark at its end.
      expect(device).toMatchObject({ device: name, complete: name === 'lon-dist-1' ? null : true })
      expect(
        device.interfaces.some(i => i.relays.length > 0),
        name,
      ).toBe(true)
    }
  })

  it('report renders a saved result again', async () => {
    const saved = join(folder, 'result.json')
    await cli(
      'audit',
      '--configs',
      files('again', { 'r2.cfg': router(2, PLAIN), 'r3.cfg': router(3, PLAIN) }),
      '--pxe',
      '10.9.9.5',
      '--format',
      `json=${saved}`,
    )
    const { code, out } = await cli(
      'report',
      saved,
      '--format',
      'text',
      '--format',
      `html=${join(folder, 'deep', 'report.html')}`,
    )
    expect(code).toBe(0)
    expect(out).toContain('DUPLICATE')
    expect(readFileSync(join(folder, 'deep', 'report.html'), 'utf8')).toMatch(/^<!doctype html>/i)
    writeFileSync(saved, readFileSync(saved, 'utf8').replace('"schema_version": 1', '"schema_version": 7'))
    const newer = await cli('report', saved)
    expect(newer.code).toBe(2)
    expect(newer.sentences).toEqual([
      `iphelper-audit: ${saved} has schema version 7, and this version reads 1; use the iphelper-audit that wrote it`,
    ])
  })

  it('init writes an inventory that loads, and never over another', async () => {
    const file = join(folder, 'fresh.yaml')
    expect((await cli('init', file)).code).toBe(0)
    expect(existsSync(file)).toBe(true)
    const again = await cli('init', file)
    expect(again.code).toBe(2)
    expect(again.sentences).toEqual([`iphelper-audit: ${file} exists already; name another file`])
    const audited = await cli('audit', '-i', file, '--configs', campus)
    expect(audited.code).toBe(3)
  })

  it('explain and platforms list what there is', async () => {
    const { out } = await cli('explain', 'duplicate-pxe-relay')
    expect(out).toContain('KB 2510665')
    expect(out).toContain('Reported: Both routers of an HSRP pair relay.')
    expect(Math.max(...out.split('\n').map(l => l.length))).toBeLessThanOrEqual(80)
    const list = (await cli('explain', '--list')).out
    expect(
      list
        .trimEnd()
        .split('\n')
        .map(l => l.split(' ')[0]),
    ).toEqual(rules.map(r => r.id))
    expect((await cli('explain', '--list', 'duplicate-pxe-relay')).sentences).toEqual([
      'iphelper-audit: --list lists all rules; leave duplicate-pxe-relay or --list out',
    ])
    const listed = (await cli('platforms')).out
    for (const id of ['cisco-ios', 'cisco-nxos', 'arista-eos', 'juniper-junos']) expect(listed).toContain(id)
  })

  it('explain alone prints the list, then every rule with all of its examples', async () => {
    const { code, out } = await cli('explain')
    expect(code).toBe(0)
    expect(out.startsWith((await cli('explain', '--list')).out)).toBe(true)
    for (const rule of rules) {
      expect(out).toContain((await cli('explain', rule.id)).out)
      for (const { shows, configs } of [...rule.examples.bad, ...rule.examples.good]) {
        expect(words(out)).toContain(words(shows))
        for (const text of Object.values(configs))
          for (const line of text.trimEnd().split('\n')) expect(out).toContain(`    ${line}`)
      }
    }
    expect(words(out)).toContain('The PXE server no longer has 10.9.9.4.')
  })

  it('schema prints JSON Schema', async () => {
    for (const name of ['inventory', 'manifest', 'device', 'result', 'waivers', 'baseline'])
      expect(JSON.parse((await cli('schema', name)).out)).toHaveProperty('properties')
  })

  it('text fits a terminal of 80 columns', async () => {
    const { out } = await cli('audit', '--configs', campus, '--pxe', '10.9.9.5', '--pxe', '10.9.8.5')
    const tooLong = out.split('\n').filter(line => line.length > 80)
    expect(tooLong).toEqual([])
  })
})
