// Text of others in Markdown, as GitHub (https://github.github.com/gfm/) and GitLab read it: it shows, and does nothing.
import { cutText, oneLine } from '../brevity.ts'
import { legibleText } from '../legible.ts'

/** Characters of Markdown, HTML and math. As character references they are never structure (CommonMark 0.31, 2.5). */
const STRUCTURE = /[\\`*_~[\]<>|$]/g
/** Decoded to a zero-width space: it parts what the platforms look for in the finished text, after references are decoded. */
const GAP = '&#8203;'
/** Mentions, and references to issues (`#`), merge requests (`!`), labels (`~`), milestones (`%`), snippets (`$`), epics (`&`). */
const REFERENCE = /[@#!~%$&[](?=[\w"])|\bGH-(?=\d)/gi

/** Text on one line, without any effect, cut after `most` characters. */
export function inline(text: string, most = 300): string {
  return cutText(oneLine(legibleText(text)), most)
    .replace(REFERENCE, '$&\u0000')
    .replaceAll('&', '&amp;')
    .replace(STRUCTURE, c => `&#${c.charCodeAt(0)};`)
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/\bwww\./gi, 'www&#46;')
    .replaceAll('\u0000', GAP)
}

/** A block of code around lines; its fence is longer than any run of backticks within. */
export function fenced(text: string): string {
  const shown = legibleText(text.replace(/\r\n/g, '\n'))
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `${fence}text\n${shown}\n${fence}`
}
