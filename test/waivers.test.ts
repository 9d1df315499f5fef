// Waivers: what they fit, how long they hold, and that they change findings and nothing else.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { defineRule } from '../src/analyze/rule.ts'
import { type About, fits, glob, unusedText, waive } from '../src/analyze/waivers.ts'
import { run } from '../src/cli/run.ts'
import { dayOf, isDay, termOf } from '../src/model/accepted.ts'
import { resultSchema } from '../src/report/schema.ts'
import { accepting, auditOf, NOW, RELAY, router, waiver } from './support/accepting.ts'

const folder = mkdtempSync(join(tmpdir(), 'iphelper-waivers-'))
afterAll(() => rmSync(folder, { recursive: true }))

async function cli(...args: string[]) {
  let out = ''
  let err = ''
  const io = { out: (t: string) => (out += t), err: (t: string) => (err += t), env: {}, width: 200, colour: false }
  const code = await run(args, io)
  return {
    code,
    out,
    err: err.replaceAll(`${folder}/`, ''),
    sentences: err.replaceAll(`${folder}/`, '').split('\n').filter(Boolean),
  }
}

/** A folder below the test's own with these files. */
function files(name: string, contents: Readonly<Record<string, string>>): string {
  const dir = join(folder, name)
  mkdirSync(dir, { recursive: true })
  for (const [file, content] of Object.entries(contents)) writeFileSync(join(dir, file), content)
  return dir
}

const at = (time: string) => new Date(time)
/** A day that many days from today. */
const inDays = (days: number) => dayOf(new Date(Date.now() + days * 24 * 60 * 60 * 1000))

describe('the last day', () => {
  it.each([
    // The whole of the day counts, in UTC; the first moment of the next one does not.
    ['2026-03-04', '2026-03-04T00:00:00.000Z', 'soon'],
    ['2026-03-04', '2026-03-04T23:59:59.999Z', 'soon'],
    ['2026-03-04', '2026-03-05T00:00:00.000Z', 'expired'],
    // 01:30 on the 5th in Berlin is still the 4th in UTC; 20:00 on the 4th in New York is the 5th.
    ['2026-03-04', '2026-03-05T01:30:00+02:00', 'soon'],
    ['2026-03-04', '2026-03-04T20:00:00-05:00', 'expired'],
    // 14 days ahead are announced, 15 are not.
    ['2026-03-18', '2026-03-04T00:00:00.000Z', 'soon'],
    ['2026-03-19', '2026-03-04T23:59:59.999Z', 'holds'],
    ['2026-03-19', '2026-03-05T00:00:00.000Z', 'soon'],
    // Over the end of a year, and over a 29 February.
    ['2027-01-10', '2026-12-27T00:00:00.000Z', 'soon'],
    ['2027-01-10', '2026-12-26T23:59:59.000Z', 'holds'],
    ['2028-03-01', '2028-02-16T12:00:00.000Z', 'soon'],
    ['2028-03-01', '2028-02-15T12:00:00.000Z', 'holds'],
    ['2028-02-29', '2028-02-29T12:00:00.000Z', 'soon'],
  ] as const)('%s, seen at %s: %s', (expires, now, term) => expect(termOf(expires, at(now))).toBe(term))

  it('none is no end', () => expect(termOf(null, at('9999-12-31T00:00:00Z'))).toBe('holds'))

  it.each([
    '',
    ' ',
    'never',
    '2099',
    '2099-1-1',
    '31.12.2099',
    '2099-12-31T00:00:00Z',
    '2099-02-29',
    '2099-13-01',
    '2099-00-10',
    '9999-99-99',
    '2099-12-31 ',
  ])('counts as over when it is no day: "%s"', text => {
    expect(isDay(text)).toBe(false)
    expect(termOf(text, at('2026-03-04T00:00:00Z'))).toBe('expired')
  })

  it('over, a waiver accepts nothing, wherever it came from', () => {
    const about = aboutOne()
    const fitting = (expires: string, now: string) => waive([about], [waiver({ expires })], at(now)).reasons[0]
    expect(fitting('2026-03-04', '2026-03-04T23:59:59Z')).toBe('known (Ann, until 2026-03-04)')
    expect(fitting('2026-03-04', '2026-03-05T00:00:00Z')).toBeNull()
    expect(fitting('tomorrow', '2026-03-04T00:00:00Z')).toBeNull()
  })
})

