// The HTML report: complete, self-contained, and safe to open whatever a configuration holds.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { DeviceResult, Evidence, Finding, Remediation, Result, SegmentResult, Verdict } from '../src/model/result.ts'
import { html } from '../src/report/html.ts'

const templates = join(import.meta.dirname, '..', 'templates')
const render = (result: Result) => html(result, { templates })

const device = (name: string, over: Partial<DeviceResult> = {}): DeviceResult => ({
  name,
  platform: 'cisco-ios',
  site: 'ams',
  state: 'collected',
  reason: null,
  file: `configs/${name}.cfg`,
  sha256: 'ab12'.repeat(16),
  collected_at: '2026-03-04T05:06:07.000Z',
  complete: true,
  ...over,
})
const relay = (n: number, name: string): Evidence => ({
  device: name,
  file: `configs/${name}.cfg`,
  line: 40 + n,
  text: ' ip helper-address 10.9.9.5',
  note: `Vlan${n} relays to 10.9.9.5`,
})
function segment(n: number, verdict: Verdict, over: Partial<SegmentResult['pxe'][number]> = {}): SegmentResult {
  const copies = { duplicate: 2, single: 1, none: 0, unknown: null }[verdict]
  const member = (host: number, role: 'active' | 'standby') =>
    ({ device: `dist-${host}`, interface: `Vlan${n}`, address: `10.20.${n}.${host}`, role, confidence: 'medium' }) as const
  return {
    id: `ams default 10.20.${n}.0/24`,
    site: 'ams',
    vrf: 'default',
    subnets: [`10.20.${n}.0/24`],
    members: [member(1, 'active'), member(2, 'standby')],
    pxe: [{ point: 'wds-ams', copies, verdict, survives_failover: copies === null ? null : copies > 1, reasons: [], ...over }],
  }
}
const duplicate = (n: number, over: Partial<Finding> = {}): Finding => ({
  rule: 'duplicate-pxe-relay',
  severity: 'error',
  fingerprint: `f${n}`,
  subject: `ams default 10.20.${n}.0/24 wds-ams`,
  waived: null,
  message: `dist-1 and dist-2 relay 10.20.${n}.0/24 to wds-ams: 2 copies`,
  evidence: [relay(n, 'dist-1'), relay(n, 'dist-2')],
  ...over,
})
const fix = (n: number, name: string, over: Partial<Remediation> = {}): Remediation => ({
  fingerprint: `f${n}`,
  strategy: 'gate',
  device: name,
  proven: true,
  caution: `Apply on both routers of group ${n} in one change.`,
  apply: `interface Vlan${n}\n no ip helper-address 10.9.9.5\n ip helper-address 10.9.9.5 redundancy PXE-V${n}`,
  rollback: `interface Vlan${n}\n no ip helper-address 10.9.9.5 redundancy PXE-V${n}\n ip helper-address 10.9.9.5`,
  verify: [{ command: `show standby Vlan${n}`, expect: `group ${n} is named "PXE-V${n}"` }],
  ...over,
})
function result(over: Partial<Result> = {}): Result {
  const { segments = [], devices = [] } = over
  const number = (v: Verdict) => segments.flatMap(s => s.pxe).filter(p => p.verdict === v).length
  return {
    schema_version: 1,
    tool: { name: 'iphelper-audit', version: '1.2.3' },
    started_at: '2026-03-04T05:06:07.000Z',
    exit_code: 0,
    points: [{ name: 'wds-ams', kind: 'wds', addresses: ['10.9.9.5', '10.9.9.6'] }],
    devices,
    segments,
    findings: [],
    remediations: [],
    ...over,
    summary: {
      segments: segments.length,
      duplicate: number('duplicate'),
      single: number('single'),
      none: number('none'),
      unknown: number('unknown'),
      devices: devices.length,
      failed: devices.filter(d => d.state === 'failed').length,
    },
  }
}

