// Offers statements to tables: finds the row that takes the words, states its facts, opens its scope.
import { displaced } from './displaced.ts'
import type { Context, Fact, Sink } from './facts.ts'
import { IGNORED, type Ledger, UNDERSTOOD } from './ledger.ts'
import { captured, match } from './pattern.ts'
import { choose } from './shortlist.ts'
import { walked } from './split.ts'
import { type Entry, ignore, isScope, refuse, type Scope, type Table } from './table.ts'

/** An open statement. */
export interface Frame {
  /** What may stand inside; undefined when nothing inside is ours. */
  readonly table: Table | undefined
  readonly context: Context
  /** The words so far of a statement that goes on in the lines below. */
  readonly pending: readonly string[]
  readonly line: number
  /** Something stood inside, one level deeper, or nothing has to. */
  fed: boolean
  /** In a file without indentation: the section this one stands in. */
  outer?: Frame
}

export const NOTHING: readonly string[] = []
export const TOP: Context = {}
/** A statement that nothing of ours can stand in. */
export const CLOSED: Frame = { table: undefined, context: TOP, pending: NOTHING, line: 0, fed: true }

export interface Offering {
  /** Returns the frame the words open (CLOSED for a leaf), or undefined when no row takes them. */
  offer(parent: Frame, words: readonly string[], from: number, line: number, negated: boolean): Frame | undefined
  /** Offers words as they stand, then without their negating first word. */
  consider(parent: Frame, words: readonly string[], line: number): Frame | undefined
  /** After an offer that found no row: whether the keyword is ours all the same, or was before a word broke it. */
  claimed(): boolean
  /** The lines on which the words of the next offer stand, for layouts that know. */
  places: readonly number[] | undefined
}

/** Makes the functions that offer; they share what the last offer found out. */
export function offering(negate: readonly string[], ledger: Ledger, sink: Sink): Offering {
  let claimed = false
  /** The words are a line: nothing but the scope that opens on it can take what stands behind. */
  let wholeLine = false
  /** The words are taken back by `default`: what counts then is what the device does by itself. */
  let reset = false
  const state = (facts: Fact | readonly Fact[], context: Context, line: number, negated: boolean) => {
    if (Array.isArray(facts)) for (const fact of facts as readonly Fact[]) sink(fact, context, line, negated, reset)
    else sink(facts as Fact, context, line, negated, reset)
  }

  const take = ({ row }: Entry, context: Context, line: number, negated: boolean): Frame => {
    if (row === ignore) ledger.mark(line, IGNORED)
    else if (row === refuse) ledger.complain(line, context)
    else {
      let said: Fact | readonly Fact[] | typeof refuse | undefined
      try {
        said = (row as (captures: unknown, context: Context) => typeof said)(captured(), context)
      } catch (error) {
        // A negated line may stop before its captures do, and not every row can do without them.
        if (!negated) throw error
      }
      if (said === undefined || said === refuse) ledger.complain(line, context)
      else {
        ledger.mark(line, UNDERSTOOD)
        state(said, context, line, negated)
      }
    }
    return CLOSED
  }

  const step = (parent: Frame, { opens, table, says }: Scope<unknown>, line: number) => {
    const captures = captured()
    const context = { ...parent.context, ...opens(captures, parent.context) }
    const inside: Frame = { table, context, pending: NOTHING, line, fed: true }
    const say = (at: number, negated: boolean) => {
      if (says) state(says(captures, context), context, at, negated)
    }
    return { inside, say }
  }

  const offer: Offering['offer'] = (parent, words, from, line, negated) => {
    const known = walked.words === words && walked.table === parent.table && from === 0
    let at = (known ? walked.node : parent.table) as Table
    let i = known ? walked.depth : from
    for (let next: Table | undefined; i < words.length && (next = at.next.get(words[i] as string)); i++) at = next
    const more = i === words.length && at.next.size > 0 && !at.owned
    let owns = false
    let entered = false
    let claimedInside = false
    for (let n: Table | undefined = at; n; n = n.up) {
      if (!n.owns) continue
      owns = true
      for (const entry of choose(n.shortlist, n.entries, words, from)) {
        // A block is taken back by its full name only; `no hsrp` names none.
        const used = match(entry.pattern, words, from, negated && !isScope(entry.row))
        if (used < 0) continue
        if (!isScope(entry.row)) {
          if (used !== words.length) continue
          entry.met = true
          return take(entry, parent.context, line, negated)
        }
        const { inside, say } = step(parent, entry.row, line)
        if (used === words.length) {
          entry.met = true
          ledger.mark(line, UNDERSTOOD)
          say(line, negated)
          return negated ? CLOSED : inside
        }
        const place = self.places?.[used - 1]
        if (place !== undefined && !negated) say(place, false)
        const frame = offer(inside, words, used, line, negated)
        entered = true
        claimedInside ||= claimed
        if (!frame) continue
        entry.met = true
        if (place === undefined && !negated) say(line, false)
        return frame
      }
    }
    claimed = entered
      ? claimedInside || wholeLine
      : owns ||
        parent.table?.whole === true ||
        // A path is split whatever its words are, so a short form is met only here.
        (self.places !== undefined && i < words.length && at.typed.has(words[i] as string)) ||
        displaced(parent.table as Table, words, from, i, i > from ? at : undefined)
    // `no feature`: nothing that the lines below could finish.
    if (negated && more) claimed = true
    if (!more || negated) return undefined
    return { table: parent.table, context: parent.context, pending: words.slice(from), line, fed: !claimed }
  }

  const self: Offering = {
    offer(parent, words, from, line, negated) {
      claimed = false
      wholeLine = reset = false
      return offer(parent, words, from, line, negated)
    },
    consider(parent, words, line) {
      claimed = reset = false
      wholeLine = parent.pending === NOTHING
      const first = words[0] as string
      const negated = parent.pending === NOTHING && negate.includes(first)
      // Something is taken back, and what it is was lost.
      if (negated && words.length === 1) claimed = true
      if (claimed) return undefined
      const frame = negated && !parent.table?.next.has(first) ? undefined : offer(parent, words, 0, line, false)
      if (!negated || frame?.fed) return frame
      reset = first === 'default'
      return offer(parent, words, 1, line, true)
    },
    claimed: () => claimed,
    places: undefined,
  }
  return self
}

/** The context of the scopes that take the first words of a path that is not recognised as a whole. */
export function contextOf(top: Frame, words: readonly string[]): Context {
  let frame = top
  for (let from = 0; from < words.length; ) {
    const entered = enter(frame, words, from)
    if (!entered) break
    frame = entered.frame
    from = entered.used
  }
  return frame.context
}

/** The innermost scope row of one table that takes the words from `from`. */
function enter(frame: Frame, words: readonly string[], from: number): { frame: Frame; used: number } | undefined {
  let at = frame.table as Table
  for (let i = from, next: Table | undefined; i < words.length && (next = at.next.get(words[i] as string)); i++) at = next
  for (let n: Table | undefined = at; n; n = n.up) {
    for (const { pattern, row } of n.entries) {
      if (!isScope(row)) continue
      const used = match(pattern, words, from, false)
      if (used <= from) continue
      const context = { ...frame.context, ...row.opens(captured(), frame.context) }
      return { frame: { ...frame, table: row.table, context }, used }
    }
  }
  return undefined
}
