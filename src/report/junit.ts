// An audit as JUnit XML, for the test reports of CI systems.
import type { DeviceResult, Result } from '../model/result.ts'
import { caveatsOf } from './caveats.ts'
import { doubtsOf, OPEN_RULES, troubleOf, waitingOf, waitingText } from './concerns.ts'
import { provenFixes } from './fixes.ts'
import type { ReportContext } from './formats.ts'
import { findingCase, type JunitUnknown, unjudgedCase } from './junit/cases.ts'
import { classname, junitXml, type Suite } from './junit/report.ts'
import { evidenceText, fixText } from './junit/words.ts'
import type { TestCase } from './junit/xml.ts'
import { DUPLICATE_RULE, type Pair, pairsOf } from './places.ts'
import { failoverText, VERDICTS } from './words.ts'

/**
 * One suite per site with a case for each segment and PXE point: a duplicate fails, `unknown` is an error (or skipped), the others
 * pass. Then every other finding: an error fails, a warning is skipped, which no reader takes for a pass or fails a build for,
 * and information passes with its text. Then every device: one that was not read, or not whole, is an error (or skipped).
 * What was accepted passes, and says so. A finding of an earlier run that this one could not look at is a case that was not judged:
 * without it, a report of passes alone would stand beside the exit code 3.
 */
export function junit(result: Result, { folder, junitUnknown }: Pick<ReportContext, 'folder' | 'junitUnknown'>): string {
  const pairs = pairsOf(result)
  const fixes = provenFixes(result)
  const told = new Set(pairs.filter(p => p.pxe.verdict === 'duplicate').map(p => p.finding))
  const bySite = new Map<string, TestCase[]>()
  for (const pair of pairs) {
    const own = bySite.get(pair.segment.site) ?? []
    bySite.set(pair.segment.site, own)
    const fix = pair.finding ? fixes.get(pair.finding.fingerprint) : undefined
    const lines = pair.finding ? evidenceText(pair.finding, folder) : ''
    own.push(verdictCase(pair, [lines, fix ? fixText(fix) : ''].filter(Boolean), junitUnknown))
  }
  const others = result.findings.filter(f => !(f.rule === DUPLICATE_RULE && told.has(f)))
  const suites: Suite[] = [
    ...[...bySite].map(([site, cases]) => [`verdicts ${site}`, cases] as const),
    ['findings', others.map(f => findingCase(f, folder))],
    ['earlier findings', waitingOf(result).map(f => unjudgedCase(f, waitingText(f), junitUnknown))],
    ['devices', result.devices.map(device => deviceCase(device, junitUnknown))],
  ]
  if (pairs.length === 0) suites.unshift(['verdicts', [nothing(junitUnknown)]])
  return junitXml(suites, result.started_at)
}

function verdictCase({ segment, pxe, finding }: Pair, proof: readonly string[], unknown: JunitUnknown): TestCase {
  const named = { classname: classname('verdicts', segment.site), name: `${segment.id} ${pxe.point}` }
  if (pxe.verdict === 'unknown') {
    const said = `unknown: ${doubtsOf(pxe)}`
    return { ...named, outcome: { kind: unknown, type: 'unknown', message: said, text: said } }
  }
  if (pxe.verdict !== 'duplicate') {
    const notes = [
      `${pxe.verdict}: ${VERDICTS[pxe.verdict].meaning}; after the loss of a router: ${failoverText(pxe.survives_failover)}`,
      ...caveatsOf(pxe).map(r => `caveat: ${r.message}`),
    ]
    return { ...named, outcome: { kind: 'pass', text: notes.join('\n') } }
  }
  const message = finding?.message ?? `${pxe.copies} copies of each boot request arrive at ${pxe.point}`
  const text = [message, ...proof].join('\n')
  const waived = finding?.waived ?? null
  return waived === null
    ? { ...named, outcome: { kind: 'failure', type: 'duplicate', message, text } }
    : { ...named, outcome: { kind: 'pass', text: `duplicate, accepted: ${waived}\n${text}` } }
}

function deviceCase(device: DeviceResult, unknown: JunitUnknown): TestCase {
  const named = { classname: classname('devices', device.site), name: device.name }
  const trouble = troubleOf(device)
  const said = device.reason ?? (trouble === null ? '' : OPEN_RULES['unread-device'].title)
  if (trouble === null) return { ...named, outcome: { kind: 'pass', text: said } }
  return { ...named, outcome: { kind: unknown, type: trouble, message: said, text: said } }
}

const nothing = (unknown: JunitUnknown): TestCase => {
  const { title, rationale } = OPEN_RULES['nothing-judged']
  const outcome = { kind: unknown, type: 'unknown', message: title, text: rationale }
  return { classname: 'verdicts.all', name: 'there is something to judge', outcome }
}
