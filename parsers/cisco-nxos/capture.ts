// What tells a whole NX-OS configuration from a part of one: it has no closing `end`.
import { delimited, indent, type Layout } from '../../src/parse/index.ts'

/** What the device writes above the output of a `show` command. */
const HEADER = /^!Command: (show (?:running|startup)-config\b *(.*?)) *\r?$/m
const HEADERS = /^!Command: show (?:running|startup)-config\b/gm
/** What may follow the command without leaving out interfaces or features. */
const WHOLE = /^(?:all|expand-port-profile|exclude .*|exclude-provision|\|.*)?$/
/** Printed in every whole configuration seen (N5K, N7K and N9K, 7.3 to 9.3), behind the interfaces. */
const BEHIND_INTERFACES = /^line (?:console|vty)\b/m
const PAGER = /--More--\s*$/

const lines = indent({
  comment: '!',
  once: 'hostname',
  verbatim: [delimited('banner', /^banner +(?:motd|exec) +(\S)(.*)$/)],
})

/** Why the text cannot be a whole configuration. A file without the device's header may be anything, so nothing is said. */
function missing(text: string): string | null {
  if (PAGER.test(text)) return 'the output stops at the pager'
  const header = HEADER.exec(text)
  const captures = text.match(HEADERS)?.length ?? 0
  if (captures > 1) return `the file holds ${captures} configurations; store each in a file of its own`
  if (!header) return null
  const [, command = '', part = ''] = header
  if (!WHOLE.test(part)) return `"${command}" prints a part of the configuration only`
  return BEHIND_INTERFACES.test(text) ? null : 'the "line console" and "line vty" that follow the interfaces are missing'
}

/** Indented lines, as everywhere in the family, with NX-OS's own evidence of a capture that was cut short. */
export const layout: Layout = {
  read(text, emit) {
    const extent = lines.read(text, emit)
    return extent.incomplete === null ? { ...extent, incomplete: missing(text) } : extent
  },
}
