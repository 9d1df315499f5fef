// A notation for the places where secrets stand. It reads like the command reference, and is made into expressions once.

import { AFTER, AFTER_IN_BRACES, AFTER_IN_COMMENT, BRACE_WORD, type Shape, STEMS, TYPE, UNNAMED } from './secret-shapes.ts'
import { type Starts, startsOf } from './starts.ts'

/**
 * What a platform's page says of its secrets. The words of a row are expressions for one word each; besides
 * `[a b]` may be missing, `..` is any few words, `<any>` one word, `<type>` the digit or name of an encryption, if any,
 * `<auth>` a word that means authentication, mistyped or not, and `!a|b` says what the next word is not. The last word is
 * the secret: `<secret>` is one word or a quoted string, `<secrets>` all words up to the end of the line, `<text>` the same
 * but for the public string that HSRP sends by default. `~` joins a word to the next. `^` begins the line, and
 * `key chain > ...` holds for lines that stand directly below such a line. A row of plain lines may end with `$`.
 */
export interface SecretRows {
  readonly forms: readonly string[]
  /** Lines that have a telltale word and no secret, or carry facts: only the forms above are looked for in them. */
  readonly plain: readonly string[]
  /** Statements end with a semicolon, and strings are quoted: an unknown word tells of a secret only in front of the last. */
  readonly braces?: boolean
  /** Words of lines that hold no secret and tell of one in the next line. */
  readonly heralds?: readonly string[]
}

/** One place where a secret stands. */
export interface Form extends Shape, Place {
  /** The string that HSRP sends by default stays. */
  readonly text: boolean
}

/** A kind of line. */
export interface Place {
  readonly expression: RegExp
  /** What the line must stand directly below. */
  readonly under: RegExp | null
}

/** A platform's secrets, ready to be looked for. */
export interface Secrets {
  /** Finds every line that any of the others can match: each needs one of its words. */
  readonly hint: RegExp
  /** The same, at one place. */
  readonly hintHere: RegExp
  /** Where that may be, found faster than by the expression itself. */
  readonly starts: Starts
  readonly forms: readonly Form[]
  readonly plain: readonly Place[]
  readonly telltale: RegExp
  /** What stands behind such a word in a line that is a comment, where statements are in braces. */
  readonly remark: RegExp
  readonly braces: boolean
}

/** How these begin. */
const STEM_STARTS =
  'pass pwd secret key auth tcat ticat communit md5 psk credential token curl snmp :// @ -----begin $0 $1 $2 $3 $4 $5 $6 $7 $8 $9 $sha $y'.split(
    ' ',
  )
const STEM = new RegExp(STEMS, 'i')
const AUTH = String.raw`[\w-]*(?:auth|ti?cat)[\w-]*`
const WORD = String.raw`"(?:[^"\\]|\\.)*(?:"(?!\S)|$)|<[a-z]+ [a-z]+>|\S+`
/** Up to the end of the line, but for the time that HSRP goes on with an old key. */
const WORDS = String.raw`\S+(?:\s+(?!timeout\s+\d+$)\S+)*`

/** Makes a page's rows into expressions. Throws on a row without a word that tells it: it could not be looked for. */
export function secretsOf({ forms, plain, braces = false, heralds = [] }: SecretRows): Secrets {
  const places = forms.map(row => formOf(row, braces))
  const words = new Set([...places.flatMap(form => form.words), ...heralds].filter(word => !STEM.test(word)))
  return {
    hint: new RegExp([STEMS, ...words].join('|'), 'gi'),
    hintHere: new RegExp([STEMS, ...words].join('|'), 'iy'),
    starts: startsOf([...STEM_STARTS, ...words]),
    forms: places,
    plain: plain.map(row => placeOf(row, braces)),
    telltale: new RegExp(braces ? AFTER_IN_BRACES : AFTER, 'gis'),
    remark: new RegExp(AFTER_IN_COMMENT, 'gis'),
    braces,
  }
}

const formOf = (row: string, braces: boolean): Form => ({
  ...placeOf(row, braces),
  words: tellingOf(row.replace(BELOW, '')),
  text: row.endsWith('<text>'),
})

/** `key chain > `: what the line stands directly below. */
const BELOW = /^(.+?) > /

function placeOf(row: string, braces: boolean): Place {
  const [, under] = BELOW.exec(row) ?? []
  return {
    expression: new RegExp(sourceOf(row.replace(BELOW, ''), braces), 'gis'),
    under: under === undefined ? null : new RegExp(String.raw`(?:^|\s)${under}(?![\w-])`, 'i'),
  }
}

/** The words of which one is in every line that a row matches: the longest there are, and best those looked for anyway. */
function tellingOf(row: string): readonly string[] {
  const needed = row
    .replace(/\[[^\]]*\]/g, '')
    .split(' ')
    .map(alternatives)
  const [telling] = needed
    .filter(words => words.every(word => /^[\w=,-]+$/.test(word)))
    .sort((a, b) => Number(b.every(stemmed)) - Number(a.every(stemmed)) || shortest(b) - shortest(a))
  if (telling === undefined) throw new Error(`no word tells the form of a secret: ${row}`)
  return telling.map(word => word.toLowerCase())
}

const stemmed = (word: string) => STEM.test(word)
const shortest = (words: readonly string[]) => Math.min(...words.map(word => word.length))
/** What a word of a row may be, as far as it is certain: `key-s\S*` contains `key-s`. */
const alternatives = (word: string): readonly string[] =>
  word.endsWith('<auth>')
    ? ['auth', 'tcat', 'ticat']
    : word
        .replace(/^\^?\(?|\)?~?$/g, '')
        .replaceAll(String.raw`\S*`, '')
        .split('|')

/** Words in front of a statement that say what becomes of it. */
const BEGINNING = String.raw`^\s*(?:(?:no|default|inactive:|protect:|replace:|delete:)\s+)*`

/** Where a word of ours begins outside of braces: not where the name of something stands, as in `vrf PIN 10.9.9.5`. */
const UNCALLED = String.raw`(?<![\w-]|(?:^|\s)(?:vrf|use-vrf|redundancy|name|follow|leader)\s{1,8})`

const PIECES: Readonly<Record<string, string>> = {
  '..': String.raw`(?:\S+\s+){0,16}?`,
  '<type>': TYPE,
  '<any>': String.raw`\S+(?:\s+|$)`,
  '<auth>': String.raw`${AUTH}(?:\s+|$)`,
  '<secrets>': `(${WORDS})`,
  '<text>': `(${WORDS})`,
}

function sourceOf(row: string, braces: boolean): string {
  const start = row.startsWith('^') ? BEGINNING : braces ? UNNAMED : UNCALLED
  const pieces = row
    .replace(/^\^/, '')
    .split(' ')
    .map(word => {
      const [, open = '', body = '', close = ''] = /^(\[*)(.*?)(\]*)$/.exec(word) ?? []
      return `${'(?:'.repeat(open.length)}${pieceOf(body, braces)}${')?'.repeat(close.length)}`
    })
  return start + pieces.join('')
}

/** Capture 1 is the secret, and there is no other. */
const uncaught = (word: string) => word.replace(/\((?!\?)/g, '(?:')

function pieceOf(word: string, braces: boolean): string {
  if (word === '<secret>') return `(${braces ? BRACE_WORD : WORD})`
  if (word.startsWith('!')) return String.raw`(?!(?:${uncaught(word.slice(1))})(?![^\s;]))`
  return PIECES[word] ?? (word.endsWith('~') ? word.slice(0, -1) : String.raw`${uncaught(word)}(?:\s+|$)`)
}
