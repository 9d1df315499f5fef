// What unfolds under one finding: the lines it rests on, and the fix.
import { cutText } from '../brevity.ts'
import type { Concern } from '../concern.ts'
import { type Fix, othersText } from '../fixes.ts'
import { placeOf } from '../paths.ts'
import { fenced, inline } from './escape.ts'

/** More lines say nothing new in a comment; the JSON and the HTML have them all. */
const MOST_EVIDENCE = 20
const LONGEST_LINE = 300

/** Evidence and fix of a finding as a block to unfold; empty where there is neither. */
export function detailsText(concern: Concern, fix: Fix | undefined, folder: string): string {
  const evidence = evidenceText(concern, folder)
  if (evidence === '' && !fix) return ''
  const summary = `<summary>${label(concern)} ${inline(concern.rule)}: ${inline(concern.subject)}</summary>`
  return `${['<details>', summary, '', [...(evidence ? [evidence] : []), ...(fix ? fixParts(fix) : [])].join('\n\n'), '', '</details>'].join('\n')}\n`
}

/** The word that stands for how bad it is. */
export const label = ({ accepted, open, level }: Concern): string => (accepted !== null ? 'accepted' : open ? 'open' : level)

function evidenceText({ evidence }: Concern, folder: string): string {
  const quoted = evidence.filter(e => e.text.trim() !== '')
  if (quoted.length === 0) return ''
  const lines = quoted.slice(0, MOST_EVIDENCE).map(({ device, file, line, text }) => {
    const { kind, path } = placeOf(file, folder)
    return cutText(`${kind === 'below' ? path : device}:${line}: ${text.trim()}`.replace(/\s+/g, ' '), LONGEST_LINE)
  })
  const more = quoted.length - lines.length
  return fenced([...lines, ...(more > 0 ? [`and ${more} more lines`] : [])].join('\n'))
}

/** What to type on every router, what to mind, and the way back. */
function fixParts(fix: Fix): string[] {
  const back = fix.steps.filter(s => s.rollback !== '')
  const mind = [fix.caution, fix.trade_off, othersText(fix)].filter(t => t !== '').join(' ')
  return [
    ...fix.steps.flatMap(s => [`Fix (${inline(fix.plan)}; proven) on **${inline(s.device)}**:`, fenced(s.apply)]),
    ...(mind ? [`Mind: ${inline(mind, 1_000)}`] : []),
    ...back.flatMap(s => [`Back again on **${inline(s.device)}**:`, fenced(s.rollback)]),
  ]
}
