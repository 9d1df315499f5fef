// A small network as a result, written by hand: one of everything that a report has to tell apart.
import type { Evidence, Finding, Reason, Remediation, Result, SegmentMember, SegmentResult } from '../../src/model/result.ts'
import type { ReportContext } from '../../src/report/formats.ts'

/** A report for a pipeline that runs in /build/net, with two rules to explain. */
export const CONTEXT: ReportContext = {
  text: { width: 80, paint: (_, text) => text, all: false, waived: false },
  templates: 'templates',
  folder: '/build/net',
  rules: [
    {
      id: 'duplicate-pxe-relay',
      title: 'One boot request reaches the PXE server more than once',
      severity: 'error',
      rationale: 'Every router that hears the broadcast\nforwards it.\n\nTake `ip helper-address` off one.',
      examples: {
        bad: [{ shows: 'Both routers relay.', configs: { r1: 'interface Vlan10\n ip helper-address 10.9.9.5\n' } }],
        good: [{ shows: 'One relays.', configs: { r1: 'interface Vlan10\n' } }],
      },
    },
    {
      id: 'option-82-with-wds',
      title: 'A relay adds option 82',
      severity: 'warning',
      rationale: 'Configuration Manager does not support that.',
      examples: { bad: [], good: [] },
    },
  ],
  junitUnknown: 'error',
  exitZero: false,
}

/** An audit that saw nothing. */
export const NOTHING: Result = {
  schema_version: 1,
  tool: { name: 'iphelper-audit', version: '1.0.0' },
  started_at: '2026-01-02T03:04:05.000Z',
  exit_code: 3,
  points: [],
  devices: [],
  segments: [],
  findings: [],
  remediations: [],
  summary: { segments: 0, duplicate: 0, single: 0, none: 0, unknown: 0, devices: 0, failed: 0 },
}

const file = (device: string) =>
  ({ 'edge-1': 'ssh://192.0.2.7:22', 'core-1': '/srv/backup/core-1.cfg' })[device] ?? `configs/${device}.cfg`
const line = (device: string, n: number, text: string, note: string): Evidence => ({
  device,
  file: file(device),
  line: n,
  text,
  note,
})
const member = (device: string, vlan: number, address: string, role: SegmentMember['role']): SegmentMember => ({
  device,
  interface: `Vlan${vlan}`,
  address,
  role,
  confidence: 'high',
  reason: 'predicted',
  observed: false,
})
const reason = (code: Reason['code'], message: string, device: string | null = null, at: number | null = null): Reason => ({
  code,
  message,
  device,
  line: at,
})

function segment(
  site: string,
  vlan: number,
  members: SegmentMember[],
  pxe: Omit<SegmentResult['pxe'][number], 'point'>,
): SegmentResult {
  const subnet = `10.20.${vlan}.0/24`
  const id = `${site} default ${subnet}`
  return { id, site, vrf: 'default', subnets: [subnet], members, pxe: [{ point: 'wds-ams', ...pxe }] }
}
const pair = (vlan: number) => [
  member('dist-1', vlan, `10.20.${vlan}.2`, 'active'),
  member('dist-2', vlan, `10.20.${vlan}.3`, 'standby'),
]
const relays = (vlan: number) => [
  reason('relays', `dist-1 relays Vlan${vlan}`, 'dist-1', vlan),
  reason('relays', `dist-2 relays Vlan${vlan}`, 'dist-2', vlan),
]

const duplicate = (vlan: number, fingerprint: string, waived: string | null): Finding => ({
  rule: 'duplicate-pxe-relay',
  severity: 'error',
  fingerprint,
  subject: `ams default 10.20.${vlan}.0/24 wds-ams`,
  message: `dist-1 and dist-2 relay 10.20.${vlan}.0/24 to wds-ams: 2 copies of each boot request arrive`,
  waived,
  evidence: [
    line('dist-1', 12, ' ip helper-address 10.9.9.5', `Vlan${vlan} relays to 10.9.9.5`),
    line('dist-2', 22, ' ip helper-address 10.9.9.5', `Vlan${vlan} relays to 10.9.9.5`),
  ],
})
const fix = (
  strategy: Remediation['strategy'],
  device: string,
  apply: string,
  proven = true,
  fingerprint = 'd10d10d10d10d10d',
): Remediation => ({
  fingerprint,
  strategy,
  plan: strategy === 'gate' ? 'tie both relays to the active router' : 'keep the relay of dist-1 alone',
  keeps: strategy === 'gate' ? null : 'dist-1',
  choice: strategy === 'gate' ? 'default' : 'alternative',
  device,
  apply,
  rollback: `! back to what ${device} had`,
  verify: [],
  caution: proven ? 'Apply on both routers in one change.' : 'Withheld: it would not help.',
  trade_off: strategy === 'gate' ? 'PXE survives the loss of a router.' : 'PXE stops with dist-1.',
  proven,
  withheld: proven ? null : 'it would not help',
})

