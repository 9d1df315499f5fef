// The one list of formats. A format is one pure function.
import type { Result } from '../model/result.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { type TextContext, text } from './text.ts'
import type { RuleText } from './view/survey.ts'

export interface ReportContext {
  readonly text: TextContext
  /** Folder with the templates. */
  readonly templates: string
  /** What is said of the rules. */
  readonly rules: readonly RuleText[]
}

export const formats: Readonly<Record<string, (result: Result, context: ReportContext) => string>> = {
  text: (result, context) => text(result, context.text),
  json,
  html,
}
