// history.ndjson: one line per run, only ever added to.
import { closeSync, existsSync, fstatSync, fsyncSync, ftruncateSync, openSync, readFileSync, readSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { HistoryLine } from '../model/history.ts'
import { Trouble } from '../model/trouble.ts'
import { historySchema } from './line.ts'

/** The history, below the state. */
export const JOURNAL = 'history.ndjson'

/** Reads all lines that are whole. One that is torn or damaged is skipped and told; one of a newer version stops everything. */
export function readJournal(dir: string, warn: (sentence: string) => void): HistoryLine[] {
  const file = join(dir, JOURNAL)
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') return []
    throw new Trouble('input', `${file} cannot be read (${code}); check that it is a file you may read`)
  }
  const lines = text.split('\n')
  return lines.flatMap((source, n) => {
    if (source.trim() === '') return []
    const read = parse(source)
    if (read !== null && 'newer' in read)
      throw new Trouble(
        'input',
        `${file}:${n + 1}: this state has version ${read.newer}, and this version of iphelper-audit reads 1; use the one that wrote it, or name another folder`,
      )
    if (read !== null) return [read]
    warn(
      n === lines.length - 1
        ? `${file}:${n + 1}: the last line is torn, so a run was killed while it wrote it; that run is left out`
        : `${file}:${n + 1}: this line is damaged and left out`,
    )
    return []
  })
}

/** Null for what is no line. */
function parse(source: string): HistoryLine | { readonly newer: string } | null {
  let data: unknown
  try {
    data = JSON.parse(source)
  } catch {
    return null
  }
  if (typeof data !== 'object' || data === null) return null
  const { schema_version } = data as { schema_version?: unknown }
  if (typeof schema_version === 'number' && schema_version > 1) return { newer: String(schema_version) }
  const parsed = historySchema.safeParse(data)
  return parsed.success ? parsed.data : null
}

/**
 * Adds a line, and is back when it is on the disk: whole, or not at all. A torn line before it stays a line of its own. Throws what the system says,
 * and has then taken back what was written of it.
 */
export function append(dir: string, line: HistoryLine): void {
  const file = join(dir, JOURNAL)
  const fresh = !existsSync(file)
  const journal = openSync(file, 'a+', 0o600)
  try {
    const { size } = fstatSync(journal)
    const bytes = Buffer.from(`${endsOpen(journal, size) ? '\n' : ''}${JSON.stringify(line)}\n`)
    try {
      for (let written = 0; written < bytes.length; ) written += writeSync(journal, bytes, written)
      fsyncSync(journal)
    } catch (error) {
      ftruncateSync(journal, size)
      throw error
    }
  } finally {
    closeSync(journal)
  }
  // The name of a new file is on the disk when its folder is.
  if (fresh) syncFolder(dirname(file))
}

/** Whether the file ends within a line. */
function endsOpen(journal: number, size: number): boolean {
  const last = Buffer.alloc(1)
  return size > 0 && readSync(journal, last, 0, 1, size - 1) === 1 && last[0] !== 0x0a
}

/** Makes names in a folder last through a loss of power, where the system can. */
export function syncFolder(dir: string): void {
  try {
    const folder = openSync(dir, 'r')
    try {
      fsyncSync(folder)
    } finally {
      closeSync(folder)
    }
  } catch {
    // Some systems open no folders; their file systems do it themselves.
  }
}
