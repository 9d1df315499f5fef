// SARIF against its published schema, and within what GitHub takes.
import { gzipSync } from 'node:zlib'
import { describe, expect, it, vi } from 'vitest'
import { rules } from '../src/api.ts'
import type { Evidence, Finding, Result } from '../src/model/result.ts'
import { accountOf } from '../src/report/audited.ts'
import { sarif } from '../src/report/sarif.ts'
import { CONTEXT, NOTHING, SAMPLE } from './support/report-sample.ts'
import { sarifErrors } from './support/sarif-schema.ts'

// Much is rendered and validated here; a busy machine needs its time.
vi.setConfig({ testTimeout: 60_000 })

interface Location {
  readonly id?: number
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string }
    readonly region: { readonly startLine: number }
  }
}
interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly kind: string
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly Location[]
  readonly relatedLocations?: readonly Location[]
  readonly partialFingerprints: Readonly<Record<string, string>>
  readonly suppressions?: readonly unknown[]
}
interface Run {
  readonly tool: {
    readonly driver: {
      readonly rules: readonly {
        readonly id: string
        readonly help: { readonly markdown: string }
        readonly properties: { readonly tags: readonly string[] }
      }[]
    }
  }
  readonly invocations: readonly [
    { readonly toolExecutionNotifications: readonly { readonly level: string; readonly message: { readonly text: string } }[] },
  ]
  readonly results: readonly SarifResult[]
}

/** The run of a log that the schema has nothing against. */
function runOf(result: Result, context = CONTEXT): Run {
  const log = JSON.parse(sarif(accountOf(result), context))
  expect(sarifErrors(log)).toEqual([])
  expect(log.runs).toHaveLength(1)
  return log.runs[0]
}
const evidence = (n: number, more: Partial<Evidence> = {}): Evidence => ({
  device: `r${n}`,
  file: `configs/r${n}.cfg`,
  line: n,
  text: 'relay',
  note: `router ${n}`,
  ...more,
})
const finding = (more: Partial<Finding>): Finding => ({
  rule: 'duplicate-pxe-relay',
  severity: 'error',
  fingerprint: 'f',
  subject: 's',
  message: 'm',
  waived: null,
  evidence: [],
  ...more,
})
const found = (...findings: readonly Partial<Finding>[]): Result => ({
  ...SAMPLE,
  findings: findings.map(finding),
  segments: [],
  devices: [],
})
/** Without the concern that an audit without segments has. */
const first = (run: Run) => run.results.find(r => r.ruleId !== 'nothing-judged')

describe('the schema', () => {
  it('finds fault with what is no SARIF', () => {
    const log = JSON.parse(sarif(accountOf(SAMPLE), CONTEXT))
    log.runs[0].results[0].level = 'fatal'
    log.runs[0].results[1].extra = 1
    expect(sarifErrors(log)).toEqual([
      '/runs/0/results/0/level: must be equal to one of the allowed values',
      '/runs/0/results/1: must NOT have additional properties',
    ])
  })

  it.each([
    ['an empty result', NOTHING],
    ['every kind of finding', SAMPLE],
    [
      'findings without a line, or without a file',
      found({ evidence: [evidence(0)] }, { evidence: [evidence(1, { file: '' })] }, {}),
    ],
  ])('finds none with %s', (_, result) => expect(runOf(result).results.length).toBeGreaterThan(0))

  it('finds none with the pages of all rules, examples and all', () => {
    const { driver } = runOf(SAMPLE, { ...CONTEXT, rules }).tool
    expect(driver.rules.map(r => r.id)).toEqual([...rules.map(r => r.id), 'unknown-verdict', 'unread-device', 'nothing-judged'])
    for (const rule of rules) {
      const { help } = driver.rules.find(r => r.id === rule.id) ?? { help: { markdown: '' } }
      for (const example of [...rule.examples.bad, ...rule.examples.good]) expect(help.markdown).toContain(example.shows)
    }
  })
})

