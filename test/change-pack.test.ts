// The change pack of the demonstration network: every file held against what was worked out by hand from its configurations, and
// applied to them.
import { appendFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { run } from '../src/cli/run.ts'
import type { PackManifest } from '../src/model/pack.ts'
import type { Result } from '../src/model/result.ts'
import { platformOf } from '../src/platforms.ts'
import { digest } from '../src/remediate/pack/manifest.ts'
import { packSchema } from '../src/report/pack-schema.ts'

const root = join(import.meta.dirname, '..')
const campus = join(root, 'test', 'networks', 'campus', 'configs')
const inventory = join(root, 'inventory.example.yaml')

let folder = ''
let configs = ''
let pack = ''
let made: Awaited<ReturnType<typeof cli>>
let manifest: PackManifest
let before: Result

async function cli(...args: string[]) {
  let out = ''
  let err = ''
  const io = { out: (t: string) => (out += t), err: (t: string) => (err += t), env: {}, width: 80, colour: false }
  const code = await run(args, io)
  return { code, out, err }
}
async function audit(dir: string, name: string): Promise<Result> {
  await cli('audit', '-i', inventory, '--configs', dir, '--format', `json=${join(folder, name)}`)
  return JSON.parse(readFileSync(join(folder, name), 'utf8'))
}
const read = (path: string) => readFileSync(join(pack, path), 'utf8')
const duplicates = (result: Result) => result.findings.filter(f => f.rule === 'duplicate-pxe-relay')
const verdicts = (result: Result) =>
  new Map(result.segments.flatMap(s => s.pxe.map(p => [`${s.id} ${p.point}`, `${p.verdict} ${p.copies}`] as const)))

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'iphelper-audit-pack-'))
  configs = join(folder, 'configs')
  pack = join(folder, 'pack')
  cpSync(campus, configs, { recursive: true })
  before = await audit(configs, 'before.json')
  made = await cli('remediate', join(folder, 'before.json'), '-o', pack)
  manifest = JSON.parse(read('manifest.json'))
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** The commands of a file, without comments and the way into configuration mode and out of it. */
function commandsIn(path: string, platform: string): string[] {
  const { comment, forth, back } = platformOf(platform)?.change ?? { comment: '', forth: undefined, back: undefined }
  const { enter = [], leave = [] } = (path.includes('rollback/') ? back : forth) ?? {}
  const lines = read(path).split('\n')
  expect(lines.at(-1), path).toBe('')
  const rest = lines.slice(0, -1).filter(line => !line.startsWith(`${comment} `))
  expect(rest.slice(0, enter.length), path).toEqual(enter)
  expect(rest.slice(rest.length - leave.length), path).toEqual(leave)
  return rest.slice(enter.length, rest.length - leave.length)
}

const gated = (vlan: number, was = 'ip helper-address 10.9.9.5', named = true) => [
  `interface Vlan${vlan}`,
  ...(named ? [] : [` standby ${vlan} name PXE-V${vlan}`]),
  ` ip helper-address 10.9.9.5 redundancy PXE-V${vlan}`,
  ` no ${was}`,
  ` ip helper-address 10.9.9.5 redundancy PXE-V${vlan}`,
]
const ungated = (vlan: number, was = 'ip helper-address 10.9.9.5', named = true) => [
  `interface Vlan${vlan}`,
  ` ${was}`,
  ` no ip helper-address 10.9.9.5 redundancy PXE-V${vlan}`,
  ` ${was}`,
  ...(named ? [] : [` no standby ${vlan} name PXE-V${vlan}`]),
]
const clientsWithout = (unit: number, others: readonly string[]) => [
  'edit forwarding-options dhcp-relay',
  `copy group CLIENTS to group CLIENTS-irb-${unit}`,
  ...others.map(o => `delete group CLIENTS-irb-${unit} interface ${o}`),
  `set server-group CLIENTS-irb-${unit} 10.9.8.20`,
  `set server-group CLIENTS-irb-${unit} 10.9.8.21`,
  `set group CLIENTS-irb-${unit} active-server-group CLIENTS-irb-${unit}`,
]
const clientsAgain = (unit: number, ...lines: string[]) => [
  'edit forwarding-options dhcp-relay',
  `delete group CLIENTS-irb-${unit}`,
  `delete server-group CLIENTS-irb-${unit}`,
  ...lines,
  'top',
]

