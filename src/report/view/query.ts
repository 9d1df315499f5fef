// What can be typed into the search box: `verdict:duplicate site:ams device:core1 -rule:lone* "some text"`.

/** What can be asked for by name. */
export const KEYS = ['verdict', 'site', 'device', 'pxe', 'rule', 'segment', 'severity', 'vrf', 'platform', 'state'] as const
export type Key = (typeof KEYS)[number]

/** Something that can be found: its values by key, and all its text. Everything in small letters. */
export interface Item {
  readonly fields: Readonly<Partial<Record<Key, readonly string[]>>>
  readonly text: string
}

interface Term {
  /** Null for text. */
  readonly key: Key | null
  /** Any one of them will do. */
  readonly values: readonly string[]
  readonly not: boolean
}

export interface Query {
  readonly terms: readonly Term[]
  /** What could not be understood, in sentences. */
  readonly trouble: readonly string[]
}

/** These are equal or they are not; the others may be part of a longer name. */
const WHOLE: ReadonlySet<Key> = new Set(['verdict', 'site', 'severity', 'vrf'])

/** Reads a query. Words of one key are alternatives; everything else must hold together. `-` or `!` before a word excludes it. */
export function parseQuery(text: string): Query {
  const terms: Term[] = []
  const trouble: string[] = []
  for (const [, sign = '', name, quoted, bare] of text.matchAll(/([-!]?)(?:([A-Za-z]+):)?(?:"([^"]*)"?|(\S+))/g)) {
    const value = (quoted ?? bare ?? '').toLowerCase()
    const key = KEYS.find(k => k === name?.toLowerCase())
    if (name !== undefined && key === undefined) {
      // `http://host` and `10:20` are text.
      if (!value.startsWith('//')) trouble.push(`There is no “${name}:”; there are ${KEYS.join(', ')}.`)
      terms.push({ key: null, values: [`${name.toLowerCase()}:${value}`], not: sign !== '' })
      continue
    }
    const values = key && quoted === undefined ? value.split(',').filter(v => v !== '') : [value].filter(v => v !== '')
    if (values.length === 0) continue
    const same = sign === '' && key ? terms.findIndex(t => t.key === key && !t.not) : -1
    const before = terms[same]
    if (before) terms[same] = { ...before, values: [...before.values, ...values] }
    else terms.push({ key: key ?? null, values, not: sign !== '' })
  }
  return { terms, trouble }
}

/** A function that tells what fits the query. */
export function matcher({ terms }: Query): (item: Item) => boolean {
  const tests = terms.map(({ key, values, not }) => {
    if (key === null) return (item: Item) => values.some(v => item.text.includes(v)) !== not
    const wanted = values.map(v => fitting(v, WHOLE.has(key)))
    return (item: Item) => (item.fields[key] ?? []).some(field => wanted.some(holds => holds(field))) !== not
  })
  return item => tests.every(test => test(item))
}

/** `*` is any text. A name may be part of a longer one, but never of a longer word: `core1` is in `ams-core1`, not in `core10`. */
function fitting(value: string, whole: boolean): (field: string) => boolean {
  const parts = value.split('*')
  if (whole && parts.length === 1) return field => field === value
  const body = parts.map(part => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.*')
  const pattern = new RegExp(whole ? `^${body}$` : `(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, 'su')
  // Most fields do not hold the letters at all, and looking for those is fast.
  return field => parts.every(part => field.includes(part)) && pattern.test(field)
}
