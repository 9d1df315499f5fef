// validate reads revisions of git as it reads folders, without checking anything out and without running what a repository names.
import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, describe, expect, it } from 'vitest'
import { RELAY, router } from './support/accepting.ts'
import { pxePoint } from './support/point.ts'
import { brief, validating } from './support/validating.ts'

const base = mkdtempSync(join(tmpdir(), 'iphelper-validate-git-'))
afterAll(() => rmSync(base, { recursive: true, force: true }), 60_000)
const { PATH: path } = process.env
afterEach(() => {
  process.env.PATH = path
  delete process.env.GIT_DIR
  delete process.env.GIT_INDEX_FILE
})

/** Runs git with nobody's configuration. */
const git = (folder: string, ...args: readonly string[]) =>
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
    },
  }).toString()

function write(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}
let repositories = 0
/** A repository with one commit of these files on `main`. */
function repository(files: Readonly<Record<string, string>>): string {
  const folder = join(base, `r${++repositories}`)
  mkdirSync(folder)
  git(folder, 'init', '-q', '-b', 'main')
  return commit(folder, files)
}
function commit(folder: string, files: Readonly<Record<string, string>>): string {
  write(folder, files)
  git(folder, 'add', '-A')
  git(folder, 'commit', '-q', '-m', 'change')
  return folder
}

const points = [pxePoint()]
const ONE = { 'configs/r2.cfg': router(2, { 10: [RELAY] }), 'configs/r3.cfg': router(3, { 10: [] }) }
const TWO = { 'configs/r3.cfg': router(3, { 10: [RELAY] }) }
const DUPLICATE = ['error duplicate-pxe-relay default default 10.0.10.0/24 wds']
const errors = async (options: Parameters<typeof validating>[0]) => {
  const { findings } = await validating({ points, ...options })
  return brief(findings.introduced).filter(f => f.startsWith('error'))
}

