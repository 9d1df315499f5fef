// Changes to a small network as validations, written by hand: one of everything that a report on a change has to tell apart.
import type { Evidence, Finding, Severity } from '../../src/model/result.ts'
import type {
  DeviceSide,
  FindingChange,
  PlacedReason,
  Validation,
  VerdictChange,
  VerdictSide,
} from '../../src/model/validation.ts'

const summary = (duplicate: number, single: number, unknown: number) => ({
  segments: duplicate + single + unknown,
  duplicate,
  single,
  none: 0,
  unknown,
  devices: 5,
  failed: 0,
})

/** A change of nothing. */
export const NO_CHANGE: Validation = {
  schema_version: 1,
  kind: 'validation',
  tool: { name: 'iphelper-audit', version: '1.0.0' },
  started_at: '2026-01-02T03:04:05.000Z',
  exit_code: 0,
  scope: 'all',
  points: [{ name: 'wds-ams', kind: 'wds', addresses: ['10.9.9.5'] }],
  current: { from: 'main:configs', summary: summary(0, 2, 0) },
  proposed: { from: 'configs', summary: summary(0, 2, 0) },
  changes: [],
  devices: [],
  segments: { appeared: [], vanished: [], touched: 0 },
  verdicts: [],
  findings: { introduced: [], fixed: [], unchanged: [], unjudged: [] },
  incomplete: [],
}

type Side = 'main:configs' | 'configs'
const RELAY = 'ip helper-address 10.9.9.5'
const lineOf = (side: Side, device: string, line: number, note: string, text = RELAY): Evidence => ({
  device,
  file: `${side}/${device}.cfg`,
  line,
  text,
  note,
})
const relay = (side: Side, device: string, line: number): PlacedReason => ({
  code: 'relays',
  message: `${device} relays`,
  device,
  file: `${side}/${device}.cfg`,
  line,
  text: RELAY,
})
const single = (reasons: readonly PlacedReason[]): VerdictSide => ({
  verdict: 'single',
  copies: 1,
  survives_failover: false,
  reasons,
})
const duplicate = (copies: number, reasons: readonly PlacedReason[]): VerdictSide => ({
  verdict: 'duplicate',
  copies,
  survives_failover: true,
  reasons,
})
const unplaced = (code: PlacedReason['code'], message: string, device: string | null = null): PlacedReason => ({
  code,
  message,
  device,
  file: null,
  line: null,
  text: null,
})
const verdict = (site: string, vlan: number, before: VerdictSide | null, after: VerdictSide | null): VerdictChange => ({
  segment: `${site} default 10.20.${vlan}.0/24`,
  point: 'wds-ams',
  before,
  after,
})

const finding = (
  rule: string,
  severity: Severity,
  fingerprint: string,
  subject: string,
  message: string,
  evidence: Evidence[],
): Finding => ({ rule, severity, fingerprint, subject, message, waived: null, evidence })
/** Two routers that relay one VLAN: dist-1 at line VLAN + 2, dist-2 at line VLAN + 12. */
const doubled = (side: Side, vlan: number): Finding =>
  finding(
    'duplicate-pxe-relay',
    'error',
    `d${vlan}d${vlan}d${vlan}d${vlan}d${vlan}d`,
    `ams default 10.20.${vlan}.0/24 wds-ams`,
    `dist-1 and dist-2 relay 10.20.${vlan}.0/24 to wds-ams: 2 copies of each boot request arrive`,
    [
      lineOf(side, 'dist-1', vlan + 2, `Vlan${vlan} relays to 10.9.9.5`),
      lineOf(side, 'dist-2', vlan + 12, `Vlan${vlan} relays to 10.9.9.5`),
    ],
  )
const option82 = (side: Side, severity: Severity): Finding =>
  finding(
    'option-82-with-wds',
    severity,
    '8282828282828282',
    'dist-2 wds-ams',
    'dist-2 adds option 82 to what it relays to wds-ams',
    [lineOf(side, 'dist-2', 5, 'switched on for all', 'ip dhcp relay information option')],
  )
const alone = (side: Side, vlan: number): Finding =>
  finding(
    'relay-without-failover',
    'info',
    `0fa${vlan}0fa${vlan}0fa${vlan}0`,
    `ams default 10.20.${vlan}.0/24 wds-ams`,
    `only dist-1 relays 10.20.${vlan}.0/24 to wds-ams`,
    [lineOf(side, 'dist-1', vlan + 2, 'the only relay')],
  )
