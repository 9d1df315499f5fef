// What a change pack refuses, and what it never does: evidence that has changed, results that were tampered with, names that lead
// elsewhere, folders that hold something else.
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run } from '../src/cli/run.ts'
import { fileNames } from '../src/remediate/pack/names.ts'
import { ascii } from '../src/remediate/pack/words.ts'
import { expectGolden } from './support/golden.ts'

let folder = ''
let n = 0
const fresh = () => join(folder, `out-${++n}`)
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'iphelper-audit-safety-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function cli(...args: string[]) {
  let out = ''
  let err = ''
  const io = { out: (t: string) => (out += t), err: (t: string) => (err += t), env: {}, width: 80, colour: false }
  const code = await run(args, io)
  return { code, out, err, sentences: err.split('\n').filter(Boolean) }
}

/** Interfaces with a helper in these VLANs, by the rules of VLAN `v`: HSRP group v, virtual address .1. */
const router = (host: number, vlans: readonly number[], helper = 'ip helper-address 10.9.9.5') =>
  [
    'version 15.2',
    'service timestamps log datetime msec',
    `hostname r${host}`,
    ...vlans.flatMap(v => [
      `interface Vlan${v}`,
      ` ip address 10.0.${v}.${host} 255.255.255.0`,
      ` ${helper}`,
      ` standby ${v} ip 10.0.${v}.1`,
      ` standby ${v} priority ${120 - host}`,
    ]),
    'end',
    '',
  ].join('\n')

