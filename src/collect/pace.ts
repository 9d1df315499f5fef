// How long a silence has to be before it means something. Pure: it is told what happened, never what time it is.

/** Milliseconds before the first prompt is believed: banners come in pieces. One that ends like a prompt is found out later. */
const GREETING = 30
/** The same for every later one, whose echo has been seen; a device that stops in the middle of lines is given longer. */
const QUICK = 8
const SLOW = 250
/** While what has come is not whole, each look at it costs a reading of all of it. */
const DOUBTFUL = 2000
/** Milliseconds after which a device may be waiting for us; fewer when it has asked. */
const STALL = 4000
const ASKED = 1500

/** The pace of one device. */
export interface Pace {
  /** The device has paused and nothing came of it; in the middle of a line, or not. */
  paused(midLine: boolean): void
  /** It sends again. */
  resumed(): void
  /** Whether the last line is a question. */
  asked(question: boolean): void
  /** `doubts`: how often the text ended in a prompt and was not whole. */
  settle(greeting: boolean, doubts: number): number
  stall(): number
}

/** Starts quick. */
export function openPace(): Pace {
  let quick = QUICK
  let hushed = false
  let asking = false
  return {
    paused(midLine) {
      hushed = midLine
    },
    resumed() {
      if (hushed) quick = Math.min(SLOW, quick * 2)
      hushed = false
    },
    asked(question) {
      asking = question
    },
    settle(greeting, doubts) {
      if (doubts > 0) return Math.min(DOUBTFUL, SLOW * 2 ** Math.min(doubts, 4))
      return greeting ? Math.max(GREETING, quick) : quick
    },
    stall: () => (asking ? ASKED : STALL),
  }
}
