// Tables: rows of patterns, compiled into a trie over their leading words.
import type { Context, Fact } from './facts.ts'
import { type Captures, compile, type Pattern } from './pattern.ts'
import { type Shortlist, shortlistOf } from './shortlist.ts'

/** A row that is recognised and says nothing the audit needs. */
export const ignore: unique symbol = Symbol('ignore')
/** A row whose statement means something that the model cannot express: it is reported as unrecognized. */
export const refuse: unique symbol = Symbol('refuse')

type Says<C> = (captures: C, context: Context) => Fact | readonly Fact[]
/** The same for a statement without others inside; `refuse` where its words mean something that the model cannot express. */
type SaysOrRefuses<C> = (captures: C, context: Context) => Fact | readonly Fact[] | typeof refuse
type Opens<C> = (captures: C, context: Context) => Context

/** A statement that contains others; its context is added to everything said inside it. */
export interface Scope<C> {
  readonly opens: Opens<C>
  readonly table: Table
  readonly says: Says<C> | undefined
}
type Row<C> = SaysOrRefuses<C> | Scope<C> | typeof ignore | typeof refuse
export type Rows<T> = { readonly [P in keyof T]: Row<Captures<P>> }

// biome-ignore lint/suspicious/noExplicitAny: a compiled table mixes rows of every capture type
export type AnyRow = Row<any>
export interface Entry {
  readonly pattern: Pattern
  readonly row: AnyRow
  /** Set once a statement has met this row; the contract test wants every row met. */
  met: boolean
}
export interface Table {
  readonly up: Table | undefined
  readonly next: Map<string, Table>
  readonly entries: Entry[]
  /** Every statement in here is ours: one that no row takes is reported, whatever it starts with. */
  whole: boolean
  /** The only row behind this keyword takes the rest of the line as it stands, so that need not be split. */
  verbatim: boolean
  /** Chooses among many entries. */
  shortlist: Shortlist<Entry> | undefined
  /** Some row's whole keyword ends here: what follows is ours to understand. */
  owns: boolean
  /** `owns`, here or anywhere on the way from the root. */
  owned: boolean
  /** Words that a person may type for one of `next`: beginnings of it, or other case. A device prints none of them. */
  readonly typed: Set<string>
  /** By the hash of two characters, whether some word of `next` may start so: rejects a line without looking a word up. */
  readonly initials: Uint8Array
}

const INITIALS = 1024
/** Where in `initials` a word with these first two characters is noted; a word of one character has NaN behind it. */
export const initialOf = (first: number, second: number): number => (first * 31 + (second > 32 ? second : 0)) & (INITIALS - 1)

const node = (up?: Table): Table => ({
  up,
  next: new Map(),
  entries: [],
  whole: false,
  verbatim: false,
  shortlist: undefined,
  owns: false,
  owned: false,
  typed: new Set(),
  initials: new Uint8Array(INITIALS),
})

/** Rows that several tables have in common, to be spread into each. */
export const part = <T>(source: Rows<T>): Rows<T> => source

/** Compiles rows. The left-hand side is the vendor's command reference; see pattern.ts. */
export function rows<T>(source: Rows<T>): Table {
  const root = node()
  for (const [text, row] of Object.entries(source) as [string, AnyRow][]) {
    const pattern = compile(text)
    let at = root
    for (const word of pattern.owned) {
      let next = at.next.get(word)
      if (!next) at.next.set(word, (next = node(at)))
      note(at, word)
      at = next
    }
    at.owns = true
    at.entries.push({ pattern, row, met: false })
  }
  finish(root, false)
  return root
}

/** An abbreviation shorter than this could be of anything. */
const SHORTEST = 3
/** From this length on, even a whole part of a compound is meant for the compound: `helper` for `helper-address`. */
const WHOLE = 6

function note(table: Table, word: string): void {
  for (const spelling of [word, word.toUpperCase(), `${word.charAt(0).toUpperCase()}${word.slice(1)}`])
    table.initials[initialOf(spelling.charCodeAt(0), spelling.charCodeAt(1))] = 1
  // `mac` is a word of its own beside `mac-address`; `help` is none beside `helper-address`.
  for (let length = SHORTEST; length < word.length; length++)
    if (word[length] !== '-' || length >= WHOLE) table.typed.add(word.slice(0, length))
}

/** True for a word that is not in the table and reads like a hand-written form of one that is. */
export const isTyped = (table: Table, word: string): boolean =>
  table.typed.has(word) ||
  (word !== word.toLowerCase() && (table.next.has(word.toLowerCase()) || table.typed.has(word.toLowerCase())))

function finish(table: Table, owned: boolean): void {
  table.shortlist = shortlistOf(table.entries)
  const [only, ...others] = table.entries
  table.verbatim = only?.pattern.verbatim === true && others.length === 0 && table.next.size === 0
  table.owned = owned || table.owns
  for (const next of table.next.values()) finish(next, table.owned)
}

/** A statement that opens a block. `says` states facts about the block itself (negated: the block is deleted). */
export const scope = <C, T>(opens: Opens<C>, inner: Rows<T>, says?: Says<C>): Scope<C> => ({
  opens,
  table: rows(inner),
  says,
})

/** A block whose vocabulary the rows hold completely: any other statement inside it is reported as unrecognized. */
export function wholeScope<C, T>(opens: Opens<C>, inner: Rows<T>, says?: Says<C>): Scope<C> {
  const block = scope(opens, inner, says)
  block.table.whole = true
  return block
}

export const isScope = (row: AnyRow): row is Scope<unknown> => typeof row === 'object'

/** All rows of a table and of the tables inside it, with their full pattern. */
export function* entriesOf(table: Table, path = ''): Generator<{ source: string; entry: Entry }> {
  for (const entry of table.entries) {
    const source = `${path}${entry.pattern.source}`
    yield { source, entry }
    if (isScope(entry.row)) yield* entriesOf(entry.row.table, `${source} > `)
  }
  for (const next of table.next.values()) yield* entriesOf(next, path)
}