const aboutOne = (more: Partial<About> = {}): About => ({
  rule: 'duplicate-pxe-relay',
  subject: 'ams default 10.20.10.0/24 wds-ams',
  fingerprint: 'f1',
  severity: 'error',
  sites: ['ams'],
  devices: ['ams-dist-1', 'ams-dist-2'],
  subnets: ['10.20.10.0/24'],
  points: ['wds-ams'],
  ...more,
})

describe('globs', () => {
  it.each([
    ['ams-*', 'ams-dist-1', true],
    ['ams-*', 'xams-dist-1', false],
    ['ams-*', 'ams-', true],
    ['ams-dist-?', 'ams-dist-1', true],
    ['ams-dist-?', 'ams-dist-12', false],
    ['ams-dist-?', 'ams-dist-', false],
    ['*', '', true],
    ['*.example.net', 'r1.example.net', true],
    ['r1.example', 'r1xexample', false],
    ['r[12]', 'r1', false],
    ['r(1)+', 'r(1)+', true],
    ['r1', 'R1', false],
    ['a*b*c', 'aXbYc', true],
    ['a*b*c', 'aXcYb', false],
    ['?', '🖧', true],
    ['a*', 'a\nb', true],
  ] as const)('%s and %s: %s', (pattern, name, wanted) => expect(glob(pattern).test(name)).toBe(wanted))
})

describe('a waiver fits', () => {
  it.each([
    [{}, true],
    [{ rule: 'duplicate-pxe-relay' }, true],
    [{ rule: 'duplicate-*' }, true],
    [{ rule: 'missing-pxe-relay' }, false],
    [{ rule: 'duplicate' }, false],
    [{ site: ['ams'] }, true],
    [{ site: ['lon'] }, false],
    [{ site: ['lon', 'a?s'] }, true],
    [{ point: ['wds-*'] }, true],
    [{ point: ['wds-lon'] }, false],
    // Both routers make the finding: one of them is not enough.
    [{ device: ['ams-dist-1'] }, false],
    [{ device: ['ams-dist-1', 'ams-dist-2'] }, true],
    [{ device: ['ams-dist-?'] }, true],
    [{ subnet: ['10.20.10.0/24'] }, true],
    [{ subnet: ['10.20.0.0/16'] }, true],
    [{ subnet: ['0.0.0.0/0'] }, true],
    [{ subnet: ['10.20.10.0/25'] }, false],
    [{ subnet: ['10.21.0.0/16'] }, false],
    [{ subnet: ['10.20.*'] }, true],
    [{ subnet: ['10.20.1?.0/24'] }, true],
    [{ subnet: ['10.20.2?.0/24'] }, false],
    [{ subnet: ['2001:db8::/32'] }, false],
    // Every scope that is given must fit.
    [{ site: ['ams'], subnet: ['10.20.0.0/16'], point: ['wds-ams'] }, true],
    [{ site: ['ams'], subnet: ['10.20.0.0/16'], point: ['wds-lon'] }, false],
  ] as const)('%j: %s', (scopes, wanted) => expect(fits(waiver(scopes), aboutOne())).toBe(wanted))

  it('nothing that the finding does not say of itself', () => {
    const device = aboutOne({ subnets: [], points: [], devices: ['r1'] })
    expect(fits(waiver({ device: ['r1'] }), device)).toBe(true)
    expect(fits(waiver({ subnet: ['*'] }), device)).toBe(false)
    expect(fits(waiver({ point: ['*'] }), device)).toBe(false)
  })

  it('all subnets of a segment, by one family where it has two', () => {
    const two = aboutOne({ subnets: ['10.20.10.0/24', '10.20.110.0/24', '2001:db8:10::/64'] })
    expect(fits(waiver({ subnet: ['10.20.10.0/24'] }), two)).toBe(false)
    expect(fits(waiver({ subnet: ['10.20.10.0/24', '10.20.110.0/24'] }), two)).toBe(true)
    expect(fits(waiver({ subnet: ['10.20.0.0/16'] }), two)).toBe(true)
    expect(fits(waiver({ subnet: ['2001:DB8::/32'] }), two)).toBe(true)
    expect(fits(waiver({ subnet: ['2001:DB8:10:*'] }), two)).toBe(true)
    expect(fits(waiver({ subnet: ['2001:db8:11::/64'] }), two)).toBe(false)
    expect(fits(waiver({ subnet: ['*'] }), two)).toBe(true)
  })

  it('or says what it leaves out', () => {
    expect(unusedText(waiver({ device: ['ams-dist-1'] }), [aboutOne()])).toBe(
      'is unused: the finding that comes nearest, duplicate-pxe-relay on ams default 10.20.10.0/24 wds-ams, is about ams-dist-2 too; name that as well, or remove the waiver',
    )
    expect(unusedText(waiver({ device: ['lon-*'] }), [aboutOne()])).toBe('is unused: it fits no finding; remove it')
  })

  it('never the failure of a rule: what that would have said is not known', () => {
    const failing = defineRule({
      id: 'failing',
      title: '',
      severity: 'info',
      rationale: '',
      examples: { bad: [], good: [] },
      check: () => {
        throw new Error('a fault')
      },
    })
    const result = auditOf({ r2: router(2, { 10: [RELAY] }) }, { rules: [failing], accept: accepting(waiver()) })
    expect(result.findings.map(f => [f.rule, f.waived])).toEqual([['failing', null]])
    expect(result.exit_code).toBe(1)
  })
})

