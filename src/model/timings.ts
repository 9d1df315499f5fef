// How long the stages of a run take, for people who wonder where the time goes.

/** The time one stage took, without that of stages within it. */
export interface StageTime {
  readonly stage: string
  readonly milliseconds: number
}

/** Measures stages; one within another counts for itself alone. */
export interface Timings {
  /** Does some work of a stage; where it is a promise, the stage ends with that. */
  during<T>(stage: string, work: () => T): T
  /** Hands items on; the time until each of them is there counts for the stage. */
  each<T>(stage: string, items: Iterable<T>): Iterable<T>
  /** The stages in the order in which they began. */
  taken(): readonly StageTime[]
}

/** Starts measuring. */
export function timings(now: () => number = () => performance.now()): Timings {
  const totals = new Map<string, number>()
  const open: string[] = []
  let since = now()
  /** Books the time that has passed on the innermost stage. */
  const book = () => {
    const time = now()
    const stage = open.at(-1)
    if (stage !== undefined) totals.set(stage, (totals.get(stage) ?? 0) + time - since)
    since = time
  }
  const begin = (stage: string) => {
    book()
    open.push(stage)
    totals.set(stage, totals.get(stage) ?? 0)
  }
  const end = () => {
    book()
    open.pop()
  }
  const during = <T>(stage: string, work: () => T): T => {
    begin(stage)
    let later = false
    try {
      const done = work()
      later = done instanceof Promise
      return later ? ((done as Promise<unknown>).finally(end) as T) : done
    } finally {
      if (!later) end()
    }
  }
  return {
    during,
    *each(stage, items) {
      const iterator = items[Symbol.iterator]()
      try {
        for (let next = during(stage, () => iterator.next()); !next.done; next = during(stage, () => iterator.next()))
          yield next.value
      } finally {
        iterator.return?.()
      }
    },
    taken: () => [...totals].map(([stage, milliseconds]) => ({ stage, milliseconds })),
  }
}

/** Measures nothing. */
export const untimed: Timings = { during: (_, work) => work(), each: (_, items) => items, taken: () => [] }
