// Findings of earlier runs that a run with a state could not look at: they stand, and no format may look as if they did not.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'
import type { Compared, History } from '../src/model/history.ts'
import type { Result } from '../src/model/result.ts'
import { formats } from '../src/report/formats.ts'
import { RELAY, router } from './support/accepting.ts'
import { readCsv } from './support/csv.ts'
import { junitErrors } from './support/junit-schema.ts'
import { CONTEXT, SAMPLE } from './support/report-sample.ts'
import { sarifErrors } from './support/sarif-schema.ts'

const compared = (more: Partial<Compared>): Compared => ({
  fingerprint: 'aaaaaaaaaaaaaaaa',
  rule: 'duplicate-pxe-relay',
  severity: 'error',
  site: 'lon',
  subject: 'lon default 10.20.41.0/24 wds-ams',
  message: 'edge-1 and edge-2 relay 10.20.41.0/24 to wds-ams: 2 copies of each boot request arrive',
  waived: null,
  status: 'standing',
  not_judged: 'edge-2 was not read',
  caveat: null,
  first_seen: '2026-01-01T03:00:00.000Z',
  last_seen: '2026-01-01T03:00:00.000Z',
  ...more,
})
const history = (...findings: Compared[]): History => ({
  run: 2,
  previous: { run: 1, started_at: '2026-01-01T03:00:00.000Z', exit_code: 1 },
  finished_at: '2026-01-02T03:04:06.000Z',
  last_success_at: null,
  counts: { new: 0, standing: findings.length, not_judged: findings.length, resolved: 0, accepted: 0 },
  findings,
  changes: [],
  oldest_open: null,
  time_to_fix: { findings: 0, median_seconds: null },
})
const EARLIER = [
  compared({}),
  compared({
    fingerprint: 'bbbbbbbbbbbbbbbb',
    rule: 'tied-priority',
    severity: 'info',
    subject: 'edge-2 Vlan41',
    message: 'tied',
  }),
  compared({ fingerprint: 'cccccccccccccccc', subject: 'lon default 10.20.42.0/24 wds-ams', waived: 'until May' }),
  // One that was judged, and one that is over: they are told as findings, or not at all.
  compared({ fingerprint: 'd10d10d10d10d10d', not_judged: null, message: 'judged' }),
  compared({ fingerprint: 'eeeeeeeeeeeeeeee', status: 'resolved', not_judged: null, message: 'resolved' }),
]
/** All that stands was found clean, but for what could not be looked at: the exit code of such a run is 3. */
const CLEAN: Result = {
  ...SAMPLE,
  exit_code: 3,
  devices: SAMPLE.devices.slice(0, 3),
  segments: SAMPLE.segments.slice(2, 4),
  findings: [],
  history: history(...EARLIER),
}
const render = (format: string, context = CONTEXT) => formats[format]?.(CLEAN, context) ?? ''
const WHY = 'an earlier run found it, and this one could not judge it: edge-2 was not read'

interface SarifResult {
  readonly ruleId: string
  readonly kind: string
  readonly level: string
  readonly message: { readonly text: string }
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly suppressions?: readonly unknown[]
}
const results = (run: { readonly results: readonly SarifResult[] }) => run.results

