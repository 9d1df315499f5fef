// Made-up Ansible inventories, read here and by ansible-inventory itself: every host must come out with the same variables and groups.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readAnsible } from '../../src/inventory/sources/ansible.ts'
import { needing } from '../support/installed.ts'
import { workspace } from '../support/inventory.ts'
import { type Random, random } from '../support/network/random.ts'

const GROUP_VARS = ['ansible_port', 'ansible_user', 'ansible_network_os', 'site', 'role', 'tags']
const HOST_VARS = ['ansible_host', ...GROUP_VARS]

/** What an inventory says, before it is written in one form or the other. */
interface Invented {
  readonly hosts: readonly string[]
  readonly groups: readonly string[]
  readonly parents: ReadonlyMap<string, readonly string[]>
  readonly members: ReadonlyMap<string, readonly string[]>
}

function invent(r: Random): Invented {
  const groups = Array.from({ length: 2 + r.below(7) }, (_, n) => `${r.pick(['a', 'm', 'z', 'B'])}${n}`)
  const hosts = Array.from({ length: 3 + r.below(6) }, (_, n) => `h${n}`)
  const some = (all: readonly string[], chance: number) => all.filter(() => r.chance(chance))
  return {
    hosts,
    groups,
    parents: new Map(groups.map((group, n) => [group, some(groups.slice(0, n), 0.3)])),
    members: new Map(groups.map(group => [group, some(hosts, 0.25)])),
  }
}

function inventedValue(name: string, r: Random, quoted = false): string {
  const n = r.below(90)
  if (name === 'ansible_port') return String(1000 + n)
  if (name === 'ansible_host') return `192.0.2.${n}`
  if (name === 'ansible_network_os') return r.pick(['ios', 'eos', 'junos', 'nxos'])
  return quoted && r.chance(0.2) ? r.pick([`'${name}${n}'`, `"${name} ${n}"`, `"${name} #${n}"`]) : `${name}${n}`
}

const few = (names: readonly string[], r: Random, chance = 0.3) => names.filter(() => r.chance(chance))
const priority = (r: Random) => (r.chance(0.3) ? ['ansible_group_priority'] : [])
const childrenOf = ({ groups, parents }: Invented, group: string) => groups.filter(g => parents.get(g)?.includes(group))

function ini(invented: Invented, r: Random): string {
  const { hosts, groups, members } = invented
  const assigned = () =>
    few(HOST_VARS, r, 0.2)
      .map(v => ` ${v}=${inventedValue(v, r, true)}`)
      .join('')
  const line = (host: string) =>
    `${host}${r.chance(0.1) ? `:${2000 + r.below(9)}` : ''}${assigned()}${r.chance(0.2) ? ' # c' : ''}\n`
  const sections = groups.flatMap(group => {
    const ranges = r.chance(0.2) ? `x${group}[08:1${r.below(9)}]-[a:c]\ny${group}[1:9:3] site=y\n` : ''
    const kids = childrenOf(invented, group)
    return [
      `[${group}]${r.chance(0.2) ? '  # x' : ''}\n${(members.get(group) ?? []).map(line).join('')}${ranges}`,
      ...(kids.length > 0 ? [`[${group}:children]\n${kids.join('\n')}\n`] : []),
    ]
  })
  const vars = [...groups, 'all', 'ungrouped'].map(group => {
    const said = few(GROUP_VARS, r).map(
      v => `${v}${r.pick(['=', ' = '])}${inventedValue(v, r, true)}${r.chance(0.2) ? '  # c' : ''}\n`,
    )
    return `[${group}:vars]\n${said.join('')}${groups.includes(group) ? priority(r).map(v => `${v}=${r.below(12)}\n`) : ''}`
  })
  return few(hosts, r, 0.5).map(line).join('') + r.shuffle([...sections, ...vars]).join('\n')
}

