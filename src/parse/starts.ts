// Finds the places of a text where one of many words may begin, in one pass over its bytes. A regular expression that knows
// all of the words takes five times as long, and this is done with every configuration before it is stored.

/** Which characters the words begin with, upper case or lower. */
export interface Starts {
  /**
   * For two bytes, the first of which counts for less: 0, or what they may be: the first two of a word (`HEAD`), the second and
   * third of one (`TAIL`), the first of a word too short for that and any one (`SHORT`), or any one and the first of such a word
   * (`LAST`).
   */
  readonly pairs: Uint8Array
}

const [HEAD, TAIL, SHORT, LAST] = [1, 2, 4, 8]
const BYTES = 256

/** A character as the bytes it may be written with. */
const cases = (character: string): number[] => [
  ...new Set([character.toLowerCase(), character.toUpperCase()].map(c => c.charCodeAt(0))),
]

/** Prepares the search for words, which are ASCII; of each, three characters at most count, of those with fewer the first alone. */
export function startsOf(words: readonly string[]): Starts {
  const pairs = new Uint8Array(BYTES * BYTES)
  const any = Array.from({ length: BYTES }, (_, byte) => byte)
  const mark = (ones: readonly number[], twos: readonly number[], as: number) => {
    for (const one of ones) for (const two of twos) pairs[one + two * BYTES] = (pairs[one + two * BYTES] as number) | as
  }
  for (const word of words) {
    const [first = [], second = [], third] = [...word.slice(0, 3)].map(cases)
    if (third) {
      mark(first, second, HEAD)
      mark(second, third, TAIL)
    } else {
      // Of a short word nothing is certain but its first character.
      mark(first, any, SHORT)
      mark(any, first, LAST)
    }
  }
  return { pairs }
}

/** Memory for one text at a time: to take some anew for each costs as much as the search. */
let bytes = Buffer.allocUnsafe(0)
/** The same, to be read two bytes at a time. */
let view = new DataView(bytes.buffer, bytes.byteOffset, 0)

/**
 * Looks through a text: the function returns the next place at or behind an offset where a word may begin, -1 when there is
 * none. Not to be mixed with the search through another text.
 */
export function placesIn(text: string, { pairs }: Starts): (from: number) => number {
  const size = text.length
  if (bytes.length < size + 4) {
    bytes = Buffer.allocUnsafeSlow(Math.max(size + 4, bytes.length * 2))
    view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  }
  // Of a character beyond Latin-1 only the low byte is kept: it may look like one of ours, never hide one.
  bytes.write(text, 1, 'latin1')
  // A line feed in front, and some behind: to look beyond the ends is slow, and they end every word.
  bytes[0] = 10
  bytes.fill(10, size + 1, size + 4)
  const own = view
  return from => search(own, from + 1, size + 1, pairs) - 1
}

/**
 * The next place from `from` up to, not including, `end`; 0 when there is none.
 *
 * Every word of three characters covers two bytes that begin at an odd offset, its first two or its second and third, and so does
 * the first character of a shorter one. So half of the offsets are enough; where one of them fits, the other two bytes of the word
 * are looked at as well. Everything the function needs is its own: variables of another would be fetched anew for every byte.
 */
function search(own: DataView, from: number, end: number, pairs: Uint8Array): number {
  for (let i = (from - 1) | 1; i <= end; i += 2) {
    // Two of them at a time, as long as nothing is found.
    for (; i + 2 <= end; i += 4) {
      const four = own.getInt32(i, true)
      if (((pairs[four & 0xffff] as number) | (pairs[four >>> 16] as number)) !== 0) break
    }
    const found = i > end ? 0 : (pairs[own.getUint16(i, true)] as number)
    if (found === 0) continue
    // A word that begins in front of these two bytes, with them, and with the second of them.
    if ((found & TAIL) !== 0 && i > from && ((pairs[own.getUint16(i - 1, true)] as number) & HEAD) !== 0) return i - 1
    if (i >= from && i < end) {
      if ((found & SHORT) !== 0) return i
      if ((found & HEAD) !== 0 && ((pairs[own.getUint16(i + 1, true)] as number) & TAIL) !== 0) return i
    }
    if ((found & LAST) !== 0 && i + 1 < end) return i + 1
  }
  return 0
}
