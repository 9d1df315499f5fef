// Builds a tree as elements. Text goes into text nodes and attributes, never through a parser.
import { legibleText } from '../legible.ts'
import type { Child, Tree } from '../view/tree.ts'

const SVG = 'http://www.w3.org/2000/svg'

/** An element for a tree. */
export function build(tree: Tree, within: string | null = null): HTMLElement {
  const space = tree.tag === 'svg' ? SVG : within
  const element = space === null ? document.createElement(tree.tag) : document.createElementNS(space, tree.tag)
  for (const [name, value] of Object.entries(tree.attributes))
    if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value === true ? '' : `${value}`)
  append(element, tree.children, space)
  return element as HTMLElement
}

/** Puts children into an element, behind what is there. */
export function append(parent: Element, children: Child, space: string | null = null): void {
  if (children === false || children === null || children === undefined) return
  if (typeof children === 'string' || typeof children === 'number')
    parent.append(document.createTextNode(legibleText(`${children}`)))
  else if (isList(children)) for (const child of children) append(parent, child, space)
  else parent.append(build(children, space))
}

const isList = (child: Tree | readonly Child[]): child is readonly Child[] => Array.isArray(child)
