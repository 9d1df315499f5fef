// The end of waiting, with its reason.
import type { Failure } from './failure.ts'

/**
 * Tells those who wait for a device that there is nothing to wait for any more. It does what an `AbortSignal` does, with a reason
 * that is a `Failure` and no events: several are made and listened to for every device.
 */
export interface Stop {
  /** Null while there is something to wait for. */
  readonly why: Failure | null
  /** The listener is called once, when it is over; never where it was over before. */
  listen(listener: (why: Failure) => void): void
  forget(listener: (why: Failure) => void): void
}

/** A stop, and the way to bring it about. Only the first reason counts. */
export function openStop(): { readonly stop: Stop; end(why: Failure): void } {
  const listeners = new Set<(why: Failure) => void>()
  const stop: Stop & { why: Failure | null } = {
    why: null,
    listen(listener) {
      if (stop.why === null) listeners.add(listener)
    },
    forget: listener => void listeners.delete(listener),
  }
  return {
    stop,
    end(why) {
      if (stop.why !== null) return
      stop.why = why
      // What one of them forgets on behalf of another is not called any more.
      for (const listener of listeners) {
        listeners.delete(listener)
        listener(why)
      }
    },
  }
}
