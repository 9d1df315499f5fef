// What a git repository says of configurations: when each was last committed, and, where there are no files, what they hold.
// git-log(1), git-ls-tree(1), git-cat-file(1).
import { execFileSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'

/** The history of thousands of devices over years is some tens of megabytes of names. */
const MOST_OUTPUT = 512 * 1024 * 1024
/** Milliseconds for one run. */
const TIME = 120_000

/**
 * Nothing that a repository's own configuration names is run: no pager, no signature checks, no hooks, no monitors; and nothing is
 * written or fetched.
 */
const SAFE = [
  '--no-pager',
  '--no-optional-locks',
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.hooksPath=/dev/null',
  '-c',
  'log.showSignature=false',
]

/** Commits with the names of what they changed, latest first; parted by NUL, as names may hold anything else. */
const LOG = ['log', '--format=%x01%ct', '--name-only', '--no-renames', '--no-ext-diff', '--no-textconv', '-z']

/** Where git is to work: in a folder of a work tree, or on a bare repository. */
export type Where = { readonly folder: string } | { readonly bare: string }

/** Runs git with fixed arguments and no shell; throws what went wrong, in words. */
function git(where: Where, args: readonly string[], input = ''): Buffer {
  const place = 'bare' in where ? [`--git-dir=${where.bare}`] : ['-C', where.folder]
  // Variables of git would lead to another repository.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_') || /^GIT_CONFIG_/.test(name)),
  )
  try {
    return execFileSync('git', [...SAFE, ...place, ...args], {
      input,
      maxBuffer: MOST_OUTPUT,
      timeout: TIME,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...env, LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0', GIT_NO_LAZY_FETCH: '1' },
    })
  } catch (error) {
    const { status = null, ...failure } = error as NodeJS.ErrnoException & { readonly stderr?: Buffer; readonly status?: number }
    throw Object.assign(new Error(reasonOf({ ...failure, code: (error as NodeJS.ErrnoException).code }, where)), { status })
  }
}

function reasonOf({ code, stderr }: NodeJS.ErrnoException & { readonly stderr?: Buffer }, where: Where): string {
  if (code === 'ENOENT') return 'git is not installed'
  if (code === 'ETIMEDOUT') return `git takes longer than ${TIME / 1000} s`
  const said = stderr?.toString('utf8') ?? ''
  if (/dubious ownership/.test(said)) {
    const path = resolve('bare' in where ? where.bare : where.folder)
    return `it belongs to somebody else, which git refuses until: git config --global --add safe.directory ${path}`
  }
  if (/unknown revision|bad revision|ambiguous argument|does not have any commits|Not a valid object name/.test(said))
    return 'it has no commit yet'
  const line = said
    .split('\n', 1)[0]
    ?.replace(/^fatal: /, '')
    .replace(/[\0-\x1f\x7f-\x9f]+/g, ' ')
    .slice(0, 120)
  return line ? `git says: ${line}` : `git fails (${code ?? 'no reason given'})`
}

/** Is a folder a bare repository, as Oxidized keeps them? */
export function isBare(folder: string): boolean {
  try {
    return (
      statSync(join(folder, 'HEAD')).isFile() &&
      statSync(join(folder, 'objects')).isDirectory() &&
      statSync(join(folder, 'refs')).isDirectory()
    )
  } catch {
    return false
  }
}

/** Does a folder stand in a work tree? Its `.git` is a folder, or a file where it is a further work tree. */
export function inWorkTree(folder: string): boolean {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return true
    if (at === dirname(at)) return false
  }
}

/**
 * When each file was last committed, by its path relative to the folder or the root of the repository; of another revision than the
 * latest, relative to `prefix`, which ends with a slash or is empty.
 */
export function commitTimes(where: Where, at?: { readonly commit: string; readonly prefix: string }): Map<string, Date> {
  const tail = at
    ? [...(at.prefix === '' ? [] : [`--relative=${at.prefix}`]), at.commit, '--', `:(top,literal)${at.prefix}`]
    : 'bare' in where
      ? ['HEAD']
      : ['--relative', 'HEAD', '--', '.']
  const times = new Map<string, Date>()
  let time = new Date(0)
  for (const token of git(where, [...LOG, ...tail])
    .toString('utf8')
    .split('\0')) {
    const [, seconds] = /^\n?\x01(\d+)$/.exec(token) ?? []
    if (seconds !== undefined) {
      time = new Date(Number(seconds) * 1000)
      continue
    }
    const name = token.replace(/^\n/, '')
    if (name !== '' && !times.has(name)) times.set(name, time)
  }
  return times
}

