// What tells a whole NX-OS configuration from a part of one: it has no closing `end`.
import { delimited, indent, type Layout, until } from '../../src/parse/index.ts'
import { typesRelays } from './scripts.ts'

/** What the device writes above the output of a `show` command. */
const HEADER = /^!Command: (show (?:running|startup)-config\b *(.*?))$/
/** What may follow the command without leaving out interfaces or features; `exclude` leaves out any component, `dhcp` as well. */
const WHOLE = /^(?:all|expand-port-profile|exclude security|exclude-provision|\| *no-more)?$/
/** Printed in every whole configuration seen (N5K, N7K and N9K, 7.3 to 9.3), behind the interfaces and `line console`. */
const BEHIND_INTERFACES = /^line vty\b/
/** The first line below that header, and in files that lost it: each of them starts another configuration. */
const VERSION = /^version \d+\.\d+\(\S+(?: Bios:version.*)?$/
const PAGER = /--More--\s*$/

const lines = indent({
  comment: '!',
  once: 'hostname',
  heads: ['!Command: show ', 'version ', 'line vty'],
  verbatim: [
    delimited('banner', /^banner +(?:motd|exec) +(\S)(.*)$/),
    // The commands of a job stand at the left edge, as if they were configured.
    until('scheduler', /^scheduler job name(?: |$)/, 'end-job', () => typesRelays),
  ],
})

interface Ending {
  readonly incomplete: string | null
  readonly closed: boolean
}
const cut = (incomplete: string): Ending => ({ incomplete, closed: false })

/**
 * How the text ends. Only under the device's own header do the lines that follow the interfaces prove that none is
 * missing; a file without it may be anything, so nothing is said.
 */
function ending(text: string, seen: readonly string[]): Ending {
  if (PAGER.test(text)) return cut('the output stops at the pager')
  const headers = seen.map(line => HEADER.exec(line)).filter(match => match !== null)
  if (headers.length > 1) return cut(`the file holds ${headers.length} configurations; store each in a file of its own`)
  const versions = seen.filter(line => VERSION.test(line)).length
  if (versions > 1) return cut(`the file holds ${versions} configurations; store each in a file of its own`)
  const [header] = headers
  if (!header) return { incomplete: null, closed: false }
  const [, command = '', part = ''] = header
  if (!WHOLE.test(part)) return cut(`"${command}" prints a part of the configuration only`)
  return seen.some(line => BEHIND_INTERFACES.test(line))
    ? { incomplete: null, closed: true }
    : cut('the "line console" and "line vty" that follow the interfaces are missing')
}

/** Indented lines, as everywhere in the family, with NX-OS's own evidence of a capture that was cut short. */
export const layout: Layout = {
  read(text, emit) {
    const extent = lines.read(text, emit)
    return extent.incomplete === null ? { ...extent, ...ending(text, extent.seen ?? []) } : extent
  },
}
