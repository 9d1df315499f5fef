// Junos and its like: statements in braces, or one path per line behind `set`, or both in one text.
import type { Layout } from '../layout.ts'
import { build } from './tree/build.ts'
import { active, activeChild, type Node } from './tree/node.ts'
import type { TreeOptions } from './tree/options.ts'
import { classify, walk } from './tree/walk.ts'

/**
 * Reads a hierarchy of statements. Text becomes a tree of words; `delete`, `inactive:` and the rest are carried out on
 * it; every path that is in force is then handed over whole, inherited statements before those that stand in the place
 * itself. Line numbers start at 1 and refer to the text as it stands.
 */
export const tree = (options: TreeOptions): Layout => ({
  read(text, emit) {
    const { changes, lines, incomplete, unlikely, closed } = build(text, options, emit)
    const cut = walk(changes.root, options, emit)
    classify(changes.root, emit, false)
    for (const node of changes.removed) classify(node, emit, true)
    const missing = incomplete ?? cut ?? severalIn(changes.root, options)
    // What is printed of a level alone begins with what stands in it, and no prompt need say so.
    const isTop = [options.first, options.groups?.keyword].some(word => changes.root.children?.has(word ?? ''))
    return { lines, incomplete: missing, unlikely, closed: closed && isTop && missing === null && unlikely === null }
  },
})

/** Why the text is more than one configuration; null when nothing speaks for that. */
function severalIn(root: Node, { alone = [], head }: TreeOptions): string | null {
  const values = alone.map(
    path => path.reduce<Node | undefined>((at, word) => at && activeChild(at, word), root)?.children?.size ?? 0,
  )
  const begun = [...active(activeChild(root, head ?? ''))].reduce((n, { lines }) => n + (lines?.length ?? 0), 0)
  const most = Math.max(begun, ...values)
  return most > 1 ? `the file holds ${most} configurations; store each in a file of its own` : null
}
