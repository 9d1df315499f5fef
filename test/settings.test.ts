// Settings: what is said where, what wins, and what a file may not say that was merely found.
import { chownSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'
import type { Result } from '../src/model/result.ts'

let home = ''
let count = 0
beforeAll(() => {
  home = realpathSync(mkdtempSync(join(tmpdir(), 'iphelper-settings-')))
})
afterAll(() => rmSync(home, { recursive: true, force: true }))

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
const RELAY = 'ip helper-address 10.9.9.5'

/** A folder below the home folder with these files; two routers that both relay are always there. */
function place(files: Readonly<Record<string, string>> = {}): string {
  const folder = join(home, `work-${++count}`)
  const all = { 'configs/r2.cfg': router(2, RELAY), 'configs/r3.cfg': router(3, RELAY), ...files }
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  return folder
}

async function cli(cwd: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const said = { out: '', err: '' }
  const code = await run(args, {
    out: text => (said.out += text),
    err: text => (said.err += text),
    env: { HOME: home, ...env },
    width: 100,
    colour: false,
    cwd,
  })
  return { code, ...said }
}

/** The option of a verb as `config show --resolved` has it. */
async function shown(
  cwd: string,
  option: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  flags: readonly string[] = [],
) {
  const { out, err } = await cli(cwd, ['config', 'show', '--resolved', '--format', 'json', ...flags, '--', ...words], env)
  expect(err).toBe('')
  const { verbs } = JSON.parse(out) as {
    verbs: { verb: string; options: { option: string; value: unknown; origin: string }[] }[]
  }
  const row = verbs.find(v => v.verb === words[0])?.options.find(o => o.option === option)
  return row && [row.value, row.origin]
}

describe('a settings file', () => {
  it('says what flags would say, with paths relative to itself', async () => {
    const folder = place({ '.iphelper-audit.yaml': 'configs: configs\npxe: 10.9.9.5\nformat: json\n' })
    const { code, out, err } = await cli(join(folder, 'configs'), ['audit'])
    expect({ code, err }).toEqual({ code: 1, err: '' })
    expect((JSON.parse(out) as Result).summary).toMatchObject({ devices: 2, duplicate: 1 })
  })

  it('writes reports into its own folder', async () => {
    const folder = place({
      '.iphelper-audit.yml': 'configs: configs\npxe: [10.9.9.5]\nformat: [json=out/result.json]\nexit_zero: true\n',
    })
    expect(await cli(join(folder, 'configs'), ['audit'])).toEqual({ code: 0, out: '', err: '' })
    const { out } = await cli(folder, ['report', join(folder, 'out', 'result.json'), '--format', 'text'])
    expect(out).toContain('DUPLICATE')
  })

  it('is looked for upwards, to the folder of the repository or the home folder', async () => {
    const folder = place({
      '.iphelper-audit.yaml': 'fail_on: info\n',
      'a/b/file': '',
      'a/repo/.git/HEAD': '',
      'a/repo/sub/file': '',
    })
    expect(await shown(join(folder, 'a', 'b'), '--fail-on', ['audit'])).toEqual([
      'info',
      `${join(folder, '.iphelper-audit.yaml')}:1`,
    ])
    // The repository has none, and above it nothing is looked for.
    expect(await shown(join(folder, 'a', 'repo', 'sub'), '--fail-on', ['audit'])).toEqual(['error', 'default'])
    writeFileSync(join(folder, 'a', 'repo', '.iphelper-audit.yaml'), '\nfail_on: none\n')
    expect(await shown(join(folder, 'a', 'repo', 'sub'), '--fail-on', ['audit'])).toEqual([
      'none',
      `${join(folder, 'a', 'repo', '.iphelper-audit.yaml')}:2`,
    ])
    // The home folder is the last one.
    const { out } = await cli(folder, ['config', 'show'], { HOME: join(folder, 'a') })
    expect(out).toMatch(/^Settings file: .*work-\d+\/\.iphelper-audit\.yaml \(found, not named\)$/m)
    expect((await cli(join(folder, 'a'), ['config', 'show'], { HOME: join(folder, 'a') })).out).toBe('Settings file: none\n')
  })

  it('holds for one verb under verbs:, and elsewhere for all that have the option and take the value', async () => {
    const folder = place({
      '.iphelper-audit.yaml': 'fail_on: warning\nformat: html=report.html\nverbs:\n  baseline:\n    fail_on: error\n',
    })
    const file = join(folder, '.iphelper-audit.yaml')
    expect(await shown(folder, '--fail-on', ['audit'])).toEqual(['warning', `${file}:1`])
    expect(await shown(folder, '--fail-on', ['baseline'])).toEqual(['error', `${file}:5`])
    expect(await shown(folder, '--format', ['report'])).toEqual([`html=${join(folder, 'report.html')}`, `${file}:2`])
    expect(await shown(folder, '--format', ['facts'])).toEqual(['text', 'default'])
  })

  it.each([
    ['fial_on: error', '1:1: unknown key "fial_on"; did you mean "fail_on"?'],
    ['fail_on: eror', '1:10: "fail_on" must be one of error, warning, info, none; did you mean "error"?'],
    ['\nmax_age: soon', '2:10: --max-age soon is no duration; write 30m, 36h, 7d or 2w'],
    ['exit_zero: sometimes', '1:12: "exit_zero" must be true or false, not text'],
    ['concurrency: 0', '1:14: --concurrency 0 is no number from 1 to 9999'],
    ['max_unknown: [1, 2]', '1:14: "max_unknown" takes one value, not 2'],
    ['pxe: [10.9.9.5, 10.9.9.5]', '1:6: --pxe: 10.9.9.5 repeats 10.9.9.5; name every PXE point once, with all its addresses'],
    ['verbs: { audti: {} }', '1:10: unknown key "audti"; did you mean "audit"?'],
    ['verbs: { audit: { colour: red } }', '1:19: unknown key "colour"; valid here: '],
    ['verbs: { facts: { fail_on: error } }', '1:19: unknown key "fail_on"; valid here: platform, format'],
    ['config: other.yaml', '1:1: unknown key "config"'],
    ['- inventory', '1:1: a settings file is a block of keys such as inventory: and fail_on:, named like the options'],
    ['fail_on: [error', '1:1: this is not valid YAML'],
  ])('that says %s is refused with the place', async (text, sentence) => {
    const folder = place({ '.iphelper-audit.yaml': `${text}\n` })
    const { code, err, out } = await cli(folder, ['audit', '--configs', join(folder, 'configs'), '--pxe', '10.9.9.5'])
    expect({ code, out }).toEqual({ code: 2, out: '' })
    const [, said = ''] = err.split(`iphelper-audit: ${join(folder, '.iphelper-audit.yaml')}:`)
    expect(said.replace(/^\d+:\d+: this/, '1:1: this')).toContain(sentence)
    expect(err.trim().split('\n')).toHaveLength(1)
  })

  it('of both endings in one folder is refused', async () => {
    const folder = place({ '.iphelper-audit.yaml': '', '.iphelper-audit.yml': '' })
    expect(await cli(folder, ['facts', 'x'])).toMatchObject({
      code: 2,
      err: `iphelper-audit: both ${folder}/.iphelper-audit.yaml and ${folder}/.iphelper-audit.yml are there, and only one can hold; remove one\n`,
    })
  })

  it('that is named wins over one that could be found; none is read with --no-config', async () => {
    const folder = place({ '.iphelper-audit.yaml': 'fail_on: wrong\n', 'other.yaml': 'fail_on: info\n' })
    const other = join(folder, 'other.yaml')
    expect(await shown(folder, '--fail-on', ['audit'], {}, ['--config', other])).toEqual(['info', `${other}:1`])
    expect(await shown(folder, '--fail-on', ['audit'], { IPHELPER_AUDIT_CONFIG: other })).toEqual(['info', `${other}:1`])
    expect(await shown(folder, '--fail-on', ['audit'], {}, ['--no-config'])).toEqual(['error', 'default'])
    expect(await shown(folder, '--fail-on', ['audit'], { IPHELPER_AUDIT_NO_CONFIG: '1' })).toEqual(['error', 'default'])
    expect(await cli(folder, ['config', 'show', '--config', join(folder, 'absent.yaml')])).toMatchObject({
      code: 2,
      err: `iphelper-audit: there is no settings file ${folder}/absent.yaml; name another one, or leave --config out\n`,
    })
  })

  it('that is broken does not stop verbs which take no settings', async () => {
    const folder = place({ '.iphelper-audit.yaml': ': : :\n' })
    for (const args of [['completion', 'bash'], ['man'], ['platforms'], ['schema', 'settings'], ['audit', '--help']])
      expect((await cli(folder, args)).code, args.join(' ')).toBe(0)
  })
})

describe('a settings file that was merely found', () => {
  const found = async (text: string, args: readonly string[], more: Readonly<Record<string, string>> = {}) => {
    const folder = place({ '.iphelper-audit.yaml': text, ...more })
    return { folder, ...(await cli(folder, args)) }
  }
  const AUDIT = ['audit', '--pxe', '10.9.9.5']

  it.each([
    ['record: sessions', 'record', 'is taken only from a file that was named, not from one that was found'],
    ['allow_smaller: true', 'allow_smaller', 'is taken only from a file that was named, not from one that was found'],
    ['host_keys: insecure', 'host_keys', 'may only be strict in a file that was found'],
    ['host_keys: tofu', 'host_keys', 'may only be strict in a file that was found'],
    [
      'format: html=/tmp/x.html',
      'format',
      'leads out of the folder of the file (/tmp/x.html), and this one was found, not named',
    ],
    ['format: [text, json=../r.json]', 'format', 'leads out of the folder of the file ('],
    ['format: json=.git/config', 'format', 'leads out of the folder of the file ('],
    ['output: ~/.ssh', 'output', 'leads out of the folder of the file ('],
    ['verbs: { baseline: { baseline: ../b.json } }', 'baseline', 'leads out of the folder of the file ('],
  ])('does not say %s', async (text, key, sentence) => {
    const { code, err, out } = await found(`${text}\n`, AUDIT)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(`"${key}" ${sentence}`)
    expect(err).toMatch(/; name the file \(--config \S+\/\.iphelper-audit\.yaml\) if you trust it\n$/)
  })

  it('does not lead out of its folder through a link either', async () => {
    const outside = place()
    const folder = place({ '.iphelper-audit.yaml': 'format: json=out/r.json\n' })
    symlinkSync(outside, join(folder, 'out'))
    expect(await cli(folder, AUDIT)).toMatchObject({ code: 2, err: expect.stringContaining('leads out of the folder') })
  })

  /** With a command for the password, which leaves a file behind when it is run. */
  const inventoryThatTouches = (file: string) => `pxe_points: [{ name: wds, addresses: [10.9.9.5] }]
defaults: { username: audit, password: "cmd:touch ${file}" }
devices: [{ name: r2, host: 127.0.0.1, ssh: { port: 1 } }]
`
  it('does not decide whom to connect to: the inventory of such a file is good for reading only', async () => {
    const touched = join(home, 'touched-by-login')
    const folder = place({
      '.iphelper-audit.yaml': 'fail_on: none\ninventory: inventory.yaml\n',
      'inventory.yaml': inventoryThatTouches(touched),
    })
    const file = join(folder, '.iphelper-audit.yaml')
    for (const args of [
      ['audit'],
      ['collect', '-o', join(folder, 'snapshot')],
      ['probe'],
      ['login'],
      ['baseline', 'write'],
      ['simulate', folder],
    ]) {
      expect(await cli(folder, args)).toEqual({
        code: 2,
        out: '',
        err: `iphelper-audit: nobody but ${file}:2 names the inventory ${folder}/inventory.yaml, and a settings file that was found does not decide whom to connect to; name the inventory (-i ${folder}/inventory.yaml), or the settings (--config ${file})\n`,
      })
    }
    // r3 relays too, and is not in the inventory.
    expect((await cli(folder, ['audit', '--configs', join(folder, 'configs')])).out).toContain('1 unknown')
    expect((await cli(folder, ['inventory', 'list'])).code).toBe(0)
    expect(existsSync(touched)).toBe(false)
    // Whoever names it trusts it.
    expect((await cli(folder, ['login', '--config', file], { IPHELPER_AUDIT_CONCURRENCY: '1' })).code).toBe(3)
    expect(existsSync(touched)).toBe(true)
  })

  it('does not have a NetBox asked for devices', async () => {
    const touched = join(home, 'touched-by-source')
    const inventory = `${inventoryThatTouches(touched).replace(/devices.*\n/, '')}"sources": [{ "net\\x62ox": { url: "http://127.0.0.1:1", token: "cmd:touch ${touched}" } }]\n`
    const { code, err } = await found('inventory: inventory.yaml\n', ['inventory', 'list'], { 'inventory.yaml': inventory })
    expect(code).toBe(2)
    expect(err).toContain('does not decide whom to connect to')
    expect(existsSync(touched)).toBe(false)
  })

  it('may say everything where it stands in the home folder, which is nobody else’s', async () => {
    const own = place({ '.iphelper-audit.yaml': 'host_keys: tofu\nrecord: /tmp/sessions\n' })
    expect(await shown(join(own, 'configs'), '--host-keys', ['collect'], { HOME: own })).toEqual([
      'tofu',
      `${own}/.iphelper-audit.yaml:1`,
    ])
  })

  it.runIf(process.getuid?.() === 0)('is not used where somebody else put it into a shared folder', async () => {
    const folder = place({ '.iphelper-audit.yaml': 'exit_zero: true\n' })
    const file = join(folder, '.iphelper-audit.yaml')
    chownSync(file, 12345, 12345)
    const { code, err } = await cli(folder, [...AUDIT, '--configs', join(folder, 'configs')])
    expect(code).toBe(1)
    expect(err).toBe(
      `iphelper-audit: ${file} is not used, because it is neither yours nor of the owner of its folder; name it: --config ${file}\n`,
    )
    // A checkout in a container belongs to somebody else altogether.
    chownSync(folder, 12345, 12345)
    expect(await cli(folder, [...AUDIT, '--configs', join(folder, 'configs')])).toMatchObject({ code: 0, err: '' })
  })
})

describe('what wins', () => {
  it('is a flag, then the environment, then the file, then what is usual', async () => {
    const folder = place({ '.iphelper-audit.yaml': 'fail_on: info\n' })
    const env = { IPHELPER_AUDIT_FAIL_ON: 'none' }
    expect(await shown(folder, '--fail-on', ['audit', '--fail-on', 'warning'], env)).toEqual(['warning', 'flag'])
    expect(await shown(folder, '--fail-on', ['audit'], env)).toEqual(['none', 'env IPHELPER_AUDIT_FAIL_ON'])
    expect(await shown(folder, '--fail-on', ['audit'])).toEqual(['info', `${folder}/.iphelper-audit.yaml:1`])
    expect(await shown(folder, '--fail-on', ['audit'], {}, ['--no-config'])).toEqual(['error', 'default'])
  })

  it('a list that was typed replaces one from a file, and is not added to it', async () => {
    const folder = place({ '.iphelper-audit.yaml': 'pxe: [10.9.9.1, 10.9.9.2]\nconfigs: configs\nformat: [text, json=r.json]\n' })
    const { out } = await cli(folder, ['audit', '--pxe', '10.9.9.5', '--format', 'json'])
    expect((JSON.parse(out) as Result).points.map(p => p.name)).toEqual(['10.9.9.5'])
  })

  it('what is typed stands for the other way to say it, too', async () => {
    const folder = place({ '.iphelper-audit.yaml': 'inventory: absent.yaml\n' })
    const { code } = await cli(folder, ['audit', '--configs', join(folder, 'configs'), '--pxe', '10.9.9.5'])
    expect(code).toBe(1)
    const inventory = join(folder, 'inventory.yaml')
    writeFileSync(
      inventory,
      'pxe_points: [{ name: wds, addresses: [10.9.9.5] }]\ndevices: [{ name: r2, config: configs/r2.cfg }]\n',
    )
    writeFileSync(join(folder, '.iphelper-audit.yaml'), 'pxe: 10.9.9.1\nwaivers: absent.yaml\n')
    expect((await cli(folder, ['audit', '-i', inventory, '--no-waivers', '--format', 'json'])).code).toBe(0)
  })
})

describe('environment variables', () => {
  const audit = (env: Readonly<Record<string, string>>, ...args: readonly string[]) => cli(place(), ['audit', ...args], env)

  it('set any option, several values with blanks between', async () => {
    const folder = place()
    const { code, out } = await audit({
      IPHELPER_AUDIT_CONFIGS: join(folder, 'configs'),
      IPHELPER_AUDIT_PXE: 'a=10.9.9.5,10.9.9.6  b=10.9.8.5',
      IPHELPER_AUDIT_FORMAT: 'json',
      IPHELPER_AUDIT_EXIT_ZERO: 'true',
      IPHELPER_AUDIT_ASSUME_PAIRS: '0',
      IPHELPER_AUDIT_FAIL_ON: '',
    })
    expect(code).toBe(0)
    expect((JSON.parse(out) as Result).points.map(p => p.addresses)).toEqual([['10.9.9.5', '10.9.9.6'], ['10.9.8.5']])
  })

  it.each([
    [{ IPHELPER_AUDIT_MAX_AGE: 'soon' }, 'IPHELPER_AUDIT_MAX_AGE: --max-age soon is no duration; write 30m, 36h, 7d or 2w'],
    [{ IPHELPER_AUDIT_EXIT_ZERO: 'maybe' }, 'IPHELPER_AUDIT_EXIT_ZERO: "maybe" is neither yes nor no; write 1 or 0'],
    [
      { IPHELPER_AUDIT_FAIL_ON: 'eror' },
      'IPHELPER_AUDIT_FAIL_ON: --fail-on does not take that value: Allowed choices are error, warning, info, none',
    ],
  ])('that say nonsense are refused: %s', async (env, sentence) =>
    expect(await audit(env)).toEqual({ code: 2, out: '', err: `iphelper-audit: ${sentence}\n` }),
  )

  it('that only other verbs take are meant for those', async () => {
    const { code, err } = await cli(place(), ['facts', 'absent.cfg'], { IPHELPER_AUDIT_FORMAT: 'html=report.html' })
    expect(code).toBe(2)
    expect(err).toContain('absent.cfg')
    expect(err).not.toContain('IPHELPER')
  })

  it('that are nearly an option are named; others are somebody else’s', async () => {
    const { err } = await audit(
      { IPHELPER_AUDIT_FAILON: 'info', IPHELPER_AUDIT_PASSWORD: 'x', IPHELPER_AUDITOR: 'y' },
      '--configs',
      'test/networks/campus/configs',
      '--pxe',
      '10.9.9.5',
    )
    expect(err).toBe(
      'iphelper-audit: the environment variable IPHELPER_AUDIT_FAILON is no option; did you mean IPHELPER_AUDIT_FAIL_ON?\n',
    )
  })

  it('satisfy an option that must be given', async () => {
    const missing = await cli(place(), ['simulate', 'configs'])
    expect(missing).toEqual({ code: 2, out: '', err: "iphelper-audit: required option '-i, --inventory <file>' not specified\n" })
    const { err } = await cli(place(), ['simulate', 'configs', '--', 'platforms'], { IPHELPER_AUDIT_INVENTORY: 'absent.yaml' })
    expect(err).toContain('there is no inventory absent.yaml')
  })
})

describe('config show', () => {
  it('lists what holds and is not usual, as a table that fits', async () => {
    const folder = place({ '.iphelper-audit.yaml': 'assume_pairs: true\nverbs: { baseline: { max_unknown: 5% } }\n' })
    const { out } = await cli(folder, ['config', 'show'], { IPHELPER_AUDIT_QUIET: '1' })
    const file = join(folder, '.iphelper-audit.yaml')
    expect(out).toBe(`Settings file: ${file} (found, not named)

every verb
  --quiet  env IPHELPER_AUDIT_QUIET  yes

audit
  --assume-pairs  ${file}:1  yes

baseline
  --assume-pairs  ${file}:1  yes
  --max-unknown   ${file}:2  5%
`)
  })

  it('with --resolved has every option of every verb', async () => {
    const { out } = await cli(place(), ['config', 'show', '--resolved', '--format', 'json'])
    const { file, verbs } = JSON.parse(out) as { file: string | null; verbs: { verb: string; options: { origin: string }[] }[] }
    expect(file).toBeNull()
    expect(verbs.map(v => v.verb)).toEqual(expect.arrayContaining(['every verb', 'audit', 'collect', 'config', 'simulate']))
    expect(new Set(verbs.flatMap(v => v.options.map(o => o.origin)))).toEqual(new Set(['default', 'flag']))
  })

  it('refuses what is no command line', async () => {
    expect((await cli(place(), ['config', 'show', 'audti'])).err).toMatch(
      /^iphelper-audit: there is no verb "audti"; valid are audit, /,
    )
    expect((await cli(place(), ['config', 'show', '--', 'audit', '--colour'])).err).toBe(
      "iphelper-audit: unknown option '--colour'\n",
    )
  })
})
