// A result of a large network, seeded, so that two runs measure the same page.
import type { Finding, Remediation, Result, SegmentResult, Verdict } from '../../src/model/result.ts'
import { random } from './generate.ts'

const KINDS: readonly Verdict[] = ['single', 'single', 'single', 'none', 'unknown']

/** So many segments; the first `duplicates` of them with a finding and two ways to fix it each. */
export function largeResult(segments: number, duplicates: number): Result {
  const pick = random(7)
  const points = [{ name: 'wds-hq', kind: 'wds', addresses: ['10.9.9.5', '10.9.9.6'] } as const]
  const all = Array.from({ length: segments }, (_, n) => {
    const site = `site-${n % 200}`
    const vlan = 10 + (n % 4000)
    const net = `10.${(n >> 8) & 255}.${n & 255}`
    const names = [`${site}-dist-1`, `${site}-dist-2`]
    const verdict = n < duplicates ? 'duplicate' : (KINDS[pick(KINDS.length)] ?? 'single')
    return { n, site, vlan, net, names, verdict, lines: [pick(9_000) + 1, pick(9_000) + 1] }
  })
  type Place = (typeof all)[number]
  const relayed = ({ names, vlan, lines }: Place, i: number) => ({
    device: names[i] ?? '',
    line: lines[i] ?? 1,
    message: `${names[i]} relays Vlan${vlan} to 10.9.9.5`,
  })
  const missing = (place: Place) => ({
    code: 'device-not-collected' as const,
    message: `${place.site}-dist-3 could not be read: connection refused; it may stand here too`,
    device: `${place.site}-dist-3`,
    line: null,
  })
  const copies = { duplicate: 2, single: 1, none: 0, unknown: null }
  const segmentOf = (place: Place): SegmentResult => ({
    id: `${place.site} default ${place.net}.0/24`,
    site: place.site,
    vrf: 'default',
    subnets: [`${place.net}.0/24`],
    members: place.names.map((device, i) => ({
      device,
      interface: `Vlan${place.vlan}`,
      address: `${place.net}.${i + 2}`,
      role: i === 0 ? 'active' : 'standby',
      confidence: 'medium',
      reason: `predicted: ${place.names[0]} has the highest priority (110 before 100) and preempts, and tracking may lower a priority`,
      observed: false,
    })),
    pxe: [
      {
        point: 'wds-hq',
        copies: copies[place.verdict],
        verdict: place.verdict,
        survives_failover: place.verdict === 'unknown' ? null : place.verdict === 'duplicate',
        reasons:
          place.verdict === 'unknown'
            ? [{ code: 'relays', ...relayed(place, 0) }, missing(place)]
            : Array.from({ length: copies[place.verdict] ?? 0 }, (_, i) => ({ code: 'relays', ...relayed(place, i) })),
      },
    ],
  })
  const hurt = all.filter(place => place.verdict === 'duplicate')
  const mark = (n: number) => (n * 2654435761).toString(16).padStart(16, '0').slice(-16)
  const findingOf = (place: Place): Finding => ({
    rule: 'duplicate-pxe-relay',
    severity: 'error',
    fingerprint: mark(place.n + 1),
    subject: `${place.site} default ${place.net}.0/24 wds-hq`,
    message: `${place.names.join(' and ')} relay ${place.net}.0/24 to wds-hq: 2 copies of each boot request arrive`,
    waived: null,
    evidence: place.names.map((device, i) => ({
      device,
      file: `snapshot/${device}.cfg`,
      line: place.lines[i] ?? 1,
      text: 'ip helper-address 10.9.9.5',
      note: `Vlan${place.vlan} relays to 10.9.9.5`,
    })),
  })
  const stepOf = (place: Place, i: number, gate: boolean): Remediation => ({
    fingerprint: mark(place.n + 1),
    strategy: gate ? 'gate' : 'remove',
    plan: gate ? 'gate' : `remove, ${place.names[0]} goes on relaying`,
    keeps: gate ? null : (place.names[0] ?? null),
    choice: gate ? 'default' : 'alternative',
    device: place.names[i] ?? '',
    apply: gate
      ? `interface Vlan${place.vlan}\n standby ${place.vlan} name PXE-V${place.vlan}\n no ip helper-address 10.9.9.5\n ip helper-address 10.9.9.5 redundancy PXE-V${place.vlan}`
      : `interface Vlan${place.vlan}\n no ip helper-address 10.9.9.5`,
    rollback: `interface Vlan${place.vlan}\n ip helper-address 10.9.9.5`,
    verify: [{ command: `show standby Vlan${place.vlan}`, expect: 'one router is Active, the other Standby' }],
    caution: 'Apply on every router of the group in one change: while only some are gated, requests may still arrive twice.',
    trade_off: 'Only the active router relays, and PXE goes on after a failover.',
    proven: true,
    withheld: null,
  })
  const devices = [...new Set(all.flatMap(place => place.names))].map(name => ({
    name,
    platform: 'cisco-ios',
    site: name.replace(/-dist-\d$/, ''),
    state: 'collected' as const,
    reason: null,
    file: `snapshot/${name}.cfg`,
    sha256: mark(name.length).repeat(4),
    collected_at: '2026-03-04T04:00:00.000Z',
    complete: true,
  }))
  const total = (verdict: Verdict) => all.filter(place => place.verdict === verdict).length
  return {
    schema_version: 1,
    tool: { name: 'iphelper-audit', version: '0.0.0' },
    started_at: '2026-03-04T05:06:07.000Z',
    exit_code: 1,
    points,
    devices,
    segments: all.map(segmentOf),
    findings: hurt.map(findingOf),
    remediations: hurt.flatMap(place => [stepOf(place, 0, true), stepOf(place, 1, true), stepOf(place, 1, false)]),
    summary: {
      segments: all.length,
      ...{ duplicate: total('duplicate'), single: total('single'), none: total('none'), unknown: total('unknown') },
      ...{ devices: devices.length, failed: 0 },
    },
  }
}
