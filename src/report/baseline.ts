// What `baseline check` says: which findings are new, and which entries have lost theirs.
import type { Comparison } from '../model/accepted.ts'
import type { Result } from '../model/result.ts'
import { wrap } from './columns.ts'
import { legibleText } from './legible.ts'
import type { TextContext } from './text.ts'
import { count } from './words.ts'

/** An audit against its baseline as text, ending with a newline. */
export function comparisonText(
  { fresh, stale }: Comparison,
  { summary, devices }: Pick<Result, 'summary' | 'devices'>,
  { paint, width }: TextContext,
  allowStale: boolean,
): string {
  const out: string[] = []
  for (const { severity, rule, fingerprint, message } of fresh)
    out.push(`${paint('red', 'new')} ${severity} ${paint('bold', rule)} ${paint('dim', fingerprint)}`, ...says(message, width))
  for (const { severity, rule, fingerprint, subject } of stale)
    out.push(
      `${paint('yellow', 'stale')} ${severity} ${paint('bold', legibleText(rule))} ${paint('dim', legibleText(fingerprint))}`,
      ...says(subject, width),
    )
  out.push(...wrap(`${count(fresh.length, 'finding is', 'findings are')} not in the baseline.`, width))
  if (stale.length > 0)
    out.push(
      ...wrap(
        `${count(stale.length, 'entry is', 'entries are')} stale: the finding is gone. ${allowStale ? 'That is allowed here.' : 'Run baseline prune, or allow it with --allow-stale.'}`,
        width,
      ),
    )
  out.push(...gaps(summary, devices).flatMap(sentence => wrap(sentence, width)))
  return `${out.join('\n')}\n`
}

const says = (text: string, width: number) => wrap(legibleText(text), width, '  ')

/** What was not judged has no finding, and is no reason to think that one is gone. */
export function gaps({ unknown, failed, duplicate, single, none }: Result['summary'], devices: Result['devices']): string[] {
  const cut = devices.filter(d => d.state === 'collected' && d.complete === false).length
  return [
    unknown > 0 ? `${count(unknown, 'verdict')} could not be given, which is not a pass.` : '',
    duplicate + single + none + unknown === 0 ? 'Nothing could be judged.' : '',
    failed + cut > 0 ? `${count(failed + cut, 'device')} could not be read, or not whole.` : '',
  ].filter(Boolean)
}
