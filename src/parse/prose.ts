// Banners: text for people, shown to everybody before they log in. Nothing in it is a secret, whatever words it uses.

/** A banner, from its first line up to the end of its last. */
export interface Prose {
  readonly start: number
  readonly end: number
  /** What ends it; empty where that is a line of its own. */
  readonly delimiter: string
}

/** `banner motd ^C`, or `banner motd` alone, which a line `EOF` ends (EOS). Letters and digits end none: they are in every secret. */
const OPENING =
  /^[ \t]*banner[ \t]+(?:(?:motd|login|exec|incoming|prompt-timeout|slip-ppp)(?:[ \t]+|[ \t]*(?=\r?$)))?(\^C(?![A-Za-z])|[^\s\w]|(?=\r?$))/my
/** A longer one is none: what follows a banner that is never closed is configuration. */
const LONGEST = 20_000

/** Finds the banner that stands at a place, if any does. Places are asked for in their order. */
export function proses(text: string): (at: number) => Prose | undefined {
  const found = proseIn(text)
  let next = 0
  return at => {
    while ((found[next]?.end ?? at + 1) <= at) next++
    const prose = found[next]
    return prose && prose.start <= at ? prose : undefined
  }
}

function proseIn(text: string): readonly Prose[] {
  const found: Prose[] = []
  // The word is found faster than by the expression.
  for (let at = text.indexOf('banner'); at >= 0; at = text.indexOf('banner', at + 1)) {
    let start = at
    while (text[start - 1] === ' ' || text[start - 1] === '\t') start--
    OPENING.lastIndex = start
    const opening = OPENING.exec(text)
    if (!opening) continue
    const [said, delimiter = ''] = opening
    const inside = opening.index + said.length
    const close = delimiter === '' ? closingLine(text, inside) : text.indexOf(delimiter, inside)
    if (close < 0 || close - inside > LONGEST) continue
    const end = endOfLine(text, close)
    found.push({ start: opening.index, end, delimiter })
    at = end
  }
  return found
}

/** A carriage return alone ends a line, too. */
function endOfLine(text: string, from: number): number {
  const end = text.slice(from, from + LONGEST).search(/[\r\n]/)
  return end < 0 ? Math.min(text.length, from + LONGEST) : from + end
}

function closingLine(text: string, from: number): number {
  const close = /^[ \t]*EOF[ \t]*\r?$/gm
  close.lastIndex = from
  return close.exec(text)?.index ?? -1
}
