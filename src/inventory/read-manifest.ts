// The manifest of a snapshot, read and checked. Everything wrong with it is said as `file:line: sentence`.
import { readFileSync } from 'node:fs'
import { join, normalize } from 'node:path'
import { type Document, LineCounter, parseDocument } from 'yaml'
import { MANIFEST, type Manifest } from '../model/snapshot.ts'
import { Trouble } from '../model/trouble.ts'
import { locate } from './locate.ts'
import { manifestSchema } from './manifest.ts'
import { type Problem, problemsOf } from './problem.ts'
import { written } from './written.ts'

const REMEDY = `collect the snapshot again, or take ${MANIFEST} away if it is none of a snapshot`

const WHOLE = 'a manifest is an object with the keys schema_version and devices'

/** The manifest of a folder; null where there is none. */
export function readManifest(dir: string): Manifest | null {
  const file = join(dir, MANIFEST)
  const text = textOf(file)
  return text === null ? null : manifestOf(file, text)
}

/** The manifest in a text; `file` is what it is called. */
export function manifestOf(file: string, text: string): Manifest {
  const data = parse(file, text)
  if (typeof data !== 'object' || data === null || Array.isArray(data))
    throw new Trouble('input', `${file}:1: ${WHOLE}; ${REMEDY}`)
  const { schema_version: version } = data as { readonly schema_version?: unknown }
  if (typeof version === 'number' && version !== 1) {
    const sentence = `it has schema version ${version}, and this version reads 1; use the iphelper-audit that wrote it`
    throw complaint(file, text, [{ path: ['schema_version'], at: 'value', message: sentence }], '')
  }
  const parsed = manifestSchema.safeParse(data)
  const problems = parsed.success
    ? contradictions(parsed.data)
    : problemsOf(parsed.error.issues, data, { schema: manifestSchema, whole: WHOLE })
  if (!parsed.success || problems.length > 0) throw complaint(file, text, problems, `; ${REMEDY}`)
  return parsed.data
}

function textOf(file: string): string | null {
  try {
    return written(readFileSync(file))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    // A folder that is not there, or is none, is said of the folder.
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new Trouble('input', `the manifest ${file} cannot be read (${code}); check that it is a file you may read`)
  }
}

function parse(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    const { message } = error as SyntaxError
    throw new Trouble('input', `${file}:${brokenLine(text, message)}: this is not valid JSON: ${said(message)}; ${REMEDY}`)
  }
}

/** Characters that the engine quotes before what it stumbled over. */
const BEFORE = 10

/** The engine names a position, or that the text ends too soon, or quotes what it stumbled over and what stands around it. */
function brokenLine(text: string, message: string): number {
  const [, position] = /at position (\d+)/.exec(message) ?? []
  if (position !== undefined) return lineAt(text, Number(position))
  if (/end of JSON/.test(message)) return lineAt(text.trimEnd(), text.length)
  const [, quoted] = /, \.\.\."(.*)"(?:\.\.\.)? is not valid JSON$/s.exec(message) ?? []
  const at = quoted === undefined ? -1 : text.indexOf(quoted)
  return at < 0 ? 1 : lineAt(text, at + BEFORE)
}

const lineAt = (text: string, position: number) => text.slice(0, position).split('\n').length

/** Without the text that the engine quotes: it may be long, and hold anything. */
const said = (message: string) =>
  message
    .replace(/, (\.\.\.)?".*$/s, '')
    .replace(/ in JSON at position.*/s, '')
    .replace(/[\0-\x1f\x7f-\x9f]+/g, ' ')

/** What the devices say about one another: names and files are theirs alone. */
function contradictions({ devices }: Manifest): Problem[] {
  const names = new Map<string, number>()
  const files = new Map<string, string>()
  return devices.flatMap(({ name, status, file }, n): Problem[] => {
    const wrong = (key: string, message: string): Problem[] => [{ path: ['devices', n, key], at: 'value', message }]
    const before = names.get(name)
    if (before !== undefined) return wrong('name', `the name "${name}" is taken by entry ${before + 1} of "devices"`)
    names.set(name, n)
    if (file === null) return status === 'failed' ? [] : wrong('file', `"${name}" is said to be collected, and no file is named`)
    const owner = files.get(normalize(file))
    files.set(normalize(file), name)
    return owner === undefined ? [] : wrong('file', `"${file}" is the file of "${owner}" already`)
  })
}

/** The first problem of the file, and how many follow. */
function complaint(file: string, text: string, problems: readonly Problem[], remedy: string): Trouble {
  const lines = new LineCounter()
  const doc: Document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const placed = problems
    .map(({ path, at, message }) => ({ line: locate(doc, lines, path, at).line || 1, message }))
    .sort((a, b) => a.line - b.line)
  const [first] = placed
  const more = placed.length > 1 ? ` (and ${placed.length - 1} more)` : ''
  return new Trouble('input', `${file}:${first?.line}: ${first?.message}${remedy}${more}`)
}
