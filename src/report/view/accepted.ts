// The table of findings that somebody decided to live with.
import type { Finding } from '../../model/result.ts'
import { findingId } from '../places.ts'
import { SEVERITIES } from '../words.ts'
import { evidenceView } from './evidence.ts'
import type { Survey } from './survey.ts'
import type { Table } from './table.ts'
import { code, el, foreign, tag } from './tree.ts'

/** The table: what was found, why it was accepted, and the lines behind it on demand. */
export const acceptedTable = (survey: Survey): Table<Finding> => ({
  id: 'waived',
  caption: 'They do not count for the exit code; verdicts do not change.',
  anchor: findingId,
  columns: [
    {
      key: 'finding',
      label: 'Finding',
      cell: f => [
        foreign(f.message, { class: 'name' }),
        el('span', { class: 'soft' }, foreign(f.subject)),
        el('details', { class: 'more' }, el('summary', {}, 'Evidence'), evidenceView(f, survey.pairOf.get(f) ?? null)),
      ],
      order: f => f.message,
      class: 'wide',
    },
    {
      key: 'reason',
      label: 'Accepted because',
      cell: f => [el('strong', {}, 'Accepted:'), ' ', foreign(f.waived ?? '')],
      order: f => f.waived ?? '',
    },
    { key: 'rule', label: 'Rule', cell: f => code(f.rule), order: f => f.rule },
    {
      key: 'severity',
      label: 'Severity',
      cell: f => tag('none', '', SEVERITIES[f.severity].label),
      order: f => ['error', 'warning', 'info'].indexOf(f.severity),
      class: 'verdict',
    },
  ],
})
