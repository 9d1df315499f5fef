// What is said of one finding in the log of a pipeline.
import { cutText, oneLine } from './brevity.ts'
import type { Concern } from './concern.ts'

/** Evidence beyond this says nothing new in an annotation. */
const MOST_EVIDENCE = 6
const LONGEST_LINE = 200

/** The message, and the lines it rests on with the devices they stand on. */
export function concernText({ message, evidence, accepted }: Concern): string {
  const lines = evidence
    .filter(e => e.text.trim() !== '')
    .map(e => cutText(oneLine(`${e.device}:${e.line} ${e.text}`), LONGEST_LINE))
  const more = lines.length - MOST_EVIDENCE
  return [
    oneLine(message),
    ...lines.slice(0, MOST_EVIDENCE),
    ...(more > 0 ? [`and ${more} more`] : []),
    ...(accepted === null ? [] : [`Accepted: ${oneLine(accepted)}`]),
  ].join('\n')
}

/** Those to show, and the number of accepted findings that are not: with `waived` they are shown, for information. */
export function quotable(concerns: readonly Concern[], waived: boolean) {
  const standing = concerns
    .filter(c => c.accepted === null || waived)
    .map(c => (c.accepted === null ? c : { ...c, level: 'info' as const }))
  return { standing, accepted: concerns.length - standing.length }
}
