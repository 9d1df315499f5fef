// The baseline: what is in it, what is new, what is stale, and that it hides nothing else.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { acceptedBy, baselineOf, baselineText, compare, prune } from '../src/analyze/baseline.ts'
import { run } from '../src/cli/run.ts'
import { baselineSchema } from '../src/inventory/baseline.ts'
import type { Baseline } from '../src/model/accepted.ts'
import type { Finding } from '../src/model/result.ts'
import { resultSchema } from '../src/report/schema.ts'
import { NOW, RELAY, router } from './support/accepting.ts'

const tool = { name: 'iphelper-audit', version: '1.2.3' }
const finding = (fingerprint: string, more: Partial<Finding> = {}): Finding => ({
  rule: 'duplicate-pxe-relay',
  severity: 'error',
  fingerprint,
  subject: `subject ${fingerprint}`,
  message: 'm',
  waived: null,
  evidence: [],
  ...more,
})
const base = (...findings: Finding[]): Baseline => baselineOf({ findings, tool }, NOW)
const prints = (all: readonly { readonly fingerprint: string }[]) => all.map(f => f.fingerprint)

describe('the file', () => {
  it('is what stands, sorted by rule and subject', () => {
    const all = [finding('c', { rule: 'b' }), finding('b', { rule: 'b' }), finding('a', { rule: 'a', severity: 'info' })]
    expect(baselineText(base(...all))).toBe(`{
  "schema_version": 1,
  "tool": {
    "name": "iphelper-audit",
    "version": "1.2.3"
  },
  "written_at": "2026-03-04T12:00:00.000Z",
  "findings": [
    {
      "fingerprint": "a",
      "rule": "a",
      "subject": "subject a",
      "severity": "info"
    },
    {
      "fingerprint": "b",
      "rule": "b",
      "subject": "subject b",
      "severity": "error"
    },
    {
      "fingerprint": "c",
      "rule": "b",
      "subject": "subject c",
      "severity": "error"
    }
  ]
}
`)
  })

  it('is the same in whatever order the findings come', () => {
    const findings = fc.array(
      fc.record({
        fingerprint: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
        rule: fc.constantFrom('r', 's', 'ä'),
        severity: fc.constantFrom('error', 'warning', 'info'),
      }),
      { maxLength: 8 },
    )
    // One fingerprint has one rule and one subject, as in an audit.
    const own = findings.map(all => all.map(f => finding(f.fingerprint, { severity: f.severity, rule: `r${f.fingerprint}` })))
    fc.assert(
      fc.property(
        own.chain(all => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(baselineText(base(...shuffled))).toBe(baselineText(base(...all)))
        },
      ),
    )
  })

  it('leaves out what a waiver accepts, and the failure of a rule', () => {
    const waived = finding('w', { waived: 'known (Ann)' })
    const failed = finding('f', { rule: 'lone-redundancy-group', subject: 'rule lone-redundancy-group' })
    const before = finding('b', { waived: 'in the baseline of 2026-01-01' })
    expect(prints(base(waived, failed, before, finding('a')).findings)).toEqual(['a', 'b'])
    // Even if the failure got there by hand.
    const { fingerprint, rule, subject, severity } = failed
    expect(acceptedBy({ ...base(), findings: [{ fingerprint, rule, subject, severity }] })(failed)).toBeNull()
  })
})

