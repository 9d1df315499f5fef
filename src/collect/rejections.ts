// Which credentials devices rejected: accounts are locked after a few, so a run stops using one before that.

/** Keeps count for one run. A credential is the user together with what the inventory calls the secret. */
export interface Rejections {
  /**
   * Waits until a credential may be sent to a place; a sentence where it is not used any more, or has been rejected there: one host may
   * be a device and on the way to others. Null must be followed by an `answered`.
   */
  ask(credential: string, place: string): Promise<string | null>
  /** What the device there made of it; null where the connection ended before it said. */
  answered(credential: string, place: string, device: string, accepted: boolean | null): void
}

/** So many rejections in a row, and a credential is not used any more: lockout thresholds begin at 3. */
const LIMIT = 3

interface Count {
  /** Devices that rejected it since one last accepted it. */
  readonly row: string[]
  /** Accepted by some device of this run. */
  good: boolean
  inFlight: number
  /** Where it is being judged, and where it was rejected. */
  readonly places: Map<string, 'asked' | 'rejected'>
  readonly waiting: (() => void)[]
}

const isOver = ({ row, places }: Count, place: string) => row.length >= LIMIT || places.get(place) === 'rejected'

/** Starts counting. */
export function rejections(): Rejections {
  const counts = new Map<string, Count>()
  const countOf = (credential: string): Count => {
    const count = counts.get(credential) ?? { row: [], good: false, inFlight: 0, places: new Map(), waiting: [] }
    counts.set(credential, count)
    return count
  }
  return {
    async ask(credential, place) {
      const count = countOf(credential)
      const mayBeOneTooMany = () => !count.good && count.row.length + count.inFlight >= LIMIT
      // A credential that no device has taken yet may be wrong everywhere: no more are under way than may be rejected.
      while (!isOver(count, place) && (count.places.get(place) === 'asked' || mayBeOneTooMany()))
        await new Promise<void>(resolve => count.waiting.push(resolve))
      if (count.row.length >= LIMIT) return `it was rejected ${LIMIT} times in a row (${count.row.join(', ')})`
      if (count.places.get(place) === 'rejected') return 'it has been rejected there before'
      count.inFlight++
      count.places.set(place, 'asked')
      return null
    },
    answered(credential, place, device, accepted) {
      const count = countOf(credential)
      count.inFlight--
      if (accepted === false) count.places.set(place, 'rejected')
      else count.places.delete(place)
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
