// What became of each line: exactly one class, the strongest that anything said of it.
import type { LineCounts } from '../model/device.ts'
import type { Context } from './facts.ts'
import type { LineClass } from './layout.ts'

const CLASSES: readonly LineClass[] = ['unmodelled', 'ignored', 'understood', 'unrecognized']
/** Classes as numbers, weakest first. */
export const UNMODELLED = 0
export const IGNORED = 1
export const UNDERSTOOD = 2
export const UNRECOGNIZED = 3

export interface Ledger {
  mark(line: number, as: number): void
  /** Marks a line as unrecognized, and remembers the interface it stands in. */
  complain(line: number, context: Context): void
  /** Runs `work` and returns the class it gave to `line`, whatever the line was before. */
  during(line: number, work: () => void): LineClass
  classOf(line: number): LineClass
  tally(total: number): LineCounts
  readonly complaints: ReadonlyMap<number, string | null>
}

/** The number of a class by its name. */
export const rankOf = (as: LineClass): number => CLASSES.indexOf(as)

/** An empty ledger, sized for a text of `length` characters. */
export function openLedger(length: number): Ledger {
  let classes = new Uint8Array(Math.max(1024, length >> 4))
  const complaints = new Map<number, string | null>()
  const mark = (line: number, as: number) => {
    if (line >= classes.length) {
      const longer = new Uint8Array(line * 2)
      longer.set(classes)
      classes = longer
    }
    if (as > (classes[line] as number)) classes[line] = as
  }
  return {
    mark,
    complaints,
    complain(line, context) {
      const where = context.interface ?? null
      const before = complaints.get(line)
      // One line may speak for several interfaces (a Junos group); then it could concern any.
      if (before === undefined) complaints.set(line, where)
      else if (before !== where) complaints.set(line, null)
      mark(line, UNRECOGNIZED)
    },
    during(line, work) {
      mark(line, UNMODELLED)
      const before = classes[line] as number
      classes[line] = UNMODELLED
      work()
      const became = classes[line] as number
      mark(line, before)
      return CLASSES[became] as LineClass
    },
    classOf: line => CLASSES[classes[line] ?? UNMODELLED] as LineClass,
    tally(total) {
      const counts = [0, 0, 0, 0]
      for (let line = 1; line <= total; line++) counts[classes[line] as number] = (counts[classes[line] as number] as number) + 1
      const [unmodelled = 0, ignored = 0, understood = 0, unrecognized = 0] = counts
      return { total, understood, ignored, unmodelled, unrecognized }
    },
  }
}

/** The classes of all lines: those of operational output are understood, and `refused` ones are not after all. */
export function recount(
  { lines, classOf }: { readonly lines: LineCounts; readonly classOf: (line: number) => LineClass },
  output: readonly number[],
  refused: number,
): LineCounts {
  const counts = { ...lines }
  for (const line of output) {
    counts[classOf(line)]--
    counts.understood++
  }
  counts.understood -= refused
  counts.unrecognized += refused
  return counts
}
