// From a saved result to a change pack: everything is read again, judged again and proven again; no snippet of the result is used.
import { rules } from './analyze/rules/index.ts'
import { duplicatesOf, type Judged, judgeNetwork } from './audit/audit.ts'
import { planChange } from './audit/change.ts'
import { known } from './audit/known.ts'
import { type Reading, readAll } from './audit/read.ts'
import type { Finding, Result, SegmentResult } from './model/result.ts'
import { Trouble } from './model/trouble.ts'
import { besideFinder } from './remediate/beside.ts'
import type { Duplicate, Wishes } from './remediate/candidate.ts'
import { packFiles } from './remediate/pack/files.ts'
import type { About, Base, Change, Outcome, Pack, PackFile } from './remediate/pack/pack.ts'
import { serverWorkarounds } from './remediate/server.ts'
import { basisOf, reread, type Whereabouts } from './rereading.ts'

export type { Pack }

/** What to make a pack of, and how. */
export interface RemedyOptions extends Whereabouts {
  readonly result: Result
  /** SHA-256 of the file with the result, in hex. */
  readonly resultHash: string
  /** Fingerprints; all duplicates that are not accepted, if there are none. */
  readonly findings: readonly string[]
  readonly wishes: Wishes
  /** Nothing but the boot server is to be changed. */
  readonly serverOnly: boolean
  readonly templates: readonly string[]
  readonly version: string
  readonly now: Date
}

/** A pack and its files; null where there is nothing to fix. */
export async function remediate(options: RemedyOptions): Promise<{ pack: Pack; files: PackFile[] } | null> {
  const { result, resultFile, wishes, serverOnly, templates } = options
  const basis = basisOf(result, resultFile)
  const wanted = wantedOf(options)
  if (wanted.length === 0) return null
  const targets = wanted.filter(f => !accepted(f, options))
  const places = new Map(result.segments.flatMap(s => s.pxe.map((p): [string, SegmentResult] => [`${s.id} ${p.point}`, s])))
  const { collected, changed } = await reread(result, devicesNear(targets, places, result), options)
  const told = { points: basis.points, assume: { pairs: basis.assume_pairs }, hosts: new Map(Object.entries(basis.hosts)), rules }
  const reading = readAll(collected, known)
  const judged = judgeNetwork(reading, told)
  const found = new Map(duplicatesOf(judged).map(d => [d.fingerprint, d]))
  const refused = new Map<string, string>()
  const besideOn = besideFinder(result)
  for (const finding of targets) {
    const [place, duplicate] = [places.get(finding.subject), found.get(finding.fingerprint)]
    const why =
      refusal(finding, place, duplicate, changed) ??
      (serverOnly ? null : besideOn(place, finding.subject.slice((place?.id.length ?? 0) + 1)))
    if (why !== null) refused.set(finding.fingerprint, why)
  }
  const open = new Set(targets.map(f => f.fingerprint).filter(f => !refused.has(f)))
  const change: Change =
    serverOnly || open.size === 0
      ? { fixes: [], choices: [], withheld: new Map() }
      : planChange(reading, open, { ...told, templates, wishes })
  const server = serverWorkarounds(
    judged.judgements.filter(j => [...open].some(f => found.get(f)?.judgement === j)),
    templates,
  )
  const state = statesOf(change, refused, serverOnly ? new Set(server.map(s => s.point)) : null)
  const pack: Pack = {
    tool: { name: 'iphelper-audit', version: options.version },
    created_at: options.now.toISOString(),
    result: { file: resultFile, sha256: options.resultHash, started_at: result.started_at },
    strategy: serverOnly ? 'server' : wishes.strategy,
    prefer: [...wishes.prefer],
    change,
    outcomes: wanted.map(finding => {
      const about = aboutOf(finding, found.get(finding.fingerprint), places.get(finding.subject))
      return { about, ...(accepted(finding, options) ? { state: 'accepted', reason: finding.waived } : state(about)) }
    }),
    bases: basesOf(reading, judged),
    server,
  }
  return { pack, files: packFiles(pack) }
}