const lost = {
  code: 'device-not-collected',
  message: 'dist-9 could not be read: connection refused',
  device: 'dist-9',
  line: null,
} as const
const campus = result({
  exit_code: 1,
  devices: [
    device('dist-1'),
    device('dist-2', { complete: false, reason: 'the closing "end" is missing' }),
    device('dist-9', { state: 'failed', reason: 'connection refused', sha256: null, collected_at: null }),
  ],
  segments: [
    segment(10, 'duplicate'),
    segment(11, 'duplicate'),
    segment(12, 'single', { survives_failover: true }),
    segment(13, 'none'),
    segment(14, 'unknown', { reasons: [lost] }),
    segment(15, 'unknown', {
      reasons: [
        lost,
        { code: 'unrecognized', message: 'line 7 of dist-1 was not understood: ip helper', device: 'dist-1', line: 7 },
      ],
    }),
  ],
  findings: [
    duplicate(10),
    duplicate(11),
    duplicate(13, {
      rule: 'lone-redundancy-group',
      severity: 'warning',
      fingerprint: 'f99',
      message: 'HSRP group 13 runs alone',
    }),
  ],
  remediations: [
    fix(10, 'dist-2'),
    fix(10, 'dist-1'),
    fix(11, 'dist-1', {
      strategy: 'remove',
      proven: false,
      apply: '',
      rollback: '',
      verify: [],
      caution: 'No snippet is shown because none could be proven: the duplicate would remain.',
    }),
  ],
})

/** What a reader sees: no tags, entities decoded. */
const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#x27;': "'",
  '&#x60;': '`',
  '&#x3D;': '=',
  '&amp;': '&',
}
const textOf = (page: string) =>
  page
    .replace(/<style>[\s\S]*?<\/style>/, '')
    .replace(/<[^>]*>/g, '')
    .replace(/&[#\w]+;/g, e => ENTITIES[e] ?? e)
/** Every tag name that is opened, and every attribute name. */
const tagsOf = (page: string) => new Set(Array.from(page.matchAll(/<([a-z][\w-]*)/gi), m => m[1]?.toLowerCase()))
const idsOf = (page: string) => Array.from(page.matchAll(/ id="([^"]*)"/g), m => m[1])

describe('the report', () => {
  const page = render(campus)
  const text = textOf(page)

  it('says first what was found, when, by what, and on how much evidence', () => {
    expect(/<h1[\s\S]*?<\/h1>/.exec(page)?.[0]).toContain('On 2 segments, boot requests reach a PXE server more than once.')
    expect(text).toContain('2 of 6 verdicts could not be given, which is not a pass.')
    expect(text).toContain('1 of 2 duplicates have a proven fix below.')
    expect(text).toContain('4 March 2026, 05:06 UTC with iphelper-audit 1.2.3')
    expect(text).toContain('3 devices: 1 collected whole, 1 cut short and 1 not collected')
    expect(text).toContain('6 segments and 1 PXE point: 4 of 6 verdicts given')
  })

  it('has an anchor for every finding and every segment, and no link without a target', () => {
    const ids = idsOf(page)
    for (const f of campus.findings) expect(ids).toContain(`finding-${f.fingerprint}`)
    for (const n of campus.segments.keys()) expect(ids).toContain(`segment-${n + 1}`)
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, target] of page.matchAll(/href="#([^"]*)"/g)) expect(ids).toContain(target)
  })

  it('shows evidence with place and line, and remediations letter by letter', () => {
    for (const { evidence } of campus.findings)
      for (const e of evidence) for (const part of [`${e.file}:${e.line}`, e.text, e.note]) expect(text).toContain(part)
    for (const r of campus.remediations) {
      for (const part of [r.apply, r.rollback, r.caution, ...r.verify.flatMap(v => [v.command, v.expect])])
        expect(text).toContain(part)
    }
    expect(text.match(/Proven by applying/g)).toHaveLength(1)
    expect(render({ ...campus, remediations: [fix(10, 'dist-1', { proven: false })] })).toContain('Not proven')
  })

  it('groups what cannot be judged by reason', () => {
    const section = textOf(page.slice(page.indexOf('id="unknown"'), page.indexOf('id="findings"')))
    expect(section.match(/connection refused/g)).toHaveLength(1)
    expect(section).toMatch(/2 verdicts on 2 segments[\s\S]*1 verdict on 1 segment/)
    expect(section).toContain('configs/dist-1.cfg:7')
  })

  it('never passes what has a gap, was accepted or is empty', () => {
    const says = (r: Result) => textOf(/<h1[\s\S]*?<\/h1>/.exec(render(r))?.[0] ?? '')
    expect(says(result())).toContain('Nothing could be judged.')
    expect(says(result({ segments: [segment(1, 'single')] }))).toContain('No boot request reaches a PXE server more than once.')
    expect(says(result({ segments: [segment(1, 'single'), segment(2, 'unknown')] }))).toContain('not everything could be judged')
    expect(says(result({ segments: [segment(1, 'single')], devices: [device('a', { complete: false })] }))).toContain(
      'not everything could be judged',
    )
    const waived = result({ segments: [segment(1, 'duplicate')], findings: [duplicate(1, { waived: 'until the move' })] })
    expect(says(waived)).toContain('has been accepted')
    expect(textOf(render(waived))).toContain('until the move')
  })
})

