// One run at a time in a folder: two would take each other's files for leftovers.
import { randomBytes } from 'node:crypto'
import { closeSync, linkSync, openSync, readFileSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { Trouble } from '../model/trouble.ts'
import { type Owner, ownerIn, runs, self } from './owner.ts'

/** Name of the file, and beginning of those beside it. Hidden, so that nobody takes it for a configuration. */
export const LOCK = '.lock'
/** Milliseconds between two signs of life; they are for other machines, which cannot see the process. */
const BEAT = 60_000
/** Milliseconds of silence after which another machine takes a lock for left behind. */
const SILENT = 10 * BEAT
/** Somebody else may be faster, but not for ever. */
const TRIES = 10

/** A folder that this process has. */
export interface Occupied {
  /** False where somebody has taken it for left behind, as after ten minutes of standing still. */
  held(): boolean
  /** Gives the folder back. */
  release(): void
}

/** How a folder is taken. */
export interface Occupying {
  /** What a run does there, as part of a sentence: `collecting into`. */
  readonly doing?: string
  /** Also keep out runs of this process that have not given the folder back; else they count as over. */
  readonly exclusive?: boolean
}

/** Locks of this process, by their token. */
const ours = new Set<string>()

/**
 * Takes a folder for this process. Throws where another one has it. One that is gone has it no more: on
 * the same machine the process is looked for, on others the lock has to be silent for ten minutes, by the clock of the file system.
 */
export function occupy(dir: string, { doing = 'collecting into', exclusive = false }: Occupying = {}): Occupied {
  const lock = join(dir, LOCK)
  const token = randomBytes(8).toString('hex')
  const beside = (what: string) => join(dir, `${LOCK}.${token}${what}.${process.pid}.partial`)
  const mine = beside('')
  try {
    for (let n = 0; n < TRIES; n++) {
      // Whole before it has its name, so that nobody ever reads half of it.
      writeFileSync(mine, `${JSON.stringify(self(token))}\n`, { mode: 0o600 })
      if (put(mine, lock)) return occupied(lock, token)
      const found = look(lock, mine)
      if (found === null) continue
      if (isHeld(found, exclusive))
        throw new Trouble(
          'usage',
          `${sentence(found, dir, doing)}; wait until it is done, or name another folder${elsewhere(found, lock)}`,
        )
      takeAway(lock, found.text, beside('.gone'))
    }
    throw new Trouble('usage', `others are ${doing} ${dir} all the time; wait until they are done, or name another folder`)
  } finally {
    rmSync(mine, { force: true })
  }
}

function occupied(lock: string, token: string): Occupied {
  ours.add(token)
  const held = () => ownerIn(read(lock) ?? '')?.token === token
  const beat = setInterval(() => {
    try {
      if (held()) touch(lock, token)
    } catch {
      // Whoever needs the sign of life will see that there is none.
    }
  }, BEAT)
  beat.unref()
  return {
    held,
    release() {
      clearInterval(beat)
      ours.delete(token)
      if (held()) rmSync(lock, { force: true })
    },
  }
}

/** Writes a lock over with what it says, so that its time is that of the file system: clocks of machines differ. */
function touch(lock: string, token: string): void {
  const file = openSync(lock, 'r+')
  try {
    const text = readFileSync(file, 'utf8')
    if (ownerIn(text)?.token === token) writeSync(file, text, 0)
  } finally {
    closeSync(file)
  }
}

/** A lock that is there. */
interface Found {
  readonly text: string
  /** Null for what cannot be read as one. */
  readonly owner: Owner | null
  /** Milliseconds since its last sign of life. */
  readonly silent: number
}

/** Looks at a lock; `beside` was just written, and says what time it is where the lock is. Null where it is gone. */
function look(lock: string, beside: string): Found | null {
  try {
    const silent = statSync(beside).mtimeMs - statSync(lock).mtimeMs
    const text = read(lock)
    return text === null ? null : { text, owner: ownerIn(text), silent }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

function isHeld({ owner, silent }: Found, exclusive: boolean): boolean {
  if (owner !== null && ours.has(owner.token)) return exclusive
  // A run of this process that was not given back is over; one of another process with its number is, too.
  if (owner !== null && owner.pid === process.pid && runs(owner)) return false
  return (owner === null ? null : runs(owner)) ?? silent < SILENT
}

/** Gives a file its name where nobody has it yet. File systems without hard links take a copy. */
function put(file: string, name: string): boolean {
  try {
    linkSync(file, name)
    return true
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOENT') return false
    if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'].includes(code)) throw error
  }
  try {
    writeFileSync(name, readFileSync(file), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Takes a lock away that was left behind; one that somebody has put there meanwhile is put back. */
function takeAway(lock: string, text: string, aside: string): void {
  try {
    renameSync(lock, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if (read(aside) !== text) put(aside, lock)
  rmSync(aside, { force: true })
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    throw error
  }
}

/** `process 17 on ams-1 has been auditing with state/ for 12 min, since 2026-11-23 08:45 UTC`. */
function sentence({ owner, silent }: Found, dir: string, doing: string): string {
  if (owner === null) return `somebody is ${doing} ${dir}`
  const since = Date.parse(owner.since ?? '')
  if (owner.host === null || Number.isNaN(since)) return `process ${owner.pid} is ${doing} ${dir}`
  // A clock that went back makes nobody start in the future.
  const minutes = Math.floor(Math.max(0, Date.now() - since, silent) / 60_000)
  const hours = Math.floor(minutes / 60)
  const age = minutes < 1 ? 'less than a minute' : hours < 1 ? `${minutes} min` : `${hours} h ${minutes % 60} min`
  const at = new Date(since).toISOString().slice(0, 16).replace('T', ' ')
  return `process ${owner.pid} on ${owner.host} has been ${doing} ${dir} for ${age}, since ${at} UTC`
}

/** Whether a process of another machine runs cannot be seen from here: a person may know. */
const elsewhere = ({ owner }: Found, lock: string): string =>
  owner !== null && runs(owner) === null ? `, or remove ${lock} if that run is gone` : ''
