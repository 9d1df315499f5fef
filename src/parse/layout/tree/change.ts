// What statements and commands do to the tree.
import type { Emit } from '../../layout.ts'
import { copyInto, detach, find, grow, isGuarded, isShort, type Node, newNode } from './node.ts'
import type { TreeOptions } from './options.ts'

/** Deeper than any configuration; what lies below is one word. */
const DEEPEST = 64

/** Commands that name statements; `up`, `top` and `exit` only move. */
export const COMMANDS: ReadonlySet<string> = new Set([
  'set',
  'delete',
  'deactivate',
  'activate',
  'protect',
  'unprotect',
  'edit',
  'rename',
  'copy',
  'insert',
  'wildcard',
  'replace',
  'annotate',
])
/** Commands that stand alone. */
const MOVES = new Set(['top', 'up', 'exit', 'quit'])

export interface Changes {
  readonly root: Node
  /** Statements that were taken out again; nothing in them is in force. */
  readonly removed: readonly Node[]
  /** Adds a path below `from`; returns its end. */
  put(from: Node, words: readonly string[], line: number): Node
  /** Carries out a mark in front of the statement at the end of a path below `from`: `inactive:`. */
  tag(mark: string, from: Node, words: readonly string[]): void
  isCommand(word: string): boolean
  /** Carries out a command on one or more paths. */
  run(command: string, paths: readonly (readonly string[])[], line: number): void
  /** Says what can only be said once the text is at its end. */
  settle(): void
}

