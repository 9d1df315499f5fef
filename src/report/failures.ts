// Which devices could not be collected, why, and what to do about it.
import { wrap } from './columns.ts'
import { legibleText } from './legible.ts'
import type { TextContext } from './text.ts'
import { count } from './words.ts'

/** A device that failed. */
export interface Failed {
  readonly device: string
  /** What went wrong; what to do about it. */
  readonly reason: string
  /** Equal for failures of one kind. */
  readonly kind: string
  /** Day of the earlier configuration that was kept; null where none was. */
  readonly kept: string | null
}

/** So many devices of one kind are told one by one. */
const SHOWN = 8
/** The widest column of names. */
const NAMES = 24

/** What to do where the reason itself does not say. */
const REMEDIES: Readonly<Record<string, string>> = {
  'timed-out': 'look at the device and its platform:, or raise ssh: { timeout: }',
  'hung-up': 'look at the device, and collect it again',
  'session': 'check platform:, and that SSH answers on this port',
  'incomplete': 'collect it again, and look at the device if it stays so',
}

/** A table: the device, what happened, and behind an arrow what to do. Failures of one kind stand together. */
export function failureLines(failures: readonly Failed[], { width, paint }: TextContext): string[] {
  if (failures.length === 0) return []
  const kinds = grouped(failures)
  const column = Math.min(NAMES, Math.max(6, ...failures.map(f => f.device.length)))
  const out = [paint('bold', `${'DEVICE'.padEnd(column)}  WHAT HAPPENED, AND WHAT TO DO`)]
  for (const group of [...kinds.values()].sort((a, b) => b.length - a.length)) {
    for (const failed of group.slice(0, SHOWN)) out.push(...row(failed, column, width))
    if (group.length > SHOWN) out.push(`${' '.repeat(column)}  and ${count(group.length - SHOWN, 'more device')} of this kind`)
  }
  return out
}

function row({ device, reason, kind, kept }: Failed, column: number, width: number): string[] {
  const split = reason.lastIndexOf('; ')
  const what = split < 0 ? reason : reason.slice(0, split)
  const advice = split < 0 ? REMEDIES[kind] : reason.slice(split + 2)
  const still = kept === null ? '' : `; the configuration of ${kept} was kept`
  const lines = wrap(legibleText(what + still), width - column - 2)
  const remedy = advice === undefined ? [] : wrap(`-> ${legibleText(advice)}`, width - column - 2)
  const name = legibleText(device)
  const head = name.length > column ? [name] : []
  return [
    ...head,
    ...[...lines, ...remedy].map((line, i) => `${(i === 0 && head.length === 0 ? name : '').padEnd(column)}  ${line}`.trimEnd()),
  ]
}

function grouped(failures: readonly Failed[]): Map<string, Failed[]> {
  const kinds = new Map<string, Failed[]>()
  for (const failed of failures) kinds.set(failed.kind, [...(kinds.get(failed.kind) ?? []), failed])
  return kinds
}
