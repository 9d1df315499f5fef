// The report in a browser: Debian's Chromium, driven by playwright-core. Where there is none the tests say so and are skipped,
// unless REQUIRE_REAL_PARTS=1 wants them to fail instead.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { without } from './installed.ts'

const PROGRAMS: Readonly<Record<string, string>> = { '/usr/bin/chromium': 'chromium', '/usr/bin/pdftotext': 'poppler-utils' }

/** A report in a window. */
export interface Opened {
  readonly page: Page
  /** Everything the page asked the world for, besides itself. */
  readonly requests: readonly string[]
  /** Messages of the console, errors and dialogs: what should not be. */
  readonly noise: readonly string[]
}

export interface Window extends BrowserContextOptions {
  /** What stands behind the address of the file. */
  readonly hash?: string
}

/** What tests have to open reports with. */
export interface Desk {
  /** Opens a report without any network. A live page is waited for. */
  open(html: string, window?: Window): Promise<Opened>
}

/** A group of tests that needs a browser. */
export function inBrowser(name: string, tests: (desk: Desk) => void): void {
  const lacking = Object.entries(PROGRAMS).flatMap(([program, source]) => (existsSync(program) ? [] : [`${program} (${source})`]))
  if (lacking.length > 0) {
    without(lacking, name)
    return
  }
  describe(name, () => {
    const folder = mkdtempSync(join(tmpdir(), 'iphelper-browser-'))
    let browser: Browser | null = null
    let files = 0
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'], timeout: 60_000 })
    })
    afterAll(async () => {
      await browser?.close()
      rmSync(folder, { recursive: true, force: true })
    })
    const open = async (html: string, { hash = '', ...window }: Window = {}): Promise<Opened> => {
      if (!browser) throw new Error('the browser was not started')
      const file = join(folder, `report-${++files}.html`)
      writeFileSync(file, html)
      const address = pathToFileURL(file).href
      const context = await browser.newContext({ viewport: { width: 1400, height: 1000 }, offline: true, ...window })
      context.setDefaultTimeout(20_000)
      const page = await context.newPage()
      const [requests, noise]: [string[], string[]] = [[], []]
      await context.route('**', route => {
        const url = route.request().url()
        if (url.split('#')[0] === address) return route.continue()
        requests.push(url)
        return route.abort()
      })
      page.on('request', request => {
        if (request.url().split('#')[0] !== address && !request.url().startsWith('blob:')) requests.push(request.url())
      })
      page.on('console', message => noise.push(message.text()))
      page.on('pageerror', error => noise.push(error.message))
      page.on('dialog', dialog => {
        noise.push(`dialog: ${dialog.message()}`)
        void dialog.dismiss()
      })
      await page.goto(`${address}${hash}`)
      if (window.javaScriptEnabled !== false) await page.locator('html[data-ready]').waitFor({ state: 'attached' })
      return { page, requests, noise }
    }
    tests({ open })
  })
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe-core finds wrong with a page, a line each. Contrast is judged by the colours of the screen as it is now. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  return page.evaluate(
    `axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.flatMap(({ id, nodes }) =>
      nodes.map(n => id + ': ' + n.target.join(' ') + ' ' + n.failureSummary)))`,
  )
}

/** The text of a page printed to PDF, in the order in which it is drawn, which is that of the page. */
export async function printed(page: Page): Promise<string> {
  return execFileSync('/usr/bin/pdftotext', ['-raw', '-', '-'], {
    input: await page.pdf({ format: 'A4', preferCSSPageSize: true }),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    timeout: 60_000,
  })
}