/**
 * By hand: README.md of the network says what is wrong with which VLAN, the configurations how the lines are spelled, and the
 * first router of each pair has the higher priority. VLAN 16, 30 and 33 have no group that would tell which router is active.
 */
const BY_HAND: Readonly<Record<string, { platform: string; forth: readonly string[]; back: readonly string[] }>> = {
  'ams-dist-2': {
    platform: 'cisco-ios',
    forth: [
      ...gated(10, undefined, false),
      ...gated(12, 'ip helper-address 10.9.9.5 redundancy PXE-V21'),
      ...gated(17),
      ...gated(18, undefined, false),
    ],
    back: [
      ...ungated(18, undefined, false),
      ...ungated(17),
      ...ungated(12, 'ip helper-address 10.9.9.5 redundancy PXE-V21'),
      ...ungated(10, undefined, false),
    ],
  },
  'ams-dist-1': {
    platform: 'cisco-ios',
    forth: [...gated(10, undefined, false), ...gated(18, undefined, false)],
    back: [...ungated(18, undefined, false), ...ungated(10, undefined, false)],
  },
  'ams-core-2': {
    platform: 'cisco-nxos',
    forth: [
      'interface Vlan20',
      '  no ip dhcp relay address 10.9.9.5',
      'interface Vlan23',
      '  no ip dhcp relay address 10.9.9.5',
      'interface Vlan24',
      '  no ip dhcp relay address 10.9.9.5 use-vrf default',
    ],
    back: [
      'interface Vlan24',
      '  ip dhcp relay address 10.9.9.5 use-vrf default',
      'interface Vlan23',
      '  ip dhcp relay address 10.9.9.5',
      'interface Vlan20',
      '  ip dhcp relay address 10.9.9.5',
    ],
  },
  'ams-leaf-2': {
    platform: 'arista-eos',
    forth: ['interface Vlan32', '   no ip helper-address 10.9.9.5'],
    back: ['interface Vlan32', '   ip helper-address 10.9.9.5'],
  },
  // The capture of ams-bld-2 is cut: nothing is proven on it, so the other router gives way.
  'ams-bld-1': {
    platform: 'cisco-ios',
    forth: ['interface Vlan80', ' no ip helper-address 10.9.9.5'],
    back: ['interface Vlan80', ' ip helper-address 10.9.9.5'],
  },
  'lon-dist-2': {
    platform: 'juniper-junos',
    forth: [
      'set forwarding-options helpers bootp interface irb.50 server 10.9.8.20',
      'set forwarding-options helpers bootp interface irb.50 server 10.9.8.21',
    ],
    back: [
      'delete forwarding-options helpers bootp interface irb.50 server 10.9.8.20',
      'delete forwarding-options helpers bootp interface irb.50 server 10.9.8.21',
    ],
  },
  // Each copy is made of the group as the one before left it: irb.40 inactive, the range split, irb.45 on its own.
  'lon-edge-1': {
    platform: 'juniper-junos',
    forth: [
      ...clientsWithout(40, ['irb.41', 'irb.42', 'irb.43', 'irb.44']),
      'deactivate group CLIENTS interface irb.40',
      'top',
      ...clientsWithout(44, ['irb.41', 'irb.42', 'irb.43', 'irb.44 upto']),
      'rename group CLIENTS interface irb.44 to interface irb.45',
      'delete group CLIENTS interface irb.45 upto',
      'top',
      ...clientsWithout(45, ['irb.41', 'irb.42', 'irb.43']),
      'deactivate group CLIENTS interface irb.45',
      'top',
    ],
    back: [
      ...clientsAgain(45, 'activate group CLIENTS interface irb.45'),
      ...clientsAgain(
        44,
        'rename group CLIENTS interface irb.45 to interface irb.44',
        'set group CLIENTS interface irb.44 upto irb.45',
      ),
      ...clientsAgain(40, 'activate group CLIENTS interface irb.40'),
    ],
  },
  'lon-gw-2': {
    platform: 'arista-eos',
    forth: ['interface Vlan60', '   no ip helper-address 10.9.8.5'],
    back: ['interface Vlan60', '   ip helper-address 10.9.8.5'],
  },
}

/** What nothing in the configurations decides. */
const FOR_A_PERSON = ['10.20.16.0/24', '10.20.30.0/24', '10.20.33.0/24']

