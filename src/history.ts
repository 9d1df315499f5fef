// The state of scheduled audits: a folder that remembers from run to run.
import { accessSync, constants, existsSync, readdirSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { rules } from './analyze/rules/index.ts'
import { exitCode } from './audit/audit.ts'
import { makeFolder } from './collect/folder.ts'
import { type Occupied, occupy } from './collect/occupy.ts'
import type { Listener, Remembrance } from './model/history.ts'
import type { Result, Severity } from './model/result.ts'
import { Trouble } from './model/trouble.ts'
import { type Comparison, compare } from './state/compare.ts'
import { fold, nothing } from './state/fold.ts'
import { append, JOURNAL, readJournal } from './state/journal.ts'
import { type Keep, lastStored, prune, RESULTS, store, sweep } from './state/results.ts'

export type { Comparison } from './state/compare.ts'
export { timeToFix } from './state/fold.ts'
export { historySchema } from './state/line.ts'
export { newsFor } from './state/news.ts'
export { runCommand } from './state/on-change.ts'
export type { Keep } from './state/results.ts'
export { addressOf, post, type Webhook } from './state/webhook.ts'

/** How a run uses its state. */
export interface StateOptions {
  readonly keep: Keep
  readonly failOn: Severity | 'none'
  /** Who wants to be told of changes. */
  readonly listeners: readonly Listener[]
  readonly warn: (sentence: string) => void
}

/** A run that has the state. */
export interface StatefulRun {
  /** Holds a result against the runs before. */
  compare(result: Result, finished: Date): Comparison
  /** Writes the run down. Null when it is on the disk, else what is the matter; the state is as it was then, or lacks the stored result alone. */
  record(comparison: Comparison): Trouble | null
  /** Writes down that somebody was told of a run. */
  told(listener: Listener, run: number): void
  /** Lets others have the state. */
  release(): void
}

/**
 * Opens the state of an audit for one run, and makes it where there is none. Throws where another run has it, where it cannot be written, and where a
 * newer version wrote it. On a full disk the run goes on, and `record` tells.
 */
export function openState(dir: string, { keep, failOn, listeners, warn }: StateOptions): StatefulRun {
  const { lock, full } = enter(dir)
  try {
    if (lock) sweep(dir)
    const before = fold(nothing, readJournal(dir, warn))
    const run = Math.max(before.runs.at(-1)?.run ?? 0, lastStored(dir)) + 1
    return {
      compare: (result, finished) =>
        compare(before, result, {
          run,
          finished,
          listeners,
          rules: rules.map(r => r.id),
          tolerates: severity => exitCode([{ severity, waived: null }], result.summary, [], failOn) !== 1,
        }),
      record: ({ result, line }) => {
        if (full) return full
        if (!lock?.held())
          return new Trouble('usage', `another run has taken ${dir} over while this one stood still; this run is not recorded`)
        const { file, trouble } = keepResult(dir, run, result)
        try {
          append(dir, { ...line, result: file })
        } catch (error) {
          if (file !== null) rmSync(join(dir, file), { force: true })
          return unwritable(dir, error, 'this run is not recorded')
        }
        try {
          prune(dir, keep, new Date(line.started_at))
        } catch (error) {
          warn(unwritable(dir, error, 'results whose time is over stay there').message)
        }
        return trouble
      },
      told(listener, run) {
        try {
          if (lock?.held()) append(dir, { schema_version: 1, kind: 'told', run, listener })
        } catch (error) {
          warn(unwritable(dir, error, `that the ${listener} was told is not recorded, and the next run tells it again`).message)
        }
      },
      release: () => lock?.release(),
    }
  } catch (error) {
    lock?.release()
    throw error
  }
}

/** What is remembered, for those who only read. */
export function readState(dir: string, warn: (sentence: string) => void): Remembrance {
  if (!existsSync(join(dir, JOURNAL)))
    throw new Trouble('usage', `there is no history in ${dir}; name the folder that audit --state was given`)
  return fold(nothing, readJournal(dir, warn))
}

/** Closes findings that no run can judge any more; `which` chooses them from what is remembered, or throws. */
export function closeFindings(
  dir: string,
  which: (state: Remembrance) => { readonly reason: string; readonly fingerprints: readonly string[] },
  warn: (sentence: string) => void,
): readonly string[] {
  readState(dir, () => {})
  const { lock, full } = enter(dir)
  if (full) throw full
  try {
    const { fingerprints, reason } = which(readState(dir, warn))
    append(dir, { schema_version: 1, kind: 'close', at: new Date().toISOString(), reason, fingerprints })
    return fingerprints
  } catch (error) {
    if (error instanceof Trouble) throw error
    throw unwritable(dir, error, 'nothing is closed')
  } finally {
    lock?.release()
  }
}

/** Takes the folder. `full` where there is no room for a lock: then nothing else can be written either. */
function enter(dir: string): { readonly lock?: Occupied; readonly full?: Trouble } {
  if (existsSync(dir)) {
    if (!statSync(dir).isDirectory()) throw new Trouble('usage', `${dir} is a file; name a folder for the state`)
    refuseStrange(dir)
  }
  try {
    makeFolder(dir, 0o700)
    const journal = join(dir, JOURNAL)
    // Not after an hour of collecting.
    if (existsSync(journal)) accessSync(journal, constants.R_OK | constants.W_OK)
    return { lock: occupy(dir, { doing: 'auditing with', exclusive: true }) }
  } catch (error) {
    if (error instanceof Trouble) throw error
    const trouble = unwritable(dir, error, 'this run is not recorded')
    if (!isFull(error)) throw trouble
    return { full: trouble }
  }
}

/** A folder with other things in it was hardly meant. */
function refuseStrange(dir: string): void {
  let names: string[]
  try {
    names = readdirSync(dir)
  } catch (error) {
    throw new Trouble(
      'usage',
      `the folder ${dir} cannot be read (${(error as NodeJS.ErrnoException).code}); check that you may read it`,
    )
  }
  const strange = names.filter(name => !name.startsWith('.') && name !== 'lost+found' && name !== RESULTS)
  if (strange.length > 0 && !names.includes(JOURNAL))
    throw new Trouble('usage', `${dir} holds files and no ${JOURNAL}; name an empty folder, or the folder of a state`)
}

/** A result that cannot be stored costs the history nothing but the result. */
function keepResult(
  dir: string,
  run: number,
  result: Result,
): { readonly file: string | null; readonly trouble: Trouble | null } {
  try {
    return { file: store(dir, run, result), trouble: null }
  } catch (error) {
    return { file: null, trouble: unwritable(dir, error, 'this run is in the history, its result is not stored') }
  }
}

const isFull = (error: unknown): boolean => /^(ENOSPC|EDQUOT)$/.test((error as NodeJS.ErrnoException).code ?? '')

function unwritable(dir: string, error: unknown, so: string): Trouble {
  const { code } = error as NodeJS.ErrnoException
  if (code === undefined) throw error
  return new Trouble(
    'usage',
    `the state ${dir} cannot be written (${code}), so ${so}; ${isFull(error) ? 'make room there' : 'name a folder you may write'}`,
  )
}
