// What things can be found by, worked out once: in the background where there is time, at the latest when somebody searches.
import type { DeviceResult, Finding } from '../../model/result.ts'
import type { Pair } from '../places.ts'
import { deviceItems, findingItem, segmentItem } from '../view/items.ts'
import type { Contents } from '../view/page.ts'
import type { Item } from '../view/query.ts'
import type { SegmentRow } from '../view/segments.ts'
import type { Survey } from '../view/survey.ts'

export interface Findable {
  finding(finding: Finding): Item
  row(row: SegmentRow): Item
  pair(pair: Pair): Item
  device(device: DeviceResult): Item
  /** Works the rest out, a little at a time. */
  warm(): void
}

/** So many are worked out before the page may do something else. */
const AT_ONCE = 1_000

/** Items by what they are of. */
export function findable(survey: Survey, { rows }: Contents): Findable {
  const rowOf = new Map<Pair, SegmentRow>(rows.flatMap(row => (row.pair ? [[row.pair, row] as const] : [])))
  const finding = kept((f: Finding) => findingItem(f, survey))
  const row = kept((r: SegmentRow) => segmentItem(r, survey))
  let devices: ((device: DeviceResult) => Item) | null = null
  const device = kept((d: DeviceResult) => (devices ??= deviceItems(survey))(d))
  function* rest(): Generator {
    for (const f of survey.result.findings) yield finding(f)
    for (const r of rows) yield row(r)
    for (const d of survey.result.devices) yield device(d)
  }
  return {
    ...{ finding, row, device },
    pair(pair) {
      const own = rowOf.get(pair)
      return own ? row(own) : { fields: {}, text: '' }
    },
    warm() {
      const items = rest()
      const some = () => {
        for (let n = 0; n < AT_ONCE; n++) if (items.next().done) return
        setTimeout(some)
      }
      setTimeout(some)
    },
  }
}

/** A function that works everything out once. */
function kept<T>(make: (value: T) => Item): (value: T) => Item {
  const items = new Map<T, Item>()
  return value => {
    const known = items.get(value)
    if (known) return known
    const item = make(value)
    items.set(value, item)
    return item
  }
}
