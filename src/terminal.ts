// What a terminal would show for the bytes a device sent. Pure.

/** A stored line starts where the device began to write it; escape sequences that are no letters of it go. */
const ESCAPE = /\x1b(?:\[([0-9;?<=>]*)[ -/]*([@-~])|\][^\x07\x1b]*(?:\x07|\x1b\\)|[()*+][A-Za-z0-9]|([ -~]))/y
const CONTROL = /[\0-\x08\x0b-\x1f\x7f]/
/** The same in a whole text: a carriage return disturbs only where it does not end a line. */
const DISTURBED = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]|\r(?!\r*(?:\n|$))/

/** The lines of a stretch of output, with cursor movements carried out and control characters gone. */
export function render(raw: string): string[] {
  const lines = raw.split('\n')
  // Nearly all text is plain; asking once is cheaper than asking of every line.
  if (!DISTURBED.test(raw)) return raw.includes('\r') ? lines.map(bare) : lines
  return lines.flatMap(line => {
    const text = bare(line)
    return CONTROL.test(text) ? draw(text) : [text]
  })
}

/** The line without the carriage returns at its end. */
function bare(line: string): string {
  let end = line.length
  while (end > 0 && line.charCodeAt(end - 1) === 13) end--
  return end === line.length ? line : line.slice(0, end)
}

/**
 * One line with cursor movements. Pagers and redrawn prompts return to column 0 and write over what stands there;
 * blanks may do so, but text over different text starts a line of its own: rather one line too many than one lost.
 */
function draw(raw: string): string[] {
  const lines: string[] = []
  let cells: string[] = []
  let column = 0
  let returned = false
  /** The line as it was when the cursor returned: text may begin over its indentation. */
  let before = cells
  const put = (character: string) => {
    const there = cells[column] ?? ' '
    if (returned && character !== ' ' && there !== ' ' && there !== character) {
      lines.push(before.join('').trimEnd())
      cells = cells.slice(0, column)
      returned = false
    }
    while (cells.length < column) cells.push(' ')
    cells[column++] = character
  }
  for (let i = 0; i < raw.length; ) {
    const character = raw[i] ?? ''
    if (character === '\x1b') {
      ESCAPE.lastIndex = i
      const [whole, numbers = '', letter, single] = ESCAPE.exec(raw) ?? ['\x1b']
      const count = Number.parseInt(numbers, 10) || 1
      if (letter === 'D') column = Math.max(0, column - count)
      else if (letter === 'C') column += Math.min(count, 512)
      else if (letter === 'G') column = Math.min(count, 512) - 1
      else if (letter === 'K') cells = numbers === '2' ? [] : cells.slice(0, column)
      else if (single === 'E') {
        // AOS-S ends its lines with ESC E.
        lines.push(cells.join('').trimEnd())
        cells = []
        column = 0
      }
      i += whole.length
      continue
    }
    if (character === '\r') {
      column = 0
      returned = true
      before = [...cells]
    } else if (character === '\b') column = Math.max(0, column - 1)
    else if (character === '\t' || !CONTROL.test(character)) put(character)
    i++
  }
  return [...lines, cells.join('').replace(/ +$/, blanks => (column > cells.length - blanks.length ? blanks : ''))]
}

/** A pager's prompt that was captured with the text, at the start of what it let through. */
const PAGER = /^\s*(?:<-+ ?more ?-+>|-+ ?\(?more[^\n-]{0,12}?\)? ?-+)(?: ?\([^)]*\))?[ \t]*/i

/**
 * A stored capture as the terminal showed it: cursor movements carried out, pager prompts gone, and as many lines as
 * before, so that line numbers still refer to the file. Of text written over other text, the last is kept. `printable`: it holds
 * nothing but printable ASCII, tabs and line feeds.
 */
export function replay(text: string, printable = false): string {
  // IOS writes the delimiter of a banner as this byte into files, and shows it as `^C`.
  if (!printable && text.includes('\x03')) return replay(text.replaceAll('\x03', '^C'))
  if (!printable && !text.includes('\n') && text.includes('\r')) return replay(text.replaceAll('\r', '\n'))
  // Most text holds neither: to look for a character costs a tenth of looking for a word in any spelling.
  const paged = (text.includes('--') || text.includes('(')) && /-- ?more|\(more/i.test(text)
  if (!paged && (printable || !DISTURBED.test(text))) return text
  return text
    .split('\n')
    .map(line => {
      const disturbed = DISTURBED.test(line)
      if (paged && disturbed && PAGED.test(line)) return behindPager(line)
      const shown = disturbed ? (render(line).at(-1) ?? '') : line
      return paged ? shown.replace(PAGER, ' ') : shown
    })
    .join('\n')
}

/** Only at the start of a line: what a device wrote before the prompt must not go with it. */
const PAGED = /^(?:\s|\x1b\[[0-9;?]*[A-Za-z])*<?-+ ?\(?more/i

/** What follows the prompt and its erasure. Devices rub out one column less than they wrote, so the screen would be off by one. */
function behindPager(line: string): string {
  const bare = line.replace(/\r+$/, '')
  const last = Math.max(bare.lastIndexOf('\b'), bare.lastIndexOf('\r'))
  const rest = last < 0 ? bare.replace(/^.*?more[^a-z]*?-+/i, '') : bare.slice(last + 1)
  return rest.replace(/\x1b\[[0-9;?]*[ -/]*[@-~]/g, '').replace(/[\0-\x08\x0b-\x1f\x7f]/g, '')
}