describe('rules say what their findings are about', () => {
  const accepted = (configs: Record<string, string>, scopes: Parameters<typeof waiver>[0], sites = {}) =>
    auditOf(configs, { accept: accepting(waiver(scopes)), sites }).findings.flatMap(f => (f.waived === null ? [] : [f.rule]))
  const HSRP = ['standby 10 ip 10.0.10.1']

  it.each([
    ['duplicate-pxe-relay', { r2: router(2, { 10: [RELAY] }), r3: router(3, { 10: [RELAY] }) }],
    ['missing-pxe-relay', { r2: router(2, { 10: ['ip helper-address 10.9.9.20'] }) }],
    ['divergent-virtual-ip', { r2: router(2, { 10: HSRP }), r3: router(3, { 10: ['standby 10 ip 10.0.10.9'] }) }],
    ['lone-redundancy-group', { r2: router(2, { 10: HSRP }) }],
    ['dangling-redundancy-name', { r2: router(2, { 10: [...HSRP, `${RELAY} redundancy NONE`] }) }],
  ] as const)('%s: site and subnet of its segment', (rule, configs) => {
    expect(accepted(configs, { rule, site: ['here'], subnet: ['10.0.10.0/24'] })).toEqual([rule])
    expect(accepted(configs, { rule, subnet: ['10.0.11.0/24'] })).toEqual([])
    expect(accepted(configs, { rule, site: ['there'] })).toEqual([])
  })

  it('a finding about a device stands in its site', () => {
    const configs = { r2: router(2, { 10: ['ip helper-address 10.9.9.999'] }), r3: router(3, { 11: [] }) }
    const rule = 'unrecognized-lines'
    expect(accepted(configs, { rule, site: ['ams'] }, { r2: 'ams', r3: 'lon' })).toEqual([rule])
    expect(accepted(configs, { rule, site: ['lon'] }, { r2: 'ams', r3: 'lon' })).toEqual([])
    expect(accepted(configs, { rule, device: ['r2'] })).toEqual([rule])
    expect(accepted(configs, { rule, device: ['r3'] })).toEqual([])
  })

  it('a duplicate is about its PXE point', () => {
    const configs = { r2: router(2, { 10: [RELAY] }), r3: router(3, { 10: [RELAY] }) }
    expect(accepted(configs, { point: ['wds'] })).toEqual(['duplicate-pxe-relay'])
    expect(accepted(configs, { point: ['other'] })).toEqual([])
  })
})

