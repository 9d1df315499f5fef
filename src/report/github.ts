// GitHub Actions: findings as annotations, through the workflow commands a step prints.
// https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
import type { Severity } from '../model/result.ts'
import type { Account } from './account.ts'
import { cutText } from './brevity.ts'
import { concernText, quotable } from './ci.ts'
import type { Concern } from './concern.ts'
import type { ReportContext } from './formats.ts'
import { legibleText } from './legible.ts'
import { placeOf } from './paths.ts'
import { count, listed } from './words.ts'

const COMMAND = { error: 'error', warning: 'warning', info: 'notice' } as const satisfies Record<Severity, string>
/** GitHub shows so many annotations of each kind for one step, and drops the others (actions/toolkit, docs/problem-matchers.md). */
const SHOWN_PER_STEP = 10
const LONGEST = 4_000

/**
 * One annotation for each finding and for everything that could not be judged, worst first, as many as GitHub shows; the last
 * one is the verdict on the whole, and says how many were left out.
 */
export function github(account: Account, { folder, text }: Pick<ReportContext, 'folder' | 'text'>): string {
  const { accepted, standing } = quotable(account.gathered, text.waived)
  const shown: Concern[] = []
  const room: Record<Severity, number> = { error: SHOWN_PER_STEP, warning: SHOWN_PER_STEP, info: SHOWN_PER_STEP - 1 }
  const left: Record<Severity, number> = { error: 0, warning: 0, info: 0 }
  for (const concern of standing) {
    if (room[concern.level]-- > 0) shown.push(concern)
    else left[concern.level]++
  }
  const rest = (['error', 'warning', 'info'] as const).filter(l => left[l] > 0).map(l => count(left[l], COMMAND[l]))
  const closing = [
    account.verdict,
    rest.length > 0 && `Left out, because GitHub shows ten of a kind: ${listed(rest)}.`,
    accepted > 0 && `${count(accepted, 'accepted finding')} not shown.`,
  ].filter(s => s !== false)
  // With nothing else to look at, what is no clean pass must not look like one.
  const quiet = account.clean || shown.some(c => c.level !== 'info')
  return [
    ...shown.map(c => annotation(c, folder)),
    `::${quiet ? 'notice' : 'warning'} title=${property(account.title)}::${data(closing.join(' '))}\n`,
  ].join('')
}

function annotation(concern: Concern, folder: string): string {
  const [first] = concern.evidence
  const place = first?.file ? placeOf(first.file, folder) : null
  // Only a file of the repository can be annotated.
  const at =
    place?.kind === 'below' ? [`file=${property(place.path)}`, ...(first && first.line > 0 ? [`line=${first.line}`] : [])] : []
  return `::${COMMAND[concern.level]} ${[...at, `title=${property(concern.rule)}`].join(',')}::${data(cutText(concernText(concern), LONGEST))}\n`
}

/** Escaping of the message (actions/toolkit, packages/core/src/command.ts). */
const data = (text: string): string => legibleText(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')

/** Escaping of a property. */
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')