describe('held against an audit', () => {
  it('written and checked, nothing is new or stale', () => {
    const all = [finding('a'), finding('b', { severity: 'info' })]
    expect(compare({ findings: all }, base(...all))).toEqual({ fresh: [], stale: [] })
  })

  it('tells what is new from what is gone', () => {
    const { fresh, stale } = compare({ findings: [finding('b'), finding('c')] }, base(finding('a'), finding('b')))
    expect([prints(fresh), prints(stale)]).toEqual([['c'], ['a']])
  })

  it('a finding that has become worse is new, one that has become milder is not', () => {
    const warned = base(finding('a', { severity: 'warning' }))
    expect(prints(compare({ findings: [finding('a', { severity: 'error' })] }, warned).fresh)).toEqual(['a'])
    expect(compare({ findings: [finding('a', { severity: 'info' })] }, warned)).toEqual({ fresh: [], stale: [] })
  })

  it('a duplicate of more copies is new, one of as many or fewer is not; an entry of an earlier version says nothing of them', () => {
    const two = base(finding('a', { copies: 2 }))
    expect(two.findings).toEqual([expect.objectContaining({ fingerprint: 'a', copies: 2 })])
    expect(prints(compare({ findings: [finding('a', { copies: 3 })] }, two).fresh)).toEqual(['a'])
    for (const copies of [1, 2]) expect(compare({ findings: [finding('a', { copies })] }, two).fresh).toEqual([])
    expect(compare({ findings: [finding('a', { copies: 3 })] }, base(finding('a'))).fresh).toEqual([])
  })

  it('what a waiver accepts is neither new nor stale; what another baseline accepted is new here', () => {
    const byWaiver = finding('w', { waived: 'in the baseline of 2026-01-01 (Ann)' })
    expect(compare({ findings: [byWaiver] }, base())).toEqual({ fresh: [], stale: [] })
    expect(compare({ findings: [byWaiver] }, base(finding('w')))).toEqual({ fresh: [], stale: [] })
    const byOther = finding('o', { waived: 'in the baseline of 2026-01-01' })
    expect(compare({ findings: [byOther] }, base()).fresh).toEqual([{ ...byOther, waived: null }])
  })

  it('pruned, it loses what is gone and keeps its day', () => {
    const old = { ...base(finding('a'), finding('b')), written_at: '2025-12-31T23:30:00.000Z' }
    const pruned = prune(old, compare({ findings: [finding('b'), finding('c')] }, old))
    expect(pruned).toEqual({ ...old, findings: base(finding('b')).findings })
    expect(acceptedBy(pruned)(finding('b'))).toBe('in the baseline of 2025-12-31')
    expect(acceptedBy(pruned)(finding('a'))).toBeNull()
  })
})

const folder = mkdtempSync(join(tmpdir(), 'iphelper-baseline-'))
afterAll(() => rmSync(folder, { recursive: true }))
const file = join(folder, 'baseline.json')
const configs = join(folder, 'configs')

async function cli(...args: string[]) {
  let out = ''
  let err = ''
  const io = { out: (t: string) => (out += t), err: (t: string) => (err += t), env: {}, width: 140, colour: false }
  const code = await run(args, io)
  return { code, out: out.replaceAll(`${folder}/`, ''), sentences: err.replaceAll(`${folder}/`, '').split('\n').filter(Boolean) }
}
const INPUT = ['--configs', configs, '--pxe', 'wds=10.9.9.5']
const baseline = (action: string, ...more: string[]) => cli('baseline', action, ...INPUT, '--baseline', file, ...more)
const audit = (...more: string[]) => cli('audit', ...INPUT, ...more)
const put = (host: number, vlans: Parameters<typeof router>[1]) =>
  writeFileSync(join(configs, `r${host}.cfg`), router(host, vlans))

/** VLAN 10 arrives twice; VLAN 11 has one router. */
beforeEach(() => {
  rmSync(configs, { recursive: true, force: true })
  rmSync(file, { force: true })
  mkdirSync(configs)
  put(2, { 10: [RELAY], 11: [RELAY] })
  put(3, { 10: [RELAY] })
})

