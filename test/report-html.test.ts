// The HTML report: complete, self-contained, and safe to open whatever a configuration holds.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Finding, Reason, Remediation, Result, Verdict } from '../src/model/result.ts'
import { html } from '../src/report/html.ts'

const templates = join(import.meta.dirname, '..', 'templates')
const render = (result: Result) => html(result, { templates })

const TIME = '2026-03-04T05:06:07.000Z'
function device(name: string, reason: string | null = null, state: 'collected' | 'failed' = 'collected') {
  const got = state === 'collected' ? { sha256: 'ab12'.repeat(16), collected_at: TIME } : { sha256: null, collected_at: null }
  const known = { name, platform: 'cisco-ios', site: 'ams', file: `configs/${name}.cfg` }
  return { ...known, state, reason, complete: reason === null, ...got }
}
function segment(n: number, verdict: Verdict, reasons: readonly Reason[] = []) {
  const copies = { duplicate: 2, single: 1, none: 0, unknown: null }[verdict]
  const pxe = [{ point: 'wds-ams', copies, verdict, survives_failover: copies === null ? null : copies > 1, reasons }]
  const at = {
    interface: `Vlan${n}`,
    address: `10.20.${n}.2`,
    confidence: 'medium',
    reason: 'predicted',
    observed: false,
  } as const
  const active = { device: 'dist-1', role: 'active', ...at } as const
  const members = [active, { ...active, device: 'dist-2', role: 'standby', address: null } as const]
  const subnet = `10.20.${n}.0/24`
  return { id: `ams default ${subnet}`, site: 'ams', vrf: 'default', subnets: [subnet], members, pxe }
}
function duplicate(n: number, over: Partial<Finding> = {}): Finding {
  const relay = { line: 40 + n, text: ' ip helper-address 10.9.9.5', note: `Vlan${n} relays to 10.9.9.5` }
  const evidence = ['dist-1', 'dist-2'].map(name => ({ device: name, file: `configs/${name}.cfg`, ...relay }))
  const subject = `ams default 10.20.${n}.0/24 wds-ams`
  const about = { subject, message: `both relay 10.20.${n}.0/24: 2 copies`, fingerprint: `f${n}` }
  return { rule: 'duplicate-pxe-relay', severity: 'error', waived: null, evidence, ...about, ...over }
}
function fix(n: number, name: string, over: Partial<Remediation> = {}): Remediation {
  const plain = `interface Vlan${n}\n ip helper-address 10.9.9.5`
  const change = { apply: `${plain} redundancy PXE-V${n}`, rollback: plain, caution: `Apply on both routers of group ${n}.` }
  const verify = [{ command: `show standby Vlan${n}`, expect: `group ${n} is named "PXE-V${n}"` }]
  return { fingerprint: `f${n}`, strategy: 'gate', device: name, proven: true, verify, ...change, ...over }
}
const reason = (code: Reason['code'], message: string, device: string, line: number | null) => ({ code, message, device, line })
function result(over: Partial<Result> = {}): Result {
  const { segments = [], devices = [] } = over
  const count = (v: Verdict) => segments.flatMap(s => s.pxe).filter(p => p.verdict === v).length
  const verdicts = { duplicate: count('duplicate'), single: count('single'), none: count('none'), unknown: count('unknown') }
  const failed = devices.filter(d => d.state === 'failed').length
  const summary = { segments: segments.length, ...verdicts, devices: devices.length, failed }
  const points = [{ name: 'wds-ams', kind: 'wds', addresses: ['10.9.9.5', '10.9.9.6'] } as const]
  const head = { schema_version: 1, tool: { name: 'iphelper-audit', version: '1.2.3' }, started_at: TIME, exit_code: 0 } as const
  return { ...head, points, devices, segments, findings: [], remediations: [], summary, ...over }
}

