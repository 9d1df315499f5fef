// The recipes in templates/recipes: each is read as its reader would read it, and its commands are run by a shell against the
// demonstration network.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import { installed, needing } from './support/installed.ts'
import { program } from './support/program.ts'

const root = join(import.meta.dirname, '..')
const recipes = join(root, 'templates', 'recipes')
const textOf = (name: string) => readFileSync(join(recipes, name), 'utf8')

/** A checkout with a branch that adds a relay to a segment that has one, and a system whose /etc and /var are folders in it. */
let place = ''
let system = ''
const git = (...args: string[]) => execFileSync('git', args, { cwd: place, stdio: 'pipe' })

beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'iphelper-recipes-'))
  system = join(place, '.system')
  cpSync(join(root, 'test', 'networks', 'campus', 'configs'), join(place, 'configs'), { recursive: true })
  const inventory = readFileSync(join(root, 'inventory.example.yaml'), 'utf8')
  writeFileSync(join(place, 'inventory.yaml'), inventory)
  writeFileSync(join(place, '.gitignore'), '.system\n')
  git('init', '-q', '-b', 'main')
  git('config', 'user.email', 'test@example.net')
  git('config', 'user.name', 'Test')
  git('add', '-A')
  git('commit', '-qm', 'as it is')
  git('remote', 'add', 'origin', place)
  git('fetch', '-q', 'origin')
  git('checkout', '-qb', 'change')
  // In place of ssh: the same devices from files.
  for (const folder of ['etc/iphelper-audit', 'var/lib/iphelper-audit', 'bin'])
    mkdirSync(join(system, folder), { recursive: true })
  writeFileSync(
    join(system, 'etc/iphelper-audit/inventory.yaml'),
    `${inventory.slice(0, inventory.search(/^devices:/m))}devices:\n${readdirSync(join(place, 'configs'))
      .filter(f => f.endsWith('.cfg'))
      .map(f => `  - { name: ${f.slice(0, -4)}, site: ${/^ams-bld|^.../.exec(f)?.[0]}, config: ${join(place, 'configs', f)} }\n`)
      .join('')}`,
  )
  const script = `exec '${process.execPath}' '${program}' "$@"`
  const tools = {
    'iphelper-audit': script,
    'npx': `[ "$1" = iphelper-audit ] || exit 97\nshift\n${script}`,
    'npm': '[ "$*" = ci ] || exit 98',
    'gh': 'test -s comment.md || exit 99\necho "gh $*" >> gh.log',
  }
  for (const [name, script] of Object.entries(tools)) {
    writeFileSync(join(system, 'bin', name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(system, 'bin', name), 0o755)
  }
}, 240_000)
afterAll(() => rmSync(place, { recursive: true, force: true }))

/** Runs lines as a pipeline would: in the checkout, by a shell that ends at the first failure. */
function shell(script: string, env: Readonly<Record<string, string>> = {}) {
  const here = script.replaceAll(/(?<![\w/])\/(etc|var\/lib)\/iphelper-audit/g, `${system}/$1/iphelper-audit`)
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-e', '-c', here], {
    cwd: place,
    encoding: 'utf8',
    timeout: 120_000,
    env: { PATH: `${join(system, 'bin')}${delimiter}${process.env.PATH}`, HOME: place, JENKINS_HOME: system, ...env },
  })
  return { code: status, out: stdout, err: stderr }
}
const wrote = (...names: string[]) => {
  for (const name of names) {
    const path = join(place, name)
    expect(readFileSync(path, 'utf8').length, name).toBeGreaterThan(100)
    rmSync(path)
  }
}
/** Runs `act` where one relay more stands in the checkout: VLAN 11 is relayed by ams-dist-1 alone (README of the network). */
function withSecondRelay<T>(act: () => T): T {
  const file = join(place, 'configs', 'ams-dist-2.cfg')
  const before = readFileSync(file, 'utf8')
  expect(before).toMatch(/^interface Vlan11$/m)
  writeFileSync(file, before.replace(/^interface Vlan11$/m, 'interface Vlan11\n ip helper-address 10.9.9.5'))
  try {
    return act()
  } finally {
    writeFileSync(file, before)
  }
}

interface Step {
  readonly run?: string
  readonly uses?: string
}

