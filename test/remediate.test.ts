// Fixes: the right strategy, the exact lines, and nothing that was not proven.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Rule } from '../src/analyze/rule.ts'
import { rules } from '../src/analyze/rules/index.ts'
import { audit } from '../src/audit/audit.ts'
import { known } from '../src/audit/known.ts'
import type { Result, Severity } from '../src/model/result.ts'
import { pxePoint } from './support/point.ts'

const templates = join(import.meta.dirname, '..', 'templates')
const PLAIN = 'ip helper-address 10.9.9.5'
const HSRP = 'standby 10 ip 10.0.10.1'
const NAME = 'standby 10 name PXE'
const GATED = `${PLAIN} redundancy PXE`

const svi = (host: number, ...lines: string[]) =>
  ['interface Vlan10', ` ip address 10.0.10.${host} 255.255.255.0`, ...lines.map(l => ` ${l}`), 'end', ''].join('\n')

function auditTexts(texts: Readonly<Record<string, string>>, platform = 'cisco-ios', checks = rules): Result {
  const collected = Object.entries(texts).map(([device, text]) => ({
    state: 'collected' as const,
    device,
    site: 'here',
    stale: null,
    platform,
    file: `${device}.cfg`,
    text,
    sha256: '',
    collected_at: '',
    incomplete: null,
    whole: false,
  }))
  const points = [pxePoint({ addresses: ['10.9.9.5', '10.9.9.6'] })]
  return audit({
    ...known,
    rules: checks,
    templates: [templates],
    collected,
    points,
    tool: { name: 'test', version: '0' },
    started: new Date(0),
    assume: { pairs: false },
    failOn: 'error',
  })
}

/** What the best way says, per device. */
const fixes = (texts: Readonly<Record<string, string>>) =>
  bestOf(auditTexts(texts)).map(r => [r.strategy, r.device, r.apply, r.rollback, r.proven])
/** The steps of the way that comes first for each finding. */
const bestOf = ({ remediations }: Result) =>
  remediations.filter(r => r.plan === remediations.find(other => other.fingerprint === r.fingerprint)?.plan)

