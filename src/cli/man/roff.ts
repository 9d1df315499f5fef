// Text as man(7) wants it: https://man7.org/linux/man-pages/man7/man.7.html

import { wrap } from '../../report/columns.ts'

/** Running text: nothing in it is taken for a request or an escape. */
export const plain = (text: string): string =>
  text.replaceAll('\\', '\\e').replaceAll("'", '\\(aq').replaceAll('`', '\\(ga').replaceAll('~', '\\(ti').replaceAll('^', '\\(ha')

/** What is typed: hyphens stay hyphens there, so that it can be copied. */
export const literal = (text: string): string => plain(text).replaceAll('-', '\\-')

/** Text in bold, and in italics. */
export const bold = (text: string): string => `\\fB${literal(text)}\\fR`
export const italic = (text: string): string => `\\fI${literal(text)}\\fR`

/** A paragraph with a term in front. */
export const term = (head: string, text: string): string => `.TP\n${head}\n${sentences(text)}`

/** Lines of source that are easily read; a dot in front of one would make it a request. */
const WIDTH = 76

/** Every sentence begins a line, as roff wants it. */
export const sentences = (text: string): string =>
  text
    .split(/(?<=[.?!]) +(?=[A-Z])/)
    .flatMap(sentence => wrap(sentence, WIDTH))
    .map(line => plain(line).replace(/^\./, '\\&.'))
    .join('\n')