describe('the files', () => {
  it('are said to be there, and what is not in them is said on standard error', () => {
    expect(made.code).toBe(3)
    expect(made.out).toBe(`Wrote ${pack}: changes to 8 devices for 14 of 17 duplicates. Read PLAN.md there first.\n`)
    expect(made.err.split('\n').filter(Boolean)).toEqual(
      FOR_A_PERSON.map(subnet =>
        expect.stringMatching(
          new RegExp(
            `^iphelper-audit: ${subnet} \\(wds-ams, [0-9a-f]{16}\\): a person must choose which router goes on relaying: `,
          ),
        ),
      ),
    )
  })

  it.each(Object.entries(BY_HAND))('hold the commands for %s and their way back', (device, { platform, forth, back }) => {
    expect(commandsIn(`${device}.txt`, platform)).toEqual(forth)
    expect(commandsIn(`rollback/${device}.txt`, platform)).toEqual(back)
  })

  it('begin with what they were computed from, in comments of the platform', () => {
    const sha = digest(readFileSync(join(configs, 'lon-gw-2.cfg'), 'utf8'))
    expect(read('lon-gw-2.txt').split('\n')).toEqual([
      expect.stringMatching(/^! iphelper-audit \d+\.\d+\.\d+, \d{4}-\d\d-\d\dT\S+Z$/),
      '! change on lon-gw-2 (Arista EOS), site lon',
      `! computed from ${join(configs, 'lon-gw-2.cfg')}`,
      `! sha256 ${sha}`,
      expect.stringMatching(/^! fixes [0-9a-f]{16}$/),
      '! Read PLAN.md first: nothing here keeps the change over a restart.',
      'configure session pxe-relay',
      expect.stringMatching(/^! [0-9a-f]{16} remove$/),
      'interface Vlan60',
      '   no ip helper-address 10.9.8.5',
      'show session-config diffs',
      '',
    ])
  })

  it('are for these devices and no others, the standby router of a pair first', () => {
    expect(manifest.devices.map(d => d.name)).toEqual([
      ...['ams-core-2', 'ams-dist-2', 'ams-leaf-2', 'ams-dist-1'],
      'ams-bld-1',
      ...['lon-dist-2', 'lon-edge-1', 'lon-gw-2'],
    ])
    const texts = readdirSync(pack).filter(f => f.endsWith('.txt'))
    expect(texts.sort()).toEqual(
      Object.keys(BY_HAND)
        .map(d => `${d}.txt`)
        .sort(),
    )
  })

  it('keep no change over a restart, and touch no priority, no option 82 and no DHCP server', () => {
    for (const { path } of manifest.files.filter(f => f.path.endsWith('.txt'))) {
      expect(read(path), path).not.toMatch(/^\s*(write|copy running|commit( confirmed.*)?$)/m)
      expect(read(path), path).not.toMatch(/priority|information option|relay-agent-information/)
      if (!path.includes('rollback/')) expect(read(path), path).not.toMatch(/(no|delete) .*10\.9\.[89]\.2[01]/)
    }
  })

  it('are listed with their hashes in a manifest that follows its schema', () => {
    expect(packSchema.strict().parse(manifest)).toEqual(manifest)
    const there = readdirSync(pack, { recursive: true, withFileTypes: true }).filter(f => f.isFile())
    expect(there.length).toBe(manifest.files.length + 1)
    for (const { path, sha256 } of manifest.files) expect(digest(read(path)), path).toBe(sha256)
    for (const { name, sha256 } of manifest.devices)
      expect(sha256, name).toBe(digest(readFileSync(join(configs, `${name}.cfg`), 'utf8')))
  })
})

