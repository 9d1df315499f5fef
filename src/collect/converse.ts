// Drives a dialogue over a live shell: the clock that the dialogue itself does not have.
import type { Dialogue } from './dialogue.ts'

/** A session with a device's command line, whatever carries it. Bytes are strings of one character per byte. */
export interface Shell {
  write(text: string): void
  /** Bytes that arrived before this call are kept for it. */
  listen(on: { data(bytes: string): void; end(): void }): void
  close(): void
}

/** What came of a conversation. */
export type Outcome = { readonly done: string } | { readonly failed: string }

/** After this many milliseconds of silence a device may be waiting for us. */
const STALL = 4000

/** Holds the conversation to its end; gives up after `patience` milliseconds of silence. */
export function converse(shell: Shell, dialogue: Dialogue, patience: number): Promise<Outcome> {
  return new Promise(resolve => {
    const timers: NodeJS.Timeout[] = []
    let over = false
    const rest = () => {
      for (const timer of timers.splice(0)) clearTimeout(timer)
    }
    const act = (actions: ReturnType<Dialogue['quiet']>) => {
      for (const action of actions) {
        if ('send' in action) shell.write(action.send)
        else {
          over = true
          rest()
          resolve(action)
        }
      }
    }
    const wait = () => {
      rest()
      if (over) return
      const seconds = patience / 1000
      timers.push(
        setTimeout(() => {
          act(dialogue.quiet())
        }, dialogue.settle),
        setTimeout(() => act(dialogue.stalled()), STALL),
        setTimeout(() => act(dialogue.stalled()), 2 * STALL),
        setTimeout(() => act([{ failed: `the device was silent for ${seconds} s while ${dialogue.waiting}` }]), patience),
      )
    }
    shell.listen({
      data(bytes) {
        if (over) return
        act(dialogue.receive(bytes))
        wait()
      },
      end() {
        if (!over) act(dialogue.ended())
      },
    })
    wait()
  })
}