describe('a result', () => {
  it('stands at its first line; the lines of the peers are related, and linked to', () => {
    const result = first(runOf(found({ message: 'two relay', evidence: [evidence(1), evidence(2), evidence(3)] })))
    expect(result?.locations.map(l => [l.physicalLocation.artifactLocation.uri, l.physicalLocation.region.startLine])).toEqual([
      ['configs/r1.cfg', 1],
    ])
    expect(
      result?.relatedLocations?.map(l => [l.id, l.physicalLocation.artifactLocation.uri, l.physicalLocation.region.startLine]),
    ).toEqual([
      [1, 'configs/r2.cfg', 2],
      [2, 'configs/r3.cfg', 3],
    ])
    expect(result?.message.text).toBe('two relay. See also [r2:2](1), [r3:3](2).')
  })

  it.each([
    ['configs/r1.cfg', 'configs/r1.cfg'],
    ['/build/net/configs/r1.cfg', 'configs/r1.cfg'],
    ['/build/net/./a b/r#1?.cfg', 'a%20b/r%231%3F.cfg'],
    ['/srv/r1.cfg', 'file:///srv/r1.cfg'],
    ['../r1.cfg', 'file:///build/r1.cfg'],
    // GitHub refuses a file with any scheme but file:, so the address is a path.
    ['ssh://192.0.2.7:22', 'ssh/192.0.2.7%3A22'],
    ['ssh://[2001:db8::7]:22', 'ssh/%5B2001%3Adb8%3A%3A7%5D%3A22'],
  ])('of %s stands in %s', (file, uri) => {
    const { artifactLocation } = first(runOf(found({ evidence: [evidence(1, { file })] })))?.locations[0]?.physicalLocation ?? {}
    expect(artifactLocation?.uri).toBe(uri)
    if (file.startsWith('ssh:')) expect(artifactLocation).toMatchObject({ properties: { address: file } })
  })

  it('has the fingerprint of its finding, which lines cannot move', () => {
    const at = (n: number) =>
      first(runOf(found({ fingerprint: '0123456789abcdef', evidence: [evidence(n)] })))?.partialFingerprints
    expect(at(1)).toEqual({ 'iphelperAudit/v1': '0123456789abcdef', 'primaryLocationLineHash': '0123456789abcdef:1' })
    expect(at(99)).toEqual(at(1))
  })

  it('points to its rule, also to one that has no page', () => {
    const run = runOf(SAMPLE)
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex]?.id).toBe(ruleId)
    expect(run.results.map(r => r.ruleId)).toContain('relay-without-failover')
  })

  it('is open, and of no level, where nothing is known; each verdict and each device that was not read', () => {
    const open = runOf(SAMPLE).results.filter(r => r.kind === 'open')
    expect(open.map(r => [r.ruleId, r.level, r.message.text])).toEqual([
      ['unknown-verdict', 'none', 'lon 10.20.40.0/24 (wds-ams): edge-2 was not read; it may stand here too.'],
      ['unread-device', 'none', 'edge-2: the connection was refused; look at its port.'],
    ])
  })

  it('that was accepted is suppressed, and comes last', () => {
    const { results } = runOf(SAMPLE)
    expect(results.filter(r => r.suppressions)).toEqual([results.at(-1)])
    expect(results.at(-1)?.suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'until the core is replaced (Network team)' },
    ])
  })

  it('makes no link of what looks like one', () => {
    const text = first(runOf(found({ message: 'r1 [see](http://example.com) and [x] [y](3)' })))?.message.text
    expect(text).toBe('r1 \\[see](http://example.com) and [x] \\[y](3).')
  })
})

describe("GitHub's limits", () => {
  const many = (n: number, more: (i: number) => Partial<Finding> = () => ({})) =>
    found(...Array.from({ length: n }, (_, i) => ({ fingerprint: `f${i}`, subject: `s${i}`, ...more(i) })))
  const notes = (run: Run) => run.invocations[0].toolExecutionNotifications.map(n => n.message.text)

  it('25,000 results: the worst are kept, and the rest is counted', () => {
    // 24,990 errors, an open one, 20 for information: the last 11 have no room.
    const run = runOf({ ...many(25_010, i => ({ severity: i < 24_990 ? 'error' : 'info' })) })
    expect(run.results).toHaveLength(25_000)
    expect(run.results.filter(r => r.level === 'error')).toHaveLength(24_990)
    expect(run.results.filter(r => r.level === 'note')).toHaveLength(9)
    expect(notes(run)).toContainEqual(expect.stringMatching(/^11 results of 25011 are left out, the least severe ones/))
    expect(notes(run)).toContain('Of 25000 results GitHub shows the 5000 most severe ones.')
  })

  it('10 MB when compressed: results are left out until it fits', () => {
    // Text that does not compress below six bits a character.
    let seed = 1
    const noise = () => {
      let out = ''
      while (out.length < 3_900) {
        seed = (seed * 48_271) % 2_147_483_647
        out += seed.toString(36)
      }
      return out
    }
    const text = sarif(accountOf(many(4_000, () => ({ message: noise() }))), CONTEXT)
    expect(gzipSync(text).length).toBeLessThanOrEqual(10_000_000)
    const run: Run = JSON.parse(text).runs[0]
    expect(run.results.length).toBeGreaterThan(2_500)
    expect(run.results.length).toBeLessThan(4_000)
    expect(notes(run)[0]).toMatch(new RegExp(`^${4_001 - run.results.length} results of 4001 are left out`))
  })

  it('100 locations for a result, and no more tags or rules than it takes', () => {
    const run = runOf(found({ evidence: Array.from({ length: 1_500 }, (_, n) => evidence(n + 1)) }))
    const result = first(run)
    expect((result?.locations.length ?? 0) + (result?.relatedLocations?.length ?? 0)).toBe(100)
    expect(result?.message.text).toMatch(/\[r11:11\]\(10\) and 1489 more\.$/)
    for (const rule of run.tool.driver.rules) expect(rule.properties.tags.length).toBeLessThanOrEqual(10)
  })
})
