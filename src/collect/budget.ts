// How many logins the login servers behind the devices are asked to bear: per second and at a time, of all and by group.
import type { LoginBudget } from '../model/inventory.ts'

/** Lets logins begin. */
export interface Budget {
  /** Waits for a turn; call what it returns when the login is over. An aborted wait is over at once. */
  enter(groups: readonly string[], signal: AbortSignal): Promise<() => void>
}

/** What a budget needs from outside. */
export interface Pace {
  /** Milliseconds. */
  now(): number
  /** From 0 up to, not including, 1. */
  random(): number
  wait(milliseconds: number, signal: AbortSignal): Promise<void>
}

/** So much may the distance of two logins exceed the limit's, so that runs of several machines do not fall into step. */
const JITTER = 0.2

/** Makes the budget of a run. */
export function budget(
  { all, groups }: { readonly all: LoginBudget; readonly groups: ReadonlyMap<string, LoginBudget> },
  pace: Pace = { now: () => performance.now(), random: Math.random, wait: pause },
): Budget {
  const whole = gate(all, pace)
  const gates = new Map([...groups].map(([name, limit]) => [name, gate(limit, pace)]))
  return {
    async enter(names, signal) {
      const leaving: (() => void)[] = []
      // A device's own groups first: it must not hold a turn of all while it waits for one of its group.
      for (const one of [...[...names].sort().map(name => gates.get(name)), whole])
        if (one && !signal.aborted) leaving.push(await one(signal))
      return () => {
        for (const leave of leaving.splice(0)) leave()
      }
    },
  }
}

type Gate = (signal: AbortSignal) => Promise<() => void>

function gate({ per_second, in_flight }: LoginBudget, { now, random, wait }: Pace): Gate {
  const waiting: (() => void)[] = []
  let inside = 0
  let next = 0
  const leave = () => {
    // Whoever waits has the turn at once: it must not be free until that one gets round to it, or two would take it.
    const first = waiting.shift()
    if (first) first()
    else inside--
  }
  return async signal => {
    if (in_flight !== null && inside >= in_flight) {
      if (!(await turn(waiting, signal))) return () => {}
    } else inside++
    if (per_second !== null && !signal.aborted) {
      const at = Math.max(now(), next)
      next = at + (1000 / per_second) * (1 + JITTER * random())
      await wait(at - now(), signal)
    }
    return leave
  }
}

/** Waits at the end of a queue. False where it was aborted before its turn. */
function turn(queue: (() => void)[], signal: AbortSignal): Promise<boolean> {
  return new Promise(resolve => {
    const go = () => {
      signal.removeEventListener('abort', give)
      resolve(true)
    }
    const give = () => {
      const place = queue.indexOf(go)
      if (place >= 0) queue.splice(place, 1)
      resolve(false)
    }
    queue.push(go)
    signal.addEventListener('abort', give, { once: true })
  })
}

/** Waits for some milliseconds, or until it is aborted. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal.aborted) return Promise.resolve()
  return new Promise(resolve => {
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, milliseconds)
    signal.addEventListener('abort', done, { once: true })
  })
}