describe('a revision', () => {
  const repo = commit(repository({ ...ONE, 'README.md': '# no configuration', 'Makefile': 'all:\n' }), TWO)

  it.each([
    ['two revisions of a folder, from the root', repo, 'HEAD~1:configs', 'main:configs'],
    ['two revisions, from inside of the folder', join(repo, 'configs'), 'HEAD~1', 'main'],
    ['relative to the current folder', join(repo, 'configs'), 'HEAD~1:./', 'main:../configs'],
    ['with a slash at the end', repo, 'HEAD~1:configs/', 'HEAD:configs/'],
    ['a revision means the folder of the other side', repo, 'HEAD~1', join(repo, 'configs')],
    ['which may be of another repository than the current folder', base, 'HEAD~1', join(repo, 'configs')],
    ['an id', repo, `${git(repo, 'rev-parse', 'HEAD~1').trim()}:configs`, 'HEAD:configs'],
  ])('%s', async (_, cwd, current, proposed) => {
    expect(await errors({ cwd, current, proposed })).toEqual(DUPLICATE)
  })

  it('is cited as git names its files', async () => {
    const { findings, verdicts } = await validating({ cwd: repo, current: 'HEAD~1:configs', proposed: 'main:configs', points })
    expect(findings.introduced[0]?.after?.evidence.map(e => [e.file, e.line])).toEqual([
      ['main:configs/r2.cfg', 6],
      ['main:configs/r3.cfg', 6],
    ])
    expect(verdicts[0]?.before?.reasons.map(r => [r.file, r.line, r.text])).toEqual([['HEAD~1:configs/r2.cfg', 6, RELAY]])
  })

  it('takes a snippet', async () => {
    writeFileSync(join(base, 'change.txt'), `interface Vlan10\n ${RELAY}\n`)
    const changes = [{ device: 'r3', file: join(base, 'change.txt') }]
    expect(await errors({ cwd: repo, current: 'HEAD~1:configs', changes })).toEqual(DUPLICATE)
  })

  it('is the same as the folder that was committed', async () => {
    const names = {
      'a/r 2.cfg': router(2, { 10: [RELAY] }),
      'a/rö3.cfg': router(3, { 10: [RELAY] }),
      'a/b/r4.cfg': router(4, { 20: [RELAY] }),
      'a/.hidden/r5.cfg': router(5, { 20: [RELAY] }),
      'a/notes.md': '# nothing',
      'a/r2.example.md': router(6, { 30: [RELAY] }),
      'a/r 2.show': 'nothing known\n',
    }
    const same = repository(names)
    symlinkSync('b/r4.cfg', join(same, 'a', 'r7.cfg'))
    symlinkSync('b', join(same, 'a', 'c'))
    symlinkSync('/etc/hostname', join(same, 'a', 'r8.cfg'))
    commit(same, {})
    const { devices, findings, verdicts } = await validating({ cwd: same, current: 'main', proposed: join(same, 'a'), points })
    // Nothing of a link that leads out of the repository can be read as a configuration on either side.
    expect(devices.map(d => [d.name, d.before?.state, d.after?.state])).toEqual([])
    expect([findings.introduced, findings.fixed, findings.unjudged, verdicts]).toEqual([[], [], [], []])
  })

  it('leaves open what a link to a hidden folder holds, which a folder on disk tells', async () => {
    const linked = repository({ ...ONE, 'configs/.store/r4.cfg': router(4, { 10: [RELAY] }) })
    symlinkSync('.store', join(linked, 'configs', 'more'))
    commit(linked, {})
    const { verdicts } = await validating({ cwd: linked, current: 'main', proposed: join(linked, 'configs'), points })
    expect(verdicts.map(v => [v.before?.verdict, v.after?.verdict])).toEqual([['unknown', 'duplicate']])
  })

  it('names submodules, whose files are not there', async () => {
    const outer = repository(ONE)
    git(outer, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', repo, 'configs/more')
    commit(outer, {})
    const { said, devices } = await validating({ cwd: outer, current: 'HEAD~1:configs', proposed: 'HEAD:configs', points })
    expect(said).toEqual(['HEAD:configs/more is a submodule, whose files are not read'])
    // Routers may be in there.
    expect(devices.map(d => [d.name, d.before?.state, d.after?.state])).toEqual([['more', undefined, 'failed']])
  })

  it('leaves open what routers of a submodule would do', async () => {
    const outer = repository({ 'configs/r2.cfg': router(2, { 10: [RELAY] }), 'configs/r3.cfg': router(3, { 10: [] }) })
    git(outer, '-c', 'protocol.file.allow=always', 'submodule', 'add', '-q', repo, 'configs/more')
    commit(outer, { 'configs/r3.cfg': router(3, { 10: [], 20: [RELAY] }) })
    const { exit_code, verdicts, devices } = await validating({
      cwd: outer,
      current: 'HEAD~1:configs',
      proposed: 'HEAD:configs',
      points,
    })
    expect(exit_code).toBe(3)
    expect(verdicts.map(v => [v.segment, v.before?.verdict, v.after?.verdict])).toEqual([
      ['default default 10.0.10.0/24', 'single', 'unknown'],
      ['default default 10.0.20.0/24', undefined, 'unknown'],
    ])
    expect(devices.map(d => [d.name, d.after?.state, d.after?.reason])).toContainEqual([
      'more',
      'failed',
      'HEAD:configs/more is a submodule, whose files are not read; name a checkout of it',
    ])
  })

  it('may be a snapshot with its manifest', async () => {
    const entry = (name: string) => ({
      name,
      platform: 'cisco-ios',
      site: 'ams',
      status: 'collected',
      reason: null,
      command: null,
      file: `${name}.cfg`,
      collected_at: '2026-11-01T00:00:00Z',
      sha256: null,
      bytes: null,
    })
    const manifest = {
      schema_version: 1,
      tool: { name: 't', version: '0' },
      written_at: '2026-11-01T00:00:00Z',
      devices: ['r2', 'r3', 'r9'].map(entry),
    }
    const snapshot = repository({
      'r2.cfg': ONE['configs/r2.cfg'],
      'r3.cfg': ONE['configs/r3.cfg'],
      'manifest.json': JSON.stringify(manifest),
    })
    commit(snapshot, { 'r3.cfg': TWO['configs/r3.cfg'] })
    const result = await validating({ cwd: snapshot, current: 'HEAD~1', proposed: 'HEAD', points })
    expect(brief(result.findings.introduced).filter(f => f.startsWith('error'))).toEqual([
      'error duplicate-pxe-relay ams default 10.0.10.0/24 wds',
    ])
    // r9 is listed and not there on either side: that is no change, and it leaves the site open.
    expect(result.devices.map(d => d.name)).toEqual(['r3'])
    expect(result.proposed.summary.failed).toBe(1)
  })

  it('reads a folder where a revision has the same name', async () => {
    mkdirSync(join(base, 'main'), { recursive: true })
    write(join(base, 'main'), { 'r2.cfg': ONE['configs/r2.cfg'], 'r3.cfg': ONE['configs/r3.cfg'] })
    const before = process.cwd()
    process.chdir(base)
    try {
      expect(await errors({ cwd: base, current: 'main', proposed: join(repo, 'configs') })).toEqual(DUPLICATE)
    } finally {
      process.chdir(before)
    }
  })

  it('is read from the repository that is there, whatever the environment says', async () => {
    process.env.GIT_DIR = join(base, 'elsewhere')
    process.env.GIT_INDEX_FILE = '/nope'
    expect(await errors({ cwd: repo, current: 'HEAD~1:configs', proposed: 'main:configs' })).toEqual(DUPLICATE)
  })

  it('runs nothing that a repository names', async () => {
    const evil = commit(repository(ONE), TWO)
    const script = join(base, 'evil.sh')
    writeFileSync(script, `#!/bin/sh\ntouch ${join(base, 'ran')}\n`)
    chmodSync(script, 0o755)
    for (const key of [
      'core.pager',
      'core.fsmonitor',
      'core.editor',
      'diff.external',
      'gpg.program',
      'core.sshCommand',
      'alias.log',
    ])
      git(evil, 'config', key, script)
    git(evil, 'config', 'log.showSignature', 'true')
    expect(await errors({ cwd: evil, current: 'HEAD~1', proposed: join(evil, 'configs') })).toEqual(DUPLICATE)
    expect(existsSync(join(base, 'ran'))).toBe(false)
  })

  const bare = join(base, 'empty')
  mkdirSync(bare)
  git(bare, 'init', '-q')
  const side = (cwd: string, current: string) => validating({ cwd, current, proposed: join(repo, 'configs'), points })
  it.each([
    [
      'that does not exist',
      repo,
      'nope:configs',
      'there is neither a folder nor a git revision nope here; check the name, or fetch it',
    ],
    ['of which nothing is known', repo, 'nope', '--current nope: there is neither a folder nor a git revision nope here'],
    [
      'without that folder',
      repo,
      'HEAD:nope',
      'there is no folder nope in HEAD; write HEAD:PATH from the root of the repository',
    ],
    ['and a path that leads out', repo, 'HEAD:../x', 'as a git revision it cannot be read'],
    ['and a file', repo, 'HEAD:configs/r2.cfg', '--current HEAD:configs/r2.cfg is a file; name the folder it stands in'],
    ['without a name', repo, ':configs', '--current :configs names no revision in front of the colon'],
    ['that is an option', repo, '--output=/tmp/x', 'neither a folder nor a git revision begins with a hyphen'],
    ['that is an option behind the colon', repo, 'HEAD:--output', 'there is no folder --output in HEAD'],
    ['that is a range', repo, 'HEAD~1..HEAD', 'there is neither a folder nor a git revision'],
    [
      'where there is no repository',
      base,
      'HEAD:configs',
      'is no folder, and as a git revision it cannot be read: git says: not a git repository',
    ],
    ['without a commit', bare, 'HEAD:configs', 'the git repository here has no commit yet'],
  ])('%s', async (_, cwd, current, sentence) => {
    await expect(side(cwd, current)).rejects.toThrow(sentence)
  })

  it('without configurations', async () => {
    const none = repository({ 'README.md': '# nothing' })
    await expect(side(none, 'HEAD:')).rejects.toThrow('there is no configuration in the revision HEAD:')
  })

  it('takes git', async () => {
    process.env.PATH = '/nope'
    await expect(side(repo, 'HEAD:configs')).rejects.toThrow(
      '--current HEAD:configs is no folder, and as a git revision it cannot be read: git is not installed',
    )
  })
})
