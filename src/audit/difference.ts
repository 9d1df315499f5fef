// Two networks, judged, held against each other. Pure but for the lines it quotes.
import type { Cite } from '../analyze/rule.ts'
import { isTouched, type Touched, touchedBy } from '../analyze/touched.ts'
import type { Judgement } from '../model/judgement.ts'
import type { Segment } from '../model/network.ts'
import type { Finding } from '../model/result.ts'
import type { FindingChange, UnjudgedFinding, Validation, ValidationFindings } from '../model/validation.ts'
import { isWorse, type Weight } from '../model/weight.ts'
import type { Remarked } from './findings.ts'
import { goneFrom } from './gone.ts'
import type { Look } from './look.ts'
import { quote } from './quote.ts'
import { type Side, shownOf } from './shown.ts'

export interface DifferenceOptions {
  /** Devices of which anything differs; what the others hold is the same on both sides. */
  readonly changed: ReadonlySet<string>
  /** Devices that are taken out of service. */
  readonly removed: ReadonlySet<string>
  /** Leaves out findings that stand on both sides and have nothing to do with what the change touches. */
  readonly changedOnly: boolean
}

/** What became of findings, verdicts and segments. */
export interface Difference extends Pick<Validation, 'verdicts' | 'findings' | 'segments'> {
  /** Verdicts that were known before and are not now. */
  readonly regressed: number
  /** Verdicts on segments that the change touches. */
  readonly near: number
  /** Those of them that are not known. */
  readonly open: number
}

/** Two remarks with one fingerprint. */
interface Pair {
  readonly before: number | null
  readonly after: number | null
}

/** Holds the side after a change against the one before. */
export function difference(before: Side, after: Side, { changed, removed, changedOnly }: DifferenceOptions): Difference {
  const touched = touchedBy(before.look.network, after.look.network, changed)
  const pairs = pairsOf(before.look.remarks, after.look.remarks)
  // What was accepted and is not any more is about something else than what was accepted: another router, or a worse fault.
  const isNew = ({ before: b, after: a }: Pair) =>
    a !== null &&
    (b === null || isWorse(weightOf(after, a), weightOf(before, b)) || (isAccepted(before, b) && !isAccepted(after, a)))
  const groups = {
    introduced: pairs.filter(isNew),
    gone: pairs.filter(p => p.after === null),
    unchanged: pairs.filter(p => p.before !== null && p.after !== null && !isNew(p)),
  }
  const concerned = concerns(touched)
  if (changedOnly) groups.unchanged = groups.unchanged.filter(p => concerned(after.look.remarks[p.after as number] as Remarked))
  const verdicts = verdictPairs(before.look, after.look).filter(({ before: b, after: a }) => !sameVerdict(b, a))
  const shown = [...groups.introduced, ...groups.gone, ...groups.unchanged]
  const old = shownOf(
    before,
    shown.flatMap(p => p.before ?? []),
    verdicts.flatMap(v => v.before ?? []),
  )
  const now = shownOf(
    after,
    shown.flatMap(p => p.after ?? []),
    verdicts.flatMap(v => v.after ?? []),
  )
  // What did not change says the same on both sides, and is read once.
  const differs = ({ device }: Pick<Cite, 'device'>) => changed.has(device.device)
  const newText = quote([...now.cites, ...old.cites.filter(c => !differs(c))], after.reading.sources)
  const oldText = quote(old.cites.filter(differs), before.reading.sources)
  const was = old.put((device, line) => (changed.has(device.device) ? oldText : newText)(device, line))
  const is = now.put(newText)
  const change = ({ before: b, after: a }: Pair): FindingChange => {
    const [then, here] = [b === null ? null : was.finding(b), a === null ? null : is.finding(a)]
    const { fingerprint, rule, subject } = (here ?? then) as Finding
    return { fingerprint, rule, subject, before: then, after: here }
  }
  const why = groups.gone.length === 0 ? () => null : goneFrom(before.look.network, { ...after, removed })
  const gone = groups.gone.map((pair): UnjudgedFinding | FindingChange => {
    const reason = why(before.look.remarks[pair.before as number] as Remarked)
    return reason === null ? change(pair) : { ...change(pair), why: reason }
  })
  const ids = [before, after].map(({ look }) => new Set(look.network.segments.map(s => s.id))) as [Set<string>, Set<string>]
  // What left a segment touches it as well, and a segment that was not there is one of the change.
  const left = new Set(before.look.network.segments.filter(s => isTouched(touched, s)).map(s => s.id))
  const isNear = (s: Segment) => isTouched(touched, s) || left.has(s.id) || !ids[0].has(s.id)
  const near = after.look.judgements.filter(j => isNear(j.segment))
  const findings: ValidationFindings = {
    introduced: groups.introduced.map(change),
    fixed: gone.filter(g => !('why' in g)),
    unchanged: groups.unchanged.map(change),
    unjudged: gone.filter((g): g is UnjudgedFinding => 'why' in g),
  }
  return {
    findings,
    verdicts: verdicts.map(({ before: b, after: a }) => ({
      segment: ((a ?? b) as Judgement).segment.id,
      point: ((a ?? b) as Judgement).point.name,
      before: b && was.verdict(b),
      after: a && is.verdict(a),
    })),
    segments: {
      appeared: [...ids[1]].filter(id => !ids[0].has(id)),
      vanished: [...ids[0]].filter(id => !ids[1].has(id)),
      touched: after.look.network.segments.filter(isNear).length,
    },
    regressed: verdicts.filter(({ before: b, after: a }) => b && isKnown(b) && a && !isKnown(a)).length,
    near: near.length,
    open: near.filter(j => !isKnown(j)).length,
  }
}

