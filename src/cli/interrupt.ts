// Ctrl-C, and what a scheduler sends: a run ends in order, and says what it has.

/** Listens until `end`. */
export interface Interrupt {
  readonly signal: AbortSignal
  end(): void
}

/** At the first signal `said` is called and the run ended with a reason; a second one ends the program as usual. */
export function interruptible(reason: string, said: () => void): Interrupt {
  const controller = new AbortController()
  const stop = () => {
    said()
    controller.abort(reason)
  }
  process.once('SIGINT', stop).once('SIGTERM', stop)
  return {
    signal: controller.signal,
    end: () => void process.removeListener('SIGINT', stop).removeListener('SIGTERM', stop),
  }
}
