// Configurations as RANCID and Oxidized keep them, in folders and in repositories of git.
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { readText } from '../src/audit/known.ts'
import { listFolder, readFolder } from '../src/inventory/folder.ts'
import { workspace } from './support/inventory.ts'

const { files } = workspace('stores')
const path = process.env.PATH
afterEach(() => {
  process.env.PATH = path
})

const ios = (name: string) =>
  `hostname ${name}\n!\ninterface Vlan10\n ip address 10.1.1.2 255.255.255.0\n ip helper-address 10.9.9.5\n!\nip access-list standard x\nline vty 0 4\n!\nend\n`
const junos = (name: string) =>
  `version 18.4R1;\nsystem {\n    host-name ${name};\n}\ninterfaces {\n    irb {\n        unit 10 {\n            family inet {\n                address 10.1.1.4/24;\n            }\n        }\n    }\n}\nrouting-options {\n    router-id 10.1.1.4;\n}\n`

/** Runs git with a commit date of ours, and nobody's configuration. */
const git = (folder: string, date: string, ...args: string[]) =>
  execFileSync('git', ['-C', folder, ...args], {
    stdio: 'pipe',
    env: {
      PATH: path,
      HOME: folder,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'o',
      GIT_AUTHOR_EMAIL: 'o@example.net',
      GIT_COMMITTER_NAME: 'o',
      GIT_COMMITTER_EMAIL: 'o@example.net',
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_DATE: date,
    },
  })