/** Five segments of two sites, and a router that was not read. */
export const SAMPLE: Result = {
  ...NOTHING,
  exit_code: 1,
  points: [{ name: 'wds-ams', kind: 'wds', addresses: ['10.9.9.5'] }],
  devices: [
    ...(['dist-1', 'dist-2', 'core-1', 'edge-1'] as const).map(name => ({
      name,
      platform: 'cisco-ios',
      site: name === 'edge-1' ? 'lon' : 'ams',
      state: 'collected' as const,
      reason: null,
      file: file(name),
      sha256: null,
      collected_at: null,
      complete: true,
    })),
    {
      name: 'edge-2',
      platform: 'cisco-ios',
      site: 'lon',
      state: 'failed',
      reason: 'the connection was refused; look at its port',
      file: 'ssh://192.0.2.8:22',
      sha256: null,
      collected_at: null,
      complete: null,
    },
  ],
  segments: [
    segment('ams', 10, pair(10), { copies: 2, verdict: 'duplicate', survives_failover: true, reasons: relays(10) }),
    segment('ams', 11, pair(11), { copies: 2, verdict: 'duplicate', survives_failover: true, reasons: relays(11) }),
    segment('ams', 12, pair(12), {
      copies: 1,
      verdict: 'single',
      survives_failover: false,
      reasons: [...relays(12).slice(0, 1), reason('assumed-pair', 'two routers are taken for all there are')],
    }),
    segment('ams', 13, [member('core-1', 13, '10.20.13.1', 'alone')], {
      copies: 0,
      verdict: 'none',
      survives_failover: null,
      reasons: [reason('no-relay', 'no relay leads to wds-ams')],
    }),
    segment('lon', 40, [member('edge-1', 40, '10.20.40.2', 'active')], {
      copies: null,
      verdict: 'unknown',
      survives_failover: null,
      reasons: [reason('device-not-collected', 'edge-2 was not read; it may stand here too', 'edge-2')],
    }),
  ],
  findings: [
    duplicate(10, 'd10d10d10d10d10d', null),
    duplicate(11, 'd11d11d11d11d11d', 'until the core is replaced (Network team)'),
    {
      rule: 'option-82-with-wds',
      severity: 'warning',
      fingerprint: '8282828282828282',
      subject: 'edge-1 wds-ams',
      message: 'edge-1 adds option 82 to what it relays from Vlan40 to wds-ams',
      waived: null,
      evidence: [line('edge-1', 7, 'ip dhcp relay information option', 'switched on for all')],
    },
    {
      rule: 'relay-without-failover',
      severity: 'info',
      fingerprint: '0fa110fa110fa110',
      subject: 'ams default 10.20.12.0/24 wds-ams',
      message: 'PXE on 10.20.12.0/24 depends on dist-1 alone',
      waived: null,
      evidence: [line('dist-1', 32, ' ip helper-address 10.9.9.5', 'the only relay')],
    },
  ],
  remediations: [
    fix('gate', 'dist-1', 'interface Vlan10\n no ip helper-address 10.9.9.5\n ip helper-address 10.9.9.5 redundancy PXE'),
    fix('gate', 'dist-2', 'interface Vlan10\n no ip helper-address 10.9.9.5\n ip helper-address 10.9.9.5 redundancy PXE'),
    fix('remove', 'dist-2', 'interface Vlan10\n no ip helper-address 10.9.9.5'),
    fix('gate', 'dist-1', 'half of a plan', true, 'd11d11d11d11d11d'),
    fix('gate', 'dist-2', 'the other half', false, 'd11d11d11d11d11d'),
  ],
  summary: { segments: 5, duplicate: 2, single: 1, none: 1, unknown: 1, devices: 5, failed: 1 },
}
