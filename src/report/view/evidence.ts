// The lines that a finding rests on, side by side: every router of the segment has a column, also those that add no copy.
import type { Evidence, Finding, SegmentMember } from '../../model/result.ts'
import type { Pair } from '../places.ts'
import { roleText } from '../words.ts'
import { type Child, code, el, foreign, list } from './tree.ts'

/** Routers in columns, then what could not be seen. `pair` is null for a finding without a segment. */
export function evidenceView({ evidence }: Finding, pair: Pair | null): Child {
  const members = pair?.segment.members ?? []
  const names = [...new Set([...members.map(m => m.device), ...evidence.map(e => e.device)])]
  const reasons = pair?.pxe.reasons ?? []
  const cited = new Set(evidence.map(e => `${e.line} ${e.device}`))
  const beyond = reasons.filter(r => r.device === null || !names.includes(r.device))
  return [
    el(
      'div',
      { class: 'columns' },
      names.map(name => {
        const lines = evidence.filter(e => e.device === name)
        const remarks = reasons.filter(r => r.device === name && !cited.has(`${r.line} ${name}`)).map(r => foreign(r.message))
        return el(
          'section',
          { class: 'panel' },
          el('h5', {}, foreign(name)),
          members.filter(m => m.device === name).map(place),
          lines.map(lineView),
          list(remarks, { class: 'remarks' }),
          lines.length + remarks.length === 0 && el('p', { class: 'soft' }, 'Adds no copy.'),
        )
      }),
    ),
    list(
      beyond.map(r => foreign(r.message)),
      { class: 'remarks' },
    ),
  ]
}

const place = (m: SegmentMember): Child =>
  el(
    'p',
    { class: 'place' },
    foreign(m.interface),
    ' ',
    code(m.address ?? 'address not known'),
    ' · ',
    el('span', {}, roleText(m, ' confidence')),
    m.reason !== '' && [' ', el('span', { class: 'why' }, foreign(m.reason))],
  )

/** One line with its number, the file, and what it means. */
export const lineView = ({ file, line, text, note, within }: Evidence): Child =>
  el(
    'figure',
    { class: 'line' },
    el('figcaption', {}, code(`${file}:${line}`)),
    el(
      'pre',
      {},
      within && [numbered(within.line, within.text, 'context'), within.line + 1 < line && el('span', { class: 'gone' }, '⋮\n')],
      numbered(line, text, 'cited'),
    ),
    el('p', {}, foreign(note)),
  )

const numbered = (line: number, text: string, kind: string): Child =>
  el(
    'span',
    { class: `numbered ${kind}` },
    el('span', { 'class': 'at', 'aria-hidden': 'true' }, line, ' '),
    el('code', {}, foreign(text, { dir: 'ltr' })),
    '\n',
  )
