// The devices of an inventory as text: one line each, or every value with its origin.
import { columns, wrap } from './columns.ts'
import { legible } from './legible.ts'

/** A device as it is listed; the keys are those of the JSON form. */
export interface ListedDevice {
  readonly name: string
  /** Name or address to connect to, or the file it is read from; null where there is none. */
  readonly host: string | null
  readonly platform: string
  /** Null where nobody knows. */
  readonly site: string | null
  readonly role: string | null
  readonly tags: readonly string[]
  readonly groups: readonly string[]
  /** Why it cannot be reached; null where nothing is in the way. */
  readonly unusable: string | null
  /** Every value with its origin; absent where that was not asked for. */
  readonly settings?: readonly { readonly setting: string; readonly value: string; readonly origin: string }[]
}

const HEAD = ['NAME', 'HOST', 'PLATFORM', 'SITE', 'ROLE', 'TAGS']
/** A column that is narrower says nothing. */
const NARROWEST = 6

/** One line for each device, and below why some of them cannot be reached. */
export function inventoryTable(listed: readonly ListedDevice[], width: number): string {
  const devices = legible(listed)
  const rows = [
    HEAD,
    ...devices.map(d => [d.name, d.host ?? '-', d.platform, d.site ?? '-', d.role ?? '-', d.tags.join(',') || '-']),
  ]
  const lost = devices.filter(d => d.unusable !== null)
  return [
    ...columns(narrowed(rows, width), width),
    '',
    `${devices.length} ${devices.length === 1 ? 'device' : 'devices'}${lost.length === 0 ? '' : `, ${lost.length} of them cannot be reached:`}`,
    ...lost.flatMap(d => wrap(`${d.name}: ${d.unusable}`, width, '  ')),
    '',
  ].join('\n')
}

/** Cells cut so that all columns fit: the widest one gives way first. */
function narrowed(rows: readonly (readonly string[])[], width: number): string[][] {
  const widths = HEAD.map((_, n) => Math.max(...rows.map(row => row[n]?.length ?? 0)))
  const between = 2 * (HEAD.length - 1)
  while (widths.reduce((a, b) => a + b, between) > width) {
    const widest = widths.indexOf(Math.max(...widths))
    if ((widths[widest] ?? 0) <= NARROWEST) break
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return rows.map(row =>
    row.map((cell, n) => (cell.length > (widths[n] ?? 0) ? `${cell.slice(0, (widths[n] ?? 1) - 1)}…` : cell)),
  )
}

/** Settings begin here, and their values there. */
const INDENT = '  '
const VALUE = 22

/** Every value of every device. */
export function inventoryOrigins(listed: readonly ListedDevice[], width: number): string {
  return legible(listed)
    .map(({ name, unusable, settings = [] }) => {
      const lines = settings.flatMap(({ setting, value, origin }) => {
        const parts = pieces(value, width - VALUE)
        const head = `${INDENT}${setting}`.padEnd(VALUE)
        const last = parts.length - 1
        const text = parts.map((part, n) => (n === 0 ? head : ' '.repeat(VALUE)) + part)
        const tail = `${(text[last] ?? '').padEnd(VALUE + 22)}  ${origin}`
        return tail.length <= width
          ? [...text.slice(0, last), tail]
          : [...text, ...pieces(origin, width - VALUE - 2).map(p => `${' '.repeat(VALUE)}  ${p}`)]
      })
      return [name, ...(unusable === null ? [] : wrap(unusable, width, INDENT)), ...lines, ''].join('\n')
    })
    .join('\n')
}

/** Text in pieces of at most this length, broken at blanks where there are some. */
const pieces = (text: string, length: number): string[] =>
  wrap(text, length).flatMap(line => line.match(new RegExp(`.{1,${length}}`, 'gs')) ?? [''])
