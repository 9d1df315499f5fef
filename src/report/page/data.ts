// Reads the data of the page: the result of the audit, and what is said of its rules.
import type { Result } from '../../model/result.ts'
import type { RuleText } from '../view/survey.ts'

const textOf = (id: string): string => document.getElementById(id)?.textContent ?? 'null'

/** The result as the audit wrote it. Rejects where the browser cannot inflate it. */
export async function readResult(): Promise<Result> {
  const data = JSON.parse(textOf('result'))
  if (document.getElementById('result')?.dataset.encoding !== 'deflate-raw') return data
  const bytes = Uint8Array.from(atob(data), c => c.charCodeAt(0))
  const inflated = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return JSON.parse(await new Response(inflated).text())
}

/** What is said of the rules. */
export const readRules = (): readonly RuleText[] => JSON.parse(textOf('rules')) ?? []