function yaml(invented: Invented, r: Random): string {
  const { hosts, groups, members, parents } = invented
  const seen = new Set<string>()
  const vars = (names: readonly string[]) =>
    `{ ${names.map(v => `${v}: ${/priority/.test(v) ? r.below(12) : inventedValue(v, r)}`).join(', ')} }`
  const block = (group: string, indent: string): string => {
    if (seen.has(group) && r.chance(0.6)) return `${indent}${group}:\n`
    seen.add(group)
    const own = (members.get(group) ?? []).map(host => `${indent}    ${host}: ${vars(few(HOST_VARS, r, 0.2))}\n`)
    const kids = childrenOf(invented, group).map(kid => block(kid, `${indent}    `))
    const parts = r.shuffle([
      `${indent}  hosts:\n${own.join('')}${r.chance(0.2) ? `${indent}    x${group}[08:12]-[a:c]:\n` : ''}`,
      `${indent}  vars: ${vars([...few(GROUP_VARS, r), ...priority(r)])}\n`,
      `${indent}  children:\n${kids.join('')}`,
    ])
    return `${indent}${group}:\n${parts.join('')}`
  }
  const top = groups.filter(group => parents.get(group)?.length === 0).map(group => block(group, '    '))
  const bare = few(hosts, r, 0.5).map(host => `    ${host}:\n`)
  return `all:\n  hosts:\n    solo:\n${bare.join('')}  vars: ${vars(few(GROUP_VARS, r))}\n  children:\n${top.join('')}`
}

/** Files of variables, more of them than count. */
function varsFiles({ hosts, groups }: Invented, r: Random): Record<string, string> {
  const files: Record<string, string> = {}
  const said = (names: readonly string[]) =>
    few(names, r)
      .map(v => `${v}: ${inventedValue(v, r)}\n`)
      .join('') || '# nothing\n'
  for (const group of [...groups, 'all', 'ungrouped']) {
    if (r.chance(0.1))
      for (const file of few(['a.yml', 'b', 'c.yaml', 'Z.yml', '.x.yml', 'x.yml~', 'q.txt', 'sub/k.yml', 'sub.d/l.yml'], r, 0.4))
        files[`group_vars/${group}/${file}`] = said(GROUP_VARS)
    for (const ending of few(['.yml', '.yaml', '.json'], r, 0.12))
      files[`group_vars/${group}${ending}`] = ending === '.json' ? '{"role": "json"}' : said(GROUP_VARS)
  }
  for (const host of hosts)
    for (const ending of few(['', '.yml', '.yaml'], r, 0.12)) files[`host_vars/${host}${ending}`] = said(HOST_VARS)
  return files
}

const hostsOf = (path: string) =>
  Object.fromEntries(
    readAnsible(path).devices.map(({ name, given, groups, trouble }) => [
      name,
      { ...Object.fromEntries([...given].map(([setting, { value }]) => [setting, String(value)])), groups, trouble },
    ]),
  )

/** Words, quotes and comments of INI, names with brackets and colons. */
const FIXED = String.raw`r[01:12] site=x
sw[a:f]:830
x[A:C]y[1:2]
[2001:db8::1]:2222
2001:db8::2
b[z:B]
a1 ansible_user=a\ b
a2 ansible_user="x'y" site=a#b
a3 ansible_user='x"y'
a4 ansible_user="a\\b" role="\""
a5 ansible_user=foo"bar baz"
a6 "ansible_user=q r" site=''
a7 ansible_user='"quoted"'
a8 ansible_user="'quoted'" role=None
[g]
g1
[g:vars]
site=a # b
role='x' # y
ansible_port=22 # z
tags=["a", 'b', 3,]
ansible_user= spaced out
[ungrouped]
g1
`

needing(['ansible-inventory'], 'inventories read by ansible-inventory', () => {
  const { files } = workspace('ansible-inventory')
  const listed = (folder: string, name: string) => {
    const home = mkdtempSync(join(tmpdir(), 'iphelper-ansible-'))
    const env = { PATH: '/usr/bin:/bin', HOME: home, ANSIBLE_LOCAL_TEMP: join(home, 'tmp'), LC_ALL: 'C.UTF-8' }
    try {
      const args = ['-i', join(folder, name), '--list']
      const list = execFileSync('/usr/bin/ansible-inventory', args, { cwd: folder, env, stdio: 'pipe' }).toString()
      return hostsOf(join(files({ list }), 'list'))
    } finally {
      rmSync(home, { recursive: true, force: true })
    }
  }

  it('splits words and values of INI as we do', () => {
    const folder = files({ inv: FIXED })
    expect(hostsOf(join(folder, 'inv'))).toEqual(listed(folder, 'inv'))
  })

  it.each(Array.from({ length: 12 }, (_, n) => n + 1))('finds the same in inventory %i', seed => {
    const r = random(seed)
    const invented = invent(r)
    const name = seed % 2 === 0 ? 'inv' : 'inv.yml'
    const folder = files({ [name]: (seed % 2 === 0 ? ini : yaml)(invented, r), ...varsFiles(invented, r) })
    expect(hostsOf(join(folder, name))).toEqual(listed(folder, name))
  })
})
