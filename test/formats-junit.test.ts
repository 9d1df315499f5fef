// JUnit XML: what each case becomes, and whether every reader can open it.
import { describe, expect, it } from 'vitest'
import type { Result } from '../src/model/result.ts'
import { junit } from '../src/report/junit.ts'
import { junitErrors } from './support/junit-schema.ts'
import { CONTEXT, NOTHING, SAMPLE } from './support/report-sample.ts'

const render = (result: Result, junitUnknown: 'error' | 'skipped' = 'error') => junit(result, { ...CONTEXT, junitUnknown })

/** Name and outcome of every case. */
const outcomes = (xml: string) =>
  [...xml.matchAll(/<testcase classname="([^"]*)" name="([^"]*)" time="0"(?:\/>|>\s*<([\w-]+))/g)].map(
    ([, classname, name, outcome]) => [classname, name, outcome ?? 'pass'] as const,
  )
/** The attributes of the head and of every suite. */
const counted = (xml: string) =>
  [...xml.matchAll(/<testsuites? name="([^"]*)" tests="(\d+)" failures="(\d+)" errors="(\d+)"(?: skipped="(\d+)")?/g)].map(m =>
    m.slice(1),
  )

describe('the schema', () => {
  it('finds fault with what readers would refuse', async () => {
    const xml = render(SAMPLE)
    expect(await junitErrors(xml.replace('</testsuites>', ''))).not.toEqual([])
    expect(await junitErrors(xml.replace('dist-1', 'dist\u0001'))).not.toEqual([])
    expect(await junitErrors(xml.replace('time="0"', 'time="0" skipped="0"'))).not.toEqual([])
    expect(await junitErrors(xml.replace(/name="dist-2"/, 'name="dist-1"'))).not.toEqual([])
  })

  it.each([
    ['an empty result', NOTHING],
    ['every kind of case', SAMPLE],
    ['two cases with one name', { ...SAMPLE, findings: [...SAMPLE.findings, ...SAMPLE.findings] }],
  ])('finds none with %s', async (_, result) => {
    expect(await junitErrors(render(result))).toEqual([])
    expect(await junitErrors(render(result, 'skipped'))).toEqual([])
  })
})

describe('a case', () => {
  const verdicts = [
    ['verdicts.ams', 'ams default 10.20.10.0/24 wds-ams', 'failure'],
    // Accepted.
    ['verdicts.ams', 'ams default 10.20.11.0/24 wds-ams', 'system-out'],
    ['verdicts.ams', 'ams default 10.20.12.0/24 wds-ams', 'system-out'],
    ['verdicts.ams', 'ams default 10.20.13.0/24 wds-ams', 'system-out'],
  ]
  const findings = [
    ['findings.option-82-with-wds', 'edge-1 wds-ams', 'skipped'],
    ['findings.relay-without-failover', 'ams default 10.20.12.0/24 wds-ams', 'system-out'],
  ]
  const devices = ['dist-1', 'dist-2', 'core-1'].map(name => ['devices.ams', name, 'pass'])
  const all = (unknown: string) => [
    ...verdicts,
    ['verdicts.lon', 'lon default 10.20.40.0/24 wds-ams', unknown],
    ...findings,
    ...devices,
    ['devices.lon', 'edge-1', 'pass'],
    ['devices.lon', 'edge-2', unknown],
  ]

  it('is each segment and PXE point, each other finding, and each device; unknown is an error, or skipped', () => {
    expect(outcomes(render(SAMPLE))).toEqual(all('error'))
    expect(outcomes(render(SAMPLE, 'skipped'))).toEqual(all('skipped'))
  })

  it('is counted', () => {
    expect(counted(render(SAMPLE))).toEqual([
      ['iphelper-audit', '12', '1', '2', undefined],
      ['verdicts ams', '4', '1', '0', '0'],
      ['verdicts lon', '1', '0', '1', '0'],
      ['findings', '2', '0', '0', '1'],
      ['devices', '5', '0', '1', '0'],
    ])
  })

  it('fails for a duplicate without a finding, and for an error that is about no segment', () => {
    const [error] = SAMPLE.findings
    const findings = error ? [{ ...error, subject: 'rule x', rule: 'duplicate-pxe-relay' }] : []
    expect(outcomes(render({ ...SAMPLE, findings })).filter(([, , outcome]) => outcome === 'failure')).toEqual([
      ['verdicts.ams', 'ams default 10.20.10.0/24 wds-ams', 'failure'],
      ['verdicts.ams', 'ams default 10.20.11.0/24 wds-ams', 'failure'],
      ['findings.duplicate-pxe-relay', 'rule x', 'failure'],
    ])
  })

  it('of an audit that judged nothing is an error', () =>
    expect(outcomes(render(NOTHING))).toEqual([['verdicts.all', 'there is something to judge', 'error']]))
})
