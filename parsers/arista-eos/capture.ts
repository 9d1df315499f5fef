// What tells one EOS configuration from several in one file.
import { indent, type Layout, until } from '../../src/parse/index.ts'
import { scriptLines } from './scripts.ts'

/** The comment above a configuration: each of them starts another one. */
const HEADER = /^! ?device: \S+ \([^)\n]*EOS-/

const lines = indent({
  comment: '!',
  terminator: 'end',
  once: 'hostname',
  heads: ['! device:', '!device:'],
  verbatim: [
    until('banner', /^banner (login|motd)$/, 'EOF'),
    until('comment', /^comment$/, 'EOF'),
    until('action', /^action bash$/, 'EOF', scriptLines),
    until('code', /^code( unit \S+)?$/, 'EOF'),
  ],
})

/** Indented lines up to `end`; a second header means a second configuration. */
export const layout: Layout = {
  read(text, emit) {
    const extent = lines.read(text, emit)
    const captures = (extent.seen ?? []).filter(line => HEADER.test(line)).length
    if (captures < 2) return extent
    return { ...extent, incomplete: `the file holds ${captures} configurations; store each in a file of its own`, closed: false }
  },
}
