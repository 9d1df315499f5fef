// JUnit XML, for the test reports of CI systems, with nothing in it that one of them refuses. Jenkins: junit-10.xsd of its
// xunit-plugin, which is strict (no `file` for a case, no `skipped` for all suites), and a `.` in a classname parts package and
// class. GitLab, https://docs.gitlab.com/ci/testing/unit_test_reports/: the texts of the elements, and of cases with one name
// only the first. Azure: PublishTestResults@2.
import { caseXml, type Outcome, suiteXml, type TestCase } from './xml.ts'

/** A name and the cases under it. */
export type Suite = readonly [name: string, cases: readonly TestCase[]]

/** The suites as a report, without those that have no case. */
export function junitXml(suites: readonly Suite[], started_at: string): string {
  const time = started_at.slice(0, 19)
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
export const classname = (suite: string, name: string) => `${suite}.${name.replaceAll('.', '_')}`
