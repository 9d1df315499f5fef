// The terminal report of the demonstration network, as a person reads it at 80 columns.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'
import type { Finding, Reason, Result, SegmentResult, Severity, Verdict } from '../src/model/result.ts'
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
    expect(await text(80, false, '--assume-pairs', '--all')).toMatch(/^NONE\* +0 /m)
  })
})

const PLAIN = { width: 80, paint: (_: unknown, t: string) => t, all: false, waived: false }
const reason = (code: Reason['code']): Reason => ({ code, message: `why ${code}`, device: 'r1', line: null })

/** One segment 10.0.N.0/24 per verdict, with the codes of its reasons. */
function resultOf(...verdicts: readonly (readonly [Verdict, ...Reason['code'][]])[]): Result {
  const segments = verdicts.map(([verdict, ...codes], n): SegmentResult => {
    const copies = { duplicate: 2, single: 1, none: 0, unknown: null }[verdict]
    const subnet = `10.0.${n}.0/24`
    const pxe = [{ point: 'wds', copies, verdict, survives_failover: null, reasons: codes.map(reason) }]
    return { id: subnet, site: 'default', vrf: 'default', subnets: [subnet], members: [], pxe }
  })
  const number = (v: Verdict) => verdicts.filter(([verdict]) => verdict === v).length
  const given = { duplicate: number('duplicate'), single: number('single'), none: number('none'), unknown: number('unknown') }
  const points = [{ name: 'wds', kind: 'wds', addresses: ['10.9.9.5'] } as const]
  return { ...NOTHING, points, segments, summary: { ...NOTHING.summary, segments: segments.length, ...given } }
}

describe('a pass with a caveat', () => {
  const rows = (out: string) => out.match(/^(SINGLE|NONE|DUPLICATE|UNKNOWN)\S* .*0\/24/gm)?.map(l => l.replace(/ +/g, ' '))

  it('has a star, and a line says what the star means and for how many', () => {
    const result = resultOf(
      ['single', 'relays'],
      ['single', 'relays', 'assumed-pair', 'inert'],
      ['none', 'completeness-not-provable', 'completeness-not-provable'],
      ['none'],
      ['duplicate', 'relays', 'relays', 'completeness-not-provable'],
      ['unknown', 'peer-missing', 'group-off'],
    )
    const out = reportText(result, { ...PLAIN, all: true })
    expect(rows(out)).toEqual([
      'DUPLICATE 2 10.0.4.0/24',
      'UNKNOWN ? 10.0.5.0/24',
      'SINGLE 1 10.0.0.0/24',
      'SINGLE* 1 10.0.1.0/24',
      'NONE* 0 10.0.2.0/24',
      'NONE 0 10.0.3.0/24',
    ])
    // Four verdicts pass; two of them have a caveat, and one of these has two kinds.
    const flat = out.replace(/\s+/g, ' ')
    expect(flat).toContain(
      '* a pass with a caveat, 2 of 4: it rests on two routers taken for all there are (1), a capture that nothing proves whole (1), a relay that is off today (1).',
    )
    expect(flat).toContain('1 duplicate, 1 unknown, 2 single (1*), 2 none (1*).')
    expect(flat).toContain(
      '2 of 4 passes carry a caveat (*). Pairs were assumed: 1 pass holds only if two routers are all there are.',
    )
    expect(Math.max(...out.split('\n').map(l => l.length))).toBeLessThanOrEqual(80)
  })

  it.each(['completeness-not-provable', 'assumed-pair', 'group-off', 'inert', 'gate-unresolved', 'stale'] as const)(
    'is one with %s',
    code => {
      const out = reportText(resultOf(['single', 'relays', code]), PLAIN)
      expect(rows(out)).toEqual(['SINGLE* 1 10.0.0.0/24'])
      expect(out.replace(/\s+/g, ' ')).toContain('more than once; 1 of 1 pass carries a caveat.')
    },
  )

  it('is counted where it is not shown', () =>
    expect(reportText(resultOf(['none'], ['none', 'inert']), PLAIN)).toContain('2 verdicts "none" not shown (1*); --all'))

  it('is none where the lines say it all', () => {
    const out = reportText(resultOf(['single', 'gated'], ['none'], ['duplicate', 'relays', 'assumed-pair']), PLAIN)
    expect(out).not.toMatch(/\*|caveat/)
    expect(out.replace(/\s+/g, ' ')).toContain('Pairs were assumed; no pass rests on that.')
  })
})
