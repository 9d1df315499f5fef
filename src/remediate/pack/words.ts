// Text from configurations, inventories and file names in files that people and programs read: one line, and nothing but text.

/** `1 router`, `2 routers`. */
export const count = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** Printable ASCII in one line. A question mark asks a command line for help even in a comment. */
export const ascii = (text: string): string => text.replaceAll(/[^\x20-\x3e\x40-\x7e]/g, '_')

/** Text in Markdown: one line, and none of it markup. */
export const text = (value: string): string => oneLine(value).replaceAll(/[\\`*_{}[\]<>#|~]/g, '\\$&')

/** Code in Markdown, in one line. */
export const code = (value: string): string => `\`${oneLine(value).replaceAll('`', "'").replaceAll('|', '\\|')}\``

/** Several lines of code. No command holds a backtick. */
export const block = (lines: string, language = 'text'): string[] => [
  `\`\`\`${language}`,
  ...lines.split('\n').map(line => line.replaceAll('`', "'")),
  '```',
]

/** A table; cells are Markdown. */
export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${head.join(' | ')} |`,
  `|${head.map(() => '---|').join('')}`,
  ...rows.map(row => `| ${row.join(' | ')} |`),
]

/** What would reorder or hide its neighbours is spelled out. */
const oneLine = (value: string): string =>
  value.replaceAll(/[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, c => `(U+${hex(c)})`)
const hex = (character: string) => character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
