// Tables: what stands in a column, and by what it is sorted.
import { type Child, el, type Tree } from './tree.ts'

export interface Column<Row> {
  readonly key: string
  readonly label: string
  readonly cell: (row: Row) => Child
  /** What rows are ordered by; null where there is no order. */
  readonly order: ((row: Row) => string | number) | null
  readonly class?: string
}

/** The first column names the row. */
export interface Table<Row> {
  readonly id: string
  readonly caption: string
  readonly columns: readonly Column<Row>[]
  /** The anchor of a row; null for none. */
  readonly anchor: (row: Row) => string | null
}

/** Which column rows are ordered by. */
export interface Order {
  readonly column: string
  readonly down: boolean
}

/** The table with its caption and headings; `bodies` hold the rows. `rows` is how many there are, shown or not. */
export function tableView<Row>(table: Table<Row>, rows: number, order: Order | null, live: boolean, bodies: Child): Tree {
  return el(
    'table',
    { 'class': table.id, 'id': `table-${table.id}`, 'aria-rowcount': live ? rows + 1 : null },
    el('caption', {}, table.caption),
    el(
      'colgroup',
      {},
      table.columns.map(c => el('col', { class: c.class })),
    ),
    el(
      'thead',
      {},
      el(
        'tr',
        { 'aria-rowindex': live ? 1 : null },
        table.columns.map(c => heading(c, order, live)),
      ),
    ),
    bodies,
  )
}

function heading<Row>({ key, label, order: by }: Column<Row>, order: Order | null, live: boolean): Tree {
  if (!live || by === null) return el('th', { scope: 'col' }, label)
  const sorted = order?.column === key ? (order.down ? 'descending' : 'ascending') : null
  return el(
    'th',
    { 'scope': 'col', 'aria-sort': sorted },
    el(
      'button',
      { 'type': 'button', 'class': 'sort', 'data-sort': key },
      label,
      el('span', { 'aria-hidden': 'true' }, sorted === null ? ' ↕' : sorted === 'ascending' ? ' ↑' : ' ↓'),
    ),
  )
}

/** One row; `n` counts from 0 over all rows. */
export function rowView<Row>(table: Table<Row>, row: Row, n: number, live: boolean): Tree {
  const [first, ...rest] = table.columns
  return el(
    'tr',
    { 'id': table.anchor(row), 'aria-rowindex': live ? n + 2 : null },
    first && el('th', { scope: 'row', class: first.class }, first.cell(row)),
    rest.map(c => el('td', { 'data-label': c.label, 'class': c.class }, el('div', {}, c.cell(row)))),
  )
}

/** The rows in the order of a column; equal ones stay as they were. */
export function ordered<Row>(table: Table<Row>, rows: readonly Row[], order: Order | null): readonly Row[] {
  const by = order && table.columns.find(c => c.key === order.column)?.order
  if (!order || !by) return rows
  const sign = order.down ? -1 : 1
  return rows
    .map(row => ({ row, key: by(row) }))
    .sort((a, b) => sign * compare(a.key, b.key))
    .map(({ row }) => row)
}

const collator = new Intl.Collator('en', { numeric: true })
const compare = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(`${a}`, `${b}`)