const weightOf = ({ look }: Side, n: number): Weight => {
  const { severity, remark } = look.remarks[n] as Remarked
  return remark.copies === undefined ? { severity } : { severity, copies: remark.copies }
}
const isAccepted = ({ waived }: Side, n: number) => (waived[n] ?? null) !== null
const isKnown = ({ verdict }: Judgement) => verdict.verdict !== 'unknown'

/** Remarks by fingerprint; where one stands several times, worst first, the first is held against the first. */
function pairsOf(before: readonly Remarked[], after: readonly Remarked[]): Pair[] {
  const was = new Map<string, number[]>()
  before.forEach(({ fingerprint }, n) => {
    const there = was.get(fingerprint)
    if (there) there.push(n)
    else was.set(fingerprint, [n])
  })
  const pairs = after.map(({ fingerprint }, n): Pair => ({ before: was.get(fingerprint)?.shift() ?? null, after: n }))
  return [...pairs, ...[...was.values()].flat().map((n): Pair => ({ before: n, after: null }))]
}

/** Whether a remark is about anything that was touched. */
const concerns = (touched: Touched): ((remarked: Remarked) => boolean) => {
  const names = new Set([...touched.devices, ...Array.from(touched.interfaces, i => i.slice(0, i.indexOf('\n')))])
  return ({ remark: { evidence, segment } }) =>
    (segment !== undefined && isTouched(touched, segment)) || evidence.some(({ device: { device } }) => names.has(device))
}

interface VerdictPair {
  readonly before: Judgement | null
  readonly after: Judgement | null
}

/** Judgements that are not the very same, by segment and point, in the order of the network after; then those that are gone. */
function verdictPairs(before: Look, after: Look): VerdictPair[] {
  const key = ({ segment, point }: Judgement) => `${segment.id}\n${point.name}`
  // Most judgements were taken over as they are, and those make no pair that anybody wants to know of.
  const known = new Set(before.judgements)
  const fresh = after.judgements.filter(j => !known.delete(j))
  const was = new Map(Array.from(known, j => [key(j), j]))
  const pairs = fresh.map((j): VerdictPair => {
    const there = was.get(key(j)) ?? null
    was.delete(key(j))
    return { before: there, after: j }
  })
  return [...pairs, ...Array.from(was.values(), (j): VerdictPair => ({ before: j, after: null }))]
}

const sameVerdict = (a: Judgement | null, b: Judgement | null): boolean =>
  a?.verdict.verdict === b?.verdict.verdict &&
  a?.verdict.copies === b?.verdict.copies &&
  a?.verdict.survives_failover === b?.verdict.survives_failover
