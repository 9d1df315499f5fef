// Text from whatever an editor or a terminal program saved.
import { replay } from '../terminal.ts'

/**
 * Text from bytes; null for binary data. Windows programs save captures as UTF-16 or with a byte order mark;
 * descriptions typed on old terminals are Latin-1, which never fails to decode.
 */
export function decode(bytes: Buffer): string | null {
  const text = plainText(bytes)
  if (text === null) return null
  // Most text is printable ASCII: one look instead of several. A pager may stand in it all the same.
  return UNTIDY.test(text) ? replay(typed(text)) : replay(text, true)
}

const UNTIDY = /[^\t\n -~]/

/** Signs that look like what a device writes, and that mail and web pages put in its place. */
const LOOKALIKES = /[\u00a0\u00ad\u2007\u2010\u2011\u200b-\u200d\u202f\u2060\ufeff]/g

/** Blanks and hyphens that hold lines together as those of a keyboard, and without signs that nobody sees. */
const typed = (text: string): string =>
  text.replace(LOOKALIKES, sign => (/[\u00a0\u2007\u202f]/.test(sign) ? ' ' : /[\u2010\u2011]/.test(sign) ? '-' : ''))

function plainText(bytes: Buffer): string | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
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
