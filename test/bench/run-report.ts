// npm run bench:report: how large the report of a large network is, and how fast a browser shows and searches it.
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { rules } from '../../src/api.ts'
import { html } from '../../src/report/html.ts'
import { largeResult } from './report-data.ts'

const SEGMENTS = 20_000
const FINDINGS = 5_000
const TURNS = 5
const QUERIES = [
  'site:site-7',
  'device:site-12-dist-1',
  'verdict:unknown',
  'Vlan300',
  '-site:site-1 "copies"',
  'rule:duplicate* segment:10.3.4.0/24',
]

const out = (line: string) => process.stdout.write(`${line}\n`)
const middle = (numbers: readonly number[]) => [...numbers].sort((a, b) => a - b)[numbers.length >> 1] ?? Number.NaN
const ms = (n: number) => `${n.toFixed(0)} ms`

const folder = mkdtempSync(join(tmpdir(), 'iphelper-bench-report-'))
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'], timeout: 60_000 })
try {
  const result = largeResult(SEGMENTS, FINDINGS)
  const start = performance.now()
  const text = html(result, { templates: join(process.cwd(), 'templates'), rules })
  out(`${SEGMENTS} segments, ${FINDINGS} findings: rendered in ${ms(performance.now() - start)}`)
  const file = join(folder, 'report.html')
  writeFileSync(file, text)
  out(
    `file: ${(statSync(file).size / 1e6).toFixed(2)} MB (JSON of the result: ${(JSON.stringify(result).length / 1e6).toFixed(1)} MB)`,
  )
  const [paints, ready]: [number[], number[]] = [[], []]
  const filters = new Map<string, number[]>(QUERIES.map(query => [query, []]))
  const sorts: number[] = []
  for (let turn = 0; turn < TURNS; turn++) {
    const page = await (await browser.newContext({ viewport: { width: 1400, height: 1000 } })).newPage()
    await page.goto(pathToFileURL(file).href)
    await page.locator('html[data-ready]').waitFor({ state: 'attached', timeout: 60_000 })
    ready.push(await page.evaluate<number>('performance.now()'))
    paints.push(await page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN`))
    if (turn === 0)
      out(
        `elements in the page: ${await page.evaluate(`document.querySelectorAll('*').length`)}, cards: ${await page.evaluate(`document.querySelectorAll('main article').length`)}`,
      )
    // From the key to the frame that shows what was found.
    const timed = (action: string) =>
      page.evaluate<number>(`new Promise(done => requestAnimationFrame(() => {
        const start = performance.now(); ${action}
        requestAnimationFrame(() => setTimeout(() => done(performance.now() - start)))
      }))`)
    // What is searched for is indexed with the first search; people who type give it one letter.
    const first = await timed(`query.value = 's'; query.dispatchEvent(new Event('input'))`)
    if (turn === 0) out(`first letter, with the index: ${ms(first)}`)
    for (const query of QUERIES)
      filters.get(query)?.push(await timed(`query.value = ${JSON.stringify(query)}; query.dispatchEvent(new Event('input'))`))
    await timed(`query.value = ''; query.dispatchEvent(new Event('input'))`)
    sorts.push(await timed(`document.querySelector('#table-segments [data-sort=segment]').click()`))
    await page.context().close()
  }
  out(
    `first paint: median ${ms(middle(paints))}, at most ${ms(Math.max(...paints))}; everything can be used after ${ms(middle(ready))}`,
  )
  for (const [query, times] of filters) out(`filter ${query}: median ${ms(middle(times))}, at most ${ms(Math.max(...times))}`)
  out(`sort ${SEGMENTS} rows: median ${ms(middle(sorts))}`)
} finally {
  await browser.close()
  rmSync(folder, { recursive: true, force: true })
}