describe('one file, nothing loaded', () => {
  const page = render(campus)
  it('allows its own style by hash and nothing else', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(page)?.[1] ?? ''
    const policy = /http-equiv="Content-Security-Policy" content="([^"]*)"/
      .exec(page)?.[1]
      ?.replace(/&#x27;/g, "'")
      .replace(/&#x3D;/g, '=')
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`,
    )
    expect(page).not.toMatch(/ style="|<script|<link|<img|<iframe|url\(|@import|https?:\/\/| on\w+=| src=/i)
  })

  it('is written by templates that escape everything', () => {
    for (const file of readdirSync(join(templates, 'report')))
      expect(readFileSync(join(templates, 'report', file), 'utf8')).not.toMatch(/\{\{\{|\{\{&/)
  })
})

/** The same result with a string put behind each of its own; the words with a fixed set of values stay. */
function poison<T>(value: T, poisoned: string, key = ''): T {
  if (typeof value === 'string')
    return /^(rule|severity|verdict|role|confidence|code|state|kind|fingerprint|strategy)$/.test(key)
      ? value
      : (`${value}${poisoned}` as T)
  if (Array.isArray(value)) return value.map(item => poison(item, poisoned, key)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poison(v, poisoned, k)])) as T
}

describe('hostile text', () => {
  it.each([
    ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)></style></title><!--'],
    ['attributes', '" onmouseover="alert(1)" x=\' `'],
    ['templates', '{{policy}} {{{constructor}}} {{> style}} \\{{x}} ${1} $& $1'],
    ['right-to-left marks', 'שלום \u200f\u061c'],
    ['entities', '&lt;b&gt; &amp;amp; &#x3C;'],
    ['length', 'x'.repeat(10_000)],
  ])('is text: %s', (_, hostile) => {
    const page = render(poison(campus, hostile))
    expect(tagsOf(page)).toEqual(tagsOf(render(campus)))
    expect(page.match(/</g)?.length).toBe(render(campus).match(/</g)?.length)
    const { message, evidence } = campus.findings[0] ?? duplicate(1)
    for (const part of [message, ...evidence.flatMap(e => [e.text, e.note])]) expect(textOf(page)).toContain(part + hostile)
  })

  it('cannot hide or reorder its neighbours', () => {
    const page = render(poison(campus, ' \u202e\u2066\u0000\u001b[2J\r'))
    expect(page).not.toMatch(/[\u0000\u001b\u202a-\u202e\u2066-\u2069]/)
    expect(page).toContain('[U+202E]')
  })

  it('is isolated wherever it is printed', () => {
    const page = render(poison(campus, 'HOSTILE'))
    const outside = page
      .slice(page.indexOf('<body>'))
      .replace(/<bdi[^>]*>[\s\S]*?<\/bdi>/g, '')
      .replace(/<time[\s\S]*?<\/time>/g, '')
    expect(outside.replace(/<[^>]*>/g, '')).not.toContain('HOSTILE')
  })
})

it('shows five hundred findings', () => {
  const n = Array.from({ length: 500 }, (_, i) => i)
  const page = render(
    result({
      segments: n.map(i => segment(i, 'duplicate')),
      findings: n.map(i => duplicate(i)),
      remediations: n.map(i => fix(i, 'dist-2')),
    }),
  )
  expect(idsOf(page).filter(id => id?.startsWith('finding-'))).toHaveLength(500)
})
