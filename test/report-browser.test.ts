// The report in the hands of its readers: a browser without a network, with and without scripts, on paper, for every eye.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { run } from '../src/cli/run.ts'
import type { Result } from '../src/model/result.ts'
import { resultSchema } from '../src/report/schema.ts'
import { inBrowser, printed, violations } from './support/browser.ts'

const root = join(import.meta.dirname, '..')
const campus = { html: '', result: {} as Result }

/** The demonstration network: 17 duplicates, 11 of them at the site `ams`, one at `ams-bld` and five at `lon`. */
beforeAll(async () => {
  const audit = async (format: string, ...args: readonly string[]) => {
    let out = ''
    const io = { out: (text: string) => (out += text), err: () => {}, env: {}, width: 100, colour: false }
    await run(['audit', ...args, '--format', format], io)
    return out
  }
  const inputs = ['-i', join(root, 'inventory.example.yaml'), '--configs', join(root, 'test', 'networks', 'campus', 'configs')]
  campus.html = await audit('html', ...inputs)
  campus.result = JSON.parse(/<script type="application\/json" id="result">([\s\S]*?)<\/script>/.exec(campus.html)?.[1] ?? '')
})

const VLAN10 = '21c42dd3f0ba4185'
const duplicates = (result: Result) => result.findings.filter(f => f.rule === 'duplicate-pxe-relay')

