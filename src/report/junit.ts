// JUnit XML, for the test reports of CI systems, with nothing in it that one of them refuses. Jenkins: junit-10.xsd of its
// xunit-plugin, which is strict (no `file` for a case, no `skipped` for all suites), and a `.` in a classname parts package and
// class. GitLab, https://docs.gitlab.com/ci/testing/unit_test_reports/: the texts of the elements, and of cases with one name
// only the first. Azure: PublishTestResults@2.
import type { DeviceResult, Finding, Result } from '../model/result.ts'
import { caveatsOf } from './caveats.ts'
import { doubtsOf, OPEN_RULES, troubleOf } from './concerns.ts'
import { provenFixes } from './fixes.ts'
import type { ReportContext } from './formats.ts'
import { evidenceText, fixText } from './junit/words.ts'
import { caseXml, type Outcome, suiteXml, type TestCase } from './junit/xml.ts'
import { DUPLICATE_RULE, type Pair, pairsOf } from './places.ts'
import { failoverText, VERDICTS } from './words.ts'

/** What becomes of a case that could not be judged: neither is a pass. */
export type JunitUnknown = 'error' | 'skipped'

/**
 * One suite per site with a case for each segment and PXE point: a duplicate fails, `unknown` is an error (or skipped), the others
 * pass. Then every other finding: an error fails, a warning is skipped, which no reader takes for a pass or fails a build for,
 * and information passes with its text. Then every device: one that was not read, or not whole, is an error (or skipped).
 * What was accepted passes, and says so.
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
  const suites: (readonly [string, readonly TestCase[]])[] = [
    ...[...bySite].map(([site, cases]) => [`verdicts ${site}`, cases] as const),
    ['findings', others.map(f => findingCase(f, evidenceText(f, folder)))],
    ['devices', result.devices.map(device => deviceCase(device, junitUnknown))],
  ]
  if (pairs.length === 0) suites.unshift(['verdicts', [nothing(junitUnknown)]])
  const time = result.started_at.slice(0, 19)
  const parts = suites.filter(([, cases]) => cases.length > 0).map(([name, cases]) => suiteOf(name, cases, time))
  const total = (of: Outcome['kind']) => suites.flatMap(([, cases]) => cases).filter(c => c.outcome.kind === of).length
  const tests = suites.reduce((sum, [, cases]) => sum + cases.length, 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>\n',
    `<testsuites name="iphelper-audit" tests="${tests}" failures="${total('failure')}" errors="${total('error')}" time="0">\n`,
    ...parts,
    '</testsuites>\n',
  ].join('')
}

/** A suite; of cases with one name the later ones are numbered, for GitLab drops them otherwise. */
function suiteOf(name: string, cases: readonly TestCase[], timestamp: string): string {
  const seen = new Map<string, number>()
  const xml = cases.map(one => {
    const key = `${one.classname}\n${one.name}`
    const n = (seen.get(key) ?? 0) + 1
    seen.set(key, n)
    return caseXml(n === 1 ? one : { ...one, name: `${one.name} (${n})` })
  })
  const of = (kind: Outcome['kind']) => cases.filter(c => c.outcome.kind === kind).length
  const counts = { tests: cases.length, failures: of('failure'), errors: of('error'), skipped: of('skipped') }
  return suiteXml(name, { ...counts, timestamp }, xml)
}

/** A classname has dots for the readers that build a tree of it; those of the network must not make branches. */
const classname = (suite: string, name: string) => `${suite}.${name.replaceAll('.', '_')}`

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

function findingCase({ rule, severity, subject, message, waived }: Finding, lines: string): TestCase {
  const named = { classname: classname('findings', rule), name: subject }
  const text = [message, lines].filter(Boolean).join('\n')
  if (waived !== null) return { ...named, outcome: { kind: 'pass', text: `${severity}, accepted: ${waived}\n${text}` } }
  if (severity === 'info') return { ...named, outcome: { kind: 'pass', text: `info: ${text}` } }
  const kind = severity === 'error' ? 'failure' : 'skipped'
  return { ...named, outcome: { kind, type: rule, message: `${severity}: ${message}`, text } }
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