/** A folder of configurations, audited; both names are below the test's own folder. */
async function audited(files: Readonly<Record<string, string>>, ...more: string[]) {
  const dir = fresh()
  mkdirSync(dir)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(dir, file), text)
  const result = `${dir}.json`
  await cli('audit', '--configs', dir, '--pxe', '10.9.9.5', '--format', `json=${result}`, ...more)
  return { dir, result }
}
/** Every file of a pack but for times and what follows from them. */
const contentsOf = (pack: string) =>
  Object.fromEntries(
    readdirSync(pack, { recursive: true, withFileTypes: true })
      .filter(f => f.isFile())
      .map(f => join(f.parentPath, f.name))
      .sort()
      .map(f => [f.slice(pack.length + 1), readFileSync(f, 'utf8').replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')]),
  )
const THREE = { 'r2.cfg': router(2, [10, 20]), 'r3.cfg': router(3, [10]), 'r4.cfg': router(4, [20]) }

describe('evidence', () => {
  it('that has changed refuses the findings of its segments, and no others', async () => {
    const { dir, result } = await audited(THREE)
    appendFileSync(join(dir, 'r3.cfg'), '! a remark\n')
    const pack = fresh()
    const { code, out, sentences } = await cli('remediate', result, '-o', pack)
    expect(code).toBe(3)
    expect(out).toBe(`Wrote ${pack}: changes to 2 devices for 1 of 2 duplicates. Read PLAN.md there first.\n`)
    expect(sentences).toEqual([
      expect.stringMatching(
        /^iphelper-audit: 10\.0\.10\.0\/24 \(10\.9\.9\.5, [0-9a-f]{16}\): r3: \S+r3\.cfg has changed since the audit \(its configuration of \S+Z\); audit again$/,
      ),
    ])
    expect(readdirSync(pack).sort()).toEqual(['PLAN.md', 'ansible', 'manifest.json', 'r2.txt', 'r4.txt', 'rollback', 'server'])
    expect(readFileSync(join(pack, 'r2.txt'), 'utf8')).not.toContain('Vlan10')
    expect(readFileSync(join(pack, 'PLAN.md'), 'utf8')).toMatch(
      /\| 10\.0\.10\.0\/24 \| 10\.9\.9\.5 \| `[0-9a-f]{16}` \| Refused: r3: /,
    )
  })

  it('that is gone refuses them as well, unless --configs says where it is now', async () => {
    const { dir, result } = await audited(THREE)
    const moved = `${dir}-moved`
    cpSync(dir, moved, { recursive: true })
    rmSync(join(dir, 'r4.cfg'))
    const gone = await cli('remediate', result, '-o', fresh())
    expect(gone.code).toBe(3)
    expect(gone.sentences).toEqual([
      expect.stringMatching(
        /^iphelper-audit: 10\.0\.20\.0\/24 .*: r4: \S+r4\.cfg is not there any more; say where the configurations are: --configs FOLDER$/,
      ),
    ])
    expect(await cli('remediate', result, '-o', fresh(), '--configs', moved)).toMatchObject({ code: 0, err: '' })
  })

  it('may have moved along with the result', async () => {
    const { dir, result } = await audited(THREE)
    const data = JSON.parse(readFileSync(result, 'utf8'))
    for (const d of data.devices) d.file = d.file.slice(folder.length + 1)
    const elsewhere = join(folder, `elsewhere-${++n}`)
    mkdirSync(elsewhere)
    cpSync(dir, join(elsewhere, dir.slice(folder.length + 1)), { recursive: true })
    writeFileSync(join(elsewhere, 'result.json'), JSON.stringify(data))
    expect(await cli('remediate', join(elsewhere, 'result.json'), '-o', fresh())).toMatchObject({ code: 0, err: '' })
  })

  it('of a router that came to the segment since counts, whatever the result says of it', async () => {
    const { dir, result } = await audited({ ...THREE, 'r5.cfg': router(5, [30]) })
    writeFileSync(join(dir, 'r5.cfg'), router(5, [30, 10]))
    const { code, sentences } = await cli('remediate', result, '-o', fresh())
    expect(code).toBe(3)
    expect(sentences).toEqual([expect.stringMatching(/10\.0\.10\.0\/24 .*: r5: \S+r5\.cfg has changed since the audit/)])
  })
})

describe('evidence and templates', () => {
  it('that was too old for the audit is refused', async () => {
    const { result } = await audited(THREE)
    const data = JSON.parse(readFileSync(result, 'utf8'))
    Object.assign(data.devices[1], { stale: true, reason: 'it was captured 9 days ago, and --max-age is 7d' })
    writeFileSync(result, JSON.stringify(data))
    const { code, sentences } = await cli('remediate', result, '-o', fresh())
    expect(code).toBe(3)
    expect(sentences).toEqual([expect.stringContaining('r3: it was captured 9 days ago, and --max-age is 7d; collect it again')])
  })

  it('templates of somebody are used, and proven: one that does too much is withheld', async () => {
    const { result } = await audited({ 'r2.cfg': router(2, [10]), 'r3.cfg': router(3, [10]) })
    const templates = fresh()
    mkdirSync(join(templates, 'cisco-ios'), { recursive: true })
    const gate = (more: string) =>
      [
        '=== apply',
        'interface {{interface}}',
        more,
        ' standby {{group}} name {{name}}',
        ' no {{statement}}',
        ' {{statement}} redundancy {{name}}',
        '=== rollback',
        'interface {{interface}}',
        ' no {{statement}} redundancy {{name}}',
        ' {{statement}}',
        ' no standby {{group}} name {{name}}',
        '=== verify',
        'show standby => {{name}}',
        '=== caution',
        'ours',
        '',
      ].join('\n')
    writeFileSync(join(templates, 'cisco-ios', 'gate-relay.hbs'), gate(''))
    const own = fresh()
    expect(await cli('remediate', result, '-o', own, '--templates', templates)).toMatchObject({ code: 0, err: '' })
    expect(readFileSync(join(own, 'r2.txt'), 'utf8')).toContain(
      'interface Vlan10\n standby 10 name PXE-V10\n no ip helper-address 10.9.9.5\n ip helper-address 10.9.9.5 redundancy PXE-V10\nend\n',
    )
    const worse = `${templates}-worse`
    mkdirSync(join(worse, 'cisco-ios'), { recursive: true })
    writeFileSync(join(worse, 'cisco-ios', 'gate-relay.hbs'), gate(' standby {{group}} priority 200'))
    writeFileSync(join(worse, 'cisco-ios', 'remove-relay.hbs'), gate(' shutdown'))
    const bad = fresh()
    const { code, sentences } = await cli('remediate', result, '-o', bad, '--templates', worse)
    expect(code).toBe(3)
    expect(sentences).toEqual([
      expect.stringMatching(
        /10\.0\.10\.0\/24 .*: r\d would be told "standby 10 priority 200", which is about something else than the relay$/,
      ),
    ])
    expect(readdirSync(bad).filter(f => f.endsWith('.txt'))).toEqual([])
  })

  it('make this plan of two routers', async () => {
    const { dir, result } = await audited({ 'r2.cfg': router(2, [10]), 'r3.cfg': router(3, [10]) })
    const pack = fresh()
    await cli('remediate', result, '-o', pack, '--strategy', 'remove')
    const plan = readFileSync(join(pack, 'PLAN.md'), 'utf8')
      .replaceAll(dir, 'configs')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
      .replaceAll(/[0-9a-f]{64}/g, 'HASH')
      .replace(/iphelper-audit \d+\.\d+\.\d+/, 'iphelper-audit VERSION')
    expectGolden(join(import.meta.dirname, 'goldens', 'plan.md'), plan)
  })
})

describe('a result', () => {
  it('that was tampered with changes nothing: no snippet of it is used', async () => {
    const { result } = await audited(THREE)
    const [honest, forged] = [fresh(), fresh()]
    expect((await cli('remediate', result, '-o', honest)).code).toBe(0)
    const data = JSON.parse(readFileSync(result, 'utf8'))
    for (const r of data.remediations)
      Object.assign(r, { apply: 'reload', rollback: 'write erase', caution: 'none', proven: true, strategy: 'remove' })
    for (const r of data.remediations) r.verify = [{ command: 'reload', expect: 'reload' }]
    for (const s of data.server_workarounds) Object.assign(s, { apply: 'format c:', reg: 'format c:' })
    for (const f of data.findings) f.message = 'reload'
    writeFileSync(result, JSON.stringify(data))
    expect((await cli('remediate', result, '-o', forged)).code).toBe(0)
    const [one, other] = [contentsOf(honest), contentsOf(forged)]
    for (const path of Object.keys(one).filter(p => !['PLAN.md', 'manifest.json'].includes(p)))
      expect(other[path], path).toBe(one[path])
    expect(Object.keys(other)).toEqual(Object.keys(one))
    expect(Object.values(other).join()).not.toMatch(/reload|erase|format c/)
  })

  it('gives the same pack every time, but for the times in it', async () => {
    const { result } = await audited(THREE)
    const [one, other] = [fresh(), fresh()]
    await cli('remediate', result, '-o', one)
    await cli('remediate', result, '-o', other)
    const without = (files: Readonly<Record<string, string>>) => ({
      ...files,
      'manifest.json': files['manifest.json']?.replaceAll(/"sha256": "\w+"/g, ''),
    })
    expect(without(contentsOf(one))).toEqual(without(contentsOf(other)))
  })

  it('of an earlier version, or of none, is turned down in one sentence', async () => {
    const { result } = await audited(THREE)
    const { basis, ...rest } = JSON.parse(readFileSync(result, 'utf8'))
    expect(basis.points).toHaveLength(1)
    writeFileSync(result, JSON.stringify(rest))
    const old = await cli('remediate', result, '-o', fresh())
    expect(old).toMatchObject({ code: 2, out: '' })
    expect(old.sentences).toEqual([
      `iphelper-audit: ${result} does not say what the audit was told, as an earlier version wrote it; audit again and save the result: audit ... --format json=${result}`,
    ])
    writeFileSync(result, '{}')
    expect((await cli('remediate', result, '-o', fresh())).code).toBe(2)
  })

  it('without a duplicate makes no pack', async () => {
    const { result } = await audited({ 'r2.cfg': router(2, [10]) })
    const pack = fresh()
    expect(await cli('remediate', result, '-o', pack)).toEqual({
      ...{ code: 0, err: '', sentences: [] },
      out: `${result} has no duplicate to fix; nothing was written.\n`,
    })
    expect(existsSync(pack)).toBe(false)
  })

  it('whose duplicates are accepted leaves them alone, unless they are named', async () => {
    const waivers = join(folder, 'waivers.yaml')
    writeFileSync(
      waivers,
      'waivers:\n  - { rule: duplicate-pxe-relay, subnet: 10.0.10.0/24, reason: known, owner: us, expires: 2099-12-31 }\n',
    )
    const { result } = await audited(THREE, '--waivers', waivers)
    const pack = fresh()
    expect(await cli('remediate', result, '-o', pack)).toMatchObject({ code: 0, err: '' })
    expect(readdirSync(pack)).not.toContain('r3.txt')
    expect(readFileSync(join(pack, 'PLAN.md'), 'utf8')).toContain('accepted by a waiver')
    const data = JSON.parse(readFileSync(result, 'utf8'))
    const [print] = data.findings
      .filter((f: { waived: unknown }) => f.waived !== null)
      .map((f: { fingerprint: string }) => f.fingerprint)
    const named = fresh()
    expect(await cli('remediate', result, '-o', named, '--finding', print)).toMatchObject({ code: 0, err: '' })
    expect(readdirSync(named).filter(f => f.endsWith('.txt'))).toEqual(['r2.txt', 'r3.txt'])
  })
})

describe('wrong usage', () => {
  it('is told in one sentence, and nothing is written', async () => {
    const { dir, result } = await audited(THREE)
    for (const [args, sentence] of [
      [[result], 'where to? Name a folder for the pack: -o pack/'],
      [[join(folder, 'absent.json'), '-o', fresh()], 'cannot be read (ENOENT)'],
      [[result, '-o', fresh(), '--finding', 'abc'], /--finding abc is no duplicate in \S+; it has [0-9a-f]{16} [0-9a-f]{16}$/],
      [[result, '-o', fresh(), '--prefer', 'r9'], '--prefer r9: the result has no device of that name; check the spelling'],
      [[result, '-o', fresh(), '--strategy', 'magic'], "argument 'magic' is invalid"],
      [[result, '-o', fresh(), '--templates', join(folder, 'absent')], 'is no folder'],
      [
        [result, '-o', fresh(), '--configs', join(folder, 'absent')],
        `there is no folder ${join(folder, 'absent')}; check the path`,
      ],
      [[result, '-o', result], `${result} is a file; name a folder for the pack`],
      [[result, '-o', dir], `${dir} holds files and no pack; name an empty folder, or that of a pack`],
      [[result, '-o', join(result, 'below')], 'the pack cannot be written to'],
    ] as const) {
      const { code, sentences, out } = await cli('remediate', ...args)
      expect({ code, out, n: sentences.length }, String(sentence)).toEqual({ code: 2, out: '', n: 1 })
      if (typeof sentence === 'string') expect(sentences[0]).toContain(sentence)
      else expect(sentences[0]).toMatch(sentence)
    }
  })

  it('--help fits a terminal of 80 columns and shows examples', async () => {
    const { code, out } = await cli('remediate', '--help')
    expect(code).toBe(0)
    expect(out).toContain('iphelper-audit remediate result.json -o pack/')
    expect(out.split('\n').filter(line => line.length > 80)).toEqual([])
  })

  it('schema pack prints the schema of the manifest', async () => {
    const { code, out } = await cli('schema', 'pack')
    expect(code).toBe(0)
    expect(JSON.parse(out).properties.kind.const).toBe('change-pack')
  })
})

describe('the folder', () => {
  it('is for its owner only, also where it was there before', async () => {
    const { result } = await audited(THREE)
    const pack = fresh()
    mkdirSync(pack, { mode: 0o755 })
    expect((await cli('remediate', result, '-o', pack)).code).toBe(0)
    expect(statSync(pack).mode & 0o777).toBe(0o700)
    for (const f of readdirSync(pack, { recursive: true, withFileTypes: true }))
      expect(statSync(join(f.parentPath, f.name)).mode & 0o777, f.name).toBe(f.isFile() ? 0o600 : 0o700)
  })

  it('is replaced whole where it holds a pack, and nothing is left beside it', async () => {
    const { result } = await audited(THREE)
    const data = JSON.parse(readFileSync(result, 'utf8'))
    const prints = data.findings
      .filter((f: { rule: string }) => f.rule === 'duplicate-pxe-relay')
      .map((f: { fingerprint: string }) => f.fingerprint)
    const parent = fresh()
    mkdirSync(parent)
    const pack = join(parent, 'pack')
    await cli('remediate', result, '-o', pack)
    expect(readdirSync(pack).filter(f => f.endsWith('.txt'))).toEqual(['r2.txt', 'r3.txt', 'r4.txt'])
    expect((await cli('remediate', result, '-o', pack, '--finding', prints[0])).code).toBe(0)
    expect(readdirSync(pack).filter(f => f.endsWith('.txt'))).toEqual(['r2.txt', 'r3.txt'])
    expect(readdirSync(parent)).toEqual(['pack'])
  })

  it('is not replaced where something would be lost: a file of somebody else, a file that was edited, a snapshot', async () => {
    const { result } = await audited(THREE)
    const pack = fresh()
    await cli('remediate', result, '-o', pack)
    writeFileSync(join(pack, 'notes.txt'), 'mine')
    expect((await cli('remediate', result, '-o', pack)).sentences).toEqual([
      `iphelper-audit: ${join(pack, 'notes.txt')} is no part of the pack and would be lost; move it, or name another folder`,
    ])
    expect(readFileSync(join(pack, 'notes.txt'), 'utf8')).toBe('mine')
    rmSync(join(pack, 'notes.txt'))
    appendFileSync(join(pack, 'r2.txt'), '! checked by me\n')
    expect((await cli('remediate', result, '-o', pack)).sentences).toEqual([
      `iphelper-audit: ${join(pack, 'r2.txt')} was changed since the pack was written; move it, or name another folder`,
    ])
    const snapshot = fresh()
    mkdirSync(snapshot)
    writeFileSync(
      join(snapshot, 'manifest.json'),
      JSON.stringify({ schema_version: 1, tool: { name: 'x', version: '1' }, devices: [] }),
    )
    expect((await cli('remediate', result, '-o', snapshot)).sentences[0]).toContain('holds files and no pack')
  })

  it('may be reached by a link, which stays one', async () => {
    const { result } = await audited(THREE)
    const target = fresh()
    mkdirSync(target)
    const link = fresh()
    symlinkSync(target, link)
    expect((await cli('remediate', result, '-o', link)).code).toBe(0)
    expect(existsSync(join(target, 'PLAN.md'))).toBe(true)
  })
})

describe('names', () => {
  const NASTY = [
    '..',
    '.',
    '../../etc/cron.d/x',
    'a/b',
    'a\\b',
    'r1\nreload',
    'con',
    'NUL.txt',
    'R1',
    'r1',
    '',
    ' ',
    '-o',
    '.hidden',
    'ünï',
    'x'.repeat(300),
    'a?b',
    'end.',
    '{{ x }}',
    'r1-0123abcd',
  ]

  it('of files stay in their folder, apart from one another, and are the same every time', () => {
    const names = [...fileNames(NASTY).values()]
    expect(new Set(names.map(x => x.toLowerCase())).size).toBe(NASTY.length)
    for (const name of names) {
      expect(name).toMatch(/^[A-Za-z0-9][\w.-]{0,63}$/)
      expect(name).not.toMatch(/\.\.|\.$|^(con|nul)(\.|$)/i)
    }
    expect([...fileNames(NASTY.toReversed()).values()].toReversed()).toEqual(names)
    expect(fileNames(['ams-dist-1', 'core_2.example.net']).get('ams-dist-1')).toBe('ams-dist-1')
    expect(fileNames(['ams-dist-1', 'core_2.example.net']).get('core_2.example.net')).toBe('core_2.example.net')
  })

  it('of devices cannot say anything to a router, in a plan or in a play', async () => {
    const bad = ['r1; reload?', '%2e%2e`|x`', 'web*,!db', '-o']
    const files = Object.fromEntries(bad.map((name, i) => [`${name.replaceAll('/', '_')}.cfg`, router(i + 2, [10])]))
    const { result } = await audited(files)
    const parent = fresh()
    mkdirSync(parent)
    const pack = join(parent, 'pack')
    expect((await cli('remediate', result, '-o', pack)).code).toBe(0)
    expect(readdirSync(parent)).toEqual(['pack'])
    const texts = readdirSync(pack).filter(f => f.endsWith('.txt'))
    expect(texts).toHaveLength(4)
    for (const f of texts) {
      expect(f).toMatch(/^[\w-]+-[0-9a-f]{8}\.txt$/)
      const lines = readFileSync(join(pack, f), 'utf8').split('\n')
      expect(lines.filter(l => !l.startsWith('! '))).toEqual([
        'configure terminal',
        'interface Vlan10',
        ' standby 10 name PXE-V10',
        ' ip helper-address 10.9.9.5 redundancy PXE-V10',
        ' no ip helper-address 10.9.9.5',
        ' ip helper-address 10.9.9.5 redundancy PXE-V10',
        'end',
        '',
      ])
      expect(lines.join('\n')).not.toContain('?')
    }
    for (const play of ['site.yml', 'rollback.yml']) {
      const text = readFileSync(join(pack, 'ansible', play), 'utf8')
      expect(text).not.toMatch(/^(?!#).*\{\{/m)
      expect(parse(text)).toEqual([])
    }
    const plan = readFileSync(join(pack, 'PLAN.md'), 'utf8')
    expect(plan).toContain('### Step 1: ')
    expect(plan).toContain('%2e%2e\\`\\|x\\`')
  })

  it('of devices that hold line ends or braces leave a template with nothing to say', async () => {
    const { result } = await audited({ 'r1\nreload.cfg': router(2, [10]), '{{ lookup("pipe", "id") }}.cfg': router(3, [10]) })
    const pack = fresh()
    const { code, sentences } = await cli('remediate', result, '-o', pack)
    expect(code).toBe(3)
    expect(sentences.join()).toContain('holds a line end, a brace or a character that is no ASCII')
    expect(readdirSync(pack).sort()).toEqual(['PLAN.md', 'manifest.json', 'server'])
    expect(ascii('r1\nreload?\u202e')).toBe('r1_reload__')
  })

  it('of devices that are written with other letters withhold nothing: no command has them', async () => {
    const { result } = await audited({ 'zürich-1.cfg': router(2, [10]), 'köln-東京.cfg': router(3, [10]) })
    const pack = fresh()
    expect((await cli('remediate', result, '-o', pack)).code).toBe(0)
    for (const file of readdirSync(pack).filter(f => f.endsWith('.txt')))
      expect(readFileSync(join(pack, file), 'utf8')).toMatch(/^[\x20-\x7e\n]*$/)
  })
})

it('two servers on one interface: the group is named once, and the way back takes the name away last', async () => {
  const both = (host: number) =>
    router(host, [10]).replace(' ip helper-address 10.9.9.5\n', ' ip helper-address 10.9.9.5\n ip helper-address 10.9.8.5\n')
  const dir = fresh()
  mkdirSync(dir)
  for (const host of [2, 3]) writeFileSync(join(dir, `r${host}.cfg`), both(host))
  await cli('audit', '--configs', dir, '--pxe', 'a=10.9.9.5', '--pxe', 'b=10.9.8.5', '--format', `json=${dir}.json`)
  const pack = fresh()
  expect(await cli('remediate', `${dir}.json`, '-o', pack)).toMatchObject({ code: 0, err: '' })
  const lines = (path: string) =>
    readFileSync(join(pack, path), 'utf8')
      .split('\n')
      .filter(l => l.startsWith(' ') || l.startsWith('interface'))
  const gate = (target: string) => [
    ` ip helper-address ${target} redundancy PXE-V10`,
    ` no ip helper-address ${target}`,
    ` ip helper-address ${target} redundancy PXE-V10`,
  ]
  const plain = (target: string) => [
    ` ip helper-address ${target}`,
    ` no ip helper-address ${target} redundancy PXE-V10`,
    ` ip helper-address ${target}`,
  ]
  const [first = '', second = ''] = lines('r2.txt')
    .filter(l => l.includes(' no '))
    .map(l => l.split(' ').at(-1) ?? '')
  expect([first, second].sort()).toEqual(['10.9.8.5', '10.9.9.5'])
  expect(lines('r2.txt')).toEqual([
    'interface Vlan10',
    ' standby 10 name PXE-V10',
    ...gate(first),
    'interface Vlan10',
    ...gate(second),
  ])
  expect(lines('rollback/r2.txt')).toEqual([
    'interface Vlan10',
    ...plain(second),
    'interface Vlan10',
    ...plain(first),
    ' no standby 10 name PXE-V10',
  ])
})

it('one setting for a pair stands once, for every duplicate that it fixes', async () => {
  const half = (host: number) =>
    [
      `! device: leaf-${host} (DCS-7050TX-64, EOS-4.30.1F)`,
      `hostname leaf-${host}`,
      'mlag configuration',
      '   domain-id pod',
      '   local-interface Vlan4094',
      `   peer-address 10.255.0.${3 - host}`,
      '   peer-link Port-Channel1',
      'interface Vlan4094',
      `   ip address 10.255.0.${host}/30`,
      ...[10, 20].flatMap(v => [
        `interface Vlan${v}`,
        `   ip address 10.0.${v}.${host + 1}/24`,
        '   ip helper-address 10.9.9.5',
        `   ip virtual-router address 10.0.${v}.1`,
      ]),
      'end',
      '',
    ].join('\n')
  const { result } = await audited({ 'leaf-1.cfg': half(1), 'leaf-2.cfg': half(2) })
  const pack = fresh()
  const { code, out } = await cli('remediate', result, '-o', pack)
  expect({ code, out }).toEqual({
    code: 0,
    out: `Wrote ${pack}: changes to 2 devices for 2 of 2 duplicates. Read PLAN.md there first.\n`,
  })
  const file = readFileSync(join(pack, 'leaf-1.txt'), 'utf8')
  expect(file.match(/mlag peer-link requests disabled/g)).toHaveLength(1)
  expect(file).toMatch(/^! fixes [0-9a-f]{16} [0-9a-f]{16}$/m)
  const plan = readFileSync(join(pack, 'PLAN.md'), 'utf8')
  expect(plan).toContain('Risk: 2 interfaces (`Vlan10`, `Vlan20`)')
  const manifest = JSON.parse(readFileSync(join(pack, 'manifest.json'), 'utf8'))
  expect(manifest.findings.map((f: { state: string; strategy: string }) => [f.state, f.strategy])).toEqual([
    ['change', 'pair-dedup'],
    ['change', 'pair-dedup'],
  ])
})
