// What a conversation with a device is to those who hold one.
import type { Typed } from './exchange.ts'
import type { Bytes } from './received.ts'
import type { Complete } from './verdict.ts'

/** What to do next. `done` carries what the show command printed; `failed` says why there is none. */
export type Action = Typed | { readonly done: string } | { readonly failed: string }

/** A conversation under way. It never acts on bytes in flight, only once the device has paused. */
export interface Dialogue {
  /** Takes what has come. */
  receive(bytes: Bytes): readonly Action[]
  /** The device has paused: `settle` milliseconds without a byte. */
  quiet(): readonly Action[]
  /** The device has been silent for so long that it may be waiting for us: `stall` milliseconds, then as long again. */
  stalled(): readonly Action[]
  /** The device has hung up. */
  ended(): readonly Action[]
  /** What is being waited for, to go after "while". */
  waiting(): string
  /** Longer until the prompt is known, and with devices that stop in the middle of a line. */
  settle(): number
  /** Shorter when the device has asked something. */
  stall(): number
  /** The prompt as the device writes it; empty until it is known. */
  prompt(): string
  /** The command typed last; after `done`, the one that printed it. */
  command(): string
  /** Bytes held of the answer under way; the memory for them is at most twice that. */
  buffered(): number
}

/** What a conversation may start from. */
export interface DialogueOptions {
  /** The password for enable and how the inventory refers to it; null when there is none. */
  readonly enable?: { readonly value: string; readonly reference: string } | null
  /** The prompt, when an earlier conversation in the same session has learned it. */
  readonly prompt?: string
  /** The platform's own verdict on a configuration. */
  readonly complete?: Complete
}