const commit = (folder: string, date: string, content: Readonly<Record<string, string>>) => {
  for (const [name, text] of Object.entries(content)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  git(folder, date, 'add', '-A')
  git(folder, date, 'commit', '-q', '-m', 'update')
}

/** A bare repository with two commits, as Oxidized makes them. */
function bare(
  folder: string,
  name: string,
  first: Readonly<Record<string, string>>,
  second: Readonly<Record<string, string>>,
): string {
  const work = files({})
  git(work, '2026-01-01T00:00:00Z', 'init', '-q')
  commit(work, '2026-01-01T10:00:00Z', first)
  commit(work, '2026-02-01T10:00:00Z', second)
  git(folder, '2026-02-01T10:00:00Z', 'clone', '-q', '--bare', work, name)
  return join(folder, name)
}

const seen = (dir: string, said: string[] = []) =>
  Object.fromEntries(
    readFolder(dir, s => said.push(s.replaceAll(`${dir}/`, '').replaceAll(dir, 'DIR'))).map(c => [
      c.device,
      c.state === 'collected'
        ? `${c.platform} ${c.collected_at}`
        : `failed: ${c.reason.replaceAll(`${dir}/`, '').replaceAll(dir, 'DIR')}`,
    ]),
  )

describe('a store of Oxidized', () => {
  it('in a bare repository: each file has the time of the last commit that changed it', () => {
    const dir = files({})
    const repo = bare(
      dir,
      'oxidized.git',
      { 'r1.example.net': ios('R1'), 'ams/r2': ios('old') },
      { 'ams/r2': ios('R2'), 'ams/r 3': junos('R3'), 'README.md': 'no', '.oxidized': 'no' },
    )
    const said: string[] = []
    expect(seen(repo, said)).toEqual({
      'r2': 'auto 2026-02-01T10:00:00.000Z',
      'r 3': 'auto 2026-02-01T10:00:00.000Z',
      'r1.example.net': 'auto 2026-01-01T10:00:00.000Z',
    })
    expect(said).toEqual([])
    const [r2] = readFolder(repo).filter(c => c.device === 'r2')
    expect(r2).toMatchObject({ state: 'collected', text: ios('R2'), file: `${repo}:ams/r2` })
    if (r2?.state !== 'collected') throw new Error('not read')
    expect(r2.reread?.()).toBe(ios('R2'))
    expect(readText(r2)).toMatchObject({ hostname: 'R2', complete: true })
  })

  it('in one bare repository for each group', () => {
    const dir = files({})
    bare(dir, 'ams.git', { r1: ios('R1') }, { r2: ios('R2') })
    bare(dir, 'lon.git', { r1: ios('R1') }, { r3: ios('R3') })
    expect(Object.keys(seen(dir)).sort()).toEqual(['ams/r1', 'lon/r1', 'r2', 'r3'])
  })

  it('in plain files of a work tree: committed ones have the time of their commit, others that of the file', () => {
    const dir = files({})
    git(dir, '2026-01-01T00:00:00Z', 'init', '-q')
    commit(dir, '2026-01-05T10:00:00Z', { 'ams/r1': ios('R1'), 'lon/r2': ios('R2') })
    writeFileSync(join(dir, 'ams/r3'), ios('R3'))
    utimesSync(join(dir, 'ams/r3'), 1, new Date('2025-06-01T00:00:00Z'))
    const said: string[] = []
    const expected = { r1: 'auto 2026-01-05T10:00:00.000Z', r3: 'auto 2025-06-01T00:00:00.000Z' }
    expect(seen(dir, said)).toEqual({ ...expected, r2: 'auto 2026-01-05T10:00:00.000Z' })
    expect(seen(join(dir, 'ams'), said)).toEqual(expected)
    expect(said).toEqual([])
  })

  it('without git: the times of files count, and that is said; a bare repository cannot be read', () => {
    const dir = files({ 'w/r1': ios('R1') })
    const repo = bare(dir, 'o.git', { r1: ios('R1') }, { r2: ios('R2') })
    git(join(dir, 'w'), '2026-01-01T00:00:00Z', 'init', '-q')
    commit(join(dir, 'w'), '2026-01-05T10:00:00Z', {})
    utimesSync(join(dir, 'w/r1'), 1, new Date('2025-06-01T00:00:00Z'))
    process.env.PATH = files({})
    const said: string[] = []
    expect(seen(join(dir, 'w'), said)).toEqual({ r1: 'auto 2025-06-01T00:00:00.000Z' })
    expect(said).toEqual([
      'DIR is under git, and git is not installed; the times of files are taken for the age of configurations',
    ])
    expect(() => listFolder(repo)).toThrow(`${repo} is a bare git repository, and git is not installed; or name a clone of it`)
  })

  it('does not run what a repository asks for, and does not look into another one', () => {
    const dir = files({ 'evil.sh': '#!/bin/sh\ntouch "$(dirname "$0")/ran"\n', 'w/x': '' })
    chmodSync(join(dir, 'evil.sh'), 0o755)
    const work = join(dir, 'w')
    git(work, '2026-01-01T00:00:00Z', 'init', '-q')
    commit(work, '2026-01-05T10:00:00Z', { r1: ios('R1'), x: '' })
    for (const key of ['core.fsmonitor', 'core.pager', 'gpg.program', 'diff.external', 'core.sshCommand'])
      git(work, '', 'config', key, join(dir, 'evil.sh'))
    git(work, '', 'config', 'log.showSignature', 'true')
    const other = bare(dir, 'other.git', { r1: ios('R1') }, { r9: ios('R9') })
    process.env.GIT_DIR = other
    try {
      expect(seen(work).r1).toBe('auto 2026-01-05T10:00:00.000Z')
    } finally {
      delete process.env.GIT_DIR
    }
    expect(() => execFileSync('ls', [join(dir, 'ran')], { stdio: 'pipe' })).toThrow()
  })

  it('that is an empty repository says so', () => {
    const dir = files({})
    git(dir, '', 'init', '-q', '--bare', 'o.git')
    expect(() => listFolder(join(dir, 'o.git'))).toThrow(
      'is a bare git repository, and it has no commit yet; or name a clone of it',
    )
    git(dir, '', 'init', '-q')
    expect(() => listFolder(dir)).toThrow('it has no commit yet')
  })
})

describe('a store of RANCID', () => {
  const old = new Date('2026-03-01T00:00:00Z')
  const store = (more: Readonly<Record<string, string>> = {}) => {
    const dir = files({
      'core/router.db':
        'R1.example.net;cisco;up\nn1.example.net;cisco-xr;up\ngone.example.net;juniper;up\nd1;cisco;down\nd2;cisco;down\n',
      'core/routers.up': 'r1.example.net;cisco;up\n',
      'core/routers.down': 'd1;cisco;down\n',
      'core/routers.all': 'r1.example.net;cisco\n',
      'core/configs/r1.example.net': `!RANCID-CONTENT-TYPE: cisco\n!\n${ios('R1')}`,
      'core/configs/r1.example.net.new': ios('half'),
      'core/configs/r1.example.net.raw': 'raw',
      'core/configs/n1.example.net': `!RANCID-CONTENT-TYPE: cisco-xr\n!\ninterface x\n`,
      'core/configs/d1': `!RANCID-CONTENT-TYPE: cisco\n!\n${ios('D1')}`,
      'core/configs/CVS/Entries': 'D\n',
      'core/configs/CVS/Root': '/x\n',
      'core/CVS/Entries': 'D\n',
      'edge/router.db': 'e1:juniper:up\n',
      'edge/configs/e1': `#RANCID-CONTENT-TYPE: juniper\n#\n# Chassis { MX480\n${junos('E1')}`,
      'edge/configs/.cvsignore': '*.new\n',
      'CVS/core/configs/r1.example.net,v': 'head 1.1;',
      'logs/core.20260301.120000': 'starting\n',
      ...more,
    })
    for (const file of ['core/configs/r1.example.net', 'core/configs/n1.example.net', 'core/configs/d1', 'edge/configs/e1'])
      utimesSync(join(dir, file), old, old)
    return dir
  }
  const time = '2026-03-01T00:00:00.000Z'

  it('is read by its groups; nothing but configurations counts, and routers without one are missing', () => {
    const said: string[] = []
    expect(seen(store(), said)).toEqual({
      'd1': `auto ${time}`,
      'n1.example.net': `cisco-iosxr ${time}`,
      'r1.example.net': `auto ${time}`,
      'e1': `juniper-junos ${time}`,
      'gone.example.net':
        'failed: core/router.db:3: RANCID collects gone.example.net, and core/configs holds no configuration of it; look why, or mark it down',
    })
    expect(said).toEqual([
      'd1 in core/configs is down in core/router.db; the configurations may be out of date',
      'd2 is down in core/router.db and has no configuration in core/configs: taken for out of service',
    ])
  })

  it('with a list that cannot be read says that routers may be missing', () => {
    const said: string[] = []
    const dir = files({ 'router.db': Buffer.from([0, 1, 2]), 'configs/r1': ios('R1') })
    expect(Object.keys(seen(dir, said))).toEqual(['r1'])
    expect(said).toEqual([
      'router.db:1: it holds binary data; name a router.db of RANCID, or the folder that holds it under sources:; nobody knows which of its routers are missing',
    ])
  })

  it('is read from the folder of one group, and from the folder with its configurations', () => {
    const names = ['d1', 'gone.example.net', 'n1.example.net', 'r1.example.net']
    const dir = store()
    for (const folder of ['core', 'core/configs', 'core/configs/', 'core/'])
      expect(Object.keys(seen(join(dir, folder))).sort()).toEqual(names)
    expect(Object.keys(seen(`${dir}/core/configs/`)).sort()).toEqual(names)
  })

  it('has no group overlooked: folders beside the groups are read too', () => {
    expect(Object.keys(seen(store({ 'more/r7': ios('R7') })))).toContain('r7')
  })

  it('may hold a router that is called like a leftover', () => {
    expect(Object.keys(seen(join(store({ 'core/configs/r9.new': ios('R9') }), 'core')))).toContain('r9.new')
    expect(seen(files({ 'r1': ios('R1'), 'r1.new': ios('R9') }))).toHaveProperty(['r1.new'])
  })

  it('comments in front and behind change no line and prove nothing less', () => {
    const header = '!RANCID-CONTENT-TYPE: cisco\n!\n!Chassis type: 4500\n!Flash: nvram: } { banner motd ^C\n!\n'
    const dir = files({
      r1: header + ios('R1'),
      j1: `#RANCID-CONTENT-TYPE: juniper\n# Chassis {\n${junos('J1')}# Hardware: {\n#  Item "Chassis\n`,
      p1: ios('P1'),
    })
    const facts = Object.fromEntries(readFolder(dir).map(c => [c.device, readText(c)]))
    expect(facts.r1).toMatchObject({ platform: 'cisco-ios', complete: true, hostname: 'R1', unrecognized: [] })
    expect(facts.r1?.interfaces[0]?.relays[0]?.line).toBe(5 + 5)
    expect(facts.p1?.interfaces[0]?.relays[0]?.line).toBe(5)
    expect(facts.j1).toMatchObject({ platform: 'juniper-junos', complete: true, hostname: 'J1', unrecognized: [] })
    expect(facts.j1?.interfaces[0]?.addresses[0]?.line).toBe(2 + 9)
  })
})

it('a router with a name that ends like one of a document is read, whoever made it', () => {
  const dir = files({
    'a.isp.com.py': `!RANCID-CONTENT-TYPE: cisco\n${ios('A')}`,
    'b.isp.md': '#\n sysname b\n#\ninterface Vlanif10\n ip address 10.1.1.2 24\n#\nreturn\n',
    'c.isp.sh': 'config system global\n    set hostname "c"\nend\nconfig system interface\nend\n',
    'd.isp.py': '/interface bridge\nadd name=b\n/system identity\nset name=d\n',
    'e.py': 'interface = 1\nhostname = "e"\n',
    'f.md': '# f\n\n```\nhostname f\ninterface x\n```\n',
    'g.sh': '#!/bin/sh\nhostname g\n',
  })
  expect(Object.keys(seen(dir)).sort()).toEqual(['a.isp.com.py', 'b.isp.md', 'c.isp.sh', 'd.isp.py'])
})

describe('the content type of RANCID', () => {
  const platform = (type: string, text = ios('R1')) => {
    const [read] = readFolder(files({ r1: `!RANCID-CONTENT-TYPE: ${type}\n!\n${text}` }))
    return read?.state === 'failed' ? `failed: ${read.reason.replace(/^\S+ /, '')}` : read?.platform
  }

  it.each([
    ['arista', 'arista-eos'],
    ['cisco-nx', 'cisco-nxos'],
    ['ios-xr7', 'cisco-iosxr'],
    ['juniper-srx', 'juniper-junos'],
    ['fortigate', 'fortinet-fortios'],
    // IOS, and ASA, PIX and more: the text tells.
    ['cisco', 'auto'],
    ['our-own-type', 'auto'],
    [
      'paloalto',
      "failed: is of RANCID's type paloalto, a system that this version does not read; leave it out, or name its platform",
    ],
  ])('%s is %s', (type, id) => expect(platform(type)).toBe(id))

  it('gives way to the inventory, and is said where the text contradicts it', () => {
    const dir = files({ r1: `!RANCID-CONTENT-TYPE: juniper\n!\n!Command: show running-config\nfeature hsrp\n` })
    const [entry] = listFolder(dir)
    expect(entry?.read({ site: 'ams', platform: 'cisco-nxos' })).toMatchObject({ platform: 'cisco-nxos' })
    const read = entry?.read()
    if (read === undefined) throw new Error('nothing there')
    expect(() => readText(read)).toThrow('it is named juniper-junos and reads like cisco-nxos; correct its platform')
  })

  it('counts in the first lines only', () => {
    expect(seen(files({ r1: `${ios('R1')}${'!\n'.repeat(2000)}!RANCID-CONTENT-TYPE: juniper\n` })).r1).toMatch(/^auto /)
  })
})
