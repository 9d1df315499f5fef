// What a device has sent since it was last told something, kept so that every look at it costs the same however long it is.
import { render } from '../terminal.ts'

/** Bytes as they come: a buffer, or a string of one character per byte. A string made of every buffer is copied once too often. */
export type Bytes = string | Buffer

/** Bytes received. They are handed out as strings of one character per byte. */
export interface Received {
  add(bytes: Bytes): void
  /** Forgets everything. */
  clear(): void
  /** Bytes since the last `clear`. */
  readonly size: number
  /** Bytes of the line that is not ended yet. */
  readonly line: number
  /** The last bytes, at most `count` of them. */
  tail(count: number): string
  /** The lines between two offsets as a terminal shows them, or the first of them; `from` counts from the end when it is negative. */
  lines(from: number, to?: number, most?: number): string[]
  /** Bytes from one offset to another. */
  slice(from: number, to: number): string
  /** All of it. */
  text(): Plain
}

/** A text with plain line feeds. */
export interface Plain {
  /** The text, and one line feed more: so that its last line can be had with its end. */
  readonly ended: string
  /** A terminal would have something to act upon in it. */
  readonly disturbed: boolean
  /** It surely is ASCII. */
  readonly ascii: boolean
}

/** Most answers are shorter than this: what a fresh session costs. */
const FIRST = 4096
/** What a configuration gets at once: memory that is taken anew and copied into for every doubling costs more than the bytes. */
const LARGE = 262_144
/** So many of those are kept for other sessions. */
const SPARE = 64
const spare: Buffer[] = []
const take = (size: number): Buffer =>
  size > LARGE ? Buffer.allocUnsafeSlow(size) : (spare.pop() ?? Buffer.allocUnsafeSlow(LARGE))
const giveBack = (bytes: Buffer): void => {
  if (bytes.length === LARGE && spare.length < SPARE) spare.push(bytes)
}

/** Where `text` and `lines` work; they are done with it before anything else runs. */
let plain = Buffer.allocUnsafeSlow(LARGE)
const room = (size: number): Buffer => {
  if (plain.length <= size) plain = Buffer.allocUnsafeSlow(size + 1)
  return plain
}

/** An empty store. It grows by doubling, so a byte costs the same wherever the stream is cut. */
export function openReceived(): Received {
  /** What there is at first, to come back to. */
  const small = Buffer.allocUnsafeSlow(FIRST)
  let bytes: Buffer = small
  const self: Received & { size: number; line: number } = {
    size: 0,
    line: 0,
    add(more) {
      const { size } = self
      if (size + more.length > bytes.length) {
        const larger = take(Math.max(bytes.length * 2, size + more.length))
        bytes.copy(larger, 0, 0, size)
        giveBack(bytes)
        bytes = larger
      }
      if (typeof more === 'string') bytes.write(more, size, 'latin1')
      else more.copy(bytes, size)
      const at = more.lastIndexOf('\n')
      self.line = at >= 0 ? more.length - at - 1 : self.line + more.length
      self.size += more.length
    },
    clear() {
      self.size = 0
      self.line = 0
      if (bytes !== small) giveBack(bytes)
      bytes = small
    },
    tail: count => bytes.toString('latin1', Math.max(0, self.size - count), self.size),
    text: () => plainly(bytes, 0, self.size, room(self.size)),
    lines(from, until = self.size, most) {
      const { size } = self
      const start = Math.max(0, from < 0 ? size + from : from)
      const to = Math.min(until, size)
      const { ended, disturbed } = plainly(bytes, start, to, room(size))
      return disturbed ? render(bytes.toString('latin1', start, to)).slice(0, most) : ended.slice(0, -1).split('\n', most)
    },
    slice: (from, to) => bytes.toString('latin1', from, Math.min(to, self.size)),
  }
  return self
}

/**
 * Once over the bytes for all there is to ask: a regular expression for each question takes several times as long. Four
 * characters are taken at a time, and written before they are looked at: of those that hold anything but printable ones, the
 * first such is dealt with by itself. Everything it needs is its own, because variables of another function would be fetched
 * anew for every byte.
 */
function plainly(bytes: Buffer, start: number, size: number, plain: Buffer): Plain {
  const from = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const to = new DataView(plain.buffer, plain.byteOffset, plain.length)
  const last = size - 4
  let disturbed = false
  let length = 0
  let bits = 0
  for (let i = start; i < size; ) {
    let odd = 0
    while (i <= last) {
      const four = from.getInt32(i, true)
      to.setInt32(length, four, true)
      // The highest bit of a byte comes up below 32 by what is taken away, at 127 by what is added, and is there from 128 on.
      // What one byte borrows of the next or carries over to it has then been found in this one already: the lowest is right.
      odd = ((four - 0x20202020) | (four + 0x01010101) | four) & 0x80808080
      if (odd !== 0) break
      i += 4
      length += 4
    }
    if (odd !== 0) {
      const printable = (31 - Math.clz32(odd & -odd)) >> 3
      i += printable
      length += printable
    }
    if (i >= size) break
    const byte = bytes[i++] as number
    bits |= byte
    if (byte === 13 && i < size && bytes[i] === 10) {
      plain[length++] = 10
      i++
      continue
    }
    plain[length++] = byte
    if ((byte < 32 && byte !== 9 && byte !== 10) || byte === 127) disturbed = true
  }
  plain[length++] = 10
  return { ended: plain.toString('latin1', 0, length), disturbed, ascii: bits < 128 }
}