const became = (before: Finding | null, after: Finding | null): FindingChange => {
  const { fingerprint, rule, subject } = (after ?? before) as Finding
  return { fingerprint, rule, subject, before, after }
}
const MISSING = 'it is in main:configs and not in configs; add it there, or write --removed edge-2 if it is taken out of service'
const whole = (side: Side, name: string): DeviceSide => ({
  state: 'collected',
  file: `${side}/${name}.cfg`,
  reason: null,
  complete: true,
})
const lonDuplicate = finding(
  'duplicate-pxe-relay',
  'error',
  'd42d42d42d42d42d',
  'lon default 10.20.42.0/24 wds-ams',
  'edge-1 and edge-2 relay 10.20.42.0/24 to wds-ams: 2 copies of each boot request arrive',
  [
    lineOf('main:configs', 'edge-1', 44, 'Vlan42 relays to 10.9.9.5'),
    lineOf('main:configs', 'edge-2', 54, 'Vlan42 relays to 10.9.9.5'),
  ],
)

/**
 * On dist-2, VLAN 10 gets a second relay and VLAN 11 loses it; VLAN 12 stays doubled, with a copy more; VLANs 13 and 14 are new, and
 * what is doubled in 14 is accepted; option 82 does harm now. The file of edge-2 is gone, and with it all that is known of London.
 */
export const CHANGE: Validation = {
  ...NO_CHANGE,
  exit_code: 1,
  current: { from: 'main:configs', summary: summary(3, 3, 0) },
  proposed: { from: 'configs', summary: { ...summary(3, 2, 2), failed: 1 } },
  devices: [
    {
      name: 'dist-2',
      site: 'ams',
      change: 'changed',
      before: whole('main:configs', 'dist-2'),
      after: whole('configs', 'dist-2'),
    },
    {
      name: 'edge-2',
      site: 'lon',
      change: 'lost',
      before: whole('main:configs', 'edge-2'),
      after: { state: 'failed', file: 'configs', reason: MISSING, complete: null },
    },
  ],
  segments: {
    appeared: ['ams default 10.20.13.0/24', 'ams default 10.20.14.0/24'],
    vanished: ['lon default 10.20.41.0/24'],
    touched: 6,
  },
  verdicts: [
    verdict(
      'ams',
      10,
      single([relay('main:configs', 'dist-1', 12)]),
      duplicate(2, [relay('configs', 'dist-1', 12), relay('configs', 'dist-2', 22)]),
    ),
    verdict(
      'ams',
      11,
      duplicate(2, [relay('main:configs', 'dist-1', 13), relay('main:configs', 'dist-2', 23)]),
      single([relay('configs', 'dist-1', 13)]),
    ),
    verdict('ams', 12, duplicate(2, [relay('main:configs', 'dist-1', 14)]), duplicate(3, [relay('configs', 'dist-1', 14)])),
    verdict(
      'ams',
      13,
      null,
      single([relay('configs', 'dist-1', 15), unplaced('assumed-pair', 'two routers are taken for all there are')]),
    ),
    verdict('ams', 14, null, duplicate(2, [relay('configs', 'dist-1', 16), relay('configs', 'dist-2', 26)])),
    verdict('lon', 40, single([relay('main:configs', 'edge-1', 42)]), {
      verdict: 'unknown',
      copies: null,
      survives_failover: null,
      reasons: [unplaced('device-not-collected', 'edge-2 was not read; it may stand here too', 'edge-2')],
    }),
    verdict('lon', 41, single([relay('main:configs', 'edge-2', 53)]), null),
  ],
  findings: {
    introduced: [
      became(null, doubled('configs', 10)),
      became(null, { ...doubled('configs', 14), waived: 'until the core is replaced (Network team)' }),
      became(option82('main:configs', 'info'), option82('configs', 'warning')),
      became(null, alone('configs', 11)),
    ],
    fixed: [became(doubled('main:configs', 11), null), became(alone('main:configs', 10), null)],
    unchanged: [became(doubled('main:configs', 12), doubled('configs', 12))],
    unjudged: [{ ...became(lonDuplicate, null), why: `edge-2 could not be read: ${MISSING}` }],
  },
  incomplete: [
    `edge-2 was read before and cannot be judged by now: ${MISSING}`,
    '1 verdict was known before and cannot be given now',
    '1 verdict is on segments that the change touches and cannot be given',
    '1 finding is gone and not known to be fixed',
  ],
}

/** Lines for dist-2, of which one was not understood: nothing is introduced, and nothing is known. */
export const REFUSED: Validation = {
  ...NO_CHANGE,
  exit_code: 3,
  proposed: { from: 'main:configs', summary: summary(0, 2, 0) },
  changes: [
    { device: 'dist-2', file: 'change.txt', refused: [{ line: 2, text: ' ip helper-address 10.9.9.500' }], effect: true },
  ],
  devices: [
    {
      name: 'dist-2',
      site: 'ams',
      change: 'changed',
      before: whole('main:configs', 'dist-2'),
      after: whole('main:configs', 'dist-2'),
    },
  ],
  incomplete: ['line 2 of change.txt was not understood:  ip helper-address 10.9.9.500'],
}
