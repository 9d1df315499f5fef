// Output that stops for a key: seeing it, and taking the traces out again.
import type { Plain, Received } from './received.ts'

/** Pagers that come up where no platform says which one to expect. */
const ANY = /<?-{2,4} ?more ?-{2,4}>?|---\(more[^)]*\)---|^lines \d+-\d+(?:\/\d+)?(?: \d+%)? *$/i
/** Behind a pager in its line stands no more than a hint: how far it is, or which keys there are. */
const HINT = /^[^\n]{0,60}$/
/** The rest of a pager whose key was pressed before all of it had come. */
const REST = String.raw`[-, )>]{0,8}(?:\(?\d+%\)?)?[-) ]{0,8}(?:, next page: [^\n\r\b\x1b]{0,60})?\s{0,2}`
const MOVE = String.raw`[\b]|\r(?!\r*\n)|\x1b\[[0-9;?]*[A-Za-z]`
/** How a device wipes its pager out. Blanks behind the last movement are indentation of what follows. */
const ERASURE = new RegExp(`^(?:${REST})?(?:${MOVE})(?:[ ]|${MOVE})*(?:${MOVE})|^(?:${REST})?(?:${MOVE})`)
const LONGEST = 1024

/** Where the pager starts in the line the cursor stands in; -1 when the device waits for no key. */
export function pagerAt(line: string, own: RegExp | undefined): number {
  const found = own?.exec(line) ?? ANY.exec(line)
  return found && HINT.test(line.slice(found.index + found[0].length)) ? found.index : -1
}

/**
 * The bytes as they would have come without a pager. A key was pressed at each of `pressed`. What stands in front of a
 * pager in its line is kept, and a line that only looks like one (in a banner) is, too: no device erases it.
 */
export function unpaged(raw: string, pressed: readonly number[], own: RegExp | undefined): string {
  let text = ''
  let from = 0
  for (const at of pressed) {
    if (at < from) continue
    const head = raw.slice(from, at)
    const line = head.slice(head.lastIndexOf('\n') + 1)
    const start = pagerAt(line, own)
    const after = raw.slice(at, at + LONGEST)
    const erased = ERASURE.exec(after)?.[0].length ?? 0
    // Text that the pager's words stand in: a description.
    const inText = erased === 0 && /[^\s\0-\x1f]/.test(line.slice(0, start).replace(/\x1b\[[0-9;?]*[A-Za-z]/g, ''))
    if (start < 0 || inText || /^[^\S\n]*\n/.test(after)) {
      text += head
      from = at
    } else {
      text += head.slice(0, head.length - line.length + start).replace(/[^\S\n]+$/, '')
      from = at + erased
    }
  }
  return text + raw.slice(from)
}

/** The pages of one answer. */
export interface Pages {
  /** What to do about the line the cursor stands in: `turned` when the key for it has been pressed already. */
  turn(line: string): 'none' | 'turn' | 'turned' | 'endless'
  /** All that came, without the pagers; see `Received.text`. */
  text(): Plain
  clear(): void
}

/** Pages in a row that hold no line. */
const EMPTY = 100

/** Keeps account of where keys were pressed in what was received. */
export function openPages(received: Received, own: RegExp | undefined): Pages {
  let pressed: number[] = []
  let empty = 0
  return {
    turn(line) {
      if (pagerAt(line, own) < 0) return 'none'
      const lines = received.lines(pressed.at(-1) ?? 0)
      // The rest of the same pager, or some of what wipes it out.
      if (pressed.length > 0 && pagerAt(lines.at(-1) ?? '', own) < 0) return 'turned'
      const blank = lines.slice(0, -1).every(l => l.trim() === '')
      empty = blank ? empty + 1 : 0
      pressed.push(received.size)
      return empty > EMPTY ? 'endless' : 'turn'
    },
    text() {
      if (pressed.length === 0) return received.text()
      return { ended: `${unpaged(received.slice(0, received.size), pressed, own)}\n`, disturbed: true, ascii: false }
    },
    clear() {
      pressed = []
      empty = 0
    },
  }
}
