// The report people forward: one file that asks nothing of the network, reads without scripts, and does more with them.
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import type { Result } from '../model/result.ts'
import { headline } from './headline.ts'
import { legibleText } from './legible.ts'
import { scriptFrom } from './script.ts'
import { markup } from './view/markup.ts'
import { contentsOf, pageView } from './view/page.ts'
import { type RuleText, surveyOf } from './view/survey.ts'
import { el } from './view/tree.ts'
import { written } from './view/written.ts'
import { timeText } from './words.ts'

/** What the report needs besides the result. */
export interface HtmlContext {
  /** The folder that holds `report/report.css`; the page's script is built beside it, in `dist/page`. */
  readonly templates: string
  /** What is said of the rules; without them the report does not say why a finding matters. */
  readonly rules?: readonly RuleText[]
}

interface Parts {
  readonly style: string
  readonly script: string
}
const read = new Map<string, Parts>()

/** The parts that are the same in every report, read once. */
function partsFrom(templates: string): Parts {
  const known = read.get(templates)
  if (known) return known
  // A browser turns CRLF into LF before it hashes, so the hash is taken of the text as read here.
  const style = readFileSync(join(templates, 'report', 'report.css'), 'utf8').replace(/\r\n?/g, '\n')
  const parts = { style, script: scriptFrom(join(templates, '..', 'dist', 'page')) }
  read.set(templates, parts)
  return parts
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Writes a result as one self-contained HTML page. */
export function html(result: Result, context: HtmlContext): string {
  const { style: common, script } = partsFrom(context.templates)
  const rules = (context.rules ?? []).map(({ id, title, rationale }) => ({ id, title, rationale }))
  const survey = surveyOf(result, rules, false)
  const contents = contentsOf(survey)
  const style = `${common}\n${paperOf(result)}`
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  const meta = (name: string, content: string) => markup(el('meta', { name, content }))
  return [
    '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n',
    markup(el('meta', { 'http-equiv': 'Content-Security-Policy', 'content': policy })),
    meta('viewport', 'width=device-width, initial-scale=1'),
    meta('color-scheme', 'light dark'),
    meta('referrer', 'no-referrer'),
    meta('format-detection', 'telephone=no'),
    meta('generator', `${result.tool.name} ${result.tool.version}`),
    markup(el('title', {}, headline(result, survey.pairs).title)),
    `\n<style>${style}</style>\n</head>\n<body>\n`,
    markup(pageView(survey, contents, written(survey, contents))),
    `<script type="application/json" id="rules">${dataText(JSON.stringify(rules))}</script>\n`,
    packed(JSON.stringify(result)),
    `<script>${script}</script>\n</body>\n</html>\n`,
  ].join('')
}

/** JSON longer than this is deflated: a report of a large network must still go into an e-mail. */
const LONG = 1_000_000

/** The result as data of the page: as JSON, or as a JSON string that holds it deflated, in base64. */
function packed(json: string): string {
  if (json.length <= LONG) return `<script type="application/json" id="result">${dataText(json)}</script>\n`
  const data = deflateRawSync(json, { level: 9 }).toString('base64')
  return `<script type="application/json" id="result" data-encoding="deflate-raw">"${data}"</script>\n`
}

/** JSON that no HTML parser takes for markup, and that hides nothing from whoever reads the source; it means the same. */
const dataText = (json: string): string =>
  json.replace(
    /[<\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    c => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** What stands at the head and the foot of every printed page. */
function paperOf(result: Result): string {
  const said = `PXE relay audit, ${timeText(result.started_at)}, ${result.tool.name} ${result.tool.version}`
  // Letters by their number: nothing of the result can end the string, the rule or the element.
  const text = [...legibleText(said)]
    .map(c => (/[A-Za-z0-9 ,.:-]/.test(c) ? c : `\\${(c.codePointAt(0) ?? 0).toString(16)} `))
    .join('')
  return `@page { @top-left { content: "${text}" } }\n`
}