it('all have a test here', () => {
  expect(readdirSync(recipes).sort()).toEqual(
    [
      'Jenkinsfile',
      'crontab',
      'github-actions.yml',
      'gitlab-ci.yml',
      'iphelper-audit.service',
      'iphelper-audit.timer',
      'kubernetes-cronjob.yaml',
      'pre-commit-config.yaml',
    ].sort(),
  )
})

it('GitHub Actions: passes a change of nothing, refuses one that relays twice, and comments', () => {
  const { jobs, on } = parse(textOf('github-actions.yml')) as { jobs: { validate: { steps: Step[] } }; on: object }
  expect(Object.keys(on)).toEqual(['pull_request'])
  const script = jobs.validate.steps.flatMap(s => s.run?.replaceAll(/\$\{\{ github\.event\.number \}\}/g, '7') ?? []).join('\n')
  const env = { GITHUB_BASE_REF: 'main' }
  expect(shell(script, env)).toMatchObject({ code: 0 })
  expect(readFileSync(join(place, 'gh.log'), 'utf8')).toBe(
    'gh pr comment 7 --edit-last --create-if-none --body-file comment.md\n',
  )
  wrote('comment.md', 'pxe-relays.sarif')
  const refused = withSecondRelay(() => shell(script, env))
  expect([refused.code, refused.err]).toEqual([1, ''])
  // Beside the line that was added: it is the one below `interface Vlan11`.
  expect(refused.out).toMatch(/^::error file=configs\/ams-dist-2\.cfg,line=\d+,title=duplicate-pxe-relay::.* 10\.20\.11\.0\/24 /m)
  // The network has other duplicates, which stand as before.
  expect(refused.out.match(/^::error /gm)).toHaveLength(1)
  const { results } = JSON.parse(readFileSync(join(place, 'pxe-relays.sarif'), 'utf8')).runs[0]
  expect(results.filter((r: { level: string }) => r.level === 'error')).toHaveLength(1)
  expect(readFileSync(join(place, 'comment.md'), 'utf8')).toContain('10.20.11.0/24')
  wrote('comment.md', 'pxe-relays.sarif')
}, 240_000)