describe('a finding of an earlier run that was not looked at', () => {
  it('is an open result of its own rule, with the fingerprint it had', () => {
    const log = JSON.parse(render('sarif'))
    expect(sarifErrors(log)).toEqual([])
    const [run] = log.runs
    expect(results(run).map(r => [r.ruleId, r.kind, r.level, r.partialFingerprints['iphelperAudit/v1']])).toEqual([
      ['duplicate-pxe-relay', 'open', 'none', 'aaaaaaaaaaaaaaaa'],
      ['tied-priority', 'open', 'none', 'bbbbbbbbbbbbbbbb'],
      ['duplicate-pxe-relay', 'open', 'none', 'cccccccccccccccc'],
    ])
    expect(results(run)[0]?.message.text).toBe(`lon default 10.20.41.0/24 wds-ams: ${WHY}.`)
    expect(results(run).map(r => r.suppressions !== undefined)).toEqual([false, false, true])
    // Nothing was compared with another run of SARIF.
    expect(results(run).some(r => 'baselineState' in r)).toBe(false)
  })

  it.each(['error', 'skipped'] as const)('is no passing case: %s for an error, skipped for the others', async junitUnknown => {
    const xml = render('junit', { ...CONTEXT, junitUnknown })
    expect(await junitErrors(xml)).toEqual([])
    const [, suite = ''] = /<testsuite name="earlier findings"([\s\S]*?)<\/testsuite>/.exec(xml) ?? []
    const cases = [...suite.matchAll(/<testcase classname="([^"]*)" name="([^"]*)" time="0">\s*<([\w-]+)/g)].map(m => m.slice(1))
    expect(cases).toEqual([
      ['findings.duplicate-pxe-relay', 'lon default 10.20.41.0/24 wds-ams', junitUnknown],
      ['findings.tied-priority', 'edge-2 Vlan41', 'skipped'],
      ['findings.duplicate-pxe-relay', 'lon default 10.20.42.0/24 wds-ams', 'system-out'],
    ])
    expect(suite).toContain(`\n${WHY}</${junitUnknown}>`)
    expect(suite).toContain('accepted: until May')
  })

  it('is a row with the verdict unknown', () => {
    const rows = readCsv(render('csv')).slice(1)
    // Two verdicts, and three findings.
    expect(rows).toHaveLength(5)
    expect(rows[2]).toEqual([
      'lon',
      ...Array(4).fill(''),
      'unknown',
      ...Array(3).fill(''),
      `edge-1 and edge-2 relay 10.20.41.0/24 to wds-ams: 2 copies of each boot request arrive; ${WHY}`,
      '',
      'aaaaaaaaaaaaaaaa',
      '',
    ])
    expect(rows[4]?.slice(-2)).toEqual(['cccccccccccccccc', 'until May'])
  })

  it('is a warning in the log of a pipeline, and an issue of Code Quality', () => {
    expect(render('github')).toMatch(
      new RegExp(`^::warning title=duplicate-pxe-relay::lon default 10.20.41.0/24 wds-ams: ${WHY}$`, 'm'),
    )
    expect(render('azure')).toMatch(/^##vso\[task\.logissue type=warning;code=duplicate-pxe-relay;\]lon default/m)
    const issues = JSON.parse(render('gitlab')) as { fingerprint: string; severity: string }[]
    expect(issues.map(i => [i.fingerprint, i.severity])).toEqual([
      ['aaaaaaaaaaaaaaaa', 'major'],
      ['bbbbbbbbbbbbbbbb', 'info'],
    ])
    for (const format of ['github', 'azure', 'gitlab', 'sarif', 'csv', 'junit'])
      expect(render(format)).not.toMatch(/\b(judged|resolved)<|"(judged|resolved)|::(judged|resolved)/)
  })
})

describe('audit --state', () => {
  const base = mkdtempSync(join(tmpdir(), 'iphelper-earlier-'))
  afterAll(() => rmSync(base, { recursive: true, force: true }))

  it('tells of routers that are gone with their duplicate, where all the others are clean', async () => {
    const configs = join(base, 'configs')
    mkdirSync(configs)
    const put = (host: number, vlan: number) => writeFileSync(join(configs, `r${host}.cfg`), router(host, { [vlan]: [RELAY] }))
    put(2, 10)
    put(3, 40)
    put(4, 40)
    const audit = async () => {
      let err = ''
      const io = { out: () => {}, err: (t: string) => (err += t), env: {}, width: 80, colour: false }
      const files = ['junit', 'sarif', 'csv'].flatMap(f => ['-f', `${f}=${join(base, f)}`])
      const args = ['audit', '--configs', configs, '--pxe', 'wds=10.9.9.5', '--state', join(base, 'state'), ...files]
      return { code: await run(args, io), err }
    }
    expect(await audit()).toEqual({ code: 1, err: '' })
    for (const host of [3, 4]) rmSync(join(configs, `r${host}.cfg`))
    expect(await audit()).toEqual({ code: 3, err: '' })
    const text = (format: string) => readFileSync(join(base, format), 'utf8')
    const why = /an earlier run found it, and this one could not judge it: /
    expect(text('junit')).toMatch(/failures="0" errors="1"/)
    expect(text('junit')).toMatch(/<error message="not judged: r3 and r4 relay 10\.0\.40\.0\/24 to wds: 2 copies/)
    for (const format of ['junit', 'sarif', 'csv'])
      expect({ format, text: text(format) }).toMatchObject({ text: expect.stringMatching(why) })
    const log = JSON.parse(text('sarif'))
    expect(sarifErrors(log)).toEqual([])
    expect(
      results(log.runs[0])
        .filter(r => r.ruleId === 'duplicate-pxe-relay')
        .map(r => r.kind),
    ).toEqual(['open'])
  })
})
