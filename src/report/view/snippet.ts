// Commands as they are typed, with a button that copies them.
import type { Remediation } from '../../model/result.ts'
import { type Child, el, foreign } from './tree.ts'

/** Line by line, so that a wrapped command does not look like two; each keeps its line feed, for those who copy. */
const linesOf = (text: string): string[] => text.split(/(?<=\n)/)

/** A block of commands under a heading; nothing where there are none. `what` ends the sentence `Copy ...`. */
export const snippet = (heading: string, text: string, what: string, live: boolean): Child =>
  text !== '' &&
  el(
    'div',
    { class: 'snippet' },
    el(
      'p',
      { class: 'bar' },
      el('span', { class: 'over' }, heading),
      live && el('button', { type: 'button', class: 'copy', 'data-copy': true, 'aria-label': `Copy ${what}` }, 'Copy'),
    ),
    el(
      'pre',
      {},
      el(
        'code',
        {},
        linesOf(text).map(line => foreign(line, { dir: 'ltr', class: 'command' })),
      ),
    ),
  )

/** What to look at afterwards, and what to expect. */
export const verification = (verify: Remediation['verify']): Child =>
  verify.length > 0 && [
    el('p', { class: 'over' }, 'Verify'),
    el(
      'dl',
      { class: 'verify' },
      verify.map(({ command, expect }) =>
        el('div', {}, el('dt', {}, el('code', {}, foreign(command, { dir: 'ltr' }))), el('dd', {}, foreign(expect))),
      ),
    ),
  ]
