// What tells a whole IOS configuration from a part of one, or from several in one file.
import { delimited, indent, type Layout, until } from '../../src/parse/index.ts'

/** Printed above the output of `show running-config` and `show startup-config`, whole or not. */
const HEADER = /^(?:Current configuration ?:|Using \d+ out of \d+ bytes)/
/** The first line of every whole configuration; `show running-config interface Vlan10` has none. */
const VERSION = /^version \d/
/** The same as a line of its own: each of them starts another configuration. */
const VERSION_LINE = /^version \d+\.\d+$/
const PAGER = /--More--\s*$/
/** What the log of a terminal has in front of a configuration: the command, and in capture 1 the filter that it goes through. */
const SHOWN = /^[\w.@:/-]{1,63}# ?(?:sh\w* +(?:run|start|conf)|wr\w* +t|more +(?:nvram|system):)[^|]*(?:\| *([bceis]\w*) .*)?$/i
/** What it has of a change: a command of configuration mode that does more than leave it, or show something. */
const TYPED = /^[\w.@:/-]{1,63}\(config[\w-]*\)# ?(?!(?:do|end|exit?)\b)[a-z]/i
/** Of a line as much is looked at behind the prompt. */
const LONGEST = 200

const lines = indent({
  comment: '!',
  terminator: 'end',
  once: 'hostname',
  heads: ['Current configuration', 'Using ', 'version '],
  verbatim: [
    // Without a delimiter nothing says where the text ends.
    {
      keyword: 'banner',
      open: body =>
        /^banner +(?:motd|login|exec|incoming|prompt-timeout|slip-ppp|config-save)$/.test(body) ? () => false : undefined,
    },
    delimited(
      'banner',
      /^banner +(?:(?:motd|login|exec|incoming|prompt-timeout|slip-ppp|config-save) +)?(\^C(?![A-Za-z])|\S)(.*)$/,
    ),
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
  const versioned = seen.some(line => VERSION.test(line))
  return captures === 1 && !versioned ? 'it is the output for a part of the configuration only' : loggedIn(text, versioned)
}

/** What the commands of a terminal's log say against the configuration among them. `versioned`: it has its first line. */
function loggedIn(text: string, versioned: boolean): string | null {
  let whole = false
  let filtered = 0
  let typed = 0
  // The first `#` of a line ends its prompt.
  for (let at = text.indexOf('#'), end = 0; at >= 0; at = text.indexOf('#', end)) {
    const begin = text.lastIndexOf('\n', at) + 1
    const next = text.indexOf('\n', at)
    end = next < 0 ? text.length : next
    const said = text.slice(begin, Math.min(end, at + LONGEST)).trimEnd()
    const shown = SHOWN.exec(said)
    // From the first line on to the end nothing of ours is missing.
    if (shown) shown[1] === undefined || (versioned && /^b/i.test(shown[1])) ? (whole = true) : (filtered ||= begin + 1)
    else if (TYPED.test(said)) typed = begin + 1
  }
  const lineAt = (place: number) => text.slice(0, place).split('\n').length
  if (filtered > 0 && !whole) return `the command on line ${lineAt(filtered)} shows a part of the configuration only`
  if (typed > text.lastIndexOf('\nversion ') + 1)
    return `commands were typed behind it, up to line ${lineAt(typed)}; capture the configuration again`
  return null
}

/** Indented lines up to `end`, with what else speaks against a whole configuration. */
export const layout: Layout = {
  read(text, emit) {
    const extent = lines.read(text, emit)
    const incomplete = missing(text, extent.seen ?? [])
    return incomplete === null ? extent : { ...extent, incomplete, closed: false }
  },
}
