// Big networks: every format says all it has room for, counts the rest, and reads each finding once.
import { describe, expect, it, vi } from 'vitest'
import type { Finding, Result, SegmentResult } from '../src/model/result.ts'
import { formats } from '../src/report/formats.ts'
import { readCsv } from './support/csv.ts'
import { junitErrors } from './support/junit-schema.ts'
import { CONTEXT, SAMPLE } from './support/report-sample.ts'
import { sarifErrors } from './support/sarif-schema.ts'

// Much is rendered and validated here; a busy machine needs its time.
vi.setConfig({ testTimeout: 60_000 })

const SEGMENTS = 20_000
const DUPLICATES = 5_000

/** A network of 20,000 segments, of which the first 5,000 are duplicates with a finding and a fix, and the next 1,000 unknown. */
function bigNetwork(): Result {
  const segments = Array.from({ length: SEGMENTS }, (_, n): SegmentResult => {
    const subnet = `10.${n >> 8}.${n & 255}.0/24`
    const verdict = n < DUPLICATES ? 'duplicate' : n < DUPLICATES + 1_000 ? 'unknown' : 'single'
    const copies = { duplicate: 2, unknown: null, single: 1 }[verdict]
    const reasons =
      verdict === 'unknown'
        ? [{ code: 'unrecognized' as const, message: `line ${n} was not understood`, device: 'dist-1', line: n }]
        : []
    const members = (SAMPLE.segments[0]?.members ?? []).map(m => ({ ...m, interface: `Vlan${n}` }))
    return {
      id: `ams default ${subnet}`,
      site: 'ams',
      vrf: 'default',
      subnets: [subnet],
      members,
      pxe: [{ point: 'wds-ams', copies, verdict, survives_failover: null, reasons }],
    }
  })
  const [template] = SAMPLE.findings
  const findings = segments.slice(0, DUPLICATES).flatMap((segment, n): Finding[] =>
    template
      ? [
          {
            ...template,
            fingerprint: n.toString(16).padStart(16, '0'),
            subject: `${segment.id} wds-ams`,
            message: `number ${n}: ${segment.id}`,
          },
        ]
      : [],
  )
  const remediations = findings.flatMap(({ fingerprint }) => SAMPLE.remediations.slice(0, 2).map(r => ({ ...r, fingerprint })))
  const summary = {
    ...SAMPLE.summary,
    segments: SEGMENTS,
    duplicate: DUPLICATES,
    unknown: 1_000,
    single: SEGMENTS - DUPLICATES - 1_000,
    none: 0,
    failed: 0,
  }
  return { ...SAMPLE, devices: SAMPLE.devices.slice(0, 4), segments, findings, remediations, summary }
}

describe('20,000 segments with 5,000 findings', () => {
  const result = bigNetwork()
  const render = (format: string, context = CONTEXT) => formats[format]?.(result, context) ?? ''

  it('csv has a row for each', () => expect(readCsv(render('csv'))).toHaveLength(1 + SEGMENTS))

  it('ndjson has a line for each, none of them long', () => {
    const lines = render('ndjson').trimEnd().split('\n')
    expect(lines).toHaveLength(1 + 4 + SEGMENTS + DUPLICATES + 2 * DUPLICATES + 1)
    expect(Math.max(...lines.map(l => l.length))).toBeLessThan(2_000)
  })

  it('junit has a case for each, and opens', async () => {
    const xml = render('junit')
    expect(xml.match(/<testcase /g)).toHaveLength(SEGMENTS + 4)
    expect(xml.match(/<failure /g)).toHaveLength(DUPLICATES)
    expect(xml.match(/<error /g)).toHaveLength(1_000)
    expect(await junitErrors(xml)).toEqual([])
  })

  it('sarif has a result for each finding and each unknown verdict', () => {
    const log = JSON.parse(render('sarif'))
    expect(log.runs[0].results).toHaveLength(DUPLICATES + 1_000)
    expect(sarifErrors(log)).toEqual([])
  })

  it('gitlab and azure have an issue for each', () => {
    expect(JSON.parse(render('gitlab'))).toHaveLength(DUPLICATES + 1_000)
    expect(render('azure').match(/^##vso\[task\.logissue type=error/gm)).toHaveLength(DUPLICATES)
  })

  it('markdown fits into a comment, and what it shows and what it leaves out is everything', () => {
    for (const [all, limit] of [
      [false, 65_536],
      [true, 1_000_000],
    ] as const) {
      const comment = render('markdown', { ...CONTEXT, text: { ...CONTEXT.text, all } })
      expect(comment.length).toBeLessThanOrEqual(limit)
      expect(comment.length).toBeGreaterThan(limit * 0.95)
      expect(comment).toContain('### ❌ On 5000 segments, boot requests reach a PXE server more than once.')
      const rows = comment.match(/^\| (error|open) /gm)?.length ?? 0
      const blocks = comment.match(/^<details>/gm)?.length ?? 0
      const [, findings, evidence] = /Left out here: (\d+) findings and the evidence of (\d+) findings\./.exec(comment) ?? []
      expect([rows + Number(findings), blocks + Number(evidence)]).toEqual([DUPLICATES + 1_000, DUPLICATES])
      // The worst come first.
      expect(comment).toContain('| error | duplicate-pxe-relay | number 0: ')
    }
  })

  it('github says how much it leaves out', () => {
    expect(
      render('github')
        .split('\n')
        .filter(l => l.startsWith('::error ')),
    ).toHaveLength(10)
    expect(render('github')).toContain('Left out, because GitHub shows ten of a kind: 4990 errors and 990 warnings.')
  })
})
