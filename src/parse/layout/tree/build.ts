// From text to the tree: brace statements, lines of commands, and the session they may have been copied from.
import type { Emit } from '../../layout.ts'
import { type Changes, changes } from './change.ts'
import { type Node, newNode } from './node.ts'
import type { TreeOptions } from './options.ts'
import { prints, restOfCommand } from './session.ts'
import { add, endsOpen, isTagged, openList, pathsOf, pending, restOfLine, TAGS } from './statement.ts'
import { CLOSE, END, LINE_END, LIST, OPEN, STOP, scan, UNLIST, WORD } from './tokens.ts'

/** Braces nested deeper than this are counted and not read. */
const DEEPEST = 48

export interface Built {
  readonly changes: Changes
  readonly lines: number
  readonly incomplete: string | null
  /** Why it hardly is a whole configuration, although nothing in it is broken; null when nothing says so. */
  readonly unlikely: string | null
  /** True when the text shows where it ends: its braces are closed, or the prompt follows. */
  readonly closed: boolean
}

const cutOff = (line: number) => `the statement on line ${line} is cut off`

export function build(text: string, options: TreeOptions, emit: Emit): Built {
  /** Whether a comment says that the next statement does not take effect. */
  let idle = false
  const scanner = scan(text, (line, from) => {
    emit.mark(line, 'ignored')
    idle ||= options.idle?.test(text.slice(from, from + 200)) === true
  })
  const tree = changes(options, emit)
  const open: Node[] = []
  let base = tree.root
  let statement = pending()
  let broken: string | null = null
  const printed = prints(options)

  let lastCommand = 0
  /** Whether an empty prompt is the last thing there is. */
  let prompted = false
  /** The first word of the last statement at the top. */
  let lastTop: string | undefined
  /** The words of `[edit interfaces irb]` above a prompt. */
  let level: readonly string[] = []
  /** Whether something else than the configuration was shown behind the last command. */
  let followed = false
  const command = (word: string, line: number, typed = false) => {
    followed = false
    // Behind a line that was typed stands what the device answered.
    const { words, more } = typed ? { words: restOfLine(scanner).words, more: 0 } : restOfCommand(scanner, options)
    const paths = pathsOf(words)
    lastCommand = line + more
    tree.run(word, paths, line)
    if (more > 0) emit.mark(line, 'unrecognized', paths[0]?.slice(0, 1))
    statement = pending()
  }
  /** A prompt with what was typed behind it. */
  const session = (prompt: string, line: number) => {
    emit.mark(line, 'ignored')
    const { line: since, words: left } = statement
    statement = pending()
    base = tree.root
    const kind = scanner.nextInLine()
    prompted = kind === LINE_END || kind === STOP
    if (prompted && lastTop !== undefined && lastCommand === 0 && left.length > 0) broken ??= cutOff(since)
    if (prompted) return
    if (kind !== WORD) return scanner.skipLine()
    const first = scanner.word()
    if (prompt.endsWith('#') && tree.isCommand(first)) return command(first, line, true)
    const typed = [first, ...pathsOf(restOfLine(scanner).words).flat()]
    const shown = printed.see(prompt, typed, level, line)
    followed = !shown
    if (!shown) return
    base = tree.put(tree.root, shown.level, line)
  }
  /** Inside of braces a statement stands on one line, but for lists: one that goes on lost its end. */
  const runOn = (line: number) => {
    if (open.length > 0 && statement.line !== line && !statement.listed) emit.mark(statement.line, 'unrecognized')
  }
  const finish = (opens: boolean, line: number) => {
    const { words, line: since } = statement
    statement = pending()
    let tags = 0
    while (TAGS.has(words[tags] as string)) tags++
    const paths = pathsOf(tags > 0 ? words.slice(tags) : words)
    const parent = open.at(-1) ?? base
    if (open.length >= DEEPEST) broken ??= `the braces on line ${since} are nested deeper than can be followed`
    if (open.length >= DEEPEST || !paths[0]?.length) {
      if (opens) open.push(newNode('', since))
      return
    }
    if (opens && paths.length > 1) emit.mark(since, 'unrecognized')
    if (parent === tree.root) lastTop = paths[0][0]
    for (const path of paths) {
      const node = tree.put(parent, path, since)
      ;(node.lines ??= []).push(since)
      if (!opens) node.ended = since
      if (line !== since) node.lines.push(line)
      node.idle ||= idle
      for (let i = 0; i < tags; i++) tree.tag(words[i] as string, parent, path)
      if (opens && path === paths[0]) open.push(node)
    }
    idle = false
  }
  for (let kind = scanner.next(true); kind !== STOP; kind = scanner.next(statement.words.length === 0)) {
    const line = scanner.line()
    const top = open.length === 0
    // At the top a line without a brace or a semicolon is none of the configuration, unless a brace opens the next.
    const stray = top && statement.words.length > 0 && !statement.list && statement.line < line && !isTagged(statement)
    if (kind !== LINE_END) prompted = false
    switch (kind) {
      case WORD: {
        const word = scanner.word()
        const begins = statement.words.length === 0 || stray
        if ((scanner.flush() || (top && begins)) && tree.isCommand(word) && !endsOpen(scanner.rest())) {
          if (!top) broken ??= `braces are still open where line ${line} gives a command`
          open.length = 0
          command(word, line)
        } else if (
          (top && begins && options.prompt.test(word)) ||
          (scanner.flush() && word.includes('@') && options.prompt.test(word))
        ) {
          if (!top) broken ??= `braces are still open where line ${line} shows a prompt`
          open.length = 0
          session(word, line)
        } else {
          if (stray) statement = pending()
          if (isTagged(statement)) {
            // `replace:` may stand on a line of its own.
            if (statement.words.length > 0 && statement.line !== line) emit.mark(statement.line, 'ignored')
            statement.line = line
          } else runOn(line)
          add(statement, word)
        }
        break
      }
      case LIST:
        if (statement.words.length > 0 && !stray) openList(statement)
        else {
          if (stray) statement = pending()
          emit.mark(line, 'ignored')
          if (!followed && /^abort\]/.test(scanner.rest())) broken ??= `the output was stopped at the pager on line ${line}`
          level = (/^edit ([^\]]*)\]/.exec(scanner.rest())?.[1] ?? '').split(' ').filter(Boolean)
          scanner.skipLine()
        }
        break
      case UNLIST:
        statement.list = undefined
        break
      case OPEN:
        if (statement.words.length > 0) {
          runOn(line)
          finish(true, line)
        } else if (!top) open.push(newNode('', line))
        else {
          // `{master:0}` above a prompt.
          emit.mark(line, 'ignored')
          scanner.skipLine()
        }
        break
      case END:
        if (statement.words.length > 0) finish(false, line)
        break
      case CLOSE: {
        if (statement.words.length > 0) {
          runOn(line)
          finish(false, line)
        }
        const node = open.pop()
        if (!node) broken ??= `line ${line} closes a brace that none before it opened`
        else if (node.word !== '') node.lines?.push(line)
        break
      }
    }
  }
  tree.settle()
  const last = open.at(-1)
  if (!last && lastCommand === 0) {
    if (!prompted && statement.words.length > 0 && !text.endsWith('\n')) broken ??= cutOff(statement.line)
    else if (lastTop === undefined && printed.doubt() === null) broken ??= 'it holds no statement'
  }
  const brace = last?.lines?.[0] ?? last?.line
  if (last)
    broken ??= statement.words.length > 0 ? cutOff(statement.line) : `the brace that opens on line ${brace} is never closed`
  const end = lastCommand === 0 ? (lastTop ?? '') : ''
  if (options.openings.has(end)) broken ??= `it ends behind "${end}", which says nothing by itself`
  if (lastCommand > 0 && lastCommand === scanner.lines() && !text.endsWith('\n')) broken ??= 'its last line may be cut off'
  broken ??= printed.doubt()
  return {
    changes: tree,
    lines: scanner.lines(),
    incomplete: scanner.broken() ?? broken,
    unlikely: !prompted && options.early.has(end) ? `it ends behind "${end}", where a whole configuration goes on` : null,
    closed: prompted || followed || lastCommand === 0,
  }
}