/** One file of a commit. */
export interface Blob {
  readonly path: string
  readonly id: string
  /** In bytes. */
  readonly size: number
  /** `link`: its content is where it leads to. `module`: a repository of its own, whose files are not here. */
  readonly kind: 'file' | 'link' | 'module'
}

const KINDS: Readonly<Record<string, Blob['kind']>> = { '100': 'file', '120': 'link', '160': 'module' }

/** What is in a tree, as `tree` names it: an id, or HEAD. */
export function listTree(where: Where, tree: string): Blob[] {
  return git(where, ['ls-tree', '-r', '-l', '-z', '--full-tree', tree])
    .toString('utf8')
    .split('\0')
    .flatMap(line => {
      const [, mode = '', id, size, path] = /^(\d{3})\d{3} (?:blob|commit) ([0-9a-f]+) +(\d+|-)\t(.*)$/s.exec(line) ?? []
      const kind = KINDS[mode]
      return id === undefined || path === undefined || kind === undefined ? [] : [{ path, id, kind, size: Number(size) || 0 }]
    })
}

/** The files of the last commit; links and submodules are none. */
export const listBlobs = (bare: string): Blob[] => listTree({ bare }, 'HEAD').filter(b => b.kind === 'file')

/** The id of what a name such as `main^{commit}` or `main:configs` stands for; null where it stands for nothing. */
export function idOf(where: Where, name: string): string | null {
  try {
    return git(where, ['rev-parse', '--verify', '--quiet', '--end-of-options', name]).toString('utf8').trim()
  } catch (error) {
    if ((error as { readonly status?: unknown }).status === 1) return null
    throw error
  }
}

/** What an id is: `tree`, `blob` or `commit`. */
export const typeOf = (where: Where, id: string): string => git(where, ['cat-file', '-t', id]).toString('utf8').trim()

/** Where a folder stands in its repository, with a slash at the end; empty for the root. */
export const prefixOf = (folder: string): string =>
  git({ folder }, ['rev-parse', '--show-prefix']).toString('utf8').replace(/\n$/, '')

/** Bytes that are fetched in one run of git, which costs more to start than many configurations to read. */
const AT_ONCE = 64 * 1024 * 1024

/** Reads files of a repository; those that are likely to be wanted next come along, up to so many bytes. */
export function blobReader(where: Where, order: readonly Blob[], bytes = AT_ONCE): (id: string) => Buffer {
  const at = new Map(order.map(({ id }, n) => [id, n]))
  let kept = new Map<string, Buffer>()
  return id => {
    const known = kept.get(id)
    if (known) return known
    const ids = new Set([id])
    let left = bytes
    for (let n = at.get(id) ?? order.length; n < order.length && left > 0; n++) {
      const blob = order[n] as Blob
      left -= blob.size
      if (left > 0 && blob.kind !== 'module') ids.add(blob.id)
    }
    kept = fetchBlobs(where, [...ids])
    const found = kept.get(id)
    if (!found) throw new Error(`git has no content for ${id.slice(0, 12)}`)
    return found
  }
}

/** `cat-file --batch` answers each id with a line `ID TYPE SIZE`, the content and a line feed. */
function fetchBlobs(where: Where, ids: readonly string[]): Map<string, Buffer> {
  const output = git(where, ['cat-file', '--batch'], `${ids.join('\n')}\n`)
  const found = new Map<string, Buffer>()
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf(10, at)
    const [id = '', type, size] = output.toString('latin1', at, end).split(' ')
    const length = type === 'blob' ? Number(size) : 0
    if (type === 'blob') found.set(id, output.subarray(end + 1, end + 1 + length))
    at = end + 1 + (type === 'blob' ? length + 1 : 0)
  }
  return found
}
