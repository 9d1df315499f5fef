// The main job: from collected text to a result.
import type { Rule } from '../analyze/rule.ts'
import type { About } from '../analyze/waivers.ts'
import type { Device } from '../model/device.ts'
import type { Collected, MaxAge, PxePoint } from '../model/inventory.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Assumptions, Network, Segment } from '../model/network.ts'
import type { Basis, DeviceResult, Finding, Remediation, Result, SegmentResult, Severity, Summary } from '../model/result.ts'
import { type Timings, untimed } from '../model/timings.ts'
import { isIncomplete, type Tolerance } from '../model/tolerance.ts'
import type { Platform } from '../parse/platform.ts'
import type { Bench, Duplicate, Wishes } from '../remediate/candidate.ts'
import { propose } from '../remediate/propose.ts'
import { serverWorkarounds } from '../remediate/server.ts'
import { aboutEach, toFindings } from './findings.ts'
import { type LookOptions, look } from './look.ts'
import { prover } from './prove.ts'
import { quote } from './quote.ts'
import { type Known, type Reading, readAll } from './read.ts'

export interface AuditOptions extends Known {
  readonly collected: Iterable<Collected>
  readonly points: readonly PxePoint[]
  readonly rules: readonly Rule[]
  /** Folders with <platform>/<action>.hbs; the first that has a template wins. */
  readonly templates: readonly string[]
  /** What the user decides about fixes; nothing, if absent. */
  readonly wishes?: Wishes | undefined
  readonly tool: Result['tool']
  readonly assume: Assumptions
  /** Addresses of host names that are no PXE point's. */
  readonly hosts?: Network['hosts'] | undefined
  readonly started: Date
  /** How old a capture may be; null, or absent: any age will do. */
  readonly maxAge?: MaxAge | null
  /** The least severity that makes the exit code 1; `none` for never. */
  readonly failOn: Severity | 'none'
  /** How much may stay open before the exit code is 3; nothing, if absent. */
  readonly maxUnknown?: Tolerance | null
  /** Measures the stages. */
  readonly timings?: Timings
  /** Says of every finding why it is accepted, or null: waivers and baselines. Verdicts and fixes never ask. */
  readonly accept?: Accept
}

/** One answer for each finding. */
export type Accept = (abouts: readonly About[]) => readonly (string | null)[]

/** Audits a network. Throws on nothing that a configuration can contain. */
export function audit(options: AuditOptions): Result {
  const { timings = untimed, started, maxAge = null } = options
  const reading = timings.during('parse', () => readAll(timings.each('read', options.collected), options, { started, maxAge }))
  const judged = judgeNetwork(reading, options)
  const fixes = timings.during('fixes', () => fixesFor(reading, judged, options))
  return timings.during('judge', () => ({
    ...conclude(reading, judged, fixes, options),
    server_workarounds: serverWorkarounds(judged.judgements, options.templates),
    basis: basisOf(options),
  }))
}

/** What it takes to audit the same again. */
const basisOf = ({ points, assume, hosts = new Map() }: AuditOptions): Basis => ({
  points,
  assume_pairs: assume.pairs,
  hosts: Object.fromEntries(hosts),
})

/** What the devices of a reading amount to. */
export interface Judged {
  readonly network: Network
  readonly judgements: readonly Judgement[]
  readonly findings: readonly Finding[]
  /** A line of a configuration that a finding cites. */
  lineText(device: Device, line: number): string
}

/** Relates the devices, judges every segment, and lets the rules say what they found. */
export function judgeNetwork(reading: Reading, options: LookOptions & Pick<AuditOptions, 'accept'>): Judged {
  const { network, judgements, remarks } = look(reading, options)
  return (options.timings ?? untimed).during('judge', () => {
    const lineText = quote(
      remarks.flatMap(r => r.remark.evidence),
      reading.sources,
    )
    return {
      network,
      judgements,
      lineText,
      findings: toFindings(remarks, lineText, options.accept?.(aboutEach(remarks, network))),
    }
  })
}