/** Two routers in up to four VLANs; each line of each VLAN is there or not. */
const networks = fc
  .uniqueArray(fc.integer({ min: 10, max: 13 }), { minLength: 1, maxLength: 4 })
  .chain(vlans =>
    fc.tuple(
      fc.constant(vlans),
      fc.array(
        fc.subarray([
          RELAY,
          'ip helper-address 10.9.9.20',
          'standby 10 ip',
          `${RELAY} redundancy NONE`,
          'ip helper-address 10.9.9.999',
        ]),
        { minLength: vlans.length * 2, maxLength: vlans.length * 2 },
      ),
    ),
  )
  .map(([vlans, lines]) => ({
    r2: router(2, Object.fromEntries(vlans.map((v, n) => [v, lines[n] ?? []]))),
    r3: router(3, Object.fromEntries(vlans.map((v, n) => [v, lines[n + vlans.length] ?? []]))),
  }))
const scopes = fc.option(
  fc.array(fc.constantFrom('*', 'here', 'r2', 'r?', 'wds', '10.0.10.0/24', '10.0.*', '10.0.0.0/8', 'x'), { minLength: 1 }),
)
const waivers = fc.array(
  fc
    .record({
      rule: fc.constantFrom('*', 'duplicate-*', 'missing-pxe-relay', 'lone-redundancy-group'),
      site: scopes,
      device: scopes,
      subnet: scopes,
      point: scopes,
      expires: fc.constantFrom(null, '2026-03-03', '2026-03-04', '2030-01-01', 'soon'),
    })
    .map(waiver),
)

describe('waiving', () => {
  it('changes no verdict, no fix and no finding but for its acceptance', { timeout: 30_000 }, () => {
    const seen = new Set<boolean>()
    fc.assert(
      fc.property(networks, waivers, (configs, list) => {
        const plain = auditOf(configs)
        const accepted = auditOf(configs, { accept: accepting(...list) })
        expect({ ...accepted, exit_code: 0, findings: accepted.findings.map(f => ({ ...f, waived: null })) }).toEqual({
          ...plain,
          exit_code: 0,
        })
        for (const f of accepted.findings) seen.add(f.waived !== null)
        const standing = accepted.findings.some(f => f.waived === null)
        const unknown = plain.summary.unknown > 0
        expect(accepted.exit_code).toBe(standing ? 1 : unknown ? 3 : 0)
      }),
      { numRuns: 80 },
    )
    expect(seen.size).toBe(2)
  })

  it('of everything leaves 0, or 3 where something is unknown', { timeout: 30_000 }, () => {
    const seen = new Set<number>()
    fc.assert(
      fc.property(networks, configs => {
        const result = auditOf(configs, { accept: accepting(waiver()) })
        expect(result.findings.every(f => f.waived === 'known (Ann)')).toBe(true)
        expect(result.exit_code).toBe(result.summary.unknown > 0 ? 3 : 0)
        seen.add(result.exit_code)
      }),
      { numRuns: 80 },
    )
    expect([...seen].sort()).toEqual([0, 3])
  })

  it('takes the first waiver that fits, and knows which were of no use', () => {
    const [one, two, none] = [waiver({ reason: 'first' }), waiver({ reason: 'second' }), waiver({ rule: 'missing-*' })]
    const { reasons, unused } = waive([aboutOne()], [one, two, none], NOW)
    expect(reasons).toEqual(['first (Ann)'])
    expect(unused).toEqual([none])
  })
})

const double = { 'r2.cfg': router(2, { 10: [RELAY] }), 'r3.cfg': router(3, { 10: [RELAY] }) }
const listed = (...entries: string[]) => `waivers:\n${entries.map(e => `  - { ${e} }\n`).join('')}`
const GOOD = 'rule: duplicate-pxe-relay, subnet: 10.0.0.0/16, reason: until the move, owner: Ann'

