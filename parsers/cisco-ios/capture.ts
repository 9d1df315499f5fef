// What tells a whole IOS configuration from a part of one, or from several in one file.
import { delimited, indent, type Layout, until } from '../../src/parse/index.ts'

/** Printed above the output of `show running-config` and `show startup-config`, whole or not. */
const HEADERS = ['Curren', 'Using ']
const HEADER = /^(?:Current configuration ?:|Using \d+ out of \d+ bytes)/
/** The first line of every whole configuration; `show running-config interface Vlan10` has none. */
const VERSION = /^version \d/m
/** The same as a line of its own: each of them starts another configuration. */
const VERSION_LINE = /^version \d+\.\d+\s*$/my
const PAGER = /--More--\s*$/

const lines = indent({
  comment: '!',
  terminator: 'end',
  once: 'hostname',
  verbatim: [
    // Without a delimiter nothing says where the text ends.
    {
      keyword: 'banner',
      open: body => (/^banner +(?:motd|login|exec|incoming|prompt-timeout|slip-ppp)$/.test(body) ? () => false : undefined),
    },
    delimited('banner', /^banner +(?:(?:motd|login|exec|incoming|prompt-timeout|slip-ppp) +)?(\^C(?![A-Za-z])|\S)(.*)$/),
    // The startup configuration refers to the file instead of holding the certificate.
    until('certificate', /^certificate (?!.* nvram:)/, 'quit'),
    until('macro', /^macro name /, '@'),
  ],
})

/** Looks for the rare word first: the text may be long. */
function countHeaders(text: string): number {
  let count = 0
  for (const header of HEADERS)
    for (let at = text.indexOf(header); at >= 0; at = text.indexOf(header, at + 1)) {
      const startsLine = at === 0 || text[at - 1] === '\n'
      if (startsLine && HEADER.test(text.slice(at, at + 60))) count++
    }
  return count
}

/** The same way. */
function countVersions(text: string): number {
  let count = 0
  for (let at = text.indexOf('version '); at >= 0; at = text.indexOf('version ', at + 1)) {
    VERSION_LINE.lastIndex = at
    if (VERSION_LINE.test(text)) count++
  }
  return count
}

function missing(text: string): string | null {
  if (PAGER.test(text.slice(-80))) return 'the output stops at the pager'
  const captures = countHeaders(text)
  if (captures > 1) return `the file holds ${captures} configurations; store each in a file of its own`
  const versions = countVersions(text)
  if (versions > 1) return `the file holds ${versions} configurations; store each in a file of its own`
  return captures === 1 && !VERSION.test(text) ? 'it is the output for a part of the configuration only' : null
}

/** Indented lines up to `end`, with what else speaks against a whole configuration. */
export const layout: Layout = {
  read(text, emit) {
    const extent = lines.read(text, emit)
    const incomplete = missing(text)
    return incomplete === null ? extent : { ...extent, incomplete, closed: false }
  },
}