describe('gate', () => {
  it('names the group, adds the gated line, takes the plain one back, makes sure of the gated one; standby router first', () => {
    expect(fixes({ r1: svi(2, PLAIN, HSRP, 'standby 10 priority 110', 'standby 10 preempt'), r2: svi(3, PLAIN, HSRP) })).toEqual([
      [
        'gate',
        'r2',
        `interface Vlan10\n standby 10 name PXE-V10\n ${PLAIN} redundancy PXE-V10\n no ${PLAIN}\n ${PLAIN} redundancy PXE-V10`,
        `interface Vlan10\n ${PLAIN}\n no ${PLAIN} redundancy PXE-V10\n ${PLAIN}\n no standby 10 name PXE-V10`,
        true,
      ],
      [
        'gate',
        'r1',
        `interface Vlan10\n standby 10 name PXE-V10\n ${PLAIN} redundancy PXE-V10\n no ${PLAIN}\n ${PLAIN} redundancy PXE-V10`,
        `interface Vlan10\n ${PLAIN}\n no ${PLAIN} redundancy PXE-V10\n ${PLAIN}\n no standby 10 name PXE-V10`,
        true,
      ],
    ])
  })

  it('uses the name that is there', () => {
    expect(fixes({ r1: svi(2, GATED, HSRP, NAME), r2: svi(3, PLAIN, HSRP, 'standby 10 name OWN') })).toEqual([
      [
        'gate',
        'r2',
        `interface Vlan10\n ${PLAIN} redundancy OWN\n no ${PLAIN}\n ${PLAIN} redundancy OWN`,
        `interface Vlan10\n ${PLAIN}\n no ${PLAIN} redundancy OWN\n ${PLAIN}`,
        true,
      ],
    ])
  })

  it('only takes the plain line off where it stands beside a gated one', () => {
    expect(fixes({ r1: svi(2, GATED, HSRP, NAME), r2: svi(3, GATED, PLAIN, HSRP, NAME) })).toEqual([
      ['gate', 'r2', `interface Vlan10\n no ${PLAIN}`, `interface Vlan10\n ${PLAIN}`, true],
    ])
  })

  it('keeps the VRF of the line', () => {
    const line = 'ip helper-address vrf MGMT 10.9.9.5'
    const [[strategy, , apply] = []] = fixes({ r1: svi(2, line, HSRP, NAME), r2: svi(3, line, HSRP, NAME) })
    expect([strategy, apply]).toEqual(['gate', `interface Vlan10\n ${line} redundancy PXE\n no ${line}\n ${line} redundancy PXE`])
  })

  it('is not offered while a member of the group does not relay: when that one is active, nobody would', () => {
    const texts = { r1: svi(2, PLAIN, HSRP, NAME), r2: svi(3, PLAIN, HSRP, NAME), r3: svi(4, HSRP, NAME) }
    const { remediations } = auditTexts(texts)
    expect(remediations.filter(r => r.proven).every(r => r.strategy === 'remove')).toBe(true)
    expect(remediations.find(r => r.strategy === 'gate')).toMatchObject({
      proven: false,
      apply: '',
      withheld: 'r3 is in HSRP group 10 and does not relay Vlan10 to wds, so while it is active none of the others would',
    })
    // A member that is shut never becomes active.
    const shut = { ...texts, r3: svi(4, HSRP, NAME, 'shutdown') }
    expect(fixes(shut).map(([strategy]) => strategy)).toEqual(['gate', 'gate'])
  })

  it('is right for three routers too', () => {
    const result = fixes({ r1: svi(2, PLAIN, HSRP, NAME), r2: svi(3, PLAIN, HSRP, NAME), r3: svi(4, PLAIN, HSRP, NAME) })
    expect(result.map(r => [r[0], r[4]])).toEqual([
      ['gate', true],
      ['gate', true],
      ['gate', true],
    ])
  })
})

describe('remove', () => {
  it('is for groups that cannot gate: VRRP, GLBP, none at all', () => {
    for (const group of ['vrrp 10 ip 10.0.10.1', 'glbp 10 ip 10.0.10.1', 'ip ospf cost 10']) {
      const [fix, ...more] = fixes({ r1: svi(2, PLAIN, group), r2: svi(3, PLAIN, group) })
      expect(more).toEqual([])
      expect([fix?.[0], fix?.[2], fix?.[3], fix?.[4]]).toEqual([
        'remove',
        `interface Vlan10\n no ${PLAIN}`,
        `interface Vlan10\n ${PLAIN}`,
        true,
      ])
    }
  })

  it('leaves the predicted active router relaying, and every other target alone', () => {
    const dhcp = 'ip helper-address 10.9.9.20'
    const result = auditTexts({
      r1: svi(2, PLAIN, dhcp, 'vrrp 10 ip 10.0.10.1'),
      r2: svi(3, PLAIN, dhcp, 'vrrp 10 ip 10.0.10.1', 'vrrp 10 priority 200'),
    })
    expect(bestOf(result).map(r => r.device)).toEqual(['r1'])
    expect(result.remediations[0]?.apply).not.toContain('10.9.9.20')
    expect(result.remediations[0]?.caution).toContain('If r2 fails')
  })

  it('takes N-1 of N away', () => {
    const result = fixes({ r1: svi(2, PLAIN), r2: svi(3, PLAIN), r3: svi(4, PLAIN) })
    expect(result.map(r => [r[0], r[4]])).toEqual([
      ['remove', true],
      ['remove', true],
    ])
  })

  it('takes the second address of the same server off a router', () => {
    expect(fixes({ r1: svi(2, PLAIN, 'ip helper-address 10.9.9.6') })).toEqual([
      ['remove', 'r1', 'interface Vlan10\n no ip helper-address 10.9.9.6', 'interface Vlan10\n ip helper-address 10.9.9.6', true],
    ])
  })

  it('works on a DHCP pool that serves one interface, and is withheld where it serves two', () => {
    const pool = 'ip dhcp pool RELAY\n relay source 10.0.0.0 255.255.0.0\n relay destination 10.9.9.5\n'
    expect(fixes({ r1: svi(2, PLAIN), r2: pool + svi(3) })).toEqual([
      [
        'remove',
        'r2',
        'ip dhcp pool RELAY\n no relay destination 10.9.9.5',
        'ip dhcp pool RELAY\n relay destination 10.9.9.5',
        true,
      ],
    ])
    const other = 'interface Vlan11\n ip address 10.0.11.3 255.255.255.0\n'
    // The plain line of the other router can go instead.
    const [instead] = auditTexts({ r1: svi(2, PLAIN), r2: pool + other + svi(3) }).remediations
    expect(instead).toMatchObject({ device: 'r1', apply: `interface Vlan10\n no ${PLAIN}`, proven: true })
    const [withheld] = auditTexts({ r1: pool + other.replace('.3', '.2') + svi(2), r2: pool + other + svi(3) }).remediations
    expect(withheld).toMatchObject({
      apply: '',
      rollback: '',
      proven: false,
      caution: 'No snippet is shown because none could be proven: pool RELAY also serves Vlan11.',
    })
  })
})