describe('on the command line', () => {
  const dir = files('double', double)
  const audit = (text: string, ...more: string[]) => {
    writeFileSync(join(folder, 'w.yaml'), text)
    return cli('audit', '--configs', dir, '--pxe', 'wds=10.9.9.5', '--waivers', join(folder, 'w.yaml'), ...more)
  }

  it('an accepted finding stays in the JSON, with its fix, and does not count', async () => {
    const plain = resultSchema.parse(
      JSON.parse((await cli('audit', '--configs', dir, '--pxe', 'wds=10.9.9.5', '-f', 'json')).out),
    )
    expect(plain.exit_code).toBe(1)
    const { code, out, err } = await audit(listed(`${GOOD}, expires: ${inDays(30)}`), '-f', 'json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const result = resultSchema.parse(JSON.parse(out))
    expect(result.exit_code).toBe(0)
    expect(result.findings).toEqual([{ ...plain.findings[0], waived: `until the move (Ann, until ${inDays(30)})` }])
    expect(result.segments).toEqual(plain.segments)
    expect(result.remediations).toEqual(plain.remediations)
    expect(result.remediations.length).toBeGreaterThan(0)
  })

  it('the text counts it, --show-waived shows it, --no-waivers accepts nothing', async () => {
    const hidden = await audit(listed(GOOD))
    expect(hidden.code).toBe(0)
    expect(hidden.out).toContain('DUPLICATE')
    expect(hidden.out).toContain('1 accepted finding not shown; --show-waived shows them.')
    expect(hidden.out).not.toContain('duplicate-pxe-relay')
    const shown = await audit(listed(GOOD), '--show-waived')
    expect(shown.code).toBe(0)
    expect(shown.out).toMatch(/accepted duplicate-pxe-relay[\s\S]*Accepted: until the move \(Ann\)/)
    expect(shown.out).not.toContain('not shown')
    const without = await audit(listed(GOOD), '--no-waivers')
    expect(without.code).toBe(1)
    expect(without.out).toContain('error duplicate-pxe-relay')
    expect(without.out).not.toContain('ccepted')
  })

  it('the HTML report shows it as accepted, also when it is rendered later', async () => {
    const [saved, page] = [join(folder, 'r.json'), join(folder, 'r.html')]
    await audit(listed(GOOD), '-f', `json=${saved}`)
    const { code, out } = await cli('report', saved, '-f', 'text', '-f', `html=${page}`, '--show-waived')
    expect(code).toBe(0)
    expect(out).toContain('Accepted: until the move (Ann)')
    const html = readFileSync(page, 'utf8')
    expect(html).toContain('<strong>Accepted:</strong> <bdi>until the move (Ann)</bdi>')
    expect(html).toContain('Every duplicate that was found has been accepted.')
    expect((await cli('report', saved)).out).toContain('1 accepted finding not shown')
  })

  it('says when a waiver ends within 14 days, and when it is of no use', async () => {
    const soon = await audit(listed(`${GOOD}, expires: ${inDays(7)}`))
    expect(soon.sentences).toEqual([`iphelper-audit: waiver at w.yaml:2 by Ann ends on ${inDays(7)}`])
    expect(soon.code).toBe(0)
    const unused = await audit(
      listed(GOOD, 'rule: "*", device: r9, reason: gone, owner: Bob', 'rule: "dup*", device: r2, reason: x, owner: Cy'),
    )
    expect(unused.sentences).toEqual([
      'iphelper-audit: waiver at w.yaml:3 by Bob is unused: it fits no finding; remove it',
      'iphelper-audit: waiver at w.yaml:4 by Cy is unused: the finding that comes nearest, duplicate-pxe-relay on default default 10.0.10.0/24 wds, is about r3 too; name that as well, or remove the waiver',
    ])
    expect(unused.code).toBe(0)
    expect((await audit(listed(`${GOOD}, expires: ${inDays(7)}`), '--no-waivers')).err).toBe('')
  })

  it.each([
    ['no reason', listed('rule: "*", owner: Ann'), '2:5: "reason" is missing; add it'],
    ['a blank reason', listed('rule: "*", reason: "  ", owner: Ann'), '2:26: "reason" must not be empty'],
    ['no owner', listed('rule: "*", reason: x'), '2:5: "owner" is missing; add it'],
    ['no rule', listed('reason: x, owner: Ann'), '2:5: "rule" is missing; add it'],
    [
      'a day in the past',
      listed(GOOD, `${GOOD}, expires: ${inDays(-2)}`),
      `3:100: this waiver by Ann ended on ${inDays(-2)}; renew or remove it`,
    ],
    [
      'a day that is none',
      listed(`${GOOD}, expires: 2099-02-29`),
      '2:100: "2099-02-29" is no day like 2026-12-31, so this waiver by Ann counts as expired; renew or remove it',
    ],
    ['an end that is empty', listed(`${GOOD}, expires: `), '2:101: "expires" is empty; it must be text'],
    [
      'a rule that is none',
      listed('rule: duplicate-pxe-rely, reason: x, owner: Ann'),
      '2:13: there is no rule "duplicate-pxe-rely"; did you mean "duplicate-pxe-relay"?',
    ],
    [
      'a subnet that is none',
      listed('rule: "*", subnet: 10.0.10.1/24, reason: x, owner: Ann'),
      '2:26: "10.0.10.1/24" is no subnet: write it like 10.20.10.0/24, or as a pattern like 10.20.* (in "subnet")',
    ],
    [
      'a subnet in a list that is none',
      listed('rule: "*", subnet: [10.0.0.0/8, lab*], reason: x, owner: Ann'),
      '2:39: "lab*" is no subnet: write it like 10.20.10.0/24, or as a pattern like 10.20.* (in entry 2 of "subnet")',
    ],
    [
      'a scope that is a number',
      listed('rule: "*", device: 7, reason: x, owner: Ann'),
      '2:26: "device" must be text or a list of texts',
    ],
    [
      'an unknown key',
      listed('rule: "*", devise: r2, reason: x, owner: Ann'),
      '2:18: unknown key "devise"; did you mean "device"?',
    ],
    ['a misspelt list', 'waiver: []\n', '1:1: unknown key "waiver"; did you mean "waivers"? (and 1 more)'],
    ['another kind of file', '[]\n', '1:1: a file of waivers is a list under waivers:, each with rule:, reason: and owner:'],
    ['no YAML', 'a: b: c\n', '1:4: this is not valid YAML: Nested mappings are not allowed in compact mappings'],
  ])('exit 2 for %s', async (_, text, sentence) => {
    const { code, sentences, out } = await audit(text)
    expect(sentences).toEqual([`iphelper-audit: w.yaml:${sentence}`])
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })

  it('exit 2 for a file that is not there', async () => {
    const { code, sentences } = await cli('audit', '--configs', dir, '--pxe', '10.9.9.5', '--waivers', join(folder, 'none.yaml'))
    expect({ code, sentences }).toEqual({
      code: 2,
      sentences: ['iphelper-audit: there is no file of waivers none.yaml; check the path'],
    })
  })
})

describe('in the inventory', () => {
  const inventory = (waivers: string, name = 'inventory') =>
    join(
      files(name, {
        ...double,
        'inventory.yaml': `pxe_points:\n  - { name: wds, addresses: [10.9.9.5] }\ndefaults: { site: ams }\ndevices:\n  - { name: r2, config: r2.cfg }\n  - { name: r3, config: r3.cfg }\n${waivers}`,
      }),
      'inventory.yaml',
    )

  it('they hold for its audit, together with those of a file', async () => {
    const own = inventory(listed('rule: duplicate-pxe-relay, site: ams, pxe_point: wds, device: [r2, r3], reason: x, owner: Ann'))
    expect((await cli('audit', '-i', own)).code).toBe(0)
    expect((await cli('audit', '-i', own, '--no-waivers')).code).toBe(1)
    const extra = join(files('extra', { 'w.yaml': listed('rule: "*", reason: y, owner: Bob') }), 'w.yaml')
    expect((await cli('audit', '-i', inventory('', 'bare'), '--waivers', extra)).code).toBe(0)
    const both = await cli('audit', '-i', own, '--waivers', extra, '-f', 'json')
    expect(resultSchema.parse(JSON.parse(both.out)).findings.map(f => f.waived)).toEqual(['x (Ann)'])
  })

  it('one that is over is refused with its place, unless none is wanted', async () => {
    const own = inventory(listed(`rule: "*", reason: x, owner: Ann, expires: ${inDays(-2)}`))
    const { code, sentences } = await cli('audit', '-i', own)
    expect({ code, sentences }).toEqual({
      code: 2,
      sentences: [`iphelper-audit: inventory/inventory.yaml:8:50: this waiver by Ann ended on ${inDays(-2)}; renew or remove it`],
    })
    expect((await cli('audit', '-i', own, '--no-waivers')).code).toBe(1)
  })
})