it('GitLab CI: judges merge requests, and audits on a schedule', () => {
  const jobs = parse(textOf('gitlab-ci.yml')) as Record<string, { script: string[] }>
  const validate = jobs['pxe-validate']?.script.join('\n') ?? ''
  const env = { CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main' }
  expect(shell(validate, env)).toMatchObject({ code: 0 })
  const issues = () => JSON.parse(readFileSync(join(place, 'gl-code-quality.json'), 'utf8')) as { severity: string }[]
  expect(issues()).toEqual([])
  expect(withSecondRelay(() => shell(validate, env)).code).toBe(1)
  expect(issues().filter(i => i.severity === 'critical')).toHaveLength(1)
  wrote('gl-code-quality.json', 'junit.xml')
  expect(shell(jobs['pxe-base']?.script.join('\n') ?? '').code).toBe(0)
  expect(issues()).toEqual([])
  rmSync(join(place, 'gl-code-quality.json'))
  // The demonstration network has duplicates.
  expect(shell(jobs['pxe-audit']?.script.join('\n') ?? '').code).toBe(1)
  wrote('report.html', 'junit.xml')
}, 240_000)

needing(['groovy', 'java'], 'Jenkins', () => {
  /** Directives and steps, as Groovy runs them. */
  const steps = () =>
    execFileSync('groovy', [join(import.meta.dirname, 'support', 'pipeline.groovy'), join(recipes, 'Jenkinsfile')], {
      encoding: 'utf8',
      env: { ...process.env, JAVA_HOME: dirname(dirname(realpathSync(installed('java') ?? ''))) },
    })
      .trim()
      .split('\n')
      .map(line => JSON.parse(line) as { path: string[]; name: string; args: unknown[] })

  it('audits with a history', () => {
    const all = steps()
    // https://www.jenkins.io/doc/book/pipeline/syntax/: where each of them may stand.
    expect(all.map(({ path, name }) => [...path, name].join(' > '))).toEqual([
      'pipeline > agent',
      'pipeline > triggers > cron',
      'pipeline > options > disableConcurrentBuilds',
      'pipeline > stages > stage Install > steps > sh',
      'pipeline > stages > stage Audit > steps > sh',
      'pipeline > post > always > junit',
      'pipeline > post > always > archiveArtifacts',
    ])
    const { code, out } = shell(all.flatMap(({ name, args }) => (name === 'sh' ? [String(args[0])] : [])).join('\n'))
    expect(code).toBe(1)
    expect(out).toContain('duplicate-pxe-relay')
    expect(readdirSync(join(system, 'iphelper-audit'))).toContain('history.ndjson')
    // What is kept of a build is what it wrote.
    expect(all.slice(-2).map(({ args }) => args[0])).toEqual([
      { testResults: 'junit.xml', allowEmptyResults: false },
      { artifacts: 'report.html' },
    ])
    wrote('report.html', 'junit.xml')
  }, 240_000)
})

it('pre-commit: refuses a commit that relays twice', () => {
  const { repos } = parse(textOf('pre-commit-config.yaml')) as { repos: { hooks: { entry: string; files: string }[] }[] }
  const [hook] = repos[0]?.hooks ?? []
  expect('configs/ams-dist-2.cfg').toMatch(new RegExp(hook?.files ?? '(?!)'))
  expect(shell(hook?.entry ?? '')).toMatchObject({ code: 0 })
  expect(withSecondRelay(() => shell(hook?.entry ?? '')).code).toBe(1)
}, 240_000)

/** The values of a key in a unit file. */
const valuesOf = (unit: string, key: string) => [...textOf(unit).matchAll(new RegExp(`^${key}=(.*)$`, 'gm'))].map(m => m[1] ?? '')

it('systemd: the service runs, and its findings are no failure', () => {
  const [command = ''] = valuesOf('iphelper-audit.service', 'ExecStart')
  const allowed = valuesOf('iphelper-audit.service', 'SuccessExitStatus').join(' ').split(' ').map(Number)
  const { code } = shell(command)
  expect(code).toBe(1)
  expect(allowed).toContain(code)
  expect(readFileSync(join(system, 'var/lib/iphelper-audit/iphelper_audit.prom'), 'utf8')).toContain('# TYPE ')
  expect(readdirSync(join(system, 'var/lib/iphelper-audit/history'))).toContain('history.ndjson')
}, 240_000)

const analyze = spawnSync('systemd-analyze', ['--version'], { encoding: 'utf8' })
it.skipIf(analyze.status !== 0)('systemd: the units are sound', () => {
  const folder = mkdtempSync(join(tmpdir(), 'iphelper-units-'))
  try {
    const units = ['iphelper-audit.service', 'iphelper-audit.timer']
    for (const unit of units) cpSync(join(recipes, unit), join(folder, unit))
    const { status, stdout, stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', ...units.map(u => join(folder, u))], {
      encoding: 'utf8',
    })
    // What it says of other units of this machine is not about ours.
    const ours = `${stdout}${stderr}`.split('\n').filter(line => line.includes('iphelper-audit'))
    expect([status, ours]).toEqual([0, []])
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('cron: five fields, a user, and a command that prints the report alone', () => {
  const [line = ''] = textOf('crontab')
    .split('\n')
    .filter(l => /^\d/.test(l))
  const [, when = '', user, command = ''] = /^((?:\S+ ){5})(\S+) (.*)$/.exec(line) ?? []
  expect([when.trim().split(' ').length, user]).toEqual([5, 'iphelper'])
  // An unescaped percent sign would end the command.
  expect(command).not.toMatch(/(?<!\\)%/)
  const { code, out, err } = shell(command)
  expect([code, err]).toEqual([1, ''])
  expect(out).toContain('duplicate-pxe-relay')
}, 240_000)

it('Kubernetes: the pod runs the audit, and findings do not fail it', () => {
  interface CronJob {
    readonly apiVersion: string
    readonly kind: string
    readonly spec: {
      readonly schedule: string
      readonly jobTemplate: {
        readonly spec: {
          readonly template: {
            readonly spec: {
              readonly containers: readonly { command: string[]; args: string[]; volumeMounts: { name: string }[] }[]
              readonly volumes: readonly { name: string }[]
            }
          }
        }
      }
    }
  }
  const job = parse(textOf('kubernetes-cronjob.yaml')) as CronJob
  expect([job.apiVersion, job.kind, job.spec.schedule.split(' ').length]).toEqual(['batch/v1', 'CronJob', 5])
  const { containers, volumes } = job.spec.jobTemplate.spec.template.spec
  const [container] = containers
  expect(container?.volumeMounts.map(m => m.name).sort()).toEqual(volumes.map(v => v.name).sort())
  const words = [...(container?.command ?? []), ...(container?.args ?? [])].map(word => `'${word}'`).join(' ')
  expect(shell(words).code).toBe(0)
}, 240_000)
