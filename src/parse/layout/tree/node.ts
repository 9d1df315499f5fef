// The tree that brace text and set lines both turn into: one node per word.

/** What became of a statement so far; see LineClass. */
export type Rank = 0 | 1 | 2

export interface Node {
  readonly word: string
  /** Where it was first named. */
  readonly line: number
  /** Lines of the statements that end here, and of the brace that closes them. */
  lines: number[] | undefined
  children: Map<string, Node> | undefined
  /** Those of its children that stand for any name that fits: `<irb*>`. */
  patterns: Node[] | undefined
  inactive: boolean
  /** The device lets nobody change it. */
  guarded: boolean
  /** The device says that it does not take effect. */
  idle: boolean
  /** The line of a statement that ends here; others may go on from here all the same. */
  ended: number | undefined
  /** Something inside was deleted, so it may be a statement of its own now: `address A` without its groups. */
  emptied: boolean
  /** Undefined until the statement was handed over. */
  rank: Rank | undefined
}

export const newNode = (word: string, line: number): Node => ({
  word,
  line,
  lines: undefined,
  children: undefined,
  patterns: undefined,
  inactive: false,
  guarded: false,
  idle: false,
  ended: undefined,
  emptied: false,
  rank: undefined,
})

const isPattern = (word: string) => word.length > 2 && word.charCodeAt(0) === 60 && word.endsWith('>')

/** The child with this name; added when there is none. */
export function grow(parent: Node, word: string, line: number): Node {
  parent.children ??= new Map()
  const found = parent.children.get(word)
  if (found) return found
  const child = newNode(word, line)
  attach(parent, child)
  return child
}

function attach(parent: Node, child: Node): void {
  parent.children ??= new Map()
  parent.children.set(child.word, child)
  if (isPattern(child.word)) (parent.patterns ??= []).push(child)
}

/** The node at the end of a path. */
export function find(root: Node, words: readonly string[]): Node | undefined {
  let at: Node | undefined = root
  for (const word of words) at = at?.children?.get(word)
  return at
}

const KEYWORD = /^[a-z][a-z0-9-]*$/
/** Whether a path leads to a statement by beginnings of its keywords, as a person types them. */
export function isShort(root: Node, [word, ...rest]: readonly string[]): boolean {
  if (word === undefined) return true
  const same = root.children?.get(word)
  if (same && isShort(same, rest)) return true
  if (!KEYWORD.test(word)) return false
  return [...(root.children?.values() ?? [])].some(
    child => child !== same && KEYWORD.test(child.word) && child.word.startsWith(word) && isShort(child, rest),
  )
}

/** Whether a path leads into a statement that is guarded; `whole`: or to one that holds such a statement. */
export function isGuarded(root: Node, words: readonly string[], whole: boolean): boolean {
  let at: Node | undefined = root
  for (const word of words) {
    at = at?.children?.get(word)
    if (at?.guarded) return true
  }
  return whole && at !== undefined && holdsGuarded(at)
}
const holdsGuarded = (node: Node): boolean => node.guarded || [...(node.children?.values() ?? [])].some(holdsGuarded)

/** Takes a child out; the parent remembers that it lost one. */
export function detach(parent: Node, child: Node): void {
  parent.children?.delete(child.word)
  parent.patterns = parent.patterns?.filter(p => p !== child)
  parent.emptied = true
}

/** Puts a copy of `source`, with all it holds, into `parent` under another name. */
export function copyInto(parent: Node, source: Node, word: string, line: number): Node {
  const copy: Node = {
    ...newNode(word, line),
    lines: source.lines && [line],
    ended: source.ended && line,
    inactive: source.inactive,
    idle: source.idle,
    emptied: source.emptied,
  }
  attach(parent, copy)
  for (const child of source.children?.values() ?? []) copyInto(copy, child, child.word, line)
  return copy
}

/** The statements that are in force inside a node. */
export function* active(node: Node | undefined): Generator<Node> {
  for (const child of node?.children?.values() ?? []) if (!child.inactive) yield child
}

/** The child of this name, if it is in force. */
export const activeChild = (node: Node | undefined, word: string): Node | undefined => {
  const child = node?.children?.get(word)
  return child?.inactive ? undefined : child
}

/**
 * Whether a place stays although nothing in it is handed over: it lost something, or holds only what is switched off and
 * statements that are `unsaid`. `interface irb.10` is listed when all of it is a `no-listen` that was deactivated.
 */
export const isThere = ({ emptied, children }: Node, unsaid: readonly (string | undefined)[]): boolean =>
  emptied || [...(children?.values() ?? [])].some(child => child.inactive || unsaid.includes(child.word))
