// The report a network engineer forwards: one file that asks nothing of the network and reads without scripts.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import Handlebars from 'handlebars'
import type { Result } from '../model/result.ts'
import { reportView } from './html/view.ts'
import { legible } from './legible.ts'

/** What is included from `report.hbs`; every name is a file beside it. */
const PARTS = [
  'headline',
  'duplicate',
  'router',
  'fix',
  'snippet',
  'unknown',
  'rule',
  'finding',
  'accepted',
  'history',
  'segments',
  'devices',
] as const

interface Page {
  readonly render: HandlebarsTemplateDelegate
  readonly style: string
}
const pages = new Map<string, Page>()

/** Compiles the templates of a folder once. The environment is its own, so that nobody's helpers reach it. */
function pageFrom(templates: string): Page {
  const known = pages.get(templates)
  if (known) return known
  const read = (name: string) => readFileSync(join(templates, 'report', name), 'utf8').replace(/\r\n?/g, '\n')
  const environment = Handlebars.create()
  // A browser turns CRLF into LF before it hashes, so the hash is taken of the text as read above.
  const style = read('report.css')
  environment.registerPartial('style', style)
  for (const part of PARTS) environment.registerPartial(part, read(`${part}.hbs`))
  // Without preventIndent, a partial would indent every line it prints, those of snippets among them.
  const render = environment.compile(read('report.hbs'), { strict: true, knownHelpersOnly: true, preventIndent: true })
  const page = { render, style }
  pages.set(templates, page)
  return page
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`

/** Writes a result as one self-contained HTML page. `templates` is the folder that holds `report/report.hbs`. */
export function html(result: Result, context: { readonly templates: string }): string {
  const { render, style } = pageFrom(context.templates)
  return render({
    ...reportView(legible(result)),
    policy: `default-src 'none'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`,
  })
}
