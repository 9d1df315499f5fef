// Time limits of one device: one for each step of an attempt, and one for all attempts together.
import { type Failure, failure } from './failure.ts'

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
  /** Aborted when a limit is reached or the run is over; its reason is a `Failure`. */
  readonly signal: AbortSignal
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
      const controller = new AbortController()
      const started = performance.now()
      let doing: string | (() => string) = 'starting'
      let stepping: NodeJS.Timeout | undefined
      const abort = (reason: Failure) => controller.abort(reason)
      const late = (limit: number) => () =>
        abort(failure('timed-out', `timed out after ${limit} s while ${typeof doing === 'string' ? doing : doing()}`, true))
      const interrupt = () => abort(failure('interrupted', String(run.reason)))
      const whole = setTimeout(
        () => {
          left = 0
          late(seconds)()
        },
        Math.max(0, left),
      )
      if (run.aborted) interrupt()
      const told = attemptsOf(run).add(interrupt)
      return {
        signal: controller.signal,
        step(now, limit) {
          clearTimeout(stepping)
          doing = now
          stepping = limit === undefined || limit >= seconds ? undefined : setTimeout(late(limit), limit * 1000)
        },
        abort,
        end() {
          clearTimeout(whole)
          clearTimeout(stepping)
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
