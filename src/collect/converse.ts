// Drives a dialogue over a live shell: the clock that the dialogue itself does not have.
import type { Dialogue } from './dialogue.ts'
import type { Bytes } from './received.ts'

/** A session with a device's command line, whatever carries it. What is written has one character per byte. */
export interface Shell {
  write(text: string): void
  /** Bytes that arrived before this call are kept for it. */
  listen(on: { data(bytes: Bytes): void; end(): void }): void
  close(): void
}

/** What came of a conversation. */
export type Outcome = { done: string } | { readonly failed: string }

/** A piece of a conversation, for a recording. The enable password is told by its name, never by its value. */
export type Piece = { readonly received: Bytes } | { readonly sent: string } | { readonly secret: 'enable' }

/** Long answers that wait to be taken apart. */
const waiting: (() => void)[] = []
/** Bytes from which an answer is long. */
const LONG = 16_384

/**
 * Takes one long answer apart in each round of the event loop; short steps go before it. Hundreds of configurations that come in
 * one moment would otherwise be worked off in one go, the next sessions begin in one moment, and all stay in step for ever:
 * everybody waits at the same time, and the machine with them.
 */
function inTurn(step: () => void): void {
  waiting.push(step)
  if (waiting.length === 1) setImmediate(takeTurn)
}

function takeTurn(): void {
  const step = waiting.shift()
  if (waiting.length > 0) setImmediate(takeTurn)
  step?.()
}

/** A fault of ours in one conversation must not end the program, and with it all the others. */
function attempt(move: () => ReturnType<Dialogue['quiet']>): ReturnType<Dialogue['quiet']> {
  try {
    return move()
  } catch (error) {
    return [{ failed: `holding the conversation failed inside the program (${(error as Error).name}); please report this` }]
  }
}

/** Holds the conversation to its end; gives up after `patience` milliseconds of silence. `tap` hears all of it, in order, and of the secret its name. */
export function converse(shell: Shell, dialogue: Dialogue, patience: number, tap?: (piece: Piece) => void): Promise<Outcome> {
  return new Promise(resolve => {
    let over = false
    /** Forgotten once it was called: who listens to the device is there until it hangs up, and the answer would be kept as long. */
    let settle: ((outcome: Outcome) => void) | undefined = resolve
    let timer: NodeJS.Timeout | undefined
    let since = performance.now()
    let rings = 0
    /** How much has been made of the silence: nothing, then `quiet`, `stalled`, `stalled` again, and the end. */
    let step = 0
    const due = () => (step === 0 ? dialogue.settle() : step < 3 ? Math.min(step * dialogue.stall(), patience) : patience)

    const act = (move: () => ReturnType<Dialogue['quiet']>) => {
      for (const action of attempt(move)) {
        if ('send' in action) {
          tap?.(action.purpose === 'secret' ? { secret: 'enable' } : { sent: action.send })
          shell.write(action.send)
          // Of a silence from here on nothing is to be made but that the device is waiting, too.
          since = performance.now()
          step = 1
          soon()
        } else if (!over) {
          over = true
          clearTimeout(timer)
          settle?.(action)
          settle = undefined
        }
      }
    }
    const wait = () => {
      if (over) return
      rings = Math.max(performance.now() + 1, since + due())
      timer = setTimeout(tick, rings - performance.now())
    }
    /** Sets out again when the timer would ring too late; most pieces of a long answer find it set early enough. */
    const soon = () => {
      if (rings <= since + due() + 1) return
      clearTimeout(timer)
      wait()
    }
    // One timer for all: what arrives moves `since` alone, and a timer that comes too early sets out again.
    const tick = () => {
      if (performance.now() - since < due() - 1) return wait()
      // Bytes may lie there unread when the program was busy: they come first.
      const before = since
      const round = dialogue.buffered() < LONG ? setImmediate : inTurn
      round(() => {
        if (over) return
        if (since === before) pause()
        wait()
      })
    }
    const pause = () => {
      const silent = performance.now() - since
      const now = step++
      if (silent >= patience)
        act(() => [{ failed: `the device was silent for ${patience / 1000} s while ${dialogue.waiting()}` }])
      else act(() => (now === 0 ? dialogue.quiet() : now < 3 ? dialogue.stalled() : []))
    }
    shell.listen({
      data(bytes) {
        if (over) return
        tap?.({ received: bytes })
        since = performance.now()
        step = 0
        act(() => dialogue.receive(bytes))
        soon()
      },
      end() {
        if (!over) act(() => dialogue.ended())
      },
    })
    wait()
  })
}
