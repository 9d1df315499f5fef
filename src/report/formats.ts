// The one list of formats. A format is one pure function.
import type { Result } from '../model/result.ts'
import { accountOf } from './audited.ts'
import { azure } from './azure.ts'
import { csv } from './csv.ts'
import { github } from './github.ts'
import { gitlab } from './gitlab.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { junit } from './junit.ts'
import { markdown } from './markdown.ts'
import { ndjson } from './ndjson.ts'
import { prometheus } from './prometheus.ts'
import type { RulePage } from './rule-page.ts'
import { sarif } from './sarif.ts'
import { type TextContext, text } from './text.ts'

/** What formats need besides the result. */
export interface ReportContext {
  readonly text: TextContext
  /** Folder with the templates. */
  readonly templates: string
  /** The current folder, an absolute path: formats for pipelines name files relative to it. */
  readonly folder: string
  readonly rules: readonly RulePage[]
  /** What becomes of a case of junit that could not be judged: neither is a pass. */
  readonly junitUnknown: 'error' | 'skipped'
  /** The exit code is 0 whatever was found. */
  readonly exitZero: boolean
}

/** A result in a form, ending with a newline. */
export type Render = (result: Result, context: ReportContext) => string

/** One for each of `purposes`. */
export const formats: Readonly<Record<string, Render>> = {
  text: (result, context) => text(result, context.text),
  json,
  ndjson,
  html,
  markdown,
  csv,
  sarif: (result, context) => sarif(accountOf(result), context),
  junit,
  github: (result, context) => github(accountOf(result), context),
  gitlab: (result, context) => gitlab(accountOf(result), context),
  azure: (result, context) => azure(accountOf(result), context),
  prometheus: result => prometheus(result),
}
