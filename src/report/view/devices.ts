// The table of devices: whether the configuration of each could be read, whole and in time.
import type { DeviceResult } from '../../model/result.ts'
import { timeText } from '../words.ts'
import type { Survey } from './survey.ts'
import type { Table } from './table.ts'
import { code, el, foreign, tag } from './tree.ts'

/** The table; the worst state comes first when it is sorted by state. */
export const deviceTable = ({ devices }: Survey): Table<DeviceResult> => ({
  id: 'devices',
  caption: 'Every device of the audit, and whether its configuration could be read.',
  anchor: device => devices.get(device.name) ?? null,
  columns: [
    { key: 'device', label: 'Device', cell: d => foreign(d.name, { class: 'name' }), order: d => d.name, class: 'device' },
    {
      key: 'platform',
      label: 'Platform',
      cell: d => foreign(d.platform ?? 'not known'),
      order: d => d.platform ?? '',
      class: 'platform',
    },
    { key: 'site', label: 'Site', cell: d => foreign(d.site), order: d => d.site, class: 'site' },
    {
      key: 'state',
      label: 'State',
      cell: d => [
        tag(toneOf(d), symbolOf(d), stateText(d)),
        d.reason !== null && d.reason !== '' && el('p', { class: 'soft' }, foreign(d.reason)),
      ],
      order: d => ['duplicate', 'unknown', 'single'].indexOf(toneOf(d)),
      class: 'state',
    },
    { key: 'file', label: 'Source', cell: d => code(d.file), order: d => d.file, class: 'file' },
    {
      key: 'sha256',
      label: 'SHA-256',
      cell: d => d.sha256 !== null && code(d.sha256.slice(0, 12)),
      order: null,
      class: 'digest',
    },
    {
      key: 'collected',
      label: 'Collected',
      cell: d => d.collected_at !== null && el('time', { datetime: d.collected_at }, timeText(d.collected_at)),
      order: d => d.collected_at ?? '',
      class: 'time',
    },
  ],
})

const toneOf = ({ state, complete, stale }: DeviceResult) =>
  state === 'failed' ? 'duplicate' : complete === true && !stale ? 'single' : 'unknown'

const symbolOf = ({ state, complete, stale }: DeviceResult) =>
  state === 'failed' ? '×' : complete === false || stale ? '!' : complete === null ? '?' : '✓'

/** `Collected; completeness not provable; too old`. */
export const stateText = ({ state, complete, stale }: DeviceResult): string =>
  state === 'failed'
    ? 'Not read'
    : [complete === false ? 'Cut short' : 'Collected', complete === null && 'completeness not provable', stale && 'too old']
        .filter(word => word)
        .join('; ')
