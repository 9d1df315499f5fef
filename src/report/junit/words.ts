// The texts inside a test case.
import type { Finding } from '../../model/result.ts'
import { cutText, oneLine } from '../brevity.ts'
import { type Fix, othersText } from '../fixes.ts'
import { placeOf } from '../paths.ts'

/** More lines say nothing new in a test report; the JSON has them all. */
const MOST_EVIDENCE = 20
const LONGEST_LINE = 300

/** The lines a finding rests on, with the places they stand at. */
export function evidenceText({ evidence }: Finding, folder: string): string {
  const lines = evidence
    .slice(0, MOST_EVIDENCE)
    .map(e =>
      cutText(
        `${placeOf(e.file, folder).path}${e.line > 0 ? `:${e.line}` : ''}: ${oneLine(e.text) || oneLine(e.note)}`,
        LONGEST_LINE,
      ),
    )
  const more = evidence.length - lines.length
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n')
}

/** What to type on which router, and what to mind. */
export const fixText = (fix: Fix): string =>
  [
    ...fix.steps.map(({ device, apply }) => `\nfix (${fix.plan}; proven) on ${device}:\n${apply}`),
    `\n${[fix.caution, othersText(fix)].filter(Boolean).join(' ')}`,
  ].join('\n')
