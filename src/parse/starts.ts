// Finds the places of a text where one of many words may begin, in one pass over its bytes. A regular expression that knows
// all of the words takes five times as long, and this is done with every configuration before it is stored.

/** Which characters the words begin with. */
export interface Starts {
  /** For the first two characters: 0 for none, else a row of `third`, from 1. */
  readonly pairs: Uint8Array
  /** For each row, the characters that may follow. */
  readonly third: Uint8Array
}

/** Upper case as lower case; what is no ASCII as 0. */
const FOLD = Uint8Array.from({ length: 256 }, (_, code) => (code >= 65 && code <= 90 ? code + 32 : code < 128 ? code : 0))
const ASCII = 128

/** Prepares the search for words, which are lower case ASCII; of each, three characters at most count. */
export function startsOf(words: readonly string[]): Starts {
  const pairs = new Uint8Array(ASCII * ASCII)
  const rows: Uint8Array[] = []
  for (const word of words) {
    const [first = 0, second, third] = [...word.slice(0, 3)].map(c => c.charCodeAt(0))
    for (const next of second === undefined ? Array.from({ length: ASCII }, (_, c) => c) : [second]) {
      const at = first * ASCII + next
      const row = (pairs[at] ||= rows.push(new Uint8Array(ASCII)))
      if (third === undefined) rows[row - 1]?.fill(1)
      else (rows[row - 1] as Uint8Array)[third] = 1
    }
  }
  const third = new Uint8Array((rows.length + 1) * ASCII)
  for (const [n, row] of rows.entries()) third.set(row, (n + 1) * ASCII)
  return { pairs, third }
}

/** Memory for one text at a time: to take some anew for each costs as much as the search. */
let bytes = Buffer.allocUnsafe(0)

/** Looks through a text: the function returns the next place at or behind an offset, -1 when there is none. Not to be mixed. */
export function placesIn(text: string, { pairs, third }: Starts): (from: number) => number {
  const size = text.length
  if (bytes.length < size + 2) bytes = Buffer.allocUnsafeSlow(Math.max(size + 2, bytes.length * 2))
  // Of a character beyond Latin-1 only the low byte is kept: it may look like one of ours, never hide one.
  bytes.write(text, 0, 'latin1')
  bytes[size] = bytes[size + 1] = 10
  const own = bytes
  return from => search(own, from, size, pairs, third, FOLD)
}

/** Everything it needs is its own: variables of another function would be fetched anew for every byte. */
function search(own: Uint8Array, from: number, size: number, pairs: Uint8Array, third: Uint8Array, fold: Uint8Array): number {
  let first = fold[own[from] as number] as number
  for (let i = from; i < size; i++) {
    const second = fold[own[i + 1] as number] as number
    const row = pairs[first * ASCII + second] as number
    if (row !== 0 && third[row * ASCII + (fold[own[i + 2] as number] as number)] === 1) return i
    first = second
  }
  return -1
}
