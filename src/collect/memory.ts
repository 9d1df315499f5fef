// What all sessions of a run together hold in memory. Each has its own bound; a few hundred of them at once need one more.

/** Bytes that all sessions may hold: far more than 200 ordinary ones, which hold 100 kB each, ever do. */
const LIMIT = 256 * 1024 * 1024

/** Keeps the sum. */
export interface Memory {
  /** A session holds so many bytes now. Where the sum is too much, the session that holds most is told to give up. */
  holds(session: Held, bytes: number): void
  /** A session is over. */
  gone(session: Held): void
}

/** A session that can be told to give up. */
export interface Held {
  giveUp(): void
}

/** Starts counting. */
export function memory(limit = LIMIT): Memory {
  const held = new Map<Held, number>()
  let sum = 0
  const gone = (session: Held) => {
    sum -= held.get(session) ?? 0
    held.delete(session)
  }
  return {
    holds(session, bytes) {
      sum += bytes - (held.get(session) ?? 0)
      held.set(session, bytes)
      if (sum <= limit) return
      const [largest] = [...held].reduce((most, one) => (one[1] > most[1] ? one : most))
      gone(largest)
      largest.giveUp()
    },
    gone,
  }
}
