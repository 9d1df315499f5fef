// The terminal report of the demonstration network, as a person reads it at 80 columns.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'
import type { Finding, Result, Severity } from '../src/model/result.ts'
import { text as reportText } from '../src/report/text.ts'
import { expectGolden } from './support/golden.ts'

const root = join(import.meta.dirname, '..')

/** The result of an audit that saw nothing. */
const NOTHING: Result = {
  schema_version: 1,
  tool: { name: 'test', version: '0' },
  started_at: '2026-01-01T00:00:00.000Z',
  exit_code: 0,
  points: [],
  devices: [],
  segments: [],
  findings: [],
  remediations: [],
  summary: { segments: 0, duplicate: 0, single: 0, none: 0, unknown: 0, devices: 0, failed: 0 },
}

async function text(width: number, colour: boolean, ...more: string[]) {
  let out = ''
  const args = [
    'audit',
    '--configs',
    join(root, 'test/networks/campus/configs'),
    '--pxe',
    'wds-ams=10.9.9.5',
    '--pxe',
    'wds-lon=10.9.8.5',
    ...more,
  ]
  await run(args, { out: t => (out += t), err: () => {}, env: {}, width, colour })
  return out
}

describe('text', () => {
  it('reads well at 80 columns', async () =>
    expectGolden(join(import.meta.dirname, 'goldens', 'campus.txt'), await text(80, false)))

  it('is coloured only where colour is wanted', async () => {
    const plain = await text(80, false)
    const painted = await text(80, true)
    const escapes = /\u001b\[\d+m/g
    expect(plain).not.toMatch(escapes)
    expect(painted).toMatch(escapes)
    expect(painted.replace(escapes, '')).toBe(plain)
  })

  it('shows ten findings for information of one rule, and all with --all', async () => {
    // VLANs 13, 15, 19, 21, 22, 31 in ams and 41, 42, 51, 53, 61, 62 in lon: one relay, two routers (networks/campus/README.md).
    const findings = (report: string) => report.split('\n').filter(l => l.startsWith('info relay-without-failover ')).length
    const cut = await text(80, false, '--assume-pairs')
    expect(findings(cut)).toBe(10)
    expect(cut).toContain('\n2 more relay-without-failover findings; --all shows them\n')
    const whole = await text(80, false, '--assume-pairs', '--all')
    expect(findings(whole)).toBe(12)
    expect(whole).not.toContain(' more relay-without-failover')
  })

  it('hides no warning, however many, and counts the findings for information of each rule', () => {
    const said = (rule: string, severity: Severity, n: number): Finding[] =>
      Array.from({ length: n }, (_, i) => ({
        rule,
        severity,
        fingerprint: `${rule}-${i}`,
        subject: `${i}`,
        message: `${rule} number ${i}`,
        waived: null,
        evidence: [],
      }))
    const findings = [...said('loud', 'warning', 12), ...said('loud', 'info', 2), ...said('quiet', 'info', 11)]
    const out = reportText({ ...NOTHING, findings }, { width: 80, paint: (_, t) => t, all: false, waived: false })
    expect(out.match(/^warning loud /gm)).toHaveLength(12)
    expect(out.match(/^info loud /gm)).toHaveLength(2)
    expect(out.match(/^info quiet /gm)).toHaveLength(10)
    expect(out.match(/^.* more .*$/gm)).toEqual(['1 more quiet finding; --all shows it'])
  })

  it('shows what relays nothing with --all', async () => {
    expect(await text(80, false, '--assume-pairs')).toContain('"none" not shown')
    expect(await text(80, false, '--assume-pairs', '--all')).toMatch(/^NONE +0 /m)
  })
})