export function changes(options: TreeOptions, emit: Emit): Changes {
  const root = newNode('', 0)
  const removed: Node[] = []
  const single = new Map(Object.entries(options.single ?? {}).map(([word, beside]) => [word, new Set(beside)]))
  const either = new Map((options.either ?? []).flatMap(([a, b]) => [[a, b] as const, [b, a] as const]))
  /** Levels that `edit` went down to. */
  const levels: (readonly string[])[] = []
  /** Statements that were to be switched off and were not there yet. */
  const early: { readonly words: readonly string[]; readonly line: number }[] = []

  const take = (parent: Node, child: Node) => {
    detach(parent, child)
    removed.push(child)
  }
  const add = (parent: Node, word: string, line: number): Node => {
    const beside = single.get(parent.word)
    if (beside && parent.children && !beside.has(word) && !parent.children.has(word)) {
      for (const other of [...parent.children.values()]) if (!beside.has(other.word)) take(parent, other)
    }
    const other = either.get(word)
    const rival = other === undefined ? undefined : parent.children?.get(other)
    if (rival) take(parent, rival)
    parent.emptied = false
    return grow(parent, word, line)
  }
  const put = (from: Node, words: readonly string[], line: number) => {
    let at = from
    let above = from
    const last = Math.min(words.length, DEEPEST)
    for (let i = 0; i < last; i++) {
      above = at
      at = add(at, i === DEEPEST - 1 ? words.slice(i).join(' ') : (words[i] as string), line)
    }
    // Said again, it is the last word on the matter; only the order in which groups are applied stays.
    if (!at.children && at !== above && above.word !== options.groups?.apply) {
      above.children?.delete(at.word)
      above.children?.set(at.word, at)
    }
    return at
  }
  const remove = (from: Node, words: readonly string[]) => {
    const parent = find(from, words.slice(0, -1))
    const child = parent?.children?.get(words.at(-1) ?? '')
    if (!parent || !child) return false
    take(parent, child)
    return true
  }
  /** `rename A B to C`: as many words at the end of the path are replaced as stand behind `to`. */
  const move = (words: readonly string[], keep: boolean, line: number) => {
    const to = words.lastIndexOf('to')
    const name = words.slice(to + 1)
    const source = words.slice(0, Math.max(to, 0))
    const place = source.slice(0, source.length - name.length)
    const node = find(root, source)
    if (to < 0 || name.length === 0 || name.length >= source.length || !node || find(root, [...place, ...name])) return false
    if (!keep) remove(root, source)
    copyInto(put(root, [...place, ...name.slice(0, -1)], line), node, name.at(-1) ?? '', line)
    return true
  }
  /** Whether anything is protected: the device then refuses to change it, with what that leaves of a whole change. */
  let guards = false
  const guard = (node: Node | undefined, on: boolean) => {
    if (node) node.guarded = on
    guards ||= on
  }
  const one = (command: string, words: readonly string[], line: number): boolean => {
    if (guards && !/^(un)?protect$/.test(command) && isGuarded(root, words, command === 'delete')) return false
    if (/^(delete|(de)?activate)$/.test(command) && !find(root, words) && isShort(root, words)) return false
    switch (command) {
      case 'set':
        for (const path of options.several?.(words) ?? [words]) {
          if (options.strays?.(path)) emit.mark(line, 'unrecognized', path)
          const node = put(root, path, line)
          ;(node.lines ??= []).push(line)
          node.ended = line
        }
        return true
      case 'delete':
        // Taking out what is not there changes nothing, on the device as here.
        emit.mark(line, remove(root, words) ? 'understood' : 'ignored')
        return words.length > 0
      case 'deactivate':
      case 'activate': {
        const node = find(root, words)
        if (node) node.inactive = command === 'deactivate'
        else if (command === 'deactivate') early.push({ words, line })
        emit.mark(line, node ? 'understood' : 'ignored')
        return words.length > 0
      }
      case 'rename':
      case 'copy':
        if (!move(words, command === 'copy', line)) return false
        emit.mark(line, 'understood')
        return true
      case 'protect':
      case 'unprotect': {
        const node = find(root, words)
        guard(node, command === 'protect')
        if (node) emit.mark(line, 'ignored')
        return node !== undefined
      }
      default:
        if (command === 'annotate') emit.mark(line, 'ignored')
        return command === 'annotate'
    }
  }
  const run: Changes['run'] = (command, paths, line) => {
    const level = levels.at(-1) ?? []
    for (const path of paths) {
      if (command === 'top') {
        const [next = '', ...words] = path
        const kept = levels.splice(0)
        if (COMMANDS.has(next)) run(next, [words], line)
        if (next !== '' && next !== 'edit') levels.push(...kept)
        emit.mark(line, 'ignored')
      } else if (command === 'exit' || command === 'quit') {
        levels.pop()
        emit.mark(line, 'ignored')
      } else {
        const words = options.spell?.([...level, ...path]) ?? [...level, ...path]
        if (command === 'edit') {
          levels.push(words)
          emit.mark(line, 'ignored')
        } else if (!one(command, words, line)) {
          // Where these lead is not known, nor what the lines behind `up` are about.
          const named = /^(wildcard|replace|up)$/.test(command) ? undefined : words
          emit.mark(line, 'unrecognized', named?.length ? named : undefined)
        }
      }
    }
  }
  const clear = (node: Node) => {
    for (const child of [...(node.children?.values() ?? [])]) take(node, child)
    node.emptied = false
  }
  return {
    root,
    removed,
    put,
    tag(mark, from, words) {
      const node = find(from, words)
      if (/^(un)?protect:$/.test(mark)) guard(node, mark === 'protect:')
      else if (mark === 'delete:') remove(from, words)
      else if (mark === 'replace:' && node) clear(node)
      else if (node && /^(in)?active:$/.test(mark)) node.inactive = mark === 'inactive:'
    },
    isCommand: word => COMMANDS.has(word) || (MOVES.has(word) && levels.length > 0),
    run,
    settle() {
      // Sorted lines put `deactivate` before the `set` it belongs to; a device would have refused it.
      for (const { words, line } of early) {
        const node = find(root, words)
        if (node && !node.inactive) emit.mark(line, 'unrecognized', words)
      }
    },
  }
}
