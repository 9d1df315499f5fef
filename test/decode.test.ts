// Text is the same whichever way it was looked through.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decode } from '../src/inventory/decode.ts'

/** A mark in front of text takes it past the short way; the mark itself is no part of the text. */
const marked = (bytes: Buffer) => decode(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]))

describe('decode', () => {
  it.each([
    ['', ''],
    ['a', 'a'],
    ['hostname r1\n', 'hostname r1\n'],
    ['interface Vlan10\r\n ip address\r\n', 'interface Vlan10\r\n ip address\r\n'],
    ['abc\x7fd', 'abcd'],
    ['a\x1b[Kb\n', 'ab\n'],
    ['~~~~', '~~~~'],
    [' \t\n~', ' \t\n~'],
  ])('%j is %j', (from, to) => {
    expect(decode(Buffer.from(from))?.replaceAll('\r', '')).toBe(to.replaceAll('\r', ''))
  })

  it('sees every byte that is no printable one, wherever it stands', () => {
    for (let byte = 1; byte < 256; byte++)
      for (let at = 0; at < 9; at++) {
        const bytes = Buffer.from('abcdefgh\n')
        bytes[at] = byte
        // Beyond ASCII a single byte is Latin-1, which a mark in front would contradict.
        if (byte < 128) expect(decode(bytes), `${byte} at ${at}`).toBe(marked(bytes))
        else expect(decode(bytes)?.codePointAt(at) === byte || [0xa0, 0xad].includes(byte), `${byte} at ${at}`).toBe(true)
      }
  })

  it('gives the same text the long way', () => {
    const printable = fc.constantFrom(...Array.from({ length: 95 }, (_, n) => 32 + n), 10, 10, 10, 9)
    const byte = fc.oneof({ weight: 60, arbitrary: printable }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 127 }) })
    fc.assert(
      fc.property(fc.array(byte, { maxLength: 120 }), list => {
        expect(decode(Buffer.from(list))).toBe(marked(Buffer.from(list)))
      }),
      { numRuns: 2000 },
    )
  })
})
