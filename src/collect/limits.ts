// Time limits of one device: one for each step of an attempt, and one for all attempts together.
import { type Failure, failure } from './failure.ts'
import { openStop, type Stop } from './stop.ts'

/** Seconds for each step. Logging in is slow where TACACS+ servers are tried in turn. */
export const SECONDS = { connect: 15, keys: 20, login: 45, shell: 15 }

/** The time that one device may take. What it spends waiting for its turn is not counted. */
export interface Limits {
  /** Starts the clock for an attempt. */
  attempt(): Clock
  /** No time is left, or the run is over. */
  over(): boolean
}

/** The clock of one attempt. */
export interface Clock {
  /** Over when a limit is reached or the run is. */
  readonly stop: Stop
  /** A step begins: what goes on, to go after "while", and the seconds it may take. Without them only the whole limit holds. */
  step(doing: string | (() => string), seconds?: number): void
  /** Ends the attempt before its time. */
  abort(reason: Failure): void
  /** Stops the clock. */
  end(): void
}

/** Prepares the clock: `seconds` for everything. Aborting `run` ends every attempt. */
export function limits(seconds: number, run: AbortSignal): Limits {
  let left = seconds * 1000
  return {
    attempt() {
      const { stop, end: over } = openStop()
      const started = performance.now()
      const whole = started + Math.max(0, left)
      let doing: string | (() => string) = 'starting'
      let limit = 0
      let step = Number.POSITIVE_INFINITY
      let timer: NodeJS.Timeout | undefined
      let rings = Number.POSITIVE_INFINITY
      const late = (after: number) =>
        over(failure('timed-out', `timed out after ${after} s while ${typeof doing === 'string' ? doing : doing()}`, true))
      // One timer for all: nearly every step is over long before its time, and one that is set anew rings later.
      const wait = (now: number) => {
        const due = Math.min(step, whole)
        if (due >= rings) return
        clearTimeout(timer)
        rings = due
        timer = setTimeout(ring, Math.max(0, due - now))
      }
      const ring = () => {
        // Timers may ring a moment early.
        const now = performance.now() + 1
        rings = Number.POSITIVE_INFINITY
        if (now >= step) late(limit)
        else if (now >= whole) {
          left = 0
          late(seconds)
        } else wait(now)
      }
      const interrupt = () => over(failure('interrupted', String(run.reason)))
      wait(started)
      if (run.aborted) interrupt()
      const told = attemptsOf(run).add(interrupt)
      return {
        stop,
        step(what, most) {
          doing = what
          const now = performance.now()
          limit = most ?? seconds
          step = limit >= seconds ? Number.POSITIVE_INFINITY : now + limit * 1000
          wait(now)
        },
        abort: over,
        end() {
          clearTimeout(timer)
          told.delete(interrupt)
          left = Math.max(0, left - (performance.now() - started))
        },
      }
    },
    over: () => left <= 0 || run.aborted,
  }
}

/** The attempts to interrupt when a run is over. */
const running = new WeakMap<AbortSignal, Set<() => void>>()

/** One listener for all of them: for each that is added, a signal looks through all that it has. */
function attemptsOf(run: AbortSignal): Set<() => void> {
  const known = running.get(run)
  if (known) return known
  const attempts = new Set<() => void>()
  running.set(run, attempts)
  const interruptAll = () => {
    for (const interrupt of [...attempts]) interrupt()
  }
  run.addEventListener('abort', interruptAll, { once: true })
  return attempts
}
