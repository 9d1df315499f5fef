// What has changed since the last run, in sentences: the reason to tell anybody.
import type { Compared, Remembrance, RunLine } from '../model/history.ts'
import { isWorse } from '../model/weight.ts'

/** More names than this tell nobody anything. */
const MOST = 5

/** Every change, one sentence each. The first run has nothing to be held against: it has changed something if it found something. */
export function changesBetween(before: Remembrance, line: RunLine, compared: readonly Compared[]): string[] {
  const last = before.runs.at(-1)
  const standing = compared.filter(c => c.waived === null)
  const fresh = standing.filter(c => c.status === 'new').length
  const changes = fresh > 0 ? [`${number(fresh, 'new finding')}`] : []
  if (!last) return changes
  const resolved = standing.filter(c => c.status === 'resolved').length
  if (resolved > 0) changes.push(`${number(resolved, 'finding')} resolved`)
  const again = standing.filter(c => c.status === 'standing' && (before.open.get(c.fingerprint)?.waived ?? null) !== null).length
  if (again > 0) changes.push(`${number(again, 'finding')} no longer accepted`)
  const worse = standing.filter(c => {
    const known = c.status === 'standing' ? before.open.get(c.fingerprint) : undefined
    return known !== undefined && isWorse(c, known)
  }).length
  if (worse > 0) changes.push(`${number(worse, 'finding')} more severe, or of more copies, than before`)
  if (last.exit_code !== line.exit_code) changes.push(`exit code ${line.exit_code}, and it was ${last.exit_code}`)
  const [then, now] = [new Set(last.failed), new Set(line.failed)]
  const lost = line.failed.filter(d => !then.has(d))
  if (lost.length > 0) changes.push(`not read: ${names(lost)}`)
  const back = last.failed.filter(d => !now.has(d))
  if (back.length > 0) changes.push(`no longer among those not read: ${names(back)}`)
  return changes
}

const number = (n: number, one: string): string => `${n} ${n === 1 ? one : `${one}s`}`
const names = (all: readonly string[]): string =>
  all.length > MOST ? `${all.slice(0, MOST).join(', ')} and ${all.length - MOST} more` : all.join(', ')