describe('applied to the configurations', () => {
  it('they leave the duplicates for a person alone, and taken back they leave what was there', async () => {
    const tried = join(folder, 'tried')
    cpSync(configs, tried, { recursive: true })
    // The commands alone: an `end` behind a configuration that was cut would make it look whole.
    for (const { name, file, platform } of manifest.devices)
      appendFileSync(join(tried, `${name}.cfg`), `\n${commandsIn(file, platform).join('\n')}\n`)
    const after = await audit(tried, 'after.json')
    expect(duplicates(after).map(f => f.subject.split(' ')[2])).toEqual(FOR_A_PERSON)
    const was = verdicts(before)
    for (const [place, verdict] of verdicts(after))
      if (verdict !== was.get(place)) {
        expect(was.get(place), place).toBe('duplicate 2')
        // The cut in ams-bld-2 leaves open what else stands in its VLANs.
        expect(verdict, place).toBe(place.startsWith('ams-bld ') ? 'unknown null' : 'single 1')
      }
    const severe = (result: Result) => result.findings.filter(f => f.severity !== 'info').map(f => f.fingerprint)
    expect(severe(after).filter(f => !severe(before).includes(f))).toEqual([])

    for (const { name, rollback, platform } of manifest.devices)
      appendFileSync(join(tried, `${name}.cfg`), `\n${commandsIn(rollback, platform).join('\n')}\n`)
    const again = await audit(tried, 'again.json')
    expect(again.findings.map(f => f.fingerprint)).toEqual(before.findings.map(f => f.fingerprint))
    expect(verdicts(again)).toEqual(was)
  })

  it.each([0, 1])('with way %i of each choice on top no duplicate is left', async n => {
    const tried = join(folder, `chosen-${n}`)
    cpSync(configs, tried, { recursive: true })
    for (const { name, file } of manifest.devices) appendFileSync(join(tried, `${name}.cfg`), `\n${read(file)}`)
    const choose = manifest.findings.filter(f => f.state === 'choice')
    expect(choose.length).toBe(3)
    for (const { fingerprint } of choose) {
      const ways = readdirSync(join(pack, 'choose', fingerprint)).sort()
      expect(ways.length).toBe(2)
      const way = join('choose', fingerprint, ways[n] ?? '')
      const [file = '', ...more] = readdirSync(join(pack, way)).filter(f => f.endsWith('.txt'))
      expect(more).toEqual([])
      expect(ways[n]).not.toBe(`keep-${file.replace('.txt', '')}`)
      appendFileSync(join(tried, file.replace('.txt', '.cfg')), `\n${read(join(way, file))}`)
    }
    expect(duplicates(await audit(tried, 'chosen.json'))).toEqual([])
  })

  it('--prefer puts the choices into the change', async () => {
    const preferred = join(folder, 'preferred')
    const { code, out } = await cli(
      ...['remediate', join(folder, 'before.json'), '-o', preferred, '--prefer', 'ams-dist-1', 'ams-leaf-1'],
    )
    expect({ code, out }).toEqual({
      code: 0,
      out: `Wrote ${preferred}: changes to 8 devices for 17 of 17 duplicates. Read PLAN.md there first.\n`,
    })
    expect(readFileSync(join(preferred, 'ams-dist-2.txt'), 'utf8')).toContain(
      'interface Vlan16\n no ip helper-address 10.9.9.5\n',
    )
    expect(readdirSync(preferred)).not.toContain('choose')
    const tried = join(folder, 'decided')
    cpSync(configs, tried, { recursive: true })
    for (const f of readdirSync(preferred).filter(f => f.endsWith('.txt')))
      appendFileSync(join(tried, f.replace('.txt', '.cfg')), `\n${readFileSync(join(preferred, f), 'utf8')}`)
    expect(duplicates(await audit(tried, 'decided.json'))).toEqual([])
  })
})

interface Play {
  readonly hosts: string
  readonly vars: { readonly ansible_network_os: string }
  readonly tasks: readonly Record<string, unknown>[]
}

describe('the plays', () => {
  const MODULES: Readonly<Record<string, string>> = {
    'cisco-ios': 'cisco.ios.ios_config',
    'cisco-nxos': 'cisco.nxos.nxos_config',
    'arista-eos': 'arista.eos.eos_config',
    'juniper-junos': 'ansible.netcommon.cli_config',
  }

  it.each(['forth', 'back'] as const)('send what the files hold, line for line and in their order: %s', way => {
    const plays: Play[] = parse(read(way === 'forth' ? 'ansible/site.yml' : 'ansible/rollback.yml'))
    const order = manifest.devices.map(d => d.name)
    expect(plays.map(p => p.hosts)).toEqual(way === 'forth' ? order : order.toReversed())
    for (const { hosts, tasks, vars } of plays) {
      const { platform = '', [way]: wanted = [] } = BY_HAND[hosts] ?? {}
      expect(vars.ansible_network_os).toBe(
        platform === 'juniper-junos' ? 'junipernetworks.junos.junos' : (MODULES[platform] ?? '').replace('_config', ''),
      )
      const sent = tasks.flatMap(task => {
        expect(Object.keys(task), hosts).toEqual(['name', MODULES[platform]])
        const {
          parents = [],
          lines,
          match,
          config,
        } = task[MODULES[platform] ?? ''] as {
          readonly parents?: readonly string[]
          readonly lines?: readonly string[]
          readonly match?: string
          readonly config?: string
        }
        if (config !== undefined) return config.split('\n')
        expect(match, 'every line is sent, whatever is there').toBe('none')
        expect(new Set(lines).size, 'the modules drop a line that stands twice').toBe(lines?.length)
        return [...parents, ...(lines ?? [])]
      })
      // A fix that enters a line twice has a task for each time, and each enters its interface.
      const once = (lines: readonly string[]) =>
        lines.filter((l, n) => !(l.startsWith('interface ') && lines.slice(0, n).findLast(x => x.startsWith('interface ')) === l))
      expect(once(sent), hosts).toEqual(wanted.map(l => l.trim()))
    }
  })
})

