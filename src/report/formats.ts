// The one list of formats. A format is one pure function.
import type { Result } from '../model/result.ts'
import { html } from './html.ts'
import { json } from './json.ts'
import { prometheus } from './prometheus.ts'
import { type TextContext, text } from './text.ts'

export interface ReportContext {
  readonly text: TextContext
  /** Folder with the templates. */
  readonly templates: string
}

export const formats: Readonly<Record<string, (result: Result, context: ReportContext) => string>> = {
  text: (result, context) => text(result, context.text),
  json,
  html,
  prometheus: result => prometheus(result),
}
