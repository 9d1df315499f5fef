// Finds the places of a text where one of many words may begin, in one pass over its bytes. A regular expression that knows
// all of the words takes five times as long, and this is done with every configuration before it is stored.

/** Which characters the words begin with, upper case or lower. */
export interface Starts {
  /** For the first two bytes: 0 for none, else a row of `third`. */
  readonly pairs: Uint16Array
  /** For each row, the bytes that may follow. */
  readonly third: Uint8Array
}

const BYTES = 256

/** A character as the bytes it may be written with. */
const cases = (character: string): number[] => [
  ...new Set([character.toLowerCase(), character.toUpperCase()].map(c => c.charCodeAt(0))),
]

/** The row of pairs behind which any byte may follow. */
const ANY = 1

/** Prepares the search for words, which are ASCII; of each, three characters at most count. */
export function startsOf(words: readonly string[]): Starts {
  const pairs = new Uint16Array(BYTES * BYTES)
  const rows: Uint8Array[] = [new Uint8Array(BYTES), new Uint8Array(BYTES).fill(1)]
  const any = Array.from({ length: BYTES }, (_, byte) => byte)
  for (const word of words) {
    const [first = [], second = any, third] = [...word.slice(0, 3)].map(cases)
    for (const one of first)
      for (const two of second) {
        const at = one * BYTES + two
        if (third === undefined) pairs[at] = ANY
        else {
          if (pairs[at] === 0) pairs[at] = rows.push(new Uint8Array(BYTES)) - 1
          const row = rows[pairs[at] as number] as Uint8Array
          for (const three of third) row[three] = 1
        }
      }
  }
  const third = new Uint8Array(rows.length * BYTES)
  for (const [n, row] of rows.entries()) third.set(row, n * BYTES)
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
  return from => search(own, from, size, pairs, third)
}

/** Everything it needs is its own: variables of another function would be fetched anew for every byte. */
function search(own: Uint8Array, from: number, size: number, pairs: Uint16Array, third: Uint8Array): number {
  let first = own[from] as number
  for (let i = from; i < size; i++) {
    const second = own[i + 1] as number
    const row = pairs[(first << 8) | second] as number
    if (row !== 0 && third[(row << 8) | (own[i + 2] as number)] === 1) return i
    first = second
  }
  return -1
}
