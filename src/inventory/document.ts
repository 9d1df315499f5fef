// A YAML file, read and held against a schema. Everything wrong with it is said as `file:line:column: sentence`.
import { readFileSync } from 'node:fs'
import { type Document, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { Trouble } from '../model/trouble.ts'
import { locate, type Path } from './locate.ts'
import { type Problem, problemsOf } from './problem.ts'
import { written } from './written.ts'
import { STRAY_ALIAS, saidOf, strayAlias } from './yaml-fault.ts'

/** What a kind of file is called, and where one gets a good one from. */
export interface Kind<T> {
  readonly schema: z.ZodType<T>
  /** `inventory`. */
  readonly name: string
  /** What to do where there is no such file. */
  readonly start: string
  /** What the whole file must be, as a sentence. */
  readonly whole: string
}

/** A file that follows its schema. */
export interface Checked<T> {
  readonly data: T
  /** Throws the first of these problems, with its place. */
  refuse(problems: readonly Problem[]): void
  /** The line of what stands at a path, from 1. */
  lineOf(path: Path): number
}

/** Reads a file of one kind; throws one sentence where it is not one. */
export function readDocument<T>(file: string, kind: Kind<T>): Checked<T> {
  const lines = new LineCounter()
  const doc = parseDocument(read(file, kind), { lineCounter: lines, prettyErrors: false })
  const [broken] = doc.errors
  if (broken) {
    const { line, col } = lines.linePos(broken.pos[0])
    throw new Trouble('inventory', `${file}:${line}:${col}: this is not valid YAML: ${saidOf(broken.message)}`)
  }
  const data = plain(doc, lines, file)
  const parsed = kind.schema.safeParse(data)
  if (!parsed.success) throw complaint(file, doc, lines, problemsOf(parsed.error.issues, data, kind))
  return {
    data: parsed.data,
    refuse: problems => {
      if (problems.length > 0) throw complaint(file, doc, lines, problems)
    },
    lineOf: path => locate(doc, lines, path).line,
  }
}

function read(file: string, { name, start }: Kind<unknown>): string {
  try {
    return written(readFileSync(file))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new Trouble('inventory', `there is no ${name} ${file}; ${start}`)
    throw new Trouble('inventory', `the ${name} ${file} cannot be read (${code}); check that it is a file you may read`)
  }
}

/** Aliases may expand a small file into one that fills the memory; the parser refuses those. */
function plain(doc: Document, lines: LineCounter, file: string): unknown {
  try {
    return doc.toJS()
  } catch (error) {
    const stray = strayAlias(doc, lines)
    const { line, col } = stray ?? { line: 1, col: 1 }
    const said = stray ? STRAY_ALIAS : saidOf((error as Error).message)
    throw new Trouble('inventory', `${file}:${line}:${col}: this is not valid YAML: ${said}`)
  }
}

/** The first problem of the file, and how many follow. */
function complaint(file: string, doc: Document, lines: LineCounter, problems: readonly Problem[]): Trouble {
  const placed = problems
    .map(({ path, at, message }) => ({ ...locate(doc, lines, path, at), at, message }))
    // A misspelt key is also a missing one, and the spelling is the better news.
    .sort((a, b) => (a.at === b.at ? a.line - b.line || a.col - b.col : a.at === 'key' ? -1 : 1))
  const [first] = placed
  const more = placed.length > 1 ? ` (and ${placed.length - 1} more)` : ''
  return new Trouble('inventory', `${file}:${first?.line}:${first?.col}: ${first?.message}${more}`)
}
