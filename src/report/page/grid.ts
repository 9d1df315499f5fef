// A table of the page: ordered by its headings, searched, and as long as it has to be.
import type { Item } from '../view/query.ts'
import { type Order, ordered, rowView, type Table, tableView } from '../view/table.ts'
import { build } from './build.ts'
import { bodies, rolling } from './rolling.ts'
import type { Section } from './sections.ts'

export interface Grid extends Section {
  /** Orders the rows; null for the order of the result. */
  sort(order: Order | null): void
}

/** Puts a table into its place. `number` is what its heading counts, where that is not rows. */
export function grid<Row>(id: string, table: Table<Row>, rows: readonly Row[], itemOf: (row: Row) => Item, number: number): Grid {
  const parent = document.getElementById(`list-${table.id}`) ?? document.createElement('div')
  let fitting = rows
  let shown = rows
  let order: Order | null = null
  let anchors = new Map<string, number>()
  const element = build(tableView(table, rows.length, order, true, null))
  parent.replaceChildren(element)
  const list = rolling<Row>(element, {
    ...{ ...bodies(table.columns.length), size: 40, height: 90 },
    row: (row, n) => build(rowView(table, row, n, true)),
  })
  const show = () => {
    shown = ordered(table, fitting, order)
    anchors = new Map()
    shown.forEach((row, n) => {
      const anchor = table.anchor(row)
      if (anchor !== null) anchors.set(anchor, n)
    })
    element.setAttribute('aria-rowcount', `${shown.length + 1}`)
    list.update(shown)
  }
  show()
  return {
    id,
    total: number,
    filter(fits) {
      fitting = fits ? rows.filter(row => fits(itemOf(row))) : rows
      show()
      return fits ? fitting.length : number
    },
    sort(next) {
      if (next?.column === order?.column && next?.down === order?.down) return
      order = next
      const fresh = build(tableView(table, shown.length, order, true, null))
      const [before, after] = [element.querySelector('thead'), fresh.querySelector('thead')]
      const focused = (document.activeElement as HTMLElement | null)?.dataset.sort
      if (before && after) before.replaceWith(after)
      if (focused && element.querySelector('thead'))
        element.querySelector<HTMLElement>(`[data-sort="${CSS.escape(focused)}"]`)?.focus()
      show()
    },
    reach: anchor => list.reach(anchors.get(anchor) ?? -1),
    all: () => list.all(),
    renew: () => list.renew(),
  }
}
