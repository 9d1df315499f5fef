// Names that try to be more than names: in every place of a result, in every format that others parse.
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { Result } from '../src/model/result.ts'
import { formats } from '../src/report/formats.ts'
import { fenced, inline } from '../src/report/markdown/escape.ts'
import { readCsv } from './support/csv.ts'
import { HOSTILE, poisoned, withoutCode } from './support/hostile.ts'
import { junitErrors } from './support/junit-schema.ts'
import { CONTEXT, SAMPLE } from './support/report-sample.ts'
import { sarifErrors } from './support/sarif-schema.ts'

// Much is rendered and validated here; a busy machine needs its time.
vi.setConfig({ testTimeout: 60_000 })

/** A result in which every name and text is the hostile one; a rule keeps its id: it is ours. */
function poisonedSample(text: string): Result {
  const { findings, ...rest } = SAMPLE
  return { ...poisoned(rest, text), findings: findings.map(f => ({ ...poisoned(f, text), rule: f.rule })) }
}
const render = (format: string, result: Result) => formats[format]?.(result, CONTEXT) ?? ''
const shown = (text: string) => JSON.stringify(text.slice(0, 60))

describe.each(HOSTILE.map(text => [shown(text), text] as const))('%s', (_, text) => {
  const result = poisonedSample(text)

  it('is text in a spreadsheet', () => {
    const rows = readCsv(render('csv', result))
    // A header, five verdicts, and the router that was not read.
    expect(rows).toHaveLength(7)
    for (const row of rows) {
      expect(row).toHaveLength(13)
      for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@\uff1d]|[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/)
    }
  })

  it('is one object a line', () => {
    const lines = render('ndjson', result).split('\n')
    expect(lines.pop()).toBe('')
    const objects = lines.map(line => JSON.parse(line))
    expect(objects.map(o => o.type)).toEqual([
      'run',
      ...Array(5).fill('device'),
      ...Array(5).fill('segment'),
      ...Array(4).fill('finding'),
      ...Array(5).fill('remediation'),
      'summary',
    ])
    expect(objects[1].name).toBe(`${text}name`)
  })

  it('is a valid SARIF log, and moves nothing', () => {
    const log = JSON.parse(render('sarif', result))
    expect(sarifErrors(log)).toEqual([])
    for (const { locations } of log.runs[0].results)
      for (const { physicalLocation } of locations) {
        const { uri } = physicalLocation.artifactLocation
        expect(uri).toMatch(/^[\w\-.~%!$&'()*+,;=:@/]+$/)
        expect(() => decodeURIComponent(uri)).not.toThrow()
      }
  })

  it('is valid JUnit XML', async () => expect(await junitErrors(render('junit', result))).toEqual([]))

  it('is a command to GitHub in no other place than where we put one', () => {
    const lines = render('github', result).trimEnd().split('\n')
    // One of each: error, unknown, not read, warning, information, and the verdict.
    expect(lines).toHaveLength(6)
    for (const line of lines) {
      expect(line).toMatch(/^::(error|warning|notice) (file=[^:,\r]*,(line=\d+,)?)?title=[\w %-]+::/)
      expect(line).not.toContain('\r')
    }
  })

  it('is a command to Azure in no other place than where we put one', () => {
    const lines = render('azure', result).trimEnd().split('\n')
    expect(lines).toHaveLength(6)
    // The agent takes the first command of a line, and everything behind it as its text.
    for (const line of lines.filter(l => l.includes('##')))
      expect(line).toMatch(
        /^##vso\[task\.(logissue type=(error|warning);(sourcepath=[^;\]\r]*;(linenumber=\d+;)?)?code=[\w-]+;|complete result=\w+;)\]/,
      )
    expect(lines.filter(l => l.startsWith('##vso[task.complete '))).toEqual([lines.at(-1)])
  })

  it('is a JSON list to GitLab, each with a fingerprint of its own', () => {
    const issues: { fingerprint: string; location: { path: string; lines: { begin: number } } }[] = JSON.parse(
      render('gitlab', result),
    )
    expect(new Set(issues.map(i => i.fingerprint)).size).toBe(issues.length)
    for (const { location } of issues) {
      expect(location.path).not.toMatch(/[\u0000-\u001f]/)
      expect(location.lines.begin).toBeGreaterThan(0)
    }
  })

  it('does nothing in a comment', () => {
    const comment = render('markdown', result)
    expect(comment.length).toBeLessThanOrEqual(65_536)
    const prose = withoutCode(comment)
    // The only HTML is ours.
    expect([...new Set(prose.match(/<[^>]*>?/g))].sort()).toEqual(
      ['<!-- iphelper-audit -->', '</details>', '</summary>', '<details>', '<summary>'].filter(tag => prose.includes(tag)),
    )
    expect(prose.replace(/&#\d+;/g, ' ')).not.toMatch(/[@#](?=[a-z0-9])|GH-\d|https?:\/\/|www\.|`/i)
    // Nothing begins a line but what we begin lines with.
    for (const line of prose.split('\n'))
      expect(line).toMatch(/^($|<|### |\||Fix \(|Mind: |Back again on |\d|On |It has|No |&#42; |\*\*Left out here: )/)
    for (const row of prose.split('\n').filter(l => l.startsWith('|'))) expect(row.split('|')).toHaveLength(6)
  })
})

describe('markdown', () => {
  it.each([
    ['a|b', 'a&#124;b'],
    ['`x` *y* _z_', '&#96;x&#96; &#42;y&#42; &#95;z&#95;'],
    ['<b> & @me #12', '&lt;b&gt; &amp; @&#8203;me #&#8203;12'.replace('&lt;', '&#60;').replace('&gt;', '&#62;')],
    ['ends with a\\', 'ends with a&#92;'],
    ['http://x.example www.y.example', 'http&#58;//x.example www&#46;y.example'],
    ['a\u202eb', 'a&#91;&#8203;U+202E&#93;b'],
  ])('%s', (text, wanted) => expect(inline(text)).toBe(wanted))

  it('fences are longer than what is inside', () => {
    expect(fenced('a')).toBe('```text\na\n```')
    expect(fenced('```\nb ````')).toBe('`````text\n```\nb ````\n`````')
  })

  it('any text stays on its line and in its block', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        expect(inline(text)).not.toMatch(/[\n\r|<>`*_[\]\\~$]/)
        const lines = fenced(text).split('\n')
        const fence = lines.at(-1) ?? ''
        expect(lines[0]).toBe(`${fence}text`)
        expect(lines.slice(1, -1).join('\n')).not.toContain(fence)
      }),
    ))
})
