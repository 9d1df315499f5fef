// The formats of a change. Each is loaded when it is wanted: most changes are two configurations, judged before a push.
import type { Validation } from '../../model/validation.ts'
import type { Account } from '../account.ts'
import type { ReportContext } from '../formats.ts'

/** What the formats need besides the validation. */
export type ChangeContext = Pick<ReportContext, 'text' | 'folder' | 'rules' | 'junitUnknown' | 'exitZero'>

/** A change in a form, ending with a newline. */
export type RenderChange = (validation: Validation, context: ChangeContext) => string

/** A renderer of accounts as one of changes. */
async function told(render: (account: Account, context: ChangeContext) => string): Promise<RenderChange> {
  const { changeAccount } = await import('./account.ts')
  return (validation, context) => render(changeAccount(validation), context)
}

/** Formats that audits alone have. */
export const AUDIT_FORMATS: readonly string[] = ['html', 'prometheus']

/** Names, and how to load each. */
export const changeFormats: Readonly<Record<string, () => Promise<RenderChange>>> = {
  text: async () => {
    const { validationText } = await import('../validation.ts')
    return (validation, { text }) => validationText(validation, text)
  },
  json: async () => validation => `${JSON.stringify(validation, null, 2)}\n`,
  ndjson: async () => (await import('./ndjson.ts')).changeNdjson,
  markdown: async () => (await import('../validation-markdown.ts')).validationMarkdown,
  csv: async () => (await import('./csv.ts')).changeCsv,
  sarif: async () => told((await import('../sarif.ts')).sarif),
  junit: async () => (await import('./junit.ts')).changeJunit,
  github: async () => told((await import('../github.ts')).github),
  gitlab: async () => told((await import('../gitlab.ts')).gitlab),
  azure: async () => told((await import('../azure.ts')).azure),
}
