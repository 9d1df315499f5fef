// What devices print of their groups at run time: tables of rows, or blocks of indented lines. Finds it in any text.
import type { GroupState, Protocol } from '../model/device.ts'

/**
 * One kind of output, as the platform prints it. The expressions see one line without the blanks at its end; `row`, `also`
 * and `skip` see a whole row, its lines joined by single blanks.
 */
export interface StateTable {
  /** The command that prints it. */
  readonly command: string
  readonly protocol: Protocol
  /** A part of the header, looked for first: configurations are long, and most have no such table. */
  readonly hint: string
  /** The line above the rows; for a block, its first line. */
  readonly header: RegExp
  /** Begins a row. Captures `interface` and, unless the line is wrapped behind it, `group`. */
  readonly starts: RegExp
  /** A further line of the same row. */
  readonly goesOn: RegExp
  /** Captures `state` besides; and where it is printed `mark`, `family`, `priority`, `active`, `standby` and `virtual`. */
  readonly row: RegExp
  /** More captures of a block, whose lines come in no fixed order. */
  readonly also?: readonly RegExp[]
  /** Rows that say nothing of the group as a whole, such as the forwarders of GLBP. */
  readonly skip?: RegExp
  /** By the printed word, in lower case. */
  readonly states: Readonly<Record<string, GroupState>>
}

/** HSRP and GLBP (RFC 2281, 5.1). Who speaks, listens or learns does not forward; `disabled` never ran. */
export const hsrpStates: StateTable['states'] = {
  active: 'active',
  standby: 'standby',
  listen: 'listen',
  speak: 'listen',
  init: 'init',
  initial: 'init',
  learn: 'init',
  disabled: 'init',
}

/** VRRP (RFC 5798, 6.4; RFC 9568 says active for master). */
export const vrrpStates: StateTable['states'] = {
  master: 'active',
  primary: 'active',
  active: 'active',
  backup: 'standby',
  init: 'init',
  initialize: 'init',
  disabled: 'init',
}

/** An interface as rows print it, and whether the line ends behind it or goes on with the group. */
export const rowStart = /^[ *#]*(?<interface>[A-Za-z][A-Za-z-]*\d[\d/.:]*)(?:$|\s+[*#]*(?<group>\d{1,4})\s)/
/** The rest of a row that was too long: it begins with a number, an address, or what stands in place of one. */
export const rowWrapped = /^\s+(?:\d|[\da-f.]*:|\(|local\b|unknown\b)/i
/** Any line that is indented. */
export const indented = /^\s/

/** One row as it was found. */
export interface Printed {
  readonly table: StateTable
  readonly line: number
  readonly text: string
  /** What the row captures; only `interface` and `group` of a row that cannot be read. */
  readonly words: Readonly<Record<string, string | undefined>>
}

/** Operational output, and the text around it. */
export interface Output {
  readonly printed: readonly Printed[]
  /** The lines it takes, numbered from 1. */
  readonly lines: readonly number[]
  /** The text with those lines blank: every other line keeps its number. */
  readonly rest: string
}

const LEGEND = /^\s*(?:\*:IPv6 group|P indicates configured to preempt|\|$)/
const RULE = /^[\s-]*-[\s-]*$/
/** Rows of more lines, and longer lines, are none of a table. */
const MOST_LINES = 60
const LONGEST = 400

/** Finds the output of the commands in `tables`. Never throws on any text. */
export function stateIn(tables: readonly StateTable[], text: string): Output {
  // A large text is searched once for each hint.
  const hinted = new Map<string, boolean>()
  for (const { hint } of tables) if (!hinted.has(hint)) hinted.set(hint, text.includes(hint))
  const likely = tables.filter(t => hinted.get(t.hint))
  if (likely.length === 0) return { printed: [], lines: [], rest: text }
  const all = text.split('\n')
  const printed: Printed[] = []
  const taken = new Set<number>()
  /** The kinds whose header came last. Several may share one; then the row tells. */
  let open: readonly StateTable[] = []
  let row: { readonly at: number; readonly parts: string[] } | undefined
  let begun = false
  const flush = () => {
    if (row) printed.push(...rowOf(open, row.at + 1, row.parts.join(' ')))
    row = undefined
  }
  const end = () => {
    flush()
    open = []
  }
  // What follows the last line end is no line.
  const count = all.at(-1) === '' ? all.length - 1 : all.length
  for (let at = 0; at < count; at++) {
    const line = (all[at] as string).trimEnd()
    if (line.length > LONGEST) {
      end()
      continue
    }
    const headed = likely.filter(t => t.header.test(line))
    if (headed.length > 0) {
      end()
      open = headed
      begun = false
      taken.add(at)
      for (let above = at - 1; above >= 0 && LEGEND.test((all[above] as string).trimEnd()); above--) taken.add(above)
    }
    if (open.length === 0) continue
    if (open.some(t => t.starts.test(line))) {
      flush()
      row = { at, parts: [line.trim()] }
      begun = true
    } else if (row && row.parts.length < MOST_LINES && line !== '' && open.some(t => t.goesOn.test(line))) {
      row.parts.push(line.trim())
    } else if (headed.length === 0 && (begun || (line !== '' && !RULE.test(line)))) {
      end()
      continue
    }
    taken.add(at)
  }
  end()
  const rest = all.map((line, at) => (taken.has(at) ? ' ' : line)).join('\n')
  return { printed, lines: Array.from(taken, at => at + 1).sort((a, b) => a - b), rest }
}

function rowOf(tables: readonly StateTable[], line: number, text: string): Printed[] {
  for (const table of tables) {
    if (table.skip?.test(text)) return []
    const words = table.row.exec(text)?.groups
    if (!words) continue
    const more = (table.also ?? []).map(expression => expression.exec(text)?.groups)
    return [{ table, line, text, words: Object.assign({}, words, ...more) }]
  }
  const [table, ...others] = tables
  const words = table?.starts.exec(text)?.groups
  return table && words?.group !== undefined && others.length === 0 ? [{ table, line, text, words }] : []
}
