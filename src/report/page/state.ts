// What the address of the page holds behind `#`: what is searched for, where the reader is, and how tables are ordered.
import type { Order } from '../view/table.ts'

export interface State {
  readonly query: string
  /** An anchor. */
  readonly at: string | null
  /** By table. */
  readonly orders: Readonly<Record<string, Order>>
}

/** Reads `#finding-1` and `#q=site:ams&at=finding-1&sort=segments:copies:down`. */
export function readState(hash: string): State {
  const text = hash.replace(/^#/, '')
  if (!/^(q|at|sort)=/.test(text)) return { query: '', at: text === '' ? null : decode(text), orders: {} }
  const parts = new URLSearchParams(text)
  const orders = parts.getAll('sort').map(sort => {
    const [table = '', column = '', way] = sort.split(':')
    return [table, { column, down: way === 'down' }] as const
  })
  return { query: parts.get('q') ?? '', at: parts.get('at'), orders: Object.fromEntries(orders) }
}

/** The address of a state, from `#`; a bare anchor where that is all there is. */
export function stateText({ query, at, orders }: State): string {
  const sorts = Object.entries(orders).map(([table, { column, down }]) => `${table}:${column}:${down ? 'down' : 'up'}`)
  if (query === '' && sorts.length === 0) return at === null ? '' : `#${at}`
  const parts = [
    ...(query === '' ? [] : [`q=${part(query)}`]),
    ...(at === null ? [] : [`at=${part(at)}`]),
    ...sorts.map(sort => `sort=${part(sort)}`),
  ]
  return `#${parts.join('&')}`
}

/** Encoded as little as possible: people read addresses. */
const part = (text: string) =>
  encodeURIComponent(text)
    .replace(/%3A/g, ':')
    .replace(/%2C/g, ',')
    .replace(/%2F/g, '/')
    .replace(/%2A/g, '*')
    .replace(/%20/g, '+')

const decode = (text: string) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