describe('the proof', () => {
  it('holds for every fix that is shown: applying all of them leaves one copy', () => {
    const texts = { r1: svi(2, PLAIN, HSRP, 'standby 10 priority 110'), r2: svi(3, PLAIN, HSRP) }
    const before = auditTexts(texts)
    const after: Record<string, string> = { ...texts }
    for (const r of bestOf(before)) after[r.device] = `${after[r.device]}${r.apply}\n`
    const fixed = auditTexts(after)
    expect(fixed.findings).toEqual([])
    expect(fixed.segments[0]?.pxe[0]).toMatchObject({ verdict: 'single', copies: 1, survives_failover: true })
    for (const r of bestOf(before)) after[r.device] = `${after[r.device]}${r.rollback}\n`
    expect(auditTexts(after).findings.map(f => f.fingerprint)).toEqual(before.findings.map(f => f.fingerprint))
  })

  it('is refused for a warning that would come, and not for information: one relay has no failover', () => {
    const texts = { r1: svi(2, PLAIN), r2: svi(3, PLAIN) }
    const fixed = auditTexts({ r1: svi(2, PLAIN), r2: svi(3) })
    expect(fixed.findings.map(f => `${f.severity} ${f.rule}`)).toEqual(['info relay-without-failover'])
    /** Says of every segment what it is, in the severity given for it. */
    const witness = (single: Severity, duplicate: Severity): Rule => ({
      id: 'witness',
      title: 'A test',
      severity: 'info',
      rationale: '',
      examples: { bad: [], good: [] },
      *check({ judgements }) {
        for (const { segment, verdict } of judgements)
          yield {
            subject: segment.id,
            severity: verdict.verdict === 'single' ? single : duplicate,
            message: verdict.verdict,
            evidence: [],
          }
      },
    })
    const proof = (...checks: Rule[]) => {
      const [fix] = auditTexts(texts, 'cisco-ios', [...rules, ...checks]).remediations
      return fix?.proven ? 'proven' : fix?.caution
    }
    const refused = 'No snippet is shown because none could be proven: another finding would appear.'
    expect(proof(witness('info', 'info'))).toBe('proven')
    expect(proof(witness('warning', 'warning'))).toBe('proven')
    expect(proof(witness('info', 'warning'))).toBe('proven')
    expect(proof(witness('warning', 'info'))).toBe(refused)
    expect(proof(witness('error', 'warning'))).toBe(refused)
  })

  it('withholds a snippet whose values could say more than they should', () => {
    const hostile = 'standby 10 name PXE\u200b-V10'
    const result = auditTexts({ r1: svi(2, PLAIN, HSRP, hostile), r2: svi(3, PLAIN, HSRP, hostile) })
    expect(result.remediations.every(r => !r.apply.includes('\u200b'))).toBe(true)
  })
})
