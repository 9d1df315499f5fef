// How far a collection has come: a bar that moves on a terminal, a line now and then elsewhere.
import { complain, type Io } from './io.ts'

/** A display of progress on standard error. */
export interface Progress {
  start(total: number): void
  /** One device is done. */
  step(failed: boolean): void
  /** A sentence that must not be lost in the bar. */
  say(sentence: string): void
  /** Asks a person something: the bar stays away until the answer is there. */
  quietly<T>(ask: () => Promise<T>): Promise<T>
  /** Takes the bar away. */
  end(): void
}

const BAR = 20
/** Fewer devices are done before anybody wants to know how far it is. */
const FEW = 20
/** Milliseconds between two pictures of the bar, while devices come in and while none does. */
const FRAME = 100
const STILL = 1000

/** Starts a display. `doing` is the word in front: `collecting`. */
export function progress(io: Io, doing: string, now: () => number = () => performance.now()): Progress {
  let total = 0
  let done = 0
  let failed = 0
  let started = 0
  let drawn = Number.NEGATIVE_INFINITY
  let told = 0
  let asking = 0
  let still: NodeJS.Timeout | undefined
  const clear = () => {
    if (io.live) io.err('\r\x1b[K')
  }
  const draw = () => {
    if (asking > 0) return
    drawn = now()
    io.err(
      `\r\x1b[K${barLine({ doing, total, done, failed, seconds: (now() - started) / 1000 }).slice(0, Math.max(20, (io.errorWidth ?? io.width) - 1))}`,
    )
  }
  return {
    start(devices) {
      total = devices
      started = now()
      if (!io.live) return
      draw()
      still = setInterval(draw, STILL)
      still.unref()
    },
    step(hasFailed) {
      done++
      if (hasFailed) failed++
      if (io.live) {
        if (now() - drawn >= FRAME || done === total) draw()
        return
      }
      // Tenths, so that a log of thousands of devices stays readable.
      const tenth = Math.floor((done * 10) / total)
      if (tenth > told && total >= FEW) {
        told = tenth
        complain(io, `${doing}: ${done} of ${total} devices done, ${failed} failed`)
      }
    },
    say(sentence) {
      clear()
      complain(io, sentence)
      if (io.live && total > 0) draw()
    },
    async quietly(ask) {
      clear()
      asking++
      try {
        return await ask()
      } finally {
        asking--
        if (io.live && total > 0) draw()
      }
    },
    end() {
      clearInterval(still)
      clear()
    },
  }
}

interface Picture {
  readonly doing: string
  readonly total: number
  readonly done: number
  readonly failed: number
  readonly seconds: number
}

/** `collecting [#####---------------] 512/2000  97/s  16 s left  3 failed`. */
export function barLine({ doing, total, done, failed, seconds }: Picture): string {
  const filled = total === 0 ? BAR : Math.floor((done / total) * BAR)
  const rate = seconds > 0 ? done / seconds : 0
  const left = rate > 0 && done < total ? `  ${duration((total - done) / rate)} left` : ''
  const speed = rate > 0 ? `  ${rate >= 10 ? Math.round(rate) : rate.toFixed(1)}/s` : ''
  return `${doing} [${'#'.repeat(filled)}${'-'.repeat(BAR - filled)}] ${done}/${total}${speed}${left}${failed > 0 ? `  ${failed} failed` : ''}`
}

/** Seconds in words: `45 s`, `3 min 10 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.max(1, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  const [minutes, rest] = [Math.floor(whole / 60), whole % 60]
  if (minutes < 60) return rest === 0 ? `${minutes} min` : `${minutes} min ${rest} s`
  const [hours, over] = [Math.floor(minutes / 60), minutes % 60]
  return over === 0 ? `${hours} h` : `${hours} h ${over} min`
}
