// Text from whatever an editor or a terminal program saved.
import { replay } from '../terminal.ts'
import { utf16 } from './written.ts'

/**
 * Text from bytes; null for binary data. Windows programs save captures as UTF-16 or with a byte order mark;
 * descriptions typed on old terminals are Latin-1, which never fails to decode.
 */
export function decode(bytes: Buffer): string | null {
  // Most text is printable ASCII: one look instead of several. A pager may stand in it all the same.
  if (isTidy(bytes)) return replay(bytes.toString('latin1'), true)
  const text = plainText(bytes)
  if (text === null) return null
  return UNTIDY.test(text) ? replay(typed(text)) : replay(text, true)
}

const UNTIDY = /[^\t\n -~]/

/** Whether bytes hold nothing else. Four printable ones are taken at a time: a regular expression takes four times as long. */
function isTidy(bytes: Buffer): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const { length } = bytes
  for (let i = 0; i < length; ) {
    // The highest bit of a byte comes up below 32 by what is taken away, at 127 by what is added, and is there from 128 on.
    for (; i + 4 <= length; i += 4) {
      const four = view.getInt32(i, true)
      if ((((four - 0x20202020) | (four + 0x01010101) | four) & 0x80808080) !== 0) break
    }
    // The end of a line, mostly: the next four may be printable again.
    for (const end = Math.min(i + 4, length); i < end; ) {
      const byte = bytes[i++] as number
      if (byte > 126 || (byte < 32 && byte !== 9 && byte !== 10)) return false
      if (byte === 10) break
    }
  }
  return true
}

/** Signs that look like what a device writes, and that mail and web pages put in its place. */
const LOOKALIKES = /[\u00a0\u00ad\u2000-\u200f\u2010-\u2015\u202f\u205f\u2060\u2212\u3000\ufe63\ufeff\uff0d]/g
const BLANK = /[\u00a0\u2000-\u200a\u202f\u205f\u3000]/
const HYPHEN = /[\u2010-\u2015\u2212\ufe63\uff0d]/

/** Blanks, hyphens and dashes as those of a keyboard, and without signs that nobody sees. */
const typed = (text: string): string => text.replace(LOOKALIKES, sign => (BLANK.test(sign) ? ' ' : HYPHEN.test(sign) ? '-' : ''))

function plainText(bytes: Buffer): string | null {
  const wide = utf16(bytes)
  if (wide !== null) return wide
  let nuls = 0
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) nuls++
  // Some systems (Comware) pad their prompts with a NUL now and then: a capture with a few of them is still text.
  if (nuls * 200 > bytes.length) return null
  const text = utf8OrLatin1(bytes)
  return nuls > 0 ? text.replaceAll('\0', '') : text
}

function utf8OrLatin1(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return bytes.toString('latin1')
  }
}
