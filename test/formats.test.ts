// Every format on one small network, against goldens that were read line by line; and what all formats have in common.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'
import type { Remediation } from '../src/model/result.ts'
import { accountOf } from '../src/report/audited.ts'
import { azure } from '../src/report/azure.ts'
import { othersText, provenFixes } from '../src/report/fixes.ts'
import { formats } from '../src/report/formats.ts'
import { github } from '../src/report/github.ts'
import { purposes } from '../src/report/purposes.ts'
import { expectGolden } from './support/golden.ts'
import { CONTEXT, NOTHING, SAMPLE } from './support/report-sample.ts'

const GOLDENS: Readonly<Record<string, string>> = {
  csv: 'sample.csv',
  ndjson: 'sample.ndjson',
  markdown: 'sample.md',
  sarif: 'sample.sarif',
  junit: 'sample.xml',
  github: 'sample-github.txt',
  gitlab: 'sample-gitlab.json',
  azure: 'sample-azure.txt',
}
const render = (format: string, result = SAMPLE, context = CONTEXT) => formats[format]?.(result, context) ?? ''
const folder = mkdtempSync(join(tmpdir(), 'iphelper-formats-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function cli(...args: string[]) {
  const said = { out: '', err: '' }
  const code = await run(args, {
    out: t => (said.out += t),
    err: t => (said.err += t),
    env: {},
    width: 80,
    colour: true,
  })
  return { ...said, code }
}

describe('a small network', () => {
  it.each(Object.entries(GOLDENS))('as %s', (format, golden) =>
    expectGolden(join(import.meta.dirname, 'goldens', 'formats', golden), render(format)),
  )
})

describe('every format', () => {
  const names = Object.keys(formats)

  it('says what it is for', () => expect(Object.keys(purposes)).toEqual(names))

  it.each(names.filter(n => n !== 'html'))('%s ends with a line feed, and depends on nothing but what it is given', format => {
    expect(render(format)).toMatch(/[^\n]\r?\n$/)
    expect(render(format)).toBe(render(format))
  })

  it('goes to a file of its own in one run, and is rendered again from the saved result', async () => {
    const saved = join(folder, 'result.json')
    writeFileSync(saved, render('json'))
    const made = names.filter(n => n !== 'text')
    const path = (name: string) => join(folder, `report.${name}`)
    const said = await cli('report', saved, '-f', 'text', ...made.flatMap(name => ['--format', `${name}=${path(name)}`]))
    expect(said).toMatchObject({ code: 0, err: '' })
    for (const name of made) {
      const wholeFile = readFileSync(path(name), 'utf8')
      const alone = await cli('report', saved, '-f', name)
      expect({ name, ...alone }).toEqual({ name, code: 0, err: '', out: wholeFile })
    }
    // What came back is what was saved: nothing is lost on the way through the file.
    expect(readFileSync(path('json'), 'utf8')).toBe(render('json'))
    expect(readFileSync(path('ndjson'), 'utf8')).toBe(render('ndjson'))
    expect(readFileSync(path('csv'), 'utf8')).toBe(render('csv'))
  })

  it('takes --junit-unknown error or skipped', async () => {
    const saved = join(folder, 'unknown.json')
    writeFileSync(saved, render('json'))
    const junit = (...more: string[]) => cli('report', saved, '-f', 'junit', ...more)
    const unknown = ' message="unknown: edge-2 was not read; it may stand here too"'
    expect((await junit()).out).toContain(`<error${unknown}`)
    expect((await junit('--junit-unknown', 'skipped')).out).toContain(`<skipped${unknown}`)
    expect(await junit('--junit-unknown', 'passed')).toEqual({
      code: 2,
      out: '',
      err: "iphelper-audit: option '--junit-unknown <outcome>' argument 'passed' is invalid. Allowed choices are error, skipped.\n",
    })
  })

  it('of an audit names the files below the current folder as the folder does', async () => {
    const configs = join(import.meta.dirname, 'networks/campus/configs')
    const args = ['audit', '--configs', configs, '--pxe', 'wds-ams=10.9.9.5', '--exit-zero']
    const said = await cli(...args, '-f', 'github', '-f', `azure=${join(folder, 'azure.log')}`)
    expect(said.code).toBe(0)
    // VLAN 10 of networks/campus/README.md: two plain helpers behind HSRP.
    expect(said.out).toMatch(
      /^::error file=test\/networks\/campus\/configs\/ams-dist-1\.cfg,line=\d+,title=duplicate-pxe-relay::ams-dist-1 and ams-dist-2 relay 10\.20\.10\.0\/24 /m,
    )
    // The task goes on, as the run does.
    expect(readFileSync(join(folder, 'azure.log'), 'utf8')).toMatch(
      /\n##vso\[task\.complete result=SucceededWithIssues;\]On 12 segments, .*\n$/,
    )
  })

  it('never looks clean where nothing was judged', () => {
    const said: Readonly<Record<string, RegExp>> = {
      csv: /^,,,,,unknown,,,,"?The audit saw no client segment/m,
      ndjson: /"type":"summary","segments":0,/,
      markdown: /^### ⚠️ Nothing could be judged\.$/m,
      sarif: /"ruleId": "nothing-judged"/,
      junit: /<error message="Nothing could be judged"/,
      github: /^::warning .*Nothing could be judged/m,
      gitlab: /"check_name": "nothing-judged"/,
      azure:
        /^##vso\[task\.logissue type=warning;code=nothing-judged;\][\s\S]*##vso\[task\.complete result=SucceededWithIssues;\]/,
    }
    expect(Object.keys(said)).toEqual(Object.keys(GOLDENS))
    for (const [format, wanted] of Object.entries(said))
      expect({ format, out: render(format, NOTHING) }).toMatchObject({ out: expect.stringMatching(wanted) })
  })

  it('names every router that was not read, where all failed and there is no segment', () => {
    const devices = ['r1', 'r2'].map(name => ({
      ...SAMPLE.devices[4],
      name,
      file: `ssh://${name}:22`,
      reason: `${name} hung up`,
    }))
    const result = { ...NOTHING, devices, summary: { ...NOTHING.summary, devices: 2, failed: 2 } } as typeof NOTHING
    for (const format of [...Object.keys(GOLDENS), 'text', 'json'])
      for (const name of ['r1', 'r2'])
        expect({ format, out: render(format, result) }).toMatchObject({ out: expect.stringContaining(`${name} hung up`) })
  })
})

describe('accepted findings', () => {
  const shown = { ...CONTEXT, text: { ...CONTEXT.text, waived: true } }
  const accepted = /until the core is replaced/

  it.each(['csv', 'ndjson', 'junit', 'sarif'])('%s has them, told apart', format => expect(render(format)).toMatch(accepted))

  it.each(['markdown', 'github', 'gitlab', 'azure'])('%s has them where they are asked for', format => {
    expect(render(format)).not.toMatch(accepted)
    expect(render(format, SAMPLE, shown)).toMatch(accepted)
  })

  it.each(['markdown', 'github', 'azure'])('%s counts those it leaves out', format =>
    expect(render(format)).toContain('1 accepted finding not shown.'),
  )
})

describe('the fix that is shown', () => {
  const [gate, , remove] = SAMPLE.remediations
  const fixes = (...remediations: readonly (Partial<Remediation> | undefined)[]) =>
    provenFixes({ remediations: remediations.map(r => ({ ...gate, ...r }) as Remediation) }).get('d10d10d10d10d10d')
  const withheld = { proven: false, withheld: 'no gate here' }

  it('is the first way that is proven on all of its routers', () => {
    expect(fixes(gate, { ...gate, device: 'dist-2' }, remove)).toMatchObject({ plan: gate?.plan, others: 1 })
    expect(fixes(gate, { ...gate, device: 'dist-2', proven: false }, remove)).toMatchObject({ plan: remove?.plan, others: 0 })
    expect(fixes({ ...gate, ...withheld }, remove)).toMatchObject({ plan: remove?.plan, others: 0 })
    expect(fixes({ ...gate, ...withheld }, { ...remove, ...withheld })).toBeUndefined()
  })

  it('says that there are others', () => {
    const said = (...ways: string[]) => {
      const fix = fixes(...ways.map(plan => ({ ...remove, plan })))
      return fix && othersText(fix)
    }
    expect(said('a')).toBe('')
    expect(said('a', 'b')).toBe('One other way is proven as well.')
    expect(said('a', 'b', 'c')).toBe('2 other ways are proven as well.')
  })

  it.each(['markdown', 'sarif', 'junit'])('%s shows no half of a plan', format => {
    expect(render(format)).toContain('no ip helper-address 10.9.9.5')
    expect(render(format)).not.toMatch(/half of a plan|the other half/)
  })
})

describe('github', () => {
  const many = (errors: number, warnings: number, infos: number) => {
    const [error, , warning, info] = SAMPLE.findings
    const copies = (of: typeof error, n: number) =>
      of ? Array.from({ length: n }, (_, i) => ({ ...of, subject: `${i}`, fingerprint: `${of.severity}${i}` })) : []
    const findings = [...copies(error, errors), ...copies(warning, warnings), ...copies(info, infos)]
    const part = { segments: SAMPLE.segments.slice(2, 4), devices: SAMPLE.devices.slice(0, 4) }
    return github(accountOf({ ...SAMPLE, findings, ...part }), CONTEXT)
  }
  const counts = (out: string) =>
    ['error', 'warning', 'notice'].map(c => out.split('\n').filter(l => l.startsWith(`::${c} `)).length)

  it('prints no more than GitHub shows of one step, and says what it left out', () => {
    // Ten of a kind; the last notice is the verdict.
    expect(counts(many(12, 11, 14))).toEqual([10, 10, 10])
    expect(many(12, 11, 14)).toMatch(/Left out, because GitHub shows ten of a kind: 2 errors, 1 warning and 5 notices\.\n$/)
    expect(counts(many(10, 10, 9))).toEqual([10, 10, 10])
    expect(many(10, 10, 9)).not.toContain('Left out')
  })
})

describe('azure', () => {
  const result = (exit_code: number, exitZero: boolean) =>
    /task\.complete result=(\w+);/.exec(azure(accountOf({ ...SAMPLE, exit_code }), { ...CONTEXT, exitZero }))?.[1]

  it('ends the task as the exit code says', () => {
    expect([0, 1, 3].map(code => result(code, false))).toEqual(['Succeeded', 'Failed', 'SucceededWithIssues'])
    expect([0, 1, 3].map(code => result(code, true))).toEqual(['Succeeded', 'SucceededWithIssues', 'SucceededWithIssues'])
  })
})
