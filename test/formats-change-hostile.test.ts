// Names that try to be more than names, in every place of a change, in every format that others parse.
import { describe, expect, it, vi } from 'vitest'
import type { Validation } from '../src/model/validation.ts'
import { changeFormats } from '../src/report/validation/formats.ts'
import { CHANGE } from './support/change-sample.ts'
import { readCsv } from './support/csv.ts'
import { HOSTILE, poisoned, withoutCode } from './support/hostile.ts'
import { junitErrors } from './support/junit-schema.ts'
import { CONTEXT } from './support/report-sample.ts'
import { sarifErrors } from './support/sarif-schema.ts'

// Much is rendered and validated here; a busy machine needs its time.
vi.setConfig({ testTimeout: 60_000 })

const changes = [{ device: 'dist-2', file: 'change.txt', refused: [{ line: 2, text: 'x' }], effect: true }]
/** Every name and text is the hostile one, but for the ids of rules, which are ours. */
function poisonedChange(text: string): Validation {
  const { findings, ...rest } = { ...CHANGE, changes }
  const rules = <T extends { readonly rule: string; readonly before: object | null; readonly after: object | null }>(
    all: readonly T[],
  ) =>
    all.map(f => {
      const { before, after, ...own } = poisoned(f, text)
      const rule = f.rule
      return { ...own, rule, before: before && { ...before, rule }, after: after && { ...after, rule } } as T
    })
  const { introduced, fixed, unchanged, unjudged } = findings
  return {
    ...poisoned(rest, text),
    findings: { introduced: rules(introduced), fixed: rules(fixed), unchanged: rules(unchanged), unjudged: rules(unjudged) },
  }
}
const render = async (format: string, validation: Validation) => (await changeFormats[format]?.())?.(validation, CONTEXT) ?? ''
const shown = (text: string) => JSON.stringify(text.slice(0, 60))

describe.each(HOSTILE.map(text => [shown(text), text] as const))('%s', (_, text) => {
  const change = poisonedChange(text)

  it('is text in a spreadsheet', async () => {
    const rows = readCsv(await render('csv', change))
    // A header, four introduced findings, one that is gone, two fixed, one as before, the change and a verdict.
    expect(rows).toHaveLength(11)
    for (const row of rows) {
      expect(row).toHaveLength(12)
      for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@\uff1d]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
    }
  })

  it('is one object a line', async () => {
    const lines = (await render('ndjson', change)).split('\n')
    expect(lines.pop()).toBe('')
    expect(lines.map(line => JSON.parse(line).type)).toEqual([
      'run',
      'snippet',
      ...Array(2).fill('device'),
      ...Array(7).fill('verdict'),
      ...Array(8).fill('finding'),
      ...Array(4).fill('incomplete'),
      'summary',
    ])
  })

  it('is a valid SARIF log, and moves nothing', async () => {
    const log = JSON.parse(await render('sarif', change))
    expect(sarifErrors(log)).toEqual([])
    for (const { locations } of log.runs[0].results)
      for (const { physicalLocation } of locations)
        expect(physicalLocation.artifactLocation.uri).toMatch(/^[\w\-.~%!$&'()*+,;=:@/]+$/)
  })

  it('is valid JUnit XML', async () => expect(await junitErrors(await render('junit', change))).toEqual([]))

  it('is a command to a pipeline in no other place than where we put one', async () => {
    const github = (await render('github', change)).trimEnd().split('\n')
    // An error, the change, a finding that is gone, a verdict, a warning, information, and the last word.
    expect(github).toHaveLength(7)
    for (const line of github) {
      expect(line).toMatch(/^::(error|warning|notice) (file=[^:,\r]*,(line=\d+,)?)?title=[\w %-]+::/)
      expect(line).not.toContain('\r')
    }
    const azure = (await render('azure', change)).trimEnd().split('\n')
    expect(azure).toHaveLength(7)
    for (const line of azure.filter(l => l.includes('##')))
      expect(line).toMatch(
        /^##vso\[task\.(logissue type=(error|warning);(sourcepath=[^;\]\r]*;(linenumber=\d+;)?)?code=[\w-]+;|complete result=\w+;)\]/,
      )
    expect(azure.filter(l => l.startsWith('##vso[task.complete '))).toEqual([azure.at(-1)])
  })

  it('is a JSON list to GitLab, each with a fingerprint of its own', async () => {
    const issues: { fingerprint: string; location: { path: string } }[] = JSON.parse(await render('gitlab', change))
    expect(issues).toHaveLength(6)
    expect(new Set(issues.map(i => i.fingerprint)).size).toBe(issues.length)
    for (const { location } of issues) expect(location.path).not.toMatch(/[\u0000-\u001f]/)
  })

  it('does nothing in a comment', async () => {
    const comment = await render('markdown', change)
    expect(comment.length).toBeLessThanOrEqual(65_536)
    const prose = withoutCode(comment)
    const ours = ['<details open>', '<details>', '</details>', '<summary>', '</summary>']
    expect((prose.match(/<[^>]*>?/g) ?? []).filter(tag => !ours.includes(tag))).toEqual([])
    expect(prose.replace(/&#\d+;/g, ' ')).not.toMatch(/[@#](?=[a-z0-9])|GH-\d|https?:\/\/|www\.|`/i)
    // Nothing begins a line but what we begin lines with.
    for (const line of prose.split('\n'))
      expect(line).toMatch(
        /^($|<|### |\||The change |and \d+ more|\*\*(error|warning|info|Devices that come or go|Cannot be judged)\*\*|- )/,
      )
    for (const row of prose.split('\n').filter(l => l.startsWith('|'))) expect(row.split('|')).toHaveLength(4)
  })
})
