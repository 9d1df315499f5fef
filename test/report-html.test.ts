// The HTML report: complete, self-contained, and safe to open whatever a configuration holds.
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { inflateRawSync } from 'node:zlib'
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
  const way = {
    plan: 'gate',
    keeps: null,
    choice: 'default',
    trade_off: 'Only the active router relays.',
    withheld: null,
  } as const
  return { fingerprint: `f${n}`, strategy: 'gate', ...way, device: name, proven: true, verify, ...change, ...over }
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
const NONE = {
  strategy: 'remove',
  plan: 'remove',
  withheld: 'two copies remain',
  proven: false,
  apply: '',
  rollback: '',
  verify: [],
} as const
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
const textOf = (page: string) => decode(page.replace(/<(style|script)[\s\S]*?<\/\1>/g, '').replace(/<[^>]*>/g, ''))
const headlineOf = (page: string) => textOf(/<h1[\s\S]*?<\/h1>/.exec(page)?.[0] ?? '')
const idsOf = (page: string) => Array.from(page.matchAll(/ id="([^"]*)"/g), m => m[1])

describe('the report', () => {
  const page = render(campus)
  const text = textOf(page)

  it('says first what was found, when, by what, and on how much evidence', () => {
    expect(headlineOf(page)).toContain('On 2 segments, boot requests reach a PXE server more than once.')
    expect(text).toContain('1 of 2 duplicates have a proven fix. 2 of 6 verdicts could not be given, which is not a pass.')
    expect(text).toMatch(/Audited4 March 2026, 05:06 UTC\s+Written byiphelper-audit 1\.2\.3\n/)
    expect(text).toContain('Made from2 configurations, captured 2026-03-04 05:06 UTC')
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
    expect(text.match(/✓ Proven Applied to the configurations/g)).toHaveLength(1)
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

/** The part of a page from one heading to the next. */
const sectionOf = (page: string, id: string) => {
  const from = page.indexOf(`<h2 id="${id}"`)
  return page.slice(from, page.indexOf('<h2 ', from + 1) < 0 ? undefined : page.indexOf('<h2 ', from + 1))
}
/** What is in view before anything is opened: of each `details` its summary. */
function closed(part: string): string {
  let depth = 0
  return part
    .split(/(<details\b[^>]*>\s*<summary>[\s\S]*?<\/summary>|<details\b[^>]*>|<\/details>)/)
    .map((piece, n) => {
      if (n % 2 === 0) return depth === 0 ? piece : ''
      const opens = piece.startsWith('<details')
      depth += opens ? 1 : -1
      return opens && depth === 1 ? piece.replace(/^<details\b[^>]*>\s*/, '') : ''
    })
    .join('')
}

describe('a pass with a caveat', () => {
  const NOT_WHOLE = reason('completeness-not-provable', 'dist-1: completeness not provable: no mark at its end', 'dist-1', null)
  const PAIR = reason('assumed-pair', 'two routers are taken for all there are; dist-9 was not read', 'dist-9', null)
  const OFF = reason('inert', 'dist-2 would relay Vlan3 to 10.9.9.5, but does not: interface-down', 'dist-2', 12)
  const NO_RELAY = { code: 'no-relay', message: 'no relay leads to wds-ams', device: null, line: null } as const
  const RELAYS = reason('relays', 'dist-1 relays Vlan1 to 10.9.9.5', 'dist-1', 11)
  const GROUP = reason('group-off', 'HSRP group 4 of Vlan4 on dist-1 is configured and does not run', 'dist-1', 13)
  const whole = device('dist-1')
  const devices = [{ ...whole, complete: null, reason: 'completeness not provable: no mark at its end' }, device('dist-2')]
  const segments = [
    ...[segment(1, 'single', [RELAYS]), segment(2, 'single', [RELAYS, NOT_WHOLE, PAIR]), segment(3, 'none', [OFF])],
    ...[segment(4, 'single', [GROUP]), segment(5, 'none', [NO_RELAY])],
  ]
  const page = render(result({ devices, segments }))
  const rowOf = (n: number) => textOf(page.match(/<tr id="segment-[\s\S]*?<\/tr>/g)?.[n - 1] ?? '')

  it('has a second mark beside the word, and says what it rests on', () => {
    expect(rowOf(1)).toMatch(/✓ Single\s/)
    for (const n of [2, 3, 4]) expect(rowOf(n)).toMatch(/(✓ Single|– None) \* Caveat/)
    for (const n of [1, 5]) expect(rowOf(n)).not.toContain('*')
    expect(rowOf(2)).toContain(`* Pair assumed: ${PAIR.message}`)
    expect(rowOf(2)).toContain('* Not provably whole: dist-1')
    expect(page).toContain('<a href="#device-1"><bdi>dist-1</bdi></a>')
    expect(rowOf(3)).toContain(`* Relay off: ${OFF.message}`)
    expect(rowOf(4)).toContain(`* Group off: ${GROUP.message}`)
    expect(rowOf(5)).toContain('no relay leads to wds-ams')
  })

  it('is counted in the head, and so are assumed pairs', () => {
    expect(headlineOf(page)).toContain('more than once; 3 of 5 passes carry a caveat.')
    const head = textOf(page.slice(page.indexOf('<header class="head"'), page.indexOf('</header>')))
    expect(head).toContain('Pairs were assumed: 1 pass holds only if two routers are all there are.')
    expect(head).toMatch(/3 Single one copy arrives; 2 with a caveat \*/)
    expect(head).toMatch(/2 None [^;]*; 1 with a caveat \*/)
    expect(head).toContain('2 devices: 1 collected whole, 1 not provably whole, 0 cut short and 0 not read')
  })

  it('takes the green off the head where it leaves something open', () => {
    const toneOf = (...reasons: Reason[]) =>
      /<h1 class="(\w+)"/.exec(render(result({ segments: [segment(1, 'single', reasons)] })))?.[1]
    expect([toneOf(RELAYS), toneOf(OFF), toneOf(GROUP)]).toEqual(['single', 'single', 'single'])
    expect([toneOf(PAIR), toneOf(NOT_WHOLE), toneOf(LOST)]).toEqual(['unknown', 'unknown', 'unknown'])
  })

  it('is no matter of a verdict that passes nothing', () => {
    const other = render(result({ segments: [segment(1, 'duplicate', [NOT_WHOLE]), segment(2, 'unknown', [LOST, PAIR])] }))
    expect(textOf(other)).not.toMatch(/\* |caveat/i)
    expect(textOf(other)).toContain('Pairs were assumed; no pass rests on that.')
  })
})

describe('roles', () => {
  const seen = { confidence: 'high', observed: true, reason: 'dist-1 said so when it was captured' } as const
  const guess = { reason: 'predicted: priorities are equal', confidence: 'low' } as const
  const [plain] = [segment(1, 'duplicate')]
  const members = plain.members.map((m, n) => ({ ...m, ...(n === 0 ? seen : guess) }))
  const page = render(result({ segments: [{ ...plain, members }], findings: [duplicate(1)] }))

  it('are observed or predicted, with the confidence and the reason, in the table and in the card', () => {
    const table = textOf(sectionOf(page, 'segments'))
    expect(table).toContain('dist-1 Vlan1 active (observed, high)')
    expect(table).toContain('dist-2 Vlan1 standby (predicted, low)')
    expect(table).toContain('dist-1: dist-1 said so when it was captured')
    expect(table).toContain('dist-2: predicted: priorities are equal')
    const card = textOf(sectionOf(page, 'duplicates'))
    expect(card).toContain('active (observed, high confidence) dist-1 said so when it was captured')
    expect(card).toContain('standby (predicted, low confidence) predicted: priorities are equal')
  })

  it('are no claim where nothing is known', () => {
    const dark = members.map(m => ({ ...m, role: 'unknown', observed: false, confidence: 'none' }) as const)
    const table = textOf(sectionOf(render(result({ segments: [{ ...plain, members: dark }] })), 'segments'))
    expect(table).toMatch(/dist-1 Vlan1 unknown\n/)
  })
})

describe('long lists', () => {
  const numbers = (n: number) => Array.from({ length: n }, (_, i) => i)
  const ruled = (n: number, over: Partial<Finding>) =>
    numbers(n).map(i => duplicate(i, { ...over, fingerprint: `${over.rule}${i}` }))

  it('show twelve segments of what cannot be judged, and the others on demand', () => {
    const chips = (part: string) => part.match(/href="#segment-/g)?.length
    const twelve = sectionOf(render(result({ segments: numbers(12).map(n => segment(n, 'unknown', [LOST])) })), 'unknown')
    expect(twelve).not.toContain('<details')
    expect(chips(twelve)).toBe(12)
    const many = sectionOf(render(result({ segments: numbers(300).map(n => segment(n, 'unknown', [LOST])) })), 'unknown')
    expect([chips(closed(many)), chips(many)]).toEqual([12, 300])
    expect(closed(many)).toContain('<summary>288 more segments</summary>')
  })

  it('fold findings for information when there are more than ten of a rule, and never others', () => {
    const findings = [
      ...[...ruled(11, { rule: 'quiet', severity: 'info' }), ...ruled(10, { rule: 'few', severity: 'info' })],
      ...[
        ...ruled(11, { rule: 'loud', severity: 'warning' }),
        ...ruled(1, { rule: 'loud', severity: 'info', message: 'by the way' }),
      ],
    ].map((f, n) => ({ ...f, fingerprint: `f${n}` }))
    const part = sectionOf(render(result({ findings })), 'findings')
    const shown = (text: string) => text.match(/<article /g)?.length
    expect([shown(closed(part)), shown(part)]).toEqual([22, 33])
    expect(
      closed(part)
        .match(/<summary>[^<]*/g)
        ?.filter(summary => !/line/.test(summary)),
    ).toEqual(['<summary>11 findings for information'])
  })

  it('keep what was accepted in a part of its own, closed, with the reason', () => {
    const waived = { waived: 'until the move (Ann)' }
    const page = render(
      result({
        segments: [segment(1, 'duplicate'), segment(2, 'duplicate')],
        findings: [duplicate(1, waived), duplicate(2), duplicate(3, { ...LONE, ...waived })],
      }),
    )
    expect(sectionOf(page, 'duplicates')).not.toContain('finding-f1')
    expect(textOf(sectionOf(page, 'duplicates'))).toContain('1 accepted')
    expect(sectionOf(page, 'findings')).not.toContain('finding-f99')
    const part = sectionOf(page, 'accepted')
    expect(idsOf(part).filter(id => id?.startsWith('finding-'))).toEqual(['finding-f1', 'finding-f99'])
    expect(textOf(part).match(/Accepted: until the move \(Ann\)/g)).toHaveLength(2)
    expect(closed(part)).not.toContain('relays to 10.9.9.5')
    for (const f of ['Vlan1', 'Vlan3']) expect(textOf(part)).toContain(`${f} relays to 10.9.9.5`)
  })
})

describe('one file', () => {
  it('allows its own script and style by hash, and loads nothing', () => {
    const page = render(campus)
    const hash = (found: RegExpExecArray | null) =>
      createHash('sha256')
        .update(found?.[1] ?? '')
        .digest('base64')
    const [script, style] = [hash(/<script>([\s\S]*?)<\/script>/.exec(page)), hash(/<style>([\s\S]*?)<\/style>/.exec(page))]
    const policy = decode(/http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? '')
    const sources = `script-src 'sha256-${script}'; style-src 'sha256-${style}'`
    expect(policy).toBe(`default-src 'none'; ${sources}; base-uri 'none'; form-action 'none'`)
    const plain = page.replace(/<script[\s\S]*?<\/script>/g, '')
    expect(plain).not.toMatch(/ style="|<script|<link|<img|<iframe|url\(|@import|https?:\/\/| on\w+=| src=/i)
    expect(page.match(/<script\b[^>]*>/g)).toEqual([
      '<script type="application/json" id="rules">',
      '<script type="application/json" id="result">',
      '<script>',
    ])
  })

  it('holds the result as it was given, readable by `report`', () => {
    const data = /<script type="application\/json" id="result">([\s\S]*?)<\/script>/.exec(render(campus))?.[1] ?? ''
    expect(JSON.parse(data)).toEqual(campus)
  })

  it('deflates a result that is long', () => {
    const many = result({ segments: Array.from({ length: 3_000 }, (_, n) => segment(n, 'single')) })
    const page = render(many)
    const data = /<script type="application\/json" id="result" data-encoding="deflate-raw">([\s\S]*?)<\/script>/.exec(page)?.[1]
    expect(JSON.parse(inflateRawSync(Buffer.from(JSON.parse(data ?? '""'), 'base64')).toString())).toEqual(many)
    expect(textOf(page)).toContain('2500 more rows not shown')
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
  const caveats = [
    reason('completeness-not-provable', 'no mark at its end', 'dist-1', null),
    { ...LOST, code: 'assumed-pair' } as const,
  ]
  const accepted = [duplicate(16, { waived: 'known' }), duplicate(17, { ...LONE, fingerprint: 'f17', waived: 'known' })]
  const everything = result({
    ...campus,
    segments: [
      ...campus.segments,
      segment(16, 'duplicate'),
      segment(17, 'single', [...caveats, { ...LOST, code: 'assumed-pair' }]),
    ],
    findings: [...campus.findings, ...accepted],
  })

  it.each([
    ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)></style></title><!--'],
    ['attributes', '" onmouseover="alert(1)" x=\' `'],
    ['templates', '{{policy}} {{{constructor}}} {{> style}} \\{{x}} $& $1'],
    ['right-to-left marks', 'שלום \u200f\u061c'],
    ['entities', '&lt;b&gt; &amp;amp; &#x3C;'],
    ['length', 'x'.repeat(10_000)],
  ])('is text: %s', (_, bad) => {
    const page = render(poison(everything, bad))
    const tagsOf = (text: string) => text.match(/<[^>\s]*/g)
    expect(tagsOf(page)).toEqual(tagsOf(render(poison(everything, 'harmless'))))
    for (const e of everything.findings.flatMap(f => f.evidence)) expect(textOf(page)).toContain(e.text + bad)
    for (const f of everything.findings) expect(textOf(page)).toContain(f.message + bad)
  })

  it('cannot hide or reorder its neighbours', () => {
    const page = render(poison(everything, ' \u202e\u2066\u0000\u001b[2J\ud800'))
    expect(page).not.toMatch(/[\u0000\u001b\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u)
    expect(page).toContain('[U+202E][U+2066][U+0000][U+001B][2J[U+D800]')
  })

  // Text of a drawing is a paragraph of its own, so that nothing around it can be reordered.
  it('is isolated wherever it is printed', () => {
    const page = render(poison(everything, 'HOSTILE'))
    const body = page.slice(page.indexOf('<body>')).replace(/<(bdi|time|text)\b[\s\S]*?<\/\1>/g, '')
    expect(textOf(body)).not.toContain('HOSTILE')
  })
})
