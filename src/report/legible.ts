// Shows what cannot be seen: text from a configuration may hold characters that hide or reorder its neighbours.

/** C0 (but for tab and line feed), DEL and C1. */
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g
/** Embeddings, overrides and isolates reorder what follows; plain left-to-right and right-to-left marks do not. */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/g
const LONE_SURROGATE = /\p{Surrogate}/gu

const codePoint = (character: string) => `[U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}]`

/** Text as it can be read: hidden characters spelled out. */
export function legibleText(text: string): string {
  return text.replace(/\r$/, '').replace(CONTROL, codePoint).replace(REORDERING, codePoint).replace(LONE_SURROGATE, codePoint)
}

/** A copy in which every string can be read as it stands: `[U+202E]` in place of an invisible override. */
export function legible<T>(value: T): T {
  if (typeof value === 'string') return legibleText(value) as T
  if (Array.isArray(value)) return value.map(item => legible(item)) as T
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, legible(item)])) as T
}
