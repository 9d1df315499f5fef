// From the result to what the templates print: all words and links are decided here, all markup there.
import type { Result } from '../../model/result.ts'
import { headline } from '../headline.ts'
import { pairsOf } from '../places.ts'
import { count, segmentName } from '../words.ts'
import { deviceRow } from './devices.ts'
import { duplicateCards } from './duplicates.ts'
import { byRule } from './findings.ts'
import { historySection } from './history.ts'
import { segmentRows } from './segments.ts'
import { unknownGroups } from './unknowns.ts'

/** Everything `report.hbs` prints. */
export function reportView(result: Result) {
  const pairs = pairsOf(result)
  const cards = duplicateCards(result, pairs)
  const duplicates = cards.filter(c => c.waived === null)
  const unknowns = unknownGroups(result, pairs)
  const standing = result.findings.filter(f => f.waived === null)
  const waived = result.findings.filter(f => f.waived !== null)
  const others = byRule(standing, 'rule')
  const unknown = pairs.filter(p => p.pxe.verdict === 'unknown').length
  // A duplicate without a finding: the rule was left out, or failed.
  const untold = pairs
    .filter(p => p.pxe.verdict === 'duplicate' && !p.finding)
    .map(p => ({ id: p.segmentId, name: segmentName(p.segment), point: p.pxe.point }))
  const judged = new Set(pairs.map(p => p.segmentId)).size
  return {
    head: headline(result, pairs),
    duplicates: {
      number: duplicates.length + untold.length,
      accepted: cards.length - duplicates.length,
      several: duplicates.length > 1,
      cards: duplicates,
      untold,
    },
    unknowns: { number: unknown, groups: unknowns },
    others: { number: others.reduce((n, rule) => n + rule.number, 0), rules: others },
    accepted: {
      number: waived.length,
      title: count(waived.length, 'accepted finding'),
      cards: cards.filter(c => c.waived !== null),
      rules: byRule(waived, 'accepted'),
    },
    history: historySection(result),
    segments: {
      number: result.segments.length,
      unpaired: result.segments.length - judged,
      rows: segmentRows(result, pairs, unknowns),
    },
    devices: { number: result.devices.length, rows: result.devices.map(deviceRow) },
  }
}
