// Which credentials devices rejected: accounts are locked after a few, so a run stops using one before that.

/** Keeps count for one run. A credential is the user together with what the inventory calls the secret. */
export interface Rejections {
  /** Waits until a credential may be sent; a sentence where it is not used any more. Null must be followed by an `answered`. */
  ask(credential: string): Promise<string | null>
  /** What the device made of it; null where the connection ended before it said. */
  answered(credential: string, device: string, accepted: boolean | null): void
}

/** So many rejections in a row, and a credential is not used any more: lockout thresholds begin at 3. */
const LIMIT = 3

interface Count {
  /** Devices that rejected it since one last accepted it. */
  readonly row: string[]
  /** Accepted by some device of this run. */
  good: boolean
  inFlight: number
  readonly waiting: (() => void)[]
}

/** Starts counting. */
export function rejections(): Rejections {
  const counts = new Map<string, Count>()
  const countOf = (credential: string): Count => {
    const count = counts.get(credential) ?? { row: [], good: false, inFlight: 0, waiting: [] }
    counts.set(credential, count)
    return count
  }
  return {
    async ask(credential) {
      const count = countOf(credential)
      // A credential that no device has taken yet may be wrong everywhere: no more are under way than may be rejected.
      while (count.row.length < LIMIT && !count.good && count.row.length + count.inFlight >= LIMIT)
        await new Promise<void>(resolve => count.waiting.push(resolve))
      if (count.row.length >= LIMIT) return `it was rejected ${LIMIT} times in a row (${count.row.join(', ')})`
      count.inFlight++
      return null
    },
    answered(credential, device, accepted) {
      const count = countOf(credential)
      count.inFlight--
      // Once it is not used any more, it stays so: a late acceptance does not send hundreds after it.
      if (count.row.length < LIMIT) {
        if (accepted === false) count.row.push(device)
        if (accepted === true) count.row.length = 0
      }
      if (accepted !== null) count.good = accepted
      for (const go of count.waiting.splice(0)) go()
    },
  }
}
