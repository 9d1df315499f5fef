// The report under pressure: text that wants to be more than text, and more of everything than fits into a window.
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Result } from '../src/model/result.ts'
import { html } from '../src/report/html.ts'
import { largeResult } from './bench/report-data.ts'
import { inBrowser, violations } from './support/browser.ts'

const render = (result: Result) => html(result, { templates: join(import.meta.dirname, '..', 'templates') })

const FIXED = /^(rule|severity|verdict|role|confidence|code|state|kind|fingerprint|strategy|choice|plan|started_at|exit_code)$/
/** The same result with a string put behind each of its own, except words of a fixed set. */
function poison<T>(value: T, bad: string, key = ''): T {
  if (typeof value === 'string') {
    if (FIXED.test(key)) return value
    return (key === 'subject' ? `${value.replace(' wds-hq', () => `${bad} wds-hq`)}${bad}` : `${value}${bad}`) as T
  }
  if (Array.isArray(value)) return value.map(item => poison(item, bad, key)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, poison(v, bad, k)])) as T
}

inBrowser('the report under pressure', desk => {
  describe('hostile text', () => {
    const small = largeResult(6, 2)
    const other = {
      ...small.findings[0],
      rule: 'lone-redundancy-group',
      fingerprint: 'f1',
      subject: 'somewhere',
    } as (typeof small.findings)[number]
    const waived = { ...other, fingerprint: 'f2', waived: 'known' }
    const result = { ...small, findings: [...small.findings, other, waived] }

    it.each([
      ['markup', '<script>alert(1)</script><img src=x onerror=alert(1)></style></title><!-- <svg onload=alert(1)>'],
      ['the end of the data', '</script><script>alert(1)</script>'],
      ['templates and links', '{{constructor}} {{{alert(1)}}} <%= x %> javascript:alert(1) [x](javascript:alert(1)) `x`'],
      ['right-to-left marks', 'שלום \u202e\u2066\u200f\u061c gnirts'],
      ['10,000 characters', 'x'.repeat(10_000)],
    ])('is text, and leaves the layout alone: %s', async (_, bad) => {
      const page390 = await desk.open(render(poison(result, bad)), { viewport: { width: 390, height: 844 } })
      const { page } = page390
      await page.evaluate(`for (const d of document.querySelectorAll('main details')) d.open = true`)
      await page.evaluate(`document.getElementById('list-problems').scrollIntoView()`)
      await expect.poll(() => page.locator('article.card.duplicate').count()).toBe(2)
      const title = await page.locator('article.card.duplicate h3').first().boundingBox()
      expect(title?.height).toBeLessThan(150)
      await page.mouse.wheel(0, 3_000)
      expect([page390.requests, page390.noise]).toEqual([[], []])
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
      await page.setViewportSize({ width: 1400, height: 900 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(1400)
      // Neither an element nor an attribute comes from the text.
      expect(
        await page.evaluate(
          `document.querySelectorAll('main img, main script, [onerror], [onload], [href^="javascript"]').length`,
        ),
      ).toBe(0)
    })
  })

  describe('a large network', () => {
    const large = largeResult(3_000, 700)
    const text = render(large)

    it('has only the rows that are near the window, and every other one is reached by its link', async () => {
      const { page, noise } = await desk.open(text)
      const rows = () => page.evaluate<number>(`document.querySelectorAll('main article, main tr[aria-rowindex]').length`)
      expect(await page.locator('#number-duplicates').innerText()).toBe('700')
      expect(await rows()).toBeLessThan(400)
      const last = large.findings.at(-1)
      await page.evaluate(`location.hash = '#finding-${last?.fingerprint}'`)
      const card = page.locator(`.here[data-finding="${last?.fingerprint}"]`)
      await card.getByText('Evidence').waitFor()
      expect(await card.isVisible()).toBe(true)
      await page.evaluate(`location.hash = '#segment-3000'`)
      await page.locator('tr.here#segment-3000').waitFor()
      expect(await page.locator('#table-segments').getAttribute('aria-rowcount')).toBe('3001')
      expect(await page.locator('tr.here').getAttribute('aria-rowindex')).toBe('3001')
      expect(await rows()).toBeLessThan(600)
      expect(noise).toEqual([])
    })

    it('is searched as a whole, and what was open stays open', async () => {
      const { page } = await desk.open(text)
      await page.locator('article.card summary').first().click()
      await page.locator('#query').fill('site:site-199')
      // Of 3,000 segments over 200 sites 15 are there, and of the 700 with duplicates 3: those numbered 199, 399 and 599.
      expect(await page.locator('#number-duplicates').innerText()).toBe('3 of 700')
      expect(await page.locator('#table-segments').getAttribute('aria-rowcount')).toBe('16')
      await page.locator('#query').fill('')
      expect(await page.locator('article.card.duplicate').first().locator('> details').getAttribute('open')).toBe('')
      expect(await page.locator('article.card.duplicate details[open] .body').count()).toBe(1)
    })

    it('lists every problem with a way to fix it for readers without scripts', async () => {
      const { page } = await desk.open(text, { javaScriptEnabled: false })
      for (const f of [large.findings[0], large.findings[60], large.findings.at(-1)])
        expect(await page.locator(`#finding-${f?.fingerprint}`).count(), f?.fingerprint).toBe(1)
      expect(await page.locator('noscript tr').count()).toBe(650)
      expect(await page.locator('noscript tr').last().innerText()).toContain('no ip helper-address 10.9.9.5')
    })

    it('has nothing for axe-core to find', async () => {
      const { page } = await desk.open(text, { hash: '#segments' })
      expect(await violations(page)).toEqual([])
    })
  })
})
