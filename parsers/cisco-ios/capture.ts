// What tells a whole IOS configuration from a part of one, or from several in one file.
import { delimited, indent, type Layout, until } from '../../src/parse/index.ts'

/** Printed above the output of `show running-config` and `show startup-config`, whole or not. */
const HEADER = /^(?:Current configuration ?:|Using \d+ out of \d+ bytes)/
/** The first line of every whole configuration; `show running-config interface Vlan10` has none. */
const VERSION = /^version \d/
/** The same as a line of its own: each of them starts another configuration. */
const VERSION_LINE = /^version \d+\.\d+$/
const PAGER = /--More--\s*$/

const lines = indent({
  comment: '!',
  terminator: 'end',
  once: 'hostname',
  heads: ['Current configuration', 'Using ', 'version '],
  verbatim: [
    // Without a delimiter nothing says where the text ends.
    {
      keyword: 'banner',
      open: body => (/^banner +(?:motd|login|exec|incoming|prompt-timeout|slip-ppp)$/.test(body) ? () => false : undefined),
    },
    delimited('banner', /^banner +(?:(?:motd|login|exec|incoming|prompt-timeout|slip-ppp) +)?(\^C(?![A-Za-z])|\S)(.*)$/),
    delimited('aaa', /^aaa authentication (?:banner|fail-message) +(\^C(?![A-Za-z])|\S)(.*)$/),
    // The startup configuration refers to the file instead of holding the certificate.
    until('certificate', /^certificate (?!.* nvram:)/, 'quit'),
    until('macro', /^macro name /, '@'),
    // A script of the shell, with an `end` of its own (Auto SmartPort macros; the genie libraries of pyATS type them like this).
    until('macro', /^macro auto execute .*\{$/, '}'),
  ],
})

function missing(text: string, seen: readonly string[]): string | null {
  if (PAGER.test(text.slice(-80))) return 'the output stops at the pager'
  const captures = seen.filter(line => HEADER.test(line)).length
  if (captures > 1) return `the file holds ${captures} configurations; store each in a file of its own`
  const versions = seen.filter(line => VERSION_LINE.test(line)).length
  if (versions > 1) return `the file holds ${versions} configurations; store each in a file of its own`
  return captures === 1 && !seen.some(line => VERSION.test(line)) ? 'it is the output for a part of the configuration only' : null
}

/** Indented lines up to `end`, with what else speaks against a whole configuration. */
export const layout: Layout = {
  read(text, emit) {
    const extent = lines.read(text, emit)
    const incomplete = missing(text, extent.seen ?? [])
    return incomplete === null ? extent : { ...extent, incomplete, closed: false }
  },
}
