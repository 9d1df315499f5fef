// What the YAML parser has to say, fit to be shown.
import { type Document, type LineCounter, visit } from 'yaml'

/** The sentence of an error of the parser. What it quotes of the file stands behind a colon, and may be a password. */
export const saidOf = (message: string): string =>
  (message.split('\n', 1)[0] ?? '').replace(/: .*$/, '').trim().replace(/[.:]$/, '')

/** A value that begins with an asterisk refers to an anchor; one that does not exist was meant as text. Null where there is none. */
export function strayAlias(doc: Document, lines: LineCounter): { line: number; col: number } | null {
  let at: number | undefined
  visit(doc, {
    Alias(_, alias) {
      if (alias.resolve(doc) !== undefined) return undefined
      at = alias.range?.[0] ?? 0
      return visit.BREAK
    },
  })
  return at === undefined ? null : lines.linePos(at)
}

/** What to say of one. */
export const STRAY_ALIAS = 'a value that begins with * refers to an anchor (&), and there is none of that name; put it in quotes'