const LOST = reason('device-not-collected', 'dist-9 could not be read: connection refused', 'dist-9', null)
const ODD = reason('unrecognized', 'line 7 of dist-1 was not understood: ip helper', 'dist-1', 7)
const NONE = { strategy: 'remove', proven: false, apply: '', rollback: '', verify: [] }
const WITHHELD = { ...NONE, caution: 'None could be proven: two copies remain.' }
const LONE = { rule: 'lone-redundancy-group', severity: 'warning', fingerprint: 'f99', message: 'group 13 runs alone' } as const
const campus = result({
  devices: [device('dist-1'), device('dist-2', 'the closing "end" is missing'), device('dist-9', 'connection refused', 'failed')],
  segments: [
    ...[segment(10, 'duplicate'), segment(11, 'duplicate'), segment(12, 'single'), segment(13, 'none')],
    ...[segment(14, 'unknown', [LOST]), segment(15, 'unknown', [LOST, ODD])],
  ],
  findings: [duplicate(10), duplicate(11), duplicate(13, LONE)],
  remediations: [fix(10, 'dist-2'), fix(10, 'dist-1'), fix(11, 'dist-1', WITHHELD)],
})

const ENTITY = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#x27;': "'", '&#x60;': '`', '&#x3D;': '=', '&amp;': '&' }
const decode = (markup: string) => markup.replace(/&[#\w]+;/g, e => ENTITY[e as keyof typeof ENTITY] ?? e)
/** What a reader sees: no tags, entities decoded. */
const textOf = (page: string) => decode(page.replace(/<style>[\s\S]*?<\/style>/, '').replace(/<[^>]*>/g, ''))
const headlineOf = (page: string) => textOf(/<h1[\s\S]*?<\/h1>/.exec(page)?.[0] ?? '')
const idsOf = (page: string) => Array.from(page.matchAll(/ id="([^"]*)"/g), m => m[1])

describe('the report', () => {
  const page = render(campus)
  const text = textOf(page)

  it('says first what was found, when, by what, and on how much evidence', () => {
    expect(headlineOf(page)).toContain('On 2 segments, boot requests reach a PXE server more than once.')
    expect(text).toContain('1 of 2 duplicates have a proven fix. 2 of 6 verdicts could not be given, which is not a pass.')
    expect(text).toContain('4 March 2026, 05:06 UTC with iphelper-audit 1.2.3')
    expect(text).toContain('3 devices: 1 collected whole, 1 cut short and 1 not read')
    expect(text).toContain('6 segments and 1 PXE point: 4 of 6 verdicts given')
  })

  it('has an anchor for every finding and segment, and no link without a target', () => {
    const ids = idsOf(page)
    const wanted = [...campus.findings.map(f => `finding-${f.fingerprint}`), ...campus.segments.map((_, n) => `segment-${n + 1}`)]
    const linked = Array.from(page.matchAll(/href="#([^"]*)"/g), m => m[1])
    expect(ids).toEqual(expect.arrayContaining([...wanted, ...linked]))
    expect(new Set(ids).size).toBe(ids.length)
  })

  it('shows evidence with place and line, and remediations letter by letter', () => {
    const evidence = campus.findings.flatMap(f => f.evidence).flatMap(e => [`${e.file}:${e.line}`, e.text, e.note])
    const commands = campus.remediations.flatMap(r => r.verify).flatMap(v => [v.command, v.expect])
    const changes = campus.remediations.flatMap(r => [r.apply, r.rollback, r.caution])
    for (const part of [...evidence, ...changes, ...commands]) expect(text).toContain(part)
    expect(text.match(/Proven by applying/g)).toHaveLength(1)
    expect(textOf(render({ ...campus, remediations: [fix(10, 'dist-1', { proven: false })] }))).toContain('Not proven')
  })

  it('groups what cannot be judged by reason', () => {
    const section = textOf(page.slice(page.indexOf('id="unknown"'), page.indexOf('id="findings"')))
    expect(section.match(/connection refused/g)).toHaveLength(1)
    expect(section).toMatch(/2 verdicts on 2 segments[\s\S]*1 verdict on 1 segment[\s\S]*configs\/dist-1\.cfg:7/)
  })

  it('passes nothing that has a gap, was accepted or is empty', () => {
    const single = [segment(1, 'single')]
    expect(headlineOf(render(result()))).toContain('Nothing could be judged.')
    expect(headlineOf(render(result({ segments: single })))).toContain('No boot request reaches a PXE server more than once.')
    const gaps = [
      result({ segments: [...single, segment(2, 'unknown')] }),
      result({ segments: single, devices: [device('a', 'cut')] }),
    ]
    for (const gap of gaps) expect(headlineOf(render(gap))).toContain('not everything could be judged')
    const waived = [duplicate(1, { waived: 'until the move' })]
    const accepted = render(result({ segments: [segment(1, 'duplicate')], findings: waived }))
    expect(headlineOf(accepted)).toContain('has been accepted')
    expect(textOf(accepted)).toContain('Accepted: until the move')
    expect(textOf(render(result({ segments: [segment(1, 'duplicate')] })))).toContain('neither evidence nor a fix')
  })

  it('holds five hundred duplicates', () => {
    const all = Array.from({ length: 500 }, (_, n) => n)
    const [segments, findings] = [all.map(n => segment(n, 'duplicate')), all.map(n => duplicate(n))]
    const many = render(result({ segments, findings, remediations: all.map(n => fix(n, 'dist-2')) }))
    expect(idsOf(many).filter(id => /^(finding|segment)-/.test(id ?? ''))).toHaveLength(1000)
  })
})

describe('one file', () => {
  it('allows its own style by hash, and loads nothing', () => {
    const page = render(campus)
    const style = createHash('sha256').update(/<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? '')
    const policy = decode(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '')
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${style.digest('base64')}'; base-uri 'none'; form-action 'none'`)
    expect(page).not.toMatch(/ style="|<script|<link|<img|<iframe|url\(|@import|https?:\/\/| on\w+=| src=/i)
  })

  it('is written by templates that escape everything', () => {
    const folder = join(templates, 'report')
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file), 'utf8')).not.toMatch(/\{\{\{|\{\{&/)
  })
})

const FIXED = /^(rule|severity|verdict|role|confidence|code|state|kind|fingerprint|strategy)$/
/** The same result with a string put behind each of its own, except words of a fixed set. */
function poison<T>(value: T, bad: string, key = ''): T {
  if (typeof value === 'string') {
    if (FIXED.test(key)) return value
    return (key === 'subject' ? `${value.replace(' wds-ams', () => `${bad} wds-ams`)}${bad}` : `${value}${bad}`) as T
  }
  if (Array.isArray(value)) return value.map(item => poison(item, bad, key)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poison(v, bad, k)])) as T
}

describe('hostile text', () => {
  it.each([
    ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)></style></title><!--'],
    ['attributes', '" onmouseover="alert(1)" x=\' `'],
    ['templates', '{{policy}} {{{constructor}}} {{> style}} \\{{x}} $& $1'],
    ['right-to-left marks', 'שלום \u200f\u061c'],
    ['entities', '&lt;b&gt; &amp;amp; &#x3C;'],
    ['length', 'x'.repeat(10_000)],
  ])('is text: %s', (_, bad) => {
    const page = render(poison(campus, bad))
    const tagsOf = (text: string) => text.match(/<[^>\s]*/g)
    expect(tagsOf(page)).toEqual(tagsOf(render(poison(campus, 'harmless'))))
    for (const e of campus.findings.flatMap(f => f.evidence)) expect(textOf(page)).toContain(e.text + bad)
    for (const f of campus.findings) expect(textOf(page)).toContain(f.message + bad)
  })

  it('cannot hide or reorder its neighbours', () => {
    const page = render(poison(campus, ' \u202e\u2066\u0000\u001b[2J\ud800'))
    expect(page).not.toMatch(/[\u0000\u001b\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u)
    expect(page).toContain('[U+202E][U+2066][U+0000][U+001B][2J[U+D800]')
  })

  it('is isolated wherever it is printed', () => {
    const page = render(poison(campus, 'HOSTILE'))
    const body = page.slice(page.indexOf('<body>')).replace(/<(bdi|time)[\s\S]*?<\/\1>/g, '')
    expect(textOf(body)).not.toContain('HOSTILE')
  })
})