inBrowser('the report in a browser', desk => {
  it('opens without asking anything of the network, verdict first', async () => {
    const { page, requests, noise } = await desk.open(campus.html)
    expect(await page.locator('h1').innerText()).toContain('On 17 segments, boot requests reach a PXE server more than once.')
    expect(await page.locator('article.card.duplicate').count()).toBe(17)
    const box = await page.locator('h1').boundingBox()
    expect(box?.y).toBeLessThan(200)
    await page.mouse.wheel(0, 4_000)
    expect([requests, noise]).toEqual([[], []])
  })

  it('has one card per problem: where, how many copies, what becomes of PXE, and a drawing that says so in words too', async () => {
    const { page } = await desk.open(campus.html, { hash: `#finding-${VLAN10}` })
    const card = page.locator(`[data-finding="${VLAN10}"]`)
    expect((await card.locator('summary').first().innerText()).replace(/\s+/g, ' ')).toBe(
      '! Error 10.20.10.0/24 to wds-ams ams-dist-1 and ams-dist-2 2 copies survives a failover ✓ Proven fix',
    )
    const drawing = card.getByRole('img')
    expect(await drawing.getAttribute('aria-describedby')).toBe(`ways-of-${VLAN10}`)
    const words = await card.locator(`#ways-of-${VLAN10} > li`).allInnerTexts()
    expect(words.map(text => text.replace(/\s+/g, ' '))).toEqual([
      'Copy 1 ams-dist-1 Vlan10 · active (predicted, medium) ams-dist-1 relays Vlan10 to 10.9.9.5',
      'Copy 2 ams-dist-2 Vlan10 · standby (predicted, medium) ams-dist-2 relays Vlan10 to 10.9.9.5',
    ])
    // Not the colour alone: two lines, and a number.
    expect(await drawing.locator('.lane.copy .core').count()).toBe(2)
    expect(await drawing.locator('.label').allTextContents()).toEqual(['copy 1', 'copy 2'])
    const lines = await card.locator('figure.line').allInnerTexts()
    expect(lines.map(text => text.replace(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/ams-dist-1\.cfg:717 712 interface Vlan10 ⋮ 717 ip helper-address 10\.9\.9\.5/),
      expect.stringMatching(/ams-dist-2\.cfg:710 705 interface Vlan10 ⋮ 710 ip helper-address 10\.9\.9\.5/),
    ])
  })

  it('searches, and keeps what was searched for in the address', async () => {
    const { page } = await desk.open(campus.html)
    const shown = async (query: string) => {
      await page.locator('#query').fill(query)
      return page.locator('#list-problems article').count()
    }
    expect(await shown('site:ams')).toBe(11)
    expect(await shown('site:ams*')).toBe(12)
    expect(await shown('site:ams,lon')).toBe(16)
    expect(await shown('-site:ams')).toBe(6)
    expect(await shown('device:ams-leaf-1')).toBe(3)
    expect(await shown('device:leaf-1 !segment:10.20.32.0/24')).toBe(2)
    expect(await shown('pxe:wds-lon')).toBe(5)
    expect(await shown('pxe:10.9.8.5 "lon-gw-1.cfg:448"')).toBe(1)
    expect(await shown('verdict:unknown')).toBe(0)
    expect(await page.locator('#number-unknown').innerText()).toBe('6 of 6')
    expect(await shown('rule:lone-redundancy-group')).toBe(0)
    expect(await page.locator('#number-findings').innerText()).toBe('4 of 30')
    await page.getByRole('link', { name: 'Other findings' }).click()
    await expect.poll(() => page.locator('#list-findings article').count()).toBe(4)
    expect(await shown('colour:red')).toBe(0)
    expect(await page.locator('#matches').innerText()).toContain('There is no “colour:”')
    await page.locator('#query').fill('site:lon verdict:duplicate')
    // The address follows when typing has come to rest.
    await expect.poll(() => new URL(page.url()).hash).toBe('#q=site:lon+verdict:duplicate')
    const again = await desk.open(campus.html, { hash: new URL(page.url()).hash })
    expect(await again.page.locator('#query').inputValue()).toBe('site:lon verdict:duplicate')
    expect(await again.page.locator('#list-problems article').count()).toBe(5)
  })

  it('has a permanent link for every finding, and the back button leads back', async () => {
    const { page } = await desk.open(campus.html, { hash: '#q=site:lon' })
    await page.getByRole('link', { name: 'All segments' }).click()
    const link = page.locator('#table-segments a', { hasText: 'Evidence and fix' }).first()
    const target = await link.getAttribute('href')
    await link.click()
    const card = page.locator(`[data-finding="${target?.replace('#finding-', '')}"]`)
    expect(await card.locator('.body h4', { hasText: 'Fix' }).isVisible()).toBe(true)
    expect(page.url()).toContain(`at=${target?.slice(1)}`)
    await page.goBack()
    expect(page.url()).toContain('at=segments')
    await page.goBack()
    expect(new URL(page.url()).hash).toBe('#q=site:lon')
    for (const { fingerprint } of campus.result.findings) {
      await page.evaluate(`location.hash = '#finding-${fingerprint}'`)
      const here = page.locator('.here')
      await expect.poll(() => here.getAttribute('data-finding'), { timeout: 5_000 }).toBe(fingerprint)
      expect(await page.evaluate(`document.querySelector('.here').getBoundingClientRect().top`)).toBeLessThan(1_000)
    }
  })

  it('shows what a link leads to, whatever was searched for before', async () => {
    const { page } = await desk.open(campus.html, { hash: `#q=site:lon&at=finding-${VLAN10}` })
    expect(await page.locator(`.here[data-finding="${VLAN10}"]`).count()).toBe(1)
    expect(await page.locator('#query').inputValue()).toBe('')
  })

  it('copies a fix letter by letter', async () => {
    const { page } = await desk.open(campus.html, { hash: `#finding-${VLAN10}` })
    const [step] = campus.result.remediations.filter(r => r.fingerprint === VLAN10)
    await page.locator(`[data-finding="${VLAN10}"] [data-copy]`).first().click()
    await page.getByRole('button', { name: 'Copy the commands of the fix' }).and(page.getByText('Copied')).waitFor()
    await page.evaluate(`document.body.append(Object.assign(document.createElement('textarea'), { id: 'pasted' }))`)
    await page.locator('#pasted').focus()
    await page.keyboard.press('Control+V')
    expect(await page.locator('#pasted').inputValue()).toBe(step?.apply)
  })

  it('has the ways to fix as tabs, with what they cost, and says where a person must choose', async () => {
    const { page } = await desk.open(campus.html, { hash: `#finding-${VLAN10}` })
    const card = page.locator(`[data-finding="${VLAN10}"]`)
    const [gate, remove] = [card.getByRole('tab').nth(0), card.getByRole('tab').nth(1)]
    expect(await card.getByRole('tabpanel').count()).toBe(1)
    await gate.focus()
    await page.keyboard.press('ArrowRight')
    expect(await remove.getAttribute('aria-selected')).toBe('true')
    expect(await card.getByRole('tabpanel').innerText()).toContain("Microsoft's first workaround (KB 2510665)")
    const person = campus.result.remediations.find(r => r.choice === 'person')?.fingerprint
    const other = await desk.open(campus.html, { hash: `#finding-${person}` })
    expect(await other.page.locator(`[data-finding="${person}"] .note`).first().innerText()).toContain('A person must choose.')
  })

  it('sorts its tables', async () => {
    const { page } = await desk.open(campus.html)
    const column = () => page.locator('#table-segments tbody td:nth-child(3)').allInnerTexts()
    const heading = page.locator('#table-segments').getByRole('button', { name: 'Verdict' })
    await heading.click()
    await expect.poll(async () => (await column())[0]).toContain('Duplicate')
    expect(await page.locator('#table-segments th[aria-sort]').getAttribute('aria-sort')).toBe('ascending')
    await page.locator('#table-segments').getByRole('button', { name: 'Verdict' }).click()
    await expect.poll(async () => (await column())[0]).toContain('None')
    expect(new URL(page.url()).hash).toBe('#sort=segments:verdict:down')
  })

  it('is worked by keyboard', async () => {
    const { page } = await desk.open(campus.html)
    const [first, second] = duplicates(campus.result)
    const here = () => page.locator('.here').getAttribute('data-finding')
    await page.keyboard.press('j')
    expect(await here()).toBe(first?.fingerprint)
    await page.keyboard.press('j')
    expect(await here()).toBe(second?.fingerprint)
    await page.keyboard.press('Enter')
    expect(await page.locator(`[data-finding="${second?.fingerprint}"] > details`).getAttribute('open')).toBe('')
    await page.keyboard.press('k')
    expect(await here()).toBe(first?.fingerprint)
    await page.keyboard.press('/')
    await page.keyboard.type('site:lon j')
    expect(await page.locator('#query').inputValue()).toBe('site:lon j')
    await page.keyboard.press('Escape')
    expect(await page.locator('#query').inputValue()).toBe('')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    expect(await page.getByRole('dialog').isVisible()).toBe(true)
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').isVisible()).toBe(false)
  })

  it('hands the JSON out again, as `report` accepts it', async () => {
    const { page, requests } = await desk.open(campus.html)
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save JSON' }).click()])
    expect(download.suggestedFilename()).toMatch(/^pxe-relay-audit-\d{4}-\d\d-\d\d\.json$/)
    const saved = readFileSync(await download.path(), 'utf8')
    expect(resultSchema.parse(JSON.parse(saved))).toEqual(campus.result)
    expect(requests).toEqual([])
  })

  describe('on paper', () => {
    /** Without spaces: lines break where the paper ends. */
    const squeezed = (text: string) => text.replace(/\s+/g, '')

    it('has everything, open, under a head with the date and above a number', async () => {
      const { page } = await desk.open(campus.html)
      const text = await printed(page)
      const paper = squeezed(text)
      expect(text).toMatch(/^ *PXE relay audit, \d+ \w+ \d{4}, \d\d:\d\d UTC, iphelper-audit \d/)
      expect(text).toMatch(/Page 1 of \d+/)
      for (const e of duplicates(campus.result).flatMap(f => f.evidence)) expect(paper).toContain(squeezed(`${e.line}${e.text}`))
      for (const r of campus.result.remediations)
        for (const line of `${r.apply}\n${r.rollback}`.split('\n')) expect(paper).toContain(squeezed(line))
      for (const d of campus.result.devices) expect(paper).toContain(squeezed(d.name))
      // Afterwards the screen is as it was.
      expect(await page.locator('main details[open] .body').count()).toBe(0)
    })

    it('can be a summary', async () => {
      const { page } = await desk.open(campus.html)
      await page.evaluate('window.print = () => {}')
      await page.getByRole('button', { name: 'Print summary' }).click()
      const text = await printed(page)
      expect(text).toContain('10.20.10.0/24')
      expect(text).toContain('Cannot be judged')
      expect(text).not.toContain('redundancy PXE-V10')
      expect(await printed(page)).toContain('redundancy PXE-V10')
    })

    it('has the findings and fixes without scripts, too', async () => {
      const { page } = await desk.open(campus.html, { javaScriptEnabled: false })
      const paper = squeezed(await printed(page))
      for (const r of campus.result.remediations) for (const line of r.apply.split('\n')) expect(paper).toContain(squeezed(line))
    })
  })

  it('shows summary, findings and fixes without scripts', async () => {
    const { page, requests } = await desk.open(campus.html, { javaScriptEnabled: false })
    expect(await page.locator('h1').innerText()).toContain('On 17 segments')
    const card = page.locator(`[data-finding="${VLAN10}"]`)
    await card.locator('summary').first().click()
    expect(await card.getByText('ip helper-address 10.9.9.5 redundancy PXE-V10').first().isVisible()).toBe(true)
    expect(await card.getByText('Keep the relay of ams-dist-1').isVisible()).toBe(true)
    expect(await page.locator('[data-finding]').count()).toBe(campus.result.findings.length)
    expect(await page.getByRole('button').count()).toBe(0)
    expect(requests).toEqual([])
  })

  describe('axe-core finds nothing wrong', () => {
    it.each([
      ['light', 1400, true],
      ['dark', 1400, true],
      ['light', 390, true],
      ['dark', 390, true],
      ['light', 1400, false],
    ] as const)('in %s, %d pixels wide, scripts %s', async (colorScheme, width, live) => {
      const window = { colorScheme, viewport: { width, height: 900 }, hash: live ? `#finding-${VLAN10}` : '' }
      // axe-core needs scripts itself: for a page without them the page's own is taken out.
      const html = live ? campus.html : campus.html.replace(/<script>[\s\S]*?<\/script>/, '')
      const { page } = live
        ? await desk.open(html, window)
        : await desk.open(html.replace('<html ', '<html data-ready="" '), window)
      if (width === 1400) await page.evaluate(`for (const d of document.querySelectorAll('main details')) d.open = true`)
      expect(await violations(page)).toEqual([])
    })

    it('in the help', async () => {
      const { page } = await desk.open(campus.html)
      await page.keyboard.press('?')
      expect(await violations(page)).toEqual([])
    })
  })

  it.each([1400, 390])('is not wider than a window of %d pixels', async width => {
    const { page } = await desk.open(campus.html, { viewport: { width, height: 900 } })
    await page.evaluate(`for (const d of document.querySelectorAll('main details')) d.open = true`)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width)
  })

  it('moves nothing for those who do not want that', async () => {
    const { page } = await desk.open(campus.html, { reducedMotion: 'reduce' })
    expect(await page.evaluate('document.getAnimations().length')).toBe(0)
    expect(await page.evaluate(`getComputedStyle(document.documentElement).scrollBehavior`)).toBe('auto')
  })
})