/** The duplicates that are asked for. Throws where one is not in the result. */
function wantedOf({ result, resultFile, findings }: RemedyOptions): readonly Finding[] {
  const all = result.findings.filter(f => f.rule === 'duplicate-pxe-relay')
  const prints = new Set(all.map(f => f.fingerprint))
  for (const fingerprint of findings)
    if (!prints.has(fingerprint))
      throw new Trouble(
        'usage',
        `--finding ${fingerprint} is no duplicate in ${resultFile}${all.length === 0 ? '' : `; it has ${all.map(f => f.fingerprint).join(' ')}`}`,
      )
  return findings.length === 0 ? all : all.filter(f => findings.includes(f.fingerprint))
}

/** Who names a finding wants it fixed, accepted or not. */
const accepted = ({ waived, fingerprint }: Finding, { findings }: RemedyOptions) =>
  waived !== null && !findings.includes(fingerprint)

/** The routers of these findings, and all that share a segment with one of them: what a change there could touch. */
function devicesNear(
  targets: readonly Finding[],
  places: ReadonlyMap<string, SegmentResult>,
  { segments }: Result,
): ReadonlySet<string> {
  const own = new Set(targets.flatMap(f => membersOf(f, places.get(f.subject))))
  const near = segments.filter(s => s.members.some(m => own.has(m.device)))
  return new Set([...own, ...near.flatMap(s => s.members.map(m => m.device))])
}

const membersOf = ({ evidence }: Finding, segment: SegmentResult | undefined): string[] => [
  ...(segment?.members.map(m => m.device) ?? []),
  ...evidence.map(e => e.device),
]

/** Why a finding is not as it was audited; null where it is. */
function refusal(
  finding: Finding,
  segment: SegmentResult | undefined,
  duplicate: Duplicate | undefined,
  changed: ReadonlyMap<string, string>,
): string | null {
  const now = duplicate?.judgement.segment.attachments.map(a => a.device.device) ?? []
  const others = [...new Set([...membersOf(finding, segment), ...now])].flatMap(name => {
    const why = changed.get(name)
    return why === undefined ? [] : [`${name}: ${why}`]
  })
  if (others.length > 0) return others.join('; ')
  return duplicate ? null : 'the audit of these configurations does not find it again'
}

/** What becomes of a finding that was not accepted. `served`: the points whose servers are changed, where nothing else is. */
const statesOf =
  (change: Change, refused: ReadonlyMap<string, string>, served: ReadonlySet<string> | null) =>
  ({ fingerprint, point }: About): Pick<Outcome, 'state' | 'reason'> => {
    const no = refused.get(fingerprint)
    if (no !== undefined) return { state: 'refused', reason: no }
    if (served)
      return served.has(point)
        ? { state: 'server', reason: 'the copies go on arriving; the server handles them one after another' }
        : { state: 'withheld', reason: `${point} is no Windows Deployment Services, so nothing on it has to be changed` }
    if (change.fixes.some(f => f.fixes.includes(fingerprint))) return { state: 'change', reason: null }
    const choice = change.choices.find(c => c.fingerprint === fingerprint)
    if (choice)
      return {
        state: 'choice',
        reason: `a person must choose which router goes on relaying: ${choice.ways.map(w => w.plan.keeps).join(' or ')}`,
      }
    return { state: 'withheld', reason: change.withheld.get(fingerprint) ?? 'no fix was found' }
  }

/** What a finding is about, as it is now; as the result has it, where it was not found again. */
function aboutOf({ fingerprint, subject }: Finding, duplicate: Duplicate | undefined, then: SegmentResult | undefined): About {
  const segment = duplicate?.judgement.segment ?? then ?? { id: subject, site: '', vrf: '', subnets: [] }
  const { id, site, vrf, subnets } = segment
  const point = duplicate?.judgement.point.name ?? (then ? subject.slice(id.length + 1) : '')
  return { fingerprint, subject, site, segment: { id, vrf, subnets }, point }
}

/** Every device that was read, as files and plans speak of it. */
const basesOf = ({ results, sources }: Reading, { network }: Judged): ReadonlyMap<string, Base> => {
  const sites = new Map(network.devices.map(d => [d.device.device, d.site]))
  return new Map(
    results.flatMap(({ name, file, sha256 }): [string, Base][] => {
      const platform = sources.get(name)?.platform
      const site = sites.get(name)
      return platform && site !== undefined && sha256 !== null ? [[name, { name, site, platform, file, sha256 }]] : []
    }),
  )
}
