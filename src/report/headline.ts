// The verdict on the whole network, in one sentence, and what it rests on.
import type { Result } from '../model/result.ts'
import { caveatSentences, countCaveats, passesWith, starText } from './caveats.ts'
import { DUPLICATE_RULE, type Pair } from './places.ts'
import { count, listed, timeText, VERDICT_ORDER, VERDICTS } from './words.ts'

/** What the head of the report shows. */
export function headline(result: Result, pairs: readonly Pair[]) {
  const { devices, segments, points, findings, summary } = result
  const duplicates = pairs.filter(p => p.pxe.verdict === 'duplicate')
  const standing = duplicates.filter(p => (p.finding?.waived ?? null) === null)
  const cut = devices.filter(d => d.state === 'collected' && d.complete === false).length
  const old = devices.filter(d => d.state === 'collected' && d.complete !== false && d.stale).length
  const failed = devices.filter(d => d.state === 'failed').length
  const unproven = devices.filter(d => d.state === 'collected' && d.complete === null && !d.stale).length
  const caveats = countCaveats(result)
  const unknown = pairs.filter(p => p.pxe.verdict === 'unknown').length
  // Only with a state: what an earlier run found, and this one could not look at.
  const waiting = (result.history?.findings ?? []).filter(
    f => f.not_judged !== null && f.waived === null && (f.severity === 'error' || f.rule === DUPLICATE_RULE),
  ).length
  const gaps = unknown + cut + old + failed + waiting > 0
  const told = new Set(pairs.map(p => p.finding))
  const faults = findings.filter(f => f.severity === 'error' && f.waived === null && !told.has(f)).length
  const hurt = new Set(standing.map(p => p.segmentId)).size
  const tone =
    standing.length > 0 || faults > 0 ? 'duplicate' : gaps || pairs.length === 0 || caveats.open > 0 ? 'unknown' : 'single'
  const { passes, marked } = caveats
  const but = marked.all > 0 ? `; ${passesWith(marked.all, passes)} a caveat` : ''
  const clean = standing.length === 0 && pairs.length > 0 && !gaps
  const verdict =
    standing.length > 0
      ? `On ${count(hurt, 'segment')}, boot requests reach a PXE server more than once.`
      : pairs.length === 0
        ? 'Nothing could be judged.'
        : gaps
          ? `No ${duplicates.length > 0 ? 'other ' : ''}duplicate was found, but not everything could be judged.`
          : duplicates.length > 0
            ? `Every duplicate that was found has been accepted${but}.`
            : `No boot request reaches a PXE server more than once${but}.`
  const proven = new Set(result.remediations.filter(r => r.proven).map(r => r.fingerprint))
  const fixed = standing.filter(p => p.finding && proven.has(p.finding.fingerprint)).length
  const lede = [
    fixed > 0 &&
      fixed === standing.length &&
      (fixed === 1 ? 'It has a proven fix.' : `All ${fixed} duplicates have a proven fix.`),
    fixed > 0 && fixed < standing.length && `${fixed} of ${count(standing.length, 'duplicate')} have a proven fix.`,
    duplicates.length > standing.length &&
      `${count(duplicates.length - standing.length, 'duplicate was', 'duplicates were')} accepted.`,
    unknown > 0 && `${unknown} of ${count(pairs.length, 'verdict')} could not be given, which is not a pass.`,
    pairs.length === 0 && 'The audit saw no client segment that it could hold against a PXE point.',
    unknown === 0 && failed + old + cut > 0 && 'The evidence is incomplete.',
    waiting > 0 && `${count(waiting, 'finding')} of earlier runs could not be judged, and ${waiting === 1 ? 'stands' : 'stand'}.`,
    ...caveatSentences(caveats, !clean),
    faults > 0 && `${count(faults, 'other finding')} of severity error ${faults === 1 ? 'stands' : 'stand'}.`,
  ].filter(s => s !== false)
  return {
    tone,
    symbol: clean && tone === 'unknown' ? '*' : VERDICTS[tone].symbol,
    verdict,
    lede: lede.join(' '),
    title: `${standing.length > 0 ? count(standing.length, 'duplicate') : verdict.replace(/\.$/, '')}: PXE relay audit, ${timeText(result.started_at)}`,
    started: { iso: result.started_at, text: timeText(result.started_at) },
    tool: result.tool,
    points: points.map(p => ({ name: p.name, kind: p.kind, addresses: p.addresses.join(', ') })),
    coverage: {
      devices: `${count(summary.devices, 'device')}: ${listed([`${summary.devices - failed - old - cut - unproven} collected whole`, ...(unproven > 0 ? [`${unproven} not provably whole`] : []), `${cut} cut short`, ...(old > 0 ? [`${old} too old`] : []), `${failed} not read`])}`,
      short: failed + old + cut > 0,
      pairs: `${count(segments.length, 'segment')} and ${count(points.length, 'PXE point')}: ${pairs.length - unknown} of ${count(pairs.length, 'verdict')} given`,
    },
    star: starText(caveats),
    counts: VERDICT_ORDER.map(v => ({ id: v, number: summary[v], marked: marked[v], ...VERDICTS[v] })),
    bar: bar(result),
  }
}

/** The shares of the verdicts, as rectangles in a box 100 wide. */
function bar({ summary }: Result) {
  const total = VERDICT_ORDER.reduce((sum, v) => sum + summary[v], 0)
  let x = 0
  return VERDICT_ORDER.filter(v => summary[v] > 0).map(id => {
    const width = (summary[id] / total) * 100
    const part = { id, x: x.toFixed(3), width: width.toFixed(3) }
    x += width
    return part
  })
}
