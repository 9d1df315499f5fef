// What somebody has to look at, for the formats that list problems and nothing else: findings, and whatever could not be
// judged. The second half is what keeps such a list from looking clean when it only knows little.
import { hash } from 'node:crypto'
import type { DeviceResult, Evidence, Finding, PxeVerdict, Result, SegmentResult, Severity } from '../model/result.ts'
import { place } from './text/segment.ts'
import { DOUBTS } from './words.ts'

/** A finding, or something that could not be judged. */
export interface Concern {
  /** The rule, or one of `OPEN_RULES`. */
  readonly rule: string
  readonly level: Severity
  /** Equal from run to run, and different from that of every other concern of the result. */
  readonly fingerprint: string
  readonly subject: string
  readonly message: string
  /** Why it was accepted; null when it stands. */
  readonly accepted: string | null
  /** The first line is where it is shown. A line of 0 stands for the whole file; an empty text for one that was not quoted. */
  readonly evidence: readonly Evidence[]
  /** True where nothing is known to be wrong, or right. */
  readonly open: boolean
}

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
} as const
type OpenRule = keyof typeof OPEN_RULES

/** Everything, worst first: errors, what is open, warnings, information, and last what was accepted. */
export const concernsOf = (result: Result): Concern[] => ordered(result, unknownVerdicts(result), unreadDevices(result))

/** The same, where all that waits for one and the same thing is one concern. */
export const gatheredConcerns = (result: Result): Concern[] =>
  ordered(result, gathered(unknownVerdicts(result)), gathered(unreadDevices(result)))

/** A concern before it is clear which others there are; `why` is equal where the same thing is missing. */
interface Open {
  readonly concern: Omit<Concern, 'fingerprint' | 'message'>
  readonly place: string
  readonly why: string
}

/** So many places are named where several wait for one thing. */
const MOST_PLACES = 4

function ordered(result: Result, verdicts: readonly Open[], devices: readonly Open[]): Concern[] {
  const standing = (level: Severity) => result.findings.filter(f => f.waived === null && f.severity === level).map(ofFinding)
  const all = [
    ...standing('error'),
    ...nothingJudged(result),
    ...[...verdicts, ...devices].map(told),
    ...standing('warning'),
    ...standing('info'),
    ...result.findings.filter(f => f.waived !== null).map(ofFinding),
  ]
  const seen = new Map<string, number>()
  return all.map(concern => {
    const n = (seen.get(concern.fingerprint) ?? 0) + 1
    seen.set(concern.fingerprint, n)
    return n === 1 ? concern : { ...concern, fingerprint: `${concern.fingerprint}-${n}` }
  })
}

const ofFinding = ({ waived, severity, ...finding }: Finding): Concern => ({
  ...finding,
  level: severity,
  accepted: waived,
  open: false,
})

/** The same as that of a finding of this rule. */
const fingerprintOf = (rule: string, subject: string): string => hash('sha256', `${rule}\n${subject}`).slice(0, 16)

const told = ({ concern, place: where, why }: Open): Concern => ({
  ...concern,
  fingerprint: fingerprintOf(concern.rule, concern.subject),
  message: `${where}: ${why}`,
})

const open = (rule: OpenRule, subject: string, evidence: readonly Evidence[]): Open['concern'] => ({
  rule,
  level: 'warning',
  subject,
  accepted: null,
  evidence,
  open: true,
})

function gathered(all: readonly Open[]): Open[] {
  const groups = new Map<string, Open[]>()
  for (const one of all) {
    const there = groups.get(one.why)
    if (there) there.push(one)
    else groups.set(one.why, [one])
  }
  return [...groups].flatMap(([why, own]): Open[] => {
    const [first] = own
    if (!first) return []
    const more = own.length > MOST_PLACES ? ` and ${own.length - MOST_PLACES} more` : ''
    const named = own.slice(0, MOST_PLACES).map(o => o.place)
    return [{ ...first, why, place: `${named.join(', ')}${more}` }]
  })
}

function nothingJudged({ segments }: Result): Concern[] {
  if (segments.some(s => s.pxe.length > 0)) return []
  const { title, rationale } = OPEN_RULES['nothing-judged']
  return [told({ concern: open('nothing-judged', 'the audit', []), place: title, why: rationale })]
}

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
export function doubtsOf({ reasons }: PxeVerdict): string {
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
