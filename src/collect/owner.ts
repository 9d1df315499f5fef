// Who has a folder: what a lock says about its process, and whether that process is still there.
import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'

/** The content of a lock, as JSON. One of an earlier version is a process id alone. */
export interface Owner {
  readonly pid: number
  /** Name of the machine; null where a lock does not say. */
  readonly host: string | null
  /** What tells one start of a machine, and one container on it, from another: process ids mean the same only within. Null without /proc. */
  readonly boot: string | null
  readonly processes: string | null
  /** When the process started, in clock ticks since the machine did: proc_pid_stat(5), field 22. Null without /proc. */
  readonly started: string | null
  /** When the lock was taken: ISO 8601, UTC. */
  readonly since: string | null
  /** Different for each lock. */
  readonly token: string
}

/** This process. */
export const self = (token: string): Owner => ({
  pid: process.pid,
  host: hostname(),
  boot: attempt(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()),
  processes: attempt(() => readlinkSync('/proc/self/ns/pid')),
  started: startOf(process.pid),
  since: new Date().toISOString(),
  token,
})

/** Reads a lock; null for what is none, as an empty file after a loss of power. */
export function ownerIn(text: string): Owner | null {
  if (/^\d+\s*$/.test(text))
    return { pid: Number(text), host: null, boot: null, processes: null, started: null, since: null, token: '' }
  const data = attempt(() => JSON.parse(text) as Partial<Record<keyof Owner, unknown>> | null)
  if (typeof data !== 'object' || data === null || !Number.isInteger(data.pid) || typeof data.token !== 'string') return null
  const say = (key: keyof Owner): string | null => (typeof data[key] === 'string' ? data[key] : null)
  return {
    pid: Number(data.pid),
    host: say('host'),
    boot: say('boot'),
    processes: say('processes'),
    started: say('started'),
    since: say('since'),
    token: data.token,
  }
}

/** True or false where this process can tell whether the owner runs; null where it runs on another machine or in another container. */
export function runs(owner: Owner): boolean | null {
  const here = self('')
  if (owner.host !== null && (owner.host !== here.host || owner.boot !== here.boot || owner.processes !== here.processes))
    return null
  if (!exists(owner.pid)) return false
  // The number of a process that ended is given to another one in time.
  const started = startOf(owner.pid)
  return owner.started === null || started === null || owner.started === started
}

function exists(pid: number): boolean {
  try {
    return pid > 0 && process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The name of a program may hold blanks and brackets, so fields are counted from behind it. */
const startOf = (pid: number): string | null =>
  attempt(
    () =>
      readFileSync(`/proc/${pid}/stat`, 'utf8')
        .replace(/^.*\) /s, '')
        .split(' ')[19] ?? null,
  )

function attempt<T>(act: () => T): T | null {
  try {
    return act()
  } catch {
    return null
  }
}
