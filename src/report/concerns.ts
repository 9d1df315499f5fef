// What somebody has to look at in an audit: its findings, those of earlier runs that it could not look at, verdicts that are not
// known and devices that were not read.
import type { Compared } from '../model/history.ts'
import type { DeviceResult, Evidence, PxeVerdict, Reason, Result, SegmentResult } from '../model/result.ts'
import { type Concern, gathered, type Open, type OpenRule, ofFinding, ordered } from './concern.ts'
import { place } from './text/segment.ts'
import { DOUBTS } from './words.ts'

/** Rules of the reports alone: they say what could not be judged. */
export const OPEN_RULES = {
  'unknown-verdict': {
    title: 'It cannot be said how many copies of a boot request arrive',
    rationale:
      'A router was not read, a capture is cut short or too old, a peer is missing, a line was not understood or a name leads nowhere. Until that is settled the segment may be right or wrong: this is not a pass.',
  },
  'unread-device': {
    title: 'A router could not be read, or not whole',
    rationale:
      'A router that was not read may stand on any segment of its site and relay there. If it is the only one of a segment, the segment is not in the report at all.',
  },
  'nothing-judged': {
    title: 'Nothing could be judged',
    rationale: 'The audit saw no client segment that it could hold against a PXE point, so it proves nothing.',
  },
} as const satisfies Readonly<Record<string, OpenRule>>

/** Everything, worst first; what is open in the order: nothing judged, earlier findings, verdicts, devices. */
export const concernsOf = (result: Result): Concern[] =>
  ordered(result.findings.map(ofFinding), [
    ...nothingJudged(result),
    ...unjudgedBefore(result),
    ...unknownVerdicts(result),
    ...unreadDevices(result),
  ])

/** The same, where all that waits for one and the same thing is one concern. */
export const gatheredConcerns = (result: Result): Concern[] =>
  ordered(result.findings.map(ofFinding), [
    ...nothingJudged(result),
    ...gathered([...unjudgedBefore(result), ...unknownVerdicts(result), ...unreadDevices(result)]),
  ])

const open = (rule: keyof typeof OPEN_RULES, subject: string, evidence: readonly Evidence[]): Open['concern'] => ({
  rule,
  level: 'warning',
  subject,
  accepted: null,
  evidence,
})

function nothingJudged({ segments }: Result): Open[] {
  if (segments.some(s => s.pxe.length > 0)) return []
  const { title, rationale } = OPEN_RULES['nothing-judged']
  return [{ concern: open('nothing-judged', 'the audit', []), place: title, why: rationale }]
}

/** Findings of earlier runs that stand because this one could not look at what they rest on. */
export const waitingOf = ({ history }: Result): readonly (Compared & { readonly not_judged: string })[] =>
  (history?.findings ?? []).flatMap(({ not_judged, ...f }) => (not_judged === null ? [] : [{ ...f, not_judged }]))

/** Why such a finding stands, in words. */
export const waitingText = ({ not_judged }: { readonly not_judged: string }): string =>
  `an earlier run found it, and this one could not judge it: ${not_judged}`

/**
 * They keep rule and fingerprint, so that what follows findings from run to run (code scanning, Code Quality) does not take them for
 * solved. In SARIF that makes them results of kind `open`, which is the word for a rule that had too little to go by (2.1.0, 3.27.9);
 * a notification would be about the tool (3.58), and nobody shows those beside the alerts. Where they stood is not known any more.
 */
const unjudgedBefore = (result: Result): Open[] =>
  waitingOf(result).map(f => ({
    concern: {
      rule: f.rule,
      level: f.severity === 'info' ? 'info' : 'warning',
      fingerprint: f.fingerprint,
      subject: f.subject,
      accepted: f.waived,
      evidence: [],
    },
    place: f.subject,
    why: waitingText(f),
  }))

function unknownVerdicts({ segments, devices }: Result): Open[] {
  const files = new Map(devices.map(d => [d.name, d.file]))
  return segments.flatMap(segment =>
    segment.pxe
      .filter(p => p.verdict === 'unknown')
      .map(pxe => ({
        concern: open('unknown-verdict', `${segment.id} ${pxe.point}`, openEvidence(segment, pxe, files)),
        place: `${place(segment)} (${pxe.point})`,
        why: doubtsOf(pxe),
      })),
  )
}

/** Why a verdict is open, in words. */
export function doubtsOf({ reasons }: { readonly reasons: readonly Pick<Reason, 'code' | 'message'>[] }): string {
  const doubts = reasons.filter(r => r.code in DOUBTS)
  return [...new Set((doubts.length > 0 ? doubts : reasons).map(r => r.message))].join('; ') || 'no reason was given'
}

/** The lines that leave a verdict open; where none is named, the routers of the segment. */
function openEvidence({ members }: SegmentResult, { reasons }: PxeVerdict, files: ReadonlyMap<string, string>): Evidence[] {
  const cited = reasons
    .filter(r => r.code in DOUBTS && r.device !== null)
    .map(({ device, line, message }) => evidence(`${device}`, files, line ?? 0, message))
    .filter(e => e.file !== '')
  return cited.length > 0 ? cited : members.map(m => evidence(m.device, files, 0, m.interface))
}

const evidence = (device: string, files: ReadonlyMap<string, string>, line: number, note: string): Evidence => ({
  device,
  file: files.get(device) ?? '',
  line,
  text: '',
  note,
})

/** Devices that are not in the audit, or not whole; a cut one is told by its finding where the rule ran. */
function unreadDevices({ devices, findings }: Result): Open[] {
  const cut = new Set(findings.filter(f => f.rule === 'truncated-config').map(f => f.subject))
  return devices.flatMap((device): Open[] => {
    const trouble = troubleOf(device)
    if (trouble === null || (trouble === 'cut' && cut.has(device.name))) return []
    const why = device.reason ?? DEVICE_TROUBLE[trouble]
    const shown = { device: device.name, file: device.file, line: 0, text: '', note: why }
    return [{ concern: open('unread-device', device.name, [shown]), place: device.name, why }]
  })
}

/** What is wrong with the capture of a device; null where nothing is. */
export const troubleOf = ({ state, complete, stale }: DeviceResult): keyof typeof DEVICE_TROUBLE | null =>
  state === 'failed' ? 'failed' : complete === false ? 'cut' : stale ? 'stale' : null

/** In words, where the result has no reason. */
const DEVICE_TROUBLE = { failed: 'it was not read', cut: 'its configuration is cut short', stale: 'its capture is too old' }