/** The fixes of all duplicates, each proven or withheld. */
export const fixesFor = (
  reading: Reading,
  judged: Judged,
  options: Pick<AuditOptions, 'rules' | 'templates' | 'wishes'>,
): Remediation[] => propose(duplicatesOf(judged), benchOf(reading, judged, options), options.wishes)

/** The duplicates that were found, in the order of the findings. */
export function duplicatesOf({ judgements, findings }: Pick<Judged, 'judgements' | 'findings'>): Duplicate[] {
  const bySubject = new Map(judgements.map(j => [`${j.segment.id} ${j.point.name}`, j]))
  return findings
    .filter(f => f.rule === 'duplicate-pxe-relay')
    .flatMap(({ subject, fingerprint }) => {
      const judgement = bySubject.get(subject)
      return judgement ? [{ fingerprint, judgement }] : []
    })
}

/** Where fixes for these findings are spelled and proven. */
export const benchOf = (
  { sources }: Reading,
  { network, lineText }: Pick<Judged, 'network' | 'lineText'>,
  { rules, templates }: Pick<AuditOptions, 'rules' | 'templates'>,
): Bench => ({
  platformOf: device => sources.get(device.device)?.platform as Platform,
  templates,
  lineText,
  prove: prover(network, sources, rules),
})

/** Everything in the form of the result. */
export function conclude(
  { results }: Reading,
  { network, judgements, findings }: Judged,
  remediations: readonly Remediation[],
  { points, tool, started, failOn, maxUnknown }: Pick<AuditOptions, 'points' | 'tool' | 'started' | 'failOn' | 'maxUnknown'>,
): Result {
  const bySegment = new Map<Segment, Judgement[]>()
  for (const j of judgements) {
    const own = bySegment.get(j.segment)
    if (own) own.push(j)
    else bySegment.set(j.segment, [j])
  }
  const segments = network.segments.map(segment => segmentResult(segment, bySegment.get(segment) ?? []))
  const summary = summarize(segments, results)
  return {
    schema_version: 1,
    tool,
    started_at: started.toISOString(),
    exit_code: exitCode(findings, summary, results, failOn, maxUnknown),
    points: points.map(({ name, kind, addresses }) => ({ name, kind, addresses })),
    devices: results,
    segments,
    findings,
    remediations,
    summary,
  }
}

function segmentResult(segment: Segment, judgements: readonly Judgement[]): SegmentResult {
  return {
    id: segment.id,
    site: segment.site,
    vrf: segment.vrf,
    subnets: segment.subnets,
    members: segment.standings.map(({ attachment, role, confidence, reason, observed }) => ({
      device: attachment.device.device,
      interface: attachment.interface.name,
      address: attachment.addresses[0]?.ip ?? null,
      role,
      confidence,
      reason,
      observed: observed !== null,
    })),
    pxe: judgements.map(j => j.verdict),
  }
}

/** Verdicts are counted per segment and PXE point. */
function summarize(segments: readonly SegmentResult[], devices: readonly DeviceResult[]): Summary {
  const verdicts = segments.flatMap(s => s.pxe.map(p => p.verdict))
  const count = (verdict: string) => verdicts.filter(v => v === verdict).length
  return {
    segments: segments.length,
    duplicate: count('duplicate'),
    single: count('single'),
    none: count('none'),
    unknown: count('unknown'),
    devices: devices.length,
    failed: devices.filter(d => d.state === 'failed').length,
  }
}

const RANK: Readonly<Record<Severity | 'none', number>> = { none: 0, error: 1, warning: 2, info: 3 }

/** 1: something was found. 3: nothing was, and more stays open than is tolerated. 1 wins over 3. */
export function exitCode(
  findings: readonly Pick<Finding, 'severity' | 'waived'>[],
  summary: Summary,
  devices: readonly DeviceResult[],
  failOn: Severity | 'none',
  maxUnknown: Tolerance | null = null,
): number {
  if (findings.some(f => f.waived === null && RANK[f.severity] <= RANK[failOn])) return 1
  return isIncomplete(summary, devices, maxUnknown) ? 3 : 0
}
