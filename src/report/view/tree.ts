// What the page is made of, as plain data: written out as HTML by the program, built as elements by the page itself. There is
// no way to put markup in: every string becomes a text node.

/** An element. `class` and other attributes keep their HTML names; false, null and undefined leave an attribute out. */
export interface Tree {
  readonly tag: string
  readonly attributes: Readonly<Record<string, Attribute>>
  readonly children: readonly Child[]
}
export type Attribute = string | number | boolean | null | undefined
/** What may stand inside an element; false, null and undefined are nothing. */
export type Child = Tree | string | number | false | null | undefined | readonly Child[]

/** An element with what stands inside it. */
export const el = (tag: string, attributes: Tree['attributes'] = {}, ...children: readonly Child[]): Tree => ({
  tag,
  attributes,
  children,
})

/** Text from outside: isolated, so that letters written from right to left cannot reorder what stands around them. */
export const foreign = (text: string, attributes: Tree['attributes'] = {}): Tree => el('bdi', attributes, text)

/** A place or a name in the letters of a configuration. */
export const code = (text: string): Tree => foreign(text, { class: 'code' })

/** A term and what it stands for, for use in a `dl`. */
export const fact = (term: string, ...value: readonly Child[]): Tree => el('div', {}, el('dt', {}, term), el('dd', {}, ...value))

/** A list where there is anything to list. */
export const list = (items: readonly Child[], attributes: Tree['attributes'] = {}, tag = 'ul'): Child =>
  items.length > 0 &&
  el(
    tag,
    attributes,
    items.map(item => el('li', {}, item)),
  )

/** A word with a symbol and a colour of its own. */
export const tag = (tone: string, symbol: string, label: string): Tree =>
  el('span', { class: `tag ${tone}` }, symbol !== '' && [el('span', { 'aria-hidden': 'true' }, symbol), ' '], label)
