// Writes a tree as HTML.
import { legibleText } from '../legible.ts'
import type { Child } from './tree.ts'

const VOID: ReadonlySet<string> = new Set(['meta', 'br', 'col', 'input', 'link', 'hr'])
const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#x27;',
  '`': '&#x60;',
  '=': '&#x3D;',
}

/** Text as it may stand anywhere in HTML, in elements and in quoted attributes. */
export const escaped = (text: string): string => legibleText(text).replace(/[&<>"'`=]/g, c => ENTITIES[c] ?? c)

/** HTML for a tree. Text is escaped and made legible; names of elements and attributes are the program's own. */
export function markup(child: Child): string {
  if (child === false || child === null || child === undefined) return ''
  if (typeof child === 'string') return escaped(child)
  if (typeof child === 'number') return `${child}`
  if (isList(child)) return child.map(markup).join('')
  const { tag, attributes, children } = child
  const own = Object.entries(attributes)
    .filter(([, value]) => value !== false && value !== null && value !== undefined)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(`${value}`)}"`))
  return `<${tag}${own.join('')}>${VOID.has(tag) ? '' : `${children.map(markup).join('')}</${tag}>`}${BREAK.has(tag) ? '\n' : ''}`
}

/** Elements that end a line of the file, for whoever reads it. */
const BREAK: ReadonlySet<string> = new Set(['article', 'section', 'tr', 'li', 'p', 'h1', 'h2', 'h3', 'div', 'meta'])

const isList = (child: Exclude<Child, string | number | false | null | undefined>): child is readonly Child[] =>
  Array.isArray(child)
