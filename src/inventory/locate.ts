// From a path in the data back to the place in the YAML file.
import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair } from 'yaml'

/** Keys and indices from the root of the document. */
export type Path = readonly PropertyKey[]

/** `line:column`, both from 1, of the value at a path, or of its key; of the nearest thing around it where it is absent. */
export function locate(
  doc: Document,
  lines: LineCounter,
  path: Path,
  what: 'key' | 'value' = 'value',
): { line: number; col: number } {
  let node = follow(doc, doc.contents)
  let offset = node?.range?.[0] ?? 0
  for (const [depth, step] of path.entries()) {
    if (isMap(node)) {
      const pair: Pair | undefined = node.items.find(
        item => String(isScalar(item.key) ? item.key.value : item.key) === String(step),
      )
      if (!pair) break
      const key = pair.key as Node | null
      const value = pair.value as Node | null
      const wanted = what === 'key' && depth === path.length - 1 ? key : (value ?? key)
      offset = wanted?.range?.[0] ?? offset
      node = follow(doc, value)
    } else if (isSeq(node)) {
      const item = node.items[Number(step)] as Node | undefined
      if (!item) break
      offset = item.range?.[0] ?? offset
      node = follow(doc, item)
    } else break
  }
  return lines.linePos(offset)
}

/** An alias stands for the node it names. */
const follow = (doc: Document, node: Node | null): Node | null => (isAlias(node) ? (node.resolve(doc) ?? null) : node)