describe('the plan', () => {
  const plan = () => read('PLAN.md')

  it('has every step in its order with device, risk, commands, verification and the way back', () => {
    const steps = [...plan().matchAll(/^### Step (\d+): (\S+) \(.*\)$/gm)].map(([, n, device]) => [Number(n), device])
    expect(steps).toEqual(manifest.devices.map(({ name }, n) => [n + 1, name]))
    for (const { name } of manifest.devices) {
      const step =
        plan()
          .split(/^##+ /m)
          .find(s => s.startsWith('Step') && s.includes(`: ${name} (`)) ?? ''
      expect(step, name).toContain('Risk: ')
      expect(step, name).toContain('| command | expected answer |')
      expect(step, name).toContain(`Enter \`${name}.txt\`:\n\n\`\`\`text\n${BY_HAND[name]?.forth.join('\n')}\n\`\`\``)
      expect(step, name).toContain(
        `Back out with \`rollback/${name}.txt\`:\n\n\`\`\`text\n${BY_HAND[name]?.back.join('\n')}\n\`\`\``,
      )
    }
    expect([...plan().matchAll(/^## Site (.*)$/gm)].map(m => m[1])).toEqual(['ams', 'ams-bld', 'lon'])
  })

  it('warns of the failover, says what a way costs, and lists the interfaces that share what is changed', () => {
    expect(plan()).toContain('If ams-core-1 fails, clients on Vlan20 cannot boot over the network until this relay is put back.')
    expect(plan()).toContain('when the router that goes on relaying fails, no client can boot over the network')
    expect(plan()).toContain('`irb.40`, `irb.41`, `irb.42`, `irb.43`')
  })

  it('shows both ways where a person must choose', () => {
    for (const [subnet, one, other] of [
      ['10.20.16.0/24', 'ams-dist-1', 'ams-dist-2'],
      ['10.20.30.0/24', 'ams-leaf-1', 'ams-leaf-2'],
    ]) {
      const choice =
        plan()
          .split(/^### /m)
          .find(s => s.startsWith(`${subnet}, wds-ams (site ams`)) ?? ''
      expect(choice).toContain(`**${one} goes on relaying.** On ${other}, enter`)
      expect(choice).toContain(`**${other} goes on relaying.** On ${one}, enter`)
    }
  })

  it('says how each platform takes a change back by itself', () => {
    for (const sign of [
      'configure terminal revert timer 10',
      'checkpoint before-pxe-change',
      'commit timer 00:10:00',
      'commit confirmed 10',
    ])
      expect(plan()).toContain(sign)
  })
})

describe('the boot server', () => {
  it('has its scripts beside the change, with the way back', () => {
    for (const point of ['wds-ams', 'wds-lon']) {
      expect(read(`server/${point}.ps1`)).toContain('-Name NumberOfThreads -PropertyType DWord -Value 1')
      expect(read(`server/${point}.reg`)).toBe(
        'Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\SMS\\DP]\r\n"NumberOfThreads"=dword:00000001\r\n',
      )
      expect(read(`server/rollback/${point}.ps1`)).toContain('Remove-ItemProperty')
      expect(read(`server/rollback/${point}.reg`)).toContain('"NumberOfThreads"=-\r\n')
    }
    expect(read('PLAN.md')).toContain('It is no part of the change on the network')
  })

  it('is all there is with --strategy server', async () => {
    const only = join(folder, 'server-only')
    const { code, out } = await cli('remediate', join(folder, 'before.json'), '-o', only, '--strategy', 'server')
    expect({ code, out }).toEqual({
      code: 0,
      out: `Wrote ${only}: changes to the boot server for 17 of 17 duplicates. Read PLAN.md there first.\n`,
    })
    expect(readdirSync(only).sort()).toEqual(['PLAN.md', 'manifest.json', 'server'])
    expect(readFileSync(join(only, 'PLAN.md'), 'utf8')).toContain('all that this pack holds')
  })
})
