// What the report shows of the runs before: what is new and gone, and the numbers over time.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Result } from '../src/model/result.ts'
import { html } from '../src/report/html.ts'
import { markup } from '../src/report/view/markup.ts'
import { trendView } from '../src/report/view/trend.ts'
import { largeResult } from './bench/report-data.ts'

const run = (day: number, duplicate: number, unknown: number, findings: number, by_site: Readonly<Record<string, number>>) => ({
  at: `2026-03-0${day}T05:00:00.000Z`,
  ...{ duplicate, unknown, findings, by_site },
})
const textOf = (page: string) => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

describe('the trend', () => {
  const runs = [run(1, 4, 0, 8, { ams: 6, lon: 2 }), run(2, 2, 0, 8, { ams: 4, lon: 4 }), run(5, 0, 1, 4, { lon: 4 })]
  const page = markup(trendView({ runs }))

  it('says in words what it draws', () => {
    expect(page).toContain(
      'aria-label="From 2026-03-01 to 2026-03-05: errors and warnings from 8 to 4, unknown verdicts from 0 to 1, duplicates from 4 to 0."',
    )
    expect(textOf(page)).toContain('errors and warnings 4 unknown verdicts 1 duplicates 0')
  })

  it('draws runs where their time puts them: 640 wide, less 36 on the left and 4 on the right', () => {
    const line = /<path class="series duplicate" d="([^"]*)"/.exec(page)?.[1]
    // Day 2 of 1 to 5 is a quarter of 600 along. Heights: 10 is the top (8 findings), 136 the bottom (none).
    expect(line).toBe('M36.0 73.0L186.0 104.5L636.0 136.0')
  })

  it('has a line for each site, those with the most findings first', () => {
    const rows = Array.from(page.matchAll(/<tr><th scope="row">[\s\S]*?<\/tr>/g), m => textOf(m[0]).trim())
    expect(rows).toEqual(['lon 2 4', 'ams 6 0'])
    expect(page.match(/class="spark"/g)).toHaveLength(2)
  })

  it('stands also where clocks went back, and is nothing for fewer than two runs', () => {
    const back = markup(trendView({ runs: [...runs].reverse() }))
    expect(/<path class="series duplicate" d="([^"]*)"/.exec(back)?.[1]).toBe('M36.0 136.0L336.0 104.5L636.0 73.0')
    expect(markup(trendView({ runs: runs.slice(0, 1) }))).toBe('')
    expect(markup(trendView({ runs: [] }))).toBe('')
  })
})

describe('what changed since the last run', () => {
  const result = largeResult(4, 2)
  const [first, second] = result.findings
  const compared = (fingerprint: string, status: string, over: object = {}) => ({
    ...{
      fingerprint,
      rule: 'duplicate-pxe-relay',
      severity: 'error',
      site: 'ams',
      subject: `subject of ${fingerprint}`,
      message: '',
    },
    ...{
      waived: null,
      status,
      not_judged: null,
      caveat: null,
      first_seen: '2026-02-01T05:00:00.000Z',
      last_seen: '2026-03-01T05:00:00.000Z',
    },
    ...over,
  })
  const history = {
    run: 7,
    previous: { run: 6, started_at: '2026-03-01T05:00:00.000Z', exit_code: 1 },
    counts: { new: 1, standing: 2, not_judged: 1, resolved: 1, accepted: 0 },
    findings: [
      compared(first?.fingerprint ?? '', 'new'),
      compared(second?.fingerprint ?? '', 'standing'),
      compared('gone', 'resolved', { caveat: 'its router was not read' }),
      compared('dark', 'standing', { not_judged: 'the site was not read' }),
    ],
    ...{ finished_at: result.started_at, last_success_at: null, changes: [], time_to_fix: { findings: 0, median_seconds: null } },
    oldest_open: { fingerprint: second?.fingerprint ?? '', first_seen: '2026-02-01T05:00:00.000Z' },
  }
  const render = (value: unknown) => html(value as Result, { templates: join(import.meta.dirname, '..', 'templates') })
  const page = render({ ...result, history }).replace(/<(style|script)[\s\S]*?<\/\1>/g, '')

  it('stands in the head, and below in full', () => {
    const head = textOf(page.slice(page.indexOf('<header'), page.indexOf('</header>')))
    expect(head).toContain('Since the run of 2026-03-01 05:00 UTC 1 new 1 resolved 2 standing 1 of them not judged this time')
    const part = page.slice(page.indexOf('<h2 id="history"'), page.indexOf('<h2 id="segments"'))
    expect(textOf(part)).toContain('is from 2026-02-01 05:00 UTC (31 d).')
    expect(textOf(part)).toContain(
      'subject of gone duplicate-pxe-relay found 2026-02-01 05:00 UTC (31 d) : its router was not read',
    )
    expect(textOf(part)).toContain(
      'subject of dark duplicate-pxe-relay found 2026-02-01 05:00 UTC (31 d) : the site was not read',
    )
    // What is gone cannot be linked to.
    expect(part).toContain(`href="#finding-${first?.fingerprint}"`)
    expect(part).not.toContain('#finding-gone')
  })

  it('is nothing for a result that remembers none', () => expect(render(result)).not.toContain('id="history"'))
})
