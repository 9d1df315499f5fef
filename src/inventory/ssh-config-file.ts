// The lines of an SSH configuration and of the files it includes, as ssh(1) takes them apart (OpenSSH, readconf.c and misc.c).
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Trouble } from '../model/trouble.ts'
import { wildcard } from './ssh-config-patterns.ts'

/** A line that says something. */
export interface ConfigLine {
  /** It stands in the configuration of the machine, not in the user's. */
  readonly machine: boolean
  /** `the SSH configuration FILE line 3`. */
  readonly place: string
  /** In lower case. */
  readonly keyword: string
  /** What stands behind it, as it was written. */
  readonly rest: string
  /** The same as words, without quotes, escapes and the comment at its end; null where a quote is not closed. */
  readonly words: readonly string[] | null
}

/** A line, or the files that stand in the place of an `Include`. */
export type ConfigItem = ConfigLine | { readonly included: readonly (readonly ConfigItem[])[] }

/** Includes may include one another this deep, as in OpenSSH. */
const DEPTH = 16

/** Reads a file; one that is not there says nothing, unless it was asked for by name (`wanted`). Throws a `Trouble`. */
export function readConfigFile(file: string, home: string, wanted: boolean): readonly ConfigItem[] {
  return read(file, { wanted, own: !wanted, machine: false, near: join(home, '.ssh'), home }, DEPTH)
}

/** The same of the file that holds for all users of the machine, which ssh reads behind the user's. */
export function readMachineFile(folder: string, home: string): readonly ConfigItem[] {
  return read(join(folder, 'ssh_config'), { wanted: false, own: false, machine: true, near: folder, home }, DEPTH)
}

/** How to read one file. */
interface Reading {
  readonly wanted: boolean
  /** A file that ssh takes from its owner and from root alone. */
  readonly own: boolean
  readonly machine: boolean
  /** Where included files are, unless their paths say it. */
  readonly near: string
  readonly home: string
}

function read(file: string, how: Reading, depth: number): ConfigItem[] {
  const text = textOf(file, how)
  return text.split('\n').flatMap((row, n): ConfigItem[] => {
    const place = `the SSH configuration ${file} line ${n + 1}`
    // One equals sign may stand behind the keyword, with blanks or without.
    const [, keyword = '', rest = ''] = /^[ \t\r]*([^ \t\r="]+)(?:[ \t\r]*=)?[ \t\r]*(.*?)[ \t\r\f]*$/.exec(row) ?? []
    if (keyword === '' || keyword.startsWith('#')) return []
    const line: ConfigLine = { machine: how.machine, place, keyword: keyword.toLowerCase(), rest, words: wordsOf(rest) }
    if (line.keyword !== 'include') return [line]
    if (depth === 0) throw new Trouble('inventory', `${file}: Include goes too deep; look for a file that includes itself`)
    const paths = argumentsOf(line).map(path => includePath(path, how, place))
    const files = paths.flatMap(path => expand(path)).filter(path => !isFolder(path))
    return [{ included: files.map(path => read(path, { ...how, wanted: false, own: true }, depth - 1)) }]
  })
}

function textOf(file: string, { wanted, own }: Reading): string {
  const unread = (why: string) => new Trouble('inventory', `the SSH configuration ${file} ${why}, or set ssh: { config: none }`)
  try {
    const text = readFileSync(file, 'utf8')
    const { uid, mode } = statSync(file)
    const me = process.getuid?.()
    // As ssh has it; that others of its group may write it is for the systems to judge, which give each user a group.
    if (own && me !== undefined && ((uid !== 0 && uid !== me) || (mode & 0o002) !== 0))
      throw unread('belongs to somebody else, or everybody may write it, so ssh does not take it; correct its owner or mode')
    return text
  } catch (error) {
    if (error instanceof Trouble) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' && !wanted) return ''
    throw unread(`cannot be read (${code}); check the path`)
  }
}

/** The words behind a keyword; throws where there is none, or where a quote is not closed. */
export function argumentsOf({ place, keyword, words }: ConfigLine): readonly string[] {
  if (words === null || words.length === 0 || words.includes(''))
    throw new Trouble(
      'inventory',
      `${place} cannot be understood: ${keyword} ${words === null ? 'has a quote that is not closed' : 'says nothing'}; correct it, or set ssh: { config: none }`,
    )
  return words
}

/** Words between blanks; quotes of both kinds, backslashes in front of quotes, blanks and themselves, and `#` where a word begins. */
function wordsOf(text: string): string[] | null {
  const words: string[] = []
  for (let i = 0; i < text.length; i++) {
    if (/[ \t]/.test(text.charAt(i))) continue
    if (text[i] === '#') break
    let quote = ''
    let word = ''
    for (; i < text.length; i++) {
      const [char = '', next = ''] = [text[i], text[i + 1]]
      if (char === '\\' && (/['"\\]/.test(next) || (quote === '' && next === ' '))) word += text[++i]
      else if (quote === '' && /[ \t]/.test(char)) break
      else if (quote === '' && /['"]/.test(char)) quote = char
      else if (char === quote) quote = ''
      else word += char
    }
    if (quote !== '') return null
    words.push(word)
  }
  return words
}

function includePath(path: string, { home, near, machine }: Reading, place: string): string {
  // Later releases write tokens and variables out; earlier ones look for files of such names.
  if (/%|\$\{/.test(path) || /^~[^/]/.test(path))
    throw new Trouble('inventory', `${place} includes ${path}, which is not written out here; name the file itself`)
  // As with ssh: whose home would it be?
  if (path.startsWith('~') && machine)
    throw new Trouble('inventory', `${place} includes ${path}, and belongs to all users; name the file itself`)
  if (path.startsWith('~')) return join(home, path.slice(1))
  return path.startsWith('/') ? path : join(near, path)
}

/** Paths that fit one with wildcards, in their order; hidden files only where the pattern says so: glob(7). */
function expand(path: string): string[] {
  if (!/[*?[]/.test(path)) return [path]
  return path
    .split('/')
    .slice(1)
    .reduce<string[]>(
      (folders, part) => {
        if (!/[*?[]/.test(part)) return folders.map(folder => `${folder}/${part}`)
        const fits = wildcard(part, true)
        return folders.flatMap(folder =>
          entries(folder || '/')
            .filter(name => fits.test(name) && name.startsWith('.') === part.startsWith('.'))
            .map(name => `${folder}/${name}`),
        )
      },
      [''],
    )
    .filter(found => statSync(found, { throwIfNoEntry: false }) !== undefined)
    .sort()
}

function entries(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

const isFolder = (path: string): boolean => {
  try {
    return statSync(path).isDirectory()
  } catch {
    return false
  }
}