describe('on the command line', () => {
  it('write, then check: 0; and the audit accepts what is in it', async () => {
    expect((await audit()).code).toBe(1)
    expect(await baseline('write')).toEqual({ code: 0, out: 'Wrote baseline.json: 1 finding.\n', sentences: [] })
    const written = baselineSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    expect(written.findings.map(f => [f.rule, f.subject, f.severity])).toEqual([
      ['duplicate-pxe-relay', 'default default 10.0.10.0/24 wds', 'error'],
    ])
    expect(readdirSync(folder).filter(f => f.includes('partial'))).toEqual([])
    expect(await baseline('check')).toEqual({ code: 0, out: '0 findings are not in the baseline.\n', sentences: [] })
    const audited = await audit('--baseline', file, '--format', 'json')
    expect({ code: audited.code, sentences: audited.sentences }).toEqual({ code: 0, sentences: [] })
    const result = resultSchema.parse(JSON.parse(audited.out))
    expect(result.findings.map(f => f.waived)).toEqual([`in the baseline of ${written.written_at.slice(0, 10)}`])
    expect(result.summary).toMatchObject({ duplicate: 1, single: 1 })
  })

  it('lines that move, and other text on them, change nothing', async () => {
    await baseline('write')
    writeFileSync(join(configs, 'r2.cfg'), `!\n!\n!\n${router(2, { 10: ['description moved', RELAY], 11: [RELAY] })}`)
    expect((await baseline('check')).code).toBe(0)
  })

  it('a new finding is listed, exit 1', async () => {
    await baseline('write')
    put(3, { 10: [RELAY], 11: [RELAY] })
    const { code, out } = await baseline('check')
    expect(code).toBe(1)
    expect(out).toMatch(/^new error duplicate-pxe-relay [0-9a-f]{16}\n {2}r2 and r3 relay 10\.0\.11\.0\/24 to wds/)
    expect(out).toContain('1 finding is not in the baseline.')
    const audited = await audit('--baseline', file)
    expect(audited.code).toBe(1)
    expect(audited.out).toContain('1 accepted finding not shown')
    expect((await baseline('check', '--fail-on', 'none')).code).toBe(0)
  })

  it('a new finding of any severity counts, unless --fail-on says otherwise', async () => {
    await baseline('write')
    // The name leads nowhere, which is a warning; the relay counts as if it were plain, so the verdict stays single.
    put(2, { 10: [RELAY], 11: ['standby 11 ip 10.0.11.1', `${RELAY} redundancy NONE`] })
    put(3, { 10: [RELAY], 11: ['standby 11 ip 10.0.11.1'] })
    const { code, out } = await baseline('check')
    expect(out).toMatch(/^new warning dangling-redundancy-name/)
    expect(code).toBe(1)
    expect((await baseline('check', '--fail-on', 'error')).code).toBe(0)
  })

  it('a stale entry is exit 1 with the remedy; --allow-stale allows it; prune drops it, and adds nothing', async () => {
    await baseline('write')
    put(3, { 11: [RELAY] })
    const { code, out } = await baseline('check')
    expect(code).toBe(1)
    expect(out).toMatch(/stale error duplicate-pxe-relay [0-9a-f]{16}\n {2}default default 10\.0\.10\.0\/24 wds/)
    expect(out).toContain('1 entry is stale: the finding is gone. Run baseline prune, or allow it with --allow-stale.')
    const allowed = await baseline('check', '--allow-stale', '--fail-on', 'none')
    expect(allowed.code).toBe(0)
    expect(allowed.out).toContain('That is allowed here.')
    expect((await baseline('prune')).out).toBe('Dropped 1 finding from baseline.json; 0 findings left.\n')
    expect(JSON.parse(readFileSync(file, 'utf8')).findings).toEqual([])
    // The duplicate of VLAN 11 was never accepted.
    expect((await baseline('check')).out).toContain('1 finding is not in the baseline.')
  })

  it('prune leaves a file alone that has nothing stale', async () => {
    await baseline('write')
    const before = readFileSync(file, 'utf8').replace('  "schema', '\t"schema')
    writeFileSync(file, before)
    expect((await baseline('prune')).out).toBe('Dropped 0 findings from baseline.json; 1 finding left.\n')
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('what cannot be judged is exit 3, before and after', async () => {
    writeFileSync(join(configs, 'r4.cfg'), '')
    const written = await baseline('write')
    expect(written.code).toBe(0)
    expect(written.sentences).toContain('iphelper-audit: 1 device could not be read, or not whole.')
    const { code, out } = await baseline('check')
    expect(code).toBe(3)
    expect(out).toContain('1 device could not be read, or not whole.')
    expect((await audit('--baseline', file)).code).toBe(3)
  })

  it('takes the findings of a saved result, one audited with the baseline among them', async () => {
    const saved = join(folder, 'result.json')
    await audit('--format', `json=${saved}`)
    const from = (action: string, ...more: string[]) => cli('baseline', action, '--result', saved, '--baseline', file, ...more)
    expect((await from('write')).code).toBe(0)
    await audit('--baseline', file, '--format', `json=${saved}`)
    expect((await from('check')).code).toBe(0)
    const before = readFileSync(file, 'utf8')
    expect((await from('write')).code).toBe(0)
    const after = JSON.parse(readFileSync(file, 'utf8'))
    expect(after.findings).toEqual(JSON.parse(before).findings)
    expect(after.findings).toHaveLength(1)
  })

  it('leaves to a waiver what it accepts', async () => {
    const waivers = join(folder, 'w.yaml')
    writeFileSync(waivers, 'waivers:\n  - { rule: duplicate-pxe-relay, reason: x, owner: Ann }\n')
    expect((await baseline('write', '--waivers', waivers)).out).toBe('Wrote baseline.json: 0 findings.\n')
    expect((await baseline('check', '--waivers', waivers)).code).toBe(0)
    expect((await baseline('check')).code).toBe(1)
    expect((await baseline('check', '--waivers', waivers, '--no-waivers')).code).toBe(1)
  })

  it.each([
    ['no action', ['baseline'], "missing required argument 'action'"],
    [
      'another action',
      ['baseline', 'renew'],
      "command-argument value 'renew' is invalid for argument 'action'. Allowed choices are write, check, prune.",
    ],
    ['nothing to audit', ['baseline', 'write', '--baseline', file], 'nothing to audit; name an inventory'],
    ['--allow-stale with write', ['baseline', 'write', ...INPUT, '--allow-stale'], '--allow-stale goes with baseline check only'],
    ['--fail-on with prune', ['baseline', 'prune', ...INPUT, '--fail-on', 'error'], '--fail-on goes with baseline check only'],
    [
      '--result and --configs',
      ['baseline', 'write', '--baseline', file, '--result', 'r.json', ...INPUT],
      '--result has its findings and waivers already; name it alone, or audit again without it',
    ],
    [
      'no baseline yet',
      ['baseline', 'check', '--baseline', file, ...INPUT],
      'baseline.json:1: there is no such baseline; run baseline write first, or name another file with --baseline',
    ],
    [
      'no baseline for the audit',
      ['audit', '--baseline', file, ...INPUT],
      'baseline.json:1: there is no such baseline; run baseline write first, or name another file with --baseline',
    ],
    [
      'a folder for a file',
      ['baseline', 'check', '--baseline', configs, ...INPUT],
      'configs:1: it cannot be read (EISDIR); check that it is a file you may read',
    ],
    [
      'a place nobody may write',
      ['baseline', 'write', '--baseline', `${configs}/r2.cfg/b.json`, ...INPUT],
      'the baseline cannot be written to configs/r2.cfg/b.json',
    ],
  ])('exit 2: %s', async (_, args, sentence) => {
    const { code, out, sentences } = await cli(...args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(sentences[0]).toContain(`iphelper-audit: ${sentence}`)
    expect(sentences).toHaveLength(1)
    expect(existsSync(file)).toBe(false)
  })

  const broken: [string, (text: string) => string, string][] = [
    [
      'another schema version',
      text => text.replace('"schema_version": 1', '"schema_version": 2'),
      '2: this baseline has schema version 2, and this version reads 1; use the iphelper-audit that wrote it, or remove it and run baseline write',
    ],
    ['cut short', text => text.slice(0, text.indexOf('"subject"')), '11: this is no JSON, so it is no baseline'],
    ['a merge', text => text.replace('      "rule"', '<<<<<<< HEAD\n      "rule"'), '11: this is no JSON, so it is no baseline'],
    ['a comma too many', text => text.replace('"copies": 2\n', '"copies": 2,\n'), '14: this is no JSON, so it is no baseline'],
    ['empty', () => '', '1: this is no JSON, so it is no baseline'],
    ['a list', () => '[]', '1: this is no baseline: the whole file'],
    ['no such severity', text => text.replace('"error"', '"panic"'), '13: this is no baseline: findings.0.severity'],
    ['a missing key', text => text.replace(/ +"subject".*\n/, ''), '9: this is no baseline: findings.0.subject'],
    ['an unknown key', text => text.replace('"subject"', '"about"'), '9: this is no baseline: findings.0.subject'],
    ['no time', text => text.replace(/"written_at": ".*"/, '"written_at": "today"'), '7: this is no baseline: written_at'],
  ]
  it.each(broken)('exit 2 for a file that is broken: %s', async (_, damage, sentence) => {
    await baseline('write')
    const text = damage(readFileSync(file, 'utf8'))
    writeFileSync(file, text)
    for (const action of ['check', 'prune', 'write', 'audit']) {
      const { code, out, sentences } = action === 'audit' ? await audit('--baseline', file) : await baseline(action)
      expect({ action, code, out }).toEqual({ action, code: 2, out: '' })
      expect(sentences).toHaveLength(1)
      expect(sentences[0]).toContain(`iphelper-audit: baseline.json:${sentence}`)
      expect(readFileSync(file, 'utf8')).toBe(text)
    }
  })
})
